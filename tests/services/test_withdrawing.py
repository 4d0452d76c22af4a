"""Withdrawing what was adopted before its first day: looked at, recorded, and gone from every case."""

from datetime import date

import pytest
from tests.services.adopted import edition, late_holiday
from tests.services.office import SmallOffice
from tests.services.test_adopting import SECRETARY, SHORTER, adopted, codes, due
from tests.services.test_casework import accepted

from duly.record.facts import AdoptionWithdrawn, RulebookAdopted
from duly.timetable.adopted import Fate
from duly.vocabulary import Refused
from duly_server.services import case_page, casework, keeping, premises, setup, work
from duly_server.services.adopting import proposal
from duly_server.services.adopting.adopt import bring_up_to_date
from duly_server.services.adopting.preview import Looked, cases
from duly_server.services.adopting.proposal import propose
from duly_server.services.adopting.telling import summary
from duly_server.services.adopting.withdraw import (
    Withdrawal,
    Withdrawn,
    find,
    look_at,
    possible,
    withdraw,
)
from duly_server.store import editions, proposals
from duly_server.store.models import AgendaRow, CalendarRow, CaseRow, EditionRow

DAY = "2026-03-24"
TODAY = date(2026, 3, 24)
AT_ONCE = edition("2027", "2026-03-31", SHORTER, mode="move at once")
SCOTTISH = edition(
    "2027", "2026-04-01", ('calendar      = "GB-ENG"', 'calendar      = "GB-SCT"'), mode="stay"
)
WITH_REGISTRAR = edition(
    "2027",
    "2026-04-01",
    ("president          = { accountable = true }", "president = { accountable = true }\nregistrar = {}"),
)


def withdrawal(digest: str, on: str = DAY) -> Withdrawal:
    found = find(digest, on=date.fromisoformat(on))
    assert isinstance(found, Withdrawal), found
    return found


def seen_whole(digest: str, on: str = DAY) -> Looked:
    return look_at(withdrawal(digest, on), on=date.fromisoformat(on), seen=lambda done, total: True)


def withdrawn(office: SmallOffice, digest: str, on: str = DAY) -> Withdrawn:
    done = withdraw(
        office.acting(SECRETARY, on), digest, reasons="Voted down.", seen=seen_whole(digest, on).heads
    )
    assert isinstance(done, Withdrawn), done
    return done


def refused(digest: str, on: str) -> list[str]:
    return codes(find(digest, on=date.fromisoformat(on)))


# --- what is shown ----------------------------------------------------------------------------------------


def test_each_case_shows_what_the_edition_would_have_moved_and_where_it_stays(
    small_office: SmallOffice,
) -> None:
    reference = accepted(small_office)
    digest = adopted(small_office, AT_ONCE, DAY).proposal.digest

    (found,) = cases(withdrawal(digest), on=TODAY)
    looked = seen_whole(digest)

    assert found.reference == reference
    assert found.effect is not None
    assert found.effect.fate is Fate.MOVED
    assert ("serve-notice", date(2026, 4, 7), date(2026, 4, 1)) in {
        (each.clock.step, each.before, each.after) for each in found.effect.moving
    }
    assert (looked.is_whole, looked.cases, looked.moving) == (True, 1, len(found.effect.moving))


def test_what_may_be_withdrawn_is_what_does_not_govern_yet(small_office: SmallOffice) -> None:
    assert possible(TODAY) == ()
    digest = adopted(small_office, AT_ONCE, DAY).proposal.digest

    assert [each.digest for each in possible(TODAY)] == [digest]
    assert [each.digest for each in possible(date(2026, 3, 30))] == [digest]
    assert possible(date(2026, 3, 31)) == ()


def test_where_no_time_would_have_moved_it_says_so(small_office: SmallOffice) -> None:
    accepted(small_office)
    digest = adopted(small_office, edition("2027", "2026-03-31", SHORTER), DAY).proposal.digest

    assert list(summary(seen_whole(digest), undone=True)) == [
        "1 open case; no time would have moved.",
        "1 not moved to it once no stage of it is open.",
    ]


# --- what is done -----------------------------------------------------------------------------------------


