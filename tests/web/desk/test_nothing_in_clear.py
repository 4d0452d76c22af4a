"""T01: what was written in a case stands nowhere in clear, whatever files the office leaves behind.

Everything a person may write is planted once, a case runs to its end through the pages, and then every file
is searched: both databases with their logs, the office's own log, the folder for temporary files.
"""

import io
import logging
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from django.db import connection, connections
from django.test import Client
from tests.conftest import keyring
from tests.databases import ALIASES, OfficeDatabases
from tests.leaks import words_in, words_under
from tests.services.conftest import furnish
from tests.services.office import ROOT
from tests.web.desk.journey import Journey
from tests.web.desk.officer import Desk, Officer, Page, set_day
from tests.web.public.reporter import Reporter

from duly.rulebook.steps import Is, Step
from duly_server.gateways.keys import FileKeyRing
from duly_server.gateways.logs import ClassAndPlace
from duly_server.services import work
from duly_server.services.intake import Receipt
from duly_server.store.models import ComplaintRow, DraftRow, EditionRow, FactRow
from duly_server.web.door import clock

__all__ = ["keyring"]

REPORTED = {
    "narrative": "Xantheria set fire to the banner",
    "about": "Wilhelmus Gravenpool",
    "when": "on Mabbidensday evening",
    "where": "behind the Oxenfurrow hall",
    "name": "Philippa Thrushcombe",
    "contact": "thrushcombe.7741@example.org",
}
ACCUSED = "Oswaldine Merripeg"
MEMBER = "membership-9981-merripeg"
ALLEGED = "Kicked the euphonium downstairs"
SAID = "Because of the quarrelsome zither"  # wherever an officer gives reasons
SEAL = "To telephone the harmonium mender"
DRAFTED = "A half-written sackbut complaint"
TYPED = "refused-by-crumhorn"  # in what was refused: mistaken forms, logins, addresses that lead nowhere
IN_CLEAR = [
    "A cornet in the open",
    "A serpent in the open",
    "A shawm in the open",
]  # nowhere but in the control
PLANTED = [*REPORTED.values(), ACCUSED, MEMBER, ALLEGED, SAID, SEAL, DRAFTED, TYPED]


@dataclass
class Planting(Journey):
    """A journey on which everything that is written is planted."""

    def filled(self, page: Page, step: Step, fixes: date | None = None) -> dict[str, object]:
        typed = super().filled(page, step, fixes)
        return {name: SAID if value == "Said in writing." else value for name, value in typed.items()}

    def accept(self) -> None:
        step = self.step(Is.SIFT)
        officer = self.officer(self.office_of(step))
        url = f"/desk/sift/{self.reference}"
        officer.send(url, {"other": SEAL, "reason": "", "no_conflict": "on"}, 200, do="read")
        officer.send(url, {"outcome": TYPED, "reasons": TYPED}, 422)
        accused = {"name_0": ACCUSED, "member_0": MEMBER, "conduct_0_0": "bullying", "alleged_0_0": ALLEGED}
        officer.post(url, {**self.filled(officer.get(url), step), "outcome": "accepted", **accused})


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(ClassAndPlace())
    logging.getLogger().addHandler(handler)
    logging.getLogger("django").addHandler(handler)
    yield stream
    logging.getLogger().removeHandler(handler)
    logging.getLogger("django").removeHandler(handler)


@pytest.fixture
def office(fresh_office_db: OfficeDatabases, keyring: FileKeyRing, tmp_path: Path, settings: object) -> Desk:
    """An office on its own databases, with its keys in files as an office has them, on 2 March 2026."""
    settings.DULY_DAY_FILE = tmp_path / "day"  # type: ignore[attr-defined]  # pytest-django's settings
    set_day("2026-03-02")
    return Desk(furnish((ROOT / "tests/rulebooks/village-bands.toml").read_text()))


def report() -> Receipt:
    """A named complaint with everything planted, and beside it a draft that is never sent."""
    Reporter(Client()).answer("what-happened", narrative=DRAFTED)
    reporter = Reporter(Client())
    reporter.answer("your-name", naming=TYPED)
    reporter.fill_in("named", **REPORTED)
    code = reporter.send()
    reporter.status(TYPED)
    assert reporter.status(code).status_code == 200
    row = ComplaintRow.objects.get()
    return Receipt(
        code=code, complaint=row.reference, case=str(row.case_id), received_on=row.received_on, digest=b""
    )


