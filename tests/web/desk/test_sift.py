"""The sift: complaints by age, read through their seals, decided with reasons; a case for each respondent."""

from tests.services.test_casework import accepted
from tests.web.desk.officer import Desk, Page, set_day

from duly.procedure.acts import TakeStep
from duly.record.facts import AllegationAdded, Naming, PartyAdded, SealOpened, StepTaken
from duly_server.services import casework
from duly_server.services.intake import Receipt
from duly_server.services.premises import premises
from duly_server.store.models import CaseRow

ACCEPTING = {
    "outcome": "accepted",
    "reasons": "Within the rules, and serious enough.",
    "name_0": "Bo Lind",
    "conduct_0_0": "bullying",
    "alleged_0_0": "Mocked a player at each rehearsal.",
}


def waiting(desk: Desk, on: str = "2026-03-02", naming: Naming = Naming.NAMED) -> Receipt:
    """A complaint that was received on this day, and acknowledged the day after."""
    receipt = desk.office.complaint(on, naming)
    officer = desk.office.acting("complaints-officer", on)
    casework.take(officer, receipt.case, TakeStep(step="acknowledge", key=receipt.complaint))
    return receipt


def facts(reference: str) -> list[object]:
    return [fact.body for fact in premises().journal.read(f"case/{reference}")]


# --- the list --------------------------------------------------------------------------------------------


def test_the_oldest_complaint_stands_first_with_what_is_owed_by_when(desk: Desk) -> None:
    young, old = desk.office.complaint("2026-03-04").case, desk.office.complaint("2026-03-02").case
    accepted(desk.office)
    page = desk.as_("complaints-officer", "2026-03-10").get("/desk/sift")
    assert page.html.index(old) < page.html.index(young)
    row = page.words.partition(old)[2].partition(young)[0]
    assert "Mon 2 Mar 2026 named, by web Intake 1 working day late Mon 9 Mar 2026" in row
    assert "9 working days left Mon 23 Mar 2026" in row
    assert page.html.count("/desk/sift/") == 2


def test_an_empty_sift_says_so(desk: Desk) -> None:
    page = desk.as_("complaints-officer", "2026-03-10").get("/desk/sift")
    assert "No complaint is waiting at the sift." in page.words


def test_a_complaint_that_waits_for_a_party_says_so(desk: Desk) -> None:
    receipt = waiting(desk)
    officer = desk.as_("complaints-officer", "2026-03-05")
    officer.send(f"/desk/sift/{receipt.case}", {"outcome": "dismissed", "reasons": "Not within the rules."})
    page = officer.get("/desk/sift")
    assert "Second look done waiting on a party Ask second look by Thu 19 Mar 2026" in page.words


def test_a_long_list_goes_on_by_key(desk: Desk) -> None:
    for day in range(1, 29):
        desk.office.complaint(f"2026-02-{day:02}")
        desk.office.complaint(f"2026-02-{day:02}")
    officer = desk.as_("complaints-officer", "2026-03-02")
    first = officer.get("/desk/sift")
    assert first.html.count('data-label="Received"') == 50
    following = next(link for link in first.links() if link.startswith("?after="))
    second = officer.get(f"/desk/sift{following}")
    assert second.html.count('data-label="Received"') == 6
    assert officer.get("/desk/sift?after=nonsense").html.count('data-label="Received"') == 50


# --- reading ---------------------------------------------------------------------------------------------


def test_what_was_reported_is_read_for_a_reason_and_noted(desk: Desk) -> None:
    receipt = waiting(desk)
    officer = desk.as_("complaints-officer", "2026-03-05")
    url = f"/desk/sift/{receipt.case}"
    page = officer.get(url)
    assert "He mocked a player" not in page.html
    assert "It is sealed." in page.words
    assert page.title == f"Complaint at the sift {receipt.case} · Duly"
    read = officer.send(url, {"reasons": "Half a sentence", "no_conflict": "on"}, 200, do="read")
    assert "He mocked a player at every rehearsal." in read.words
    assert "The conductor of the brass band" in read.words
    assert "open until you leave this page; noted in the record" in read.words
    assert read.form()["reasons"] == "Half a sentence"
    assert facts(receipt.case)[-1] == SealOpened(places=(2,))
    answer = officer.client.post(url, {**page.form(), "do": "read"})
    assert "no-store" in answer.headers["Cache-Control"]
    assert "He mocked a player" not in officer.get(url).html


