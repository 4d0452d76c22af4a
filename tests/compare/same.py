"""Whether two rulebooks are the same reading: all of them in its order, and what of it the file says."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass

from duly.rulebook.book import Rulebook


def flat(value: object) -> object:
    """A value with the order of its mappings, and without what no rule is: digest and lines."""
    if is_dataclass(value) and not isinstance(value, type):
        return [
            (one.name, flat(getattr(value, one.name)))
            for one in fields(value)
            if one.name not in ("digest", "lines", "line")
        ]
    if isinstance(value, Mapping):
        return [(key, flat(each)) for key, each in value.items()]
    if isinstance(value, frozenset):
        return sorted(value)
    return [flat(each) for each in value] if isinstance(value, tuple) else value


def is_same(one: Rulebook, other: Rulebook) -> bool:
    """A key that says what holds without it is part of the reading: it was said, or was not."""
    return flat(one) == flat(other) and set(one.lines) == set(other.lines)
