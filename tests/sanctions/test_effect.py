"""From when to when a measure binds the respondent: interim suspension, and sanctions after any appeal."""

import pytest
from tests.timetable import village
from tests.timetable.casebook import Casebook, day
from tests.timetable.small_books import small_case

from duly.record.facts import Channel, SanctionEnded, SanctionImposed
from duly.sanctions import Restriction, Standing, restrictions


def bound(case: Casebook, on: str) -> list[tuple[str, str, str | None, str | None]]:
    """Measure, standing, since and before of each restriction on that day."""
    return [
        (
            r.measure,
            r.standing.value,
            str(r.since) if r.since else None,
            str(r.before) if r.before else None,
        )
        for r in restrictions(case.at(on))
    ]


def suspended() -> Casebook:
    """Interim suspension from Fri 6 March; its review is due on Tue 7 April."""
    return village.noticed().step("2026-03-06", "suspend")


def test_an_interim_suspension_binds_from_the_day_it_begins_to_its_longest() -> None:
    (found,) = restrictions(suspended().at("2026-03-06"))
    assert found == Restriction(
        party="R",
        measure="interim-suspension",
        is_interim=True,
        standing=Standing.IN_FORCE,
        imposed_on=day("2026-03-06"),
        since=day("2026-03-06"),
        before=day("2026-09-06"),  # six months beginning with 6 March: 5 September is the last day
        review_due=day("2026-04-07"),
    )


def test_reviewed_it_shows_the_next_review() -> None:
    case = suspended().step("2026-04-01", "review-suspension", "continued")
    assert restrictions(case.at("2026-04-01"))[0].review_due == day("2026-04-29")


def test_unreviewed_it_is_over_and_removes_itself() -> None:
    """R07, R18: what is overdue never goes on in silence."""
    assert bound(suspended(), "2026-04-08") == [("interim-suspension", "over", "2026-03-06", "2026-04-08")]


def test_begun_twice_it_stands_twice() -> None:
    case = suspended().step("2026-03-10", "review-suspension", "lifted")
    case.step("2026-03-12", "suspend")  # irregular under this rulebook, and in the record
    assert [r[1:3] for r in bound(case, "2026-03-12")] == [
        ("over", "2026-03-06"),
        ("in force", "2026-03-12"),
    ]


def imposed(
    case: Casebook, on: str, sanction: str = "suspension", amount: int | None = 3, unit: str | None = "months"
) -> Casebook:
    case.step(on, "decide-sanction", "imposed")
    body = SanctionImposed(sanction=sanction, step="decide-sanction", amount=amount, unit=unit)
    return case.note(on, body, office="panel")


def served(case: Casebook) -> Casebook:
    case.step("2026-04-27", "serve-decision", key="R")
    return case.step("2026-04-28", "serve-decision", key="C1")


def test_a_sanction_is_stayed_until_the_time_to_appeal_has_run_out() -> None:
    case = served(imposed(village.found(), "2026-04-24"))
    assert bound(case, "2026-04-28") == [("suspension", "stayed", None, None)]
    assert bound(case, "2026-05-19") == [("suspension", "stayed", None, None)]  # C1's last day
    # Three months beginning with Wed 20 May: the last day is 19 August.
    assert bound(case, "2026-05-20") == [("suspension", "in force", "2026-05-20", "2026-08-20")]
    assert bound(case, "2026-08-20") == [("suspension", "over", "2026-05-20", "2026-08-20")]


def test_the_time_to_appeal_has_not_run_out_for_whom_it_has_not_begun() -> None:
    case = imposed(village.found(), "2026-04-24").step("2026-04-27", "serve-decision", key="R")
    assert bound(case, "2026-06-30") == [("suspension", "stayed", None, None)]


def test_a_sanction_without_a_beginning_of_its_own_begins_at_once_and_has_no_end() -> None:
    case = imposed(village.found(), "2026-04-24", "expulsion", None, None)
    assert bound(case, "2026-04-24") == [("expulsion", "in force", "2026-04-24", None)]


