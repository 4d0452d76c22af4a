"""The page of officers, and the invitation that it gives: who may, what is told, what is kept nowhere."""

import re
from html import unescape

import pytest
from django.test import Client
from tests.web.desk.officer import Desk, Officer, Page

from duly_server.services.premises import premises
from duly_server.store.accounts import by_login
from duly_server.store.models import FactRow, InvitationRow
from duly_server.store.visible import viewer_of
from duly_server.web.routes import Rule, rule_of

TODAY = "2026-03-02"
PASSWORD = "three quiet harbours"


def president(desk: Desk) -> Officer:
    return desk.as_("president", TODAY)


def number_of(login: str) -> str:
    account = by_login(login)
    assert account is not None
    return viewer_of(account.pk).appointments[0].number


def invited(desk: Desk, office: str = "investigator", name: str = "Ada Winter") -> Page:
    return president(desk).send(f"/desk/officers/{office}/appoint", {"person": "new", "name": name}, 200)


def token_in(page: Page) -> str:
    found = re.search(r"/invitation#([\w-]{43})", unescape(page.html))
    assert found, page.words
    return found.group(1)


def test_only_who_appoints_comes_there_and_has_it_at_the_side(desk: Desk) -> None:
    assert rule_of("desk-officers") is Rule.APPOINTS
    assert "Officers" in president(desk).get("/desk/").words
    number = number_of("presenter-1")
    stranger = desk.as_("panel-chair", TODAY)
    assert "Officers" not in stranger.get("/desk/").words
    for path in ("", "/panel/appoint", f"/{number}/end"):
        assert stranger.get(f"/desk/officers{path}", 404)
    assert stranger.post(f"/desk/officers/{number}/invite", {}, 404)
    assert Client().get("/desk/officers").headers["Location"].startswith("/login")


def test_the_page_tells_who_holds_which_office_since_when(desk: Desk) -> None:
    words = president(desk).get("/desk/officers").words
    assert "President says who holds which office · Appoint as President" in words
    assert "Holder of panel-chair-1 panel-chair-1 Thu 1 Jan 2026" in words
    assert "Complainant" not in words


def test_somebody_new_comes_in_by_the_address_that_is_shown_once(desk: Desk) -> None:
    page = invited(desk)
    assert "Ada Winter holds the office “investigator” from Mon 2 Mar 2026 on" in page.words
    assert "until Mon 9 Mar 2026" in page.words
    token = token_in(page)
    listed = president(desk).get("/desk/officers")
    assert "Ada Winter invited, until Mon 9 Mar 2026" in listed.words
    assert token not in listed.html
    browser = Client()
    wrong = browser.post("/invitation", {"code": token, "login": "ada", "password": PASSWORD, "again": "x"})
    assert wrong.status_code == 422
    assert b"The two passwords are not the same" in wrong.content
    assert PASSWORD.encode() not in wrong.content
    said = {"code": token, "login": "ada", "password": PASSWORD, "again": PASSWORD}
    taken = browser.post("/invitation", said)
    assert (taken.status_code, taken.headers["Location"]) == (303, "/desk/#content")
    led = browser.get("/desk/").headers["Location"]
    assert "Ada Winter, before the desk opens" in browser.get(led).content.decode()
    again = Client().post("/invitation", said)
    assert again.status_code == 422
    assert b"holds for seven days and one use" in again.content
    logged_in = Client().post("/login", {"username": "ada", "password": PASSWORD})
    assert logged_in.status_code == 302


def test_the_token_is_in_no_fact_and_no_row(desk: Desk) -> None:
    token = token_in(invited(desk))
    assert all(token.encode() not in bytes(row.fact) for row in FactRow.objects.all())
    parts = premises().journal.open_parts(["office"])
    assert token not in str(parts)
    assert token not in str(list(InvitationRow.objects.values()))


@pytest.mark.parametrize("path", ["/invitation", "/desk/officers"])
def test_no_browser_keeps_the_page(desk: Desk, path: str) -> None:
    response = president(desk).client.get(path)
    assert "no-store" in response.headers["Cache-Control"]


def test_an_appointment_is_ended_with_its_last_day(desk: Desk) -> None:
    url = f"/desk/officers/{number_of('investigator-1')}/end"
    officer = president(desk)
    assert officer.send(url, {"last": "2026-03-04"}).location == "/desk/officers"
    page = officer.get("/desk/officers")
    assert "no longer holds the office “investigator” from Thu 5 Mar 2026 on" in page.words
    assert "Holder of investigator-1 investigator-1 Thu 1 Jan 2026 Wed 4 Mar 2026" in page.words
    assert desk.as_("investigator", "2026-03-04").get("/desk/docket")
    assert desk.as_("investigator", "2026-03-05").get("/desk/docket", 404)
    assert "Held before: 1" in desk.as_("president", "2026-03-05").get("/desk/officers").words


def test_yesterday_as_the_last_day_ends_it_at_once(desk: Desk) -> None:
    url = f"/desk/officers/{number_of('investigator-1')}/end"
    president(desk).send(url, {"last": "2026-03-01"})
    assert desk.as_("investigator", TODAY).get("/desk/docket", 404)


