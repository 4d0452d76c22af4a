"""What holds of every rulebook and every record, over those that chance makes (tests/timetable/reference)."""

import os
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from random import Random

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.timetable.casebook import Casebook
from tests.timetable.reference.compare import CALENDAR, LAST, Case, case_of, seen_by_engine
from tests.timetable.reference.generate import FIRST, SPAN, Noted
from tests.timetable.reference.living import Seen
from tests.timetable.reference.plain import Instead, Time, text_of

from duly.record.facts import Body, PartyAdded, PartyRole, StepTaken, TimeExtended, Waived
from duly.rulebook.book import Counting, LastDayClosed, Rulebook
from duly.rulebook.phrases import Direction
from duly.rulebook.read import read
from duly.timetable.clock import Clock, ClockState, OnFixedDay
from duly.timetable.counting import last_day
from duly.timetable.marking import Marking
from duly.timetable.state import state
from duly.vocabulary import Length, Period, Unit
from duly_server.services.explain import explain

IS_LONG = os.environ.get("DULY_TEST_LONG") == "1"
ONE_DAY = timedelta(days=1)


def of_number(number: int) -> Case:
    """The case of this number, or of the next whose rulebook the reader takes."""
    return next(case for n in count(number) if (case := case_of(n)) is not None)


cases = st.integers(0, 10**6).map(of_number)
days = st.integers(0, SPAN).map(lambda n: FIRST + n * ONE_DAY)
often = settings(
    max_examples=500 if IS_LONG else 50,
    deadline=None,
    derandomize=not IS_LONG,
    database=None,
    phases=(Phase.generate,),  # a smaller number is no smaller case
    suppress_health_check=list(HealthCheck),
)


def at(case: Case, on: date, facts: list[Noted] | None = None) -> Marking:
    return state(case.casebook(facts).case, case.book, CALENDAR, on=on)


def seen(case: Case, facts: list[Noted] | None = None) -> list[Seen]:
    """On every sixth day."""
    folded = case.casebook(facts).case
    some = (FIRST + n * ONE_DAY for n in range(0, (LAST - FIRST).days, 6))
    return [seen_by_engine(state(folded, case.book, CALENDAR, on=day)) for day in some]


# --- time that is given -----------------------------------------------------------------------------------


@often
@given(cases, days, st.integers(-5, 40))
def test_an_extension_never_shortens_and_leaves_the_first_day(case: Case, on: date, more: int) -> None:
    before = at(case, on)
    for name in {clock.limit.name for clock in before.clocks if clock.is_running}:
        fact = Noted(on, "extend", name, until=on + more * ONE_DAY)
        after = at(case, on, [*case.facts, fact])
        for old, new in zip(before.clocks, after.clocks, strict=False):
            if old.is_running and old.due is not None and new.state is old.state:
                assert new.due is not None
                assert new.due >= old.due
                assert new.original_due == old.original_due


@often
@given(cases, days)
def test_pausing_and_resuming_at_once_changes_nothing(case: Case, on: date) -> None:
    facts = [fact for fact in case.facts if fact.kind not in ("pause", "resume")]
    at_once = [Noted(on, "pause", "police"), Noted(on, "resume", "police")]
    assert seen(case, facts) == seen(case, [*facts, *at_once])


# --- the record -------------------------------------------------------------------------------------------


@often
@given(cases, st.randoms(use_true_random=False))
def test_the_order_in_which_different_days_are_noted_changes_nothing(case: Case, rng: Random) -> None:
    by_day: dict[date, list[Noted]] = {}
    for fact in case.facts:
        by_day.setdefault(fact.on, []).append(fact)
    some = list(by_day.values())
    rng.shuffle(some)
    assert seen(case) == seen(case, [fact for each in some for fact in each])


