"""The start of `duly serve` says nothing that an operator could not do something about; its end is quiet."""

import logging
import logging.config
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from granian.constants import Interfaces
from granian.server import Server
from granian.server.common import AbstractServer
from pytest_django import Settings
from tests.running.processes import free_port

from duly_server.cli.serve import serve
from duly_server.gateways import log_lines

ADVICE = "Configuration allows spawning up to 512 Python threads"
WORKER = """
import time
from duly_server.cli.beside import when_input_ends

when_input_ends(print)
time.sleep(0.5)
"""


@pytest.fixture
def server_log() -> Iterator[logging.Logger]:
    """The server's own logger, which each server made here sets up afresh; as it was afterwards."""
    logger = logging.getLogger("_granian")
    filters = list(logger.filters)
    yield logger
    logger.filters[:] = filters
    logging.config.dictConfig(django_settings.LOGGING)


def test_the_start_gives_no_advice_that_is_not_for_us_and_keeps_all_other(
    server_log: logging.Logger,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    settings: Settings,
    tmp_path: Path,
) -> None:
    settings.DULY_HOME = tmp_path

    def served(*_: Any, **__: Any) -> None:
        """The server has given its advice by now; it would begin to listen here."""
        server_log.warning("Killing worker-1 after it refused to gracefully stop")

    monkeypatch.setattr(AbstractServer, "serve", served)
    assert serve("127.0.0.1", 8000, with_worker=False) == 0
    said = [line for line in capfd.readouterr().err.splitlines() if "_granian" in line]
    assert len(said) == 1, said
    assert "test_serve" in said[0]


def test_it_is_that_very_advice_that_is_left_out(
    server_log: logging.Logger, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """If the server words it otherwise one day, this tells."""
    monkeypatch.setattr(AbstractServer, "serve", lambda *_, **__: None)
    Server("x:y", interface=Interfaces.WSGI, blocking_threads=512).serve()
    out, err = capfd.readouterr()
    assert ADVICE in out + err


def test_that_it_serves_is_said_once_it_answers_and_not_before(
    server_log: logging.Logger, monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path
) -> None:
    settings.DULY_HOME = tmp_path
    said: list[str] = []
    monkeypatch.setattr(log_lines, "event", lambda name, **_: said.append(name))
    port = free_port()

    def served(*_: Any, **__: Any) -> None:
        """It loads the office for a while, and then answers."""
        time.sleep(0.3)
        assert said == []
        with socket.create_server(("127.0.0.1", port)):
            before = time.monotonic() + 10
            while not said and time.monotonic() < before:
                time.sleep(0.01)

    monkeypatch.setattr(AbstractServer, "serve", served)
    assert serve("127.0.0.1", port, with_worker=False) == 0
    assert said == ["serving", "stopped"]


def test_what_never_answers_is_not_said_to_serve(
    server_log: logging.Logger, monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path
) -> None:
    settings.DULY_HOME = tmp_path
    said: list[str] = []
    monkeypatch.setattr(log_lines, "event", lambda name, **_: said.append(name))
    monkeypatch.setattr(AbstractServer, "serve", lambda *_, **__: time.sleep(0.2))
    assert serve("127.0.0.1", free_port(), with_worker=False) == 0
    assert said == ["stopped"]


def test_a_worker_that_is_told_to_stop_ends_without_a_word() -> None:
    """Its thread that waits for the server's end is not in the way when the interpreter ends."""
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", WORKER], stdin=pipe, stdout=pipe, stderr=pipe) as process:
        assert process.wait(timeout=60) == 0  # its input is still open
        assert process.stderr is not None
        assert process.stderr.read() == b""
