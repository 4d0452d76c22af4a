"""Why a clock is due when it is: the sentences of a worked case, and agreement with the engine in others."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from random import Random

import pytest
from tests.timetable import village
from tests.timetable.casebook import Casebook, opened, rulebook
from tests.timetable.recount import recounted

from duly.record.facts import Channel, FastTracked
from duly.timetable.clock import Clock
from duly.timetable.explanation import plain
from duly.timetable.marking import Marking
from duly_server.services.clock_moves import moves
from duly_server.services.explain import Explained, explain


def asked(case: Casebook, on: str, step: str, key: str | None = None) -> Explained:
    marking = case.at(on)
    clocks = [clock for clock in marking.clocks if clock.step == step and key in (None, clock.key)]
    return explain(marking, clocks[-1])


def said(told: Explained) -> list[str]:
    return [str(sentence) for sentence in told.sentences]


def test_an_answer_paused_and_extended_tells_trigger_skipped_days_pause_and_extension() -> None:
    case = village.noticed("A1")
    case.pause("2026-03-11", "police").resume("2026-03-13", "police").extend(
        "2026-03-16", "answer", "2026-04-09"
    )
    told = asked(case, "2026-03-20", "answer")
    first, second, third, fourth = said(told)
    assert first.startswith("“Serve notice” was done on ")
    assert "the original date" in second
    assert "Paused 11 and 12 March: police" in third
    assert fourth.startswith("Extended on Mon 16 Mar 2026")
    assert fourth.endswith("is Thu 9 Apr 2026.")
    assert told.working is not None
    assert told.working.due == date(2026, 4, 9)
    assert told.added == told.working.counted - told.by_rule > 0
    places = {
        fact.place for fact in case.facts if fact.body.KIND.startswith(("paused", "resumed", "time-ext"))
    }
    assert places < set(told.facts)


def test_what_moved_a_clock_is_told_with_the_day_before_and_after() -> None:
    case = village.noticed("A1")
    case.pause("2026-03-11", "police").resume("2026-03-13", "police").extend(
        "2026-03-16", "answer", "2026-04-09"
    )
    clock = case.clock("2026-03-20", "answer")
    marking = case.at("2026-03-20")
    found = moves(marking, next(c for c in marking.clocks if c.step == "answer"))
    assert [move.after for move in found][-1] == clock.due == date(2026, 4, 9)
    assert found[0].before == clock.original_due
    assert [after.before for after in found[1:]] == [before.after for before in found[:-1]]


def test_what_is_served_by_post_counts_from_the_day_it_takes_effect() -> None:
    case = village.accepted("A1").step("2026-03-23", "serve-notice", channel=Channel.POST)
    assert said(asked(case, "2026-03-30", "answer"))[0].startswith(
        "“Serve notice” was posted on Mon 23 Mar 2026 and takes effect on Wed 25 Mar 2026"
    )


def test_what_follows_if_it_is_missed_is_said_with_its_clause() -> None:
    told = asked(village.acknowledged(), "2026-03-06", "sift")
    assert told.if_missed.says == "the overseer is told; it stays owed, late."
    too_late = asked(village.served(), "2026-07-10", "lodge-appeal", "R")
    assert "it can no longer be done" in too_late.if_missed.says
    assert "stays owed" not in too_late.if_missed.says


def test_a_date_that_an_answer_changed_says_what_it_was_at_first() -> None:
    case = village.noticed("A1").answer("2026-04-01", "abroad", "yes")
    told = asked(case, "2026-04-02", "answer")
    assert told.rule == "35 days after the latest serve notice"
    assert any(sentence.startswith("At first it was ") for sentence in said(told))


def on_the_fast_track(case: Casebook, on: str) -> Casebook:
    return case.note(on, FastTracked(criterion=2), office="panel-chair")


def acknowledged(**replacing: str) -> Casebook:
    """As in the village, whose fast track has a clause here."""
    book = rulebook(**{"[fast_track]": '[fast_track]\nclause = "r 21"', **replacing})
    return opened(book).step("2026-03-03", "acknowledge", key=village.COMPLAINT)


PUT = "The case was put on the fast track on Wed 4 Mar 2026 by the panel chair: "


def test_a_date_that_the_fast_track_moved_names_it_with_its_clause_and_the_date_before() -> None:
    was = asked(acknowledged(), "2026-03-05", "sift")
    case = on_the_fast_track(acknowledged(), "2026-03-04")
    told = asked(case, "2026-03-05", "sift")
    assert was.working is not None
    assert told.working is not None
    assert (was.working.due, told.working.due) == (date(2026, 3, 23), date(2026, 3, 9))
    assert [each for each in said(told) if "fast track" in each] == [
        f"{PUT}5 working days after the first receive, and not 15 working days after the first receive. "
        "At first it was Mon 23 Mar 2026. (r 21)"
    ]
    assert not any("recorded since changed it" in each for each in said(told))
    assert len(case.facts) in told.facts
    assert not any("fast track" in each for each in said(was))


def test_a_clock_that_began_on_the_fast_track_says_what_it_would_be_without() -> None:
    case = on_the_fast_track(village.appealed(), "2026-05-12")
    (told,) = [each for each in said(asked(case, "2026-05-13", "decide-appeal")) if "fast track" in each]
    assert "7 weeks after the beginning of appeal, and not 10 weeks" in told
    assert "At first it was Mon 20 Jul 2026." in told
    again = on_the_fast_track(village.served(), "2026-05-06").step(
        "2026-05-11", "lodge-appeal", key="R", office="respondent"
    )
    (told,) = [each for each in said(asked(again, "2026-05-13", "decide-appeal")) if "fast track" in each]
    assert "Without it the last day would be Mon 20 Jul 2026." in told


def test_where_the_fast_track_counts_from_something_else_no_day_is_given_for_the_other() -> None:
    other = {'sift = "5 working days after the first receive"': 'sift = "3 days after the first acknowledge"'}
    case = on_the_fast_track(acknowledged(**other), "2026-03-04")
    (told,) = [each for each in said(asked(case, "2026-03-05", "sift")) if "fast track" in each]
    assert told.startswith(f"{PUT}3 days after the first acknowledge, and not 15 working days")
    assert "Without it" not in told


def test_what_the_fast_track_leaves_alone_does_not_name_it() -> None:
    sifted = on_the_fast_track(village.accepted(), "2026-03-05")
    for step in ("sift", "serve-notice"):  # done before; not in its list
        assert not any("fast track" in each for each in said(asked(sifted, "2026-03-06", step)))


STORIES: tuple[Callable[[], Casebook], ...] = (
    village.acknowledged,
    village.dismissed,
    village.accepted,
    village.noticed,
    village.to_hearing,
    village.fixed,
    village.found,
    village.decided,
    village.served,
    village.appealed,
    village.sent_back,
)


@pytest.mark.parametrize("seed", range(60))
def test_each_explanation_ends_on_the_day_the_engine_gives(seed: int) -> None:
    chance = Random(seed)  # noqa: S311 -- a test's walk, the same each time
    case = chance.choice(STORIES)()
    on = max(fact.on for fact in case.facts)
    for _ in range(chance.randrange(5)):
        on += timedelta(days=chance.randrange(1, 12))
        disturb(case, on, chance)
    marking = case.at((on + timedelta(days=chance.randrange(40))).isoformat())
    for clock in marking.clocks:
        assert_agrees(marking, clock)


def disturb(case: Casebook, on: date, chance: Random) -> None:
    """Something that moves clocks: a pause begins or ends, more time, the fast track, an answer."""
    marking = case.at(on.isoformat())
    running = [clock for clock in marking.clocks if clock.is_running and clock.due]
    match chance.randrange(4):
        case 3 if marking.fast_tracked_on is None and marking.closed_on is None:
            on_the_fast_track(case, on.isoformat())
        case 0 if marking.is_paused():
            case.resume(on.isoformat(), "police")
        case 0 if marking.closed_on is None:
            case.pause(on.isoformat(), "police")
        case 1 if running:
            clock = chance.choice(running)
            until = (clock.due or on) + timedelta(days=chance.randrange(1, 20))
            case.extend(on.isoformat(), clock.step, until.isoformat(), clock.key)
        case _:
            case.answer(on.isoformat(), "abroad", chance.choice(("yes", "no")))


def assert_agrees(marking: Marking, clock: Clock) -> None:
    told = explain(marking, clock)
    if clock.due is None:
        assert told.working is None
        assert "No date can be given yet" in said(told)[0]
        return
    assert told.data is not None
    assert recounted(json.loads(json.dumps(plain(told.data)))) == clock.due
    assert told.working is not None
    assert told.working.due == clock.due, (clock.limit.name, clock.key, clock.state, said(told))
    if clock.is_running and clock.due == clock.original_due and not told.working.paused:
        assert told.working.original == clock.original_due
