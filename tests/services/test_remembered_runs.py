"""A case that was read before is not run through again, and is answered as if it had been."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from tests.services.office import SmallOffice
from tests.services.test_casework import accepted
from tests.timetable import village
from tests.timetable.test_remembered import all_of

from duly.procedure.acts import TakeStep
from duly.rulebook.book import Rulebook
from duly.timetable.calendar import Calendar
from duly.timetable.paused import Pauses
from duly.timetable.state import state
from duly_server.services import casework
from duly_server.services.casework import NoSuchCaseError
from duly_server.services.premises import premises
from duly_server.services.remembered_runs import RememberedRuns

ON = date(2026, 3, 23)


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    casework.remembered_runs.forget()
    yield
    casework.remembered_runs.forget()


def _afresh(case: casework.Case, on: date) -> tuple[object, ...]:
    return all_of(state(case.state, case.book, case.calendar, on=on))


@pytest.mark.django_db
def test_who_reads_a_case_again_goes_on_from_what_was_worked_out(small_office: SmallOffice) -> None:
    chain = f"case/{accepted(small_office)}"
    first = casework.read_record(chain)
    first.on(ON)
    again = casework.read_record(chain)
    assert again is not first
    assert again.remembered is first.remembered
    assert all_of(again.on(ON)) == _afresh(again, ON)


@pytest.mark.django_db
def test_an_act_that_another_process_noted_is_gone_on_with(small_office: SmallOffice) -> None:
    """This process knows the case as it stood; the journal has one fact more."""
    reference = accepted(small_office)
    chain = f"case/{reference}"
    facts = premises().journal.read(chain)
    before = casework.of_facts(facts[:-1])
    before.on(ON)
    now = casework.of_facts(facts)
    assert all_of(now.on(ON)) == _afresh(now, ON)
    assert all_of(before.on(ON)) == _afresh(before, ON)


@pytest.mark.django_db
def test_what_was_tried_and_never_recorded_is_not_taken_for_the_record(small_office: SmallOffice) -> None:
    reference = accepted(small_office)
    officer = small_office.acting("complaints-officer", "2026-03-23")
    case = casework.read(officer, reference)
    proposed = casework.asked(officer, case, TakeStep(step="update"), on=ON)
    assert isinstance(proposed, tuple)
    casework.as_if(case, proposed, noted_at=officer.at).on(ON)
    again = casework.read(officer, reference)
    assert all_of(again.on(ON)) == _afresh(again, ON)
    assert "update" not in again.on(ON).acts


@pytest.mark.django_db
def test_who_may_not_see_a_case_has_nothing_of_what_was_worked_out(small_office: SmallOffice) -> None:
    reference = accepted(small_office)
    casework.read_record(f"case/{reference}").on(ON)
    with pytest.raises(NoSuchCaseError):
        casework.read(small_office.acting("president", "2026-03-23"), reference)


def _one() -> tuple[Rulebook, Calendar]:
    case = village.noticed()
    return case.book, case.calendar


def test_of_so_many_cases_the_one_asked_for_longest_ago_is_forgotten() -> None:
    book, calendar = _one()
    runs = RememberedRuns(2)
    first, second = runs.of("case/1", book, calendar), runs.of("case/2", book, calendar)
    assert runs.of("case/1", book, calendar) is first
    third = runs.of("case/3", book, calendar)
    assert runs.of("case/2", book, calendar) is not second
    assert runs.of("case/3", book, calendar) is third


def test_under_another_edition_or_calendar_it_is_another_memory() -> None:
    book, calendar = _one()
    runs = RememberedRuns(9)
    found = [
        runs.of("case/1", book, calendar),
        runs.of("case/1", replace(book, digest="1" * 64), calendar),
        runs.of("case/1", book, replace(calendar, digest="2" * 64)),
    ]
    assert len({*map(id, found)}) == 3


class _MeanwhileAnother(date):
    """A day that somebody asks for, while another thread asks of the same pauses for another day."""

    pauses: Pauses

    def __ne__(self, other: object) -> bool:
        self.pauses.days(ON)
        return super().__ne__(other)

    __hash__ = date.__hash__


def test_who_asks_what_a_pause_comes_to_has_it_whatever_others_ask_meanwhile() -> None:
    """It is shared by the runs that go on from one another, and so by threads."""
    pauses = village.noticed().pause("2026-03-10", "police").at("2026-03-11").paused
    asked = _MeanwhileAnother(2026, 3, 16)
    asked.pauses = pauses
    pauses.days(date(2026, 3, 16))
    assert [period.before for period in pauses.days(asked)] == [date(2026, 3, 16)]
