"""Resetting somebody's signing in from the page of officers, and the way in anew."""

from django.test import Client
from tests.services.test_resetting import LOST, REASON, equipped
from tests.web.desk.entering import Comer, Time, time
from tests.web.desk.officer import Desk, Officer
from tests.web.desk.test_officers import TODAY, number_of, token_in

__all__ = ["time"]

PASSWORD = "four other harbours"


def president(desk: Desk) -> Officer:
    return desk.as_("president", TODAY)


def test_an_officer_is_reset_and_comes_in_anew_with_another_second_factor(desk: Desk, time: Time) -> None:
    equipped()
    there = desk.as_("investigator", TODAY)
    assert there.get("/desk/docket")
    officer = president(desk)
    url = f"/desk/officers/{number_of(LOST)}/reset"
    assert url in officer.get("/desk/officers").links()
    page = officer.get(url)
    assert "Reset the signing in of Holder of investigator-1" in page.words
    done = officer.post(url, {"reason": REASON}, 200)
    token = token_in(done)
    assert there.get("/desk/docket", 302).location.startswith("/login")
    assert "investigator-1 invited anew, until Mon 9 Mar 2026" in officer.get("/desk/officers").words
    refused = Client().post("/login", {"username": LOST, "password": "three quiet harbours"})
    assert refused.status_code == 200
    comer = Comer()
    comer.post("/invitation", code=token, login=LOST, password=PASSWORD, again=PASSWORD)
    assert comer.get("/desk/docket", 303).location.startswith("/signing-in/first")
    comer.sets_up_an_app()
    assert comer.get("/desk/docket")
    assert "invited anew" not in officer.get("/desk/officers").words


def test_without_a_reason_nothing_is_reset(desk: Desk) -> None:
    equipped()
    url = f"/desk/officers/{number_of(LOST)}/reset"
    assert "Write how you know who asks for it" in president(desk).post(url, {"reason": ""}, 422).mistakes()
    there = Client().post("/login", {"username": LOST, "password": "three quiet harbours"})
    assert there.headers["Location"].startswith("/login/second")


def test_nobody_resets_themselves_and_nobody_else_sees_the_page(desk: Desk) -> None:
    officer = president(desk)
    own = officer.post(f"/desk/officers/{number_of('president-1')}/reset", {"reason": REASON}, 422)
    assert "who has come in changes what they come in by themselves" in own.refusal()
    assert desk.as_("panel-chair", TODAY).get(f"/desk/officers/{number_of(LOST)}/reset", 404)
    assert officer.get("/desk/officers/K7Q-H3P/reset", 404)
