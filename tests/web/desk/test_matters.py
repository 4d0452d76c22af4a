"""More time, pauses, answers, waivers, parties, corrections: each a small form of the case page."""

from datetime import date

import pytest
from tests.services.office import EVERYBODY, instant
from tests.services.test_casework import accepted
from tests.web.desk.officer import Desk
from tests.web.desk.pictured import TODAY, pictured
from tests.web.desk.test_steps import served

from duly.record.facts import (
    AllegationAdded,
    Assigned,
    Body,
    Corrected,
    FastTracked,
    Naming,
    PartyAdded,
    PartyRole,
    Paused,
    QuestionAnswered,
    Resumed,
    TimeExtended,
    Waived,
)
from duly_server.services import keeping, setup
from duly_server.services.premises import premises


def last(reference: str) -> Body:
    return premises().journal.read(f"case/{reference}")[-1].body


def second_office(login: str, office: str, *, since: date) -> str:
    """The number of one more appointment of this person."""
    name = EVERYBODY(login)
    return setup.appoint(login, office, name=name, since=since, at=instant(since), on=since).number


def test_more_time_is_given_on_a_ground_within_the_cap_and_once(desk: Desk) -> None:
    reference = served(desk)
    chair = desk.as_("panel-chair", "2026-04-01")
    case = chair.get(f"/desk/cases/{reference}")
    url = f"/desk/cases/{reference}/extensions?limit=answer"
    assert url in case.links()
    page = chair.get(url)
    assert (
        "It now runs until Thu 16 Apr 2026. The panel chair may give at most 14 days more, once."
        in page.words
    )
    over = chair.send(url, {"until": "2026-06-30", "ground": "illness", "reasons": "He is ill."}, 422)
    assert "The rulebook allows at most 14 days more" in over.mistakes()
    assert 'href="#id_until"' in over.html
    missing = chair.send(url, {"until": "2026-04-23"}, 422)
    assert "Choose a ground: illness or adviser away." in missing.mistakes()
    assert "Say it in a sentence or two." in missing.mistakes()
    chair.send(url, {"until": "2026-04-23", "ground": "illness", "reasons": "He is ill."})
    body = last(reference)
    assert isinstance(body, TimeExtended)
    assert (body.step, body.until.isoformat(), body.ground) == ("answer", "2026-04-23", "illness")
    again = chair.send(url, {"until": "2026-04-28", "ground": "illness", "reasons": "Still ill."}, 422)
    assert "The time for “answer” was extended before" in again.refusal()
    assert "“Extend the time for “answer”” was not recorded" in again.refusal()


def test_a_matter_of_another_office_is_closed_on_the_case_page_and_refused_when_sent(
    example_desk: Desk,
) -> None:
    reference = pictured(example_desk.office)
    officer = example_desk.as_("case-officer", TODAY)
    case = officer.get(f"/desk/cases/{reference}")
    assert "Pause the case: police, hospital, companion A pause is decided by the chair" in case.words
    url = f"/desk/cases/{reference}/pauses?pause=police"
    page = officer.send(url, {"reasons": "The police asked."}, 422)
    assert "A pause is decided by the chair, not by the case officer. r 4.6(a)" in page.refusal()
    assert page.form()["reasons"] == "The police asked."


def test_a_case_is_paused_and_its_clocks_run_again(desk: Desk) -> None:
    reference = served(desk)
    chair = desk.as_("panel-chair", "2026-04-01")
    chair.send(f"/desk/cases/{reference}/pauses?pause=police", {"reasons": "The police asked."})
    assert last(reference) == Paused(pause="police")
    page = chair.get(f"/desk/cases/{reference}")
    assert "paused" in page.words
    assert "Answer respondent paused Thu 16 Apr" in page.words
    assert "Update complaints officer 6 working days left Mon 13 Apr" in page.words
    assert f"/desk/cases/{reference}/resumptions?pause=police" in page.links()
    chair = desk.as_("panel-chair", "2026-04-09")
    chair.send(f"/desk/cases/{reference}/resumptions?pause=police", {})
    assert last(reference) == Resumed(pause="police")
    page = chair.get(f"/desk/cases/{reference}")
    assert "Answer: Thu 16 Apr → moves to Fri 24 Apr" in page.words


