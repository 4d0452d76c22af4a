"""Who holds which office: given and ended by those whom the rulebook makes answerable, as facts, in words."""

import threading
import uuid
from datetime import date, timedelta

import pytest
from django.db import connections
from tests.databases import OfficeDatabases
from tests.services.conftest import furnish
from tests.services.office import ROOT, SmallOffice

from duly.record.facts import Appointed, AppointmentEnded
from duly.vocabulary import Refused
from duly_server.gateways.keys import FileKeyRing
from duly_server.services import appointing, invitations, setup
from duly_server.services.appointing import Made
from duly_server.services.premises import premises
from duly_server.store.accounts import by_login
from duly_server.store.visible import viewer_of

DAY = "2026-03-02"


def seen(office: SmallOffice, name: str, on: str = DAY) -> tuple[str, ...]:
    me = office.acting("president", on)
    return next(each.seen for each in appointing.offices(me) if each.name == name)


def appoint(office: SmallOffice, held: str, *, by: str = "president", **said: object) -> Made | Refused:
    told: dict[str, object] = {
        "person": None,
        "name": "Ada Winter",
        "since": date.fromisoformat(DAY),
        "seen": seen(office, held),
    }
    return appointing.appoint(office.acting(by, DAY), held, **{**told, **said})  # type: ignore[arg-type]  # one dictionary of several kinds


def end(office: SmallOffice, number: str, name: str, before: str) -> object:
    me = office.acting("president", DAY)
    return appointing.end(me, number, before=date.fromisoformat(before), seen=seen(office, name))


def codes(refused: object) -> list[str]:
    assert isinstance(refused, Refused), refused
    assert all(problem.says and problem.remedy for problem in refused.problems)
    return [problem.code for problem in refused.problems]


def number_of(login: str) -> str:
    account = by_login(login)
    assert account is not None
    return viewer_of(account.pk).appointments[0].number


def test_the_rulebook_says_who_appoints_and_without_a_word_it_is_who_receives(
    small_office: SmallOffice,
) -> None:
    assert small_office.book.appointing == ("president",)
    text = (ROOT / "tests/rulebooks/village-bands.toml").read_text()
    line = next(line for line in text.splitlines() if line.startswith("president "))
    from duly.rulebook.book import Rulebook
    from duly.rulebook.read import read

    book = read(text.replace(line, "president = {}"))
    assert isinstance(book, Rulebook)
    assert book.appointing == ("complaints-officer",)


def test_somebody_new_is_appointed_and_invited_and_the_fact_names_who_did_it(
    small_office: SmallOffice,
) -> None:
    made = appoint(small_office, "investigator")
    assert isinstance(made, Made)
    assert made.token
    fact = premises().journal.read("office")[-1]
    assert isinstance(fact.body, Appointed)
    assert fact.body.appointment == made.appointment.number
    assert fact.by == number_of("president-1")
    taken = invitations.accept(
        made.token, login="ada", password="three quiet harbours", at=small_office.acting("president", DAY).at
    )
    assert not isinstance(taken, Refused)
    assert viewer_of(taken.pk).offices(date.fromisoformat(DAY)) == {"investigator"}


def test_somebody_with_an_account_is_not_invited(small_office: SmallOffice) -> None:
    account = by_login("presenter-1")
    assert account is not None
    made = appoint(small_office, "investigator", person=account.pk, name="")
    assert isinstance(made, Made)
    assert made.token is None
    assert viewer_of(account.pk).offices(date.fromisoformat(DAY)) == {"presenter", "investigator"}


@pytest.mark.parametrize("office", ["chancellor", "complainant", ""])
def test_nobody_is_given_an_office_that_no_edition_has(small_office: SmallOffice, office: str) -> None:
    """Whatever comes to it: a script, the set-up, a page."""
    before = len(premises().journal.read("office"))
    acting = small_office.acting("president", DAY)
    with pytest.raises(setup.OfficeUnknownError, match=f"has the office {office!r}") as refused:
        setup.appoint("eve", office, name="Eve", since=acting.today, at=acting.at, on=acting.today)
    assert "investigator" in refused.value.problem.remedy
    assert by_login("eve") is None
    assert len(premises().journal.read("office")) == before


def test_an_office_of_an_edition_to_come_can_be_given(small_office: SmallOffice) -> None:
    acting = small_office.acting("president", DAY)
    text = (ROOT / "tests/rulebooks/village-bands.toml").read_text()
    line = next(line for line in text.splitlines() if line.startswith("president "))
    later = text.replace(line, f"{line}\narchivist = {{}}").replace("2026-01-01", "2027-01-01")
    setup.adopt(later, (ROOT / "calendars/GB-ENG.toml").read_text(), on=acting.today, at=acting.at)
    made = setup.appoint("bo", "archivist", name="Bo", since=date(2027, 1, 1), at=acting.at, on=acting.today)
    assert made.office == "archivist"


