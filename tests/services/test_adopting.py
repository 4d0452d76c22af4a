"""Adopting a calendar or a second edition in a running office: looked at case by case, then adopted."""

from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from tests.services.adopted import BANDS, GB_ENG, edition, late_holiday
from tests.services.conftest import furnish
from tests.services.office import ROOT, SmallOffice
from tests.services.test_casework import accepted

from duly.procedure.acts import TakeStep
from duly.record.facts import CalendarAdopted, Channel, RulebookAdopted
from duly.timetable.adopted import Fate
from duly.vocabulary import Refused
from duly_server.gateways.keys import FileKeyRing
from duly_server.services import case_page, casework, premises, sift, work
from duly_server.services.acting import Acting
from duly_server.services.adopting.adopt import Adopted, adopt, bring_up_to_date
from duly_server.services.adopting.preview import Looked, cases, look, looked_so_far
from duly_server.services.adopting.proposal import Proposal, propose
from duly_server.services.adopting.telling import case_lines, summary
from duly_server.services.sift import Accused, Charge
from duly_server.store import editions, proposals
from duly_server.store.models import AgendaRow, CaseRow, DutyRow

NOTICE = TakeStep(
    step="serve-notice",
    served_on=("R",),
    stated=("who", "what", "when", "where", "conduct", "possible sanctions", "evidence"),
    channel=Channel.HAND,
)
SECRETARY = "president"  # who is accountable in this rulebook
SHORTER = ('"10 working days after inquiry begins"', '"8 working days after inquiry begins"')


def proposed(text: str, on: str) -> Proposal:
    found = propose(text, on=date.fromisoformat(on))
    assert isinstance(found, Proposal), found
    return found


def looked(proposal: Proposal, on: str) -> Looked:
    return look(proposal, on=date.fromisoformat(on), seen=lambda cases, total: True)


def adopted(office: SmallOffice, text: str, on: str) -> Adopted:
    proposal = proposed(text, on)
    seen = looked(proposal, on).heads
    done = adopt(office.acting(SECRETARY, on), proposal.digest, reasons="Voted on.", seen=seen)
    assert isinstance(done, Adopted), done
    return done


def codes(refused: object) -> list[str]:
    assert isinstance(refused, Refused), refused
    return [problem.code for problem in refused.problems]


def due(reference: str, step: str) -> date:
    return DutyRow.objects.get(case_id=reference, step=step).due_on


# --- a calendar -------------------------------------------------------------------------------------------


def test_a_late_holiday_is_shown_case_by_case_before_it_is_adopted(small_office: SmallOffice) -> None:
    """Ten working days from Fri 20 March end on Tue 7 April; with Fri 27 March closed, on Wed 8 April."""
    reference = accepted(small_office)
    proposal = proposed(late_holiday("2026-03-27"), "2026-03-24")

    (found,) = cases(proposal, on=date(2026, 3, 24))

    assert found.reference == reference
    assert found.effect is not None
    told = {(each.clock.step, each.before, each.after) for each in found.effect.moving}
    assert told == {("serve-notice", date(2026, 4, 7), date(2026, 4, 8))}
    assert editions.calendar_named("GB-ENG").edition == "1"


def test_what_was_shown_is_what_happens(small_office: SmallOffice) -> None:
    reference = accepted(small_office)
    shown = looked(proposed(late_holiday("2026-03-27"), "2026-03-24"), "2026-03-24")

    done = adopted(small_office, late_holiday("2026-03-27"), "2026-03-24")
    bring_up_to_date(small_office.acting(SECRETARY, "2026-03-24"), lambda count: True)

    assert (shown.moving, shown.count(Fate.RECOUNTED), shown.is_whole) == (1, 1, True)
    assert done.cases == 1
    marking = casework.read_record(f"case/{reference}").on(date(2026, 3, 24))
    assert marking.calendar.edition == "late"
    assert due(reference, "serve-notice") == date(2026, 4, 8)
    assert CaseRow.objects.get(reference=reference).calendar == done.proposal.digest


