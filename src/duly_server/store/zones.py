"""Time zones by name, from the machine's data: the rules themselves read no disk."""

from datetime import tzinfo
from functools import cache
from zoneinfo import ZoneInfo


@cache
def zone_named(name: str) -> tzinfo | None:
    """None where the machine knows no zone of that name."""
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError):  # ZoneInfoNotFoundError is a KeyError
        return None
