"""Why a clock of a case is due when it is: what it counts from, what moved it, by which facts and clauses."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from duly.record.facts import Channel, Fact, StepTaken, TimeExtended
from duly.rulebook.phrases import At, Begins, Ends, Event, Part, Reference, StepDone, TooLate
from duly.rulebook.prose import later_of, say_consequences, say_reference, say_timing, title, words
from duly.rulebook.steps import Is, Per
from duly.timetable.clock import Anchor, Clock, OnClock, OnDay, OnFixedDay, Reckoned
from duly.timetable.counted_day import CountedDay
from duly.timetable.due_day import by_rule
from duly.timetable.explanation import Explanation, explanation
from duly.timetable.marking import Marking
from duly.timetable.working import Working, carried_on, explain_count, explain_extension
from duly.vocabulary import Because, Unit
from duly.vocabulary.day import desk_day
from duly_server.services.adopting import telling
from duly_server.services.clock_moves import (
    as_of,
    extensions,
    met,
    part_dues,
    pause_facts,
)
from duly_server.services.fast_tracked import Decided, Track, decided_by, fast_track_of, length_in

_SENT = {
    Channel.POST: "posted",
    Channel.E_MAIL: "sent by e-mail",
    Channel.WEB: "told on the web",
    Channel.HAND: "handed over",
    Channel.PHONE: "",
    Channel.IN_PERSON: "",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """One clock's date with its working (None while no date can be given), also as `data` that suffice.

    `rule` is the limit in words; `by_rule` how many days the rule counts, `added` how many were given beside
    it; `facts` the places of the facts it rests on; `if_missed` what follows at the end of its day.
    """

    clock: Clock
    rule: str
    working: Working | None
    sentences: tuple[Because, ...]
    by_rule: int
    added: int
    if_missed: Because
    facts: tuple[int, ...]
    data: Explanation | None


def explain(marking: Marking, clock: Clock) -> Explained:
    """The whole working of a clock, as of the marking's day; of one that ended, as of the day it ended."""
    part, anchor, start = _governing(clock)
    clause = clock.limit.clause or marking.book.steps[clock.step].clause
    rule, track = _rule(clock), fast_track_of(marking, clock)
    kept = clock.reckoned
    if start is None or clock.due is None or kept is None:
        waits = f"No date can be given yet: it is counted from {say_reference(part.reference)}."
        working = base = None
        sentences: tuple[Because, ...] = (Because(waits, clause),)
    else:
        base = _base(marking, clock, kept, part, anchor, start, clause)
        working = _moved(marking, clock, kept, base)
        sentences = (
            *_other_parts(marking, clock),
            *working.sentences,
            *_fast_tracked(marking, clock, track),
            *(adopted := tuple(telling.moved(marking, clock))),
            *(() if adopted else _first_told(clock, working, track)),
        )
    counted, by_rule = (working.counted, base.counted) if working and base else (0, 0)
    return Explained(
        clock=clock,
        rule=rule,
        working=working,
        sentences=sentences,
        by_rule=by_rule,
        added=counted - by_rule,
        if_missed=_if_missed(marking, clock, clause),
        facts=tuple(
            sorted(
                {
                    *_facts(marking, clock),
                    *([track.fact.place] if track else []),
                    *(each.fact.place for each in decided_by(marking, clock)),
                }
            )
        ),
        data=explanation(clock),
    )


# --- what it is counted from -----------------------------------------------------------------------------


def _governing(clock: Clock) -> tuple[Part, Anchor, date | None]:
    """Of a `later_of`, the part that is due last, else the only part; and the day it was counted from."""
    dues = part_dues(clock)
    known = [day for day in dues if day is not None]
    at = dues.index(max(known)) if known else 0
    since = clock.reckoned.since[at] if known and clock.reckoned else None
    return clock.parts[at], clock.anchors[at], since


def _rule(clock: Clock) -> str:
    return later_of([say_timing(part) for part in clock.parts])


def _what(marking: Marking, clock: Clock, part: Part, anchor: Anchor, start: date) -> str:
    """What stands before the day counted from: "“Serve notice” was done on"."""
    if isinstance(anchor, OnClock):
        return f"The last day for “{words(anchor.clock.step)}” is"
    if isinstance(anchor, OnFixedDay):
        return f"The {words(anchor.name)} is"
    fact = _fact(marking, clock.started_by)
    if clock.is_party and fact is not None and fact.on < start and not _sent(marking, fact):
        return f"The {words(clock.offices[0])} may act from"
    return _occasion(part.reference, fact, start, sent=_sent(marking, fact) if fact else "")


