"""The desk's page for a new edition or a changed calendar: who may, what is shown, what is adopted."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.services.adopted import BANDS, edition, late_holiday
from tests.services.conftest import furnish
from tests.services.test_casework import accepted
from tests.web.desk.officer import Desk, Officer, Page
from tests.web.desk.test_today import suspended

from duly.record.facts import AdoptionWithdrawn, CalendarAdopted, RulebookAdopted
from duly_server.gateways.keys import FileKeyRing
from duly_server.services.premises import premises
from duly_server.store import editions
from duly_server.web.routes import Rule, rule_of

TODAY = "2026-03-24"
WHY = "The board voted for it on 20 March."
NEW = "/desk/rulebook/new"


def chosen(officer: Officer, text: str, status: int = 303) -> Page:
    response = officer.client.post(NEW, {"file": SimpleUploadedFile("new.toml", text.encode())})
    page = Page(response.content.decode(), response.status_code, response.headers.get("Location", ""))
    assert page.status == status, page.words[:1500]
    return page


def test_only_who_answers_for_it_comes_there_and_has_the_way_on_the_page(desk: Desk) -> None:
    president, officer = desk.as_("president", TODAY), desk.as_("complaints-officer", TODAY)
    digest = chosen(president, late_holiday()).location.rpartition("/")[2]

    assert rule_of("desk-new-edition") is Rule.APPOINTS
    assert NEW in president.get("/desk/rulebook").links()
    assert NEW not in officer.get("/desk/rulebook").links()
    assert officer.get(NEW, 404)
    assert officer.get(f"{NEW}/{digest}", 404)
    assert officer.post(f"{NEW}/{digest}", {"reasons": WHY}, 404)


def test_a_late_holiday_is_shown_with_each_time_before_and_after_and_why(desk: Desk) -> None:
    reference = accepted(desk.office)
    president = desk.as_("president", TODAY)

    words = president.get(chosen(president, late_holiday("2026-03-27")).location).words

    assert "1 open case; 1 time that runs would move." in words
    assert f"{reference} counted by GB-ENG, edition 1 now, late then." in words
    assert "Serve notice Tue 7 Apr 2026 Wed 8 Apr 2026 Fri 27 Mar 2026 is closed: Day of mourning" in words
    assert "Report Fri 12 Jun 2026 Fri 12 Jun 2026, as it is" in words
    assert "Adopt it" in words


def test_a_suspension_is_shown_with_its_last_day_and_so_it_is_on_the_page_of_the_case(
    db: None, keyring: FileKeyRing, day: None
) -> None:
    """Twenty working days from Thu 26 March; the Monday after is closed."""
    desk = Desk(furnish(BANDS.replace('at_most = "6 months"', 'at_most = "20 working days"', 1)))
    reference, _ = suspended(desk)
    president = desk.as_("president", "2026-03-27")
    address = chosen(president, late_holiday("2026-03-30")).location

    words = president.get(address).words
    president.send(address, {"reasons": WHY})
    case = desk.as_("complaints-officer", "2026-03-27").get(f"/desk/cases/{reference}").words

    assert "1 measure or pause would end on another day." in words
    assert "Measure: interim suspension, last day Fri 24 Apr 2026 Mon 27 Apr 2026 Mon 30 Mar" in words
    assert "measure “interim suspension”, last day: Fri 24 Apr 2026 -> Mon 27 Apr 2026" in case


def test_who_sees_no_case_is_shown_its_reference_and_no_way_into_it(desk: Desk) -> None:
    reference = accepted(desk.office)
    president = desk.as_("president", TODAY)

    page = president.get(chosen(president, late_holiday("2026-03-27")).location)

    assert reference in page.words
    assert f"/desk/cases/{reference}" not in page.links()


def test_sent_with_reasons_it_is_adopted_and_the_page_of_the_case_has_the_new_day(desk: Desk) -> None:
    reference = accepted(desk.office)
    president = desk.as_("president", TODAY)
    address = chosen(president, late_holiday("2026-03-27")).location

    done = president.send(address, {"reasons": WHY})

    assert done.location == "/desk/rulebook"
    assert "Adopted: the calendar GB-ENG, edition late." in president.get(done.location).words
    assert isinstance(premises().journal.read("office")[-1].body, CalendarAdopted)
    assert "Wed 8 Apr" in desk.as_("complaints-officer").get(f"/desk/cases/{reference}").words
    assert president.get(address, 404)


def test_without_reasons_nothing_is_adopted_and_the_form_says_so(desk: Desk) -> None:
    president = desk.as_("president", TODAY)
    address = chosen(president, late_holiday()).location

    page = president.send(address, {"reasons": ""}, 422)

    assert "Say who decided it, and why." in page.mistakes()
    assert editions.calendar_named("GB-ENG").edition == "1"


def test_a_fact_that_came_after_refuses_it_and_what_is_now_is_shown_to_be_sent_again(desk: Desk) -> None:
    president = desk.as_("president", TODAY)
    address = chosen(president, late_holiday("2026-03-27")).location
    form = president.get(address).form()
    accepted(desk.office)

    page = president.post(address, {**form, "reasons": WHY}, 422)

    assert "The record went on, or a day has passed" in page.refusal()
    assert "1 time that runs would move" in page.words
    assert page.form()["reasons"] == WHY
    assert editions.calendar_named("GB-ENG").edition == "1"
    president.post(address, page.form())
    assert editions.calendar_named("GB-ENG").edition == "late"


def test_an_edition_is_shown_with_what_differs_who_is_worse_off_and_what_becomes_of_each_case(
    desk: Desk,
) -> None:
    accepted(desk.office)
    president = desk.as_("president", TODAY)
    shorter = ('"10 working days after inquiry begins"', '"8 working days after inquiry begins"')
    text = edition("2027", "2026-03-31", shorter, mode="move at once")

    words = president.get(chosen(president, text).location).words

    assert "running cases: move at once" in words
    assert "against edition 2026, which is in force" in words
    assert "8 working days" in words
    assert "under edition 2026 now, 2027 then." in words
    assert "Wed 1 Apr 2026 The new edition gives within 8 working days after" in words


def test_an_edition_that_was_adopted_stands_on_the_page_of_the_rulebook_until_its_day(desk: Desk) -> None:
    president = desk.as_("president", TODAY)
    president.send(chosen(president, edition("2027", "2026-04-01")).location, {"reasons": WHY})

    words = president.get("/desk/rulebook").words

    assert "Edition 2027 was adopted and comes into force on Wed 1 Apr 2026" in words
    assert "edition 2026, in force from" in words
    assert isinstance(premises().journal.read("office")[-1].body, RulebookAdopted)
    assert "edition 2027, in force from" in desk.as_("president", "2026-04-01").get("/desk/rulebook").words


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[rulebook]\n", "line 1"),
        ("not toml", "line 1"),
        (edition("2027", "2026-03-01"), "which has come"),
        (edition("2027", "2026-04-01", ("21 days after the latest", "2 days after the latest")), "L09"),
    ],
    ids=["no rulebook", "no toml", "a day gone by", "an error of the lint"],
)
def test_a_file_that_cannot_be_adopted_is_refused_with_its_lines(desk: Desk, text: str, says: str) -> None:
    page = chosen(desk.as_("president", TODAY), text, 422)

    assert says in page.refusal()


def test_without_a_file_the_form_asks_for_one(desk: Desk) -> None:
    assert "Choose a file." in desk.as_("president", TODAY).post(NEW, {}, 422).mistakes()


def test_a_large_office_is_looked_at_for_two_seconds_at_a_time(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("duly_server.services.adopting.preview.AT_ONCE", 2)
    monkeypatch.setattr("duly_server.web.desk.adopting_rows.PATIENCE", -1)
    for _ in range(3):
        desk.office.complaint("2026-03-20")
    president = desk.as_("president", TODAY)
    address = chosen(president, late_holiday()).location

    first = president.get(address)
    president.post(f"{address}/look", {})
    then = president.get(address)

    assert "Looked at 2 of 3 open cases so far." in first.words
    assert "Adopt it" not in first.words
    assert "so far" not in then.words
    assert "Adopt it" in then.words


def test_the_cases_of_a_large_office_are_paged_by_reference(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("duly_server.web.desk.adopting_rows.PAGE", 2)
    references = sorted(desk.office.complaint("2026-03-20").case for _ in range(3))
    president = desk.as_("president", TODAY)
    address = chosen(president, late_holiday()).location

    first = president.get(address)
    more = next(link for link in first.links() if "after=" in link)
    second = president.get(more.partition("#")[0])

    assert [each in first.words for each in references] == [True, True, False]
    assert [each in second.words for each in references] == [False, False, True]


# --- withdrawn before its day -----------------------------------------------------------------------------

SHORTER = ('"10 working days after inquiry begins"', '"8 working days after inquiry begins"')


def in_force_soon(president: Officer) -> str:
    """The address of withdrawing an edition that was adopted for the last of March."""
    text = edition("2027", "2026-03-31", SHORTER, mode="move at once")
    president.send(chosen(president, text).location, {"reasons": WHY})
    return f"/desk/rulebook/withdraw/{editions.adopted()[0].digest}"


def test_withdrawing_is_shown_case_by_case_with_the_days_that_stay(desk: Desk) -> None:
    reference = accepted(desk.office)
    president = desk.as_("president", TODAY)
    address = in_force_soon(president)

    page = president.get(president.post(f"{address}/look", {}).location)

    assert page.status == 200
    assert (
        "Withdraw “Complaints and discipline in the Federation of Village Bands”, edition 2027" in page.words
    )
    assert "1 time that runs would not move after all." in page.words
    assert f"{reference} stays under edition 2026, and does not go under 2027." in page.words
    assert "Serve notice Wed 1 Apr 2026 Tue 7 Apr 2026" in page.words


def test_sent_with_reasons_it_is_withdrawn_and_no_page_speaks_of_it(desk: Desk) -> None:
    reference = accepted(desk.office)
    president, officer = desk.as_("president", TODAY), desk.as_("complaints-officer", TODAY)
    address = in_force_soon(president)
    assert "edition 2027 comes into force" in officer.get(f"/desk/cases/{reference}").words
    president.post(f"{address}/look", {})

    done = president.send(address, {"reasons": "Voted down."})

    assert done.location == "/desk/rulebook"
    words = president.get(done.location).words
    assert "Withdrawn: “Complaints and discipline in the Federation of Village Bands”, edition 2027." in words
    assert "No other edition waits to come into force." in words
    assert isinstance(premises().journal.read("office")[-1].body, AdoptionWithdrawn)
    assert "2027" not in officer.get(f"/desk/cases/{reference}").words
    assert president.get(address, 404)
    assert "edition 2026, in force from" in desk.as_("president", "2026-04-01").get("/desk/rulebook").words


def test_what_was_not_looked_at_yet_offers_no_withdrawing(desk: Desk) -> None:
    accepted(desk.office)
    president = desk.as_("president", TODAY)
    address = in_force_soon(president)

    words = president.get(address).words

    assert "Looked at 0 of 1 open cases so far." in words
    assert "Who decided it, and why" not in words


def test_on_its_day_it_can_not_be_withdrawn_and_the_page_says_so(desk: Desk) -> None:
    president = desk.as_("president", TODAY)
    address = in_force_soon(president)

    page = desk.as_("president", "2026-03-31").get(address, 422)

    assert "governs since Tue 31 Mar 2026" in page.refusal()
    assert desk.as_("president", "2026-03-31").post(f"{address}/look", {}).location == address


def test_a_withdrawal_without_reasons_or_of_what_went_on_is_refused_and_shown_anew(desk: Desk) -> None:
    president = desk.as_("president", TODAY)
    address = in_force_soon(president)
    president.post(f"{address}/look", {})
    form = president.get(address).form()
    accepted(desk.office)

    silent = president.send(address, {"reasons": ""}, 422)
    stale = president.post(address, {**form, "reasons": WHY}, 422)

    assert "Say who decided it, and why." in silent.mistakes()
    assert "nothing was withdrawn" in stale.refusal()
    assert stale.form()["reasons"] == WHY
    assert president.post(address, stale.form()).location == "/desk/rulebook"


def test_only_who_may_adopt_comes_to_withdrawing(desk: Desk) -> None:
    president, officer = desk.as_("president", TODAY), desk.as_("complaints-officer", TODAY)
    address = in_force_soon(president)

    assert rule_of("desk-withdraw") is rule_of("desk-withdraw-look") is Rule.APPOINTS
    assert "See what withdrawing 2027 would do" in president.get("/desk/rulebook").words
    assert "See what withdrawing" not in officer.get("/desk/rulebook").words
    for path in (address, f"{address}/look"):
        assert officer.get(path, 404)
        assert officer.post(path, {"reasons": WHY}, 404)
    assert president.get(f"/desk/rulebook/withdraw/{'0' * 64}", 404)
    assert president.post(f"/desk/rulebook/withdraw/{'0' * 64}/look", {}, 404)
