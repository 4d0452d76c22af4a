"""Which known word was probably meant: the smallest number of slips, or a part of a longer name."""

from collections.abc import Iterable

LONGEST = 60  # longer words are not compared: a suggestion is a kindness, not a right


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word nearest to `word`, or None if none is near enough to be meant."""
    allowed = 1 if len(word) < 5 else 2
    if len(word) > LONGEST:
        return None
    words = [each for each in known if len(each) <= LONGEST]
    close = [(slips(word, each, allowed), each) for each in words if abs(len(each) - len(word)) <= allowed]
    best = min((pair for pair in close if pair[0] <= allowed), default=None, key=lambda pair: pair[0])
    if best is not None:
        return best[1]
    parts = [each for each in words if word in each.split("-")]
    return parts[0] if len(parts) == 1 else None


def slips(one: str, other: str, allowed: int) -> int:
    """Letters added, dropped, changed or swapped with a neighbour; some number above `allowed` if more."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, last, row = row, before, [i, *[0] * len(other)]
        for j, wanted in enumerate(other, 1):
            row[j] = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                row[j] = min(row[j], last[j - 2] + 1)
        if min(row) > allowed:
            return allowed + 1
    return row[-1]
