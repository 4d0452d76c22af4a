"""What holds of every adoption, over the rulebooks and records that chance makes."""

from collections import Counter
from dataclasses import replace
from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.timetable.reference.compare import CALENDAR, LAST, Case, case_of, seen_by_engine
from tests.timetable.reference.generate import FIRST
from tests.timetable.reference.living import Seen
from tests.timetable.test_properties import ONE_DAY, cases, days, often

from duly.rulebook.book import Rulebook, RunningCases
from duly.rulebook.phrases import At, LaterOf, Part, Timing
from duly.timetable.adopted import Change, Fate, NewCalendar, NewEdition
from duly.timetable.state import state

IN_ALL_BUT_NAME = {"edition": "another", "digest": "f" * 64}


def seen(case: Case, *changes: Change) -> list[Seen]:
    """On every fifth day."""
    folded = case.casebook().case
    some = (FIRST + n * ONE_DAY for n in range(0, (LAST - FIRST).days, 5))
    return [seen_by_engine(state(folded, case.book, CALENDAR, on=day, changes=changes)) for day in some]


@pytest.mark.parametrize("mode", RunningCases)
@settings(often, max_examples=40)
@given(cases, days)
def test_an_edition_that_says_the_same_changes_nothing_whatever_it_does_with_cases(
    mode: RunningCases, case: Case, since: date
) -> None:
    same = replace(case.book, running_cases=mode, **IN_ALL_BUT_NAME)
    assert seen(case, NewEdition(since, same, CALENDAR)) == seen(case)


@settings(often, max_examples=40)
@given(cases, days)
def test_a_calendar_that_says_the_same_changes_nothing(case: Case, since: date) -> None:
    same = replace(CALENDAR, edition="another", digest="f" * 64)
    assert seen(case, NewCalendar(since, same)) == seen(case)


@settings(often, max_examples=60)
@given(cases, days, days)
def test_a_late_holiday_changes_nothing_before_its_day_and_moves_nothing_unseen(
    case: Case, since: date, closed: date
) -> None:
    """Each time that runs then has the day it had the moment before, and no party's comes sooner."""
    late = replace(CALENDAR, edition="late", digest="f" * 64, days={**CALENDAR.days, closed: "closed"})
    folded = case.casebook().case
    change = NewCalendar(since, late)
    without = state(folded, case.book, CALENDAR, on=since)
    after = state(folded, case.book, CALENDAR, on=since, changes=[change])
    before = since - ONE_DAY
    assert seen_by_engine(state(folded, case.book, CALENDAR, on=before, changes=[change])) == seen_by_engine(
        state(folded, case.book, CALENDAR, on=before)
    )
    for effect in after.effects:
        assert effect.fate is Fate.RECOUNTED
        told = [(each.clock.limit.name, each.clock.key, each.before) for each in effect.clocks]
        running = [(c.limit.name, c.key, c.due) for c in without.clocks if c.is_running]
        assert sorted(map(str, told)) == sorted(map(str, running))
        for each in effect.clocks:
            if each.clock.is_party and each.before and each.after:
                assert each.after >= each.before


def other_lengths(case: Case, mode: RunningCases, rng: Random) -> Rulebook:
    """An edition in which half of the steps have other times, and some have none."""

    def other(timing: Timing) -> Timing:
        if isinstance(timing, LaterOf):
            return replace(timing, parts=tuple(_part(part, rng) for part in timing.parts))
        return _part(timing, rng)

    steps = {
        name: replace(step, within=tuple(map(other, step.within)) if rng.random() < 0.9 else ())
        if rng.random() < 0.5
        else step
        for name, step in case.book.steps.items()
    }
    return replace(case.book, running_cases=mode, steps=steps, **IN_ALL_BUT_NAME)


def _part(part: Part, rng: Random) -> Part:
    if isinstance(part, At):
        return part
    length = part.length
    return replace(part, length=replace(length, amount=max(1, length.amount + rng.choice((-3, -1, 2, 5)))))


@pytest.mark.parametrize("mode", RunningCases)
@settings(often, max_examples=40)
@given(cases, days, st.randoms(use_true_random=False))
def test_an_edition_with_other_times_keeps_what_a_party_was_told_and_nothing_moves_unless_it_says_so(
    mode: RunningCases, case: Case, since: date, rng: Random
) -> None:
    change = NewEdition(since, other_lengths(case, mode, rng), CALENDAR)
    folded = case.casebook().case
    for n in range(0, (LAST - FIRST).days, 3):
        marking = state(folded, case.book, CALENDAR, on=FIRST + n * ONE_DAY, changes=[change])
        for effect in marking.effects:
            for each in effect.clocks:
                if each.clock.is_party and each.before and each.after and not each.is_new:
                    assert each.after >= each.before
            if mode is not RunningCases.MOVE:
                assert [each for each in effect.moving if not each.is_new] == []


def test_chance_moves_cases_in_every_way() -> None:
    """A generator whose cases could not be moved would find nothing wrong with moving them."""
    found: Counter[Fate] = Counter()
    for number in range(120):
        case = case_of(number)
        for mode in RunningCases:
            if case is None:
                continue
            same = replace(case.book, running_cases=mode, **IN_ALL_BUT_NAME)
            change = NewEdition(FIRST + 12 * ONE_DAY, same, CALENDAR)
            marking = state(case.casebook().case, case.book, CALENDAR, on=LAST, changes=[change])
            found.update(effect.fate for effect in marking.effects)
    assert min(found[fate] for fate in (Fate.MOVED, Fate.WAITS, Fate.STAYS)) > 10, found
