"""Conditions on a marking that is one whole number: any of several terms, each a mask and what it must show.

A term (mask, value) holds in a marking where `marking & mask == value`; a condition holds where one of its
terms does. `TRUE` has the term that always holds, `FALSE` has none.
"""

from collections.abc import Iterable
from functools import reduce

Term = tuple[int, int]
Condition = tuple[Term, ...]

MOST_TERMS = 2_000

TRUE: Condition = ((0, 0),)
FALSE: Condition = ()


class TangledError(Exception):
    """A condition of so many terms that nobody could follow it, and exploring would not end."""


def is_set(bit: int) -> Condition:
    return ((bit, bit),)


def is_clear(bit: int) -> Condition:
    return ((bit, 0),)


def both(one: Condition, other: Condition) -> Condition:
    found: dict[Term, None] = {}
    for mask, value in one:
        for more, shows in other:
            if (value ^ shows) & mask & more == 0:
                found[mask | more, value | shows] = None
        if len(found) > MOST_TERMS:
            raise TangledError
    return _leanest(found)


def either(one: Condition, other: Condition) -> Condition:
    return _leanest(dict.fromkeys((*one, *other)))


def every(several: Iterable[Condition]) -> Condition:
    return reduce(both, several, TRUE)


def some(several: Iterable[Condition]) -> Condition:
    return reduce(either, several, FALSE)


def opposite(one: Condition) -> Condition:
    return every(some(((bit, bit & ~value),) for bit in bits_of(mask)) for mask, value in one)


def holds(condition: Condition, marking: int) -> bool:
    return any(marking & mask == value for mask, value in condition)


def reads(condition: Condition) -> int:
    """Every bit that the condition looks at."""
    return reduce(lambda found, term: found | term[0], condition, 0)


def bits_of(mask: int) -> Iterable[int]:
    while mask:
        lowest = mask & -mask
        yield lowest
        mask ^= lowest


def _leanest(terms: dict[Term, None]) -> Condition:
    """Without the terms that hold only where a shorter one does."""
    if len(terms) < 2:
        return tuple(terms)
    if (0, 0) in terms:
        return TRUE
    return tuple(
        term
        for term in terms
        if not any(
            other != term and other[0] & term[0] == other[0] and term[1] & other[0] == other[1]
            for other in terms
        )
    )