def test_each_refusal_is_in_words_and_leaves_no_fact(small_office: SmallOffice) -> None:
    holder = by_login("investigator-1")
    assert holder is not None
    before = len(premises().journal.read("office"))
    yesterday = date.fromisoformat(DAY) - timedelta(days=1)
    assert codes(appoint(small_office, "investigator", by="panel-chair")) == ["not-yours-to-appoint"]
    assert codes(
        appointing.appoint(
            small_office.acting("president", DAY),
            "complainant",
            person=None,
            name="A",
            since=date.fromisoformat(DAY),
            seen=(),
        )
    ) == ["unknown-office"]
    assert codes(appoint(small_office, "investigator", person=uuid.uuid4())) == ["unknown-person"]
    assert codes(appoint(small_office, "investigator", name=" ", since=yesterday)) == ["no-name", "day-gone"]
    assert codes(appoint(small_office, "investigator", person=holder.pk)) == ["holds-already"]
    number = number_of("investigator-1")
    assert codes(end(small_office, "nobody", "investigator", DAY)) == ["unknown-appointment"]
    assert codes(end(small_office, number, "investigator", "2026-03-01")) == ["day-gone"]
    assert len(premises().journal.read("office")) == before


def test_an_appointment_ends_on_a_day_once_and_no_appointment_is_no_desk(small_office: SmallOffice) -> None:
    number = number_of("investigator-1")
    assert not isinstance(end(small_office, number, "investigator", "2026-03-05"), Refused)
    fact = premises().journal.read("office")[-1]
    assert fact.body == AppointmentEnded(appointment=number, before=date(2026, 3, 5))
    assert fact.by == number_of("president-1")
    assert small_office.acting("investigator", "2026-03-04").actors()
    assert not small_office.acting("investigator", "2026-03-05").actors()
    assert codes(end(small_office, number, "investigator", "2026-03-06")) == ["ended-already"]


def test_the_last_who_appoints_stays_until_another_has_come_in(small_office: SmallOffice) -> None:
    number = number_of("president-1")
    assert codes(end(small_office, number, "president", "2026-03-09")) == ["last-who-appoints"]
    made = appoint(small_office, "president")
    assert isinstance(made, Made)
    assert made.token
    assert codes(end(small_office, number, "president", "2026-03-09")) == ["last-who-appoints"]
    at = small_office.acting("president", DAY).at
    assert not isinstance(
        invitations.accept(made.token, login="ada", password="three quiet harbours", at=at), Refused
    )
    assert not isinstance(end(small_office, number, "president", "2026-03-09"), Refused)


def test_one_who_was_ended_a_moment_ago_appoints_nobody(small_office: SmallOffice) -> None:
    stale = small_office.acting("president", DAY)
    other = by_login("presenter-1")
    assert other is not None
    assert isinstance(appoint(small_office, "president", person=other.pk), Made)
    assert not isinstance(end(small_office, number_of("president-1"), "president", DAY), Refused)
    late = appointing.appoint(
        stale, "panel", person=None, name="Bo", since=stale.today, seen=seen_by_anybody("panel")
    )
    assert codes(late) == ["not-yours-to-appoint"]


def seen_by_anybody(office: str) -> tuple[str, ...]:
    from duly_server.store import appointments

    seats = [seat for seat in appointments.every_seat() if seat.appointment.office == office]
    return appointing.seen_of(seats)


def test_whoever_comes_second_is_told_what_the_first_did(small_office: SmallOffice) -> None:
    opened = seen(small_office, "investigator")
    assert isinstance(appoint(small_office, "investigator", name="Bo Summer"), Made)
    refused = appoint(small_office, "investigator", name="Cy Autumn", seen=opened)
    assert codes(refused) == ["office-changed"]
    assert "Bo Summer was appointed from Mon 2 Mar 2026 on" in str(refused)
    ended = seen(small_office, "presenter")
    assert not isinstance(end(small_office, number_of("presenter-1"), "presenter", "2026-03-05"), Refused)
    told = appoint(small_office, "presenter", seen=ended)
    assert "the appointment of Holder of presenter-1 was ended" in str(told)


def test_two_at_the_same_moment_one_appoints_and_one_is_told(
    fresh_office_db: OfficeDatabases, keyring: FileKeyRing
) -> None:
    office = furnish((ROOT / "tests/rulebooks/village-bands.toml").read_text())
    second = by_login("presenter-1")
    assert second is not None
    assert isinstance(appoint(office, "president", person=second.pk), Made)
    opened, before = seen(office, "investigator"), len(premises().journal.read("office"))
    answers: list[object] = []
    at_once = threading.Barrier(2)

    def one(login: str, name: str) -> None:
        me = office.acting(login, DAY)
        at_once.wait(20)
        try:
            answers.append(
                appointing.appoint(me, "investigator", person=None, name=name, since=me.today, seen=opened)
            )
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one, args=each) for each in (("president", "Bo"), ("presenter", "Cy"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(premises().journal.read("office")) == before + 1
    (refused,) = (each for each in answers if isinstance(each, Refused))
    assert [problem.code for problem in refused.problems] == ["office-changed"]
    assert sum(isinstance(each, Made) for each in answers) == 1


@pytest.mark.parametrize("again", [True, False])
def test_another_invitation_ends_the_one_before_and_only_for_who_never_came(
    small_office: SmallOffice, again: bool
) -> None:
    me = small_office.acting("president", DAY)
    first = appoint(small_office, "investigator")
    assert isinstance(first, Made)
    assert first.token
    if again:
        other = appointing.invite_again(me, first.appointment.number)
        assert isinstance(other, Made)
        assert other.token != first.token
        refused = invitations.accept(first.token, login="ada", password="three quiet harbours", at=me.at)
        assert codes(refused) == ["invitation-ended"]
    else:
        assert codes(appointing.invite_again(me, number_of("president-1"))) == ["has-come"]
        stranger = small_office.acting("panel-chair", DAY)
        refused = appointing.invite_again(stranger, first.appointment.number)
        assert codes(refused) == ["not-yours-to-appoint"]
