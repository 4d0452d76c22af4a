"""Pauses, questions, the fast track and waivers; more time and corrections have modules of their own."""

from collections.abc import Iterator
from datetime import date
from typing import assert_never

from duly.procedure.acts import (
    AnswerQuestion,
    Extend,
    FastTrack,
    Parts,
    Pause,
    Proposed,
    Resume,
    Waive,
)
from duly.procedure.extending import objections_to_extension
from duly.procedure.refusals import no_reasons, not_yours
from duly.procedure.separation import objections_to_separation
from duly.procedure.setting import Setting
from duly.procedure.step_rules import has_text
from duly.record.facts import (
    Body,
    FastTracked,
    Paused,
    QuestionAnswered,
    Resumed,
    TimeExtended,
    Waived,
)
from duly.record.shapes import slug
from duly.rulebook.book import PauseRule
from duly.rulebook.criteria import open_longer_than
from duly.rulebook.phrases import Direction
from duly.rulebook.prose import either, title, words
from duly.rulebook.steps import Per
from duly.timetable.counting import first_day
from duly.timetable.marking import Marking
from duly.timetable.objections import case_closed
from duly.vocabulary import Length, Problem

__all__ = [
    "facts_of",
    "objections_to_answer",
    "objections_to_extension",
    "objections_to_fast_track",
    "objections_to_pause",
    "objections_to_waiver",
    "open_criteria",
]

Matter = Extend | Pause | Resume | AnswerQuestion | FastTrack | Waive


def objections_to_pause(setting: Setting, act: Pause | Resume) -> Iterator[Problem]:
    """A ground of the rulebook, its decider, reasons; one pause of a kind at a time.

    To pause a case once more that stands paused on a ground with a `review` is that review: it goes on.
    """
    rule = setting.book.pauses.get(act.pause)
    if rule is None:
        known = ", ".join(words(name) for name in setting.book.pauses) or "none"
        yield Problem(
            code="unknown-pause",
            says=f"The rulebook knows no pause “{words(act.pause)}”.",
            remedy=f"Its pauses are: {known}.",
        )
        return
    if (
        closed := case_closed(setting.marking, "No clock runs in it: there is nothing to pause.")
    ) is not None:
        yield closed
    if setting.actor.office not in rule.by:
        yield not_yours(setting, rule.by, "A pause is decided", rule.clause)
    if isinstance(act, Pause) and not has_text(act.parts):
        yield no_reasons("A pause needs reasons that the parties will read.", rule.clause)
    since = next((p.since for n, p in setting.marking.pauses if n == act.pause and p.before is None), None)
    standing = since is not None
    if isinstance(act, Pause) and not standing:
        yield from _no_pause_left(setting, act, rule)
    if isinstance(act, Pause) and since is not None and (rule.review_every is None or setting.on <= since):
        yield Problem(
            code="paused-already",
            says="The case stands paused on this ground.",
            remedy="Resume it first, if it is to be paused anew.",
            clause=rule.clause,
        )
    if isinstance(act, Resume) and not standing:
        yield Problem(
            code="not-paused",
            says="The case is not paused on this ground.",
            remedy="There is nothing to resume.",
            clause=rule.clause,
        )
    yield from objections_to_separation(setting)


def _no_pause_left(setting: Setting, act: Pause, rule: PauseRule) -> Iterator[Problem]:
    if setting.marking.pause_cap(act.pause, setting.on) <= setting.on:
        yield Problem(
            code="pause-used-up",
            says=f"The case was paused on this ground for {rule.at_most}, the most that is allowed in all.",
            remedy="The clocks run on; a later day for one of them is an extension.",
            clause=rule.clause,
        )


def objections_to_answer(setting: Setting, act: AnswerQuestion) -> Iterator[Problem]:
    question = setting.book.questions.get(act.question)
    if question is None or act.answer not in question.answers:
        answers = either(list(question.answers)) if question else "no answer: there is no such question"
        yield Problem(
            code="unknown-answer",
            says=f"The rulebook does not know this answer to “{words(act.question)}”.",
            remedy=f"It takes {answers}.",
        )
    if setting.actor.office not in setting.writers:
        yield not_yours(setting, tuple(sorted(setting.writers)), "Questions about a case are answered", None)
    stand = "Its answers stand; where the rulebook has a step for reopening, take that."
    if (closed := case_closed(setting.marking, stand)) is not None:
        yield closed


