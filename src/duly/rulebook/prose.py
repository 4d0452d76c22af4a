"""Phrases of a rulebook said in plain words."""

from duly.rulebook.phrases import (
    At,
    Begins,
    Condition,
    Ends,
    Event,
    FixedDay,
    IsDone,
    IsOpen,
    IsOwed,
    LaterOf,
    Occasion,
    QuestionIs,
    Reference,
    StepDone,
    StepDue,
    Test,
    Timing,
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


def say_reference(ref: Reference) -> str:
    which = f"the {ref.which.value} " if ref.which is not Which.UNSAID else ""
    said = which + either([_say_occasion(occasion) for occasion in ref.any_of])
    return f"{said}, or its time is up" if ref.or_time_up else said


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
            return "the later of " + " and ".join(say_timing(part) for part in parts)
        case At(reference=reference):
            return say_reference(reference)
        case _:
            return f"{timing.length} {timing.direction.value} {say_reference(timing.reference)}"


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
            return f"{say_reference(reference)} is{no} done"