def test_without_a_reason_it_stays_sealed(desk: Desk) -> None:
    receipt = waiting(desk)
    officer = desk.as_("complaints-officer", "2026-03-05")
    page = officer.send(f"/desk/sift/{receipt.case}", {"reason": "", "other": " "}, 422, do="read")
    assert "A seal is opened for a reason." in page.refusal()
    assert "He mocked a player" not in page.html
    assert not any(isinstance(body, SealOpened) for body in facts(receipt.case))


def test_the_line_of_who_is_in_danger_and_how_it_came_is_no_secret(desk: Desk) -> None:
    receipt = waiting(desk, naming=Naming.ANONYMOUS)
    page = desk.as_("complaints-officer", "2026-03-05").get(f"/desk/sift/{receipt.case}")
    assert "Received Mon 2 Mar 2026 anonymous, by web" in page.words


# --- deciding --------------------------------------------------------------------------------------------


def test_a_complaint_is_accepted_with_its_respondent_and_allegation(desk: Desk) -> None:
    receipt = waiting(desk)
    officer = desk.as_("complaints-officer", "2026-03-20")
    done = officer.send(f"/desk/sift/{receipt.case}", ACCEPTING)
    assert done.location == f"/desk/cases/{receipt.case}"
    page = officer.get(done.location)
    assert "The decision of the sift is recorded." in page.words
    assert "Stage Inquiry" in page.words
    bodies = facts(receipt.case)
    assert [type(body) for body in bodies[-3:]] == [PartyAdded, AllegationAdded, StepTaken]
    assert officer.client.get(f"/desk/sift/{receipt.case}").headers["Location"] == done.location


def test_another_respondent_and_another_allegation_are_added_without_script(desk: Desk) -> None:
    receipt = waiting(desk)
    officer = desk.as_("complaints-officer", "2026-03-20")
    url = f"/desk/sift/{receipt.case}"
    read = officer.send(url, {"no_conflict": "on"}, 200, do="read")
    noted = len(facts(receipt.case))
    more = officer.post(url, {**read.form(), **ACCEPTING}, 200, do="more:allegation-0")
    assert "He mocked a player at every rehearsal." in more.words
    more = officer.post(
        url, {**more.form(), "conduct_0_1": "bullying", "alleged_0_1": "Twice."}, 200, do="more:respondent"
    )
    assert len(facts(receipt.case)) == noted
    form = more.form()
    assert (form["name_0"], form["alleged_0_1"], form["counts"]) == ("Bo Lind", "Twice.", "2,1")
    assert form["outcome"] == "accepted"
    second = {"name_1": "Cy Marsh", "conduct_1_0": "bullying", "alleged_1_0": "Laughed along."}
    done = officer.post(url, {**form, **second})
    page = officer.get(done.location)
    assert "The other respondents' cases:" in page.words
    rows = list(CaseRow.objects.order_by("reference"))
    assert len(rows) == 2
    assert {row.received_on.isoformat() for row in rows} == {"2026-03-02"}
    assert {row.accepted_on.isoformat() for row in rows if row.accepted_on} == {"2026-03-20"}
    other = next(row.reference for row in rows if row.reference != receipt.case)
    put = [body for body in facts(receipt.case) if isinstance(body, AllegationAdded)]
    put_there = [body for body in facts(other) if isinstance(body, AllegationAdded)]
    assert (len(put), len(put_there)) == (2, 1)
    assert f"/desk/cases/{other}" in page.links()
    assert f"{other} another respondent's, on the same complaint; split from this case" in page.words
    there = officer.get(f"/desk/cases/{other}")
    assert f"/desk/cases/{receipt.case}" in there.links()
    assert f"Complaint {receipt.complaint}" in there.words
    found = officer.get(f"/desk/find?q={receipt.complaint}", 302)
    assert found.location == f"/desk/cases/{receipt.case}"


