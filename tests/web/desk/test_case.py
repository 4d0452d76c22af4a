"""The page of a case: what it is, where it stands, what may happen next; one page, read at once."""

from datetime import date

import pytest
from django.db import connection
from tests.services.office import SmallOffice
from tests.services.test_casework import SEVEN, accepted
from tests.web.desk.long_case import with_facts
from tests.web.desk.officer import Desk, Officer, Page, set_day
from tests.web.desk.pictured import TODAY, pictured

from duly.procedure.acts import AddParty, TakeStep
from duly.record.facts import Channel, Naming, PartyRole
from duly_server.services import case_page, casework, sift, work
from duly_server.services.sift import Accused, Charge


@pytest.fixture
def case(example_desk: Desk) -> Page:
    """The page of the pictured case, as its case officer reads it on Thursday 23 April 2026."""
    reference = pictured(example_desk.office)
    return example_desk.as_("case-officer", TODAY).get(f"/desk/cases/{reference}")


def test_the_head_tells_what_the_case_is_and_pins_its_rulebook(case: Page) -> None:
    for said in (
        "Harassment",
        "Stage Inquiry and Disclosure",
        "Opened Fri 20 Mar 2026",
        "Received Mon 2 Mar 2026",
        "One respondent, one complaint, two allegations",
        "Owner Holder of case-officer-1",
        "Rulebook 2026, pinned",
    ):
        assert said in case.words


def test_a_suspension_never_stands_without_saying_that_nothing_was_found(case: Page) -> None:
    assert "Interim suspension in force: no finding has been made" in case.words
    assert "interim: no finding has been made" in case.words


def test_what_is_owed_next_is_one_line_with_whose_duty_and_how_late(case: Page) -> None:
    line = "Owed next: Disclose. Your duty. It was due Tue 21 Apr 2026; it is 2 working days late."
    assert line in case.words


def test_the_title_says_nothing_of_the_case_but_its_reference(case: Page) -> None:
    assert case.title.startswith("Case ")
    assert case.title.endswith(" · Duly")
    assert len(case.title) == len("Case K7QH-3M2C · Duly")


def test_every_clock_stands_with_its_present_and_its_first_date(case: Page) -> None:
    assert "Answer respondent · r 6.2 4 working days left Wed 29 Apr originally Mon 20 Apr" in case.words
    assert "Serve decision panel · r 9.1 35 working days left Mon 15 Jun originally Fri 12 Jun" in case.words
    assert "Sift sift officer · r 4.3 done Fri 20 Mar 2 working days late was due Wed 18 Mar" in case.words
    assert "Acknowledge intake · r 3.1 done Wed 4 Mar 3 working days early" in case.words
    assert "Report investigator · r 7.2 not started at latest Fri 29 May" in case.words


def test_a_party_that_did_not_use_its_time_is_not_drawn_late(case: Page) -> None:
    row = case.html.partition('id="limit-appeal-suspension"')[2].partition("</tr>")[0]
    assert "fell away" in row
    assert "clock-past" not in row


def test_the_record_is_one_line_of_facts_and_clocks_under_what_is_owed(case: Page) -> None:
    record = case.words.partition("facts and clocks in one line")[2]
    owed, facts = record.split("Today, Thu 23 Apr")
    assert owed.index("Serve decision: owed") < owed.index("Answer: owed")
    assert "or the interim suspension lapses after this day" in owed
    newest, oldest = facts.index("Review suspension: continued"), facts.index("Record opened")
    assert newest < facts.index("extended until Wed 29 Apr 2026") < oldest
    assert "Answer: Wed 22 Apr moves to Wed 29 Apr" in facts.replace("→ ", "")
    assert "stops: Sift, 2 working days late" in facts
    assert "starts: Serve notice, 5 working days, Fri 27 Mar" in facts


def test_what_time_alone_did_stands_in_the_record_though_nobody_wrote_it_down(case: Page) -> None:
    facts = case.words.partition("Today, Thu 23 Apr")[2]
    assert (
        "“Disclose” not done by Tue 21 Apr case officer · by the clock · r 7.4 the overseer is told" in facts
    )


def test_a_limit_that_the_clock_has_noted_stands_once_with_its_number(example_desk: Desk) -> None:
    reference = pictured(example_desk.office)
    officer = example_desk.as_("case-officer", TODAY)
    me = example_desk.office.acting("case-officer", TODAY)
    work.work(today=me.today, at=me.at)
    facts = officer.get(f"/desk/cases/{reference}").words.partition("Today, Thu 23 Apr")[2]
    assert facts.count("“Disclose” not done by") == 1
    assert "not done by Tue 21 Apr 2026 noted by the clock · r 7.4 the overseer is told" in facts