def test_a_pause_is_reviewed_and_the_review_is_owed_like_any_duty(desk: Desk) -> None:
    reference = served(desk)
    url = f"/desk/cases/{reference}/pauses?pause=police"
    desk.as_("panel-chair", "2026-04-01").send(url, {"reasons": "The police asked."})
    chair = desk.as_("panel-chair", "2026-04-28")
    assert "next review due Wed 29 Apr" in chair.get("/desk/").words
    assert f"{reference} Bullying Review of the pause: police" in chair.get("/desk/docket?view=soon").words
    chair = desk.as_("panel-chair", "2026-05-01")
    assert f"{reference} Bullying Review of the pause: police" in chair.get("/desk/docket?view=late").words
    case = chair.get(f"/desk/cases/{reference}")
    assert "Review the pause: police Owed by Wed 29 Apr 2026." in case.words
    review = "Review of the pause: police panel chair"
    assert f"{review} 2 working days late Wed 29 Apr every 28 days, paused since Wed 1 Apr" in case.words
    assert (
        "Started 1 April 2026, due 29 April 2026, late." in case.html
    )  # what its bar is for who cannot see it
    assert " Timetable 2 late, 2 owed, " in case.words
    table = chair.get(f"/desk/cases/{reference}?as=table").words
    assert f"{review} Wed 1 Apr 2026 Wed 29 Apr 2026 Wed 29 Apr 2026 2 working days late" in table
    page = chair.get(url)
    assert "Review the pause: police" in page.words
    assert "The panel chair decides that it goes on. It is owed by Wed 29 Apr 2026." in page.words
    assert "Say it in a sentence or two." in chair.send(url, {}, 422).mistakes()
    chair.send(url, {"reasons": "They ask for another month."})
    assert last(reference) == Paused(pause="police")
    case = chair.get(f"/desk/cases/{reference}")
    assert "Pause reviewed, and goes on: police" in case.words
    assert f"{review} 18 working days left Fri 29 May every 28 days, last reviewed Fri 1 May" in case.words
    assert "Started 1 May 2026, due 29 May 2026." in case.html
    assert "Review of the pause" not in chair.get("/desk/docket?view=late").words
    today = chair.get("/desk/").words
    assert "next review due Fri 29 May" in today
    assert "Police by Holder of panel-chair-1 Wed 1 Apr Fri 29 May 31 days of 26 weeks" in today
    assert keeping.rebuild(on=date(2026, 5, 1)).changed == 0


def test_a_question_is_answered_and_the_clocks_are_counted_afresh(desk: Desk) -> None:
    reference = served(desk)
    officer = desk.as_("complaints-officer", "2026-04-01")
    url = f"/desk/cases/{reference}/answers?question=abroad"
    page = officer.get(url)
    assert "Does the respondent live outside the United Kingdom?" in page.words
    assert "What holds now: no." in page.words
    assert officer.send(url, {}, 422).mistakes()
    officer.send(url, {"answer": "yes"})
    assert last(reference) == QuestionAnswered(question="abroad", answer="yes")
    assert (
        "Answer respondent 19 working days left Thu 30 Apr" in officer.get(f"/desk/cases/{reference}").words
    )


def test_a_party_gives_up_the_rest_of_its_time(desk: Desk) -> None:
    reference = served(desk)
    officer = desk.as_("complaints-officer", "2026-04-01")
    url = f"/desk/cases/{reference}/waivers?step=answer"
    assert url in officer.get(f"/desk/cases/{reference}").links()
    officer.send(url, {"on": "2026-03-31"})
    assert last(reference) == Waived(step="answer")
    assert "given up Tue 31 Mar" in officer.get(f"/desk/cases/{reference}").words
    again = officer.send(url, {}, 422)
    assert "No time is running for “answer”." in again.refusal()


def test_the_fast_track_needs_a_criterion_that_holds_and_reasons(desk: Desk) -> None:
    reference = served(desk)
    chair = desk.as_("panel-chair", "2026-04-01")
    url = f"/desk/cases/{reference}/fast-track"
    too_soon = chair.send(url, {"criterion": "1", "reasons": "It lasts."}, 422)
    assert "open longer than 26 weeks" in too_soon.words
    assert chair.send(url, {"criterion": "2"}, 422).mistakes()
    chair.send(url, {"criterion": "2", "reasons": "He leaves office in May."})
    assert last(reference) == FastTracked(criterion=2)
    assert "Fast track since Wed 1 Apr 2026" in chair.get(f"/desk/cases/{reference}").words


def test_a_witness_is_added_and_the_name_is_sealed(desk: Desk) -> None:
    reference = served(desk)
    officer = desk.as_("complaints-officer", "2026-04-01")
    url = f"/desk/cases/{reference}/parties"
    assert 'href="#id_name"' in officer.send(url, {"role": "witness", "naming": "named"}, 422).html
    typed = {
        "role": "witness",
        "naming": "confidential",
        "name": "Edda Moor",
        "member": "44",
        "contact": "e@x.org",
    }
    officer.send(url, typed)
    assert last(reference) == PartyAdded(tag="W1", role=PartyRole.WITNESS, naming=Naming.CONFIDENTIAL)
    page = officer.get(f"/desk/cases/{reference}")
    assert "W1 Witness asked that the name be kept from the respondent name sealed" in page.words
    assert "Edda" not in page.html
    second = officer.send(url, {"role": "respondent", "naming": "named", "name": "Cy Marsh"}, 422)
    assert "A case is about one respondent's conduct" in second.mistakes()


def test_a_witness_without_a_name_has_none_to_seal(desk: Desk) -> None:
    reference = served(desk)
    officer = desk.as_("complaints-officer", "2026-04-01")
    officer.send(
        f"/desk/cases/{reference}/parties", {"role": "witness", "naming": "anonymous", "name": "Edda"}
    )
    fact = premises().journal.read(f"case/{reference}")[-1]
    assert fact.parts == ()