@settings(often, max_examples=500 if IS_LONG else 30)
@given(st.integers(0, 10**6), st.lists(days, min_size=6, max_size=6))
def test_no_party_is_moved_to_an_earlier_day_than_it_was_told(number: int, chosen: list[date]) -> None:
    """Only a day that was fixed, and is moved, moves a party's with it. Answers and more time try to."""
    case = next(case for n in count() if _may_be_moved(case := of_number(number + 50 * n)))
    times = [name for name, step in case.plain.steps.items() if step.within]
    for n, on in enumerate(chosen):
        if case.plain.questions:
            case.facts.append(Noted(on, "answer", "abroad", ("yes", "no")[n % 2]))
        case.facts += [Noted(on, "extend", name, until=on + 9 * ONE_DAY) for name in times]
        triggers = (
            occ for name in times for time in case.plain.steps[name].within for occ in time[0].ref.any_of
        )
        for name in {occ.name for occ in triggers if occ.kind == "step" and not _outcomes(case, occ.name)}:
            case.facts.append(Noted(on + ONE_DAY, "act", name, by=case.plain.steps[name].by[0]))
    folded = case.casebook().case
    told: dict[tuple[object, ...], date] = {}
    for n in range((LAST - FIRST).days):
        marking = state(folded, case.book, CALENDAR, on=FIRST + n * ONE_DAY)
        for clock in marking.clocks:
            if not (clock.is_party and clock.is_running) or _is_to_a_fixed_day(clock):
                continue
            before = next((each for each in marking.clocks if _took_the_place(clock, each)), clock)
            least = told.get(_name(clock)) or told.get(_name(before))
            if least is not None:
                assert clock.due is not None
                assert clock.due >= least, (FIRST + n * ONE_DAY, clock.step)
            if clock.due is not None:
                told[_name(clock)] = clock.due


def _outcomes(case: Case, name: str) -> bool:
    return bool(case.plain.steps[name].outcomes)


def _may_be_moved(case: Case) -> bool:
    """A party has a time of its own that an answer, or a later trigger, counts afresh."""
    return any(
        set(step.by) <= {"complainant", "respondent"}
        and (step.instead or any(part.ref.which == "latest" for time in step.within for part in time))
        for step in case.plain.steps.values()
        if step.within
    )


def _name(clock: Clock) -> tuple[object, ...]:
    return clock.order, clock.key, clock.trigger_seq


def _took_the_place(clock: Clock, of: Clock) -> bool:
    same = (of.order, of.key, of.state) == (clock.order, clock.key, ClockState.RESTARTED)
    return same and of.is_party and not _is_to_a_fixed_day(of) and of.ended_by == clock.started_by is not None


def _is_to_a_fixed_day(clock: Clock) -> bool:
    return bool(clock.shift) or any(isinstance(anchor, OnFixedDay) for anchor in clock.anchors)


# --- lengths ----------------------------------------------------------------------------------------------


@often
@given(cases, st.integers(1, 20))
def test_a_longer_time_never_ends_earlier(case: Case, more: int) -> None:
    """Save where it is no short period any more, and closed days count again."""
    for name, step in case.plain.steps.items():
        if not step.within or _is_short_no_more(case, name, more):
            continue
        longer = replace(
            step,
            within=tuple(_longer(time, more) for time in step.within),
            instead=tuple(_longer_instead(each, more) for each in step.instead),
        )
        plain = replace(case.plain, steps={**case.plain.steps, name: longer})
        book = read(text_of(plain))
        if isinstance(book, Rulebook):
            short, long = (_first_due(each, name) for each in (case, Case(plain, book, case.facts)))
            assert short is None or long is None or long >= short


def _is_short_no_more(case: Case, name: str, more: int) -> bool:
    step, short = case.plain.steps[name], case.plain.short
    times = [*step.within, *(time for each in step.instead for time in each.within or ())]
    each_in_days = {"days": 1, "clear days": 1, "weeks": 7}
    parts = [(part.n or 0, each_in_days.get(part.unit, 0)) for time in times for part in time]
    return any(n * days <= short < (n + more) * days for n, days in parts if days)


def _longer(time: Time, more: int) -> Time:
    return tuple(
        replace(part, n=part.n + more) if part.n is not None and part.way != "before" else part
        for part in time
    )


def _longer_instead(each: Instead, more: int) -> Instead:
    return replace(each, within=each.within and tuple(_longer(time, more) for time in each.within))


def _first_due(case: Case, name: str) -> date | None:
    clocks = at(case, LAST).clocks
    return next((clock.original_due for clock in clocks if clock.limit.name == name), None)


