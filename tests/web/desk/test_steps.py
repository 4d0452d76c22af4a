"""Taking a step from the page: done and marked, or refused in words with what was typed kept."""

import pytest
from tests.services.test_casework import SEVEN, accepted
from tests.web.desk.officer import Desk, set_day
from tests.web.desk.pictured import TODAY, pictured

from duly.procedure.acts import AddAllegation, TakeStep
from duly.record.facts import Channel, FindingMade, Naming, SanctionImposed, StepTaken
from duly_server.services import casework, seals, sift
from duly_server.services.premises import premises

NOTICE = {"served_on": ["R"], "channel": "e-mail", "stated": list(SEVEN)}


def facts(reference: str) -> list[object]:
    return [fact.body for fact in premises().journal.read(f"case/{reference}")]


def sent(reference: str, on: str, **typed: str | list[str]) -> dict[str, str | list[str]]:
    """What a form would send that the page of a closed step does not offer."""
    return {"on": on, "seen": str(len(facts(reference))), **typed}


def served(desk: Desk) -> str:
    """A case with a notice served on 26 March; the answer is due on 16 April."""
    reference = accepted(desk.office)
    notice = TakeStep(step="serve-notice", served_on=("R",), channel=Channel.E_MAIL, stated=SEVEN)
    casework.take(desk.office.acting("complaints-officer", "2026-03-26"), reference, notice)
    return reference


def at_hearing(desk: Desk, allegations: int = 1) -> str:
    """Heard on 1 June: everything is ready for the panel to find on that day."""
    reference = served(desk)
    officer = desk.office.acting("complaints-officer", "2026-03-27")
    for _ in range(allegations - 1):
        casework.take(officer, reference, AddAllegation(conduct="bullying"))
    investigator = desk.office.acting("investigator", "2026-04-20")
    casework.take(investigator, reference, TakeStep(step="report", outcome="case-to-answer"))
    chair = desk.as_("panel-chair", "2026-04-21")
    chair.send(f"/desk/cases/{reference}/steps/fix-hearing", {"day_hearing-day": "2026-06-01"})
    casework.take(desk.office.acting("presenter", "2026-05-01"), reference, TakeStep(step="disclose"))
    set_day("2026-06-01")
    return reference


# --- done ------------------------------------------------------------------------------------------------


def test_a_step_is_taken_and_the_new_fact_is_marked_on_the_case_page(desk: Desk) -> None:
    reference = accepted(desk.office)
    officer = desk.as_("complaints-officer", "2026-03-26")
    done = officer.send(f"/desk/cases/{reference}/steps/serve-notice", NOTICE)
    assert done.location == f"/desk/cases/{reference}?new=8#fact-8"
    page = officer.get(done.location.partition("#")[0])
    assert "Recorded. See it in the record, at number 8." in page.words
    taken = facts(reference)[-1]
    assert isinstance(taken, StepTaken)
    assert (taken.step, taken.served_on, taken.channel) == ("serve-notice", ("R",), Channel.E_MAIL)


def test_the_form_asks_what_the_rulebook_asks_and_no_more(desk: Desk) -> None:
    reference = accepted(desk.office)
    officer = desk.as_("complaints-officer", "2026-03-26")
    notice = officer.get(f"/desk/cases/{reference}/steps/serve-notice")
    for phrase in ("Served on", "R, respondent", "Served how", "It states", *(s.capitalize() for s in SEVEN)):
        assert phrase in notice.words
    assert "Outcome" not in notice.words
    assert "Serve notice is due Tue 7 Apr 2026." in notice.words
    update = officer.get(f"/desk/cases/{reference}/steps/update")
    assert "Served" not in update.words.partition("It belongs to")[2]


def test_each_outcome_says_what_follows_it(desk: Desk) -> None:
    reference = served(desk)
    page = desk.as_("investigator", "2026-04-20").get(f"/desk/cases/{reference}/steps/report")
    assert "Case to answer Then the case goes to hearing." in page.words
    assert "No case Then the case goes to second look." in page.words
    assert (
        "Agreed Then the case goes to decided. Needs the agreement of the respondent or presenter."
        in page.words
    )


