"""The record of a case as one line: facts, what time alone did, what each did to the clocks; newest first."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from duly.record.facts import Expired, Fact, FindingMade, SanctionEnded, SanctionImposed, StepTaken
from duly.rulebook.phrases import EndsWhat
from duly.rulebook.prose import title, words
from duly.timetable.clock import Clock, ClockState
from duly.timetable.marking import Happening
from duly_server.services.case_page import CasePage
from duly_server.services.clock_moves import Causes, moves
from duly_server.web.desk import case_adopted
from duly_server.web.desk.case_adopted import under
from duly_server.web.desk.case_happened import clause_of, glyph_of, what_happened, who_and_how
from duly_server.web.desk.case_limits import clock_title, day_of, offices_in_words, working_days
from duly_server.web.shared.chips import Glyph, counted
from duly_server.web.shared.days import desk_day
from duly_server.web.shared.timeline import ClockEffect, EffectKind, Entry, Owed, Timeline

ONE_DAY = timedelta(days=1)


class Shown(StrEnum):
    """What of the record is shown (the query `record`)."""

    ALL = "all"
    CLOCKS = "clocks"
    DECISIONS = "decisions"


@dataclass(slots=True)
class _Line:
    """An entry in the making; `order` puts facts of one day after what the turn of the day did."""

    order: tuple[date, int, int]
    entry: Entry
    is_decision: bool = False
    effects: list[ClockEffect] = field(default_factory=list[ClockEffect])

    @property
    def touches_clocks(self) -> bool:
        return any(effect.kind is not EffectKind.SAYS for effect in self.effects)


def timeline(page: CasePage, shown: Shown) -> Timeline:
    """Newest first; above today what is owed, the furthest first."""
    effects = _effects(page)
    expired = _expired(page)
    lines = [_of_fact(page, fact, effects[fact.place]) for fact in page.state.facts]
    lines += _of_time(page, expired, {line.entry.place: line for line in lines})
    lines += [_Line(order, entry, effects=said) for order, entry, said in case_adopted.entries(page)]
    lines.sort(key=lambda line: line.order, reverse=True)
    return Timeline(
        today=page.today,
        entries=tuple(_with_effects(line) for line in lines if _is_shown(line, shown)),
        owed=tuple(_owed(page)) if shown is not Shown.DECISIONS else (),
    )


def _with_effects(line: _Line) -> Entry:
    entry = line.entry
    return Entry(
        on=entry.on,
        glyph=entry.glyph,
        title=entry.title,
        place=entry.place,
        by=entry.by,
        clause=entry.clause,
        effects=tuple(line.effects),
    )


def _is_shown(line: _Line, shown: Shown) -> bool:
    match shown:
        case Shown.ALL:
            return True
        case Shown.CLOCKS:
            return line.touches_clocks or line.entry.glyph in (Glyph.LATE, Glyph.PARTY, Glyph.EXTENDED)
        case Shown.DECISIONS:
            return line.is_decision


# --- facts -----------------------------------------------------------------------------------------------


def _of_fact(page: CasePage, fact: Fact, effects: list[ClockEffect]) -> _Line:
    is_out = fact.place in page.state.corrected
    entry = Entry(
        on=fact.on,
        glyph=Glyph.CLOSED if is_out else glyph_of(page, fact),
        title=what_happened(page, fact),
        place=fact.place,
        by=_dated(page, fact.on, " · ".join(filter(None, (who_and_how(page, fact), under(page, fact))))),
        clause=clause_of(page, fact),
    )
    if is_out:
        effects = [ClockEffect(EffectKind.SAYS, "out of the reckoning: a later fact corrects it"), *effects]
    return _Line((fact.on, 1, fact.place), entry, _is_decision(fact), effects)


def _dated(page: CasePage, on: date, by: str) -> str:
    """The margin tells day and month; of another year the line itself tells the whole day."""
    return by if on.year == page.today.year else f"{desk_day(on)} · {by}"


def _is_decision(fact: Fact) -> bool:
    match fact.body:
        case StepTaken(outcome=outcome):
            return outcome is not None
        case FindingMade() | SanctionImposed() | SanctionEnded():
            return True
        case _:
            return False


# --- what each fact did ----------------------------------------------------------------------------------


def _effects(page: CasePage) -> defaultdict[int, list[ClockEffect]]:
    """By the place of the fact: stops, starts, moves, and what began or ended with it."""
    found: defaultdict[int, list[ClockEffect]] = defaultdict(list)
    causes = Causes(page.marking)
    for clock in page.marking.clocks:
        if clock.ended_by is not None and (effect := _stop(page, clock)):
            found[clock.ended_by].append(effect)
    for clock in page.marking.clocks:
        if clock.started_by is not None:
            found[clock.started_by].append(_start(page, clock))
        was_ordered = clock.reckoned is not None and clock.reckoned.ordered
        if clock.extensions or was_ordered or _was_paused(page, clock):
            for move in moves(page.marking, clock, causes):
                found[move.place].append(_move(page, clock, move.before, move.after))
    for happening in page.marking.happenings:
        if happening.place is not None and (said := _follows(happening)):
            found[happening.place].append(ClockEffect(EffectKind.SAYS, said))
    for irregular in page.marking.irregular:
        says = f"Irregular: the rulebook did not allow it then. {irregular.says}"
        found[irregular.place].append(ClockEffect(EffectKind.SAYS, says))
    return found


def _was_paused(page: CasePage, clock: Clock) -> bool:
    start, end = clock.started_on or date.min, clock.ended_on or page.today
    return not clock.protects and any(
        period.since <= end and (period.before is None or period.before > start)
        for _, period in page.marking.pauses
    )


def _start(page: CasePage, clock: Clock) -> ClockEffect:
    due = f", {day_of(page, clock.original_due)}" if clock.original_due else ""
    length = "".join(f", {part.length}" for part in clock.counts[:1])
    return ClockEffect(EffectKind.STARTS, f"{clock_title(page.marking, clock)}{length}{due}")


def _stop(page: CasePage, clock: Clock) -> ClockEffect | None:
    name = clock_title(page.marking, clock)
    match clock.state:
        case ClockState.DONE:
            late, early = lateness(page, clock)
            return ClockEffect(EffectKind.STOPS, f"{name}{f', {early}' if early else ''}", late=late)
        case ClockState.WAIVED:
            return ClockEffect(EffectKind.STOPS, f"{name}, given up")
        case ClockState.FELL_AWAY:
            return ClockEffect(EffectKind.SAYS, f"{name} falls away")
        case _:
            return None  # restarted: what starts says it


def lateness(page: CasePage, clock: Clock) -> tuple[str, str]:
    """Of what is done: ("2 working days late", "") or ("", "1 working day early"); both "" if neither."""
    if clock.due is None or clock.ended_on is None or clock.due == clock.ended_on:
        return "", ""
    if clock.ended_on > clock.due:
        days = working_days(page.calendar, clock.due, clock.ended_on)
        return (f"{counted(days)} late" if days else "late, by no working day"), ""
    days = working_days(page.calendar, clock.ended_on, clock.due)
    return "", f"{counted(days)} early" if days else ""


def _move(page: CasePage, clock: Clock, before: date, after: date) -> ClockEffect:
    return ClockEffect(
        EffectKind.MOVES,
        clock_title(page.marking, clock),
        before=day_of(page, before),
        after=day_of(page, after),
    )


def _follows(happening: Happening) -> str:
    match happening.kind:
        case "begins":
            return f"{title(happening.name)} begins"
        case "ends":
            return f"{title(happening.name)} ends"
        case "closes":
            return f"the case is closed as “{words(happening.name)}”"
        case "told":
            return f"the {words(happening.name)} is told"
        case "linked":
            return "a linked case is started"
        case "counts as":
            return f"counts as {words(happening.name)}: {words(happening.outcome or '')}"
        case "resumes":
            return f"{words(happening.name)} is over, the clocks run again"
        case "voided":
            return f"the {words(happening.name)} passed during a pause, and is to be fixed afresh"
        case _:
            return ""


# --- what time did ---------------------------------------------------------------------------------------


def _expired(page: CasePage) -> dict[tuple[str, date], list[int]]:
    """The facts in which the clock noted that a limit ran out, by step and the day after its last."""
    found: defaultdict[tuple[str, date], list[int]] = defaultdict(list)
    for fact in page.state.facts:
        if isinstance(fact.body, Expired) and fact.place not in page.state.corrected:
            found[fact.body.step, fact.body.due + ONE_DAY].append(fact.place)
    return found


def _of_time(
    page: CasePage, expired: dict[tuple[str, date], list[int]], by_place: dict[int | None, _Line]
) -> Iterator[_Line]:
    """Entries for what no fact brought about: a limit that ran out, and what followed from it.

    Where the clock has noted it as a fact, what followed stands with that fact.
    """
    groups = list(_groups(page.marking.happenings))
    for at, group in enumerate(groups):
        first = group[0]
        places = expired.get((first.name, first.on), []) if first.kind == "ran out" else []
        line = by_place[places.pop(0)] if places else _of_turn(page, first)
        before = groups[at + 1][0].seq if at + 1 < len(groups) else None
        line.effects += [ClockEffect(EffectKind.SAYS, s) for each in group[1:] if (s := _follows(each))]
        line.effects += _started_by_time(page, first.seq, before)
        if line.entry.place is None:
            yield line


def _groups(happenings: Iterable[Happening]) -> Iterator[list[Happening]]:
    """What time did, each running out with all that followed from it."""
    group: list[Happening] = []
    for happening in happenings:
        if happening.place is not None:
            continue
        if group and (happening.kind == "ran out" or happening.on != group[0].on):
            yield group
            group = []
        group.append(happening)
    if group:
        yield group


def _started_by_time(page: CasePage, since: int, before: int | None) -> Iterator[ClockEffect]:
    for clock in page.marking.clocks:
        if (
            clock.started_by is None
            and since < clock.trigger_seq
            and (before is None or clock.trigger_seq < before)
        ):
            yield _start(page, clock)


def _of_turn(page: CasePage, happening: Happening) -> _Line:
    if happening.kind != "ran out":
        said = _follows(happening)
        entry = Entry(
            on=happening.on,
            glyph=Glyph.CLOSED,
            title=said[:1].upper() + said[1:],
            by=_dated(page, happening.on, "by time alone"),
        )
        return _Line((happening.on, 0, happening.seq), entry)
    step = page.book.steps[happening.name]
    offices = page.marking.offices_of(step)
    entry = Entry(
        on=happening.on,
        glyph=Glyph.PARTY if set(offices) <= page.book.parties else Glyph.LATE,
        title=f"“{title(step.name)}” not done by {day_of(page, happening.on - ONE_DAY)}",
        by=_dated(page, happening.on, f"{offices_in_words(offices)} · by the clock"),
        clause=step.clause or "",
    )
    return _Line((happening.on, 0, happening.seq), entry)


# --- what is owed ----------------------------------------------------------------------------------------


def _owed(page: CasePage) -> Iterator[Owed]:
    running = [clock for clock in page.marking.clocks if clock.is_running and clock.due is not None]
    ahead = [clock for clock in running if clock.due and clock.due >= page.today]
    for clock in sorted(ahead, key=lambda clock: (clock.due or date.max, -clock.order), reverse=True):
        if clock.due is not None:
            yield Owed(
                on=clock.due,
                title=f"{clock_title(page.marking, clock)}: owed{_lapses(page, clock)}",
                whose=_dated(page, clock.due, offices_in_words(clock.offices)),
                clause=clock.limit.clause or page.book.steps[clock.step].clause or "",
            )


def _lapses(page: CasePage, clock: Clock) -> str:
    """What binds a person lapses when its review is missed: said before it happens."""
    ends = [phrase.what.name for phrase in clock.limit.if_late or () if isinstance(phrase.what, EndsWhat)]
    measures = [words(name) for name in ends if name in page.book.measures]
    return f", or the {measures[0]} lapses after this day" if measures else ""
