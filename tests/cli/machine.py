"""Machines for tests of whole commands: each has its folders, its databases, and real processes on it."""

import atexit
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from tests.databases import OfficeDatabases
from tests.running import ready

from duly_server.gateways import age
from duly_server.gateways.keys import sheet

# Hands in complaints, one after another, and prints each reference, until the file STOP is there.
WRITER = """
import os, sys, time
from duly_server.cli.office import open_office
open_office()
from duly.record.facts import Naming
from duly_server.gateways.clock import Clock
from duly_server.services.intake import Report, submit
stop, most = sys.argv[1], int(sys.argv[2])
while most and not os.path.exists(stop):
    most -= 1
    today, _ = Clock("Europe/London").read()
    report = Report(narrative=sys.argv[3], about=sys.argv[4], naming=Naming.NAMED, name=sys.argv[5],
        contact=sys.argv[6])
    print(submit(report, on=today).complaint, flush=True)
"""

MARKERS = ("Marker-Quince-Told", "Marker-Medlar-About", "Marker-Damson-Named", "marker-sloe@example.org")


@dataclass
class Machine:
    """One machine. Without `databases` its office is on SQLite, in a folder that is not there yet."""

    folder: Path
    databases: OfficeDatabases | None = None
    more: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def home(self) -> Path:
        return self.databases.home if self.databases else self.folder / "data"

    @property
    def keys(self) -> Path:
        return self.folder / "keys"

    @property
    def sheet(self) -> Path:
        return self.folder / "sheet.txt"

    @property
    def private(self) -> str:
        return sheet.private_from(self.sheet.read_text())

    @property
    def environment(self) -> dict[str, str]:
        return {
            **{name: value for name, value in os.environ.items() if not name.startswith("DULY_")},
            **(self.databases.environment if self.databases else {"DULY_HOME": str(self.home)}),
            "DULY_KEYRING": str(self.keys),
            **self.more,
        }

    def duly(self, *arguments: object, typed: str = "") -> "subprocess.CompletedProcess[str]":
        return ready.run(*arguments, environment=self.environment, typed=typed)

    def done(self, *arguments: object, typed: str = "") -> str:
        """What it printed; it must have gone well."""
        done = self.duly(*arguments, typed=typed)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def refused(self, *arguments: object) -> str:
        """What it said against it; it must have refused in words, and not broken off."""
        done = self.duly(*arguments)
        assert done.returncode == 1, done.stdout + done.stderr
        assert "CRITICAL" not in done.stderr
        assert "Traceback" not in done.stderr
        return done.stderr

    def set_up(self) -> "Machine":
        """An office of its own, by `duly init`."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.done("init", "--password-from-stdin", "--sheet", self.sheet, typed="a long password\n")
        return self

    def set_up_alike(self) -> "Machine":
        """The office that every machine set up so has: made once, and copied where it lies in files."""
        if self.databases and self.databases.database != "sqlite":
            return self.set_up()
        made = _made_once()
        self.folder.mkdir(parents=True, exist_ok=True)
        shutil.copytree(made.home, self.home, dirs_exist_ok=True)
        settings = (made.home / "duly.toml").read_text()
        (self.home / "duly.toml").write_text(settings.replace(str(made.keys), str(self.keys)))
        shutil.copytree(made.keys, self.keys)
        shutil.copy(made.sheet, self.sheet)
        return self

    def writer(self, stop: Path, *, most: int = -1) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, "-c", WRITER, str(stop), str(most), *MARKERS],
            env=self.environment,
            stdout=subprocess.PIPE,
            text=True,
        )

    def complaints(self, count: int) -> list[str]:
        """So many complaints handed in, by their references; every field of a person's has its marker."""
        words = self.folder / "never", count, *MARKERS
        done = ready.run(*words, code=WRITER, environment=self.environment)
        assert done.returncode == 0, done.stderr
        return done.stdout.split()

    def backups(self) -> tuple[Path, Path]:
        """Backups of the data and then of the keys."""
        data, keys = self.folder / "data.age", self.folder / "keys.age"
        self.done("backup", data)
        self.done("backup", "--keys", "--reason", "The yearly rehearsal.", keys)
        return data, keys

    def verified(self) -> str:
        """The record verifies and the indexes are as it says; what `duly record rebuild` printed."""
        verified = json.loads(self.done("record", "verify", "--json"))
        assert verified["ok"] is True
        rebuilt = json.loads(self.done("record", "rebuild", "--json"))
        assert rebuilt["changed"] == 0
        return str(rebuilt["read"])


@cache
def _made_once() -> Machine:
    folder = Path(tempfile.mkdtemp(prefix="duly-machine-"))
    atexit.register(shutil.rmtree, folder)
    return Machine(folder).set_up()


def opened(path: Path, private: str) -> bytes:
    """All that stands in a backup, decrypted and unpacked."""
    found = bytearray()
    with path.open("rb") as file:
        age.decrypt(file, found.extend, private=private)
    return zlib.decompress(bytes(found), 16 + zlib.MAX_WBITS)


def wait_for_lines(process: "subprocess.Popen[str]", count: int) -> list[str]:
    """The next so many lines that a process prints."""
    assert process.stdout is not None
    before = time.monotonic() + 120
    found: list[str] = []
    while len(found) < count:
        assert time.monotonic() < before
        line = process.stdout.readline()
        assert line, "the writer ended"
        found.append(line.strip())
    return found
