"""What somebody does in a case of the example without owing it, if the rules then allow it."""

import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Protocol

from duly.procedure.acts import Act, AnswerQuestion, Extend, FastTrack, Pause, Resume
from duly.rulebook.phrases import Direction
from duly.rulebook.steps import Is
from duly.timetable.counting import last_day
from duly.timetable.marking import Marking
from duly.timetable.pause_reviews import reviews_owed
from duly_server.services.casework import Case
from duly_server.services.example import plans, stories


class Life(Protocol):
    """What a turn needs to know of the life it is taken in, and may plan in it."""

    case: Case
    chance: random.Random
    day: date
    turns: "list[tuple[date, Turn, str]]"


Turn = Callable[[Life, Marking], Act | None]


def turns(life: Life, on: date) -> None:
    """Plan them, from the day the case was accepted."""
    book, chance = life.case.book, life.chance
    chair = next((each.extend.by[0] for each in book.steps.values() if each.extend), "")
    writer = book.steps_that_are(Is.NOTICE)[0].by[0]
    pausing = next(iter(book.pauses.values()), None)

    def perhaps(share: float, first: int, last: int, turn: Turn, office: str) -> None:
        if office and chance.random() < share:
            life.turns.append((on + timedelta(days=chance.randint(first, last)), turn, office))

    for step in book.steps_that_are(Is.INTERIM_MEASURE):
        perhaps(0.12, 6, 20, _suspends, step.by[0])
    perhaps(0.16, 14, 24, _gives_more_time, chair)
    perhaps(0.05, 1, 3, _is_abroad, writer)
    if pausing is not None:
        perhaps(0.08, 10, 60, _pauses, pausing.by[0])
    if book.fast_track is not None:
        perhaps(0.05, 20, 60, _goes_fast, book.fast_track.by[0])
    for step in book.steps_that_are(Is.LEAVING):
        perhaps(0.04, 1, 5, _leaves, step.by[0])


def _suspends(life: Life, marking: Marking) -> Act | None:
    step = marking.book.steps_that_are(Is.INTERIM_MEASURE)[0]
    return plans.form(marking, step, None, life.chance, ())


def _leaves(life: Life, marking: Marking) -> Act | None:
    step = marking.book.steps_that_are(Is.LEAVING)[0]
    notice = marking.book.steps_that_are(Is.NOTICE)[0]
    if marking.acts.get(notice.name):
        return None  # after the notice a case is decided though the member has left
    return plans.form(marking, step, None, life.chance, ())


def _gives_more_time(life: Life, marking: Marking) -> Act | None:
    for clock in marking.clocks:
        rule = clock.limit.extend
        if clock.is_running and clock.is_party and rule is not None and clock.due is not None:
            until = last_day(
                rule.at_most,
                Direction.AFTER,
                clock.due,
                calendar=marking.calendar,
                rules=marking.book.counting,
            )
            return Extend(
                step=clock.step,
                until=until,
                key=clock.key,
                ground=life.chance.choice(rule.grounds) if rule.grounds else None,
                parts={"reasons": stories.why_more_time(life.chance)},
            )
    return None


def _pauses(life: Life, marking: Marking) -> Act | None:
    rule = next(iter(marking.book.pauses.values()))
    days = life.chance.randint(10, 70)
    life.turns.append((life.day + timedelta(days=days), _resumes, rule.by[0]))
    for turn in range(1, 4) if rule.review_every is not None else ():
        life.turns.append((life.day + timedelta(days=26 * turn), _reviews, rule.by[0]))
    return Pause(pause=rule.name, parts={"reasons": stories.reasons(life.chance)})


def _reviews(life: Life, marking: Marking) -> Act | None:
    """The pause goes on, if it lasts still."""
    owed = next(iter(reviews_owed(marking)), None)
    return Pause(pause=owed.pause, parts={"reasons": stories.reasons(life.chance)}) if owed else None


def _resumes(life: Life, marking: Marking) -> Act | None:
    standing = next((name for name, period in marking.pauses if period.before is None), None)
    return Resume(pause=standing) if standing else None


def _is_abroad(life: Life, marking: Marking) -> Act | None:
    question = next(iter(marking.book.questions.values()), None)
    return AnswerQuestion(question=question.name, answer=question.answers[-1]) if question else None


def _goes_fast(life: Life, marking: Marking) -> Act | None:
    track = marking.book.fast_track
    if track is None:
        return None
    criterion = life.chance.randint(1, len(track.criteria))
    return FastTrack(criterion=criterion, parts={"reasons": stories.reasons(life.chance)})