def test_nothing_of_it_governs_a_case_on_its_day_or_later(small_office: SmallOffice) -> None:
    reference = accepted(small_office)
    digest = adopted(small_office, AT_ONCE, DAY).proposal.digest
    assert casework.read_record(f"case/{reference}").on(date(2026, 3, 31)).book.edition == "2027"

    done = withdrawn(small_office, digest)

    marking = casework.read_record(f"case/{reference}").on(date(2026, 3, 31))
    assert (marking.book.edition, marking.effects, marking.changes) == ("2026", [], ())
    assert editions.in_force(date(2026, 6, 1))[0].edition == "2026"
    assert (done.withdrawal.digest, done.cases) == (digest, 1)
    assert proposals.find(digest) is None


def test_who_withdrew_it_and_why_stands_in_the_record_of_the_organisation(small_office: SmallOffice) -> None:
    digest = adopted(small_office, AT_ONCE, DAY).proposal.digest
    withdrawn(small_office, digest, "2026-03-30")

    journal = premises.premises().journal
    adoption, fact = journal.read("office")[-2:]

    assert isinstance(adoption.body, RulebookAdopted)
    assert fact.body == AdoptionWithdrawn(adoption=adoption.place)
    assert fact.on == date(2026, 3, 30)
    assert fact.by == small_office.acting(SECRETARY, DAY).actors()[0].by
    assert journal.open_part("office", fact.place, "reasons")["text"] == "Voted down."


def test_the_days_by_which_a_case_is_looked_at_go_back(small_office: SmallOffice) -> None:
    """With the edition the worker would wake on its day; without it, when the notice is late."""
    reference = accepted(small_office)
    officer = small_office.acting(SECRETARY, DAY)
    work.work(today=officer.today, at=officer.at)
    before = AgendaRow.objects.get(chain=f"case/{reference}").wakes_at
    digest = adopted(small_office, AT_ONCE, DAY).proposal.digest
    bring_up_to_date(officer, lambda count: True)
    assert AgendaRow.objects.get(chain=f"case/{reference}").wakes_at < before

    withdrawn(small_office, digest)
    assert AgendaRow.objects.get(chain=f"case/{reference}").wakes_at <= officer.at
    bring_up_to_date(officer, lambda count: True)

    assert AgendaRow.objects.get(chain=f"case/{reference}").wakes_at == before
    later = small_office.acting(SECRETARY, "2026-03-31")
    work.work(today=later.today, at=later.at)
    assert due(reference, "serve-notice") == date(2026, 4, 7)
    assert CaseRow.objects.get(reference=reference).edition == editions.in_force(TODAY)[0].digest


def test_the_page_of_a_case_that_was_open_shows_nothing_of_it_at_once(small_office: SmallOffice) -> None:
    reference = accepted(small_office)
    officer = small_office.acting("complaints-officer", DAY)
    digest = adopted(small_office, AT_ONCE, DAY).proposal.digest
    before = case_page.read(officer, reference)

    withdrawn(small_office, digest)

    assert len(before.marking.changes) == 1
    assert case_page.read(officer, reference).marking.changes == ()


def test_the_calendar_that_came_with_it_goes_with_it(small_office: SmallOffice) -> None:
    digest = adopted(small_office, SCOTTISH, DAY).proposal.digest
    assert [each.calendar for each in editions.every()].count("GB-SCT") == 1

    done = withdrawn(small_office, digest)

    bodies = [fact.body for fact in premises.premises().journal.read("office")]
    places = [body.adoption for body in bodies if isinstance(body, AdoptionWithdrawn)]
    assert places == [len(bodies) - 2, len(bodies) - 3]
    assert done.withdrawal.along
    assert [each.calendar for each in editions.every()].count("GB-SCT") == 0


def test_a_calendar_that_was_there_before_stays(small_office: SmallOffice) -> None:
    scottish = adopted(small_office, SCOTTISH, DAY).proposal
    again = adopted(
        small_office,
        edition("2028", "2026-05-01", ('calendar      = "GB-ENG"', 'calendar      = "GB-SCT"'), mode="stay"),
        DAY,
    ).proposal

    withdrawn(small_office, again.digest)

    assert [each.calendar for each in editions.every()].count("GB-SCT") == 1
    assert editions.in_force(date(2026, 4, 1))[0].digest == scottish.digest