def run_a_full_case(desk: Desk) -> Planting:
    planting = Planting(desk, report(), date(2026, 3, 2))
    planting.act(planting.step(Is.ACKNOWLEDGEMENT), planting.receipt.complaint)
    planting.accept()
    case = f"/desk/cases/{planting.reference}"
    planting.go_on(Is.NOTICE)
    planting.act(planting.step(Is.NOTICE))
    officer = planting.officer("complaints-officer")
    officer.send(f"{case}/seals?party=R", {"other": SEAL, "no_conflict": "on"}, 200)
    officer.send(f"{case}/allegations", {"conduct": "bullying", "narrative": ALLEGED})
    planting.officer("panel-chair").send(f"{case}/pauses?pause=police", {"reasons": SAID})
    planting.officer("panel-chair").send(f"{case}/resumptions?pause=police", {"reasons": SAID})
    planting.go_on(Is.FINDING)
    planting.act(planting.step(Is.FINDING))
    planting.go_on(Is.SANCTION)
    planting.act(planting.step(Is.SANCTION))
    wander(officer, case)
    today, at = clock().read()
    work.work(today=today, at=at)
    return planting


def wander(officer: Officer, case: str) -> None:
    """What is asked for in vain, and everything the desk gives out."""
    Client().post("/login", {"username": TYPED, "password": TYPED})
    officer.client.post("/desk/find", {"q": TYPED})
    officer.client.get("/desk/docket", {"stage": TYPED, "after": TYPED})
    officer.get(f"/desk/cases/{TYPED}", 404)
    officer.client.get(f"/nowhere/{TYPED}", {"q": TYPED})
    for address in ("/desk/", "/desk/docket", "/desk/docket.csv", "/desk/news", "/desk/register", case):
        page = officer.client.get(address)
        assert page.status_code == 200
        assert words_in(page.getvalue(), PLANTED) == set(), address


def folders_of(office: OfficeDatabases) -> list[Path]:
    """Where the databases keep their files: the tables of these two, and the log of all changes."""
    if connection.vendor == "sqlite":
        return [office.home]
    server = Path(office.settings["default"]["HOST"])
    tables = []
    for alias in ALIASES:
        with connections[alias].cursor() as cursor:
            cursor.execute("CHECKPOINT")
            cursor.execute("SELECT oid FROM pg_database WHERE datname = current_database()")
            tables.append(server / "data/base" / str(cursor.fetchone()[0]))
    return [*tables, server / "data/pg_wal"]


def test_of_a_full_case_nothing_that_was_written_stands_in_any_file(
    office: Desk,
    fresh_office_db: OfficeDatabases,
    log: io.StringIO,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    spill = tmp_path / "tmp"
    spill.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(spill))
    run_a_full_case(office)
    assert {row.kind for row in FactRow.objects.all()} >= {"finding-made/1", "sanction-imposed/1", "paused/1"}
    Reporter(Client()).answer("what-happened", narrative=DRAFTED)  # the first one was swept in its time
    assert DraftRow.objects.count() == 1
    folders = [*folders_of(fresh_office_db), tmp_path]
    assert words_under(folders, PLANTED, but=[tmp_path / "keyring"]) == {}  # while it runs
    connections.close_all()
    assert words_under([fresh_office_db.home, tmp_path], PLANTED, but=[tmp_path / "keyring"]) == {}  # stopped
    assert words_in("".join([log.getvalue(), *capfd.readouterr()]).encode(), PLANTED) == set()


def test_the_search_would_have_found_it(
    office: Desk, fresh_office_db: OfficeDatabases, tmp_path: Path
) -> None:
    """The same search of the same places finds what somebody wrote there in clear."""
    row = EditionRow.objects.get()
    row.edition = IN_CLEAR[0]
    row.save()
    DraftRow.objects.create(id=b"x" * 16, sealed=IN_CLEAR[1].encode("utf-16-le"), expires_on=date(2026, 3, 9))
    found = words_under(folders_of(fresh_office_db), IN_CLEAR)
    assert set().union(*found.values()) == set(IN_CLEAR[:2])
    shutil.copytree(tmp_path, copy := tmp_path.with_name(f"{tmp_path.name}-copy"))
    (copy / "keyring" / "note").write_text(IN_CLEAR[2])
    assert IN_CLEAR[2] in set().union(*words_under([copy], IN_CLEAR).values())
