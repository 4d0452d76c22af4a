"""Phrases of a rulebook said in plain words."""

from collections.abc import Iterable
from dataclasses import replace

from duly.rulebook.phrases import (
    At,
    Begins,
    BeginsStage,
    Closes,
    Condition,
    Consequence,
    Counted,
    CountsAs,
    Direction,
    Ends,
    EndsWhat,
    Event,
    FixedDay,
    GoesTo,
    IsDone,
    IsOpen,
    IsOwed,
    LaterOf,
    NothingFollows,
    Occasion,
    QuestionIs,
    Reference,
    StartsLinked,
    StepDone,
    StepDue,
    Tells,
    Test,
    Timing,
    TooLate,
    What,
    Which,
)


def words(name: str) -> str:
    """A name of the rulebook as a reader says it: `serve-notice` is "serve notice"."""
    return name.replace("-", " ")


def title(name: str) -> str:
    """The same at the head of a line: "Serve notice"."""
    said = words(name)
    return said[:1].upper() + said[1:]


def either(parts: list[str]) -> str:
    """ "a", "a or b", "a, b or c"."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} or {parts[-1]}"


def later_of(parts: list[str]) -> str:
    """ "a", "the later of a and b", "the latest of a, b and c"."""
    if len(parts) == 1:
        return parts[0]
    return f"the {'later' if len(parts) == 2 else 'latest'} of {', '.join(parts[:-1])} and {parts[-1]}"


def say_reference(ref: Reference) -> str:
    """ "the first sift or the end of its time"; the latest of several: "the later of a and the latest b"."""
    if ref.which is Which.LATEST and len(ref.any_of) > 1:
        return later_of([_say_one(occasion, ref.which, single=False) for occasion in ref.any_of])
    said = either([_say_one(occasion, ref.which) for occasion in ref.any_of])
    return f"{said} or the end of its time" if ref.or_time_up else said


def _say_one(occasion: Occasion, which: Which, *, single: bool = True) -> str:
    """With "first" or "latest" where it can come again; of several that are compared, of acts alone."""
    said = _say_occasion(occasion)
    again = isinstance(occasion, StepDone) or (single and isinstance(occasion, Begins | Ends))
    if which is Which.UNSAID or not again:
        return said
    return f"the {which.value} {said.removeprefix('the ')}"


def _say_occasion(occasion: Occasion) -> str:
    match occasion:
        case StepDone(step=step, outcome=outcome, by=by):
            said = words(step)
            if outcome:
                said += f": {words(outcome)}"
            return f"{said} by the {words(by)}" if by else said
        case Begins(stage=stage):
            return f"the beginning of {words(stage)}"
        case Ends(stage=stage):
            return f"the end of {words(stage)}"
        case StepDue(step=step):
            return f"the last day for {words(step)}"
        case FixedDay(day=day):
            return f"the {words(day)}"
        case Event.CASE_OPENS:
            return "the receipt of the complaint"
        case Event.CASE_CLOSES:
            return "the end of the case"
        case Event():
            return occasion.value


def say_timing(timing: Timing) -> str:
    match timing:
        case LaterOf(parts=parts):
            return later_of([say_timing(part) for part in parts])
        case At(reference=reference):
            return say_reference(reference)
        case _:
            return f"{timing.length} {timing.direction.value} {say_reference(timing.reference)}"


def say_limit(timing: Timing) -> str:
    """By when something is to be done: "within 5 working days after receive", "by the hearing day"."""
    match timing:
        case Counted(direction=Direction.BEFORE):
            return f"no later than {say_timing(timing)}"
        case LaterOf(parts=parts) if not all(say_limit(part).startswith("within ") for part in parts):
            return f"by {say_timing(timing)}"
        case At():
            return f"by {say_timing(timing)}"
        case _:
            return f"within {say_timing(timing)}"


def say_test(test: Test) -> str:
    return " and ".join(either([_say_condition(each) for each in some]) for some in test.all_of)


def say_conditions(some: tuple[Condition, ...]) -> str:
    return either([_say_condition(each) for each in some])


def _say_condition(condition: Condition) -> str:
    no = " not" if condition.negated else ""
    match condition.claim:
        case QuestionIs(question=question, answer=answer):
            return f"“{words(question)}” is{no} answered {words(answer)}"
        case IsOpen(name=name):
            return f"{words(name)} is{no} open"
        case IsOwed(step=step):
            return f"{words(step)} is{no} owed"
        case IsDone(reference=reference):
            done = f"{say_reference(replace(reference, or_time_up=False))} is{no} done"
            if not reference.or_time_up:
                return done
            return f"{done} {'and' if condition.negated else 'or'} its time is{no} up"


def say_consequences(phrases: Iterable[Consequence]) -> str:
    """What follows, as one clause of a sentence: "the case goes to inquiry, and the overseer is told"."""
    said = [_say_consequence(phrase) for phrase in phrases]
    if not said:
        return "nothing else follows by itself"
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])}, and {said[-1]}"


def _say_consequence(phrase: Consequence) -> str:
    said = _say_what(phrase.what)
    return f"{said} if {say_test(phrase.when)}" if phrase.when.all_of else said


def _say_what(what: What) -> str:
    match what:
        case GoesTo(stage=stage):
            return f"the case goes to {words(stage)}"
        case BeginsStage(name=name):
            return f"{words(name)} begins"
        case EndsWhat(name=name):
            return f"{words(name)} ends"
        case Closes(words=closing):
            return f"the case is closed as “{words(closing)}”"
        case CountsAs(step=step, outcome=outcome):
            return f"it counts as {words(step)}: {words(outcome)}"
        case StartsLinked(under=under):
            return f"a linked case is started{f' under {under}' if under else ''}"
        case Tells(office=office):
            return f"the {words(office)} is told"
        case TooLate():
            return "it can no longer be done"
        case NothingFollows():
            return "nothing else follows by itself"