def test_a_step_may_be_written_down_as_of_the_day_it_was_done(desk: Desk) -> None:
    reference = accepted(desk.office)
    officer = desk.as_("complaints-officer", "2026-03-30")
    officer.send(f"/desk/cases/{reference}/steps/serve-notice", {**NOTICE, "on": "2026-03-30"})
    update = officer.send(f"/desk/cases/{reference}/steps/update", {"on": "2026-03-25"})
    page = officer.get(update.location.partition("#")[0])
    assert "written down Mon 30 Mar 2026" in page.words


def test_what_a_party_did_is_written_down_for_the_party(desk: Desk) -> None:
    reference = served(desk)
    officer = desk.as_("complaints-officer", "2026-04-01")
    officer.send(f"/desk/cases/{reference}/steps/answer", {"narrative": "I deny it."})
    fact = premises().journal.read(f"case/{reference}")[-1]
    assert fact.office == "respondent"
    assert [name for name, _ in fact.parts] == ["narrative"]
    page = officer.get(f"/desk/cases/{reference}")
    assert "Holder of complaints-officer-1, for the respondent" in page.words
    assert "I deny it." not in page.html


def test_several_allegations_are_found_on_one_page_each_with_its_own_reasons(desk: Desk) -> None:
    reference = at_hearing(desk, allegations=2)
    panel = desk.as_("panel")
    form = panel.get(f"/desk/cases/{reference}/steps/find")
    others = form.options("present")
    assert len(others) == 2
    panel.send(
        f"/desk/cases/{reference}/steps/find",
        {
            "outcome_A1": "proved",
            "reasons_A1": "Three witnesses saw it.",
            "outcome_A2": "not-proved",
            "reasons_A2": "Nobody saw it.",
            "present": others,
        },
    )
    made = [body for body in facts(reference) if isinstance(body, FindingMade)]
    assert [(body.allegation, body.outcome) for body in made] == [("A1", "proved"), ("A2", "not-proved")]
    reasons = premises().journal.open_parts([f"case/{reference}"], names=["reasons"])
    assert {"Three witnesses saw it.", "Nobody saw it."} <= {str(part["text"]) for part in reasons.values()}
    page = panel.get(f"/desk/cases/{reference}")
    assert "Proved" in page.words.partition("Allegations and findings")[2]


def test_the_wrong_office_with_an_empty_form_is_told_both(desk: Desk) -> None:
    reference = at_hearing(desk, allegations=2)
    before = len(facts(reference))
    investigator = desk.as_("investigator")
    url = f"/desk/cases/{reference}/steps/find"
    page = investigator.post(url, sent(reference, "2026-06-01"), 422)
    assert "“Find” belongs to the panel, not to the investigator." in page.refusal()
    assert "Choose an outcome: proved, not proved, withdrawn or outside the rules." in page.mistakes()
    assert "Give reasons: the parties will read them." in page.mistakes()
    assert 'href="#id_outcome_A1' in page.html
    assert len(facts(reference)) == before


def dismissed(desk: Desk, naming: Naming) -> str:
    """A complaint that the sift of the Example Association did not accept; its complainant is to be told."""
    receipt = desk.office.complaint("2026-03-02", naming=naming)
    intake = desk.office.acting("intake", "2026-03-03")
    casework.take(intake, receipt.case, TakeStep(step="acknowledge", key=receipt.complaint))
    sifting = desk.office.acting("sift-officer", "2026-03-04")
    step = desk.office.book.steps["sift"]
    stated = (*step.must_state, *step.outcomes["dismissed"].must_state)
    taken = TakeStep(step="sift", stated=stated)
    sift.settle(sifting, receipt.case, outcome="dismissed", reasons="It is about a debate.", taken=taken)
    set_day("2026-03-04")
    return receipt.case


