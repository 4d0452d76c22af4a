"""Every way to break a shipped rulebook by one edit: a fault with its line, or a difference that is stated.

Each day every so many lines of each file are tried, other ones for each kind; with DULY_TEST_LONG=1 all.
"""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.compare.same import is_same

from duly.compare.whole import compare
from duly.rulebook.book import Rulebook
from duly.rulebook.fault import Unreadable
from duly.rulebook.read import read

ROOT = Path(__file__).parents[2]
SHIPPED = sorted((ROOT / "rulebooks").glob("*/*.toml"))
EVERY = 1 if os.environ.get("DULY_TEST_LONG") == "1" else 29

_KEY = re.compile(r"^(\s*)([A-Za-z][\w-]{2,})(\s*=)")
_TEXT = re.compile(r'"[^"\\]*"')
_NUMBER = re.compile(r"(?<=[ =\[])\d+(?=[ ,\]}]|$)")


def _says_something(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def deleted(lines: list[str], n: int) -> str | None:
    return "".join([*lines[:n], *lines[n + 1 :]])


def doubled(lines: list[str], n: int) -> str | None:
    return "".join([*lines[: n + 1], lines[n], *lines[n + 1 :]])


def misspelt(lines: list[str], n: int) -> str | None:
    """Two letters of the key change places."""
    match = _KEY.match(lines[n])
    if match is None:
        return None
    key = match.group(2)
    wrong = key[0] + key[2] + key[1] + key[3:]
    other = lines[n].replace(key, wrong, 1)
    return None if wrong == key else "".join([*lines[:n], other, *lines[n + 1 :]])


def of_another_type(lines: list[str], n: int) -> str | None:
    """A text becomes a number, a number a text."""
    if _KEY.match(lines[n]) is None:
        return None
    other = _TEXT.sub("7", lines[n], count=1)
    if other == lines[n]:
        other = _NUMBER.sub('"seven"', lines[n], count=1)
    return None if other == lines[n] else "".join([*lines[:n], other, *lines[n + 1 :]])


def cut_off(lines: list[str], n: int) -> str | None:
    """The file ends in the middle of this line."""
    return "".join([*lines[:n], lines[n][: max(1, len(lines[n]) // 2)]])


EDITS: dict[str, Callable[[list[str], int], str | None]] = {
    "deleted": deleted,
    "doubled": doubled,
    "misspelt": misspelt,
    "of another type": of_another_type,
    "cut off": cut_off,
}


@pytest.mark.parametrize("kind", EDITS)
@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.parent.name)
def test_one_edit_is_a_fault_with_its_line_or_a_difference_that_is_stated(path: Path, kind: str) -> None:
    lines = path.read_text("utf-8").splitlines(keepends=True)
    whole = read("".join(lines))
    assert isinstance(whole, Rulebook), str(whole)
    tried = 0
    for number, text in _edited(lines, kind):
        tried += 1
        now = read(text)
        if isinstance(now, Unreadable):
            assert all(0 < fault.line <= text.count("\n") + 1 for fault in now.problems), (
                number,
                lines[number],
            )
            if kind in ("misspelt", "of another type", "doubled"):
                assert _names(now, number + 1, lines), (number + 1, lines[number], str(now))
            continue
        assert not is_same(whole, now), f"line {number + 1} reads the same: {lines[number]}"
        assert compare(whole, now), (number + 1, lines[number])
    assert tried


def _edited(lines: list[str], kind: str) -> Iterator[tuple[int, str]]:
    first = list(EDITS).index(kind) * 5 % EVERY
    meant = [n for n, line in enumerate(lines) if _says_something(line)]
    for number in meant[first::EVERY]:
        text = EDITS[kind](lines, number)
        if text is not None:
            yield number, text


def _names(found: Unreadable, line: int, lines: list[str]) -> bool:
    """Whether a fault stands at the edited line, or at the one below (of a doubled line), or leads there.

    A member of a list over several lines is told at the line of its key, in its own words. A misspelt name
    of a step or an office is a fault where it is used: "Did you mean "directro" (line 59)?".
    """
    key = next((n for n in range(line, 0, -1) if _KEY.match(lines[n - 1])), line)
    at = (line, line + 1, key)
    return any(
        fault.line in at or fault.also in at or any(f"(line {n})" in fault.remedy for n in at)
        for fault in found.problems
    )
