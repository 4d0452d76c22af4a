"""A grave act asks for a second factor once more, and loses nothing that was typed (T58)."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from tests.services.test_casework import accepted
from tests.web.desk.entering import PASSWORD, App, Comer, Time, time
from tests.web.desk.officer import Desk, Officer, Page
from tests.web.desk.test_steps import at_hearing, served

from duly.record.facts import FindingMade, SealOpened
from duly_server.services.premises import premises
from duly_server.store.accounts import by_login
from duly_server.store.models import DraftRow
from duly_server.web.asked_again import COOKIE, GIVE_UP
from duly_server.web.routes import grave_routes

__all__ = ["time"]

TODAY = "2026-04-22"
SECRET = "He said it in front of everybody, twice."
GRAVE = {
    "desk-case-step",
    "desk-case-seals",
    "desk-sift-complaint",
    "desk-history-complaint",
    "desk-docket-csv",
}


def kinds(reference: str) -> list[str]:
    return [fact.body.KIND for fact in premises().journal.read(f"case/{reference}")]


def where(answer: Page) -> str:
    """The page to which the second factor leads back."""
    assert answer.location.startswith("/login/second?"), answer.location
    return parse_qs(urlsplit(answer.location).query)["next"][0]


def comes_back(officer: Officer, answer: Page) -> Page:
    officer.is_stale = False
    officer._entered_at = 0
    return officer.get(where(answer))


def finding(desk: Desk) -> tuple[Officer, str, str]:
    """A panel that is about to find, and the address of its form."""
    reference = served(desk)
    return desk.as_("panel", TODAY), reference, f"/desk/cases/{reference}/steps/find"


def test_a_finding_is_asked_for_again_and_sent_with_all_that_was_typed(desk: Desk) -> None:
    reference = at_hearing(desk)
    officer, url = desk.as_("panel"), f"/desk/cases/{reference}/steps/find"
    before = kinds(reference)
    page = officer.get(url)
    present = page.options("present")
    typed = {**page.form(), "outcome_A1": "proved", "reasons_A1": SECRET, "present": present}
    asked = officer.stale().post(url, typed)
    assert where(asked) == url
    assert kinds(reference) == before
    page = comes_back(officer, asked)
    assert "What you wrote was kept, and nothing of it is recorded yet." in page.words
    kept = page.form()
    assert kept.items() >= {name: typed[name] for name in ("outcome_A1", "reasons_A1", "seen", "on")}.items()
    assert page.html.count('name="present"') == len(present) > 1
    officer.post(url, {**kept, "present": present})
    assert FindingMade.KIND in kinds(reference)
    assert DraftRow.objects.count() == 0


def test_what_the_rules_refuse_after_that_is_still_there(desk: Desk) -> None:
    reference = at_hearing(desk)
    officer, url = desk.as_("panel"), f"/desk/cases/{reference}/steps/find"
    form = officer.get(url).form()
    asked = officer.stale().post(url, {**form, "reasons_A1": SECRET})
    sent = officer.post(url, comes_back(officer, asked).form(), 422)
    assert SECRET in sent.html
    assert "What you wrote was kept" not in officer.get(url).words


@pytest.mark.parametrize("step", ["find", "decide-sanction", "decide-appeal", "suspend"])
def test_each_step_that_finds_or_takes_is_grave(desk: Desk, step: str) -> None:
    reference = served(desk)
    officer = desk.as_("panel-chair", TODAY).stale()
    book = desk.office.book
    is_there = step in book.steps
    url = f"/desk/cases/{reference}/steps/{step}"
    answer = officer.client.post(url, {"reasons": SECRET})
    assert answer.status_code == (303 if is_there else 404)
    assert not is_there or answer.headers["Location"].startswith("/login/second?")


def test_what_is_not_grave_is_not_asked_for_again(desk: Desk) -> None:
    reference = served(desk)
    officer = desk.as_("complaints-officer", TODAY).stale()
    officer.send(f"/desk/cases/{reference}/steps/update", {"on": TODAY, "reasons": "Under way."})
    officer.get(f"/desk/cases/{reference}/steps/find")
    officer.get(f"/desk/cases/{reference}/seals")


def test_a_seal_is_opened_by_somebody_who_has_just_shown_that_it_is_them(desk: Desk) -> None:
    reference = served(desk)
    officer = desk.as_("complaints-officer", TODAY)
    url = f"/desk/cases/{reference}/seals?party=R"
    page = officer.get(url)
    why = {"seals": page.options("seals"), "reason": page.options("reason")[0], "no_conflict": "on"}
    typed = {**page.form(), **why}
    officer.stale()
    asked = officer.post(url, typed)
    assert SealOpened.KIND not in kinds(reference)
    again = comes_back(officer, asked)
    officer.post(url, again.form(), 200)
    assert kinds(reference)[-1] == SealOpened.KIND


def test_reading_a_complaint_at_the_sift_and_the_file_of_the_docket_ask_too(desk: Desk) -> None:
    accepted(desk.office)
    receipt = desk.office.complaint("2026-03-23")
    officer = desk.as_("complaints-officer", "2026-03-23").stale()
    url = f"/desk/sift/{receipt.case}"
    form = officer.get(url).form()
    assert where(officer.post(url, {**form, "other": "To decide."}, do="read")) == url
    officer.post(url, form, 422, do="decide")
    assert where(officer.get("/desk/docket.csv?view=late", 303)) == "/desk/docket.csv?view=late"


def test_what_was_kept_is_for_that_account_and_that_address_and_can_be_dropped(desk: Desk) -> None:
    officer, reference, url = finding(desk)
    asked = officer.stale().post(url, {"reasons": SECRET})
    other = desk.as_("panel-chair")
    other.client.cookies[COOKIE] = officer.client.cookies[COOKIE].value
    assert SECRET not in other.get(url).html
    page = comes_back(officer, asked)
    assert SECRET in page.html
    assert SECRET not in officer.get(f"{url}?key=A1").html
    dropped = officer.post(url, {GIVE_UP: "1", "reasons": SECRET})
    assert dropped.location == url
    assert SECRET not in officer.get(url).html
    assert DraftRow.objects.count() == 0
    assert "find" not in str(kinds(reference))


def test_nothing_typed_lies_in_the_database_in_clear_and_it_goes_by_itself(desk: Desk) -> None:
    officer, _, url = finding(desk)
    officer.stale().post(url, {"reasons": SECRET})
    (row,) = DraftRow.objects.all()
    assert SECRET.encode() not in bytes(row.sealed)
    assert row.expires_on.isoformat() == "2026-04-23"
    cookie = officer.client.cookies[COOKIE]
    assert (cookie["httponly"], cookie["path"], cookie["max-age"]) == (True, "/desk/", 900)


def test_a_cookie_that_is_none_does_nothing(desk: Desk) -> None:
    officer, _, url = finding(desk)
    for value in ("", "x", "é", "A" * 44):
        officer.client.cookies[COOKIE] = value
        assert "What you wrote was kept" not in officer.get(url).words
        officer.post(url, {"reasons": SECRET}, 422)


def test_a_code_of_the_app_leads_back_to_what_was_typed(desk: Desk, time: Time) -> None:
    """From end to end, by the pages on which one shows it."""
    receipt = desk.office.complaint("2026-03-02")
    account = by_login("complaints-officer-1")
    assert account is not None
    account.set_password(PASSWORD)
    account.save()
    comer = Comer()
    comer.password("complaints-officer-1")
    app: App = comer.sets_up_an_app()[0]
    time.at += timedelta(hours=1)
    url = f"/desk/sift/{receipt.case}"
    asked = comer.post(url, do="read", reason="", other="To decide about it.", no_conflict="on")
    second = comer.get(asked.location)
    assert "What you wrote is kept." in second.words
    back = comer.post("/login/second", code=app.code(), next=where(asked))
    assert back.location == url
    page = comer.get(url)
    sent = {name: str(value) for name, value in page.form().items()}
    assert sent["other"] == "To decide about it."
    assert "He mocked a player at every rehearsal." in comer.post(url, 200, **sent).words


def test_the_grave_routes_are_these() -> None:
    assert grave_routes() == GRAVE