def test_the_worker_brings_the_lists_up_to_date_where_nobody_else_does(small_office: SmallOffice) -> None:
    reference = accepted(small_office)
    adopted(small_office, late_holiday("2026-03-27"), "2026-03-24")
    assert due(reference, "serve-notice") == date(2026, 4, 7)

    officer = small_office.acting(SECRETARY, "2026-03-24")
    work.work(today=officer.today, at=officer.at)

    assert due(reference, "serve-notice") == date(2026, 4, 8)


def test_who_adopted_what_and_why_stands_in_the_record_of_the_organisation(small_office: SmallOffice) -> None:
    adopted(small_office, late_holiday("2026-03-27"), "2026-03-24")

    journal = premises.premises().journal
    fact = journal.read("office")[-1]

    assert isinstance(fact.body, CalendarAdopted)
    assert (fact.on, fact.body.edition) == (date(2026, 3, 24), "late")
    assert fact.by == small_office.acting(SECRETARY, "2026-03-24").actors()[0].by
    assert journal.open_part("office", fact.place, "reasons")["text"] == "Voted on."


def test_the_page_of_a_case_that_was_open_shows_the_new_day_at_once(small_office: SmallOffice) -> None:
    reference = accepted(small_office)
    officer = small_office.acting("complaints-officer", "2026-03-24")
    before = case_page.read(officer, reference)
    adopted(small_office, late_holiday("2026-03-27"), "2026-03-24")

    after = case_page.read(officer, reference)

    assert (before.calendar.edition, after.calendar.edition) == ("1", "late")


def test_a_case_that_opens_on_that_day_after_it_counts_by_the_new_one_and_is_moved_by_nothing(
    small_office: SmallOffice,
) -> None:
    adopted(small_office, late_holiday("2026-03-27"), "2026-03-24")
    reference = small_office.complaint("2026-03-24").case

    marking = casework.read_record(f"case/{reference}").on(date(2026, 3, 25))

    assert marking.calendar.edition == "late"
    assert marking.effects == []


def test_a_calendar_that_covers_less_is_refused(small_office: SmallOffice) -> None:
    lines = [line for line in late_holiday().splitlines() if not line.startswith(("first", "2012", "2013"))]
    at = next(i for i, line in enumerate(lines) if line.startswith("last"))
    text = "\n".join([*lines[:at], "first = 2014-01-01", *lines[at:], ""])

    assert codes(propose(text, on=date(2026, 3, 24))) == ["calendar-covers-less"]


def test_the_same_calendar_or_another_of_the_same_name_is_refused(small_office: SmallOffice) -> None:
    adopted(small_office, late_holiday(), "2026-03-03")

    assert codes(propose(late_holiday(), on=date(2026, 3, 3))) == ["adopted-already"]
    assert codes(propose(late_holiday("2026-03-09"), on=date(2026, 3, 3))) == ["edition-name-taken"]


def test_of_two_calendars_of_one_day_the_later_governs(small_office: SmallOffice) -> None:
    reference = accepted(small_office)
    adopted(small_office, late_holiday("2026-03-27", "z"), "2026-03-24")
    adopted(small_office, late_holiday("2026-09-30", "a"), "2026-03-24")

    marking = casework.read_record(f"case/{reference}").on(date(2026, 3, 24))

    assert marking.calendar.edition == "a"
    assert [effect.fate for effect in marking.effects] == [Fate.RECOUNTED, Fate.RECOUNTED]
    assert editions.in_force(date(2026, 3, 24))[1].edition == "a"


