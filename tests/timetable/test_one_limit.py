"""One limit counted from one day, outside any case."""

from datetime import date
from pathlib import Path

import pytest

from duly.rulebook.book import Rulebook
from duly.rulebook.read import read
from duly.timetable.calendar import Calendar, read_calendar
from duly.timetable.one_limit import OneLimit, explain_limit
from duly.timetable.starts import Starts
from duly.vocabulary import Refused

ROOT = Path(__file__).parents[2]
VILLAGE_BANDS = (ROOT / "tests/rulebooks/village-bands.toml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def england() -> Calendar:
    calendar = read_calendar((ROOT / "calendars/GB-ENG.toml").read_text(encoding="utf-8"))
    assert isinstance(calendar, Calendar)
    return calendar


def village_bands(text: str = VILLAGE_BANDS) -> Rulebook:
    book = read(text)
    assert isinstance(book, Rulebook), str(book)
    return book


def asked(name: str, start: date, calendar: Calendar, text: str = VILLAGE_BANDS) -> OneLimit:
    found = explain_limit(village_bands(text), name, start, calendar=calendar)
    assert isinstance(found, OneLimit), str(found)
    return found


def test_a_step_is_asked_for_by_its_name(england: Calendar) -> None:
    found = asked("acknowledge", date(2026, 4, 2), england)
    assert (found.due, found.original, found.earliest) == (date(2026, 4, 13), date(2026, 4, 13), None)
    assert (found.clause, found.says) == ("F 4.1", ("5 working days after receive",))
    assert found.working is not None
    assert [str(sentence) for sentence in found.working.sentences] == [
        "Receive: Thu 2 Apr 2026. Day 1 is Tue 7 Apr 2026. (F 4.1)",
        "Skipped: 4 weekend days, Good Friday 3 April, Easter Monday 6 April. Day 5 is Mon 13 Apr 2026.",
    ]


def test_other_times_under_a_condition_are_said(england: Calendar) -> None:
    found = asked("answer", date(2026, 3, 26), england)
    assert found.due == date(2026, 4, 16)
    assert found.otherwise == ("If “abroad” is answered yes: 35 days after the latest serve notice.",)


def test_a_later_of_is_due_on_the_latest_of_its_parts_and_tells_both(england: Calendar) -> None:
    found = asked("find", date(2026, 6, 1), england)
    assert found.due == date(2026, 6, 29)
    assert found.earliest == date(2026, 6, 16)
    assert found.working is not None
    assert [str(sentence) for sentence in found.working.sentences] == [
        "The hearing day: Mon 1 Jun 2026. Day 1 is Tue 2 Jun 2026.",
        "Day 14 is Mon 15 Jun 2026.",
        "Disclose: Mon 1 Jun 2026. Day 1 is Tue 2 Jun 2026.",
        "Day 28 is Mon 29 Jun 2026.",
        "The later of these is Mon 29 Jun 2026.",
    ]
    assert [wait.due for wait in found.waits] == [date(2026, 6, 1), date(2026, 6, 16)]


def test_of_several_limits_the_earliest_binds_and_the_others_are_told(england: Calendar) -> None:
    text = VILLAGE_BANDS.replace(
        '"12 weeks after inquiry begins"', '["12 weeks after inquiry begins", "30 days after inquiry begins"]'
    )
    found = asked("report", date(2026, 6, 1), england, text)
    assert found.due == date(2026, 7, 1)
    assert [other.due for other in found.others] == [date(2026, 8, 24)]


def test_a_named_limit_is_asked_for_by_its_own_name(england: Calendar) -> None:
    text = VILLAGE_BANDS + '\n[limit.backstop]\nfor = "report"\nwithin = "26 weeks after inquiry begins"\n'
    assert asked("backstop", date(2026, 6, 1), england, text).due == date(2026, 11, 30)
    assert asked("report", date(2026, 6, 1), england, text).due == date(2026, 8, 24)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("anwser", "This rulebook has no step and no limit called “anwser”. Did you mean “answer”?"),
        (
            "quite-another",
            "This rulebook has no step and no limit called “quite-another”. Name one that has a time: "
            "acknowledge, sift, ask-second-look, look-again, serve-notice, answer, report, fix-hearing, "
            "disclose, find, decide-sanction, serve-decision and others.",
        ),
        ("receive", "The rulebook sets no time for “receive”. Name one that has a time: acknowledge,"),
    ],
)
def test_what_has_no_time_is_refused_in_words(name: str, says: str, england: Calendar) -> None:
    found = explain_limit(village_bands(), name, date(2026, 6, 1), calendar=england)
    assert isinstance(found, Refused)
    assert str(found).startswith(says)