def _occasion(reference: Reference, fact: Fact | None, start: date, *, sent: str) -> str:
    taken = fact.body if fact is not None and isinstance(fact.body, StepTaken) else None
    for occasion in reference.any_of:
        match occasion:
            case StepDone(step=step) if taken is not None and taken.step == step:
                if sent and fact is not None and fact.on != start:
                    return f"“{title(step)}” was {sent} on {desk_day(fact.on)} and takes effect on"
                return f"“{title(step)}” was done on"
            case Begins(stage=stage):
                return f"“{title(stage)}” began on"
            case Ends(stage=stage):
                return f"“{title(stage)}” ended on"
            case Event.CASE_OPENS:
                return "The complaint was received on"
            case Event.CASE_CLOSES:
                return "The case was closed on"
            case _:
                continue
    first = reference.any_of[0]
    if fact is not None and taken is None:
        return "Counted from the day it came into the case,"
    if isinstance(first, StepDone) and reference.or_time_up:
        return f"The time for “{words(first.step)}” was up at the end of"
    if isinstance(first, StepDone):
        return f"“{title(first.step)}” counted as done on"
    return "Counted from"


def _sent(marking: Marking, fact: Fact) -> str:
    """How it was sent, of what takes effect some time after that; empty of anything else."""
    body = fact.body
    if not isinstance(body, StepTaken) or body.channel is None:
        return ""
    step = marking.book.steps.get(body.step)
    later = marking.book.counting.takes_effect_after(body.channel) is not None
    serves = step is not None and (step.serve_on or step.is_ is Is.NOTICE or step.per is Per.PARTY)
    return _SENT[body.channel] if later and serves else ""


def _fact(marking: Marking, place: int | None) -> Fact | None:
    return marking.case.facts[place - 1] if place else None


# --- the working -----------------------------------------------------------------------------------------


def _base(
    marking: Marking,
    clock: Clock,
    kept: Reckoned,
    part: Part,
    anchor: Anchor,
    start: date,
    clause: str | None,
) -> Working:
    what = _what(marking, clock, part, anchor, start)
    if isinstance(part, At):
        told = (Because(f"{what} {desk_day(start)}.", clause),)
        return Working(due=start, original=start, steps=(CountedDay(start, "due"),), sentences=told)
    pauses = met(marking, clock)
    grounds = {
        period: Because(
            words(name), marking.book.pauses[name].clause if name in marking.book.pauses else None
        )
        for name, period in pauses
    }
    return explain_count(
        part.length,
        part.direction,
        start,
        calendar=kept.calendar,
        rules=kept.rules,
        paused=[period for _, period in pauses],
        clause=clause,
        what=what,
        as_of=as_of(marking, clock),
        at=anchor.at if isinstance(anchor, OnDay) and anchor.day == start else None,
        reasons=grounds,
    )


def _moved(marking: Marking, clock: Clock, kept: Reckoned, working: Working) -> Working:
    """Carried on by a fixed day that took it along, by extensions, and by what the party was told before."""
    unit = next((part.length.unit for part in clock.counts), Unit.DAYS)
    to = max(filter(None, part_dues(clock)), default=None)
    if clock.shift and to is not None and to != working.due:
        way = "later" if clock.shift > 0 else "earlier"
        because = Because(f"A fixed day moved {abs(clock.shift)} days {way} and took this date along.")
        working = _to(working, to, because, unit, kept)
    orders = list(decided_by(marking, clock))
    for fact in extensions(marking, clock):
        while orders and orders[0].fact.on <= fact.on:
            working = _ordered(marking, working, orders.pop(0), unit, kept)
        working = explain_extension(
            working,
            fact.body.until if isinstance(fact.body, TimeExtended) else working.due,
            granted_on=fact.on,
            because=_because_extended(marking, clock, fact),
            unit=unit,
            calendar=kept.calendar,
            rules=kept.rules,
            paused=kept.paused,
        )
    for order in orders:
        working = _ordered(marking, working, order, unit, kept)
    if clock.due is not None and clock.due > working.due:
        because = Because("A date that a party was told is never moved earlier.")
        working = carried_on(
            working, clock.due, because=because, unit=unit, calendar=kept.calendar, paused=kept.paused
        )
    return working