def test_the_last_day_of_a_suspension_is_shown_before_and_after(db: None, keyring: FileKeyRing) -> None:
    """Twenty working days from Tue 24 March end on Wed 22 April; with Fri 27 March closed, a day later."""
    office = furnish(BANDS.replace('at_most = "6 months"', 'at_most = "20 working days"', 1))
    reference = accepted(office)
    casework.take(office.acting("complaints-officer", "2026-03-24"), reference, NOTICE)
    chair = office.acting("panel-chair", "2026-03-24")
    suspend = TakeStep(
        step="suspend",
        stated=office.book.steps["suspend"].must_state,
        parts={"reasons": {"v": 1, "text": "Witnesses are pressed."}},
    )
    casework.take(chair, reference, suspend)
    proposal = proposed(late_holiday("2026-03-27"), "2026-03-24")

    found = looked(proposal, "2026-03-24")
    (case,) = cases(proposal, on=date(2026, 3, 24))

    assert found.ending == 1
    says = "    measure “interim suspension”, last day: Wed 22 Apr 2026 -> Thu 23 Apr 2026 "
    assert says + "(Fri 27 Mar 2026 is closed: Day of mourning)" in list(case_lines(case))
    assert "1 measure or pause would end on another day." in list(summary(found))
    without = list(case_lines(case, undone=True))
    assert any(
        line.startswith(
            "    measure “interim suspension”, last day: Thu 23 Apr 2026 with it, Wed 22 Apr 2026 without"
        )
        for line in without
    )


# --- an edition -------------------------------------------------------------------------------------------


def test_move_at_once_shows_each_time_that_runs_and_then_moves_it_on_its_day(
    small_office: SmallOffice,
) -> None:
    """Eight working days from Fri 20 March end on Wed 1 April, the second day of the new edition."""
    reference = accepted(small_office)
    text = edition("2027", "2026-03-31", SHORTER, mode="move at once")

    (found,) = cases(proposed(text, "2026-03-24"), on=date(2026, 3, 24))
    adopted(small_office, text, "2026-03-24")

    assert found.effect is not None
    assert (found.effect.fate, found.effect.edition) == (Fate.MOVED, "2026")
    assert ("serve-notice", date(2026, 4, 7), date(2026, 4, 1)) in {
        (each.clock.step, each.before, each.after) for each in found.effect.clocks
    }
    record = casework.read_record(f"case/{reference}")
    assert record.on(date(2026, 3, 30)).book.edition == "2026"
    assert record.on(date(2026, 3, 31)).book.edition == "2027"


def test_the_worker_wakes_on_the_day_of_the_new_edition_and_the_lists_move(small_office: SmallOffice) -> None:
    reference = accepted(small_office)
    adopted(small_office, edition("2027", "2026-03-31", SHORTER, mode="move at once"), "2026-03-24")
    officer = small_office.acting(SECRETARY, "2026-03-24")
    work.work(today=officer.today, at=officer.at)

    assert due(reference, "serve-notice") == date(2026, 4, 7)
    wakes_at = AgendaRow.objects.get(chain=f"case/{reference}").wakes_at
    assert wakes_at.astimezone(ZoneInfo("Europe/London")).date() == date(2026, 3, 31)
    later = officer.at + timedelta(days=7)
    work.work(today=date(2026, 3, 31), at=later)

    assert due(reference, "serve-notice") == date(2026, 4, 1)
    assert CaseRow.objects.get(reference=reference).edition == editions.in_force(date(2026, 3, 31))[0].digest


def test_a_case_that_moved_is_acted_in_by_the_new_edition(small_office: SmallOffice) -> None:
    """A step that only the new edition has may be taken, and the record takes its name."""
    reference = accepted(small_office)
    new_step = (
        "[second-look.ask-second-look]",
        '[inquiry.visit]\nby = "investigator"\n[second-look.ask-second-look]',
    )
    adopted(small_office, edition("2027", "2026-03-31", new_step, mode="move at once"), "2026-03-24")

    with pytest.raises(casework.UnableToActError):
        casework.take(small_office.acting("investigator", "2026-03-30"), reference, TakeStep(step="visit"))
    casework.take(small_office.acting("investigator", "2026-04-01"), reference, TakeStep(step="visit"))

    assert "visit" in casework.read_record(f"case/{reference}").on(date(2026, 4, 1)).acts