def test_every_step_is_there_open_or_closed_with_its_reason_and_clause(
    case: Page, example_desk: Desk
) -> None:
    steps = case.words.partition("What may happen next")[2].partition("Parties")[0]
    for step in example_desk.office.book.steps.values():
        said = step.name.replace("-", " ")
        assert said[:1].upper() + said[1:] in steps, step.name
    assert "Owed, 2 working days late. r 7.4" in steps
    assert (
        "The time for “answer” runs until Wed 29 Apr 2026. Opens Thu 30 Apr 2026, or earlier once it is done"
        " or waived in writing. r 7.2"
    ) in steps
    assert "belongs to the chair, not to the case officer. Ask the chair to take it. r 15.4" in steps
    assert "The time for “answer” was extended before; the rulebook allows one extension." in steps
    hearing = steps.partition("Steps of hearing")[2].partition("Steps of")[0]
    assert "The case is in inquiry and disclosure. They open when hearing begins." in hearing
    assert "Fix hearing: case officer. r 8.3" in hearing


def test_steps_of_a_stage_that_is_over_stand_folded_last_with_when_it_ended(case: Page) -> None:
    steps = case.words.partition("What may happen next")[2].partition("Parties")[0]
    before, _, over = steps.partition("3 steps of stages that are over")
    assert before.index("Open to you now") < before.index("Closed, and why")
    ended = "Receipt ended on Fri 20 Mar, with “Sift”. They open again if receipt begins again. r 4.3"
    assert f"Steps of receipt {ended}" in over
    assert "Acknowledge: intake; done Wed 4 Mar. r 3.1 Sift: sift officer; done Fri 20 Mar. r 4.3" in over
    assert "Acknowledge" not in before
    assert '<details class="over"><summary>3 steps of stages that are over</summary>' in case.html


def test_parties_stand_by_tag_and_role_with_their_names_sealed(case: Page) -> None:
    assert "C1 Complainant name sealed" in case.words
    assert "R Respondent name sealed" in case.words
    for sealed in (
        "Corin",
        "Ashby-Holt",
        "Ada Winter",
        "ada@example.org",
        "He went on writing",
        "Words at a",
    ):
        assert sealed not in case.html


def test_of_an_anonymous_reporter_no_name_is_held(desk: Desk) -> None:
    receipt = desk.office.complaint("2026-03-02", Naming.ANONYMOUS)
    page = desk.as_("complaints-officer", "2026-03-03").get(f"/desk/cases/{receipt.case}")
    assert "C1 Complainant anonymous: no name is held no name held" in page.words


def test_allegations_carry_their_definition_and_all_findings_the_same_weight(case: Page) -> None:
    assert "A1 Harassment Unwanted words or acts" in case.words
    assert "Code s 3(1)(b) Thu 12 Feb 2026 sealed" in case.words
    key = case.html.partition("all carry the same weight")[2].partition("</p>")[0]
    assert [key.count(f"#g-{shape}") for shape in ("full", "half", "not-started", "closed", "extended")] == [
        1
    ] * 5
    assert key.count("chip-plain") == 5


def test_a_complaint_is_called_one_until_the_sift_accepts_it(desk: Desk) -> None:
    receipt = desk.office.complaint("2026-03-02")
    page = desk.as_("complaints-officer", "2026-03-03").get(f"/desk/cases/{receipt.case}")
    assert page.title == f"Complaint {receipt.case} · Duly"
    assert f"Complaint at the sift {receipt.case}" in page.words
    assert f"/desk/sift/{receipt.case}" in page.links()
    assert f"Complaint {receipt.complaint} Mon 2 Mar 2026 named, by web" in page.words


def test_a_closed_case_owes_nothing_and_offers_only_what_outlives_it(desk: Desk) -> None:
    reference = accepted(desk.office)
    casework.take(desk.office.acting("complaints-officer", "2026-03-23"), reference, TakeStep(step="leave"))
    page = desk.as_("complaints-officer", "2026-06-01").get(f"/desk/cases/{reference}")
    assert "Closed Mon 23 Mar 2026 as “left before notice”" in page.words
    steps = page.words.partition("What may happen next")[2].partition("Parties")[0]
    lasting, _, over = steps.partition(" steps closed with the case")
    assert "Reopen" in lasting
    assert "Add a party" not in page.words
    # Every step of the edition is there.
    outlive = [step.name for step in desk.office.book.steps.values() if step.even_when_closed]
    assert lasting.endswith(str(len(desk.office.book.steps) - len(outlive)))
    assert "The case was closed on Mon 23 Mar 2026 as “left before notice”, by “Leave”." in over
    assert "Serve notice: complaints officer. " in over
    assert "Sift: complaints officer; done Fri 20 Mar. " in over
    for step in desk.office.book.steps.values():
        said = step.name.replace("-", " ")
        assert said[:1].upper() + said[1:] in (lasting if step.even_when_closed else over), step.name
    allegations = page.words.partition("Allegations")[2]
    assert "no more: the case is closed" in allegations