def test_an_allegation_is_added_with_its_particulars_sealed(desk: Desk) -> None:
    reference = served(desk)
    officer = desk.as_("complaints-officer", "2026-04-01")
    url = f"/desk/cases/{reference}/allegations"
    empty = officer.send(url, {}, 422)
    assert "Choose a conduct." in empty.mistakes()
    assert "Say what is alleged." in empty.mistakes()
    ahead = {"conduct": "bullying", "conduct_on": "2026-05-01", "narrative": "On the bus."}
    assert "The day of the conduct lies ahead." in officer.send(url, ahead, 422).words
    officer.send(url, {**ahead, "conduct_on": "2026-03-01"})
    body = last(reference)
    assert isinstance(body, AllegationAdded)
    assert (body.allegation, body.conduct) == ("A2", "bullying")
    assert "On the bus." not in officer.get(f"/desk/cases/{reference}").html


def test_conduct_that_is_too_old_is_alleged_by_whoever_holds_the_office_that_may_allow_it(desk: Desk) -> None:
    """The chair also sits as an officer: the act is the chair's, though the other office stands first."""
    reference = served(desk)
    officer = desk.as_("complaints-officer", "2026-03-30")
    url = f"/desk/cases/{reference}/allegations"
    assert "Too old:" in officer.get(url).words
    assert "unless the panel chair allows it and writes it down." in officer.get(url).words
    old = {"conduct": "bullying", "conduct_on": "2024-01-10", "narrative": "On the bus."}
    assert (
        "Where the panel chair allows it, the panel chair writes it down."
        in officer.send(url, old, 422).words
    )
    number = second_office("complaints-officer-1", "panel-chair", since=date(2026, 3, 31))
    desk.as_("complaints-officer", "2026-04-01").send(url, old)
    fact = premises().journal.read(f"case/{reference}")[-1]
    assert isinstance(fact.body, AllegationAdded)
    assert (fact.office, fact.by) == ("panel-chair", number)
    desk.as_("complaints-officer", "2026-04-01").send(url, {**old, "conduct_on": "2026-03-01"})
    assert premises().journal.read(f"case/{reference}")[-1].office == "complaints-officer"


def test_an_office_is_given_to_one_of_its_holders(desk: Desk) -> None:
    reference = accepted(desk.office)
    officer = desk.as_("complaints-officer", "2026-03-26")
    url = f"/desk/cases/{reference}/assignments?office=panel"
    page = officer.get(url)
    numbers = page.options("appointment")
    assert len(numbers) == 3
    officer.send(url, {"appointment": numbers[1]})
    assert last(reference) == Assigned(office="panel", appointment=numbers[1])
    settled = officer.get(f"/desk/cases/{reference}").words.partition("Questions and offices")[2]
    assert "Panel Holder of panel-" in settled
    assert officer.send(url, {"appointment": "AP-NOBODY"}, 422).mistakes()


def test_a_mistaken_fact_is_taken_out_by_a_new_one_and_stays_to_be_seen(desk: Desk) -> None:
    reference = served(desk)
    officer = desk.as_("complaints-officer", "2026-03-27")
    url = f"/desk/cases/{reference}/corrections?fact=8"
    page = officer.get(url)
    assert page.form()["place"] == "8"
    assert "Say it in a sentence or two." in officer.send(url, {}, 422).mistakes()
    officer.send(url, {"reasons": "It went to the wrong address."})
    assert last(reference) == Corrected(corrects=8)
    case = officer.get(f"/desk/cases/{reference}")
    assert "Fact 8 taken out of the reckoning" in case.words
    assert "out of the reckoning: a later fact corrects it" in case.words
    assert 'id="fact-8"' in case.html
    assert "Serve notice: owed" in case.words
    first = officer.send(f"/desk/cases/{reference}/corrections", {"place": "1", "reasons": "No."}, 422)
    assert "The fact that opened the record can't be taken out." in first.mistakes()


@pytest.mark.parametrize(
    "place",
    [
        "extensions",
        "extensions?limit=nothing",
        "pauses",
        "pauses?pause=holiday",
        "resumptions?pause=holiday",
        "answers?question=why",
        "waivers?step=nothing",
        "assignments?office=respondent",
        "assignments?office=nobody",
    ],
)
def test_what_the_rulebook_does_not_know_is_not_there(desk: Desk, place: str) -> None:
    officer = desk.as_("complaints-officer", "2026-03-26")
    officer.get(f"/desk/cases/{accepted(desk.office)}/{place}", 404)


def test_two_officers_record_the_same_matter_and_the_second_is_told(desk: Desk) -> None:
    reference = served(desk)
    url = f"/desk/cases/{reference}/answers?question=abroad"
    officer = desk.as_("complaints-officer", "2026-04-01")
    opened = officer.get(url).form()
    officer.post(url, {**opened, "answer": "yes"})
    page = officer.post(url, {**opened, "answer": "no"}, 409)
    assert "Someone else acted first" in page.refusal()
    assert page.form()["answer"] == "no"
    assert last(reference) == QuestionAnswered(question="abroad", answer="yes")
