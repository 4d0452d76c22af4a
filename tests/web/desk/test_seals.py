"""A seal is opened for a reason, noted first, and shown on that answer alone."""

from tests.services.test_casework import accepted
from tests.web.desk.officer import Desk

from duly.record.facts import SealOpened
from duly_server.services.premises import premises


def last(chain: str) -> object:
    return premises().journal.read(chain)[-1].body


def test_a_name_is_shown_for_a_reason_and_the_record_says_who_opened_it(desk: Desk) -> None:
    reference = accepted(desk.office)
    officer = desk.as_("complaints-officer", "2026-03-26")
    url = f"/desk/cases/{reference}/seals?party=R"
    assert url in officer.get(f"/desk/cases/{reference}").links()
    page = officer.get(url)
    assert page.form()["seals"] == ["case:5:R"]
    assert "The overseer sees it" in page.words
    assert "Bo Lind" not in page.html
    reason = page.options("reason")[0]
    opened = officer.send(url, {"reason": reason, "no_conflict": "on"}, 200)
    assert "R Respondent Bo Lind open until you leave this page" in opened.words
    assert (
        "no-store"
        in officer.client.post(url, {"seals": ["case:5:R"], "reason": reason}).headers["Cache-Control"]
    )
    fact = premises().journal.read(f"case/{reference}")[8]
    assert fact.body == SealOpened(places=(5,))
    assert fact.office == "complaints-officer"
    assert premises().journal.open_part(f"case/{reference}", 9, "reasons")["text"] == reason
    case = officer.get(f"/desk/cases/{reference}")
    assert "Seal of fact 5 opened Holder of complaints-officer-1, complaints officer" in case.words
    assert "Bo Lind" not in case.html


def test_without_a_reason_nothing_is_opened_and_nothing_noted(desk: Desk) -> None:
    reference = accepted(desk.office)
    officer = desk.as_("complaints-officer", "2026-03-26")
    before = len(premises().journal.read(f"case/{reference}"))
    page = officer.send(f"/desk/cases/{reference}/seals?party=R", {"other": "   "}, 422)
    assert "Choose a reason, or write one." in page.mistakes()
    nothing = officer.send(f"/desk/cases/{reference}/seals", {"other": "I want to know."}, 422)
    assert "Choose what you need to read." in nothing.mistakes()
    assert "Bo Lind" not in page.html + nothing.html
    assert len(premises().journal.read(f"case/{reference}")) == before


def test_a_reason_may_be_written(desk: Desk) -> None:
    reference = accepted(desk.office)
    officer = desk.as_("overseer", "2026-03-26")
    url = f"/desk/cases/{reference}/seals?fact=6"
    page = officer.send(url, {"other": "Sampled for the yearly review.", "no_conflict": "on"}, 200)
    assert "Mockery." in page.words
    assert premises().journal.open_part(f"case/{reference}", 9, "reasons")["text"] == (
        "Sampled for the yearly review."
    )


def test_a_complaint_is_read_through_the_case_and_its_own_record_knows(desk: Desk) -> None:
    reference = accepted(desk.office)
    officer = desk.as_("complaints-officer", "2026-03-26")
    case = officer.get(f"/desk/cases/{reference}")
    url = next(link for link in case.links() if "/seals?complaint=" in link)
    page = officer.send(url, {"other": "To write the notice.", "no_conflict": "on"}, 200)
    assert "He mocked a player at every rehearsal." in page.words
    assert "Ada Winter" in page.words
    assert last(f"case/{reference}") == SealOpened(places=(2,))
    complaint = url.partition("complaint=")[2]
    assert last(f"complaint/{complaint}") == SealOpened(places=(1,))


def test_a_seal_of_another_case_does_not_open_here(desk: Desk) -> None:
    reference, other = accepted(desk.office), accepted(desk.office)
    officer = desk.as_("complaints-officer", "2026-03-26")
    url = f"/desk/cases/{reference}/seals"
    codes = officer.get(f"/desk/cases/{other}/seals").options("seals")
    foreign = next(code for code in codes if not code.startswith("case:"))
    page = officer.post(url, {"seals": [foreign], "other": "To see."}, 422)
    assert page.mistakes()
    assert len(premises().journal.read(f"case/{reference}")) == 7


def test_the_title_names_nobody(desk: Desk) -> None:
    reference = accepted(desk.office)
    officer = desk.as_("complaints-officer", "2026-03-26")
    page = officer.send(
        f"/desk/cases/{reference}/seals?party=R", {"other": "To address it.", "no_conflict": "on"}, 200
    )
    assert page.title == f"Open a seal · {reference} · Duly"
