"""Today: what is late, what falls due, who is waited for, and what is new; empty parts say so in one line."""

from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.services.office import instant
from tests.services.test_casework import SEVEN, accepted
from tests.web.desk.docket_filled import copies
from tests.web.desk.officer import Desk

from duly.procedure.acts import Pause, TakeStep
from duly.record.facts import Channel
from duly.rulebook.steps import Is, Step
from duly_server.services import casework, keeping, work
from duly_server.services.today import ClosedDays
from duly_server.store.models import KeptRow, MeasureRow
from duly_server.web.desk.docket_rows import near_day
from duly_server.web.desk.today import closed_in_words
from duly_server.web.shared.days import month_day

TODAY = "2026-04-09"


def part(words: str, name: str, until: str) -> str:
    _, found, after = words.partition(name)
    assert found, words
    return after.partition(until)[0]


def test_an_empty_desk_says_so_part_by_part(desk: Desk) -> None:
    words = desk.as_("complaints-officer").get("/desk/").words
    for line in (
        "0 open cases.",
        "Nothing is late.",
        "No interim measure is in force.",
        "Nothing is due in the next five working days.",
        "Nothing is asked of a party.",
        "Nothing is paused.",
        "Nothing is new.",
    ):
        assert line in words


def test_what_is_late_is_told_with_both_dates_its_clause_and_whose_duty_it_is(desk: Desk) -> None:
    reference = accepted(desk.office)
    page = desk.as_("investigator", TODAY).get("/desk/")
    late = part(page.words, "1 duty, longest first.", "Reviews of interim")
    assert f"{reference} Serve notice" in late
    assert "Holder of complaints-officer-1 Tue 7 Apr Tue 7 Apr 2 working days late date never moved" in late
    assert "1 duty late longest 2 working days" in page.words
    assert "/desk/docket?view=late" in page.links()


def test_the_share_of_limits_kept_is_told_with_its_two_numbers_since_the_month_began(desk: Desk) -> None:
    assert "– kept since 1 March no time limit has ended yet" in desk.as_("investigator").get("/desk/").words
    reference = accepted(desk.office)
    march = desk.as_("investigator", "2026-03-26").get("/desk/").words
    assert "100% kept since 1 March 2 of 2 time limits" in march
    day = date.fromisoformat(TODAY)
    work.work(today=day, at=instant(day))
    april = desk.as_("investigator", TODAY).get("/desk/").words
    assert "0% kept since 1 April 0 of 1 time limit" in april
    assert keeping.rebuild(on=day).changed == 0
    KeptRow.objects.filter(case_id=reference).delete()
    assert keeping.rebuild(on=day).changed == 2
    assert "0% kept since 1 April 0 of 1 time limit" in desk.as_("investigator").get("/desk/").words


def test_nobody_is_told_of_limits_in_cases_hidden_from_them(desk: Desk) -> None:
    accepted(desk.office)
    page = desk.as_("president", "2026-03-26").get("/desk/").words
    assert "of 2 time limits" not in page


def test_a_complaint_is_owed_from_its_receipt_on_and_marked_as_one(desk: Desk) -> None:
    receipt = desk.office.complaint("2026-03-02")
    words = desk.as_("complaints-officer", "2026-03-03").get("/desk/").words
    soon = part(words, "Due in the next five working days", "New at the desk")
    assert f"Mon 9 Mar {receipt.case} Acknowledge" in soon
    assert "complaint at the sift" in soon
    assert f"Mon 2 Mar {receipt.case} Complaint received · at the sift" in words


def test_a_party_is_waited_for_and_never_late(desk: Desk) -> None:
    reference = accepted(desk.office)
    officer = desk.office.acting("complaints-officer", "2026-03-26")
    notice = TakeStep(step="serve-notice", served_on=("R",), channel=Channel.E_MAIL, stated=SEVEN)
    casework.take(officer, reference, notice)
    words = desk.as_("complaints-officer", TODAY).get("/desk/").words
    waiting = part(words, "Our own clocks keep running.", "Paused")
    assert f"{reference} Answer asked of: Respondent Thu 16 Apr" in waiting
    after = desk.as_("complaints-officer", "2026-04-20").get("/desk/").words
    assert f"{reference} Answer asked of: Respondent Thu 16 Apr ran out" in after
    assert "Answer" not in part(after, "longest first.", "Reviews of interim")


