"""Nobody reads anything sealed of a case before they said whether they have a conflict of interest (R03)."""

from datetime import date

import pytest
from tests.services.test_casework import accepted
from tests.web.desk.officer import Desk
from tests.web.desk.test_matters import second_office

from duly.record.facts import Body, NoConflictDeclared, SealOpened
from duly_server.services import seals
from duly_server.services.casework import UnableToActError
from duly_server.services.premises import premises
from duly_server.store import appointments

DAY = "2026-03-26"
WHY = {"other": "To write to him."}
SAYS = "Nobody reads anything sealed of a case before they said whether they have a conflict of interest."


def bodies(reference: str) -> list[Body]:
    return [fact.body for fact in premises().journal.read(f"case/{reference}")]


def test_the_page_of_seals_asks_once_and_notes_it_before_the_opening(desk: Desk) -> None:
    reference = accepted(desk.office)
    officer = desk.as_("complaints-officer", DAY)
    url = f"/desk/cases/{reference}/seals?party=R"
    before = bodies(reference)
    page = officer.get(url)
    assert f"/desk/cases/{reference}/conflicts" in page.links()
    refused = officer.send(url, WHY, 422)
    assert "Say that you know of none, or declare the one you have." in refused.mistakes()
    assert "Bo Lind" not in refused.html
    assert bodies(reference) == before
    opened = officer.send(url, {**WHY, "no_conflict": "on"}, 200)
    assert "Bo Lind" in opened.words
    (number,) = {
        each.number for each in appointments.roll().holders("complaints-officer", on=date(2026, 3, 26))
    }
    assert bodies(reference)[-2:] == [NoConflictDeclared(appointments=(number,)), SealOpened(places=(5,))]
    assert 'name="no_conflict"' not in officer.get(url).html
    assert "Bo Lind" in officer.send(url, WHY, 200).words
    assert "No conflict of interest, said before reading" in officer.get(f"/desk/cases/{reference}").words


def test_the_sift_asks_as_well_and_decides_without(desk: Desk) -> None:
    receipt = desk.office.complaint("2026-03-24")
    officer = desk.as_("complaints-officer", DAY)
    url = f"/desk/sift/{receipt.case}"
    refused = officer.send(url, {}, 422, do="read")
    assert SAYS in refused.refusal()
    assert "He mocked a player" not in refused.html
    assert "He mocked a player" in officer.send(url, {"no_conflict": "on"}, 200, do="read").words
    assert 'name="no_conflict"' not in officer.get(url).html


def test_the_service_asks_whoever_calls_it(desk: Desk) -> None:
    reference = accepted(desk.office)
    acting = desk.office.acting("investigator", DAY)
    with pytest.raises(UnableToActError) as refused:
        seals.open_seals(acting, reference, ["case:5:R"], reason="To read it.")
    assert [problem.code for problem in refused.value.problems] == ["declare-first"]
    assert not any(isinstance(body, SealOpened) for body in bodies(reference))


def test_each_says_it_for_themselves_and_for_each_case_and_in_every_office(desk: Desk) -> None:
    reference, other = accepted(desk.office), accepted(desk.office)
    officer = desk.as_("investigator", DAY)
    officer.send(f"/desk/cases/{reference}/seals?party=R", {**WHY, "no_conflict": "on"}, 200)
    officer.send(f"/desk/cases/{other}/seals?party=R", WHY, 422)
    desk.as_("panel-chair").send(f"/desk/cases/{reference}/seals?party=R", WHY, 422)
    second_office("investigator-1", "presenter", since=date(2026, 3, 26))
    officer.send(f"/desk/cases/{reference}/seals?party=R", WHY, 200)


def test_whoever_said_it_may_still_find_one_and_stand_out(desk: Desk) -> None:
    reference = accepted(desk.office)
    officer = desk.as_("investigator", DAY)
    officer.send(f"/desk/cases/{reference}/seals?party=R", {**WHY, "no_conflict": "on"}, 200)
    officer.send(f"/desk/cases/{reference}/conflicts", {"conflict": "close"})
    officer.get(f"/desk/cases/{reference}", 404)


def test_whoever_only_read_and_declared_has_not_acted_first(desk: Desk) -> None:
    reference = accepted(desk.office)
    officer = desk.as_("complaints-officer", DAY)
    url = f"/desk/cases/{reference}/assignments?office=investigator"
    page = officer.get(url)
    form, holder = page.form(), page.options("appointment")[0]
    desk.as_("investigator").send(f"/desk/cases/{reference}/seals?party=R", {**WHY, "no_conflict": "on"}, 200)
    officer.post(url, {**form, "appointment": holder})