def objections_to_fast_track(setting: Setting, act: FastTrack) -> Iterator[Problem]:
    """Dates and order only, by stated criteria, with reasons; never twice."""
    track = setting.book.fast_track
    if track is None:
        yield Problem(
            code="no-fast-track",
            says="The rulebook has no fast track.",
            remedy="The times of the rulebook hold.",
        )
        return
    if setting.actor.office not in track.by:
        yield not_yours(setting, track.by, "A case is put on the fast track", track.clause)
    if not 1 <= act.criterion <= len(track.criteria):
        yield Problem(
            code="unknown-criterion",
            says="A case is put on the fast track only by a criterion of the rulebook.",
            remedy=f"Choose one: {either(list(track.criteria))}.",
            clause=track.clause,
        )
    elif act.criterion not in open_criteria(setting.marking):
        yield Problem(
            code="criterion-not-met",
            says=f"The case is not “{track.criteria[act.criterion - 1]}” yet.",
            remedy="Choose another criterion, or wait until it is.",
            clause=track.clause,
        )
    if not has_text(act.parts):
        yield no_reasons("The fast track needs reasons.", track.clause)
    if setting.marking.fast_tracked_on is not None:
        yield Problem(
            code="fast-tracked",
            says="The case is on the fast track.",
            remedy="There is nothing to do.",
            clause=track.clause,
        )
    if (closed := case_closed(setting.marking, "No time runs in it.")) is not None:
        yield closed
    yield from objections_to_separation(setting)


def open_criteria(marking: Marking) -> tuple[int, ...]:
    """The criteria of the fast track, from 1, that time has met, and those that people apply."""
    track, opened = marking.book.fast_track, marking.opened_on
    lengths = [open_longer_than(criterion) for criterion in track.criteria] if track else []
    return tuple(
        number
        for number, length in enumerate(lengths, start=1)
        if length is None or (opened is not None and _end(marking, length, opened) < marking.on)
    )


def _end(marking: Marking, length: Length, since: date) -> date:
    calendar, rules = marking.calendar, marking.book.counting
    return first_day(length, Direction.AFTER, since, calendar=calendar, rules=rules)


def objections_to_waiver(setting: Setting, act: Waive) -> Iterator[Problem]:
    step = setting.book.steps.get(act.step)
    offices = setting.marking.offices_of(step, act.key) if step is not None else ()
    if step is None or not set(offices) & setting.book.parties:
        yield Problem(
            code="not-a-partys-time",
            says=f"“{title(act.step)}” is not a party's step: only a party gives up its own time.",
            remedy="An office does what it owes, late if need be.",
            clause=step.clause if step else None,
        )
        return
    if setting.actor.tag is None and setting.actor.office not in setting.writers:
        yield not_yours(
            setting, tuple(sorted(setting.writers)), "That time is given up is written down", step.clause
        )
    if setting.actor.tag is not None and (
        setting.actor.office not in offices or (step.per is Per.PARTY and act.key != setting.actor.tag)
    ):
        yield Problem(
            code="not-yours",
            says=f"The time for “{words(step.name)}” is not yours to give up.",
            remedy="Give up your own.",
            clause=step.clause,
        )
    if step.per is not None and act.key is None:
        yield Problem(
            code="missing-key",
            says="Time is given up by one at a time.",
            remedy=f"Say for which {step.per.value}.",
            clause=step.clause,
        )
    if not setting.marking.is_owed(act.step, act.key):
        yield case_closed(setting.marking, "No time runs in it: there is nothing to give up.") or Problem(
            code="no-clock",
            says=f"No time is running for “{words(act.step)}”.",
            remedy="There is nothing to give up.",
            clause=step.clause,
        )


def facts_of(setting: Setting, act: Matter) -> tuple[Proposed, ...]:
    """The one fact that each of these makes."""
    parts: Parts = {}
    match act:
        case Extend(step=step, until=until, key=key, limit=limit, ground=ground, parts=parts):
            named = slug(ground) if ground else None
            body: Body = TimeExtended(step=step, until=until, key=key, limit=limit, ground=named)
        case Pause(pause=pause, parts=parts):
            body = Paused(pause=pause)
        case Resume(pause=pause, parts=parts):
            body = Resumed(pause=pause)
        case AnswerQuestion(question=question, answer=answer):
            body = QuestionAnswered(question=question, answer=answer)
        case FastTrack(criterion=criterion, parts=parts):
            body = FastTracked(criterion=criterion)
        case Waive(step=step, key=key):
            body = Waived(step=step, key=key)
        case _:
            assert_never(act)
    return (
        Proposed(on=setting.on, by=setting.actor.by, office=setting.actor.office, body=body, parts=parts),
    )
