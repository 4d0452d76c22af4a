"""A lease on a row: whoever takes it works on the row's matter alone, and loses it by dying."""

import secrets
from datetime import datetime, timedelta

LEASE = timedelta(minutes=10)


def new_lease() -> str:
    """A token nobody else has."""
    return secrets.token_hex(16)


def until(as_of: datetime) -> datetime:
    """When a lease taken or renewed now runs out, and the row is there for the next to claim."""
    return as_of + LEASE
