"""The example office is made by the office's own doors, and the same each time for the same day."""

from datetime import date
from pathlib import Path

import pytest
from tests.databases import OfficeDatabases, Templates, pointed_at
from tests.services.office import ROOT

from duly.record.facts import FindingMade, StepTaken
from duly.record.fold import CaseState
from duly_server.gateways.keys import FileKeyRing
from duly_server.services import casework, keeping, premises
from duly_server.services.example.furnish import Furnished, furnish
from duly_server.services.example.names import MEMBERS, member_name
from duly_server.store.models import CaseRow, ComplaintRow, FactRow, LeafRow

TODAY = date(2026, 4, 23)


def small(complaints: int) -> Furnished:
    return furnish(
        (ROOT / "rulebooks/example-association/2026.toml").read_text(),
        (ROOT / "calendars/GB-ENG.toml").read_text(),
        today=TODAY,
        complaints=complaints,
    )


@pytest.mark.usefixtures("db")
def test_its_record_verifies_and_a_rebuild_changes_no_row(keyring: FileKeyRing) -> None:
    made = small(30)
    assert made.complaints == ComplaintRow.objects.count() == 30
    assert made.cases == CaseRow.objects.filter(accepted_on__isnull=False).count() > 0
    for row in CaseRow.objects.filter(accepted_on__isnull=False):
        is_as_an_office_leaves_it(casework.read_record(row.chain).state)
    assert list(keeping.verify_record(on=TODAY)) == []
    assert LeafRow.objects.count() > FactRow.objects.count() * 0.9  # all but what reporters did today
    assert keeping.rebuild(on=TODAY).changed == 0


def is_as_an_office_leaves_it(case: CaseState) -> None:
    """Somebody is accused of something in every case, and everybody knows which panel has it."""
    assert case.allegations, case.chain
    assert {"case-officer", "investigator"} <= case.assigned.keys(), case.chain
    for fact in case.facts:
        if isinstance(fact.body, FindingMade):
            assert fact.office in case.assigned, case.chain
        if isinstance(fact.body, StepTaken) and fact.body.present:
            assert case.assigned.get(fact.office or "") in fact.body.present, case.chain


def told(databases: OfficeDatabases) -> dict[str, list[object]]:
    """Every fact of an office made in these databases, but for what its keys and salts decide."""
    premises.move_in(FileKeyRing.demo(on=TODAY))
    small(6)
    chains = [row.chain for row in (*ComplaintRow.objects.all(), *CaseRow.objects.all())]
    return {
        chain: [(f.on, f.noted_at, f.by, f.body) for f in premises.premises().journal.read(chain)]
        for chain in sorted(chains)
    }


def test_it_is_the_same_each_time_for_the_same_day(
    fresh_office_db: OfficeDatabases,
    database_templates: Templates,
    tmp_path: Path,
) -> None:
    first = told(fresh_office_db)
    other = database_templates.fresh(tmp_path / "other")
    with pointed_at(other):
        second = told(other)
    database_templates.drop(other)
    assert first == second
    assert sum(map(len, first.values())) > 40


def test_every_member_has_a_name_and_always_the_same_one() -> None:
    assert member_name(1) == member_name(1)
    assert len({member_name(number) for number in range(1, 200)}) > 150
    assert MEMBERS == 540_000
