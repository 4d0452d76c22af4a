"""An office made with `duly init`, on either database, and its officers, who have come in already."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from bench.serving import Answer, Person, Serving

ROOT = Path(__file__).resolve().parents[1]
OFFICE = "case-officer"
# Appoints people of these names and opens a session for each, as if they had shown their second factor.
PEOPLE = """
import json, sys
from importlib import import_module
from duly_server.cli.office import open_office
open_office()
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from duly_server.gateways.clock import Clock
from duly_server.services import setup
from duly_server.store.accounts import by_login
today, at = Clock(settings.DULY_ZONE, day_file=settings.DULY_DAY_FILE).read()
for name in sys.argv[2:]:
    login = name.lower().replace(" ", "-")
    if by_login(login) is None:
        setup.appoint(login, sys.argv[1], name=name, since=today, at=at, on=today)
    account = by_login(login)
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session["duly.entered"] = {"by": "app", "at": int(at.timestamp())}
    session.create()
    print(session.session_key)
"""
# What the worker and the keeper of the record do, as of the day it is there; then every fact with who is
# behind it and what it says.
RECORD = """
import json
from duly_server.cli.office import open_office
open_office()
from django.conf import settings
from duly_server.gateways.clock import Clock
from duly_server.services import keeping, work
from duly_server.services.premises import premises
from duly_server.store import appointments, leaves, raw
today, at = Clock(settings.DULY_ZONE, day_file=settings.DULY_DAY_FILE).read()
work.work(today=today, at=at)
changed = keeping.rebuild(on=today).changed
journal, facts = premises().journal, []
for chain in [each.name.decode() for stretch in raw.stretches() for each in stretch]:
    said = {at.place: part["text"] for at, part in journal.open_parts([chain], names=["reasons"]).items()}
    for fact in journal.read(chain):
        who, step = appointments.who(fact.by), getattr(fact.body, "step", "")
        facts.append([chain, fact.place, fact.body.KIND, step, who, said.get(fact.place, "")])
print(json.dumps({"facts": facts, "numbers": leaves.count(), "changed": changed}))
"""


class Noted(NamedTuple):
    chain: str
    place: int
    kind: str
    step: str
    who: str | None
    text: str


@dataclass
class Officer:
    name: str
    person: Person


@dataclass
class Office:
    """`environment` leads every process to it; `day` is the file that says which day it is there."""

    folder: Path
    environment: Mapping[str, str]
    serving: Serving = field(init=False)
    sent: int = 0  # complaints, by those who must all have a receipt
    noted: list[Noted] = field(default_factory=list)
    numbers: int = 0

    def __post_init__(self) -> None:
        self.serving = Serving(self.environment, self.folder / "log")

    @property
    def day(self) -> Path:
        return Path(self.environment["DULY_DAY_FILE"])

    @property
    def today(self) -> str:
        return self.day.read_text()

    def officers(self, *names: str, office: str = OFFICE) -> list[Officer]:
        """People of these names at the desk, each with this office."""
        sessions = self._python(PEOPLE, office, *names).split()
        return [
            Officer(name, Person(self.serving.port, session=session))
            for name, session in zip(names, sessions, strict=True)
        ]

    def _python(self, code: str, *arguments: str) -> str:
        """What it prints, run with the office's settings; it must go well."""
        done = subprocess.run(
            [sys.executable, "-c", code, *arguments],
            env=dict(self.environment),
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def look_up(self, code: str) -> Answer:
        """The page of a receipt code."""
        person = Person(self.serving.port)
        person.insist("GET", "/status")
        return person.insist("POST", "/status", {"code": code})

    def read(self) -> int:
        """The whole record, and how many numbers the log has; how many index rows were not as it says."""
        found = json.loads(self._python(RECORD))
        self.noted, self.numbers = [Noted(*each) for each in found["facts"]], found["numbers"]
        return int(found["changed"])

    def faults_of_the_record(self) -> list[str]:
        """What is wrong with record, log and indexes. It is a day later then: every fact has its number."""
        tomorrow = date.fromisoformat(self.today) + timedelta(days=1)
        self.day.write_text(tomorrow.isoformat())
        faults = []
        if changed := self.read():
            faults.append(f"{changed} index rows were not as the record says.")
        if self.numbers != len(self.noted):
            faults.append(f"{len(self.noted)} facts have {self.numbers} numbers of the log.")
        verified = json.loads(self.serving.duly("record", "verify", "--json").stdout)
        return faults + [f"{each['chain']} {each['place']}: {each['says']}" for each in verified["problems"]]


def made(folder: Path, databases: Mapping[str, str], **more: str) -> Office:
    """`duly init` with these databases (DULY_HOME, DULY_DATABASE, ...); its people are yet to come."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "day").write_text(datetime.now(UTC).date().isoformat())  # noqa: TID251 -- a door of its own
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("DULY_")},
        "DULY_KEYRING": str(folder / "keyring"),
        "DULY_DAY_FILE": str(folder / "day"),
        **databases,
        **more,
    }
    serving = Serving(environment, folder / "log")
    done = serving.duly("init", "--sheet", folder / "sheet.txt", "--name", "The Secretary")
    assert done.returncode == 0, done.stderr
    from duly_server.gateways.keys import sheet

    letters = sheet.last_group(sheet.private_from((folder / "sheet.txt").read_text()))
    confirmed = serving.duly("recovery", "confirm", letters)
    assert confirmed.returncode == 0, confirmed.stderr
    return Office(folder, environment)


@contextmanager
def made_on_sqlite(folder: Path) -> Iterator[Office]:
    yield made(folder, {"DULY_HOME": str(folder / "data"), "DULY_DATABASE": "sqlite"})


@contextmanager
def made_on_postgresql(folder: Path) -> Iterator[Office]:
    """On a server of its own, which waits for the disk as one of an office does."""
    import psycopg
    from tests.postgresql import running_server

    with running_server() as socket:
        with psycopg.connect(host=socket, user="postgres", autocommit=True) as server:
            for name in ("duly", "duly_keys"):
                server.execute(f"CREATE DATABASE {name}")
        url = f"postgresql://postgres@/duly?host={socket}"
        yield made(folder, {"DULY_HOME": str(folder / "data"), "DULY_DATABASE": url})
