"""What every page of the desk counts is what its lists hold, for each viewer."""

from datetime import date, timedelta

import pytest

from duly.people import Appointment
from duly_server.store import docket
from duly_server.store.docket import Counts, Narrowing, Span, View
from duly_server.store.models import (
    Account,
    AppointmentRow,
    AssignmentRow,
    CaseRow,
    ConflictRow,
    DutyRow,
    EditionRow,
    MeasureRow,
)
from duly_server.store.visible import Viewer

TODAY = date(2026, 4, 9)
SPAN = Span(today=TODAY, soon=TODAY + timedelta(days=5), five=TODAY + timedelta(days=6))
SERVED, OTHER = "a" * 64, "b" * 64


def viewer(office: str) -> Viewer:
    held = Appointment(number=f"N-{office}", person="somebody", office=office, since=date(2026, 1, 1))
    return Viewer(appointments=(held,))


def case(
    name: str, edition: str = SERVED, *, accepted: bool = True, closed: bool = False, due: int = 30
) -> None:
    CaseRow.objects.create(
        reference=name,
        edition=edition,
        calendar="c" * 64,
        received_on=TODAY,
        accepted_on=TODAY if accepted else None,
        closed_on=TODAY if closed else None,
        head=1,
        due_on=TODAY + timedelta(days=due),
    )


def duty(of: str, days: int, *, party: bool = False, paused: bool = False) -> None:
    DutyRow.objects.create(
        case_id=of,
        step=f"step{days}",
        limit=f"limit{days}",
        key="party" if party else "",
        part=int(paused),
        offices="clerk",
        is_party=party,
        due_on=TODAY + timedelta(days=days),
        original_on=TODAY,
        started_on=TODAY - timedelta(days=20 - days),
        paused=paused,
        edition=CaseRow.objects.get(reference=of).edition,
        is_open=is_open(of),
    )


def is_open(case: str) -> bool:
    return CaseRow.objects.filter(reference=case, accepted_on__isnull=False, closed_on=None).exists()


@pytest.fixture
def rows(db: None) -> None:
    """Duties on either side of each boundary, of an office and of a party, paused and not."""
    EditionRow.objects.create(
        digest=SERVED, edition="1", in_force_from=TODAY, adopted_on=TODAY, offices="clerk chair", text=b""
    )
    EditionRow.objects.create(
        digest=OTHER, edition="2", in_force_from=TODAY, adopted_on=TODAY, offices="stranger", text=b""
    )
    for name, edition in (("SEEN", SERVED), ("HIDDEN", OTHER), ("GIVEN", OTHER)):
        case(name, edition)
        case(f"{name}-NEW", edition, accepted=False)
        case(f"{name}-SHUT", edition, closed=True)
        for days in (-9, -1, 0, 6, 7):
            for party in (False, True):
                for paused in (False, True):
                    duty(name, days, party=party, paused=paused)
        duty(f"{name}-NEW", 3)
    AssignmentRow.objects.create(case_id="GIVEN", office="clerk", appointment="N-clerk")


@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize("office", ["clerk", "chair", "stranger", "nobody"])
def test_the_counts_are_the_lengths_of_the_lists(office: str) -> None:
    who = viewer(office)
    found = docket.count(who, SPAN)
    late, soon, waiting = (
        list(docket.duties(who, view, Narrowing(), SPAN)) for view in (View.LATE, View.SOON, View.WAITING)
    )
    assert found == Counts(
        late=len(late),
        late_cases=len({each.case_id for each in late}),
        soon=len(soon),
        soon_cases=len({each.case_id for each in soon}),
        today=sum(each.due_on == TODAY for each in soon),
        waiting=len(waiting),
        waiting_cases=len({each.case_id for each in waiting}),
        longest_late=min((each.due_on for each in late), default=None),
        longest_waiting=min((each.started_on for each in waiting), default=None),
        open=docket.cases(who, View.OPEN, Narrowing(), SPAN).count(),
        sift=docket.cases(who, View.SIFT, Narrowing(), SPAN).count(),
    )


@pytest.mark.usefixtures("rows")
def test_a_viewer_counts_what_is_served_and_what_is_assigned() -> None:
    assert docket.count(viewer("chair"), SPAN) == Counts(
        late=2,
        late_cases=1,
        soon=5,
        soon_cases=2,
        today=2,
        waiting=5,
        waiting_cases=1,
        longest_late=TODAY - timedelta(days=9),
        longest_waiting=TODAY - timedelta(days=29),
        open=1,
        sift=1,
    )
    assert docket.count(viewer("clerk"), SPAN).open == 2
    assert docket.count(viewer("nobody"), SPAN) == docket.count(Viewer(), SPAN) == Counts()
    assert docket.count_all(Viewer(), SPAN) == (Counts(), docket.count_cases(Viewer(), SPAN))