def test_nobody_is_accused_of_nothing_and_nothing_is_alleged_of_nobody(desk: Desk) -> None:
    receipt = waiting(desk)
    officer = desk.as_("complaints-officer", "2026-03-20")
    url = f"/desk/sift/{receipt.case}"

    def refused(**typed: str) -> Page:
        return officer.send(url, {**ACCEPTING, **typed}, 422)

    nobody = refused(name_0="", conduct_0_0="", alleged_0_0="")
    assert "A complaint can't be accepted before it is said who it is about" in nobody.mistakes()
    assert 'href="#id_name_0"' in nobody.html
    assert "Name the respondent." in refused(name_0="").mistakes()
    nothing = refused(conduct_0_0="", alleged_0_0="").mistakes()
    assert "Choose the conduct that is alleged." in nothing
    assert "Say what is alleged." in nothing
    assert refused(reasons="").mistakes() == "There is a problem Give reasons: the parties will read them."
    assert "Choose an outcome: accepted or dismissed." in refused(outcome="").mistakes()
    assert refused(reasons="").form()["alleged_0_0"] == ACCEPTING["alleged_0_0"]
    assert len(facts(receipt.case)) == 4


def test_a_dismissal_needs_no_respondent(desk: Desk) -> None:
    receipt = waiting(desk)
    officer = desk.as_("complaints-officer", "2026-03-05")
    officer.send(f"/desk/sift/{receipt.case}", {"outcome": "dismissed", "reasons": "Not within the rules."})
    assert isinstance(facts(receipt.case)[-1], StepTaken)
    assert not any(isinstance(body, AllegationAdded) for body in facts(receipt.case))


def test_the_sift_is_refused_to_another_office_and_before_its_time(desk: Desk) -> None:
    receipt = desk.office.complaint("2026-03-02")
    officer = desk.as_("complaints-officer", "2026-03-03")
    page = officer.get(f"/desk/sift/{receipt.case}")
    assert "Closed today. “Sift” comes after acknowledge." in page.words
    acknowledge = f"/desk/cases/{receipt.case}/steps/acknowledge?key={receipt.complaint}"
    assert acknowledge in page.links()
    early = officer.send(f"/desk/sift/{receipt.case}", ACCEPTING, 422)
    assert "“Sift” comes after acknowledge." in early.refusal()
    chair = desk.as_("panel-chair").send(f"/desk/sift/{receipt.case}", ACCEPTING, 422)
    assert (
        "belongs to the complaints officer" in chair.words
        or "written down by the complaints officer" in chair.words
    )
    assert len(facts(receipt.case)) == 3


def test_the_second_of_two_who_sift_is_told_who_acted_first(desk: Desk) -> None:
    receipt = waiting(desk)
    url = f"/desk/sift/{receipt.case}"
    one, other = (desk.as_("complaints-officer", "2026-03-20") for _ in range(2))
    opened = other.get(url).form()
    one.send(f"/desk/cases/{receipt.case}/steps/update", {})
    late = other.post(url, {**opened, **ACCEPTING}, 409)
    assert "Someone else acted first" in late.refusal()
    assert late.form()["alleged_0_0"] == ACCEPTING["alleged_0_0"]
    other.post(url, {**late.form()})
    assert "Stage Inquiry" in other.get(f"/desk/cases/{receipt.case}").words


def test_whoever_decides_what_another_has_decided_is_told_so_and_keeps_what_was_typed(desk: Desk) -> None:
    receipt = waiting(desk)
    url = f"/desk/sift/{receipt.case}"
    one, other = (desk.as_("complaints-officer", "2026-03-20") for _ in range(2))
    opened = other.get(url).form()
    one.send(url, ACCEPTING)
    before = len(facts(receipt.case))
    late = other.post(url, {**opened, **ACCEPTING, "name_0": "Cy Marsh"}, 409)
    assert "Holder of complaints-officer-1, complaints officer, recorded “sift”." in late.refusal()
    assert late.form()["name_0"] == "Cy Marsh"
    again = other.post(url, {**late.form()}, 422)
    assert (
        "“Sift” belongs to intake, which ended on Fri 20 Mar 2026; the case is in inquiry." in again.refusal()
    )
    assert len(facts(receipt.case)) == before


def test_the_step_of_the_sift_is_taken_here_and_nowhere_else(desk: Desk) -> None:
    receipt = waiting(desk)
    officer = desk.as_("complaints-officer", "2026-03-20")
    answer = officer.client.get(f"/desk/cases/{receipt.case}/steps/sift")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/desk/sift/{receipt.case}")


def test_a_day_that_passes_shows_in_the_list(desk: Desk) -> None:
    waiting(desk)
    officer = desk.as_("complaints-officer", "2026-03-23")
    assert "due today Mon 23 Mar 2026" in officer.get("/desk/sift").words
    set_day("2026-03-25")
    assert "2 working days late Mon 23 Mar 2026" in officer.get("/desk/sift").words
