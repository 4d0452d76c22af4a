"""More time, pauses, questions, the fast track, waivers and corrections."""

from collections.abc import Iterator
from datetime import date

from duly.procedure.acts import (
    Act,
    AddAllegation,
    AddParty,
    AnswerQuestion,
    Assign,
    Correct,
    Extend,
    FastTrack,
    Parts,
    Pause,
    Proposed,
    Resume,
    TakeStep,
    Waive,
)
from duly.procedure.setting import Setting
from duly.record.facts import (
    Body,
    Corrected,
    FastTracked,
    Paused,
    QuestionAnswered,
    Resumed,
    TimeExtended,
    Waived,
)
from duly.record.shapes import slug
from duly.rulebook.phrases import Direction
from duly.rulebook.prose import either, title, words
from duly.rulebook.steps import Extension
from duly.timetable.clock import Clock
from duly.timetable.counting import last_day
from duly.vocabulary import Problem
from duly.vocabulary.day import desk_day


def objections_to_extension(setting: Setting, act: Extend) -> Iterator[Problem]:
    """Capped, on a ground, by a decider who is not the late party, with reasons (R06)."""
    rule = _extension_rule(setting, act)
    if rule is None:
        yield Problem(
            code="no-extension",
            says=f"The rulebook lets nobody give more time for “{words(act.step)}”.",
            remedy="The date stands; if it is missed, the record will say so and say why.",
        )
        return
    clause = setting.book.steps[act.step].clause
    if setting.actor.office not in rule.by:
        yield _not_yours(setting, rule.by, "More time is given", clause)
    if rule.grounds and slug(act.ground or "") not in {slug(ground) for ground in rule.grounds}:
        yield Problem(
            code="missing-ground",
            says="More time is given only on a ground in the rulebook.",
            remedy=f"Choose a ground: {either(list(rule.grounds))}.",
            clause=clause,
        )
    if not has_text(act.parts):
        yield _no_reasons("More time needs a reason that the parties will read.", clause)
    given = [f for f in setting.case.moves if _extends_the_same(f.body, act)]
    if len(given) >= rule.times:
        yield Problem(
            code="extended-before",
            says=(
                f"The time for “{words(act.step)}” was extended before; the rulebook allows "
                f"{'one extension' if rule.times == 1 else f'{rule.times} extensions'}."
            ),
            remedy="The date stands.",
            clause=clause,
        )
    yield from _until_objections(setting, act, rule, clause)


def _extension_rule(setting: Setting, act: Extend) -> Extension | None:
    for limit in setting.book.limits:
        if limit.step == act.step and limit.name == (act.limit or act.step):
            return limit.extend
    return None


def _extends_the_same(body: Body, act: Extend) -> bool:
    return isinstance(body, TimeExtended) and (body.step, body.key, body.limit) == (
        act.step,
        act.key,
        act.limit,
    )


def _until_objections(
    setting: Setting, act: Extend, rule: Extension, clause: str | None
) -> Iterator[Problem]:
    clock = _running(setting, act)
    if clock is None or clock.due is None:
        yield Problem(
            code="no-clock",
            says=f"No time is running for “{words(act.step)}”.",
            remedy="There is nothing to extend.",
            clause=clause,
        )
        return
    if act.until <= clock.due:
        yield Problem(
            code="not-later",
            says=f"{desk_day(act.until)} is no later than the day that stands, {desk_day(clock.due)}.",
            remedy="Name a later day.",
            clause=clause,
        )
    longest = _longest(setting, clock.due, rule)
    if act.until > longest:
        yield Problem(
            code="over-the-cap",
            says=f"The rulebook allows at most {rule.at_most} more: until {desk_day(longest)}.",
            remedy=f"Name {desk_day(longest)} or an earlier day.",
            clause=clause,
        )


def _running(setting: Setting, act: Extend) -> Clock | None:
    name = act.limit or act.step
    for clock in setting.marking.clocks:
        if clock.is_running and clock.limit.name == name and act.key in (None, clock.key):
            return clock
    return None


def _longest(setting: Setting, due: date, rule: Extension) -> date:
    return last_day(
        rule.at_most,
        Direction.AFTER,
        due,
        calendar=setting.marking.calendar,
        rules=setting.book.counting,
    )