def test_finish_the_stage_says_what_the_case_waits_for_and_moves_nothing(small_office: SmallOffice) -> None:
    accepted(small_office)
    text = edition("2027", "2026-03-31", SHORTER)

    found = looked(proposed(text, "2026-03-24"), "2026-03-24")
    (one,) = cases(proposed(text, "2026-03-24"), on=date(2026, 3, 24))

    assert (found.count(Fate.WAITS), found.moving) == (1, 0)
    assert one.effect is not None
    assert one.effect.stages == ("inquiry",)


def test_an_error_of_the_lint_keeps_an_edition_out(small_office: SmallOffice) -> None:
    unfair = ('"21 days after the latest serve-notice"', '"2 days after the latest serve-notice"')

    assert set(codes(propose(edition("2027", "2026-04-01", unfair), on=date(2026, 3, 2)))) == {"unfair"}


def test_a_rulebook_that_cannot_be_checked_whole_is_refused(small_office: SmallOffice) -> None:
    more = "".join(f'[anytime.extra-{n}]\nby = "investigator"\n' for n in range(151))

    assert codes(propose(edition("2027") + more, on=date(2026, 3, 2))) == ["too-many-steps"]


def test_an_edition_comes_into_force_on_a_day_to_come_and_after_every_other(
    small_office: SmallOffice,
) -> None:
    today = date(2026, 4, 1)

    assert codes(propose(edition("2027", "2026-04-01"), on=today)) == ["in-force-too-soon"]
    adopted(small_office, edition("2027", "2026-05-01"), "2026-04-01")
    assert codes(propose(edition("2028", "2026-04-20"), on=today)) == ["before-another-edition"]
    assert codes(propose(edition("2027", "2026-06-01"), on=today)) == ["edition-name-taken"]


def test_an_edition_under_which_nobody_could_appoint_is_refused(small_office: SmallOffice) -> None:
    other = (
        "president          = { accountable = true }",
        "registrar = { accountable = true }\npresident = {}",
    )

    assert codes(propose(edition("2027", "2026-04-01", other), on=date(2026, 3, 2))) == [
        "nobody-would-appoint"
    ]


def test_an_edition_brings_the_calendar_along_that_it_counts_by(small_office: SmallOffice) -> None:
    other = ('calendar      = "GB-ENG"', 'calendar      = "GB-SCT"')
    adopted(small_office, edition("2027", "2026-04-01", other, mode="stay"), "2026-03-24")

    bodies = [fact.body for fact in premises.premises().journal.read("office")[-2:]]

    assert [type(body) for body in bodies] == [CalendarAdopted, RulebookAdopted]
    assert editions.in_force(date(2026, 4, 1))[1].name == "GB-SCT"
    assert editions.in_force(date(2026, 3, 31))[1].name == "GB-ENG"


# --- who, and when ----------------------------------------------------------------------------------------


def attempt(office: SmallOffice, acting: Acting, **said: str) -> object:
    proposal = proposed(late_holiday(), "2026-03-24")
    seen = looked(proposal, "2026-03-24").heads
    return adopt(
        acting, proposal.digest, reasons=said.get("reasons", "Voted on."), seen=said.get("seen", seen)
    )


def test_only_who_answers_for_the_timetable_adopts(small_office: SmallOffice) -> None:
    assert codes(attempt(small_office, small_office.acting("investigator", "2026-03-24"))) == [
        "not-yours-to-adopt"
    ]


def test_an_adoption_needs_reasons(small_office: SmallOffice) -> None:
    secretary = small_office.acting(SECRETARY, "2026-03-24")
    assert codes(attempt(small_office, secretary, reasons=" ")) == ["no-reasons"]


