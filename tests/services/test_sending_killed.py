"""Nothing doubled: whoever is killed while sending leaves the draft, or one complaint with its receipt."""

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connections
from tests.databases import OfficeDatabases
from tests.services.conftest import furnish
from tests.services.office import ROOT
from tests.services.sending_process import TODAY
from tests.store.test_numbering_killed import Process, ended, points, told

from duly_server.gateways.keys import FileKeyRing
from duly_server.services import keeping, sending
from duly_server.store import drafts
from duly_server.store.models import ComplaintRow, DraftRow, FactRow, ReceiptRow

ANSWERS = {
    "narrative": "He mocked a player at every rehearsal.",
    "about": "The conductor",
    "naming": "named",
    "name": "Ada Winter",
    "contact": "ada@example.org",
    "in_danger": "no",
}


@pytest.fixture
def process(fresh_office_db: OfficeDatabases, keyring: FileKeyRing) -> Iterator[Process]:
    """It sends in drafts of the village bands' office, and outlives those that it has killed."""
    furnish((ROOT / "tests/rulebooks/village-bands.toml").read_text())
    connections.close_all()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DULY_")}
    environment |= fresh_office_db.environment
    environment |= {"DULY_KEYRING": str(keyring.folder), "DULY_ORIGIN": settings.DULY_ORIGIN}
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.services.sending_process"],
        cwd=ROOT,
        env={**environment, "PYTHONPATH": str(ROOT), "DULY_SECRET_KEY": settings.SECRET_KEY},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    yield process
    assert ended(process) == 0
    connections.close_all()


def drafted() -> bytes:
    key = drafts.new_key()
    sending.keep(key, ANSWERS, on=TODAY)
    connections.close_all()
    return key


def counted() -> tuple[int, int, int]:
    """Complaints, their receipts, and the facts that such a complaint came in."""
    came_in = FactRow.objects.filter(chain__startswith="complaint/", place=1).count()
    return ComplaintRow.objects.count(), ReceiptRow.objects.count(), came_in


def test_at_whatever_point_a_draft_stays_or_became_one_complaint_whose_receipt_lies_in_its_place(
    process: Process,
) -> None:
    taken_in, killed = 0, 0
    for point in points():
        key = drafted()
        answer = told(process, f"{key.hex()} {point}")
        found = sending.read(key, on=TODAY)
        is_in = point == "committed" or answer == "done"
        assert answer in ("killed", "done"), (point, answer)
        assert (found.receipt is not None) is is_in, point
        assert counted() == (taken_in + is_in,) * 3, point
        assert is_in or found.answers == ANSWERS
        again = sending.send(key, on=TODAY, groups=5)
        assert found.receipt in (None, again)
        taken_in += 1
        assert counted() == (taken_in,) * 3, point
        if answer == "done":
            break
        killed += 1
    assert killed >= 10
    assert DraftRow.objects.count() == taken_in
    assert list(keeping.verify_record()) == []