def test_it_may_be_adopted_again_and_then_governs(small_office: SmallOffice) -> None:
    digest = adopted(small_office, AT_ONCE, DAY).proposal.digest
    withdrawn(small_office, digest)
    assert editions.adopted()[0].digest != digest

    adopted(small_office, AT_ONCE, "2026-03-25")

    assert editions.in_force(date(2026, 3, 31))[0].digest == digest
    assert list(keeping.verify_record()) == []
    withdrawn(small_office, digest, "2026-03-26")
    assert list(keeping.verify_record()) == []


# --- verifying and rebuilding -----------------------------------------------------------------------------


@pytest.fixture
def gone(small_office: SmallOffice) -> str:
    """The digest of an edition that was adopted and withdrawn, with a case open."""
    accepted(small_office)
    digest = adopted(small_office, SCOTTISH, DAY).proposal.digest
    withdrawn(small_office, digest)
    return digest


def problems() -> list[tuple[str, str]]:
    return [(each.chain, each.says) for each in keeping.verify_record()]


def test_an_office_that_withdrew_is_whole_and_its_lists_are_rebuilt_alike(gone: str) -> None:
    keeping.rebuild(on=TODAY)

    assert problems() == []
    assert keeping.rebuild(on=TODAY).changed == 0
    keeping.rebuild(on=date(2026, 4, 1))
    assert problems() == []
    assert CaseRow.objects.get().edition == editions.in_force(TODAY)[0].digest


@pytest.mark.parametrize("table", [EditionRow, CalendarRow])
def test_what_governs_again_behind_the_records_back_is_named_and_put_right(
    gone: str, table: type[EditionRow | CalendarRow]
) -> None:
    assert table.objects.exclude(withdrawn=0).update(withdrawn=0) == 1

    assert problems() == [("office", "What stands beside this adoption is not its own: withdrawn.")]
    keeping.rebuild(on=TODAY)
    assert problems() == []
    assert len(editions.every()) == 2


def test_a_withdrawal_of_nothing_is_named(small_office: SmallOffice) -> None:
    digest = adopted(small_office, AT_ONCE, DAY).proposal.digest
    place = editions.adopted()[0].place
    secretary = small_office.acting(SECRETARY, "2026-03-31")
    for wrong in (place, place, place + 1):
        setup.note(
            AdoptionWithdrawn(adoption=wrong), on=secretary.today, at=secretary.at, by="time", reasons="x"
        )
    editions.withdraw(digest, place=place + 1)

    assert problems() == [
        ("office", "This withdraws what governed already."),
        ("office", "This withdraws what was not adopted, or was withdrawn before."),
        ("office", "This withdraws what was not adopted, or was withdrawn before."),
    ]


# --- why not ----------------------------------------------------------------------------------------------


def test_from_its_first_day_on_it_stands(small_office: SmallOffice) -> None:
    digest = adopted(small_office, AT_ONCE, DAY).proposal.digest
    seen = seen_whole(digest).heads

    assert refused(digest, "2026-03-31") == ["governs-already"]
    late = withdraw(small_office.acting(SECRETARY, "2026-03-31"), digest, reasons="Late.", seen=seen)
    assert codes(late) == ["governs-already"]
    assert editions.in_force(date(2026, 3, 31))[0].digest == digest
    assert isinstance(find(digest, on=date(2026, 3, 30)), Withdrawal)


def test_a_calendar_by_which_an_edition_counts_stands(small_office: SmallOffice) -> None:
    late = adopted(small_office, late_holiday("2026-03-27"), DAY).proposal.digest
    adopted(small_office, SCOTTISH, DAY)
    scottish = next(each.digest for each in editions.every() if each.calendar == "GB-SCT")

    assert refused(late, DAY) == ["edition-counts-by-it"]
    assert refused(scottish, DAY) == ["edition-counts-by-it"]


def test_a_calendar_by_which_nothing_counts_may_be_withdrawn(small_office: SmallOffice) -> None:
    other = late_holiday("2026-03-27").replace('"GB-ENG"', '"bands"')
    digest = adopted(small_office, other, DAY).proposal.digest

    withdrawn(small_office, digest)

    assert [each.calendar for each in editions.every() if each.calendar] == ["GB-ENG"]
    assert problems() == []


