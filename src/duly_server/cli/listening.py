"""The port that a command is to listen on: whether it is one, and whether it is free."""

import argparse
import errno
import socket
from collections.abc import Iterator

from duly.vocabulary import Problem

HIGHEST = 65_535


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