def test_no_channel_is_offered_that_cannot_reach_whoever_gave_no_name(example_desk: Desk) -> None:
    officer = example_desk.as_("case-officer", "2026-03-04")
    named, nameless = (
        officer.get(f"/desk/cases/{dismissed(example_desk, naming)}/steps/serve-dismissal").html
        for naming in (Naming.NAMED, Naming.ANONYMOUS)
    )
    for channel in Channel:
        assert f'<option value="{channel.value}"' in named
        assert (f'<option value="{channel.value}"' in nameless) is (channel is Channel.WEB)
    assert 'name="served_on"' in named
    assert 'name="served_on"' not in nameless
    assert "C1 gave no name and no address." in nameless


def test_it_is_served_on_whoever_gave_no_name_by_the_page_of_the_code(example_desk: Desk) -> None:
    officer = example_desk.as_("case-officer", "2026-03-04")
    reference = dismissed(example_desk, Naming.ANONYMOUS)
    url = f"/desk/cases/{reference}/steps/serve-dismissal"
    assert officer.send(url, {"channel": "e-mail"}, 422).mistakes()
    officer.send(url, {"channel": "web", "stated": officer.get(url).options("stated")})
    taken = facts(reference)[-1]
    assert isinstance(taken, StepTaken)
    assert (taken.channel, taken.served_on) == (Channel.WEB, ())


def test_one_refused_finding_leaves_none(desk: Desk) -> None:
    reference = at_hearing(desk, allegations=2)
    panel = desk.as_("panel")
    url = f"/desk/cases/{reference}/steps/find"
    before = len(facts(reference))
    typed = {
        "outcome_A1": "proved",
        "reasons_A1": "Three witnesses saw it.",
        "outcome_A2": "not-proved",
        "present": panel.get(url).options("present"),
    }
    page = panel.send(url, typed, 422)
    assert page.mistakes() == "There is a problem Give reasons: the parties will read them."
    assert 'href="#id_reasons_A2"' in page.html
    assert page.form()["reasons_A1"] == "Three witnesses saw it."
    assert page.form()["outcome_A2"] == "not-proved"
    assert len(facts(reference)) == before


def test_a_sanction_keeps_to_the_ladder(desk: Desk) -> None:
    reference = at_hearing(desk)
    panel = desk.as_("panel")
    find, decide = (f"/desk/cases/{reference}/steps/{step}" for step in ("find", "decide-sanction"))
    others = panel.get(find).options("present")
    panel.send(find, {"outcome_A1": "proved", "reasons_A1": "Seen by three.", "present": others})
    set_day("2026-06-02")
    given = {"outcome": "imposed", "reasons": "It lasted for months.", "present": others, "unit": "months"}
    page = panel.get(decide)
    assert "Suspension From 1 month to 2 years." in page.words
    assert "Begins when the time to appeal has run out." in page.words
    expelled = panel.send(decide, {**given, "sanction": "expulsion"}, 422)
    assert "the rulebook's range is reminder or suspension" in expelled.mistakes()
    too_long = panel.send(decide, {**given, "sanction": "suspension", "amount": "60"}, 422)
    assert (
        "60 months lies outside the bounds of “suspension”: from 1 month to 2 years." in too_long.mistakes()
    )
    panel.send(decide, {**given, "sanction": "suspension", "amount": "6"})
    imposed = facts(reference)[-1]
    assert isinstance(imposed, SanctionImposed)
    assert (imposed.sanction, imposed.amount, imposed.unit) == ("suspension", 6, "months")
    page = panel.get(f"/desk/cases/{reference}")
    assert "Suspension, 6 months sanction stayed until no appeal is left" in page.words


# --- refused ---------------------------------------------------------------------------------------------


def test_a_step_by_the_wrong_office_is_refused_and_says_whose_it_is(example_desk: Desk) -> None:
    reference = pictured(example_desk.office)
    officer = example_desk.as_("case-officer", TODAY)
    page = officer.send(f"/desk/cases/{reference}/steps/end-suspension", {"stated": ["reasons"]}, 422)
    assert page.refusal().startswith("“End suspension” was not recorded")
    assert (
        "“End suspension” belongs to the chair, not to the case officer. r 15.4 Ask the chair to take it."
        in page.refusal()
    )
    assert "Nothing was changed. What you wrote is kept below." in page.refusal()


