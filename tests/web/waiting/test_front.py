"""T17: who waits for a code or a login, or is answered slowly, holds no thread that others need."""

import io
import time
from collections.abc import Callable, Iterable, Iterator
from threading import Event, Thread, current_thread
from typing import Any

import pytest

from duly_server.gateways.limits import rooms
from duly_server.services.receipt_codes import SLOTS
from duly_server.web.waiting import front
from duly_server.web.waiting.front import Front
from duly_server.web.waiting.gate import FULL, HEADER

CODES, SEND, LOGIN, PAGE = (
    ("POST", "/status"),
    ("POST", "/complain/send"),
    ("POST", "/login"),
    ("GET", "/status"),
)


class Django:
    """In Django's place: each look-up and each login takes until it is told to end."""

    def __init__(self) -> None:
        self.ending = Event()
        self.threads: set[str] = set()
        self.slowly = self.breaks = False
        self.closed = 0

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., object]) -> Iterable[bytes]:
        if self.breaks:
            raise RuntimeError("broken")
        if FULL in environ:
            start_response("503 Service Unavailable", [(HEADER, "1")])
            return [b"full"]
        self.threads.add(current_thread().name.rpartition("_")[0])
        if (environ["REQUEST_METHOD"], environ["PATH_INFO"]) in (CODES, LOGIN):
            assert self.ending.wait(20)
        start_response("200 OK", [("X-Own", "kept"), *([(HEADER, "1")] if self.slowly else [])])
        return _Closing(self, environ["wsgi.input"].read())


class _Closing:
    def __init__(self, django: Django, said: bytes) -> None:
        self._django, self._said = django, said

    def __iter__(self) -> Iterator[bytes]:
        yield from (b"said ", self._said)

    def close(self) -> None:
        self._django.closed += 1


@pytest.fixture
def django() -> Iterator[Django]:
    found = Django()
    yield found
    found.ending.set()


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(front, "LINGER", (0.3, 0.3))
    monkeypatch.setattr(front, "MOST_FOR_ROOM", 0.05)


def ask(application: Front, what: tuple[str, str]) -> tuple[str, list[tuple[str, str]], bytes]:
    began: list[tuple[str, list[tuple[str, str]]]] = []
    environ = {"REQUEST_METHOD": what[0], "PATH_INFO": what[1], "wsgi.input": io.BytesIO(b"words")}
    body = b"".join(application(environ, lambda *said: began.append(said)))
    return *began[0], body


def busy(application: Front, what: tuple[str, str], count: int) -> list[Thread]:
    threads = [Thread(target=ask, args=(application, what)) for _ in range(count)]
    for thread in threads:
        thread.start()
    time.sleep(0.2)
    return threads


def test_an_answer_is_read_and_closed_by_the_thread_that_made_it(django: Django) -> None:
    status, headers, body = ask(Front(django), SEND)
    assert (status, headers, body) == ("200 OK", [("X-Own", "kept")], b"said words")
    assert (django.closed, django.threads) == (1, {"duly-work"})


@pytest.mark.parametrize(("what", "size"), [(CODES, SLOTS), (LOGIN, rooms.LOGINS)])
def test_complaints_go_on_while_every_thread_for_codes_or_logins_is_taken(
    django: Django, what: tuple[str, str], size: int
) -> None:
    application = Front(django)
    waiting = busy(application, what, size)
    for each in (SEND, PAGE, SEND):
        began = time.perf_counter()
        assert ask(application, each)[0] == "200 OK"
        assert time.perf_counter() - began < 0.2
    status, headers, body = ask(application, what)
    assert (status, headers, body) == ("503 Service Unavailable", [], b"full")
    django.ending.set()
    for thread in waiting:
        thread.join(10)
    assert ask(application, what)[0] == "200 OK"
    assert django.threads == {"duly-work", f"duly-{'codes' if what == CODES else 'login'}"}


def test_who_waits_a_moment_for_a_thread_gets_it(django: Django, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(front, "MOST_FOR_ROOM", 10)
    application = Front(django)
    waiting = busy(application, LOGIN, rooms.LOGINS + 1)
    django.ending.set()
    for thread in waiting:
        thread.join(10)
    assert django.closed == rooms.LOGINS + 1


def test_a_slow_answer_is_slow_and_its_mark_is_taken_off(django: Django) -> None:
    django.slowly = True
    began = time.perf_counter()
    assert ask(Front(django), SEND)[1] == [("X-Own", "kept")]
    assert 0.3 <= time.perf_counter() - began < 2


def test_beyond_those_who_may_wait_one_is_told_at_once(
    django: Django, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rooms, "MOST_WAITING", 1)
    application = Front(django)
    django.slowly = True
    slow = busy(application, SEND, 1)
    began = time.perf_counter()
    assert ask(application, SEND)[0] == "200 OK"
    assert time.perf_counter() - began < 0.2
    slow[0].join(5)


def test_a_fault_reaches_the_server_and_gives_the_thread_back(django: Django) -> None:
    application = Front(django)
    django.ending.set()
    django.breaks = True
    for _ in range(SLOTS + 2):
        with pytest.raises(RuntimeError, match="broken"):
            ask(application, CODES)
    django.breaks = False
    assert ask(application, CODES)[0] == "200 OK"


def test_more_threads_are_there_than_may_wait_or_work_at_what_is_limited() -> None:
    assert rooms.IN_HAND > rooms.MOST_WAITING + SLOTS + rooms.LOGINS + 8 * rooms.WORKING