def test_an_appeal_that_waits_stays_the_sanction() -> None:
    case = served(imposed(village.found(), "2026-04-24"))
    case.step("2026-05-11", "lodge-appeal", key="R", office="respondent")
    assert bound(case, "2026-05-31") == [("suspension", "stayed", None, None)]
    assert bound(case, "2026-07-30") == [("suspension", "stayed", None, None)]  # the panel is late
    case.step("2026-08-03", "decide-appeal", "dismissed")
    assert bound(case, "2026-08-03") == [("suspension", "in force", "2026-08-03", "2026-11-03")]


def test_an_appeal_given_up_in_writing_by_both_lets_it_begin_that_day() -> None:
    case = served(imposed(village.found(), "2026-04-24"))
    case.waive("2026-05-04", "lodge-appeal", key="R").waive("2026-05-05", "lodge-appeal", key="C1")
    assert bound(case, "2026-05-05")[0][1:3] == ("in force", "2026-05-05")


def test_lifted_by_a_later_decision_it_binds_no_more() -> None:
    case = served(imposed(village.found(), "2026-04-24"))
    place = len(case.facts) - 2
    case.note("2026-06-10", SanctionEnded(sanction=place, step="decide-appeal"))
    assert bound(case, "2026-06-09")[0][1] == "in force"
    assert bound(case, "2026-06-10") == [("suspension", "lifted", "2026-05-20", "2026-06-10")]


def test_lifted_before_it_began_it_never_bound() -> None:
    case = served(imposed(village.found(), "2026-04-24"))
    case.note("2026-05-10", SanctionEnded(sanction=len(case.facts) - 2, step="decide-appeal"))
    assert bound(case, "2026-06-10") == [("suspension", "lifted", None, None)]


def test_sent_back_it_is_set_aside_and_a_new_one_waits_for_its_own_appeal() -> None:
    case = served(imposed(village.found(), "2026-04-24"))
    case.step("2026-05-11", "lodge-appeal", key="R", office="respondent")
    case.step("2026-06-01", "decide-appeal", "sent-back")
    assert bound(case, "2026-06-01") == [("suspension", "set aside", None, None)]
    case.step("2026-06-02", "fix-hearing", hearing_day="2026-06-24").step("2026-06-03", "disclose")
    imposed(case.step("2026-06-24", "find", "proved", key="A1"), "2026-06-24", amount=1)
    assert bound(case, "2026-06-24")[1] == ("suspension", "stayed", None, None)
    case.step("2026-06-25", "serve-decision", key="R").step("2026-06-25", "serve-decision", key="C1")
    assert bound(case, "2026-07-16")[1] == ("suspension", "stayed", None, None)
    assert bound(case, "2026-07-17")[1] == ("suspension", "in force", "2026-07-17", "2026-08-17")


def test_what_was_ended_before_it_bound_tells_how_long_it_was_stayed() -> None:
    case = served(imposed(village.found(), "2026-04-24"))
    case.step("2026-05-11", "lodge-appeal", key="R", office="respondent")
    case.step("2026-06-01", "decide-appeal", "sent-back")
    (aside,) = restrictions(case.at("2026-06-30"))
    assert (aside.imposed_on, aside.since, aside.ended_on) == (day("2026-04-24"), None, day("2026-06-01"))
    case = served(imposed(village.found(), "2026-04-24"))
    case.note("2026-05-10", SanctionEnded(sanction=len(case.facts) - 2, step="decide-appeal"))
    (lifted,) = restrictions(case.at("2026-06-10"))
    assert (lifted.imposed_on, lifted.since, lifted.ended_on) == (day("2026-04-24"), None, day("2026-05-10"))


def test_what_began_at_once_and_was_set_aside_bound_in_between() -> None:
    case = served(imposed(village.found(), "2026-04-24", "expulsion", None, None))
    case.step("2026-05-11", "lodge-appeal", key="R", office="respondent")
    case.step("2026-06-01", "decide-appeal", "sent-back")
    assert bound(case, "2026-06-01") == [("expulsion", "set aside", "2026-04-24", "2026-06-01")]


