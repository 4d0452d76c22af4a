"""A run looks only at what may have changed; one that looks at everything each time says the same."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from tests.timetable import village
from tests.timetable.casebook import Casebook
from tests.timetable.reference.compare import CALENDAR, LAST, case_of
from tests.timetable.reference.generate import FIRST
from tests.timetable.small_books import small_book, small_case
from tests.timetable.test_adopted_properties import other_lengths
from tests.timetable.test_decided_by import ordered
from tests.timetable.test_remembered import all_of

from duly.record.fold import fold
from duly.rulebook.book import RunningCases
from duly.timetable.adopted import Change, NewCalendar, NewEdition
from duly.timetable.clock import Clock
from duly.timetable.clockwork import Clockwork
from duly.timetable.remembered import Remembered
from duly.timetable.run import Run
from duly.timetable.state import state

NUMBERS = range(0, 360, 30)
ONE_DAY = timedelta(days=1)


@pytest.fixture
def looking_at_everything() -> Iterator[pytest.MonkeyPatch]:
    """Not entered yet: `look` makes every run from then on look at every clock, whatever happened."""
    with pytest.MonkeyPatch.context() as patch:
        yield patch


def look(patch: pytest.MonkeyPatch) -> None:
    works, replaces, passes = Clockwork.work_through, Clockwork._take_the_place, Run._pass_time

    def work_through(self: Clockwork, *, on: date, place: int | None) -> None:
        self.doubt_all()
        works(self, on=on, place=place)
        self._recount_first_days()

    def take_the_place(self: Clockwork, clock: Clock, of: tuple[Clock, ...]) -> None:
        replaces(self, clock, of)
        self.recount()

    def pass_time(self: Run, *, until: date) -> None:
        if until > self.marking.on:
            self.clockwork.quiet_until = date.min
        passes(self, until=until)

    patch.setattr(Clockwork, "work_through", work_through)
    patch.setattr(Clockwork, "_take_the_place", take_the_place)
    patch.setattr(Run, "_pass_time", pass_time)


@pytest.mark.parametrize("first", NUMBERS)
def test_it_says_what_it_says_when_it_looks_at_everything(
    first: int, looking_at_everything: pytest.MonkeyPatch
) -> None:
    asked = [each for number in range(first, first + 30) for each in _asked(number)]
    found = [all_of(_state(*each)) for each in asked]
    look(looking_at_everything)
    for each, said in zip(asked, found, strict=True):
        assert all_of(_state(*each)) == said, each


Asked = tuple[Casebook, date, tuple[Change, ...]]


def _state(case: Casebook, on: date, changes: tuple[Change, ...]) -> object:
    return state(fold(case.facts), case.book, CALENDAR, on=on, changes=changes)


def _asked(number: int) -> Iterator[Asked]:
    """One case on several days; with an order to decide it; and under an edition and a calendar adopted."""
    case = case_of(number)
    if case is None:
        return
    rng = Random(number)  # noqa: S311 -- chance for a test, and the same each time
    days = [FIRST + rng.randint(0, 90) * ONE_DAY, LAST]
    yield from ((case.casebook(), on, ()) for on in days)
    under_order = case.casebook()
    at = rng.randint(4, len(under_order.facts))
    on = max(fact.on for fact in under_order.facts[:at])
    ordered(under_order, str(on), str(on + rng.randint(3, 30) * ONE_DAY))
    yield from ((under_order, day, ()) for day in days)
    late = {**CALENDAR.days, FIRST + rng.randint(0, 60) * ONE_DAY: "closed"}
    calendar = NewCalendar(
        FIRST + rng.randint(0, 60) * ONE_DAY, replace(CALENDAR, edition="late", digest="e" * 64, days=late)
    )
    edition = other_lengths(case, rng.choice(list(RunningCases)), rng)
    changes = (NewEdition(FIRST + rng.randint(0, 60) * ONE_DAY, edition, CALENDAR), calendar)
    yield from ((case.casebook(), day, changes) for day in days)


def test_a_day_that_was_ordered_gives_way_at_once_to_a_time_of_a_party_s_that_begins() -> None:
    """Served again on the day before the report is due by the order: it is not late meanwhile."""
    case = ordered(village.noticed(), "2026-03-06", "2026-03-27").step("2026-03-26", "serve-notice")
    report = case.clock("2026-04-10", "report")
    assert (str(report.due), report.breaches) == ("2026-04-17", [])


def test_a_measure_that_began_is_over_on_its_last_day_though_no_clock_runs() -> None:
    case = small_case(
        """
        [one.suspend]
        by = "officer"
        then = "begins hold"
        [measure.hold]
        at_most = "5 days"
        [hold.look]
        by = "chair"
        """
    ).step("2026-03-04", "suspend")
    assert "hold" in case.at("2026-03-08").open
    assert "hold" not in case.step("2026-03-20", "look").at("2026-03-20").open


def test_what_was_paused_when_the_case_closed_runs_out_afterwards() -> None:
    case = small_case(
        """
        [anytime.publish]
        by = "officer"
        even_when_closed = true
        within = "10 days after receive"
        [one.settle]
        by = "officer"
        then = "closes the case as settled"
        [pause.police]
        by = "chair"
        at_most = "26 weeks"
        """
    )
    case.pause("2026-03-04", "police").step("2026-03-06", "settle")
    assert case.clock("2026-03-14", "publish").breaches == []
    assert [str(day) for day in case.clock("2026-03-20", "publish").breaches] == ["2026-03-14"]


def test_what_could_be_done_only_before_a_case_was_opened_falls_away_with_the_opening() -> None:
    case = Casebook(
        small_book(
            """
            [one.ask]
            by = "officer"
            [two.complain]
            is = "receipt"
            by = "complainant"
            within = "5 days after ask"
            """
        ),
        CALENDAR,
    )
    case.party("2026-03-02", "C1", "complainant").step("2026-03-02", "ask")
    assert case.clock("2026-03-02", "complain").is_running
    assert not case.step("2026-03-02", "receive").clock("2026-03-02", "complain").is_running


ANSWERED = """
[one.answer]
by = "respondent"
within = "10 days after receive"
{more}
[one.look]
by = "officer"
"""


def test_what_an_edition_bars_the_party_from_falls_away_when_it_is_adopted() -> None:
    case = small_case(ANSWERED.format(more=""))
    barred = small_book(ANSWERED.format(more='after = ["look"]'))
    barred = replace(barred, edition="2", digest="f" * 64, running_cases=RunningCases.MOVE)
    case.changes = [NewEdition(date(2026, 3, 4), barred, CALENDAR)]
    assert case.clock("2026-03-03", "answer").is_running
    assert not case.clock("2026-03-04", "answer").is_running


def test_a_party_barred_after_the_case_was_read_loses_its_time_then() -> None:
    case = small_case(ANSWERED.format(more='only_if = ["look is not done"]'))
    remembered, on = Remembered(), date(2026, 3, 5)
    for last in (True, False):
        found = remembered.state(case.case, case.book, CALENDAR, on=on)
        assert [clock.is_running for clock in found.clocks_of("answer")] == [last]
        case.step("2026-03-04", "look")
