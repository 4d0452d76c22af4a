"""The log as lines of JSON, one for each event, which name nobody (threats 2.7, 5.6; docs/reference/logs.md).

A line is made of a closed list of members. No message and no argument of any record reaches it: of a fault
its class and places, of a request the name of its route. What anybody does without a login is no event; where
it fails, the line has the day and no time, or it would tell the minute of a report.
"""

import json
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from types import TracebackType

from duly_server.gateways.logs import place, places, route_of
from duly_server.gateways.trouble import trouble_of

MOST_PLACES = 12
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
SERVER = "_granian"
# What the server says of itself ("Unexpected exit from worker-1"); what an application raised comes after it.
_PLAIN = re.compile(r"[A-Za-z0-9 .,'-]{1,120}")
_WORD = re.compile(r"[a-z][a-z-]{0,39}")


@dataclass
class Asked:
    """The request that is being answered. `has_login`: its route is for those alone who log in."""

    number: str
    has_login: bool = False
    has_failed: bool = False


_asked: ContextVar[Asked | None] = ContextVar("duly.asked", default=None)


@contextmanager
def answering(number: str) -> Iterator[Asked]:
    """Until it ends, every line is of this request."""
    token = _asked.set(asked := Asked(number))
    try:
        yield asked
    finally:
        _asked.reset(token)


def event(name: str, **numbers: int) -> None:
    """Something happened that is worth a line: a word of ours, and numbers."""
    logging.getLogger("duly.event").info("", extra={"event": name, "numbers": numbers})


class Lines(logging.Formatter):
    """{"time": "2026-04-23T09:15:02Z", "level": "ERROR", "logger": "django.request", "fault": ...}."""

    def format(self, record: logging.LogRecord) -> str:
        asked = _asked.get()
        said: dict[str, object] = {
            "time": _time(record.created, to_the_day=asked is not None and not asked.has_login),
            "level": record.levelname,
            "logger": record.name,
        }
        if (word := getattr(record, "event", None)) and _WORD.fullmatch(str(word)):
            said["event"] = word
        said |= _numbers(record)
        if record.exc_info and record.exc_info[0] is not None:
            said |= _fault(record.exc_info[0], record.exc_info[2])
            if (trouble := trouble_of(record.exc_info[1])) is not None:
                said["lacks"] = trouble.value
        elif "event" not in said:
            said |= _unmoved(record)
        if asked is not None and asked.has_login:
            said["request"] = asked.number
        if route := route_of(record):
            said["route"] = route
        return json.dumps(said)


def _time(created: float, *, to_the_day: bool) -> str:
    at = datetime.fromtimestamp(created, UTC)
    return at.date().isoformat() if to_the_day else f"{at:%Y-%m-%dT%H:%M:%S}Z"


def _numbers(record: logging.LogRecord) -> dict[str, object]:
    numbers = getattr(record, "numbers", None)
    found: dict[str, object] = {
        name: value
        for name, value in (numbers.items() if isinstance(numbers, dict) else ())
        if type(value) is int and _WORD.fullmatch(str(name))
    }
    if type(status := getattr(record, "status_code", None)) is int:
        found["status"] = status
    if (method := getattr(record, "method", None)) in METHODS:
        found["method"] = method
    return found


def _fault(kind: type[BaseException], trace: TracebackType | None) -> dict[str, object]:
    """Its class, the innermost place of ours, and the way there: no message, no line of source, no local."""
    return {"fault": kind.__name__, "at": place(trace), "trace": places(trace, MOST_PLACES)}


def _unmoved(record: logging.LogRecord) -> dict[str, object]:
    found: dict[str, object] = {"at": f"{record.module}:{record.lineno} in {record.funcName}"}
    if record.name.partition(".")[0].partition(":")[0] == SERVER:
        first = record.getMessage().splitlines()[0:1]
        if first and _PLAIN.fullmatch(first[0]):
            found["says"] = first[0]
    return found