def test_time_under_an_interim_suspension_is_credited() -> None:
    """L15. From Mon 6 April to Fri 24 April, 18 days; the three months end 18 days sooner."""
    case = village.fixed().step("2026-04-06", "suspend").step("2026-04-22", "find", "proved", key="A1")
    case = served(imposed(case, "2026-04-24"))
    assert bound(case, "2026-05-20") == [
        ("interim-suspension", "over", "2026-04-06", "2026-04-24"),
        ("suspension", "in force", "2026-05-20", "2026-08-02"),
    ]


def test_longer_bound_already_than_it_would_last_it_is_over_as_it_begins() -> None:
    case = village.fixed().step("2026-04-06", "suspend").step("2026-04-22", "find", "proved", key="A1")
    case = served(imposed(case, "2026-04-24", amount=10, unit="days"))
    assert bound(case, "2026-05-20")[1] == ("suspension", "over", "2026-05-20", "2026-05-20")


SMALL = """
[one.decide]
by = "panel"
is = "sanction"
outcomes = {{ imposed = "goes to two" }}
[two.serve]
by = "officer"
per = "party"
{appeal}
[sanction]
ban = {{ from = "1 day", to = "9 years"{begins} }}
"""
APPEAL = """
[two.appeal]
by = ["respondent", "complainant"]
per = "party"
is = "appeal"
within = "9 days after serve"
"""


@pytest.mark.parametrize(
    ("begins", "since"),
    [
        ("", "2026-03-03"),
        (', begins = "when it is served"', "2026-03-05"),
        (', begins = "5 days after it is served"', "2026-03-10"),
        (', begins = "when the time to appeal has run out"', "2026-03-15"),
        (', begins = "5 days after the time to appeal has run out"', "2026-03-20"),
    ],
)
def test_it_begins_when_the_rulebook_says(begins: str, since: str) -> None:
    case = small_case(SMALL.format(appeal=APPEAL, begins=begins)).step("2026-03-03", "decide", "imposed")
    body = SanctionImposed(sanction="ban", step="decide", amount=10, unit="days")
    case.note("2026-03-03", body, office="panel")
    case.step("2026-03-04", "serve", key="C1").step("2026-03-05", "serve", key="R", channel=Channel.HAND)
    (found,) = restrictions(case.at("2026-03-30"))
    assert (found.since, found.before) == (day(since), day(since).replace(day=day(since).day + 10))


def test_a_day_to_come_on_which_it_begins_is_known_and_it_is_stayed_until_then() -> None:
    book = SMALL.format(appeal=APPEAL, begins=', begins = "5 days after it is served"')
    case = small_case(book).step("2026-03-03", "decide", "imposed")
    body = SanctionImposed(sanction="ban", step="decide", amount=10, unit="days")
    case.note("2026-03-03", body, office="panel").step("2026-03-05", "serve", key="R")
    assert bound(case, "2026-03-09") == [("ban", "stayed", "2026-03-10", "2026-03-20")]
    assert bound(case, "2026-03-10") == [("ban", "in force", "2026-03-10", "2026-03-20")]


def test_where_there_is_no_appeal_none_is_waited_for() -> None:
    book = SMALL.format(appeal="", begins=', begins = "when the time to appeal has run out"')
    case = small_case(book).step("2026-03-03", "decide", "imposed")
    body = SanctionImposed(sanction="ban", step="decide", amount=10, unit="days")
    case.note("2026-03-03", body, office="panel")
    assert bound(case, "2026-03-03") == [("ban", "in force", "2026-03-03", "2026-03-13")]


def test_a_sanction_of_a_later_day_is_none_yet() -> None:
    case = imposed(village.found(), "2026-04-24", "expulsion", None, None)
    assert bound(case, "2026-04-23") == []
