"""Criteria of a fast track: one of them is computed, any other is applied by a named person with reasons."""

import re

from duly.vocabulary import Length, Unit

_OPEN_LONGER = re.compile(r"open longer than (\d+) (.+)\Z")
_UNITS = {word: unit for unit in Unit for word in (unit.value, unit.singular)}


def open_longer_than(criterion: str) -> Length | None:
    """The length in "open longer than 26 weeks"; None for a sentence that people apply."""
    match = _OPEN_LONGER.match(" ".join(criterion.split()))
    unit = _UNITS.get(match.group(2)) if match else None
    return Length(int(match.group(1)), unit) if match and unit else None
