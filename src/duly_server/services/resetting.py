"""Somebody lost what they come in by: who appoints has them invited anew, and the record says why."""

import uuid
from datetime import date, datetime

from django.db import transaction

from duly.record.facts import SignInReset
from duly.rulebook.prose import title
from duly.vocabulary import Problem, Refused
from duly_server.services import invitations, setup
from duly_server.services.acting import Acting
from duly_server.services.appointing import Made, appointer, not_yours, seat_of
from duly_server.services.intake import written
from duly_server.services.premises import premises
from duly_server.services.recovery import BY_OPERATOR, note
from duly_server.store import accounts, appointments, editions, factors
from duly_server.store.appointments import Seat
from duly_server.store.visible import viewer_of

LONGEST_REASON = 2000

_NOBODY = Problem(
    code="unknown-appointment",
    says="There is no such appointment.",
    remedy="Choose one that stands on the page.",
)
_NO_REASON = Problem(
    code="no-reason",
    says="No reason was given.",
    remedy="Write in a sentence how you know who asks for it, and what was lost.",
)


def reset(acting: Acting, number: str, *, reason: str) -> Made | Refused:
    """Whatever its holder came in by opens nothing any more; the answer has an invitation for them."""
    with transaction.atomic():
        premises().journal.hold([setup.OFFICE])
        me = acting.viewer.account
        actor = None
        if me is not None:  # looked up again: what one holds may have been ended a moment ago
            actor = appointer(Acting(viewer=viewer_of(me), today=acting.today, at=acting.at))
        if actor is None:
            return Refused((not_yours(editions.in_force(acting.today)[0]),))
        seat = seat_of(number)
        if seat is not None and seat.appointment.person == str(me):
            says = "This is yourself: who has come in changes what they come in by themselves."
            return Refused((Problem(code="reset-of-oneself", says=says, remedy="Go to “Signing in”."),))
        return _reset(seat, reason, by=actor.by, on=acting.today, at=acting.at)


def reset_on_the_machine(who: str, *, reason: str, on: date, at: datetime) -> Made | Refused:
    """The same by whoever runs the machine: for an office whose only secretary lost everything.

    `who` is a login, a name, or an office that one person holds. Somebody who never came in has no login that
    anybody knows, and nobody may be there to invite them again: they get another invitation.
    """
    with transaction.atomic():
        premises().journal.hold([setup.OFFICE])
        theirs = _meant(who, on)
        people = dict.fromkeys(seat.appointment.person for seat in theirs)
        if len(people) > 1:
            return Refused((_several(who, theirs),))
        seat = theirs[-1] if theirs else None
        return _reset(seat, reason, by=BY_OPERATOR, on=on, at=at, also_who_never_came=True)


def _meant(who: str, on: date) -> list[Seat]:
    """What those hold or held who log in so; else those who are called so; else those who hold the office."""
    seats = appointments.every_seat()
    wanted = " ".join(written(who).casefold().split())
    return (
        [seat for seat in seats if seat.login == who]
        or [seat for seat in seats if seat.name.casefold() == wanted]
        or [seat for seat in seats if _is_of(seat, wanted) and seat.is_held(on)]
    )


def _is_of(seat: Seat, wanted: str) -> bool:
    office = seat.appointment.office
    return wanted in (office.casefold(), title(office).casefold())


def _several(who: str, seats: list[Seat]) -> Problem:
    told = {seat.appointment.person: f"{seat.name} ({seat.login})" for seat in seats}
    says = f"More than one person is meant by {who!r}: {', '.join(told.values())}."
    return Problem(code="several-meant", says=says, remedy="Say which: by what stands in brackets.")


def _reset(
    seat: Seat | None,
    reason: str,
    *,
    by: str,
    on: date,
    at: datetime,
    also_who_never_came: bool = False,
) -> Made | Refused:
    account = accounts.by_key(uuid.UUID(seat.appointment.person)) if seat else None
    if seat is None or account is None:
        return Refused((_NOBODY,))
    if seat.login.startswith(accounts.INVITED) and not also_who_never_came:
        says = "Nobody has come in there yet, so that there is nothing to reset."
        return Refused((Problem(code="not-come-yet", says=says, remedy="Invite them again."),))
    reason = written(reason).strip()
    if not reason or len(reason) > LONGEST_REASON:
        return Refused((_NO_REASON,))
    body = SignInReset(appointment=seat.appointment.number)
    note(body, on=on, at=at, by=by, parts={"reasons": {"v": 1, "text": reason}})
    factors.forget_all(account.pk)
    accounts.lock_out(account)
    return Made(appointment=seat.appointment, name=seat.name, token=invitations.invite(account.pk, at=at))