def test_an_edition_that_another_follows_stands_until_that_is_withdrawn(small_office: SmallOffice) -> None:
    first = adopted(small_office, edition("2027", "2026-04-01"), DAY).proposal.digest
    second = adopted(small_office, edition("2028", "2026-05-01"), DAY).proposal.digest

    assert refused(first, DAY) == ["edition-rests-on-it"]
    withdrawn(small_office, second)
    withdrawn(small_office, first)
    assert [each.edition for each in editions.books()] == ["2026"]


def test_an_edition_with_an_office_that_somebody_was_given_stands_until_that_ends(
    small_office: SmallOffice,
) -> None:
    digest = adopted(small_office, WITH_REGISTRAR, DAY).proposal.digest
    at = small_office.acting(SECRETARY, DAY).at
    seat = setup.appoint("rita", "registrar", name="Rita", since=date(2026, 4, 1), at=at, on=TODAY)

    assert refused(digest, DAY) == ["office-rests-on-it"]
    setup.end_appointment(seat.number, before=TODAY, on=TODAY, at=at, by="time")
    withdrawn(small_office, digest)
    assert "registrar" not in editions.offices()
    assert problems() == []


def test_an_office_that_another_edition_has_as_well_keeps_nothing(small_office: SmallOffice) -> None:
    digest = adopted(small_office, AT_ONCE, DAY).proposal.digest
    at = small_office.acting(SECRETARY, DAY).at
    setup.appoint("ida", "investigator", name="Ida", since=TODAY, at=at, on=TODAY)

    assert isinstance(find(digest, on=TODAY), Withdrawal)


def test_what_was_never_adopted_or_is_gone_is_none(small_office: SmallOffice) -> None:
    digest = adopted(small_office, AT_ONCE, DAY).proposal.digest
    seen = seen_whole(digest).heads
    withdrawn(small_office, digest)

    assert find("0" * 64, on=TODAY) is None
    assert find(digest, on=TODAY) is None
    again = withdraw(small_office.acting(SECRETARY, DAY), digest, reasons="Voted down.", seen=seen)
    assert codes(again) == ["not-adopted"]


@pytest.mark.parametrize(
    ("login", "reasons", "code"),
    [("investigator", "Voted down.", "not-yours-to-adopt"), (SECRETARY, " ", "no-reasons")],
)
def test_it_takes_who_may_adopt_and_reasons(
    small_office: SmallOffice, login: str, reasons: str, code: str
) -> None:
    digest = adopted(small_office, AT_ONCE, DAY).proposal.digest
    seen = seen_whole(digest).heads

    assert codes(withdraw(small_office.acting(login, DAY), digest, reasons=reasons, seen=seen)) == [code]
    assert isinstance(find(digest, on=TODAY), Withdrawal)


def test_what_was_not_seen_as_it_is_withdraws_nothing(small_office: SmallOffice) -> None:
    digest = adopted(small_office, AT_ONCE, DAY).proposal.digest
    secretary = small_office.acting(SECRETARY, DAY)

    unseen = withdraw(secretary, digest, reasons="Voted down.", seen="")
    seen = seen_whole(digest).heads
    small_office.complaint(DAY)
    stale = withdraw(secretary, digest, reasons="Voted down.", seen=seen)
    found = look_at(withdrawal(digest), on=TODAY, seen=lambda done, total: False)

    assert (codes(unseen), codes(stale)) == (["preview-stale"], ["preview-stale"])
    assert isinstance(stale, Refused)
    assert "nothing was withdrawn" in stale.problems[0].says
    assert found.is_whole


def test_the_file_of_something_adopted_is_no_proposal(small_office: SmallOffice) -> None:
    """Looking at a withdrawal keeps how far it was looked at, and offers nothing for adoption."""
    digest = adopted(small_office, AT_ONCE, DAY).proposal.digest
    seen_whole(digest)

    assert "adopted-already" in codes(propose(AT_ONCE, on=TODAY))
    assert proposal.find(digest, on=TODAY) is None