@pytest.fixture
def more_rows(rows: None) -> None:
    """Cases with and without an owner, with an office that owes and nobody holds, and with measures."""
    EditionRow.objects.create(
        digest="d" * 64, edition="3", in_force_from=TODAY, adopted_on=TODAY, offices="under_clerk", text=b""
    )
    for turn, unheld in enumerate(("clerk", "under_clerk", "underXclerk", "chair clerk", "chair")):
        case(f"OWED{turn}", "d" * 64 if turn in (1, 2) else SERVED)
        CaseRow.objects.filter(reference=f"OWED{turn}").update(unheld=unheld, owner="N-1" if turn % 2 else "")
    AssignmentRow.objects.create(case_id="OWED3", office="reader", appointment="N-clerk")
    # What is owed by whoever alone holds an office is theirs; of the rest some is given to nobody.
    account = Account.objects.create(login="alone", name="Alone")
    AppointmentRow.objects.create(number="N-alone", account=account, office="al_one", since=TODAY)
    given = DutyRow.objects.filter(due_on__gt=TODAY)
    given.filter(is_party=False).update(is_given=False)
    given.filter(case_id__in=("SEEN-NEW", "GIVEN-NEW", "HIDDEN-NEW")).update(offices="clerk al_one")
    given.filter(case_id="SEEN", paused=True).update(offices="clerk alXone")
    AssignmentRow.objects.create(case_id="HIDDEN-SHUT", office="clerk", appointment="N-chair")
    for turn, (since, before, is_interim) in enumerate(
        ((-3, None, True), (-3, 5, True), (-3, 0, True), (1, 5, True), (None, None, True), (-3, None, False))
    ):
        for of in ("SEEN", "GIVEN", "HIDDEN", "SEEN-SHUT", "SEEN-NEW", "OWED0"):
            if of == "OWED0" and turn:
                continue
            MeasureRow.objects.create(
                case_id=of,
                party=f"R{turn}",
                measure="interim",
                is_interim=is_interim,
                imposed_on=TODAY,
                since=None if since is None else TODAY + timedelta(days=since),
                before=None if before is None else TODAY + timedelta(days=before),
                edition=CaseRow.objects.get(reference=of).edition,
                is_open=is_open(of),
            )
    for of in ("SEEN-SHUT", "SEEN-NEW"):
        duty(of, 8, paused=True)


@pytest.mark.usefixtures("more_rows")
@pytest.mark.parametrize("office", ["clerk", "chair", "under_clerk", "stranger", "nobody"])
def test_the_counts_of_cases_are_the_lengths_of_the_lists(office: str) -> None:
    who = viewer(office)
    views = {"mine": View.MINE, "paused": View.PAUSED, "interim": View.INTERIM}
    unassigned = list(docket.duties(who, View.UNASSIGNED, Narrowing(), SPAN))
    assert docket.count_all(who, SPAN) == (docket.count(who, SPAN), docket.count_cases(who, SPAN))
    assert docket.count_cases(who, SPAN) == {
        **{name: docket.cases(who, view, Narrowing(), SPAN).count() for name, view in views.items()},
        "unassigned": len(unassigned),
        "unassigned_cases": len({each.case_id for each in unassigned}),
    }
    assert sorted({each.case_id for each in unassigned}) == {
        "clerk": ["GIVEN", "SEEN"],
        "chair": ["SEEN"],
        "stranger": ["GIVEN", "HIDDEN"],
    }.get(office, [])
    mine = docket.cases(who, View.MINE, Narrowing(), SPAN).values_list("reference", flat=True)
    assert sorted(mine) == {
        "clerk": ["GIVEN", "OWED0", "OWED3"],
        "chair": ["OWED3", "OWED4"],
        "under_clerk": ["OWED1"],
    }.get(office, [])


@pytest.mark.usefixtures("rows")
def test_nothing_is_counted_past_two_hundred() -> None:
    for turn in range(205):
        case(f"MANY{turn}")
    assert docket.count(viewer("chair"), SPAN).open == 201
    CaseRow.objects.filter(reference__startswith="MANY").update(unheld="chair")
    assert docket.count_cases(viewer("chair"), SPAN)["mine"] == 201


@pytest.mark.usefixtures("more_rows")
@pytest.mark.parametrize("office", ["clerk", "chair", "under_clerk", "stranger"])
def test_a_case_somebody_stands_out_of_is_in_no_count_and_no_list(office: str) -> None:
    who = viewer(office)
    out = {
        row.reference for row in CaseRow.objects.all() if row.reference.startswith(("SEEN", "GIVEN", "OWED3"))
    }
    ConflictRow.objects.bulk_create(ConflictRow(case_id=each, appointment=f"N-{office}") for each in out)
    counts, of_cases = docket.count_all(who, SPAN)
    lists = {view: _listed(who, view) for view in View}
    assert not out & set().union(*lists.values())
    assert (counts.late, counts.soon, counts.waiting) == tuple(
        docket.duties(who, view, Narrowing(), SPAN).count() for view in (View.LATE, View.SOON, View.WAITING)
    )
    assert (counts.open, counts.sift) == (len(lists[View.OPEN]), len(lists[View.SIFT]))
    assert {name: of_cases[name] for name in ("mine", "paused", "interim", "unassigned_cases")} == {
        "mine": len(lists[View.MINE]),
        "paused": len(lists[View.PAUSED]),
        "interim": len(lists[View.INTERIM]),
        "unassigned_cases": len(lists[View.UNASSIGNED]),
    }


def _listed(who: Viewer, view: View) -> set[str]:
    """The cases of a view, or those of its duties."""
    if view in docket.OF_DUTIES:
        return {each.case_id for each in docket.duties(who, view, Narrowing(), SPAN)}
    return {each.reference for each in docket.cases(who, view, Narrowing(), SPAN)}


@pytest.mark.usefixtures("rows")
def test_somebody_elses_conflict_hides_nothing() -> None:
    before = docket.count_all(viewer("chair"), SPAN)
    ConflictRow.objects.create(case_id="SEEN", appointment="N-clerk")
    assert docket.count_all(viewer("chair"), SPAN) == before
