"""In front of Django: who works and who waits. What a server runs is this (conf/wsgi.py).

A few threads work: some at everything, some at looking up codes, one or two at logins; each keeps its own
connection to the database. All other threads hold whoever waits for one of these, or who asked too often and
is answered slowly. So a flood of codes or logins takes no thread that complaints need, and almost none of the
processor (threats, T17).
"""

import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from random import uniform
from threading import BoundedSemaphore
from typing import Any, NamedTuple

from duly_server.gateways.limits import rooms
from duly_server.services.receipt_codes import SLOTS
from duly_server.web.waiting.gate import FULL, HEADER
from duly_server.web.waiting.lanes import CODES, LANES, LOGIN

# Seconds before somebody who asks too often is answered: not the same for all, or all come back at once.
LINGER = (2.0, 5.0)
MOST_FOR_ROOM = 1.0
# What a monitor asks: answered while everybody else waits.
ALIVE, HEALTH = "/health", ("/health/web", "/health/ready")
MOST_FOR_HEALTH = 3.0  # longer than it takes to give up on a database

Environ = dict[str, Any]
Application = Callable[[Environ, Any], Iterable[bytes]]


class _Answer(NamedTuple):
    status: str
    headers: list[tuple[str, str]]
    body: bytes


class _Room:
    """So many threads. Whoever may be sent away asks to enter first; the others stand in line."""

    def __init__(self, name: str, threads: int) -> None:
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix=f"duly-{name}")
        self._inside = BoundedSemaphore(threads)

    def work(self, application: Application, environ: Environ) -> _Answer:
        return self._threads.submit(_ask, application, environ).result()

    @contextmanager
    def entered(self, seconds: float) -> Iterator[bool]:
        is_in = self._inside.acquire(timeout=seconds) if seconds else self._inside.acquire(blocking=False)
        try:
            yield is_in
        finally:
            if is_in:
                self._inside.release()


class Front:
    """A WSGI application around Django's."""

    def __init__(self, application: Application) -> None:
        self._application = application
        self._waiting = BoundedSemaphore(rooms.MOST_WAITING)
        self._open = _Room("work", rooms.WORKING)
        self._health = _Room("health", 1)
        self._rooms = {CODES.name: _Room("codes", SLOTS), LOGIN.name: _Room("login", rooms.LOGINS)}

    def __call__(self, environ: Environ, start_response: Callable[..., object]) -> list[bytes]:
        environ.pop("wsgi.file_wrapper", None)  # the answer is read where the work is done
        environ.pop(FULL, None)
        path = environ.get("PATH_INFO", "")
        if path == ALIVE:  # in this thread, which keeps no connection: it asks no database
            return _given(_ask(self._application, environ), start_response)
        if path in HEALTH:
            return _given(self._on_health(environ), start_response)
        lane = LANES.get(path) if environ.get("REQUEST_METHOD") == "POST" else None
        room = self._rooms.get(lane.name) if lane else None
        answer = self._open.work(self._application, environ) if room is None else self._limited(room, environ)
        headers = [each for each in answer.headers if each[0] != HEADER]
        if len(headers) < len(answer.headers):
            self._linger()
        return _given(answer._replace(headers=headers), start_response)

    def _limited(self, room: _Room, environ: Environ) -> _Answer:
        with room.entered(0) as is_in:
            if is_in:
                return room.work(self._application, environ)
        if self._waiting.acquire(blocking=False):
            try:
                with room.entered(MOST_FOR_ROOM) as is_in:
                    if is_in:
                        return room.work(self._application, environ)
            finally:
                self._waiting.release()
        # Answered by the gate before anything opens a database: in this thread, which keeps no connection.
        return _ask(self._application, {**environ, FULL: "1"})

    def _on_health(self, environ: Environ) -> _Answer:
        with self._health.entered(MOST_FOR_HEALTH) as is_in:
            if is_in:
                return self._health.work(self._application, environ)
        headers = [("Content-Type", "text/plain; charset=utf-8"), ("Cache-Control", "no-store")]
        return _Answer("503 Service Unavailable", headers, b"slow\n")

    def _linger(self) -> None:
        """Answer slowly, so that asking again at once brings nothing."""
        if self._waiting.acquire(blocking=False):
            try:
                time.sleep(uniform(*LINGER))  # noqa: S311 -- nothing hangs on its being guessed
            finally:
                self._waiting.release()


def _given(answer: _Answer, start_response: Callable[..., object]) -> list[bytes]:
    start_response(answer.status, answer.headers)
    return [answer.body]


def _ask(application: Application, environ: Environ) -> _Answer:
    """The whole answer, read and closed in the thread that did the work."""
    began: list[tuple[str, list[tuple[str, str]]]] = []

    def start(status: str, headers: list[tuple[str, str]], exc_info: object = None) -> None:
        began.append((status, headers))

    answer = application(environ, start)
    try:
        body = b"".join(answer)
    finally:
        if (close := getattr(answer, "close", None)) is not None:
            close()
    return _Answer(*began[-1], body)
