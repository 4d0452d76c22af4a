"""A step that is closed: refused in words when it is sent, and its form says so before anything is typed."""

import pytest
from tests.services.test_casework import accepted
from tests.web.desk.officer import Desk
from tests.web.desk.test_steps import NOTICE, sent, served

from duly.procedure.acts import TakeStep
from duly_server.services import casework


def test_a_step_in_a_closed_case_is_refused(desk: Desk) -> None:
    reference = accepted(desk.office)
    casework.take(desk.office.acting("complaints-officer", "2026-03-23"), reference, TakeStep(step="leave"))
    officer = desk.as_("complaints-officer", "2026-03-26")
    typed = sent(reference, "2026-03-26", **NOTICE)
    page = officer.post(f"/desk/cases/{reference}/steps/serve-notice", typed, 422)
    assert "The case was closed on Mon 23 Mar 2026 as “left before notice”, by “Leave”." in page.refusal()


def test_a_step_in_a_closed_case_is_refused_with_the_clause_it_was_closed_under(example_desk: Desk) -> None:
    receipt = example_desk.office.complaint("2026-03-02")
    registrar = example_desk.office.acting("registrar", "2026-03-03")
    casework.take(registrar, receipt.case, TakeStep(step="leave"))
    officer = example_desk.as_("case-officer", "2026-03-04")
    typed = sent(receipt.case, "2026-03-04", reasons="Too late.")
    page = officer.post(f"/desk/cases/{receipt.case}/steps/serve-notice", typed, 422)
    refusal = page.refusal()
    assert "The case was closed on Tue 3 Mar 2026 as “left before notice”, by “Leave”. r 12.4" in refusal
    assert "r 5.1" not in refusal
    assert page.form()["reasons"] == "Too late."


DATED_BACK = "can still be written down as of that day"


def test_a_form_of_a_closed_step_says_so_before_anything_is_typed(desk: Desk) -> None:
    reference = served(desk)
    page = desk.as_("investigator", "2026-03-26").get(f"/desk/cases/{reference}/steps/report")
    assert "Closed today The time for “answer” runs until Thu 16 Apr 2026." in page.words
    assert DATED_BACK in page.words
    assert '<button class="button button-primary">Record</button>' in page.html


def test_a_step_of_a_stage_that_is_over_is_closed_today_and_can_be_written_down_as_of_then(
    desk: Desk,
) -> None:
    page = desk.as_("complaints-officer", "2026-03-26").get(f"/desk/cases/{served(desk)}/steps/acknowledge")
    assert "Closed today “Acknowledge” belongs to intake, which ended on Fri 20 Mar 2026;" in page.words
    assert DATED_BACK in page.words
    assert page.form()["on"] == "2026-03-26"


def closed(desk: Desk) -> str:
    """A case that was closed on Mon 23 March."""
    reference = accepted(desk.office)
    casework.take(desk.office.acting("complaints-officer", "2026-03-23"), reference, TakeStep(step="leave"))
    return reference


@pytest.mark.parametrize("step", ["acknowledge", "serve-notice", "find"])
def test_a_step_in_a_closed_case_has_nothing_to_send_and_says_why(desk: Desk, step: str) -> None:
    page = desk.as_("complaints-officer", "2026-03-26").get(f"/desk/cases/{closed(desk)}/steps/{step}")
    assert "Closed today The case was closed on Mon 23 Mar 2026 as “left before notice”, by" in page.words
    assert DATED_BACK not in page.words
    assert page.form() == {}
    assert "button-primary" not in page.html


def test_what_outlives_a_case_can_be_sent(desk: Desk) -> None:
    page = desk.as_("overseer", "2026-03-26").get(f"/desk/cases/{closed(desk)}/steps/reopen")
    assert "Closed today" not in page.words
    assert "button-primary" in page.html


def test_nor_has_a_step_that_is_over_for_another_office(desk: Desk) -> None:
    page = desk.as_("investigator", "2026-03-26").get(f"/desk/cases/{served(desk)}/steps/acknowledge")
    closed_today = page.words.partition("Closed today")[2]
    assert "which ended on Fri 20 Mar 2026" in closed_today
    assert "belongs to the complaints officer, not to the investigator." in closed_today
    assert DATED_BACK not in page.words
    assert "button-primary" not in page.html


def test_a_step_of_a_stage_to_come_is_not_said_to_have_been_open(desk: Desk) -> None:
    page = desk.as_("panel", "2026-03-26").get(f"/desk/cases/{served(desk)}/steps/find")
    assert "Closed today “Find” belongs to hearing; the case is in inquiry." in page.words
    assert DATED_BACK not in page.words


def test_whoever_typed_while_the_case_was_closed_keeps_the_text_and_is_told_why_it_is_no_use(
    desk: Desk,
) -> None:
    reference = accepted(desk.office)
    officer = desk.as_("complaints-officer", "2026-03-23")
    url = f"/desk/cases/{reference}/steps/serve-notice"
    typed = {**officer.get(url).form(), **NOTICE, "reasons": "Sent by e-mail."}
    casework.take(desk.office.acting("complaints-officer", "2026-03-23"), reference, TakeStep(step="leave"))
    page = officer.post(url, typed, 409)
    assert "The case was closed on Mon 23 Mar 2026" in page.refusal()
    assert "send yours again" not in page.refusal()
    assert page.form()["reasons"] == "Sent by e-mail."
    assert "button-primary" not in page.html