def test_a_second_complaint_that_joins_is_told_from_the_one_that_is_over(desk: Desk) -> None:
    """What is over for one and open for another stands in both lists, each with its own."""
    reference = accepted(desk.office)
    officer = desk.office.acting("complaints-officer", "2026-03-26")
    second = desk.office.complaint("2026-03-26").complaint
    joined = AddParty(role=PartyRole.COMPLAINANT, naming=Naming.ANONYMOUS, complaint=second)
    casework.take(officer, reference, joined)
    page = desk.as_("complaints-officer", "2026-03-26").get(f"/desk/cases/{reference}")
    steps = page.words.partition("What may happen next")[2].partition("Parties")[0]
    before, _, over = steps.partition("steps of stages that are over")
    assert f"Receive · {second}" in before
    assert f"Receive · {second}" not in over
    assert "Receive · " in over


def test_linked_cases_are_linked_to_whoever_may_see_them(desk: Desk) -> None:
    receipt = desk.office.complaint("2026-03-02")
    officer = desk.office.acting("complaints-officer", "2026-03-04")
    casework.take(officer, receipt.case, TakeStep(step="acknowledge", key=receipt.complaint))
    first, second = sift.settle(
        officer,
        receipt.case,
        outcome="accepted",
        reasons="Both are members.",
        accused=[
            Accused(name=name, charges=(Charge(conduct="bullying", narrative="Mockery."),))
            for name in ("Bo Lind", "Cy Marsh")
        ],
    )
    page = desk.as_("complaints-officer", "2026-03-05").get(f"/desk/cases/{second}")
    assert f"/desk/cases/{first}" in page.links()
    assert f"{first} another respondent's, on the same complaint; this case was split from it" in page.words


# --- why this date ---------------------------------------------------------------------------------------


def why(desk: Desk, anchor: str) -> Page:
    reference = pictured(desk.office)
    return desk.as_("case-officer", TODAY).get(f"/desk/cases/{reference}?why={anchor}")


def test_why_a_date_opens_under_its_row_without_script(example_desk: Desk) -> None:
    page = why(example_desk, "limit-answer")
    panel = Page(page.html.partition('id="why"')[2].partition("</section>")[0], 200).words
    for said in (
        "Why Wednesday 29 April 2026?",
        "20 working days counted = 15 by the rule + 5 added. 2 paused days not counted.",
        "“Serve notice” was done on Thu 26 Mar 2026. Day 1 is Fri 27 Mar 2026. r 6.2",
        "Skipped: 8 weekend days, Good Friday 3 April, Easter Monday 6 April.",
        "Day 15 was Mon 20 Apr 2026, the original date.",
        "Paused 8 and 9 April: portal. Day 15 moved to Wed 22 Apr 2026. r 4.6(d)",
        "Extended on Fri 17 Apr 2026 by the chair, on the ground “evidence still arriving”.",
        "If it is missed: the investigator is told; it stays owed, late. r 6.2",
        "Rulebook 2026 · calendar GB-ENG, edition",
        "Facts 11, 12, 13, 16",
    ):
        assert said in panel
    assert "26 from" in panel
    assert "8 paused" in panel
    assert "29 counted, due day 20" in panel


def test_only_the_row_that_was_asked_is_open_and_a_question_about_nothing_opens_none(
    example_desk: Desk,
) -> None:
    assert why(example_desk, "limit-answer").html.count('class="why"') == 1
    assert why(example_desk, "limit-nonsense").html.count('class="why"') == 0


def test_a_clock_that_ran_before_can_be_asked_about_too(desk: Desk) -> None:
    reference, day = with_facts(desk.office, 30)
    page = desk.as_("complaints-officer", day).get(f"/desk/cases/{reference}?why=limit-update")
    assert 'id="limit-update"' in page.html
    assert "“" in page.html.partition('id="why"')[2]


def test_the_same_dates_stand_as_a_table(example_desk: Desk) -> None:
    reference = pictured(example_desk.office)
    page = example_desk.as_("case-officer", TODAY).get(f"/desk/cases/{reference}?as=table")
    assert 'class="clock clock-page"' not in page.html
    row = "Answer respondent r 6.2 Thu 26 Mar 2026 Mon 20 Apr 2026 Wed 29 Apr 2026 owed paused 1, extended 1"
    assert row in page.words


