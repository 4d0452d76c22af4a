"""What a fact says happened, in words for the record of a case: title, glyph, and who did it under what."""

from datetime import date, datetime
from typing import assert_never
from zoneinfo import ZoneInfo

from duly.record.facts import (
    IMPORT,
    TIME,
    AdoptionWithdrawn,
    AllegationAdded,
    Appointed,
    AppointmentEnded,
    Assigned,
    CalendarAdopted,
    ConflictDeclared,
    Corrected,
    DecisionDayOrdered,
    DecisionDaySet,
    Expired,
    Fact,
    FastTracked,
    FastTrackOrdered,
    FileImported,
    FindingMade,
    Imported,
    KeysBackedUp,
    Linked,
    NoConflictDeclared,
    Opened,
    PartyAdded,
    Paused,
    QuestionAnswered,
    RecoveryKeySet,
    Restored,
    Resumed,
    RulebookAdopted,
    SanctionEnded,
    SanctionImposed,
    SealOpened,
    SignInReset,
    StepTaken,
    Submitted,
    TimeExtended,
    Told,
    TrackedByOrder,
    Waived,
)
from duly.rulebook.prose import title, words
from duly.rulebook.steps import Is
from duly.timetable.pause_reviews import review_places
from duly.vocabulary import Length, Unit
from duly.vocabulary.day import desk_day
from duly_server.services.case_page import CasePage
from duly_server.web.desk.case_limits import is_one_of_several
from duly_server.web.shared.chips import Glyph

FEW = 2  # things stated that are named; more are counted


def what_happened(page: CasePage, fact: Fact) -> str:
    """The fact in one line; nothing that names or narrates, for it holds nothing of the kind."""
    match fact.body:
        case StepTaken() as taken:
            return _step(page, taken)
        case FindingMade(allegation=allegation, outcome=outcome):
            return f"Finding on {allegation}: {words(outcome)}"
        case SanctionImposed() as imposed:
            return f"{title(imposed.sanction)} imposed{length_of(imposed)}"
        case SanctionEnded(sanction=place):
            return f"The sanction of fact {place} has no effect from this day on"
        case Opened(edition=edition):
            return f"Record opened under the rulebook of {edition}"
        case PartyAdded(tag=tag, role=role):
            return f"{title(role.value)} {tag} entered"
        case AllegationAdded(allegation=allegation, conduct=conduct):
            return f"Allegation {allegation} put: {conduct_title(page, conduct).lower()}"
        case Assigned(office=office, appointment=number):
            return f"{title(office)} of this case: {page.names.get(number, number)}"
        case ConflictDeclared():
            return "Somebody stands out of the case: a conflict of interest was declared"
        case NoConflictDeclared():
            return "No conflict of interest, said before reading"
        case Linked(chain=chain, relation=relation):
            return f"Record linked: {relation.value} {chain.replace('/', ' ')}"
        case Told(to=to, channel=channel):
            return f"{to} told, by {channel.value}"
        case Corrected(corrects=place):
            return f"Fact {place} taken out of the reckoning"
        case SealOpened(places=places):
            many = "Seals of facts" if len(places) > 1 else "Seal of fact"
            return f"{many} {', '.join(map(str, places))} opened"
        case _:
            return _of_time(page, fact)


def _of_time(page: CasePage, fact: Fact) -> str:
    """What moves or answers, and kinds that stand on other records."""
    match fact.body:
        case QuestionAnswered(question=question, answer=answer):
            return f"“{title(question)}” answered: {words(answer)}"
        case TimeExtended(step=step, until=until, key=key):
            return f"Time for “{words(step)}”{_for(page, step, key)} extended until {desk_day(until)}"
        case Paused(pause=pause):
            if fact.place in page.once("pause reviews", lambda: review_places(page.state.moves)):
                return f"Pause reviewed, and goes on: {words(pause)}"
            return f"Case paused: {words(pause)}"
        case Resumed(pause=pause):
            return f"Clocks run again: {words(pause)} is over"
        case FastTracked(criterion=place):
            track = page.book.fast_track
            known = track is not None and place <= len(track.criteria)
            return f"Put on the fast track: {track.criteria[place - 1]}" if known and track else "Fast track"
        case TrackedByOrder(longer_than=amount, unit=unit):
            return (
                f"Put on the fast track, by an order for every case open longer than {Length(amount, unit)}"
            )
        case DecisionDaySet(longer_than=amount, unit=unit, decide_by=day):
            every = f"every case open longer than {Length(amount, unit)}"
            return f"To be decided by {desk_day(day)}, by an order for {every}"
        case Waived(step=step, key=key):
            return f"Rest of the time for “{words(step)}”{_for(page, step, key)} given up in writing"
        case Expired(step=step, due=due, key=key):
            return f"“{title(step)}”{_for(page, step, key)} not done by {desk_day(due)}"
        case Submitted() | Imported() | Appointed() | AppointmentEnded() | RulebookAdopted():
            return title(fact.body.KIND.partition("/")[0])
        case CalendarAdopted() | FileImported() | RecoveryKeySet() | KeysBackedUp() | Restored():
            return title(fact.body.KIND.partition("/")[0])
        case SignInReset() | FastTrackOrdered() | DecisionDayOrdered() | AdoptionWithdrawn():
            return title(fact.body.KIND.partition("/")[0])
        case (
            StepTaken() | FindingMade() | SanctionImposed() | SanctionEnded() | Opened() | PartyAdded()
            | AllegationAdded() | Assigned() | ConflictDeclared() | NoConflictDeclared() | Linked() | Told()
            | Corrected()
            | SealOpened()
        ):  # fmt: skip
            raise TypeError("said above")
        case _:
            assert_never(fact.body)