def test_what_ran_out_is_new_until_somebody_goes_on_with_it(desk: Desk) -> None:
    reference = accepted(desk.office)
    day = date(2026, 4, 9)
    work.work(today=day, at=instant(day))
    officer = desk.as_("complaints-officer", TODAY)
    news = "Serve notice: the time ran out owed by the complaints officer"
    assert f"Wed 8 Apr {reference} {news}" in officer.get("/desk/").words
    assert news in officer.get("/desk/news").words
    acting = desk.office.acting("complaints-officer", TODAY)
    notice = TakeStep(step="serve-notice", served_on=("R",), channel=Channel.E_MAIL, stated=SEVEN)
    casework.take(acting, reference, notice)
    assert news not in officer.get("/desk/").words


def test_a_pause_is_told_with_its_ground_its_day_and_its_days_of_at_most(desk: Desk) -> None:
    reference = accepted(desk.office)
    chair = desk.office.acting("panel-chair", "2026-03-26")
    casework.take(chair, reference, Pause(pause="police", parts={"reasons": {"v": 1, "text": "An inquiry."}}))
    words = desk.as_("complaints-officer", TODAY).get("/desk/").words
    paused = part(words, "Paused time is counted and published.", "The end")
    assert f"{reference} Police" in paused
    assert "Thu 26 Mar" in paused
    assert "15 days of 26 weeks" in paused
    assert "Nothing is late." in words


def suspended(desk: Desk) -> tuple[str, Step]:
    """A case with an interim suspension since 26 March, and the step that began it."""
    reference = accepted(desk.office)
    suspend = next(s for s in desk.office.book.steps.values() if s.is_ is Is.INTERIM_MEASURE)
    notice = TakeStep(step="serve-notice", served_on=("R",), channel=Channel.E_MAIL, stated=SEVEN)
    casework.take(desk.office.acting("complaints-officer", "2026-03-26"), reference, notice)
    casework.take(
        desk.office.acting(suspend.by[0], "2026-03-26"),
        reference,
        TakeStep(
            step=suspend.name,
            stated=suspend.must_state,
            parts={"reasons": {"v": 1, "text": "Witnesses are pressed."}},
        ),
    )
    return reference, suspend


def test_an_interim_measure_is_no_finding_and_its_review_can_be_recorded(desk: Desk) -> None:
    reference, suspend = suspended(desk)
    assert MeasureRow.objects.count() == 1
    page = desk.as_(suspend.by[0], TODAY).get("/desk/")
    assert "no finding has been made" in page.words
    assert "Interim suspension ends, and the overseer is told" in page.words
    assert f"/desk/cases/{reference}/steps/review-suspension" in page.links()


def test_each_part_is_capped_and_leads_to_all_of_it(desk: Desk) -> None:
    reference = accepted(desk.office)
    copies(reference, 20, first_due=date(2026, 2, 2))
    page = desk.as_("complaints-officer", TODAY).get("/desk/")
    late = part(page.words, "21 duties, longest first.", "Reviews of interim")
    assert late.count("TEST-C") == 10
    assert "11 more" in late


def test_the_number_of_queries_does_not_hang_on_the_rows(desk: Desk) -> None:
    reference = accepted(desk.office)
    officer = desk.as_("complaints-officer", TODAY)
    counted = []
    for turn in range(2):
        if turn:
            copies(reference, 60, first_due=date(2026, 3, 1))
        officer.get("/desk/")
        with CaptureQueriesContext(connection) as queries:
            officer.get("/desk/")
        counted.append(len(queries))
    assert counted[0] == counted[1]
    assert counted[1] <= 20


def test_closed_days_are_said_in_words() -> None:
    saturday, sunday, monday = date(2026, 4, 25), date(2026, 4, 26), date(2026, 5, 4)
    assert closed_in_words(ClosedDays((saturday, sunday), (monday, "Early May bank holiday"))) == (
        "Next closed days: Sat 25 Apr and Sun 26 Apr, then Early May bank holiday on Mon 4 May."
    )
    assert closed_in_words(ClosedDays((monday,), (monday, "Holiday"))) == "Next closed day: Mon 4 May."
    assert closed_in_words(ClosedDays((), None)) == ""


def test_a_day_far_off_is_told_with_its_year() -> None:
    today = date(2026, 4, 23)
    assert near_day(date(2026, 4, 15), today) == "Wed 15 Apr"
    assert near_day(date(2025, 3, 10), today) == "Mon 10 Mar 2025"
    assert near_day(date(2026, 4, 15), today, near=month_day) == "15 Apr"
    assert near_day(None, today) == ""
