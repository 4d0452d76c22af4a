"""The page of an order for old cases: counts first, then the order; no case named, and parties read why."""

import re
from datetime import date

import pytest
from django.test import Client
from tests.services.test_casework import SEVEN, accepted
from tests.services.test_ordering import fresh, just_accepted
from tests.web.desk.officer import Desk, Page

from duly.procedure.acts import TakeStep
from duly.record.facts import Channel, DecisionDaySet
from duly_server.services import casework, ordering, setup, work
from duly_server.services.explain import explain
from duly_server.store.models import CaseRow, DutyRow
from duly_server.web.door import clock
from duly_server.web.routes import Rule, rule_of

URL = "/desk/whole/fast-track"
BEFORE = date(2026, 8, 31)
TODAY = "2026-09-01"  # 26 weeks after the case was received are over
REFERENCE = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b")
ASKED = {
    **{"amount": "26", "unit": "weeks", "shorter": "on"},
    "reasons": "They have waited for half a year.",
}
BY_DAY = {**ASKED, "shorter": "", "decide_by": "2026-11-20"}


def counted(desk: Desk, **asked: str) -> Page:
    return desk.as_("president", TODAY).post(URL, {**ASKED, **asked}, 200)


def ordered(desk: Desk, asked: dict[str, str] = ASKED) -> None:
    president = desk.as_("president", TODAY)
    page = president.post(URL, asked, 200)
    president.post(URL, {**page.form(), **asked, "order": "1"})
    today, at = clock().read()
    work.work(today=today, at=at)


def test_it_counts_before_it_is_given_and_names_none(desk: Desk) -> None:
    reference = accepted(desk.office)
    desk.office.complaint("2026-03-02")
    desk.office.complaint("2026-08-20")
    page = counted(desk)
    assert "2 cases of 3 would go on the fast track: open longer than 26 weeks today." in page.words
    assert ordering.given() == ()
    main = page.html.partition("<main")[2]
    assert reference not in main
    assert REFERENCE.findall(main) == []


def test_given_it_stands_on_the_page_with_who_and_why_and_each_case_says_it(desk: Desk) -> None:
    reference = accepted(desk.office)
    ordered(desk)
    whole = desk.as_("president", TODAY).get("/desk/whole").words
    assert "Tue 1 Sep 2026: every case open longer than 26 weeks, by" in whole
    assert ASKED["reasons"] in whole
    case = desk.as_("complaints-officer", TODAY).get(f"/desk/cases/{reference}").words
    assert "Fast track since Tue 1 Sep 2026" in case
    assert "Put on the fast track, by an order for every case open longer than 26 weeks" in case


def test_a_complainant_reads_on_the_page_of_their_code_why_a_day_is_sooner(desk: Desk) -> None:
    receipt = desk.office.complaint("2026-03-02")
    officer = desk.office.acting("complaints-officer", "2026-03-04")
    casework.take(officer, receipt.case, TakeStep(step="acknowledge", key=receipt.complaint))
    ordered(desk)
    assert CaseRow.objects.get(reference=receipt.case).closed_on is None
    page = Client().post("/status", {"code": receipt.code}).content.decode()
    assert "like every case open longer than 26 weeks: otherwise the rule would give" in page


def test_another_length_than_was_counted_is_counted_and_not_given(desk: Desk) -> None:
    accepted(desk.office)
    page = counted(desk)
    president = desk.as_("president", TODAY)
    again = president.post(URL, {**page.form(), **ASKED, "amount": "1", "order": "1"}, 200)
    assert "open longer than 1 week today" in again.words
    assert ordering.given() == ()


def test_a_refusal_says_why_and_keeps_what_was_written(desk: Desk) -> None:
    page = counted(desk)
    assert "0 cases of 0 would go on the fast track" in page.words
    refused = desk.as_("president", TODAY).post(URL, {**page.form(), **ASKED, "order": "1"}, 422)
    assert "No order was given" in refused.words
    assert "No case that is not on the fast track has been open longer than 26 weeks." in refused.words
    assert ASKED["reasons"] in refused.html


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"amount": "0"}, "Write a whole number from 1."),
        ({"amount": "1001"}, "Write a whole number up to 1000."),
        ({"amount": "many"}, "Write a whole number."),
        ({"reasons": " "}, "Write why: the parties will read it."),
        ({"unit": "hours"}, "Select a valid choice."),
        ({"shorter": ""}, "Order the shorter times, a day to decide by, or both."),
        ({"decide_by": "soon"}, "Give the day as 2026-04-23."),
    ],
)
def test_a_mistake_is_told_at_its_field(desk: Desk, typed: dict[str, str], says: str) -> None:
    assert says in desk.as_("president", TODAY).post(URL, {**ASKED, **typed}, 422).mistakes()


def test_only_who_answers_for_the_timetable_comes_there_and_not_if_they_serve_cases(desk: Desk) -> None:
    for office in ("complaints-officer", "overseer", "panel-chair"):
        desk.as_(office, TODAY).get(URL, 404)
    assert rule_of("desk-whole-order") is Rule.ANSWERS  # known once a page was asked for
    today, at = clock().read()
    setup.appoint("president-1", "investigator", name="", since=today, at=at, on=today)
    page = desk.as_("president", TODAY).get(URL)
    assert "You serve cases yourself today." in page.words
    assert 'name="reasons"' not in page.html
    assert desk.as_("president", TODAY).post(
        URL, {**ASKED, "counted": "26 weeks, shorter, ", "order": "1"}, 200
    )
    assert ordering.given() == ()


def test_a_party_s_time_is_left_as_it_was(desk: Desk) -> None:
    reference = accepted(desk.office)
    before = dict(DutyRow.objects.filter(case=reference, is_party=True).values_list("step", "due_on"))
    ordered(desk)
    after = dict(DutyRow.objects.filter(case=reference, is_party=True).values_list("step", "due_on"))
    assert {step: after.get(step) for step in before} == before