def _to(working: Working, to: date, because: Because, unit: Unit, kept: Reckoned) -> Working:
    if to > working.due:
        calendar = kept.calendar
        return carried_on(working, to, because=because, unit=unit, calendar=calendar, paused=kept.paused)
    before = [step for step in working.steps if step.on < to]
    last = CountedDay(to, "due", max((step.number or 0 for step in before), default=0) + 1)
    said = replace(because, says=f"{because.says} The last day is {desk_day(to)}.")
    return replace(working, due=to, steps=(*before, last), sentences=(*working.sentences, said))


def _ordered(marking: Marking, working: Working, order: Decided, unit: Unit, kept: Reckoned) -> Working:
    """By whose order, on what day, with the day there would be without; its reasons stand with its fact."""
    track = marking.book.fast_track
    says = (
        f"By the order of {desk_day(order.fact.on)} every case open longer than {length_in(order.fact)} is "
        f"to be decided by {desk_day(order.order.decide_by)}; the reasons stand with it. Without "
        f"it the last day would be {desk_day(order.without)}."
    )
    if order.waits:
        says += " It gives way to the time of a party, or to the first day the rules allow."
    elif order.due != order.order.decide_by:
        says += " Paused days since are left out."
    return _to(working, order.due, Because(says, track.clause if track else None), unit, kept)


def _because_extended(marking: Marking, clock: Clock, fact: Fact) -> Because:
    body = fact.body
    ground = (
        f", on the ground “{words(body.ground)}”" if isinstance(body, TimeExtended) and body.ground else ""
    )
    by = f" by the {words(fact.office)}" if fact.office else ""
    clause = clock.limit.clause or marking.book.steps[clock.step].clause
    return Because(f"Extended on {desk_day(fact.on)}{by}{ground}.", clause)


def _other_parts(marking: Marking, clock: Clock) -> Iterator[Because]:
    """Of a `later_of`: the dates of all its parts, so that the later one is seen to be later."""
    if len(clock.parts) < 2:
        return
    dues = zip(map(say_timing, clock.parts), part_dues(clock), strict=True)
    said = "; ".join(f"{what}: {desk_day(day) if day else 'not known yet'}" for what, day in dues)
    yield Because(f"The later of these holds. {said}.")


def _fast_tracked(marking: Marking, clock: Clock, track: Track | None) -> Iterator[Because]:
    """Which time the fast track gives, instead of which, and the day it had before or would have without."""
    rule = marking.book.fast_track
    if track is None or rule is None:
        return
    by = f" by the {words(track.fact.office)}" if track.fact.office else ""
    day = desk_day(track.without) if track.without else ""
    before = f" Without it the last day would be {day}." if day else ""
    if _is_first_day(clock, track):
        before = f" At first it was {day}."
    yield Because(
        f"The case was put on the fast track on {desk_day(track.fact.on)}{by}: {say_timing(track.gives)}, "
        f"and not {say_timing(track.otherwise)}.{before}",
        rule.clause,
    )


def _is_first_day(clock: Clock, track: Track) -> bool:
    """The fast track alone changed the date that was given at first."""
    return track.came_later and track.without is not None and track.without == clock.original_due


def _first_told(clock: Clock, working: Working, track: Track | None) -> Iterator[Because]:
    """Where the first date was another than this count gives: what was recorded since changed the count."""
    first = clock.original_due
    if first is None or first in (working.original, working.due, by_rule(clock)):
        return
    if track is None or not _is_first_day(clock, track):
        yield Because(f"At first it was {desk_day(first)}; an answer or a day recorded since changed it.")


def _if_missed(marking: Marking, clock: Clock, clause: str | None) -> Because:
    phrases = clock.limit.if_late
    if phrases is None:
        phrases = () if clock.is_party else marking.book.if_an_office_is_late or ()
    said = say_consequences(phrases)
    still = "" if any(isinstance(phrase.what, TooLate) for phrase in phrases) else "; it stays owed, late"
    return Because(f"{said}{still}.", clause)


def _facts(marking: Marking, clock: Clock) -> Iterator[int]:
    for place in (clock.started_by, clock.ended_by):
        if place is not None:
            yield place
    yield from (fact.place for fact in extensions(marking, clock))
    start = clock.started_on or marking.on
    if not clock.protects:
        for (began, ended), (_, period) in zip(pause_facts(marking), marking.pauses, strict=False):
            is_met = period.since <= as_of(marking, clock) and (
                period.before is None or period.before > start
            )
            if is_met:
                yield from (fact.place for fact in (began, ended) if fact is not None)
