"""The page of an order for old cases: counts first, then the order; no case named, and parties read why."""

import re

import pytest
from django.test import Client
from tests.services.office import instant
from tests.services.test_casework import accepted
from tests.web.desk.officer import Desk, Page

from duly.procedure.acts import TakeStep
from duly_server.services import casework, ordering, setup, work
from duly_server.store.models import CaseRow, DutyRow
from duly_server.web.door import clock
from duly_server.web.routes import Rule, rule_of

URL = "/desk/whole/fast-track"
TODAY = "2026-09-01"  # 26 weeks after the case was received are over
REFERENCE = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b")
ASKED = {"amount": "26", "unit": "weeks", "reasons": "They have waited for half a year."}


def counted(desk: Desk, **asked: str) -> Page:
    return desk.as_("president", TODAY).post(URL, {**ASKED, **asked}, 200)


def ordered(desk: Desk) -> None:
    president = desk.as_("president", TODAY)
    page = president.post(URL, ASKED, 200)
    president.post(URL, {**page.form(), **ASKED, "order": "1"})
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
    ],
)
def test_a_mistake_is_told_at_its_field(desk: Desk, typed: dict[str, str], says: str) -> None:
    assert says in desk.as_("president", TODAY).post(URL, {**ASKED, **typed}, 422).mistakes()


def test_only_who_answers_for_the_timetable_comes_there_and_not_if_they_serve_cases(desk: Desk) -> None:
    assert rule_of("desk-whole-order") is Rule.ANSWERS
    for office in ("complaints-officer", "overseer", "panel-chair"):
        desk.as_(office, TODAY).get(URL, 404)
    today = clock().read()[0]
    setup.appoint("president-1", "investigator", name="", since=today, at=instant(today), on=today)
    page = desk.as_("president", TODAY).get(URL)
    assert "You serve cases yourself today." in page.words
    assert 'name="reasons"' not in page.html
    assert desk.as_("president", TODAY).post(URL, {**ASKED, "counted": "26 weeks", "order": "1"}, 200)
    assert ordering.given() == ()


def test_a_party_s_time_is_left_as_it_was(desk: Desk) -> None:
    reference = accepted(desk.office)
    before = dict(DutyRow.objects.filter(case=reference, is_party=True).values_list("step", "due_on"))
    ordered(desk)
    after = dict(DutyRow.objects.filter(case=reference, is_party=True).values_list("step", "due_on"))
    assert {step: after.get(step) for step in before} == before
