"""The port that a command is to listen on: whether it is one, whether it is free, and when it is in use."""

import argparse
import errno
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from duly.vocabulary import Problem

HIGHEST = 65_535
_PAUSE = 0.05  # seconds
_TABLES = ("/proc/net/tcp", "/proc/net/tcp6")  # of Linux: for each socket its address, its peer, its state
_LISTENS = "0A"


def port(text: str) -> int:
    """Read an option's value; argparse prints the sentence and leaves with 2."""
    if not (text.isdecimal() and 0 < int(text) <= HIGHEST):
        raise argparse.ArgumentTypeError(
            f"“{text}” is no port. Write a number from 1 to {HIGHEST}, such as 8000."
        )
    return int(text)


def taken(host: str, number: int) -> Iterator[Problem]:
    """Why nothing can be served there: asked before the work, and not answered by it with a traceback."""
    kind = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(kind, socket.SOCK_STREAM) as tried:
        # As the server binds: a port that somebody has just left is free.
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((host, number))
        except OSError as fault:
            yield _refusal(host, number, fault)


class Listening:
    """Looks, in a thread of its own, until the port is listened on, and then calls `act` once.

    On Linux the server listens only once the office is loaded. Nobody knocks: that would be a visit to serve.
    """

    def __init__(self, number: int, act: Callable[[], object]) -> None:
        self._number = number
        self._act = act
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._look, name="duly-listens", daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Look no more."""
        self._is_over.set()
        self._thread.join()

    def _look(self) -> None:
        while not is_listened_on(self._number):
            if self._is_over.wait(_PAUSE):
                return
        self._act()


def is_listened_on(number: int) -> bool:
    """Whether anything on this machine listens on the port; where the system has no list of it, yes."""
    found = [table for each in _TABLES if (table := Path(each)).is_file()]
    return not found or any(
        fields[1].endswith(f":{number:04X}") and fields[3] == _LISTENS
        for table in found
        for fields in map(str.split, table.read_text().splitlines()[1:])
    )


def _refusal(host: str, number: int, fault: OSError) -> Problem:
    if fault.errno == errno.EADDRINUSE:
        says = f"Something else listens on port {number} of {host} already."
        remedy = "End it, or choose another: --port 8001."
    elif fault.errno == errno.EACCES:
        says = f"Port {number} may be listened on by an administrator only."
        remedy = "Choose one above 1023: --port 8000."
    else:
        says = f"Nothing can listen on {host}: {fault.strerror}."
        remedy = "Name an address of this machine: --host 127.0.0.1."
    return Problem(code="port-taken", says=says, remedy=remedy)
