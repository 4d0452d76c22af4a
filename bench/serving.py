"""An office served by `duly serve`, as processes that can be killed, and a plain client for it."""

import http.client
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

DULY = "import sys; from duly_server.cli.entry import main; main(sys.argv[1:])"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
PATIENCE = 120.0  # seconds that a client goes on trying while nobody answers


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def somewhere() -> str:
    """An address in a network that is hardly anybody else's."""
    return f"10.{secrets.randbelow(256)}.{secrets.randbelow(256)}.7"


@dataclass
class Serving:
    """`duly serve` of the office that `environment` names, with a port and a process group of its own."""

    environment: Mapping[str, str]
    log: Path
    port: int = field(default_factory=free_port)
    process: "subprocess.Popen[bytes] | None" = None

    def start(self, *arguments: str) -> None:
        """Returns when the first page is answered. AssertionError: it ended before."""
        settings = {
            **self.environment,
            "DULY_ADDRESS": f"http://127.0.0.1:{self.port}",
            "DULY_PROXIES": "127.0.0.1",
        }
        command = [sys.executable, "-c", DULY, "serve", "--port", str(self.port), *arguments]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command, env=settings, stdout=log, stderr=log, start_new_session=True
            )
        self.wait_until_answered()

    def wait_until_answered(self) -> None:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            assert self.process is None or self.process.poll() is None, self.log.read_text()
            try:
                if Person(self.port).ask("GET", "/help").status == 200:
                    return
            except (OSError, http.client.HTTPException):
                time.sleep(0.1)
        raise AssertionError(f"Nobody answers. {self.log.read_text()}")

    def pids(self) -> dict[str, int]:
        """The processes that serve and work now: "main", "web", "worker"."""
        assert self.process is not None
        found = {"main": self.process.pid}
        for pid in children(self.process.pid):
            said = command_of(pid)
            if "duly_server.cli.work" in said:
                found["worker"] = pid
            elif "serve" in said:
                found["web"] = pid
        return found

    def kill(self, what: str = "all") -> None:
        """SIGKILL, as when the machine runs out of memory; what does not come again by itself is started.

        `what`: "all" of it at once; "web", the process that answers; "worker"; "main", which started both.
        """
        assert self.process is not None
        before = self.pids()
        if what == "all":
            os.killpg(self.process.pid, signal.SIGKILL)
        else:
            os.kill(before[what], signal.SIGKILL)
        if what in ("web", "worker"):
            wait_until(
                lambda: self.pids().get(what, before[what]) != before[what], f"No new {what} was started."
            )
            return
        self.process.wait(30)
        leader = self.process.pid
        wait_until(lambda: not _group(leader), "Processes of a killed server go on.")
        self.start()

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(40)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                raise

    def duly(self, *arguments: object, typed: str = "") -> "subprocess.CompletedProcess[str]":
        """One command of the office, beside the server."""
        return subprocess.run(
            [sys.executable, "-c", DULY, *map(str, arguments)],
            env=dict(self.environment),
            input=typed,
            capture_output=True,
            text=True,
            timeout=1200,
        )


def wait_until(holds: Callable[[], bool], otherwise: str, *, seconds: float = 60.0) -> None:
    """Until `holds()` is true. AssertionError with `otherwise` after so many seconds."""
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until, otherwise
        time.sleep(0.05)


def children(pid: int) -> list[int]:
    """The processes that this one started and that still run."""
    return [each for each, (parent, _) in _processes().items() if parent == pid]


def command_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


def is_there(pid: int) -> bool:
    return pid in _processes()


def _group(leader: int) -> list[int]:
    return [each for each, (_, group) in _processes().items() if group == leader]


def _processes() -> dict[int, tuple[int, int]]:
    """Every process that is no zombie, with its parent and its group."""
    found: dict[int, tuple[int, int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            said = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if said[0] != "Z":
            found[int(stat.parent.name)] = (int(said[1]), int(said[2]))
    return found


@dataclass(frozen=True)
class Answer:
    status: int
    html: str
    location: str = ""

    @property
    def heading(self) -> str:
        found = re.search(r"(?s)<h1[^>]*>(.*?)</h1>", self.html)
        return words(found[1]) if found else ""

    @property
    def words(self) -> str:
        return words(self.html.partition("<main")[2])


def words(html: str) -> str:
    """What is read, without tags."""
    bare = re.sub(r"(?s)<(script|style|svg)\b.*?</\1>", " ", html)
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", bare)).split())


class Person:
    """One browser: its cookies, and a network that the trusted proxy says it is in."""

    def __init__(self, port: int, *, session: str = "") -> None:
        self._port = port
        self._cookies: dict[str, str] = {"duly": session} if session else {}
        self._token = ""
        self.unanswered = 0

    def ask(self, method: str, path: str, said: Mapping[str, object] | None = None) -> Answer:
        """One request, from another network each time. OSError, HTTPException: nobody answered."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        headers["X-Forwarded-For"] = somewhere()
        body = None
        if said is not None:
            body = urlencode({**said, "csrfmiddlewaretoken": self._token}, doseq=True)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        with closing(http.client.HTTPConnection("127.0.0.1", self._port, timeout=90)) as connection:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            text = answer.read().decode()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self._cookies[name] = value
        if found := TOKEN.search(text):
            self._token = found[1]
        return Answer(answer.status, text, answer.headers.get("Location") or "")

    def insist(self, method: str, path: str, said: Mapping[str, object] | None = None) -> Answer:
        """The same request again and again until somebody answers it, as a person would press reload."""
        until = time.monotonic() + PATIENCE
        while True:
            try:
                return self.ask(method, path, said)
            except (OSError, http.client.HTTPException):
                self.unanswered += 1
                if time.monotonic() > until:
                    raise
                time.sleep(0.2)