def test_a_preview_that_a_fact_came_after_adopts_nothing(small_office: SmallOffice) -> None:
    reference = accepted(small_office)
    proposal = proposed(late_holiday("2026-03-27"), "2026-03-24")
    seen = looked(proposal, "2026-03-24").heads
    secretary = small_office.acting(SECRETARY, "2026-03-24")
    casework.take(small_office.acting("complaints-officer", "2026-03-24"), reference, NOTICE)

    assert codes(adopt(secretary, proposal.digest, reasons="Voted on.", seen=seen)) == ["preview-stale"]
    assert editions.calendar_named("GB-ENG").edition == "1"
    assert looked_so_far(proposal, on=secretary.today).cases == 0


STATED = ("who", "what", "when", "where", "conduct", "possible sanctions", "evidence")


def test_a_preview_of_yesterday_adopts_nothing(small_office: SmallOffice) -> None:
    proposal = proposed(late_holiday(), "2026-03-24")
    seen = looked(proposal, "2026-03-24").heads

    done = adopt(
        small_office.acting(SECRETARY, "2026-03-25"), proposal.digest, reasons="Voted on.", seen=seen
    )

    assert codes(done) == ["preview-stale"]


def test_what_was_looked_at_in_part_adopts_nothing_and_goes_on_where_it_was_left(
    small_office: SmallOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("duly_server.services.adopting.preview.AT_ONCE", 2)
    for _ in range(5):
        small_office.complaint("2026-03-20")
    proposal, today = proposed(late_holiday(), "2026-03-24"), date(2026, 3, 24)
    told: list[tuple[int, int]] = []

    first = look(proposal, on=today, seen=lambda cases, total: bool(told.append((cases, total))))
    secretary = small_office.acting(SECRETARY, "2026-03-24")
    refused = adopt(secretary, proposal.digest, reasons="Voted on.", seen=first.heads)
    whole = look(proposal, on=today, seen=lambda cases, total: True)

    assert (told, first.is_whole) == ([(2, 5)], False)
    assert codes(refused) == ["preview-not-whole"]
    assert (whole.cases, whole.is_whole, whole.count(Fate.RECOUNTED)) == (5, True, 5)


def test_a_time_that_would_be_left_without_a_day_forbids_it(small_office: SmallOffice) -> None:
    """A new edition counts by a calendar that ends before the notice is due: no day can be given."""
    accepted(small_office)
    days = [
        line
        for line in GB_ENG.splitlines()
        if not line.startswith(("2026-04", "2026-05", "2026-06", "2026-08", "2026-12", "2027", "2028"))
    ]
    short = "\n".join("last = 2026-04-02" if line.startswith("last") else line for line in days)
    adopted(small_office, short.replace('"GB-ENG"', '"short"'), "2026-03-24")
    other = ('calendar      = "GB-ENG"', 'calendar      = "short"')
    text = edition("2027", "2026-03-31", other, mode="move at once")
    proposal = proposed(text, "2026-03-24")

    found = looked(proposal, "2026-03-24")
    done = adopt(
        small_office.acting(SECRETARY, "2026-03-24"), proposal.digest, reasons="Voted.", seen=found.heads
    )

    assert found.stopped >= 1
    assert set(codes(done)) == {"no-last-day"}


# --- in between, and on the same day ----------------------------------------------------------------------


def test_another_adoption_in_between_makes_a_preview_stale(small_office: SmallOffice) -> None:
    proposal = proposed(late_holiday("2026-03-27", "one"), "2026-03-24")
    seen = looked(proposal, "2026-03-24").heads
    adopted(small_office, late_holiday("2026-03-30", "two"), "2026-03-24")

    done = adopt(
        small_office.acting(SECRETARY, "2026-03-24"), proposal.digest, reasons="Voted on.", seen=seen
    )

    assert codes(done) == ["preview-stale"]


def test_what_a_receipt_of_that_very_day_said_moves_in_sight(small_office: SmallOffice) -> None:
    reference = small_office.complaint("2026-03-24").case

    (found,) = cases(proposed(late_holiday("2026-03-27"), "2026-03-24"), on=date(2026, 3, 24))
    adopted(small_office, late_holiday("2026-03-27"), "2026-03-24")

    assert found.effect is not None
    assert {each.clock.step for each in found.effect.moving} >= {"acknowledge", "sift"}
    assert casework.read_record(f"case/{reference}").on(date(2026, 3, 24)).calendar.edition == "late"


@pytest.mark.parametrize("names", [("a", "z"), ("z", "a")])
def test_the_later_of_two_of_one_day_governs_however_they_are_called(
    small_office: SmallOffice, names: tuple[str, str]
) -> None:
    for name, day in zip(names, ("2026-09-29", "2026-09-30"), strict=True):
        adopted(small_office, late_holiday(day, name), "2026-03-24")

    assert editions.calendar_named("GB-ENG").edition == names[1]


def test_an_edition_came_with_the_calendar_of_its_day_whatever_was_adopted_later(
    small_office: SmallOffice,
) -> None:
    reference = accepted(small_office)
    scotland = ('calendar      = "GB-ENG"', 'calendar      = "GB-SCT"')
    adopted(small_office, edition("2027", "2026-03-31", scotland, mode="move at once"), "2026-03-24")
    text = (ROOT / "calendars/GB-SCT.toml").read_text()
    late = text.replace('edition = "1"', 'edition = "late"').replace(
        "[days]", '[days]\n2026-05-15 = "Closed"'
    )
    adopted(small_office, late, "2026-04-10")

    record = casework.read_record(f"case/{reference}")

    assert [record.on(date(2026, 4, day)).calendar.edition for day in (1, 9, 10)] == ["1", "1", "late"]


def test_a_case_that_is_closed_and_owes_something_still_is_shown(small_office: SmallOffice) -> None:
    reference = accepted(small_office)
    CaseRow.objects.filter(reference=reference).update(closed_on=date(2026, 3, 23))
    assert list(proposals.open_cases("", 10)) == [reference]
    DutyRow.objects.filter(case_id=reference).delete()
    assert list(proposals.open_cases("", 10)) == []


def test_a_case_this_process_has_just_written_is_read_under_what_was_adopted_then(
    small_office: SmallOffice, django_capture_on_commit_callbacks: Any
) -> None:
    reference = accepted(small_office)
    officer = small_office.acting("complaints-officer", "2026-03-24")
    with django_capture_on_commit_callbacks(execute=True):
        served = TakeStep(step="serve-notice", served_on=("R",), stated=STATED, channel=Channel.HAND)
        casework.take(officer, reference, served)
    adopted(small_office, late_holiday("2026-03-27"), "2026-03-24")

    assert case_page.read(officer, reference).calendar.edition == "late"


def test_a_complaint_at_the_sift_is_sifted_by_the_edition_that_took_it(small_office: SmallOffice) -> None:
    receipt = small_office.complaint("2026-03-20")
    officer = small_office.acting("complaints-officer", "2026-03-24")
    casework.take(officer, receipt.case, TakeStep(step="acknowledge", key=receipt.complaint))
    renamed = (
        '{ accepted = "goes to inquiry", dismissed = "goes to second-look" }\n[second-look.ask',
        '{ taken-on = "goes to inquiry", dismissed = "goes to second-look" }\n[second-look.ask',
    )
    adopted(small_office, edition("2027", "2026-03-31", renamed, mode="move at once"), "2026-03-24")

    sift.settle(
        small_office.acting("complaints-officer", "2026-04-01"),
        receipt.case,
        outcome="taken-on",
        reasons="Serious enough.",
        accused=[Accused(name="Bo Lind", charges=(Charge(conduct="bullying", narrative="Mockery."),))],
    )

    marking = casework.read_record(f"case/{receipt.case}").on(date(2026, 4, 1))
    assert (marking.book.edition, list(marking.open)) == ("2027", ["inquiry"])
    assert [each.conduct for each in marking.case.allegations.values()] == ["bullying"]
