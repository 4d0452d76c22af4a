"""The page of a case that an adoption met: under which edition it stands, what moved, and why."""

from datetime import date

from tests.services.adopted import edition, late_holiday
from tests.services.test_adopting import SHORTER, adopted
from tests.services.test_casework import accepted
from tests.web.desk.officer import Desk

from duly.procedure.acts import TakeStep
from duly.record.facts import Channel
from duly_server.services import casework

SEVEN = ("who", "what", "when", "where", "conduct", "possible sanctions", "evidence")
OFFICER = "complaints-officer"


def serve(desk: Desk, reference: str, on: str) -> None:
    act = TakeStep(step="serve-notice", served_on=("R",), stated=SEVEN, channel=Channel.HAND)
    casework.take(desk.office.acting(OFFICER, on), reference, act)


def test_a_late_holiday_stands_in_the_record_with_the_time_that_it_moved(desk: Desk) -> None:
    reference = accepted(desk.office)
    serve(desk, reference, "2026-03-24")
    adopted(desk.office, late_holiday("2026-03-27"), "2026-03-24")

    words = desk.as_(OFFICER, "2026-03-25").get(f"/desk/cases/{reference}").words

    newest_first = words.partition("facts and clocks in one line, newest first")[2]
    assert newest_first.index("The calendar GB-ENG") < newest_first.index("Serve notice")
    assert "The calendar GB-ENG, edition late, was adopted" in words
    assert "adopted by the organisation" in words
    assert "The calendar GB-ENG, edition late, was adopted" in newest_first


def test_why_of_a_time_that_moved_says_what_was_adopted_and_which_day_is_closed(desk: Desk) -> None:
    reference = accepted(desk.office)
    adopted(desk.office, late_holiday("2026-03-27"), "2026-03-24")

    words = desk.as_(OFFICER, "2026-03-25").get(f"/desk/cases/{reference}?why=limit-serve-notice").words
    words = words.replace(" :", ":").replace("( ", "(").replace(" )", ")")  # days are bold there

    assert (
        "The calendar GB-ENG, edition late, was adopted on Tue 24 Mar 2026: the last day moved from "
        "Tue 7 Apr 2026 to Wed 8 Apr 2026 (Fri 27 Mar 2026 is closed: Day of mourning)."
    ) in words
    assert "an answer or a day recorded since" not in words


def test_each_step_says_its_edition_once_the_case_has_moved(desk: Desk) -> None:
    reference = accepted(desk.office)
    officer = desk.as_(OFFICER, "2026-03-25")
    before = officer.get(f"/desk/cases/{reference}").words
    adopted(desk.office, edition("2027", "2026-03-31", SHORTER, mode="move at once"), "2026-03-25")
    coming = officer.get(f"/desk/cases/{reference}").words
    serve(desk, reference, "2026-04-01")

    words = desk.as_(OFFICER, "2026-04-01").get(f"/desk/cases/{reference}").words

    assert "Rulebook 2026, pinned" in before
    assert "under edition" not in before
    assert "On Tue 31 Mar 2026 edition 2027 comes into force: under edition 2026 now, 2027 then." in coming
    assert (
        "“serve notice”: Tue 7 Apr 2026 -> Wed 1 Apr 2026 (the new edition gives within 8 working" in coming
    )
    assert "comes into force" not in before
    assert "Rulebook 2027 since Tue 31 Mar 2026, opened under 2026" in words
    assert "The case goes on under edition 2027 of the rulebook" in words
    assert words.count("under edition 2026") >= 3
    assert words.count("under edition 2027") == 2


def test_a_case_that_finishes_its_stage_says_what_it_waits_for(desk: Desk) -> None:
    reference = accepted(desk.office)
    adopted(desk.office, edition("2027", "2026-03-31", SHORTER), "2026-03-25")

    words = desk.as_(OFFICER, "2026-04-01").get(f"/desk/cases/{reference}").words

    assert "Rulebook 2026, pinned; 2027 once this stage is over" in words
    assert "under edition 2026 until “Inquiry” is over, then under 2027." in words


def test_a_case_that_could_not_be_moved_says_why(desk: Desk) -> None:
    reference = accepted(desk.office)
    renamed = [
        ("[intake.acknowledge]", "[intake.say-received]"),
        ('after   = ["acknowledge"]', 'after   = ["say-received"]'),
    ]
    adopted(desk.office, edition("2027", "2026-03-31", *renamed, mode="move at once"), "2026-03-25")

    words = desk.as_(OFFICER, "2026-04-01").get(f"/desk/cases/{reference}").words

    assert "stays under edition 2026, since it can’t be moved" in words
    assert "the new edition has no such step" in words
    assert casework.read_record(f"case/{reference}").on(date(2026, 4, 1)).book.edition == "2026"


def test_a_case_that_opens_after_the_preview_says_what_will_move_in_it(desk: Desk) -> None:
    shorter = ('"5 working days after receive"', '"4 working days after receive"')
    adopted(desk.office, edition("2027", "2026-03-31", shorter, mode="move at once"), "2026-03-25")
    reference = desk.office.complaint("2026-03-27").case

    words = desk.as_(OFFICER, "2026-03-27").get(f"/desk/cases/{reference}").words

    assert "On Tue 31 Mar 2026 edition 2027 comes into force: under edition 2026 now, 2027 then." in words
    assert "-> Thu 2 Apr 2026 (the new edition gives within 4 working days after receive)." in words
