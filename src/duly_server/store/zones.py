"""Time zones by name, from the machine's data: the rules themselves read no disk."""

from datetime import UTC, tzinfo
from functools import cache
from zoneinfo import ZoneInfo


def is_zone(name: str) -> bool:
    """Whether the machine knows a zone of this name."""
    return zone_named(name) is not None


@cache
def zone_named(name: str) -> tzinfo | None:
    """None where the machine knows no zone of that name; UTC it always knows."""
    if name == "UTC":
        return UTC
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError):  # ZoneInfoNotFoundError is a KeyError
        return None