def test_who_held_it_before_stands_apart_and_can_be_ended_no_more(desk: Desk) -> None:
    number = number_of("investigator-1")
    president(desk).send(f"/desk/officers/{number}/end", {"last": "2026-03-04"})
    for day, is_over in (("2026-03-04", False), ("2026-03-05", True)):
        html = desk.as_("president", day).get("/desk/officers").html
        section = html.partition('<section class="section" aria-labelledby="office-investigator">')[2]
        section = section.partition("</section>")[0]
        now, _, before = section.partition("<details>")
        assert ("Holder of investigator-1" in now, "Holder of investigator-1" in before) == (
            not is_over,
            is_over,
        )
        assert ("Nobody holds this office." in now) is is_over


def test_a_last_day_gone_by_is_refused_with_the_day_that_ends_it_at_once(desk: Desk) -> None:
    """The field asks for the last day: what is refused and what is advised are last days too."""
    url = f"/desk/officers/{number_of('investigator-1')}/end"
    page = president(desk).send(url, {"last": "2026-02-20"}, 422)
    assert "Fri 20 Feb 2026 can't be its last day" in page.words
    assert "21 Feb" not in page.words
    assert "Choose yesterday as its last day, which ends it at once" in page.words


def test_a_name_in_persian_is_a_name(desk: Desk) -> None:
    assert "مهدی می\u200cخواهد" in invited(desk, name="مهدی می\u200cخواهد").words
    page = president(desk).send("/desk/officers/panel/appoint", {"name": "\u200c", "since": TODAY}, 422)
    assert "Nobody was named" in page.words


def test_what_is_refused_is_told_in_words_and_what_was_typed_is_kept(desk: Desk) -> None:
    officer = president(desk)
    url = f"/desk/officers/{number_of('president-1')}/end"
    page = officer.send(url, {"last": "2026-03-09"}, 422)
    assert "Nothing was ended Nobody would be left who can appoint" in page.words
    assert 'value="2026-03-09"' in page.html
    page = officer.send("/desk/officers/panel/appoint", {"name": "", "since": "2026-02-01"}, 422)
    assert "Nobody was appointed Nobody was named" in page.words
    assert "Sun 1 Feb 2026 has gone by" in page.words
    page = officer.send("/desk/officers/panel/appoint", {"name": "Bo", "since": "soon"}, 422)
    assert "Write a day." in page.words
    assert officer.get("/desk/officers/no-such-office/appoint", 404)
    assert officer.get("/desk/officers/no-such-number/end", 404)


def test_whoever_comes_second_is_told_and_may_then_go_on(desk: Desk) -> None:
    officer = president(desk)
    form = officer.get("/desk/officers/panel-chair/appoint").form()
    invited(desk, "panel-chair", "Bo Summer")
    page = officer.post("/desk/officers/panel-chair/appoint", {**form, "name": "Cy Autumn"}, 422)
    assert "Meanwhile somebody else acted on the office “panel chair”: Bo Summer was appointed" in page.words
    assert 'value="Cy Autumn"' in page.html
    again = officer.post("/desk/officers/panel-chair/appoint", page.form(), 200)
    assert "Cy Autumn holds the office" in again.words


def test_who_never_came_is_invited_again_and_the_first_address_opens_nothing(desk: Desk) -> None:
    first = token_in(invited(desk))
    row = InvitationRow.objects.get()
    number = viewer_of(row.account_id).appointments[0].number
    second = token_in(president(desk).post(f"/desk/officers/{number}/invite", {}, 200))
    said = {"login": "ada", "password": PASSWORD, "again": PASSWORD}
    assert Client().post("/invitation", {"code": first, **said}).status_code == 422
    assert Client().post("/invitation", {"code": second, **said}).status_code == 303
    page = president(desk).post(f"/desk/officers/{number}/invite", {}, 422)
    assert "Nobody was invited Nobody waits to be invited there" in page.words


def test_no_title_names_a_person(desk: Desk) -> None:
    url = f"/desk/officers/{number_of('investigator-1')}/end"
    assert {president(desk).get(path).title for path in ("/desk/officers", url)} == {"Officers · Duly"}


def test_a_name_is_kept_in_its_composed_form_however_it_was_typed(desk: Desk) -> None:
    page = invited(desk, name="Rene\u0301 Hart")
    assert "Ren\u00e9 Hart" in page.words
    holders = premises().journal.open_parts(["office"], names=["holder"]).values()
    assert "Ren\u00e9 Hart" in {part["name"] for part in holders if isinstance(part, dict)}


def test_an_appointment_cannot_end_on_the_day_after_which_there_is_none(desk: Desk) -> None:
    url = f"/desk/officers/{number_of('presenter-1')}/end"
    page = president(desk).send(url, {"last": "9999-12-31"}, 422)
    assert "Write an earlier day." in page.mistakes()
    assert "no longer holds" not in president(desk).get("/desk/officers").words
