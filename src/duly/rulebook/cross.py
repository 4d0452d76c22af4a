"""What one phrase alone cannot show: does the book as a whole make sense?"""

from duly.rulebook.book import Rulebook
from duly.rulebook.names import Reading


def check_sense(book: Rulebook, reading: Reading) -> None:
    """Note everything in `book` that each of its phrases allows and all together do not."""
    for name, day in book.days.items():
        if not any(name in step.sets for step in book.steps.values()):
            remedy = f'Add sets = ["{day.name}"] to the step that fixes it.'
            reading.note(f"day.{name}", f"[day.{name}]: no step sets this day.", remedy)
