"""Who holds which office: seen, given and ended by the office that the rulebook makes answerable for it."""

import uuid
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from duly.people import Actor, Appointment
from duly.rulebook.book import Rulebook
from duly.rulebook.prose import title, words
from duly.vocabulary import Problem, Refused
from duly.vocabulary.day import desk_day
from duly_server.services import invitations, setup
from duly_server.services.acting import Acting
from duly_server.services.intake import written
from duly_server.services.premises import premises
from duly_server.store import accounts, appointments, editions
from duly_server.store.appointments import Seat
from duly_server.store.visible import viewer_of

LONGEST_NAME = 200
JOINERS = {0x200C: None, 0x200D: None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One appointment. `invited_until` is set while somebody may still take the account it was given to."""

    seat: Seat
    invited_until: datetime | None = None

    @property
    def has_come(self) -> bool:
        return not self.seat.login.startswith(accounts.INVITED)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeHeld:
    """An office with those who hold it today or will, and those who did."""

    name: str
    now: tuple[Held, ...]
    before: tuple[Held, ...]
    appoints: bool

    @property
    def seen(self) -> tuple[str, ...]:
        """What a form of this office is filled in on: whoever changes it makes this another."""
        return seen_of(held.seat for held in self.now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """An appointment, and the invitation of somebody who has no login yet."""

    appointment: Appointment
    name: str
    token: str | None = None


def appointer(acting: Acting) -> Actor | None:
    """The appointment by which somebody may appoint and end today; None: it is not theirs to do."""
    book, _ = editions.in_force(acting.today)
    return next((actor for actor in acting.actors() if actor.office in book.appointing), None)


def offices(acting: Acting) -> tuple[OfficeHeld, ...]:
    """Every office of the edition in force that is no party, in its order; then those of earlier ones."""
    book, _ = editions.in_force(acting.today)
    known = [office.name for office in book.offices.values() if not office.party]
    open_until = invitations.open_until()
    of: dict[str, list[Held]] = {name: [] for name in known}
    for seat in appointments.every_seat():
        held = Held(seat=seat, invited_until=open_until.get(seat.appointment.person))
        of.setdefault(seat.appointment.office, []).append(held)
    return tuple(
        OfficeHeld(
            name=name,
            now=tuple(held for held in all_held if not _is_over(held.seat, acting.today)),
            before=tuple(held for held in all_held if _is_over(held.seat, acting.today)),
            appoints=name in book.appointing,
        )
        for name, all_held in of.items()
    )


def seen_of(seats: Iterable[Seat]) -> tuple[str, ...]:
    return tuple(
        f"{s.appointment.number}:{s.appointment.before.isoformat() if s.appointment.before else ''}"
        for s in seats
    )


def _is_over(seat: Seat, on: date) -> bool:
    """Held no more, and never again."""
    return seat.appointment.before is not None and seat.appointment.before <= max(on, seat.appointment.since)


def people() -> list[accounts.Account]:
    """Everybody who has an account, for choosing whom to appoint."""
    return accounts.everybody()


# --- giving an office -------------------------------------------------------------------------------------


def appoint(
    acting: Acting,
    office: str,
    *,
    person: uuid.UUID | None,
    name: str,
    since: date,
    seen: Collection[str],
) -> Made | Refused:
    """Give an office from a day on, to somebody with an account, or to `name`, who is invited to have one.

    `seen` is what the form was filled in on (`OfficeHeld.seen`): if somebody changed it meanwhile, they are
    named and nothing is done.
    """
    name = written(name).strip()
    with transaction.atomic():
        premises().journal.hold([setup.OFFICE])
        actor = _still(acting)
        book, _ = editions.in_force(acting.today)
        account = next((each for each in accounts.everybody() if each.pk == person), None)
        found = tuple(_against(acting, actor, book, office, account, person, name, since, seen))
        if found or actor is None:
            return Refused(found)
        made = setup.appoint(
            account.login if account else accounts.placeholder(),
            office,
            name=account.name if account else name,
            since=since,
            at=acting.at,
            on=acting.today,
            by=actor.by,
        )
        token = None if account else invitations.invite(uuid.UUID(made.person), at=acting.at)
    return Made(appointment=made, name=account.name if account else name, token=token)


def _against(
    acting: Acting,
    actor: Actor | None,
    book: Rulebook,
    office: str,
    account: accounts.Account | None,
    person: uuid.UUID | None,
    name: str,
    since: date,
    seen: Collection[str],
) -> Iterator[Problem]:
    if actor is None:
        yield not_yours(book)
    if office not in book.offices or book.offices[office].party:
        remedy = "Choose one of the offices on the page."
        yield Problem(code="unknown-office", says="The rulebook in force has no such office.", remedy=remedy)
        return
    if person is not None and account is None:
        yield Problem(
            code="unknown-person", says="There is no such account.", remedy="Choose one of the list."
        )
    if person is None and not _is_name(name):
        remedy = f"Write the name of the person, up to {LONGEST_NAME} characters."
        yield Problem(code="no-name", says="Nobody was named.", remedy=remedy)
    if since < acting.today:
        says = f"{desk_day(since)} has gone by, and nobody acted in this office on it."
        yield Problem(code="day-gone", says=says, remedy="Choose today or a day to come.")
    if (meanwhile := _meanwhile(office, acting.today, seen)) is not None:
        yield meanwhile
        return
    for seat in appointments.every_seat() if account else ():
        of = seat.appointment
        is_theirs = account is not None and of.person == str(account.pk)
        if of.office == office and is_theirs and (of.before is None or of.before > since):
            says = f"{seat.name} holds this office already, since {desk_day(of.since)}."
            remedy = "There is nothing to do; or let it begin when the other has ended."
            yield Problem(code="holds-already", says=says, remedy=remedy)


def _is_name(name: str) -> bool:
    """Joiners of letters are no letters by themselves, and names in Persian are written with them."""
    plain = name.translate(JOINERS)
    return bool(plain.strip()) and len(name) <= LONGEST_NAME and plain.isprintable()


# --- ending it --------------------------------------------------------------------------------------------


def end(acting: Acting, number: str, *, before: date, seen: Collection[str]) -> Seat | Refused:
    """From the day `before` on the appointment no longer holds."""
    with transaction.atomic():
        premises().journal.hold([setup.OFFICE])
        actor = _still(acting)
        book, _ = editions.in_force(acting.today)
        seat = seat_of(number)
        found = tuple(_against_ending(acting, actor, book, seat, before, seen))
        if found or actor is None or seat is None:
            return Refused(found)
        setup.end_appointment(number, before=before, on=acting.today, at=acting.at, by=actor.by)
    return seat


def seat_of(number: str) -> Seat | None:
    return next((each for each in appointments.every_seat() if each.appointment.number == number), None)


def _against_ending(
    acting: Acting,
    actor: Actor | None,
    book: Rulebook,
    seat: Seat | None,
    before: date,
    seen: Collection[str],
) -> Iterator[Problem]:
    if actor is None:
        yield not_yours(book)
    if seat is None:
        remedy = "Choose one that stands on the page."
        yield Problem(code="unknown-appointment", says="There is no such appointment.", remedy=remedy)
        return
    of = seat.appointment
    if of.before is not None:
        says = f"This appointment was ended already: it no longer holds from {desk_day(of.before)} on."
        yield Problem(code="ended-already", says=says, remedy="There is nothing to do.")
        return
    if before < acting.today:
        says = (
            f"The office was held until today: {desk_day(before - timedelta(days=1))} can't be its last day."
        )
        yield Problem(
            code="day-gone",
            says=says,
            remedy="Choose yesterday as its last day, which ends it at once, or a later one.",
        )
    if (meanwhile := _meanwhile(of.office, acting.today, seen)) is not None:
        yield meanwhile
    if of.office in book.appointing and not any(_stays(each, book, before) for each in _others(seat)):
        says = "Nobody would be left who can appoint: nobody else in such an office has a login and no end."
        remedy = f"Appoint somebody as {_either(book)} first, and wait until they have come in."
        yield Problem(code="last-who-appoints", says=says, remedy=remedy)


def _others(seat: Seat) -> list[Seat]:
    return [each for each in appointments.every_seat() if each.appointment.number != seat.appointment.number]


def _stays(seat: Seat, book: Rulebook, day: date) -> bool:
    """Whether somebody who has a login appoints by it from the day on, without an end."""
    of = seat.appointment
    has_come = bool(seat.login) and not seat.login.startswith(accounts.INVITED)
    return has_come and of.office in book.appointing and of.since <= day and of.before is None


# --- inviting again ---------------------------------------------------------------------------------------


def invite_again(acting: Acting, number: str) -> Made | Refused:
    """Another invitation for somebody who never came: the one before opens nothing any more."""
    with transaction.atomic():
        premises().journal.hold([setup.OFFICE])
        seat = seat_of(number)
        book, _ = editions.in_force(acting.today)
        if _still(acting) is None:
            return Refused((not_yours(book),))
        if seat is None or not seat.login.startswith(accounts.INVITED):
            says = "Nobody waits to be invited there: the account has a login and a password of its own."
            return Refused((Problem(code="has-come", says=says, remedy="They log in as they are used to."),))
        token = invitations.invite(uuid.UUID(seat.appointment.person), at=acting.at)
    return Made(appointment=seat.appointment, name=seat.name, token=token)


def _still(acting: Acting) -> Actor | None:
    """Looked up again, within the transaction: what one holds may have been ended a moment ago."""
    if acting.viewer.account is None:
        return None
    return appointer(Acting(viewer=viewer_of(acting.viewer.account), today=acting.today, at=acting.at))


def _meanwhile(office: str, today: date, seen: Collection[str]) -> Problem | None:
    """Told in words: what somebody else did with this office since the page was opened."""
    seats = [s for s in appointments.every_seat() if s.appointment.office == office]
    now = {key: seat for seat in seats for key in seen_of([seat]) if not _is_over(seat, today)}
    if set(now) == set(seen):
        return None
    known = {each.partition(":")[0] for each in seen}
    told = [
        f"{seat.name} was appointed from {desk_day(seat.appointment.since)} on"
        for seat in now.values()
        if seat.appointment.number not in known
    ]
    told += [
        f"the appointment of {seat.name} was ended from {desk_day(seat.appointment.before)} on"
        for seat in seats
        if seat.appointment.before and seat.appointment.number in known and seen_of([seat])[0] not in seen
    ]
    says = "; ".join(told) or "something about it was changed"
    return Problem(
        code="office-changed",
        says=f"Meanwhile somebody else acted on the office “{words(office)}”: {says}.",
        remedy="Look at it as it is now, and send again if it is still to be done.",
    )


def not_yours(book: Rulebook) -> Problem:
    """Said to whoever does not appoint today."""
    says = "Who holds which office is not yours to change today."
    return Problem(code="not-yours-to-appoint", says=says, remedy=f"Ask the {_either(book)}.")


def _either(book: Rulebook) -> str:
    return " or ".join(title(office).lower() for office in book.appointing)