def test_a_step_before_its_time_is_refused_with_the_day_it_opens_and_what_can_be_done(
    example_desk: Desk,
) -> None:
    reference = pictured(example_desk.office)
    investigator = example_desk.as_("investigator", TODAY)
    url = f"/desk/cases/{reference}/steps/report"
    before = len(facts(reference))
    typed = {
        "outcome": "case-to-answer",
        "channel": "e-mail",
        "served_on": ["C1", "R"],
        "stated": ["reasons for each allegation"],
        "reasons": "Both were seen.",
    }
    page = investigator.send(url, typed, 422)
    assert "The time for “answer” runs until Wed 29 Apr 2026. r 7.2 Opens Thu 30 Apr 2026" in page.refusal()
    assert len(facts(reference)) == before
    kept = page.form()
    assert (kept["outcome"], kept["reasons"], kept["served_on"]) == (
        "case-to-answer",
        "Both were seen.",
        ["C1", "R"],
    )
    officer = example_desk.as_("case-officer").send(url, typed, 422)
    assert "You can record a written waiver of the time for “answer”" in officer.refusal()
    assert any("/waivers?step=answer" in link for link in officer.links())


def test_a_step_out_of_order_is_refused_with_its_clause(example_desk: Desk) -> None:
    reference = pictured(example_desk.office)
    page = example_desk.as_("panel", TODAY).send(
        f"/desk/cases/{reference}/steps/find", {"outcome_A1": "proved", "reasons_A1": "It is plain."}, 422
    )
    assert "“Find” belongs to hearing; the case is in inquiry and disclosure. r 8.1" in page.refusal()


def test_every_mistake_is_named_at_its_field_and_none_is_called_optional(desk: Desk) -> None:
    reference = accepted(desk.office)
    officer = desk.as_("complaints-officer", "2026-03-26")
    url = f"/desk/cases/{reference}/steps/serve-notice"
    form = officer.get(url)
    assert "It states (optional)" not in form.words
    page = officer.send(url, {"served_on": [], "on": "2026-03-26"}, 422)
    assert "Say that it was served on R." in page.mistakes()
    assert "Say how it was served." in page.mistakes()
    assert "“Serve notice” must state: who, what, when, where, conduct, possible sanctions, evidence." in (
        page.mistakes()
    )
    for field in ("id_served_on_0", "id_channel", "id_stated_0"):
        assert f'href="#{field}"' in page.html


@pytest.mark.parametrize("on", ["2026-03-27", "9999-12-31", "nonsense", "", "2026-02-31"])
def test_a_day_that_cannot_be_is_a_mistake_in_the_form(desk: Desk, on: str) -> None:
    reference = accepted(desk.office)
    officer = desk.as_("complaints-officer", "2026-03-26")
    page = officer.send(f"/desk/cases/{reference}/steps/update", {"on": on}, 422)
    assert 'href="#id_on"' in page.html


def test_a_day_outside_the_calendar_is_said_in_words(desk: Desk) -> None:
    reference = served(desk)
    investigator = desk.office.acting("investigator", "2026-04-20")
    casework.take(investigator, reference, TakeStep(step="report", outcome="case-to-answer"))
    chair = desk.as_("panel-chair", "2026-04-21")
    for day in ("9999-12-31", "0001-01-01"):
        page = chair.send(f"/desk/cases/{reference}/steps/fix-hearing", {"day_hearing-day": day}, 422)
        assert page.mistakes()


def test_the_quorum_is_asked_for_by_name(desk: Desk) -> None:
    reference = at_hearing(desk)
    panel = desk.as_("panel")
    typed = {"outcome_A1": "proved", "reasons_A1": "Seen by three.", "present": []}
    page = panel.send(f"/desk/cases/{reference}/steps/find", typed, 422)
    assert "The panel decides with at least 3 members; 1 is named as present." in page.mistakes()
    assert 'href="#id_present_0"' in page.html
    assert "Holder of panel-2" in page.words


def test_what_is_not_a_step_of_this_rulebook_is_not_there(desk: Desk) -> None:
    officer = desk.as_("complaints-officer", "2026-03-26")
    officer.get(f"/desk/cases/{accepted(desk.office)}/steps/promote", 404)