# --- a day to decide by ------------------------------------------------------------------------------------


def test_a_day_is_counted_with_how_many_dates_it_moves_and_the_first_that_is_possible(desk: Desk) -> None:
    reference = fresh(desk.office, BEFORE)
    desk.office.complaint("2026-03-02")
    page = desk.as_("president", TODAY).post(URL, BY_DAY, 200)
    assert "2 cases not decided yet would have to be decided by Fri 20 Nov 2026." in page.words
    assert "In 1 of them a time that runs now would end sooner" in page.words
    assert "all of them could be decided by" in page.words
    main = page.html.partition("<main")[2]
    assert reference not in main
    assert REFERENCE.findall(main) == []
    assert ordering.given() == ()


def test_another_day_than_was_counted_is_counted_and_not_given(desk: Desk) -> None:
    fresh(desk.office, BEFORE)
    president = desk.as_("president", TODAY)
    page = president.post(URL, BY_DAY, 200)
    again = president.post(URL, {**page.form(), **BY_DAY, "decide_by": "2026-11-23", "order": "1"}, 200)
    assert "have to be decided by Mon 23 Nov 2026" in again.words
    assert ordering.given() == ()


def test_the_case_says_by_which_day_and_why_each_date_is_sooner(desk: Desk) -> None:
    reference = fresh(desk.office, BEFORE)
    ordered(desk, BY_DAY)
    whole = desk.as_("president", TODAY).get("/desk/whole").words
    assert "every case open longer than 26 weeks to be decided by Fri 20 Nov 2026, by" in whole
    officer = desk.as_("complaints-officer", TODAY)
    page = officer.get(f"/desk/cases/{reference}")
    assert "To be decided by Fri 20 Nov 2026, by the order of Tue 1 Sep 2026" in page.words
    assert "by an order for every case open longer than 26 weeks" in page.words
    assert "Fri 20 Nov originally Mon 23 Nov" in page.words
    assert "Report: Mon 23 Nov → moves to Fri 20 Nov" in page.words
    case = casework.read_record(f"case/{reference}")
    marking = case.on(date.fromisoformat(TODAY))
    clock = next(each for each in marking.clocks if each.step == "report")
    told = explain(marking, clock)
    (says,) = [each for each in told.sentences if each.says.startswith("By the order of")]
    assert says.says == (
        "By the order of Tue 1 Sep 2026 every case open longer than 26 weeks is to be decided by Fri 20 Nov "
        "2026; the reasons stand with it. Without it the last day would be Mon 23 Nov 2026. The last day is "
        "Fri 20 Nov 2026."
    )
    assert told.working is not None
    assert told.working.due == clock.due == date(2026, 11, 20)
    fact = next(each for each in case.state.facts if isinstance(each.body, DecisionDaySet))
    assert fact.place in told.facts
    assert not any(each.says.startswith("At first it was") for each in told.sentences)


def test_a_case_that_was_not_decided_by_then_says_so_to_the_desk_and_to_the_complainant(desk: Desk) -> None:
    receipt = desk.office.complaint("2026-03-02")
    officer = desk.office.acting("complaints-officer", "2026-03-04")
    casework.take(officer, receipt.case, TakeStep(step="acknowledge", key=receipt.complaint))
    ordered(desk, BY_DAY)
    every = "every case that had been open longer than 26 weeks be decided by Friday 20 November 2026."
    page = Client().post("/status", {"code": receipt.code}).content.decode()
    assert f"On Tuesday 1 September 2026 it was ordered that {every}" in page
    assert "That shortens our times; yours, and those of the person concerned, stay as they are." in page
    desk.as_("complaints-officer", "2026-11-23")
    page = Client().post("/status", {"code": receipt.code}).content.decode()
    assert f"It was ordered that {every} This one was not, and we are sorry." in page
    case = desk.as_("complaints-officer", "2026-11-23").get(f"/desk/cases/{receipt.case}").words
    assert "To be decided by Fri 20 Nov 2026, by the order of Tue 1 Sep 2026, and was not" in case


def test_a_complainant_reads_the_day_and_its_reason_at_the_duty_it_moved(desk: Desk) -> None:
    receipt = just_accepted(desk.office, BEFORE)
    officer = desk.office.acting("complaints-officer", BEFORE.isoformat())
    notice = TakeStep(step="serve-notice", served_on=("R",), channel=Channel.HAND, stated=SEVEN)
    casework.take(officer, receipt.case, notice)
    ordered(desk, BY_DAY)
    desk.as_("complaints-officer", "2026-10-01")  # the time to answer is over
    page = Client().post("/status", {"code": receipt.code}).content.decode()
    assert "By Friday 20 November 2026" in page
    assert (
        "At first it was Monday 23 November 2026. It moved: it was ordered by which day such cases are"
        in page
    )
    assert (
        "On Tuesday 1 September 2026 it was ordered that this case, like every case open longer than 26 "
        "weeks, be decided by Friday 20 November 2026: otherwise the last day would be Monday 23 November"
    ) in page


def test_a_day_too_soon_is_refused_on_the_page_with_the_first_possible(desk: Desk) -> None:
    fresh(desk.office, BEFORE)
    president = desk.as_("president", TODAY)
    soon = {**BY_DAY, "decide_by": "2026-09-10"}
    page = president.post(URL, soon, 200)
    assert "1 case could not be decided by then." in page.words
    refused = president.post(URL, {**page.form(), **soon, "order": "1"}, 422)
    assert "By Thu 10 Sep 2026 the case it meets cannot be decided" in refused.words
    assert ordering.given() == ()