def objections_to_pause(setting: Setting, act: Pause | Resume) -> Iterator[Problem]:
    """A ground of the rulebook, its decider, reasons; one pause of a kind at a time."""
    rule = setting.book.pauses.get(act.pause)
    if rule is None:
        known = ", ".join(words(name) for name in setting.book.pauses) or "none"
        yield Problem(
            code="unknown-pause",
            says=f"The rulebook knows no pause “{words(act.pause)}”.",
            remedy=f"Its pauses are: {known}.",
        )
        return
    if setting.marking.closed_on is not None:
        yield Problem(code="closed", says="The case is closed; no clock runs.", clause=rule.clause)
    if setting.actor.office not in rule.by:
        yield _not_yours(setting, rule.by, "A pause is decided", rule.clause)
    if isinstance(act, Pause) and not has_text(act.parts):
        yield _no_reasons("A pause needs reasons that the parties will read.", rule.clause)
    standing = any(name == act.pause and p.before is None for name, p in setting.marking.pauses)
    if isinstance(act, Pause) and standing:
        yield Problem(
            code="paused-already", says="The case stands paused on this ground.", clause=rule.clause
        )
    if isinstance(act, Resume) and not standing:
        yield Problem(code="not-paused", says="The case is not paused on this ground.", clause=rule.clause)


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
        yield _not_yours(setting, tuple(sorted(setting.writers)), "Questions about a case are answered", None)
    if setting.marking.closed_on is not None:
        yield Problem(code="closed", says="The case is closed; its answers stand.")


def objections_to_fast_track(setting: Setting, act: FastTrack) -> Iterator[Problem]:
    """Dates and order only, by stated criteria, with reasons; never twice."""
    track = setting.book.fast_track
    if track is None:
        yield Problem(code="no-fast-track", says="The rulebook has no fast track.")
        return
    if setting.actor.office not in track.by:
        yield _not_yours(setting, track.by, "A case is put on the fast track", track.clause)
    if not 1 <= act.criterion <= len(track.criteria):
        yield Problem(
            code="unknown-criterion",
            says="A case is put on the fast track only by a criterion of the rulebook.",
            remedy=f"Choose one: {either(list(track.criteria))}.",
            clause=track.clause,
        )
    if not has_text(act.parts):
        yield _no_reasons("The fast track needs reasons.", track.clause)
    if setting.marking.fast_tracked_on is not None:
        yield Problem(code="fast-tracked", says="The case is on the fast track.", clause=track.clause)
    if setting.marking.closed_on is not None:
        yield Problem(code="closed", says="The case is closed.", clause=track.clause)


def objections_to_waiver(setting: Setting, act: Waive) -> Iterator[Problem]:
    step = setting.book.steps.get(act.step)
    if step is None or not set(step.by) & setting.book.parties:
        yield Problem(
            code="not-a-partys-time",
            says=f"“{title(act.step)}” is not a party's step: only a party gives up its own time.",
        )
        return
    if setting.actor.office not in setting.writers and setting.actor.office not in step.by:
        yield _not_yours(setting, step.by, "Time is given up", step.clause)
    if not setting.marking.is_owed(act.step, act.key):
        yield Problem(
            code="no-clock", says=f"No time is running for “{words(act.step)}”.", clause=step.clause
        )


def objections_to_correction(setting: Setting, act: Correct) -> Iterator[Problem]:
    places = {fact.place for fact in setting.case.facts}
    if act.place not in places or act.place in setting.case.corrected:
        yield Problem(
            code="nothing-to-correct",
            says=f"There is no fact {act.place} that still counts.",
            remedy="Name the fact by its number on the case page.",
        )
    if act.place == 1:
        yield Problem(code="first-fact", says="The fact that opened the record can't be taken out.")
    if not has_text(act.parts):
        yield _no_reasons("A correction needs reasons.", None)
    fact = next((f for f in setting.case.facts if f.place == act.place), None)
    if fact is None or fact.office is None or setting.actor.office in (fact.office, *setting.writers):
        return
    yield _not_yours(setting, (fact.office,), "A fact is corrected", None)


def facts_of(setting: Setting, act: Act) -> tuple[Proposed, ...]:
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
        case Correct(place=place, parts=parts):
            body = Corrected(corrects=place)
        case TakeStep() | AddParty() | AddAllegation() | Assign():
            raise TypeError("not one of these matters")
    return (
        Proposed(on=setting.on, by=setting.actor.by, office=setting.actor.office, body=body, parts=parts),
    )


def has_text(parts: Parts) -> bool:
    reasons = parts.get("reasons")
    return reasons is not None and any(isinstance(v, str) and v.strip() for v in reasons.values())


def _no_reasons(says: str, clause: str | None) -> Problem:
    return Problem(code="missing-reasons", says=says, remedy="Say it in a sentence or two.", clause=clause)


def _not_yours(setting: Setting, offices: tuple[str, ...], what: str, clause: str | None) -> Problem:
    return Problem(
        code="wrong-office",
        says=(
            f"{what} by the {either([words(o) for o in offices])}, not by the {words(setting.actor.office)}."
        ),
        remedy=f"Ask the {words(offices[0])}." if offices else "",
        clause=clause,
    )