# --- two at once -----------------------------------------------------------------------------------------


def test_two_officers_take_the_same_step_and_the_second_is_told_who_acted_first(desk: Desk) -> None:
    reference = accepted(desk.office)
    url = f"/desk/cases/{reference}/steps/serve-notice"
    one, other = (desk.as_("complaints-officer", "2026-03-26") for _ in range(2))
    opened = other.get(url).form()
    one.send(url, NOTICE)
    count = len(facts(reference))
    late = other.post(url, {**opened, **NOTICE, "reasons": "By hand as well."}, 409)
    assert (
        "Someone else acted first: Holder of complaints-officer-1, complaints officer, recorded"
        " “serve notice”." in late.refusal()
    )
    assert "What you wrote is kept below." in late.refusal()
    assert len(facts(reference)) == count
    assert f"/desk/cases/{reference}#fact-8" in late.links()
    kept = late.form()
    assert kept["reasons"] == "By hand as well."
    assert kept["seen"] == str(count)


def test_whoever_only_read_has_not_acted_first(desk: Desk) -> None:
    reference = accepted(desk.office)
    url = f"/desk/cases/{reference}/steps/serve-notice"
    officer = desk.as_("complaints-officer", "2026-03-26")
    opened = officer.get(url).form()
    seals.open_seals(
        desk.office.acting("complaints-officer", "2026-03-26"),
        reference,
        ["case:5:R"],
        reason="To address it.",
        no_conflict=True,
    )
    officer.post(url, {**opened, **NOTICE})


# --- hostile ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "a\0b", "é" * 5, "‮back", "x" * 20_001, "{{ 7 }}{% now %}"]
)
def test_whatever_is_typed_is_kept_or_refused_and_never_run(desk: Desk, text: str) -> None:
    reference = accepted(desk.office)
    officer = desk.as_("complaints-officer", "2026-03-26")
    url = f"/desk/cases/{reference}/steps/update"
    answer = officer.client.post(url, {**officer.get(url).form(), "reasons": text})
    assert answer.status_code in (303, 422)
    shown = answer.content.decode() + officer.get(f"/desk/cases/{reference}").html
    assert "<script>alert" not in shown


def test_nobody_sets_by_whom_or_where_a_fact_stands(desk: Desk) -> None:
    reference = accepted(desk.office)
    officer = desk.as_("complaints-officer", "2026-03-26")
    forged = {
        "by": "AP-1",
        "office": "overseer",
        "chain": "case/K7QH-3M2C",
        "place": "1",
        "noted_at": "2020-01-01",
    }
    officer.send(f"/desk/cases/{reference}/steps/update", forged)
    fact = premises().journal.read(f"case/{reference}")[-1]
    assert (fact.office, fact.chain, fact.place) == ("complaints-officer", f"case/{reference}", 8)
    assert (
        fact.by
        == next(iter(desk.office.acting("complaints-officer", "2026-03-26").viewer.appointments)).number
    )


@pytest.mark.parametrize("on", ["0001-01-01", "2026-02-27"])
def test_a_day_before_anything_happened_is_refused_in_words(desk: Desk, on: str) -> None:
    reference = accepted(desk.office)
    officer = desk.as_("complaints-officer", "2026-03-26")
    page = officer.send(f"/desk/cases/{reference}/steps/update", {"on": on}, 422)
    assert "Nothing was changed." in page.refusal()


@pytest.mark.parametrize("query", ["key=<script>", "key=%00", "key=A1&key=A2", "key=" + "9" * 400])
def test_a_hostile_address_is_harmless(desk: Desk, query: str) -> None:
    reference = accepted(desk.office)
    officer = desk.as_("complaints-officer", "2026-03-26")
    for place in (
        f"/steps/update?{query}",
        f"/steps/find?{query}",
        f"?why=<script>&record=<b>&new=<i>&{query}",
    ):
        answer = officer.client.get(f"/desk/cases/{reference}{place}")
        assert answer.status_code in (200, 400)
        assert b"<script>" not in answer.content
        assert b"<i>&" not in answer.content
