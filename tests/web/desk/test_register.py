"""The register as at any day: interim measures and sanctions are different things; grounds are nowhere."""

from dataclasses import replace
from datetime import date, timedelta

from tests.services.test_casework import accepted
from tests.web.desk.officer import Desk, set_day
from tests.web.desk.pictured import TODAY, pictured
from tests.web.desk.test_steps import at_hearing

from duly.sanctions import restrictions
from duly.vocabulary.day import desk_day
from duly_server.services import casework, keeping, work
from duly_server.store import projections
from duly_server.store.models import MeasureRow


def test_nothing_in_force_is_said_in_one_line_each(desk: Desk) -> None:
    accepted(desk.office)
    page = desk.as_("overseer", "2026-03-26").get("/desk/register")
    assert "No interim measure is in force on Thu 26 Mar 2026." in page.words
    assert "No sanction is in force on Thu 26 Mar 2026." in page.words


def test_an_interim_measure_is_no_sanction_and_says_that_nothing_was_found(example_desk: Desk) -> None:
    reference = pictured(example_desk.office)
    page = example_desk.as_("registrar", TODAY).get("/desk/register")
    interim, _, sanctions = page.words.partition("Sanctions imposed after")
    assert (
        f"Interim suspension R, name sealed {reference} Tue 24 Mar 2026 before Thu 24 Sep 2026"
        " lapses after Mon 18 May 2026 unless reviewed no finding has been made r 15.2"
    ) in interim
    assert "No sanction is in force" in sanctions
    assert f"/desk/cases/{reference}" in page.links()
    for never in ("harassment", "Harassment", "Corin", "necessary"):
        assert never not in page.html


def test_a_day_is_asked_for_by_a_plain_form(example_desk: Desk) -> None:
    pictured(example_desk.office)
    registrar = example_desk.as_("registrar", TODAY)
    assert (
        "No interim measure is in force on Mon 23 Mar 2026."
        in registrar.get("/desk/register?on=2026-03-23").words
    )
    assert "Interim suspension R" in registrar.get("/desk/register?on=2026-03-24").words
    assert (
        "No interim measure is in force on Thu 24 Sep 2026."
        in registrar.get("/desk/register?on=2026-09-24").words
    )
    wrong = registrar.get("/desk/register?on=soon", 422)
    assert "Give the day as 2026-04-23." in wrong.mistakes()


def suspended(desk: Desk) -> str:
    """A case with a suspension of six months, decided on 2 June and served on both the same day."""
    reference = at_hearing(desk)
    panel = desk.as_("panel")
    find, decide = (f"/desk/cases/{reference}/steps/{step}" for step in ("find", "decide-sanction"))
    others = panel.get(find).options("present")
    panel.send(find, {"outcome_A1": "proved", "reasons_A1": "Seen by three.", "present": others})
    given = {"outcome": "imposed", "reasons": "It lasted for months.", "present": others}
    panel.send(decide, {**given, "sanction": "suspension", "amount": "6", "unit": "months"})
    officer = desk.as_("complaints-officer", "2026-06-02")
    for tag in ("C1", "R"):
        officer.send(
            f"/desk/cases/{reference}/steps/serve-decision?key={tag}",
            {"stated": ["reasons", "appeal route", "last day to appeal"]},
        )
    return reference


def test_a_sanction_stands_in_the_register_from_the_day_no_appeal_is_left(desk: Desk) -> None:
    reference = suspended(desk)
    officer = desk.as_("complaints-officer", "2026-06-02")
    assert "No sanction is in force" in officer.get("/desk/register").words
    set_day("2026-06-24")
    me = desk.office.acting("complaints-officer", "2026-06-24")
    work.work(today=me.today, at=me.at)
    page = officer.get("/desk/register")
    found, _, stayed = page.words.partition("Sanctions imposed after")[2].partition("Stayed sanctions")
    assert f"Suspension R, name sealed {reference} Wed 24 Jun 2026 before Thu 24 Dec 2026" in found
    assert "no finding has been made" not in found
    assert "No sanction was stayed on Wed 24 Jun 2026." in stayed
    assert "No sanction is in force on Tue 23 Jun 2026." in officer.get("/desk/register?on=2026-06-23").words


def test_a_stayed_sanction_stands_in_the_register_as_stayed_on_every_day_that_it_was(desk: Desk) -> None:
    reference = suspended(desk)
    imposed = case_row(reference).imposed_on
    officer = desk.as_("complaints-officer", "2026-06-02")
    waits = (
        f"Suspension R, name sealed {reference} {desk_day(imposed)} when no appeal is left counted from then"
    )
    assert f"{waits} stayed" in officer.get("/desk/register").words
    set_day("2026-06-24")
    me = desk.office.acting("complaints-officer", "2026-06-24")
    work.work(today=me.today, at=me.at)
    begins = f"{reference} {desk_day(imposed)} Wed 24 Jun 2026 before Thu 24 Dec 2026 stayed"
    for on in (imposed.isoformat(), "2026-06-23"):
        stayed = officer.get(f"/desk/register?on={on}").words.partition("Stayed sanctions")[2]
        assert begins in stayed
    before = (imposed - timedelta(days=1)).isoformat()
    assert "No sanction was stayed" in officer.get(f"/desk/register?on={before}").words


def test_a_sanction_whose_beginning_is_fixed_ahead_is_no_less_in_the_register(desk: Desk) -> None:
    """The row is there though the day is known on which it will begin, and `record rebuild` agrees."""
    reference = suspended(desk)
    row = case_row(reference)
    marking = casework.read_record(f"case/{reference}").on(row.imposed_on)
    (stayed,) = restrictions(marking)
    ahead = replace(stayed, since=date(2026, 7, 1), before=date(2026, 12, 1))
    (made,) = projections.measure_rows(reference, (ahead,))
    assert (made.imposed_on, made.since, made.before) == (row.imposed_on, date(2026, 7, 1), date(2026, 12, 1))
    assert keeping.rebuild(on=date(2026, 6, 2)).changed == 0


def case_row(reference: str) -> MeasureRow:
    return MeasureRow.objects.get(case_id=reference)


def test_nobody_sees_the_measures_of_a_case_that_is_hidden_from_them(desk: Desk) -> None:
    page = desk.as_("president", "2026-03-26").client.get("/desk/register")
    assert page.status_code == 200
    assert b"/desk/cases/" not in page.content
