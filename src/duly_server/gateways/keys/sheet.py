"""The recovery sheet: the private half of the recovery key as a person copies it from paper.

Thirteen groups of four letters of the key and a check letter, and a last group of six that vouches for all of
them. The letters are those of the key's own text ("AGE-SECRET-KEY-1" and 58 more), so that any program
for age can use it once the check letters are left out.
"""

import re

from duly.vocabulary import Problem
from duly_server.gateways.keys.ring import KeysRefusedError

LETTERS = "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L"
HEAD = "AGE-SECRET-KEY-1"
GROUPS, OF_KEY, LAST = 13, 4, 6

_WORTH = {letter: worth for worth, letter in enumerate(LETTERS)} | {"O": 15, "I": 31, "1": 31}  # 0 and L
_ROW = 4  # groups in one line of the sheet


def text_of(private: str, *, above: str) -> str:
    """The sheet: the sentences `above` as lines that begin with "#", then the groups with their numbers."""
    numbered = [f"{turn:>2} {group}" for turn, group in enumerate(groups(private), 1)]
    rows = ["   ".join(numbered[at : at + _ROW]) for at in range(0, len(numbered), _ROW)]
    said = [f"# {line}".rstrip() for line in above.splitlines()]
    return "\n".join([*said, "", *rows, ""])


def groups(private: str) -> list[str]:
    """The fourteen groups of a private half."""
    letters = private.removeprefix(HEAD)
    if not private.startswith(HEAD) or len(letters) != GROUPS * OF_KEY + LAST:
        raise ValueError("This is not the private half of a recovery key.")
    found = [letters[at : at + OF_KEY] for at in range(0, GROUPS * OF_KEY, OF_KEY)]
    return [*(group + _check(turn, group) for turn, group in enumerate(found, 1)), letters[-LAST:]]


def last_group(private: str) -> str:
    """The six letters that are asked back."""
    return private[-LAST:]


def private_from(text: str) -> str:
    """The private half that a sheet holds, typed in any case, with or without the numbers and lines above.

    Raises KeysRefusedError that names each group which is mistyped.
    """
    lines = [line for line in text.upper().splitlines() if not line.lstrip().startswith("#")]
    found = [
        word for word in " ".join(lines).replace("-", "").split() if not re.fullmatch("[0-9]{1,2}", word)
    ]
    if len(found) != GROUPS + 1:
        raise KeysRefusedError(
            (_problem(f"A recovery sheet has {GROUPS + 1} groups; here are {len(found)}."),)
        )
    wrong = [turn for turn, group in enumerate(found, 1) if not _is_right(turn, group)]
    if wrong:
        raise KeysRefusedError(_problem(f"Group {turn} of the recovery sheet is mistyped.") for turn in wrong)
    return HEAD + "".join(_plain(group)[:OF_KEY] for group in found[:-1]) + _plain(found[-1])


def as_letters(text: str) -> str:
    """What somebody typed, as the letters of a sheet; whatever is none of them stays as it is."""
    return _plain(re.sub(r"[\s-]", "", text.upper()))


def _is_right(turn: int, group: str) -> bool:
    if any(letter not in _WORTH for letter in group):
        return False
    if turn > GROUPS:
        return len(group) == LAST
    plain = _plain(group)
    return len(plain) == OF_KEY + 1 and plain[-1] == _check(turn, plain[:OF_KEY])


def _check(turn: int, group: str) -> str:
    """A letter by which every single wrong letter, every swap of two, and two groups swapped are noticed.

    The sum, in the field of 32 elements, of each letter's worth times a power of 2 of its own, and the
    group's number.
    """
    total = turn
    for power, letter in enumerate(group, 1):
        worth = _WORTH[letter]
        for _ in range(power):
            worth = (worth << 1) ^ (0b100101 if worth & 0b10000 else 0)
        total ^= worth
    return LETTERS[total]


def _plain(group: str) -> str:
    return "".join(LETTERS[_WORTH[letter]] if letter in _WORTH else letter for letter in group)


def _problem(says: str) -> Problem:
    return Problem(
        code="sheet-mistyped", says=says, remedy="Compare it letter by letter with the paper, and try again."
    )