def test_a_step_whose_time_has_a_name_of_its_own_says_so(england: Calendar) -> None:
    text = VILLAGE_BANDS + '\n[limit.first-entry]\nfor = "receive"\nwithin = "7 days after the case opens"\n'
    found = explain_limit(village_bands(text), "receive", date(2026, 6, 1), calendar=england)
    assert str(found) == (
        "The rulebook sets no time for “receive”. Its time has a name of its own: ask for “first-entry”."
    )


def with_answers(
    start: date | Starts, calendar: Calendar, name: str = "answer", **answers: str
) -> OneLimit | Refused:
    said = {name.replace("_", "-"): answer for name, answer in answers.items()}
    return explain_limit(village_bands(), name, start, calendar=calendar, answers=said)


def test_an_answer_to_a_question_chooses_its_time_and_the_other_is_said_below(england: Calendar) -> None:
    found = with_answers(date(2026, 3, 26), england, abroad="yes")
    assert isinstance(found, OneLimit)
    assert (found.due, found.says) == (date(2026, 4, 30), ("35 days after the latest serve notice",))
    assert found.otherwise == ("Otherwise: 21 days after the latest serve notice.",)
    first = with_answers(date(2026, 3, 26), england, abroad="no")
    assert first == asked("answer", date(2026, 3, 26), england)


def test_a_question_or_an_answer_that_the_rulebook_does_not_know_is_refused(england: Calendar) -> None:
    found = with_answers(date(2026, 3, 26), england, abroad="perhaps", age="9")
    assert isinstance(found, Refused)
    assert [str(problem) for problem in found.problems] == [
        "“perhaps” is no answer to “abroad” (Does the respondent live outside the United Kingdom?)."
        " Its answers are: no, yes.",
        "This rulebook asks no question called “age”. Its questions are: abroad, about-the-office.",
    ]


def test_each_trigger_can_have_a_day_of_its_own(england: Calendar) -> None:
    """14 days after the hearing day, 28 after the disclosure, the later of them; not before either."""
    days = {"hearing-day": date(2026, 6, 1), "disclose": date(2026, 5, 1)}
    found = with_answers(Starts(named=days), england, "find")
    assert isinstance(found, OneLimit)
    assert (found.due, found.earliest) == (date(2026, 6, 15), date(2026, 6, 1))
    later = with_answers(Starts(date(2026, 6, 1), {"disclose": date(2026, 6, 8)}), england, "find")
    assert isinstance(later, OneLimit)
    assert later.due == date(2026, 7, 6)


def test_a_trigger_without_a_day_and_one_it_is_not_counted_from_are_named(england: Calendar) -> None:
    found = with_answers(Starts(named={"hearing-day": date(2026, 6, 1)}), england, "find")
    assert isinstance(found, Refused)
    assert [str(problem) for problem in found.problems] == [
        "It is counted from disclose, too, and no day was given for that. Give one: disclose=2026-03-26."
    ]
    found = with_answers(Starts(date(2026, 6, 1), {"sift": date(2026, 6, 1)}), england, "find")
    assert isinstance(found, Refused)
    assert [str(problem) for problem in found.problems] == [
        "It is not counted from “sift”. It is counted from: hearing-day, disclose."
    ]
