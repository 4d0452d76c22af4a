"""Processes of `duly` that begin where Python has already read the libraries: each a process of its own.

Four fifths of what a short command costs is reading libraries, the same ones each time. `run` asks a process
that has read them, and has done nothing else, to fork; the child has the environment, the folder, the words
and the three streams it is given, reads what is Duly's itself, and ends as Python ends. That a command starts
from nothing is shown by the tests that begin with `sys.executable`, and by every office that is served.
"""

import atexit
import contextlib
import gc
import importlib
import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import IO, Any

DULY = "from duly_server.cli.entry import main; main()"

# What an office's commands read of others, and of Duly what asks nothing of its settings.
LIBRARIES = """
argparse base64 cryptography.hazmat.primitives.asymmetric.ed25519
cryptography.hazmat.primitives.ciphers.aead cryptography.hazmat.primitives.keywrap csv
django.contrib.auth.hashers django.core.management django.db.backends.sqlite3.base
django.db.migrations.executor django.db.models django.db.models.sql.compiler django.forms django.http
django.template.defaulttags django.template.loader django.template.loader_tags django.templatetags.i18n
django.urls django.utils.log django.views.debug django.views.decorators.http psycopg sqlite3 sqlparse
tomllib zoneinfo duly.lint.whole duly.procedure duly.record.bodies duly.record.codec duly.record.facts
duly.record.glance duly.record.seal duly.rulebook.countable duly.rulebook.read duly.sanctions
duly.timetable.calendar duly.timetable.kept duly.timetable.milestones duly.timetable.over
"""
_FORK = f"""
from tests.running.ready import forked
code = forked({LIBRARIES!r})
del forked
exec(code) if code else None
"""


def run(
    *words: object,
    code: str = DULY,
    environment: Mapping[str, str],
    folder: Path | None = None,
    typed: str = "",
    timeout: float = 240,
) -> "subprocess.CompletedProcess[str]":
    """What `python -c CODE WORDS...` prints, and its exit code; TimeoutExpired after `timeout` seconds."""
    assert not any(
        name.startswith("PYTHON") and os.environ.get(name) != value for name, value in environment.items()
    ), "Python has begun, and does not read these anew."
    with contextlib.ExitStack() as files:
        streams = [files.enter_context(tempfile.TemporaryFile()) for _ in range(3)]
        streams[0].write(typed.encode())
        streams[0].seek(0)
        told = {
            "command": [code, *map(str, words)],
            "environment": dict(environment),
            "folder": str(folder or Path.cwd()),
        }
        ended = _ask(told, streams, timeout)
        for stream in streams:
            stream.seek(0)
        said = [stream.read().decode() for stream in streams[1:]]
        return subprocess.CompletedProcess(words, ended, *said)


def _ask(told: Mapping[str, object], streams: Sequence[IO[bytes]], timeout: float) -> int:
    with socket.socket(socket.AF_UNIX) as asking:
        asking.connect(str(_waiting()))
        socket.send_fds(asking, [b"!"], [stream.fileno() for stream in streams])
        asking.sendall(json.dumps(told).encode())
        asking.shutdown(socket.SHUT_WR)
        with asking.makefile() as answer:
            number = int(answer.readline())  # it begins as soon as there are libraries to begin with
            asking.settimeout(timeout)
            try:
                return int(answer.readline())
            except TimeoutError:
                os.kill(number, signal.SIGKILL)
                raise subprocess.TimeoutExpired(str(told["command"]), timeout) from None


@cache
def _waiting() -> Path:
    """Where the process that forks is asked; it goes when this one goes."""
    at = Path(tempfile.mkdtemp(prefix="duly-ready-")) / "socket"  # short: a socket's path has 107 characters
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(at))
        listening.listen(16)
        process = subprocess.Popen(
            [sys.executable, "-c", _FORK, str(listening.fileno())],
            env=_nothing_of_an_office(os.environ),
            cwd=Path(__file__).parents[2],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            pass_fds=[listening.fileno()],
        )
    atexit.register(_end, process, at.parent)
    return at


def _end(process: "subprocess.Popen[bytes]", folder: Path) -> None:
    process.communicate(timeout=60)
    shutil.rmtree(folder)


def _nothing_of_an_office(environment: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in environment.items() if not name.startswith("DULY_")}


# --- in the process that forks -----------------------------------------------------------------------------


def forked(libraries: str) -> str:
    """In each child the code it is to run, with everything else set; in the one that forks "", at the end."""
    for library in libraries.split():
        importlib.import_module(library)
    gc.collect()
    gc.freeze()
    listening = socket.socket(fileno=int(sys.argv[1]))
    while True:
        asked, _, _ = select.select([listening, sys.stdin.fileno()], [], [])
        if listening not in asked:  # whoever asks is gone
            _bury(os.WUNTRACED)
            return ""
        asking, _ = listening.accept()
        if os.fork() == 0:
            listening.close()
            return _begun(asking)
        asking.close()
        _bury(os.WNOHANG)


def _bury(how: int) -> None:
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, how)[0]:
            pass


def _begun(asking: socket.socket) -> str:
    """In a child of the child; the child itself tells its number, waits for it, and tells how it ended."""
    _, streams, _, _ = socket.recv_fds(asking, 1, 3)
    with asking.makefile("rb") as asked:
        told: dict[str, Any] = json.load(asked)
    number = os.fork()
    if number:
        asking.sendall(f"{number}\n".encode())
        _, status = os.waitpid(number, 0)
        asking.sendall(f"{os.waitstatus_to_exitcode(status)}\n".encode())
        os._exit(0)
    asking.close()
    for place, stream in enumerate(streams):
        os.dup2(stream, place)
        os.close(stream)
    os.chdir(told["folder"])
    os.environ.clear()
    os.environ.update(told["environment"])
    code, *words = told["command"]
    sys.argv = ["-c", *words]
    return str(code)
