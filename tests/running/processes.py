"""Processes of an office, as they run on a machine: each can be told to stop or killed, by its own number."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO

DULY = [sys.executable, "-c", "from duly_server.cli.entry import main; main()"]
# Logging in costs as little there as in the tests' own process, which has made the accounts.
ONE_ROUND = "from django.contrib.auth.hashers import PBKDF2PasswordHasher as P; P.iterations = 1"
CHEAPLY = [*DULY[:2], f"{ONE_ROUND}; {DULY[2]}"]
LONGEST = 90.0


def clean(environment: Mapping[str, str]) -> dict[str, str]:
    """This process's environment without any setting of an office, and with these."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DULY_")}
    return {**kept, **environment}


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@dataclass
class Process:
    """`duly` with these words, in a process group of its own. What it writes to its log is kept."""

    words: tuple[str, ...]
    environment: Mapping[str, str]
    command: Sequence[str] = tuple(CHEAPLY)
    log: IO[bytes] = field(default_factory=tempfile.TemporaryFile)

    def __post_init__(self) -> None:
        self.process = subprocess.Popen(
            [*self.command, *self.words],
            env=clean(self.environment),
            stdin=subprocess.DEVNULL,
            stdout=self.log,
            stderr=self.log,
            start_new_session=True,
        )

    @property
    def said(self) -> str:
        """Everything it has written so far."""
        if not self.log.closed:
            self.log.seek(0)
            self._said = self.log.read().decode()
        return self._said

    def stop(self) -> str:
        """Told to stop, and waited for; what it wrote."""
        if self.process.poll() is None:
            self.process.terminate()
        self.process.wait(timeout=40)
        return self._over()

    def kill(self) -> str:
        """Gone at once, with all that it started, and without a word; what it wrote before."""
        os.killpg(self.process.pid, 9)
        self.process.wait(timeout=20)
        return self._over()

    def _over(self) -> str:
        said = self.said
        self.log.close()
        return said


@dataclass
class Web(Process):
    """`duly serve --no-work` on a port of its own, which answers once this is made."""

    port: int = 0

    def __post_init__(self) -> None:
        self.port = free_port()
        self.words = (*self.words, "--port", str(self.port))
        super().__post_init__()
        before = time.monotonic() + LONGEST
        while time.monotonic() < before and self.process.poll() is None:
            with socket.socket() as trying:
                if trying.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise AssertionError(f"It does not serve: {self.said}")


def serve(environment: Mapping[str, str]) -> Web:
    return Web(("serve", "--no-work"), environment)


def work(environment: Mapping[str, str]) -> Process:
    return Process(("work",), environment)