def _step(page: CasePage, taken: StepTaken) -> str:
    outcome = f": {words(taken.outcome)}" if taken.outcome else ""
    days = "".join(f"; {words(name)} fixed for {desk_day(day)}" for name, day in taken.days.items())
    return f"{title(taken.step)}{_for(page, taken.step, taken.key)}{outcome}{days}"


def _for(page: CasePage, step: str, key: str | None) -> str:
    return f" · {key}" if key and is_one_of_several(page.marking, step) else ""


def length_of(imposed: SanctionImposed) -> str:
    """ ", 6 months"; nothing for a sanction without a length."""
    if imposed.amount is None or imposed.unit is None:
        return ""
    return f", {Length(imposed.amount, Unit(imposed.unit))}"


def conduct_title(page: CasePage, name: str) -> str:
    conduct = page.book.conduct.get(name)
    return conduct.title if conduct else title(name)


def glyph_of(page: CasePage, fact: Fact) -> Glyph:
    match fact.body:
        case StepTaken(step=step):
            rule = page.book.steps.get(step)
            return Glyph.CLOSED if rule is not None and rule.is_ is Is.INTERIM_MEASURE else Glyph.DONE
        case TimeExtended():
            return Glyph.EXTENDED
        case Paused():
            return Glyph.PAUSED
        case Resumed() | Opened():
            return Glyph.RUNNING
        case Expired(step=step):
            rule = page.book.steps.get(step)
            is_partys = rule is not None and set(page.marking.offices_of(rule)) <= page.book.parties
            return Glyph.PARTY if is_partys else Glyph.LATE
        case SealOpened():
            return Glyph.EYE
        case Waived() | Corrected() | SanctionEnded() | SanctionImposed():
            return Glyph.CLOSED
        case _:
            return Glyph.DONE


def who_and_how(page: CasePage, fact: Fact) -> str:
    """ "Ilse Marrow, case officer · served on R by e-mail · reasons given"."""
    said = [who(page, fact), *_how(page, fact)]
    names = {name for name, _ in fact.parts}
    if "reasons" in names:
        said.append("reasons given")
    noted = noted_on(page, fact)
    if noted > fact.on and fact.by != TIME:
        said.append(f"written down {desk_day(noted)}")
    return " · ".join(filter(None, said))


def who(page: CasePage, fact: Fact) -> str:
    if fact.by == TIME:
        return "noted by the clock"
    if fact.by == IMPORT:
        return "taken from a file"
    office = words(fact.office) if fact.office else ""
    name = page.names.get(fact.by)
    if name is None:
        by = words(fact.by)
        return f"{by}, received by the {office}" if office and office != by else by
    if fact.office in page.book.parties:
        return f"{name}, for the {office}"
    return f"{name}, {office}" if office else name


def _how(page: CasePage, fact: Fact) -> list[str]:
    body = fact.body
    if isinstance(body, TimeExtended) and body.ground:
        return [f"ground: {words(body.ground)}"]
    if not isinstance(body, StepTaken):
        return []
    said: list[str] = []
    if body.served_on or body.channel:
        on = f" on {', '.join(body.served_on)}" if body.served_on else ""
        said.append(f"served{on}{f' by {body.channel.value}' if body.channel else ''}")
    if body.ground:
        said.append(f"ground: {words(body.ground)}")
    if len(body.stated) > FEW:
        said.append(f"{len(body.stated)} things stated")
    elif body.stated:
        said.append(f"states {' and '.join(words(each) for each in body.stated)}")
    if body.agreed_by:
        said.append(f"agreed by the {' and the '.join(words(office) for office in body.agreed_by)}")
    if body.present:
        said.append(f"with {', '.join(page.names.get(number, number) for number in body.present)}")
    return said


def noted_on(page: CasePage, fact: Fact) -> date:
    """The day it was written down, in the zone of the rulebook."""
    noted = fact.noted_at
    return (
        noted.astimezone(ZoneInfo(page.book.counting.zone)).date() if isinstance(noted, datetime) else noted
    )


def clause_of(page: CasePage, fact: Fact) -> str:
    """The clause the fact rests on, where the rulebook prints one."""
    match fact.body:
        case (
            StepTaken(step=step)
            | TimeExtended(step=step)
            | Waived(step=step)
            | Expired(step=step)
            | FindingMade(step=step)
            | SanctionEnded(step=step)
        ):
            rule = page.book.steps.get(step)
            return (rule.clause if rule else "") or ""
        case SanctionImposed(sanction=name):
            rung = page.book.sanctions.get(name)
            return (rung.clause if rung else "") or ""
        case Paused(pause=name) | Resumed(pause=name):
            pause = page.book.pauses.get(name)
            return (pause.clause if pause else "") or ""
        case FastTracked() | TrackedByOrder() | DecisionDaySet():
            return (page.book.fast_track.clause if page.book.fast_track else "") or ""
        case AllegationAdded(conduct=name):
            conduct = page.book.conduct.get(name)
            return (conduct.clause if conduct else "") or ""
        case _:
            return ""
