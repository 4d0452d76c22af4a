"""Two editions compared: every difference there is, as a sentence."""

from duly.compare.difference import Difference, Differences
from duly.compare.sections import OF_A_RULEBOOK
from duly.rulebook.book import Rulebook


def compare(old: Rulebook, new: Rulebook) -> tuple[Difference, ...]:
    """Empty only where both say the same: comments, blank lines and the order of sections are no rules."""
    found = Differences(old, new)
    for section in OF_A_RULEBOOK.values():
        section(found)
    _said(found)
    return tuple(found.found)


def _said(found: Differences) -> None:
    """Keys that came or went where nothing else changed: they say what holds without them."""
    told = {one.path for one in found.found}
    came, went = set(found.new.lines) - set(found.old.lines), set(found.old.lines) - set(found.new.lines)
    for paths, words in (
        (came, "is said now, and held before without being said"),
        (went, "is no longer said, and holds all the same"),
    ):
        for path in sorted(paths):
            above = {path[:n] for n, letter in enumerate(path) if letter == "."} | {path}
            if not above & told and not any(other.startswith(f"{path}.") for other in told):
                heading, _, key = path.rpartition(".")
                found.add(path, f"[{heading}]: {key} {words}." if heading else f"{key} {words}.")
