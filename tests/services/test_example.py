"""The example office is made by the office's own doors, and the same each time for the same day."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.databases import OfficeDatabases, Templates, pointed_at
from tests.services.office import ROOT

from duly.record.facts import Assigned, FindingMade, Linked, Relation, StepTaken
from duly.record.fold import CaseState
from duly_server.gateways.keys import FileKeyRing
from duly_server.services import casework, keeping, premises
from duly_server.services import docket as lists
from duly_server.services.example import plans
from duly_server.services.example.furnish import Furnished, furnish
from duly_server.services.example.names import MEMBERS, member_name
from duly_server.store import complaints, docket, editions
from duly_server.store.accounts import by_login
from duly_server.store.models import CaseRow, ComplaintRow, DutyRow, FactRow, LeafRow
from duly_server.store.visible import viewer_of

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


@pytest.mark.usefixtures("db")
def test_what_comes_up_by_itself_is_given_out_on_the_next_working_day(keyring: FileKeyRing) -> None:
    """By the secretary, who answers for the timetable; a few are left, so that the docket shows them."""
    small(40)
    given: list[bool] = []
    book, calendar = editions.in_force(TODAY)
    for row in CaseRow.objects.all():
        case = casework.read_record(row.chain).state
        on = [f.on for f in case.facts if isinstance(f.body, Assigned) and f.body.office == "intake"]
        next_day = calendar.working_on_or_after(row.received_on + timedelta(days=1))
        given += [on == [next_day]] if next_day <= TODAY else []
        for fact in case.facts:
            if isinstance(fact.body, Assigned) and fact.office == "secretary":
                assert calendar.is_working(fact.on)
    assert book.offices["secretary"].accountable
    assert 0.8 < sum(given) / len(given) < 1.0
    officer = by_login("case-officer-1")
    assert officer is not None
    found = docket.count_cases(viewer_of(officer.pk), lists.span_of(TODAY))["unassigned"]
    assert 0 < found < DutyRow.objects.filter(is_party=False).count() / 3


@pytest.mark.usefixtures("db")
def test_one_complaint_about_several_people_has_a_case_for_each(
    keyring: FileKeyRing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plans, "ACCEPTED", 1.0)
    monkeypatch.setattr(plans, "SPLIT", 1.0)
    made = small(6)
    cases = [complaints.cases_of(row.reference) for row in ComplaintRow.objects.all()]
    assert sum(len(each) > 1 for each in cases) >= 3
    assert made.cases == CaseRow.objects.filter(accepted_on__isnull=False).count()
    for first, *others in cases:
        said = [f.body for f in casework.read_record(f"case/{first}").state.facts]
        into = [b.chain for b in said if isinstance(b, Linked) and b.relation is Relation.SPLIT_INTO]
        assert into == [f"case/{other}" for other in others]
        for other in others:
            case = casework.read_record(f"case/{other}").state
            assert case.facts[0].on == casework.read_record(f"case/{first}").state.facts[0].on
            is_as_an_office_leaves_it(case)
    assert list(keeping.verify_record(on=TODAY)) == []
    assert keeping.rebuild(on=TODAY).changed == 0


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
