"""Phrases put back into the words of the format, as the file has them (`prose` says them to readers)."""

from duly.rulebook.phrases import (
    At,
    Begins,
    BeginsStage,
    Closes,
    Condition,
    Consequence,
    Counted,
    CountsAs,
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


def occasion(one: Occasion) -> str:
    match one:
        case StepDone(step, outcome, by):
            return f"{step}{f': {outcome}' if outcome else ''}{f' by {by}' if by else ''}"
        case StepDue(step):
            return f"{step} is due"
        case FixedDay(day):
            return day
        case Event():
            return one.value
        case Begins(stage):
            return f"{stage} begins"
        case _:
            return f"{one.stage} ends"


def reference(one: Reference) -> str:
    words = " or ".join(map(occasion, one.any_of))
    if one.which is Which.FIRST:
        words = f"the first {'of ' if len(one.any_of) > 1 else ''}{words}"
    elif one.which is Which.LATEST:
        words = f"the latest {'of ' if len(one.any_of) > 1 else ''}{words}"
    return f"{words} or time up" if one.or_time_up else words


def timing(one: Timing) -> str:
    match one:
        case Counted(length, direction, since):
            return f"{length} {direction.value} {reference(since)}"
        case At(since):
            return reference(since)
        case LaterOf(parts):
            return f"the later of {' and '.join(map(timing, parts))}"


def condition(one: Condition) -> str:
    negation = "not " if one.negated else ""
    match one.claim:
        case QuestionIs(question, answer):
            return f"{question} is {negation}{answer}"
        case IsOpen(name):
            return f"{name} is {negation}open"
        case IsOwed(step):
            return f"{step} is {negation}owed"
        case IsDone(since):
            return f"{reference(since)} is {negation}done"


def test(one: Test) -> str:
    return " and ".join(" or ".join(map(condition, any_of)) for any_of in one.all_of)


def what(one: What) -> str:
    match one:
        case GoesTo(stage):
            return f"goes to {stage}"
        case BeginsStage(name):
            return f"begins {name}"
        case EndsWhat(name):
            return f"ends {name}"
        case Closes(words):
            return f"closes the case as {words}"
        case CountsAs(step, outcome):
            return f"counts as {step}: {outcome}"
        case StartsLinked(under):
            return "starts a linked case" + (f" under {under}" if under else "")
        case Tells(office):
            return f"tells {office}"
        case TooLate():
            return "too late"
        case NothingFollows():
            return "nothing"


def consequence(one: Consequence) -> str:
    return what(one.what) + (f" if {test(one.when)}" if one.when.all_of else "")
