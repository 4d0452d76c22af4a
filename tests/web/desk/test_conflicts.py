"""A declared conflict of interest hides the case at the next request, everywhere (T45)."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.urls import URLPattern, get_resolver, reverse
from tests.services.test_casework import accepted
from tests.web.desk.officer import Desk, Officer
from tests.web.desk.test_matters import second_office
from tests.web.desk.test_steps import served

from duly.record.facts import Conflict, ConflictDeclared, SealOpened
from duly_server.services import keeping, work
from duly_server.services.premises import premises
from duly_server.store.models import CaseRow, ComplaintCaseRow
from duly_server.web import routes
from duly_server.web.door import clock

TODAY = "2026-04-22"


def _routes() -> Iterator[URLPattern]:
    for each in routes._all(get_resolver().url_patterns):
        if str(each.name).startswith("desk"):
            yield each


def _everywhere() -> list[str]:
    """Each page of the desk that is about no one thing, and every view of the docket."""
    pages = [reverse(str(each.name)) for each in _routes() if not each.pattern.converters]
    views = ("mine", "late", "soon", "waiting", "paused", "interim", "unassigned", "sift", "closed")
    filtered = [f"{page}?view={view}" for page in ("/desk/docket", "/desk/docket.csv") for view in views]
    return [*pages, *filtered, "/desk/docket?step=report", "/desk/docket?before=end"]


def _of_the_case(reference: str) -> list[str]:
    """Every address under which something of one case is read or done."""
    found: list[str] = []
    for each in _routes():
        if set(each.pattern.converters) >= {"reference"}:
            said = {name: reference if name == "reference" else "report" for name in each.pattern.converters}
            found.append(reverse(str(each.name), kwargs=said))
    return found


def _told(officer: Officer, references: set[str]) -> set[str]:
    """Which pages of the desk say one of these."""
    told: set[str] = set()
    for url in _everywhere():
        answer = officer.client.get(url)
        body = b"".join(answer) if answer.streaming else answer.content
        if any(reference.encode() in body for reference in references):
            told.add(url)
    return told


def _said(reference: str) -> set[str]:
    complaints = ComplaintCaseRow.objects.filter(case=reference).values_list("complaint", flat=True)
    return {reference, *complaints}


@pytest.fixture
def case(desk: Desk) -> str:
    reference = served(desk)
    accepted(desk.office)  # another one, which stays
    return reference


def test_it_is_declared_from_the_page_of_the_case_and_hides_it_at_once(desk: Desk, case: str) -> None:
    officer = desk.as_("complaints-officer", TODAY)
    colleague = desk.as_("panel-chair")
    before = _told(officer, _said(case))
    assert {"/desk/", "/desk/docket", "/desk/docket.csv", "/desk/docket?view=late"} <= before
    url = f"/desk/cases/{case}/conflicts"
    assert url in officer.get(f"/desk/cases/{case}").links()
    page = officer.get(url)
    assert "Stand out of this case" in page.words
    assert 'name="on"' not in page.html
    again = officer.send(url, {}, 422)
    assert "Choose what comes nearest." in again.mistakes()
    done = officer.send(url, {"conflict": "close", "reasons": "He is my brother."})
    assert done.location == "/desk/"
    today = officer.get("/desk/")
    assert "You stand out of that case, and it is not shown to you any more." in today.words
    assert _told(officer, _said(case)) == set()
    assert case in colleague.get("/desk/docket").words
    record = colleague.get(f"/desk/cases/{case}").words
    assert "Somebody stands out of the case: a conflict of interest was declared" in record
    assert "He is my brother" not in record
    today, at = clock().read()
    work.work(today=today, at=at)
    assert list(keeping.verify_record(on=today)) == []
    assert keeping.rebuild(on=today).changed == 0


def test_its_pages_answer_as_those_of_a_case_that_there_is_not(desk: Desk, case: str) -> None:
    officer = desk.as_("complaints-officer", TODAY)
    officer.send(f"/desk/cases/{case}/conflicts", {"conflict": "work"})
    for hidden, absent in zip(_of_the_case(case), _of_the_case("AAAA-AAAA"), strict=True):
        for ask in (officer.client.get, officer.client.post):
            got, none = ask(hidden), ask(absent)
            assert got.status_code == none.status_code, hidden
            assert got.status_code in (404, 405), hidden
            assert got.content.replace(case.encode(), b"") == none.content.replace(b"AAAA-AAAA", b""), hidden


def test_a_form_that_was_open_records_nothing_any_more(desk: Desk, case: str) -> None:
    chair = desk.as_("panel-chair", TODAY)
    url = f"/desk/cases/{case}/pauses?pause=police"
    form = chair.get(url).form()
    chair.send(f"/desk/cases/{case}/conflicts", {"conflict": "earlier"})
    chair.post(url, {**form, "reasons": "The police asked."}, 404)
    assert isinstance(premises().journal.read(f"case/{case}")[-1].body, ConflictDeclared)


def test_search_finds_it_no_more(desk: Desk, case: str) -> None:
    officer = desk.as_("complaints-officer", TODAY)
    assert officer.post("/desk/find", {"q": case}, 302).location == f"/desk/cases/{case}"
    officer.send(f"/desk/cases/{case}/conflicts", {"conflict": "spoke"})
    answer = officer.post("/desk/find", {"q": case}, 302)
    assert f"There is no case {case} on your desk." in officer.get(answer.location).words


def test_seals_that_were_open_are_closed_and_the_opening_stays_noted(desk: Desk, case: str) -> None:
    officer = desk.as_("complaints-officer", TODAY)
    page = officer.get(f"/desk/cases/{case}/seals")
    boxes = page.options("seals")
    officer.post(
        f"/desk/cases/{case}/seals",
        {**page.form(), "seals": boxes[:1], "reason": page.options("reason")[0], "no_conflict": "on"},
        200,
    )
    officer.send(f"/desk/cases/{case}/conflicts", {"conflict": "party"})
    officer.get(f"/desk/cases/{case}/seals", 404)
    kinds = [type(fact.body) for fact in premises().journal.read(f"case/{case}")]
    assert kinds[-2:] == [SealOpened, ConflictDeclared]


def test_what_others_recorded_meanwhile_does_not_hold_it_up(desk: Desk, case: str) -> None:
    officer = desk.as_("complaints-officer", TODAY)
    url = f"/desk/cases/{case}/conflicts"
    form = officer.get(url).form()
    desk.as_("panel-chair").send(f"/desk/cases/{case}/pauses?pause=police", {"reasons": "The police asked."})
    officer.post(url, {**form, "conflict": "other"})
    body = premises().journal.read(f"case/{case}")[-1].body
    assert isinstance(body, ConflictDeclared)
    assert body.conflict is Conflict.OTHER


def test_what_was_theirs_waits_for_somebody_and_a_mistake_is_taken_back(desk: Desk, case: str) -> None:
    officer = desk.as_("complaints-officer", TODAY)
    assign = f"/desk/cases/{case}/assignments?office=complaints-officer"
    holders = officer.get(assign).options("appointment")
    officer.send(assign, {"appointment": holders[0]})
    assert CaseRow.objects.get(reference=case).owner == holders[0]
    officer.send(f"/desk/cases/{case}/conflicts", {"conflict": "close"})
    assert CaseRow.objects.get(reference=case).owner == ""
    second_office("panel-chair-1", "complaints-officer", since=date(2026, 3, 2))
    colleague = desk.as_("panel-chair")
    place = premises().journal.read(f"case/{case}")[-1].place
    colleague.send(
        f"/desk/cases/{case}/corrections?fact={place}", {"place": str(place), "reasons": "The wrong case."}
    )
    officer.get(f"/desk/cases/{case}")
    assert CaseRow.objects.get(reference=case).owner == holders[0]
