"""Furnishing the example office: who serves in it, and three years of complaints, each by its own doors."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db import transaction

from duly.people import Actor, Roll
from duly.record.facts import Channel, Naming
from duly.record.references import appointment_from, receipt_code_from, reference_from
from duly.rulebook.book import Rulebook
from duly_server.gateways.keys import Purpose
from duly_server.services import intake, setup
from duly_server.services.example import stories
from duly_server.services.example.lives import Life
from duly_server.services.example.names import BRANCHES, MEMBERS, member_name
from duly_server.services.intake import Report
from duly_server.services.premises import premises
from duly_server.store import appointments, editions, leaves, projections, receipts

COMPLAINTS = 1500
YEARS = 3
BEFORE = timedelta(days=365 * YEARS + 30)  # how long the rulebook has been in force
AT_ONCE = 25  # lives in one transaction
CODES = 6  # of the newest complaints, for whoever wants to look from the reporter's side
PEOPLE_IN_AN_OFFICE = 2  # of an office with one seat
POOL = 3  # times the seats of a panel


@dataclass(frozen=True, slots=True)
class Code:
    """A receipt code that the demo shows, which an office never does."""

    code: str
    received_on: date
    is_accepted: bool


@dataclass(frozen=True, slots=True)
class Furnished:
    complaints: int
    cases: int
    codes: tuple[Code, ...]


def furnish(
    rulebook: str,
    calendar: str,
    *,
    today: date,
    complaints: int = COMPLAINTS,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> Furnished:
    """Fill an empty office: the same each time for the same day, keys, salts and digests apart."""
    chance = random.Random(f"duly/example/1 {today.isoformat()}")  # noqa: S311 -- the same each time
    begins = today - BEFORE
    with transaction.atomic():
        book = setup.adopt(rulebook, calendar, on=begins, at=_morning(begins))
        people = _appoint(book, begins, chance)
    roll = appointments.roll()
    days = sorted(_received_on(today, chance) for _ in range(complaints))
    cases = 0
    codes: list[Code] = []
    for first in range(0, complaints, AT_ONCE):
        with transaction.atomic():
            for turn, day in enumerate(days[first : first + AT_ONCE], start=first):
                own = random.Random(f"{today.isoformat()} {turn}")  # noqa: S311 -- the same each time
                shows_code = turn >= complaints - CODES * 6 and turn % 6 == 0
                accepted, code = _live(book, people, roll, day, today, own, shows_code=shows_code)
                cases += accepted
                codes += [Code(code, day, accepted > 0)] if code else []
        progress(min(first + AT_ONCE, complaints), complaints)
    leaves.number(today=today)
    return Furnished(complaints, cases, tuple(codes))


def _live(
    book: Rulebook,
    people: Mapping[str, Sequence[Actor]],
    roll: Roll,
    day: date,
    today: date,
    chance: random.Random,
    *,
    shows_code: bool,
) -> tuple[int, str]:
    """The complaint and all that became of it: how many cases, and its code if it is to be shown."""
    complaint, case = reference_from(chance.randbytes(16)), reference_from(chance.randbytes(16))
    book, calendar = editions.in_force(day)
    opened = intake.take_in(_report(chance), complaint, case, book, calendar, on=day)
    life = Life(
        case=opened, chance=chance, staff=_staff(book, people, chance), roll=roll, today=today, day=day
    )
    markings = [life.run(), *(other.run() for other in life.others)]
    code = ""
    if shows_code:
        code = receipt_code_from(chance.randbytes(16), 5)
        receipts.keep(premises().keyring.mac(Purpose.RECEIPT, code.encode()), complaint)
    # After the code is kept, which the last case to close ends in time: those that are open come first.
    for marking in sorted(markings, key=lambda each: each.closed_on or date.min):
        projections.project(marking)
    return sum(each.accepted for each in (life, *life.others)), code


def _report(chance: random.Random) -> Report:
    number = chance.randint(1, MEMBERS)
    naming = chance.choices(list(Naming), (6, 2, 2))[0]
    name = "" if naming is Naming.ANONYMOUS else member_name(number)
    return Report(
        narrative=stories.complaint(chance),
        about=f"{member_name(chance.randint(1, MEMBERS))}, {chance.choice(BRANCHES)} branch",
        naming=naming,
        name=name,
        contact=f"member{number}@example.org" if name else "",
        in_danger=chance.random() < 0.01,
        channel=chance.choices((Channel.WEB, Channel.E_MAIL, Channel.POST, Channel.PHONE), (7, 2, 1, 1))[0],
    )


def _appoint(book: Rulebook, since: date, chance: random.Random) -> dict[str, list[Actor]]:
    """People for every office that is no party's; a pool for each panel."""
    people: dict[str, list[Actor]] = {}
    for office in book.offices.values():
        if office.party:
            continue
        seats = office.seats * POOL if office.seats else PEOPLE_IN_AN_OFFICE
        for seat in range(seats if not office.accountable else 1):
            made = setup.appoint(
                f"{office.name}-{seat + 1}",
                office.name,
                name=member_name(chance.randint(1, MEMBERS)),
                since=since,
                at=_morning(since),
                on=since,
                number=appointment_from(chance.randbytes(16)),
            )
            actor = Actor(by=made.number, office=office.name, person=made.person)
            people.setdefault(office.name, []).append(actor)
    return people


def _staff(
    book: Rulebook, people: Mapping[str, Sequence[Actor]], chance: random.Random
) -> dict[str, list[Actor]]:
    """Who serves in this case: one for an office, as many as sit for a panel, drawn by lot."""
    return {name: chance.sample(list(pool), book.offices[name].seats or 1) for name, pool in people.items()}


def _received_on(today: date, chance: random.Random) -> date:
    """Somewhat more lately than long ago, as an office that becomes known sees it."""
    back = round(365 * YEARS * (1 - chance.random() ** 0.75))
    return today - timedelta(days=min(back, 365 * YEARS))


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(9, 0), UTC)
