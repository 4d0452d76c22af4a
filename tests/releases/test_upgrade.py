"""The small office of each release is brought to this version, as the page says, and is whole afterwards."""

import json
import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from pytest_django import DjangoDbBlocker, Settings
from tests.cli.machine import Machine
from tests.databases import OfficeDatabases, Templates, pointed_at
from tests.releases.make import MOST_BYTES
from tests.running.over_http import OverHttp
from tests.running.processes import serve
from tests.services.office import ROOT
from tests.web.desk.entering import Comer
from tests.web.desk.officer import Officer
from tests.web.public.reporter import Reporter

from duly_server.services import premises
from duly_server.store import tables
from duly_server.web.door import clock

RELEASES = sorted(path.parent for path in Path(__file__).parent.glob("*/expected.json"))
PAGE = (ROOT / "docs/howto/upgrade.md").read_text("utf-8")
# What is done with the new version: every command from the third step on.
STEPS = re.findall(r"^ {7}duly (.+)$", PAGE.partition("\n3. ")[2], re.MULTILINE)


@dataclass(frozen=True)
class Release:
    """What a release left, and what must be found in it."""

    folder: Path
    expected: dict[str, Any]

    @property
    def day(self) -> str:
        """The day after the office was made: it may be earlier in the day now than it was then."""
        return (date.fromisoformat(self.expected["day"]) + timedelta(days=1)).isoformat()

    def unpacked(self, to: Path) -> Machine:
        """As it lay on the disk of whoever ran that release."""
        with tarfile.open(self.folder / "office.tar.gz") as archive:
            archive.extractall(to, filter="data")
        return self.machine(to, OfficeDatabases(home=to / "data", database="sqlite"))

    def machine(self, to: Path, databases: OfficeDatabases) -> Machine:
        to.mkdir(parents=True, exist_ok=True)
        keys = to / "keys"
        for path in keys.iterdir() if keys.is_dir() else ():
            path.chmod(0o600)
        if keys.is_dir():
            keys.chmod(0o700)
        (to / "day").write_text(self.day)
        more = {"DULY_ORIGIN": self.expected["origin"], "DULY_DAY_FILE": str(to / "day")}
        return Machine(to, databases, more)


@pytest.fixture(params=RELEASES, ids=lambda path: path.name)
def release(request: pytest.FixtureRequest) -> Release:
    folder: Path = request.param
    return Release(folder, json.loads((folder / "expected.json").read_text("utf-8")))


def is_of_an_older(release: Release) -> bool:
    """Whether this version has changes that the release had not."""
    return {name for app, name in tables._needed() if app == "store"} > set(release.expected["migrations"])


def test_there_is_one_and_each_is_small() -> None:
    assert RELEASES
    for folder in RELEASES:
        assert folder.name == json.loads((folder / "expected.json").read_text("utf-8"))["version"]
        assert sum(path.stat().st_size for path in folder.iterdir()) <= MOST_BYTES


def test_an_office_on_the_disk_is_brought_up_as_the_page_says(
    release: Release, tmp_path: Path, django_db_blocker: DjangoDbBlocker, settings: Settings
) -> None:
    machine = release.unpacked(tmp_path / "machine")
    if is_of_an_older(release):
        assert "duly migrate" in machine.refused("serve", "--no-work")
    assert STEPS == ["migrate", "record rebuild", "record verify", "migrate --contract", "record rebuild"]
    said = [machine.done(*step.split()) for step in STEPS]
    assert "The record is whole" in said[2]
    assert said[4].endswith(" 0 index rows changed.\n")
    if not is_of_an_older(release):
        assert said[1].endswith(" 0 index rows changed.\n")
    check_it_works(release, machine, django_db_blocker, settings)
    data, keys = machine.folder / "after.age", machine.folder / "after-keys.age"
    machine.done("backup", data)
    machine.done("backup", "--keys", "--reason", "After the upgrade.", keys)
    rehearsed = machine.done(
        "restore", data, "--keys", keys, "--sheet", release.folder / "sheet.txt", "--rehearse"
    )
    assert "would be set up again whole" in rehearsed


@pytest.fixture
def bare(database_templates: Templates, tmp_path: Path) -> Iterator[OfficeDatabases]:
    """Databases without a table, of the kind that this run is on."""
    made = database_templates.empty(tmp_path / "bare" / "data")
    yield made
    connections.close_all()
    database_templates.drop(made)


def test_its_backup_is_restored_and_brought_up(
    release: Release,
    bare: OfficeDatabases,
    tmp_path: Path,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    settings: Settings,
) -> None:
    """On PostgreSQL too, whichever it was made on."""
    machine = release.machine(tmp_path / "bare", bare)
    papers = (release.folder / "data.age", "--keys", release.folder / "keys.age")
    said = machine.done("restore", *papers, "--sheet", release.folder / "sheet.txt")
    assert "The office is set up again." in said
    assert ("of an older release" in said) is is_of_an_older(release)
    machine.verified()
    check_it_works(release, machine, django_db_blocker, settings)


def check_it_works(release: Release, machine: Machine, blocker: DjangoDbBlocker, settings: Settings) -> None:
    """People come in, at the door of the desk and by their codes, and find what was there; work goes on."""
    expected = release.expected
    assert machine.databases is not None
    settings.DULY_DAY_FILE = Path(machine.more["DULY_DAY_FILE"])
    settings.DULY_KEYRING, settings.DULY_ORIGIN = machine.keys, expected["origin"]
    assert clock().read()[0].isoformat() == release.day
    machine.done("work", "--once")
    with blocker.unblock(), pointed_at(machine.databases):
        premises._open.pop(str(settings.DULY_KEYRING), None)
        web = serve({**machine.environment, "DULY_SECRET_KEY": settings.SECRET_KEY})
        try:
            assert OverHttp([web.port]).get("/health/ready").content == b"ready\n"
            newcomer = Reporter(OverHttp([web.port]))
            newcomer.fill_in("named")
            for code in (*expected["codes"], newcomer.send()):
                assert Reporter(OverHttp([web.port])).status(code).status_code == 200
            Comer(OverHttp([web.port])).password(expected["login"], expected["password"])
            wrong = OverHttp([web.port]).post("/login", {"username": expected["login"], "password": "wrong"})
            assert wrong.status_code == 200
            officer = Officer("complaints-officer-1", OverHttp([web.port]))
            assert len(expected["cases"]) == 2
            for address in ("/desk/", "/desk/docket", *(f"/desk/cases/{each}" for each in expected["cases"])):
                officer.get(address)
        finally:
            log = web.stop()
            connections.close_all()
    assert '"fault"' not in log
    machine.verified()