@often
@given(
    st.integers(0, 40),
    st.sampled_from([unit for unit in Unit if unit is not Unit.HOURS]),
    st.sampled_from(Direction),
    days,
    st.integers(0, 40),
    st.lists(st.tuples(days, st.integers(0, 20)), max_size=3),
    st.booleans(),
)
def test_what_begins_later_never_ends_earlier(
    amount: int,
    unit: Unit,
    way: Direction,
    start: date,
    later: int,
    paused: list[tuple[date, int]],
    rolls: bool,
) -> None:
    """Save months and years under a pause: they end as if there were none, and then move by the days met."""
    if unit in (Unit.MONTHS, Unit.YEARS):
        amount, paused = amount % 12, []
    if unit is Unit.YEARS:
        amount = amount % 2
    rules = Counting(last_day_closed=LastDayClosed.NEXT_WORKING_DAY if rolls else LastDayClosed.STAYS)
    pauses = [Period(since, since + n * ONE_DAY) for since, n in paused]
    ends = [
        last_day(Length(amount, unit), way, day, calendar=CALENDAR, rules=rules, paused=pauses)
        for day in (start, start + later * ONE_DAY)
    ]
    assert ends[0] <= ends[1]


DAYS = {Unit.DAYS: 1, Unit.WORKING_DAYS: 1, Unit.CLEAR_DAYS: 1, Unit.WEEKS: 7}

# --- the working ------------------------------------------------------------------------------------------


@often
@given(cases, days)
def test_the_steps_of_an_explanation_add_up_to_the_date(case: Case, on: date) -> None:
    marking = at(case, on)
    for clock in marking.clocks:
        explained = explain(marking, clock)
        working = explained.working
        if working is None:
            assert clock.due is None
            continue
        assert working.due == clock.due
        steps = working.steps
        assert (steps[-1].on, steps[-1].kind) == (clock.due, "due")
        way = ONE_DAY if steps[-1].on >= steps[0].on else -ONE_DAY
        assert [step.on for step in steps] == [steps[0].on + n * way for n in range(len(steps))]
        if len(clock.parts) == 1 and clock.counts and (days_each := DAYS.get(clock.counts[0].length.unit)):
            assert explained.by_rule == clock.counts[0].length.amount * days_each
        numbers = [step.number for step in steps if step.number is not None]
        assert numbers == list(range(1, len(numbers) + 1))


# --- two parties ------------------------------------------------------------------------------------------

OTHER: Mapping[str | None, str | None] = {
    "complainant": "respondent",
    "respondent": "complainant",
    "C1": "R",
    "R": "C1",
}


def _mirrored(body: Body) -> Body:
    """The same fact of the other party."""
    match body:
        case PartyAdded(tag=tag, role=role):
            return replace(body, tag=OTHER[tag] or tag, role=PartyRole(OTHER[role.value]))
        case StepTaken(key=key) | TimeExtended(key=key) | Waived(key=key):
            return replace(body, key=OTHER.get(key, key))
        case _:
            return body


@often
@given(cases)
def test_swapping_the_parties_mirrors_the_result(case: Case) -> None:
    """Of any rulebook and its mirror image; one that is its own image treats both parties alike."""
    text = text_of(case.plain).replace("complainant", "\0").replace("respondent", "complainant")
    book = read(text.replace("\0", "respondent"))
    assert isinstance(book, Rulebook)
    mirrored = Casebook(book, CALENDAR)
    for fact in case.casebook().facts:
        mirrored.note(str(fact.on), _mirrored(fact.body), office=OTHER.get(fact.office, fact.office))
    for n in range(0, (LAST - FIRST).days, 6):
        on = FIRST + n * ONE_DAY
        one = seen_by_engine(at(case, on))
        other = seen_by_engine(state(mirrored.case, book, CALENDAR, on=on))
        assert other.clocks == sorted(((*c[:2], OTHER.get(c[2], c[2]), *c[3:]) for c in one.clocks), key=str)
        assert other.enabled == [(name, OTHER.get(key, key), outcome) for name, key, outcome in one.enabled]
        assert (other.open, other.closed, other.said) == (one.open, one.closed, one.said)
