"""What the people of the example decide, and when: by chance that falls the same each time."""

import random
from datetime import date, timedelta

from duly.procedure.acts import TakeStep
from duly.record.facts import Channel, FindingMade, PartyRole
from duly.rulebook.book import Rulebook
from duly.rulebook.phrases import Counted
from duly.rulebook.steps import Is, Step
from duly.timetable.clock import Clock
from duly.timetable.counting import last_day
from duly.timetable.marking import Marking, is_protected
from duly.timetable.milestones import accepting_outcomes
from duly.vocabulary import Length, Unit
from duly_server.services.example import stories

ACCEPTED = 0.18  # of complaints, at the sift and at a second look alike
SPLIT = 0.05  # of those, between several respondents
ANSWERS = 0.82  # of respondents
APPEALS = 0.16  # of parties with a decision
LATE = 0.11  # of the office's duties


def planned_day(marking: Marking, clock: Clock, chance: random.Random) -> date | None:
    """The day on which whoever owes this does it; None: never (a party that lets its time pass)."""
    start, due, calendar = clock.started_on, clock.due, marking.calendar
    if start is None or due is None:
        return None
    span = max((due - start).days, 1)
    if clock.is_party:
        if chance.random() > (ANSWERS if marking.book.steps[clock.step].is_ is Is.ANSWER else APPEALS):
            return None
        return start + timedelta(days=chance.randint(min(2, span), span))
    rule = marking.book.steps[clock.step]
    if chance.random() < LATE:
        return calendar.working_on_or_after(due + timedelta(days=chance.randint(1, 12)))
    share = chance.triangular(0.05, 1.0, 0.75) if not is_protected(rule) else 1.0
    day = calendar.working_on_or_after(start + timedelta(days=round(span * share)))
    return min(day, due) if start <= due else day


def form(
    marking: Marking, step: Step, key: str | None, chance: random.Random, present: tuple[str, ...]
) -> TakeStep:
    """The step with everything it must bring, filled in from the rulebook."""
    outcome = _outcome(marking, step, chance)
    rule = step.outcomes.get(outcome or "")
    is_party = bool(set(step.by) & marking.book.parties)
    sanction, length = _sanction(marking, step, outcome, chance)
    parts: dict[str, dict[str, object]] = {}
    if is_party:
        parts["narrative"] = {"v": 1, "text": stories.complaint(chance)}
    elif step.is_ not in (Is.ACKNOWLEDGEMENT, Is.PROGRESS, Is.PUBLICATION, None, Is.NOTICE):
        parts["reasons"] = stories.reasons(chance)
    return TakeStep(
        step=step.name,
        outcome=outcome,
        key=key,
        days={day: _fixed_day(marking, day, chance) for day in step.sets},
        served_on=_served_on(marking, step),
        channel=_channel(step, chance),
        stated=(*step.must_state, *(rule.must_state if rule else ())),
        ground=chance.choice(step.grounds) if step.grounds else None,
        agreed_by=rule.agreed_by if rule else (),
        present=present,
        sanction=sanction,
        length=length,
        departs=False,
        on_behalf=next((office for office in step.by if is_party and _is_key(marking, office, key)), None),
        parts=parts,
    )


def _is_key(marking: Marking, office: str, key: str | None) -> bool:
    """Whether this party's office is the one behind the member of the group."""
    party = marking.parties.get(key or "")
    return party is None or marking.book.role_of(office) == party[0].value


def _outcome(marking: Marking, step: Step, chance: random.Random) -> str | None:
    names = list(step.outcomes)
    if not names:
        return None
    if step.is_ is Is.SIFT:
        accepting = set(accepting_outcomes(marking.book))
        wanted = chance.random() < ACCEPTED
        return chance.choice([name for name in names if (name in accepting) is wanted] or names)
    if step.is_ is Is.SANCTION:
        proved = bool(_proved(marking))
        return next((n for n in names if (n in step.adverse) is proved), names[0])
    weights = [max(len(names) * 2 - 3 * place, 1) for place in range(len(names))]
    return chance.choices(names, weights)[0]


def _sanction(
    marking: Marking, step: Step, outcome: str | None, chance: random.Random
) -> tuple[str | None, Length | None]:
    if step.is_ is not Is.SANCTION or outcome not in step.adverse:
        return None, None
    allowed = _range(marking)
    weights = [max(len(allowed) - 1.4 * place, 0.25) for place in range(len(allowed))]
    name = chance.choices(allowed, weights)[0]
    rung = marking.book.sanctions[name]
    if rung.least is None and rung.most is None:
        return name, None
    return name, Length(chance.choice((3, 6, 9, 12, 18)), Unit.MONTHS)


def _proved(marking: Marking) -> list[str]:
    """The allegations whose latest finding is against the respondent: one sent back is found on afresh."""
    latest = {f.body.allegation: f.body for f in marking.case.findings if isinstance(f.body, FindingMade)}
    return [
        number for number, found in latest.items() if found.outcome in marking.book.steps[found.step].adverse
    ]


def _range(marking: Marking) -> list[str]:
    """The rungs that the conduct proved allows."""
    book: Rulebook = marking.book
    ladder = list(book.sanctions)
    allowed: set[str] = set()
    for allegation in _proved(marking):
        conduct = book.conduct.get(marking.case.allegations[allegation].conduct)
        if conduct and conduct.range:
            low, high = ladder.index(conduct.range[0]), ladder.index(conduct.range[-1])
            allowed |= set(ladder[low : high + 1])
    return [rung for rung in ladder if rung in allowed] or ladder


def _served_on(marking: Marking, step: Step) -> tuple[str, ...]:
    if not step.serve_on and step.is_ is not Is.NOTICE:
        return ()
    roles = {marking.book.role_of(office) for office in step.serve_on} or {PartyRole.RESPONDENT.value}
    return tuple(tag for tag, (role, _) in marking.parties.items() if role.value in roles)


def _channel(step: Step, chance: random.Random) -> Channel | None:
    served = step.serve_on or step.is_ in (Is.NOTICE, Is.ACKNOWLEDGEMENT, Is.PROGRESS)
    if served or step.is_ in (Is.ANSWER, Is.APPEAL):
        return chance.choices((Channel.E_MAIL, Channel.POST, Channel.HAND), (8, 1, 1))[0]
    return None


def _fixed_day(marking: Marking, name: str, chance: random.Random) -> date:
    """A working day within the rulebook's bounds, as an office finds one."""
    rule = marking.book.days.get(name)
    earliest = marking.on + timedelta(days=7)
    for timing in rule.not_before if rule else ():
        if isinstance(timing, Counted):
            counted = last_day(
                timing.length,
                timing.direction,
                marking.on,
                calendar=marking.calendar,
                rules=marking.book.counting,
                paused=marking.paused_days(),
            )
            earliest = max(earliest, counted)
    return marking.calendar.working_on_or_after(earliest + timedelta(days=chance.randint(1, 4)))