def test_the_record_can_be_read_by_clocks_and_by_decisions(example_desk: Desk) -> None:
    reference = pictured(example_desk.office)
    officer = example_desk.as_("case-officer", TODAY)
    clocks = officer.get(f"/desk/cases/{reference}?record=clocks").html
    decisions = officer.get(f"/desk/cases/{reference}?record=decisions").html
    assert "Complainant C1 entered" not in clocks
    assert "Case paused: portal" not in decisions
    assert "Sift: accepted" in decisions
    assert "Sift: accepted" in clocks
    assert 'aria-current="true">Decisions' in decisions
    everything = officer.get(f"/desk/cases/{reference}?record=nonsense").html
    assert "Complainant C1 entered" in everything


# --- who may see it --------------------------------------------------------------------------------------


def hidden_from(desk: Desk, office: SmallOffice) -> tuple[Officer, str]:
    """Somebody who holds an office that serves no case, and a case."""
    return desk.as_("president", "2026-03-26"), accepted(office)


PLACES = ("", "/seals", "/steps/serve-notice", "/parties", "/corrections", "/extensions?limit=answer")


@pytest.mark.parametrize("place", PLACES)
def test_a_hidden_case_is_the_same_as_one_that_is_not_there(desk: Desk, place: str) -> None:
    officer, reference = hidden_from(desk, desk.office)
    hidden = officer.client.get(f"/desk/cases/{reference}{place}")
    absent = officer.client.get(f"/desk/cases/K7QH-3M2C{place}")
    assert hidden.status_code == absent.status_code == 404
    assert hidden.content == absent.content
    assert dict(hidden.headers) == dict(absent.headers)
    sent, sent_there = (
        officer.client.post(f"/desk/cases/{each}{place}", {"on": "2026-03-26", "seen": "1"})
        for each in (reference, "K7QH-3M2C")
    )
    assert sent.status_code == sent_there.status_code
    assert sent.content == sent_there.content


def test_a_hidden_complaint_is_not_at_the_sift_either(desk: Desk) -> None:
    receipt = desk.office.complaint("2026-03-02")
    officer = desk.as_("president", "2026-03-03")
    assert receipt.case not in officer.get("/desk/sift").html
    hidden = officer.client.get(f"/desk/sift/{receipt.case}")
    absent = officer.client.get("/desk/sift/K7QH-3M2C")
    assert hidden.status_code == absent.status_code == 404
    assert hidden.content == absent.content


# --- how much it costs -----------------------------------------------------------------------------------


def queries_of(officer: Officer, url: str) -> int:
    made: list[str] = []
    case_page.forget()
    with connection.execute_wrapper(lambda run, sql, *rest: (made.append(sql), run(sql, *rest))[1]):
        officer.get(url)
    return len(made)


def test_the_number_of_queries_is_the_same_for_three_facts_and_for_two_hundred(desk: Desk) -> None:
    short = desk.office.complaint("2026-03-02").case
    facts = casework.read(desk.office.acting("overseer", "2026-03-02"), short).state.head
    assert facts == 3
    long, day = with_facts(desk.office, 200)
    officer = desk.as_("complaints-officer", day)
    officer.get(f"/desk/cases/{short}")  # editions are read once for a process
    assert [queries_of(officer, f"/desk/cases/{each}") for each in (short, long)] == [9, 9]


def test_all_two_hundred_facts_stand_on_the_one_page(desk: Desk) -> None:
    long, day = with_facts(desk.office, 200)
    page = desk.as_("complaints-officer", day).get(f"/desk/cases/{long}")
    places = {f'id="fact-{place}"' for place in range(1, 201)}
    assert not [place for place in places if place not in page.html]


def test_the_page_is_read_afresh_when_the_record_goes_on_and_when_the_day_does(desk: Desk) -> None:
    reference = accepted(desk.office)
    officer = desk.as_("complaints-officer", "2026-03-26")
    assert "6 working days left" in officer.get(f"/desk/cases/{reference}").words
    set_day("2026-03-27")
    assert "5 working days left" in officer.get(f"/desk/cases/{reference}").words
    notice = TakeStep(step="serve-notice", served_on=("R",), channel=Channel.E_MAIL, stated=SEVEN)
    casework.take(desk.office.acting("complaints-officer", date(2026, 3, 27).isoformat()), reference, notice)
    assert "done Fri 27 Mar" in officer.get(f"/desk/cases/{reference}").words


def test_a_day_of_another_year_is_told_with_its_year(desk: Desk) -> None:
    reference = accepted(desk.office)
    page = desk.as_("complaints-officer", "2027-01-11").get(f"/desk/cases/{reference}")
    assert "Serve notice complaints officer" in page.words
    assert "working days late Tue 7 Apr 2026 the date never moved" in page.words
    assert "done Fri 20 Mar 2026" in page.words
    facts = page.words.partition("Today, Mon 11 Jan")[2]
    assert "Sift: accepted Fri 20 Mar 2026 · Holder of complaints-officer-1" in facts
    assert "“Serve notice” not done by Tue 7 Apr 2026 Wed 8 Apr 2026 · complaints officer" in facts
