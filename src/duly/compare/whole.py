"""Two editions compared: every difference there is, as a sentence."""

from duly.compare.difference import Difference, Differences
from duly.compare.sections import OF_A_RULEBOOK
from duly.rulebook.book import Rulebook


def compare(old: Rulebook, new: Rulebook) -> tuple[Difference, ...]:
    """Empty only where both say the same: comments, blank lines and the order of sections are no rules."""
    found = Differences(old, new)
    for section in OF_A_RULEBOOK.values():
        section(found)
    return tuple(found.found)
