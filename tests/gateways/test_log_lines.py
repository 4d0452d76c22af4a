"""A line of the log is made of a closed list of members, and none of them is anybody's words."""

import errno
import json
import logging
import sys
from typing import Any

import pytest

from duly_server.gateways import log_lines
from duly_server.gateways.log_lines import Lines

MARK = "Zebra-marker-4711"
MEMBERS = {
    "time", "level", "logger", "event", "fault", "at", "trace", "status", "route", "method", "ms",
    "port", "request", "says", "lacks",
}  # fmt: skip


def line(name: str = "duly", message: str = MARK, **extra: Any) -> dict[str, Any]:
    record = logging.getLogger(name).makeRecord(
        name, logging.ERROR, f"/home/{MARK}/x.py", 7, message, (), extra.pop("exc_info", None), "f", extra
    )
    text = Lines().format(record)
    assert "\n" not in text
    said: dict[str, Any] = json.loads(text)
    assert said.keys() <= MEMBERS
    return said


def raised() -> Any:
    planted = MARK
    try:
        raise RuntimeError(f"{planted}\n{{}}") from ValueError(planted)
    except RuntimeError:
        return sys.exc_info()


def test_of_a_fault_its_class_and_its_places() -> None:
    said = line(exc_info=raised(), request=None)
    assert said["fault"] == "RuntimeError"
    assert said["at"].startswith("test_log_lines.py:")
    assert said["trace"] == [said["at"]]
    assert MARK not in json.dumps(said)


def test_of_a_fault_of_the_machine_what_it_lacks() -> None:
    try:
        raise RuntimeError(MARK) from OSError(errno.ENOSPC, MARK)
    except RuntimeError:
        said = line(exc_info=sys.exc_info())
    assert said["lacks"] == "the disk is full"
    assert MARK not in json.dumps(said)


def test_no_message_no_argument_and_no_other_extra_is_written() -> None:
    said = line(
        event=MARK,
        numbers={"ms": 12, MARK: 3, "port": "80", "is": True},
        status_code=MARK,
        method=MARK,
        user=MARK,
        path=MARK,
        request=MARK,
    )
    assert said.keys() == {"time", "level", "logger", "at", "ms"}
    assert said["at"] == "x:7 in f"
    assert MARK not in json.dumps(said)


@pytest.mark.parametrize(
    ("message", "says"),
    [
        ("Unexpected exit from worker-1", "Unexpected exit from worker-1"),
        (
            f"Application callable raised an exception\nTraceback: {MARK}",
            "Application callable raised an exception",
        ),
        (f"{MARK}/2 <x>", None),
        ("x" * 121, None),
        ("", None),
    ],
)
def test_the_server_says_what_it_says_of_itself_and_nothing_that_an_application_raised(
    message: str, says: str | None
) -> None:
    assert line("_granian", message).get("says") == says
    assert line("_granian.workers", message).get("says") == says
    assert "says" not in line("duly.work", message)


def test_without_a_login_there_is_a_day_and_no_time_nor_a_number_of_the_request() -> None:
    at_large = line()["time"]
    with log_lines.answering("0a1b2c3d4e5f") as asked:
        of_anyone = line()
        asked.has_login = True
        of_staff = line()
    assert of_anyone["time"] == at_large[:10]
    assert "request" not in of_anyone
    assert len(of_staff["time"]) == len("2026-04-23T09:15:02Z")
    assert of_staff["request"] == "0a1b2c3d4e5f"
    assert line().keys() == {"time", "level", "logger", "at"}
