"""Adopting what was looked at: by whoever answers for the timetable, with reasons, and nothing unseen."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, time
from functools import partial

from django.db import transaction

from duly.people import Actor
from duly.rulebook.prose import title
from duly.vocabulary import Problem, Refused
from duly_server.services import appointing, casework, setup
from duly_server.services.acting import Acting
from duly_server.services.adopting.preview import Looked, looked_so_far
from duly_server.services.adopting.proposal import Proposal, find
from duly_server.services.intake import written
from duly_server.services.premises import premises
from duly_server.store import agenda, editions, held, projections, proposals
from duly_server.store.busy import patiently
from duly_server.store.visible import viewer_of

LONGEST_REASONS = 5000  # characters
AT_ONCE = 500  # reminders written at once
FEW = 5  # records brought up to date while others wait

More = Callable[[int], bool]  # told how many cases are done; False: leave the others to the worker


@dataclass(frozen=True, slots=True)
class Adopted:
    """What was adopted, and how many open cases are looked at anew because of it."""

    proposal: Proposal
    cases: int


def may_adopt(acting: Acting) -> Actor | None:
    """The appointment by which somebody may adopt today; None: it is not theirs to do."""
    return appointing.appointer(acting)


def adopt(acting: Acting, digest: str, *, reasons: str, seen: str) -> Adopted | Refused:
    """Adopt what was proposed under this digest, and record who did, and why.

    `seen` is the `heads` of the preview that was seen whole. If the record went on since, or the day has
    changed, nothing is adopted: a time could move that nobody has seen.
    """
    reasons = written(reasons).strip()
    with transaction.atomic():
        held.alone()
        premises().journal.hold([setup.OFFICE])
        actor = still(acting)
        proposal = find(digest, on=acting.today)
        if proposal is None:
            return Refused((_NOTHING,))
        if isinstance(proposal, Refused):
            return proposal
        looked = looked_so_far(proposal, on=acting.today)
        found = (
            *against(acting, actor, looked, reasons, seen, nothing="nothing was adopted"),
            *stops(looked),
        )
        if found or actor is None:
            return Refused(found)
        _record(proposal, acting, actor, reasons)
        cases = wake_all(acting.at)
        proposals.forget(digest)
    return Adopted(proposal, cases)


def _record(proposal: Proposal, acting: Acting, actor: Actor, reasons: str) -> None:
    on, at, by = acting.today, acting.at, actor.by
    if proposal.book is None:
        setup.adopt_calendar(proposal.text, on=on, at=at, by=by, reasons=reasons)
        return
    if proposal.beside:
        setup.adopt_calendar(proposal.beside, on=on, at=at, by=by, reasons=reasons)
    setup.adopt_edition(proposal.text, on=on, at=at, by=by, reasons=reasons)


def wake_all(at: datetime) -> int:
    """Every open case is looked at anew: what it shows in lists, and when it changes by time alone."""
    after, count = "", 0
    now = datetime.combine(at.date(), time(0, 0), at.tzinfo)
    while some := proposals.open_cases(after, AT_ONCE):
        agenda.wake({f"case/{reference}": now for reference in some})
        after, count = some[-1], count + len(some)
    return count


def bring_up_to_date(acting: Acting, more: More) -> int:
    """The lists as they now are, for as many cases as `more` lets; the worker does the others. How many."""
    after, done = "", 0
    while some := proposals.open_cases(after, FEW):
        patiently(partial(_project, [f"case/{each}" for each in some], acting))
        after, done = some[-1], done + len(some)
        if not more(done):
            break
    return done


def _project(chains: list[str], acting: Acting) -> None:
    with transaction.atomic():
        premises().journal.hold(chains)
        for facts in filter(None, premises().journal.read_many(chains).values()):
            projections.project(casework.of_facts(facts).on(acting.today))


# --- why not ----------------------------------------------------------------------------------------------


def against(
    acting: Acting, actor: Actor | None, looked: Looked, reasons: str, seen: str, *, nothing: str
) -> Iterator[Problem]:
    """What is asked of whoever adopts or withdraws: that it is theirs, reasons, and to have seen all of it.

    `nothing` says that it was not done.
    """
    if actor is None:
        yield not_yours(acting)
    if not reasons or len(reasons) > LONGEST_REASONS:
        remedy = f"Say in a sentence or more who decided it, and why, in up to {LONGEST_REASONS} characters."
        yield Problem(code="no-reasons", says="It needs reasons, which stay in the record.", remedy=remedy)
    if seen != looked.heads:
        says = f"The record went on, or a day has passed, since what it would do was shown: {nothing}."
        yield Problem(code="preview-stale", says=says, remedy="Look at it as it is now, and decide then.")
    elif not looked.is_whole:
        says = f"Only {looked.cases} of {looked.total} open cases were looked at."
        yield Problem(code="preview-not-whole", says=says, remedy="Look at the others as well.")


def stops(looked: Looked) -> Iterator[Problem]:
    """What forbids the adoption whoever asks: a time that runs would be left without a day."""
    for reference, says in looked.stops:
        remedy = "Let the calendar cover all of it."
        yield Problem(code="no-last-day", says=f"{reference}: {says}", remedy=remedy)


def not_yours(acting: Acting) -> Problem:
    book, _ = editions.in_force(acting.today)
    who = " or ".join(title(office).lower() for office in book.appointing)
    says = "Adopting a rulebook or a calendar, or withdrawing one, is not yours to do today."
    return Problem(code="not-yours-to-adopt", says=says, remedy=f"Ask the {who}.")


def still(acting: Acting) -> Actor | None:
    """Who adopts, looked up within the transaction: what one holds may have been ended a moment ago."""
    if acting.viewer.account is None:
        return None
    return may_adopt(Acting(viewer=viewer_of(acting.viewer.account), today=acting.today, at=acting.at))


_NOTHING = Problem(
    code="nothing-proposed",
    says="Nothing is proposed there: it was adopted meanwhile, or given up.",
    remedy="Choose the file again.",
)
