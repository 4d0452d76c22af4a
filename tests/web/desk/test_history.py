"""History at the desk: marked as such wherever it shows, sealed until read for a reason, owing nothing."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.services.history.handed import ALLEGATIONS, COMPLAINTS, taken
from tests.web.desk.officer import Desk, Officer

from duly.record.facts import Linked, Naming, Opened, PartyAdded, PartyRole, Relation, SealOpened, StepTaken
from duly_server.services import keeping
from duly_server.services.premises import premises
from duly_server.store.models import CaseRow, ComplaintRow

DAY = "2026-03-09"


def history(desk: Desk, number: str = "7") -> str:
    """The reference of the complaint that came from a file; the second of two is of a later year."""
    taken(COMPLAINTS, ALLEGATIONS)
    found = ComplaintRow.objects.filter(is_history=True).order_by("received_on")
    return found[{"7": 0, "8": 1}[number]].reference


def registrar(desk: Desk) -> Officer:
    return desk.as_("complaints-officer", DAY)


def test_the_list_says_that_it_is_history_the_youngest_first(desk: Desk) -> None:
    old, young = history(desk), history(desk, "8")
    page = registrar(desk).get("/desk/history")
    assert "Decided or pending elsewhere, under no edition of ours" in page.words
    assert page.html.index(young) < page.html.index(old)
    assert f"{young} Mon 6 May 2019 2 allegations none" in page.words
    assert f"{old} Mon 4 Mar 2019 3 allegations none" in page.words
    assert "/desk/history" in registrar(desk).get("/desk/sift").links()


def test_pages_begin_after_the_last_row_of_the_one_before(desk: Desk) -> None:
    rows = "".join(f"{n},2019-03-{1 + n % 28:02},,,,\n" for n in range(1, 72))
    taken("No,Day,What,Who,Reach,Where\n" + rows)
    officer, seen, url = registrar(desk), list[str](), "/desk/history"
    while url:
        page = officer.get(url)
        seen += [link for link in page.links() if link.startswith("/desk/history/")]
        url = next((f"/desk/history{link}" for link in page.links() if link.startswith("?after=")), "")
    assert len(seen) == len(set(seen)) == 71
    astray = [link for link in officer.get("/desk/history?after=nonsense").links() if link in seen]
    assert astray == seen[:50]


def test_without_history_nothing_leads_there_and_the_page_says_so(desk: Desk) -> None:
    officer = registrar(desk)
    assert "/desk/history" not in officer.get("/desk/sift").links()
    assert "No history was taken in." in officer.get("/desk/history").words


def test_nothing_of_it_is_counted_owed_or_at_the_sift(desk: Desk) -> None:
    before = registrar(desk).get("/desk/").words
    reference = history(desk)
    assert registrar(desk).get("/desk/").words == before
    for url in ("/desk/docket", "/desk/sift", "/desk/docket?view=sift"):
        assert reference not in registrar(desk).get(url).html


def test_what_the_file_says_is_sealed_until_it_is_read_for_a_reason(desk: Desk) -> None:
    reference = history(desk)
    officer, url = registrar(desk), f"/desk/history/{reference}"
    sealed = officer.get(url)
    assert "The complaint 2 sealed Allegation 1 2 R1 sealed Allegation 2 3 R2 sealed" in sealed.words
    for word in ("Rudeness", "ledger", "upheld", "North"):
        assert word not in sealed.html
    nothing = officer.send(url, {"other": "  "}, 422, do="read")
    assert "Choose a reason, or write one." in nothing.mistakes()
    assert len(premises().journal.read(f"complaint/{reference}")) == 4
    reason = sealed.options("reason")[0]
    opened = officer.send(url, {"reason": reason}, 200, do="read")
    assert "Told A row in the hall Source The old ledger Its number there 7 Place North" in opened.words
    assert "Allegation 2 3 R2 Name CD Allegation Rudeness Finding open" in opened.words
    fact = premises().journal.read(f"complaint/{reference}")[-1]
    assert (fact.body, fact.office) == (SealOpened(places=(1, 2, 3, 4)), "complaints-officer")
    assert premises().journal.open_part(fact.chain, fact.place, "reasons")["text"] == reason
    again = officer.get(url)
    assert "sealed; opened 1 time so far" in again.words
    assert "Rudeness" not in again.html


def test_a_case_opened_from_it_is_received_today_and_owes_from_today(desk: Desk) -> None:
    reference = history(desk)
    officer, url = registrar(desk), f"/desk/history/{reference}"
    assert (
        "Write why a case is opened from it."
        in officer.send(url, {"reasons": " "}, 422, do="case").mistakes()
    )
    sent = officer.send(url, {"reasons": "It goes on here."}, do="case")
    case = sent.location.rpartition("/")[2]
    facts = premises().journal.read(f"case/{case}")
    assert [type(fact.body) for fact in facts] == [Opened, PartyAdded, StepTaken]
    assert facts[1].body == PartyAdded(
        tag="C1", role=PartyRole.COMPLAINANT, naming=Naming.ANONYMOUS, complaint=reference
    )
    assert {(fact.on.isoformat(), fact.office) for fact in facts} == {(DAY, "complaints-officer")}
    row = CaseRow.objects.get(reference=case)
    assert (row.received_on.isoformat(), row.accepted_on) == (DAY, None)
    assert row.due_on.isoformat() > DAY
    link = premises().journal.read(f"complaint/{reference}")[-1].body
    assert link == Linked(chain=f"case/{case}", relation=Relation.OPENS)
    sift = officer.get(f"/desk/sift/{case}")
    assert f"Case {case} is open. It was received today, and its clocks start today." in sift.words
    assert "Received Mon 4 Mar 2019, elsewhere history: this case was opened from" in sift.words
    assert f"{case} Mon 9 Mar 2026 history Intake" in officer.get("/desk/sift").words
    read = officer.send(f"/desk/sift/{case}", {"no_conflict": "on"}, 200, do="read")
    assert f"Complaint {reference}, row 2 of the file: the accused R2 Name CD" in read.words
    assert "history, from a file" in officer.get(f"/desk/cases/{case}").words
    assert f"A case was opened from it: {case}" in officer.get(url).words
    assert list(keeping.verify_record()) == []
    assert keeping.rebuild(on=row.received_on).changed == 0


def test_a_named_complainant_comes_into_the_case(desk: Desk) -> None:
    reference = history(desk, "8")
    sent = registrar(desk).send(f"/desk/history/{reference}", {"reasons": "It goes on."}, do="case")
    chain = f"case/{sent.location.rpartition('/')[2]}"
    body = premises().journal.read(chain)[1].body
    assert isinstance(body, PartyAdded)
    assert body.naming is Naming.NAMED
    who = {"v": 1, "name": "Ada Winter", "contact": "ada@example.org"}
    assert premises().journal.open_part(chain, 2, "C1") == who


def test_a_second_case_is_not_opened_from_it(desk: Desk) -> None:
    reference = history(desk)
    officer, url = registrar(desk), f"/desk/history/{reference}"
    form = {**officer.get(url).form(), "reasons": "It goes on here."}
    officer.post(url, form, do="case")
    second = officer.post(url, form, do="case")
    assert second.location == url
    assert "No second one was made." in officer.get(url).words
    assert CaseRow.objects.count() == 1


def test_who_does_not_receive_opens_no_case(desk: Desk) -> None:
    reference = history(desk)
    overseer, url = desk.as_("overseer", DAY), f"/desk/history/{reference}"
    assert "A case is opened by the complaints officer." in overseer.get(url).words
    refused = overseer.post(url, {"reasons": "I want to."}, 422, do="case").refusal()
    assert "No case was opened" in refused
    assert not CaseRow.objects.exists()


def test_what_is_not_there_is_not_there(desk: Desk) -> None:
    own = desk.office.complaint("2026-03-02").complaint
    for reference in (own, "K7QH-3M2C", "nonsense"):
        registrar(desk).get(f"/desk/history/{reference}", 404)
        registrar(desk).post(f"/desk/history/{reference}", {"reasons": "x"}, 404, do="case")


def test_an_office_that_serves_no_cases_sees_no_history(desk: Desk) -> None:
    """The president decides nothing under the village bands' rulebook."""
    reference = history(desk)
    president = desk.as_("president", DAY)
    assert "No history was taken in." in president.get("/desk/history").words
    president.get(f"/desk/history/{reference}", 404)
    assert president.get(f"/desk/find?q={reference}", 302).location == "/desk/docket"


def test_it_is_found_by_its_reference(desk: Desk) -> None:
    reference = history(desk)
    found = registrar(desk).get(f"/desk/find?q={reference.lower()}", 302)
    assert found.location == f"/desk/history/{reference}"


def test_pages_of_history_take_the_same_queries_however_much_there_is(desk: Desk) -> None:
    officer = registrar(desk)

    def asked(url: str) -> int:
        officer.get(url)  # what a process reads once is read
        with CaptureQueriesContext(connection) as queries:
            officer.get(url)
        return len(queries)

    first = history(desk)
    few, one = asked("/desk/history"), asked(f"/desk/history/{first}")
    rows = "".join(f"{n},2019-03-{1 + n % 28:02},,,,\n" for n in range(100, 140))
    more = "".join(f"{n},AB,Noise,upheld\n" * 3 for n in range(100, 140)) + "7,AB,Rudeness,upheld\n"
    taken("No,Day,What,Who,Reach,Where\n" + rows, "No,Against,Of what,Found\n" + more)
    assert asked("/desk/history") == few <= 16
    assert asked(f"/desk/history/{first}") == one <= 16
