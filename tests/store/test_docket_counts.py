"""What every page of the desk counts is what its lists hold, for each viewer."""

from datetime import date, timedelta

import pytest

from duly.people import Appointment
from duly_server.store import docket
from duly_server.store.docket import Counts, Narrowing, Span, View
from duly_server.store.models import AssignmentRow, CaseRow, DutyRow, EditionRow
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
    )


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
        soon=len(soon),
        today=sum(each.due_on == TODAY for each in soon),
        waiting=len(waiting),
        longest_late=min((each.due_on for each in late), default=None),
        longest_waiting=min((each.started_on for each in waiting), default=None),
        open=docket.cases(who, View.OPEN, Narrowing(), SPAN).count(),
        sift=docket.cases(who, View.SIFT, Narrowing(), SPAN).count(),
    )


@pytest.mark.usefixtures("rows")
def test_a_viewer_counts_what_is_served_and_what_is_assigned() -> None:
    assert docket.count(viewer("chair"), SPAN) == Counts(
        late=2,
        soon=5,
        today=2,
        waiting=5,
        longest_late=TODAY - timedelta(days=9),
        longest_waiting=TODAY - timedelta(days=29),
        open=1,
        sift=1,
    )
    assert docket.count(viewer("clerk"), SPAN).open == 2
    assert docket.count(viewer("nobody"), SPAN) == docket.count(Viewer(), SPAN) == Counts()
