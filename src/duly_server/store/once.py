"""Small tables that a page asks again and again, read once while it is made.

Only within `reading()`, which the web opens for requests that change nothing: what one answer tells comes
from one reading, and the next request reads afresh. Whoever writes such a table all the same forgets it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar, cast

Found = TypeVar("Found")

_read: ContextVar[dict[str, object] | None] = ContextVar("duly.read", default=None)


@contextmanager
def reading() -> Iterator[None]:
    """Until it ends, what `once` has read stands. One within another begins afresh."""
    token = _read.set({})
    try:
        yield
    finally:
        _read.reset(token)


def once(table: str, read: Callable[[], Found]) -> Found:
    """What `read` finds: found before in this reading, or now. For whole tables, alike for every viewer."""
    kept = _read.get()
    if kept is None:
        return read()
    if table not in kept:
        kept[table] = read()
    return cast(Found, kept[table])


def forget(table: str) -> None:
    """It has been written to."""
    kept = _read.get()
    if kept is not None:
        kept.pop(table, None)
