"""Criteria of a fast track: one of them is computed, any other is applied by a named person with reasons."""

import re
from fractions import Fraction

from duly.vocabulary import Length, Unit

_OPEN_LONGER = re.compile(r"open longer than (\d+) (.+)\Z")
_ONE_IN = re.compile(r"(\d+) in (\d+)\Z")
_PER_CENT = re.compile(r"(\d+) ?(?:per cent|%)\Z")
_UNITS = {word: unit for unit in Unit for word in (unit.value, unit.singular)}


def open_longer_than(criterion: str) -> Length | None:
    """The length in "open longer than 26 weeks"; None for a sentence that people apply."""
    match = _OPEN_LONGER.match(" ".join(criterion.split()))
    unit = _UNITS.get(match.group(2)) if match else None
    return Length(int(match.group(1)), unit) if match and unit else None


def share(at_most: str) -> Fraction | None:
    """The part of all open cases in "1 in 10" or "10 per cent"; None for what says no part of a whole."""
    said = " ".join(at_most.split())
    one_in, per_cent = _ONE_IN.match(said), _PER_CENT.match(said)
    if one_in:
        some, of = int(one_in.group(1)), int(one_in.group(2))
    elif per_cent:
        some, of = int(per_cent.group(1)), 100
    else:
        return None
    return Fraction(some, of) if 0 < some <= of else None
