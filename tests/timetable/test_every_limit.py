"""Every limit that real procedures use: each named, said in a rulebook, and come out to its day.

The calendar is that of England and Wales: Good Friday is 3 April 2026, Easter Monday the 6th.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.timetable.casebook import Casebook
from tests.timetable.small_books import FRAME, small_book, small_case

from duly.compare.whole import compare
from duly.explain.whole import explain
from duly.record.facts import Channel
from duly.rulebook.fault import Unreadable
from duly.rulebook.read import read

ROLLS = '[counting]\nlast_day_closed = "next working day"\nday_ends = "23:59 Europe/London"\n'
STAYS = '[counting]\nlast_day_closed = "stays"\nday_ends = "23:59 Europe/London"\n'
SHORT = STAYS + 'short_periods = "at most 5 days leave closed days out"\n'
POST = (
    STAYS
    + 'by_post = "takes effect 2 working days after posting"\n'
    + 'by_e_mail = "takes effect 1 working day after sending"\n'
)
PAUSE = '[pause.recess]\nby = "chair"\nat_most = "60 days"\n'
ASK = '[one.ask]\nby = "officer"\ntimes = 9\n'
DAY = '[one.fix]\nby = "chair"\nsets = ["hearing"]\n[day.hearing]\n'
Played = Callable[[Casebook], object]


def act(within: str, *more: str, by: str = "officer") -> str:
    return f'[one.act]\nby = "{by}"\nwithin = {within}\n' + "".join(f"{line}\n" for line in more)


def after(length: str) -> str:
    return act(f'"{length} after the first ask"')


def asked(on: str = "2026-03-30") -> Played:
    return lambda case: case.step(on, "ask")


def fixed(case: Casebook) -> Casebook:
    return case.step("2026-03-10", "fix", hearing="2026-05-08")


def at_ten(case: Casebook) -> None:
    """Asked on Thursday 2 April at ten, London time."""
    case.step("2026-04-02", "ask")
    case.facts[-1] = replace(case.facts[-1], noted_at=datetime(2026, 4, 2, 9, tzinfo=UTC))


def in_a_recess(case: Casebook) -> None:
    case.step("2026-03-30", "ask").pause("2026-04-01", "recess").resume("2026-04-13", "recess")


def served(channel: Channel | None) -> Played:
    return lambda case: case.step("2026-03-30", "tell", channel=channel)


TELL = '[one.tell]\nby = "officer"\nserve_on = ["respondent"]\n'
ANSWER = act('"14 days after tell"', by="respondent")
ABROAD = '[question.abroad]\nask = "Abroad?"\nanswers = ["no", "yes"]\n'
LONGER = 'instead = [{ when = "abroad is yes", within = "35 days after the first ask" }]'
FEEDBACK = (
    '[one.acknowledge]\nby = "officer"\nwithin = "7 days after receive"\nif_late = "tells overseer"\n'
    + act('"3 months after acknowledge or time up"')
)
REVIEWED = act('"28 days after the latest of one begins or act"', 'times = "any"')


def reviewed(case: Casebook) -> None:
    case.step("2026-03-20", "act").step("2026-04-10", "act")


def nothing(_: Casebook) -> None:
    """Nothing but the receipt, on 2 March."""


def acknowledged(case: Casebook) -> None:
    case.step("2026-03-05", "acknowledge")


def abroad(case: Casebook) -> None:
    case.answer("2026-03-20", "abroad", "yes").step("2026-03-30", "ask")


def extended(case: Casebook) -> None:
    case.step("2026-03-30", "ask").extend("2026-04-08", "act", "2026-04-24")


EXTEND = 'extend = { by = "chair", at_most = "28 days", grounds = ["illness"] }'
LIMITS: dict[str, tuple[str, Played, str]] = {
    # units
    "hours": (STAYS + ASK + after("24 hours"), at_ten, "2026-04-03"),
    "days": (STAYS + ASK + after("5 days"), asked(), "2026-04-04"),
    "clear days": (STAYS + ASK + after("5 clear days"), asked(), "2026-04-05"),
    "working days": (STAYS + ASK + after("5 working days"), asked(), "2026-04-08"),
    "weeks": (STAYS + ASK + after("2 weeks"), asked(), "2026-04-13"),
    "months": (STAYS + ASK + after("1 month"), asked(), "2026-04-30"),
    "years": (STAYS + ASK + after("1 year"), asked(), "2027-03-30"),
    # counting rules
    "after the trigger": (STAYS + ASK + after("7 days"), asked(), "2026-04-06"),
    "beginning with the trigger": (
        STAYS + ASK + act('"7 days beginning with the first ask"'),
        asked(),
        "2026-04-05",
    ),
    "beginning with the first working day after": (
        STAYS + ASK + after("7 working days"),
        asked("2026-04-02"),  # day 1 is Tuesday 7 April
        "2026-04-15",
    ),
    "short periods leave closed days out": (SHORT + ASK + after("5 days"), asked(), "2026-04-08"),
    # directions; earliest days are in EARLIEST
    "within": (STAYS + ASK + after("14 days"), asked(), "2026-04-13"),
    "at least so long before": (DAY + act('"14 clear days before hearing"'), fixed, "2026-04-23"),
    # the last day
    "a closed last day stays": (STAYS + ASK + after("4 days"), asked(), "2026-04-03"),
    "a closed last day moves to the next working day": (ROLLS + ASK + after("4 days"), asked(), "2026-04-07"),
    "a month with no such day ends on its last": (
        STAYS + ASK + after("1 month"),
        asked("2026-03-31"),
        "2026-04-30",
    ),
    # triggers
    "counted from another limit": (
        '[one.other]\nby = "chair"\nwithin = "10 days after the first ask"\n'
        + ASK
        + act('"5 days after other is due"'),
        asked(),
        "2026-04-14",
    ),
    "a fallback trigger where the first came": (FEEDBACK, acknowledged, "2026-06-05"),
    "a fallback trigger where it did not": (FEEDBACK, nothing, "2026-06-09"),
    "the later of two": (
        ASK + act('{ later_of = ["10 days after the first ask", "40 days after receive"] }'),
        asked(),
        "2026-04-11",
    ),
    "the case opens": (act('"14 days after the case opens"'), nothing, "2026-03-16"),
    "a stage begins": (act('"14 days after one begins"'), nothing, "2026-03-16"),
    "recurring": (REVIEWED, reviewed, "2026-05-08"),
    # what moves it
    "extended": (STAYS + ASK + act('"14 days after the first ask"', EXTEND), extended, "2026-04-24"),
    "a recess that stops the clock": (PAUSE + STAYS + ASK + after("14 days"), in_a_recess, "2026-04-25"),
    "deemed service by post": (POST + TELL + ANSWER, served(Channel.POST), "2026-04-15"),
    "deemed service by e-mail": (POST + TELL + ANSWER, served(Channel.E_MAIL), "2026-04-14"),
    "served by hand": (POST + TELL + ANSWER, served(Channel.HAND), "2026-04-13"),
    "depending on a property of the case, which does not hold": (
        ABROAD + ASK + act('"14 days after the first ask"', LONGER),
        asked(),
        "2026-04-13",
    ),
    "depending on a property of the case, which holds": (
        ABROAD + ASK + act('"14 days after the first ask"', LONGER),
        abroad,
        "2026-05-04",
    ),
}


def played(steps: str, play: Played) -> Casebook:
    case = small_case(steps)
    play(case)
    return case


@pytest.mark.parametrize("name", LIMITS)
def test_a_limit_comes_out_to_its_day(name: str) -> None:
    steps, play, due = LIMITS[name]
    assert str(played(steps, play).clock("2026-04-14", "act").due) == due


EARLIEST: dict[str, tuple[str, Played, str]] = {
    "at least so long after": (
        ASK + '[one.act]\nby = "officer"\nnot_before = "28 clear days after ask"\n',
        asked(),
        "2026-04-28",
    ),
    "not more than so long before": (
        DAY + '[one.act]\nby = "officer"\nnot_before = "7 clear days before hearing"\n',
        fixed,
        "2026-04-30",
    ),
    "a short one": (
        SHORT
        + ASK.replace("times = 9\n", "")
        + '[one.act]\nby = "officer"\nnot_before = "3 days after ask"\n',
        asked("2026-04-02"),
        "2026-04-09",
    ),
}


@pytest.mark.parametrize("name", EARLIEST)
def test_an_earliest_day_comes_out_to_the_day(name: str) -> None:
    steps, play, earliest = EARLIEST[name]
    steps = steps.replace("after ask", "after the first ask") if "times = 9" in steps else steps
    marking = played(steps, play).at("2026-04-03")
    (timing,) = marking.book.steps["act"].not_before
    assert str(marking.earliest(timing)) == earliest


# --- expiry ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Expires:
    """What follows at the end of 9 March, on the 10th: steps, and what is then said of the case."""

    steps: str
    happens: tuple[str, str]
    open: tuple[str, ...] = ("one",)
    closed_as: str | None = None


SEVEN = '"7 days after receive"'
DECIDE = (
    '[one.decide]\nby = "panel"\noutcomes = { refused = "closes the case as refused", granted = "nothing" }\n'
)
HOLD = '[measure.hold]\nat_most = "90 days"\n[one.bind]\nby = "chair"\nthen = "begins hold"\n'
REVIEW = (
    '[hold.act]\nby = "chair"\nwithin = "5 days after hold begins"\n'
    'if_late = ["ends hold", "tells overseer"]\n'
)
OUTSIDE = '[outside.complain-outside]\nby = "complainant"\n'
EXPIRY = {
    "escalates": Expires(act(SEVEN, 'if_late = "tells overseer"'), ("told", "overseer")),
    "lapses": Expires(HOLD + REVIEW, ("ends", "hold")),
    "counts as decided": Expires(
        DECIDE + act(SEVEN, 'if_late = "counts as decide: refused"'),
        ("counts as", "decide"),
        (),
        "refused",
    ),
    "transfers to another body": Expires(act(SEVEN, 'if_late = "goes to two"'), ("begins", "two"), ("two",)),
    "gives the right to go outside": Expires(
        OUTSIDE + act(SEVEN, 'if_late = "begins outside"'),
        ("begins", "outside"),
        ("one", "outside"),
    ),
    "is noted and nothing else": Expires(act(SEVEN, 'if_late = "nothing"'), ("ran out", "act")),
    "closes the case": Expires(
        act(SEVEN, 'if_late = "closes the case as lapsed"'), ("closes", "lapsed"), (), "lapsed"
    ),
    "shuts the door": Expires(act(SEVEN, 'if_late = "too late"', by="complainant"), ("ran out", "act")),
}


@pytest.mark.parametrize("name", EXPIRY)
def test_what_follows_when_it_has_run_out(name: str) -> None:
    expires = EXPIRY[name]
    case = small_case(expires.steps, stages="one two outside" if "outside" in expires.steps else "one two")
    if "hold" in expires.steps:
        case.step("2026-03-04", "bind")
    before, after_it = case.at("2026-03-09"), case.at("2026-03-10")
    assert expires.happens not in [(each.kind, each.name) for each in before.happenings]
    assert expires.happens in [(each.kind, each.name) for each in after_it.happenings]
    assert tuple(after_it.open) == expires.open
    assert after_it.closed_as == expires.closed_as


def test_what_is_shut_is_owed_no_more_and_an_aim_is_no_promise() -> None:
    shut = small_case(EXPIRY["shuts the door"].steps).at("2026-03-10")
    assert shut.is_shut(shut.book.steps["act"], None)
    aim = small_case(act(SEVEN, 'if_late = "tells overseer"', 'force = "aim"')).at("2026-03-10")
    assert [clock.limit.force.value for clock in aim.clocks] == ["aim"]
    assert aim.clocks[0].is_late


def test_each_has_its_line_on_the_page_of_times() -> None:
    page = (Path(__file__).parents[2] / "docs/reference/times.md").read_text(encoding="utf-8")
    lines = [line.split("|")[1].strip() for line in page.splitlines() if line.startswith("| ")]
    assert {*LIMITS, *EARLIEST, *EXPIRY} == {*lines} - {"what"}


# --- deemed service in words -----------------------------------------------------------------------------


def test_how_long_until_it_takes_effect_is_told_and_compared_for_each_channel() -> None:
    book = small_book(POST + 'by_hand = "takes effect 1 day after handing over"\n' + TELL)
    said = [sentence.says for section in explain(book) for sentence in section.sentences]
    for each in (
        "What is sent by post counts as received 2 working days after posting.",
        "What is sent by e-mail counts as received 1 working day after sending.",
        "What is handed over counts as received 1 day after that.",
    ):
        assert each in said
    (difference,) = compare(small_book(POST + TELL), book)
    assert difference.path == "counting.by_hand"
    assert "the time until what is handed over counts" in difference.says


def test_another_way_of_saying_it_is_refused_with_the_right_one() -> None:
    found = read(FRAME.format(stages='"one"', steps='[counting]\nby_e_mail = "after 1 day"'))
    assert isinstance(found, Unreadable)
    (fault,) = found.problems
    assert fault.says == 'by_e_mail = "after 1 day": I do not know this.'
    assert fault.remedy == 'Say "takes effect 2 working days after sending".'
