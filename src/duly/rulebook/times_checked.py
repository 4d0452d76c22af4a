"""Times that cannot be right: counted from what may happen again, or due before they are allowed."""

from collections.abc import Iterator

from duly.rulebook import spoken
from duly.rulebook.book import Counting, Rulebook
from duly.rulebook.names import Reading
from duly.rulebook.phrases import (
    At,
    Counted,
    Direction,
    LaterOf,
    Occasion,
    Part,
    StepDone,
    StepDue,
    Timing,
    Which,
)
from duly.rulebook.steps import Step
from duly.rulebook.walk import heading, timings
from duly.vocabulary import Length, Unit

_LONGEST = {Unit.DAYS: 1, Unit.CLEAR_DAYS: 1, Unit.WEEKS: 7, Unit.MONTHS: 31, Unit.YEARS: 366}
_SHORTEST = {Unit.DAYS: 1, Unit.CLEAR_DAYS: 1, Unit.WEEKS: 7, Unit.MONTHS: 28, Unit.YEARS: 365}


def check_triggers(book: Rulebook, reading: Reading) -> None:
    """A time counted from what may happen again says "first" or "latest": no default is fair."""
    for placed in timings(book):
        for part in _parts(placed.timing):
            reference = part.reference
            if reference.which is not Which.UNSAID:
                continue
            again = next((one for one in reference.any_of if _again(one, book)), None)
            if again is not None:
                words = spoken.reference(reference)
                several = "of " if len(reference.any_of) > 1 else ""
                word = f"{part.direction.value} " if isinstance(part, Counted) else ""
                remedy = f'Say "{word}the first {several}{words}" or "{word}the latest {several}{words}".'
                reading.note(placed.path, f"[{placed.heading}]: {_again(again, book)}.", remedy)


def _again(one: Occasion, book: Rulebook) -> str:
    """How often this occasion may come, in words; empty if once. Rounds and groups do not count."""
    step = book.steps.get(one.step) if isinstance(one, StepDone | StepDue) else None
    if step is None:
        return ""
    if isinstance(one, StepDue):
        restarts = any(
            part.reference.which is Which.LATEST
            and any(_repeats(each, book) for each in part.reference.any_of)
            for timing in step.within
            for part in _parts(timing)
        )
        return f"{step.name} can be due again and again" if restarts else ""
    if step.times is None:
        return f"{step.name} can happen any number of times"
    return f"{step.name} can happen {step.times} times" if step.times > 1 else ""


def _repeats(one: Occasion, book: Rulebook) -> bool:
    step = book.steps.get(one.step) if isinstance(one, StepDone) else None
    return step is not None and step.times != 1


def _parts(timing: Timing) -> tuple[Part, ...]:
    return timing.parts if isinstance(timing, LaterOf) else (timing,)


def check_order(book: Rulebook, reading: Reading) -> None:
    """A step may not be due before it is allowed, both counted from the same occasion."""
    for step in book.steps.values():
        for path, due in _due(step):
            for earliest in step.not_before:
                _compare(book.counting, step, path, due, earliest, reading)


def _due(step: Step) -> Iterator[tuple[str, Timing]]:
    place = heading(step)
    for n, timing in enumerate(step.within):
        yield f"{place}.within.{n}", timing
    for n, instead in enumerate(step.instead):
        for timing in instead.within or ():
            yield f"{place}.instead.{n}.within", timing


def _compare(rules: Counting, step: Step, path: str, due: Timing, earliest: Timing, reading: Reading) -> None:
    parts = _parts(due)
    for floor in _parts(earliest):
        offsets = [_offset(part, rules) for part in parts if _same(part, floor)]
        least = _offset(floor, rules)
        if least is None or len(offsets) < len(parts) or any(offset is None for offset in offsets):
            continue
        last = max(offset[1] for offset in offsets if offset is not None)
        if last < least[0]:
            words = spoken.reference(floor.reference)
            floor_words = f"day {least[0]}" if last > 0 else f"{_day(least[0])} it"
            says = f"must be done by {_day(last)} {words} but not before {floor_words}."
            remedy = 'Lengthen "within" or shorten "not_before".'
            reading.note(path, f"[{heading(step)}]: {says}", remedy)
            return


def _same(one: Part, other: Part) -> bool:
    """Counted from the same occasions; nothing said is the first."""
    first = (Which.UNSAID, Which.FIRST)
    one_of, other_of = one.reference, other.reference
    same_choice = one_of.which is other_of.which or (one_of.which in first and other_of.which in first)
    return one_of.any_of == other_of.any_of and same_choice and one_of.or_time_up == other_of.or_time_up


def _offset(part: Part, rules: Counting) -> tuple[int, int] | None:
    """The fewest and the most days from the occasion to the day meant; None where none can be told."""
    if isinstance(part, At):
        return 0, 0
    days = _days(part.length, rules)
    if days is None:
        return None
    if part.direction is Direction.BEFORE:
        return -days[1], -days[0]
    if part.direction is Direction.BEGINNING_WITH:
        return days[0] - 1, days[1] - 1
    return days


def _days(length: Length, rules: Counting) -> tuple[int, int] | None:
    if length.calendar or length.unit is Unit.HOURS:
        return None
    clear = 1 if length.unit is Unit.CLEAR_DAYS else 0
    if rules.leaves_closed_days_out(length):
        # Counted from a Sunday, no weekend falls into the first five; of other closed days, say a dozen.
        days = length.amount * (7 if length.unit is Unit.WEEKS else 1)
        fewest = days + 2 * ((days - 1) // 5) + clear
        return fewest, fewest + 2 + 12 * (1 + days // 250)
    return length.amount * _SHORTEST[length.unit] + clear, length.amount * _LONGEST[length.unit] + clear


def _day(offset: int) -> str:
    if offset == 0:
        return "the very day of"
    return f"day {offset} after" if offset > 0 else f"day {-offset} before"
