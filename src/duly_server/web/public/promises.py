"""What happens next, as a receipt promises it: each with its day at the latest and its clause."""

from duly.rulebook.steps import Is
from duly_server.services.status import Standing, first_times
from duly_server.web.shared.days import public_day
from duly_server.web.shared.status import PublicStep, StepState

_WE = {
    Is.ACKNOWLEDGEMENT: "We tell you that we are dealing with it",
    Is.SIFT: "We decide whether the rules let us deal with it",
    Is.PROGRESS: "You hear from us, even when nothing has changed",
}


def promises(standing: Standing) -> tuple[PublicStep, ...]:
    found: list[PublicStep] = []
    running = {clock.step for clock in standing.marking.clocks} if standing.marking else set()
    for step, due, clock in first_times(standing):
        if step.is_ is None or due is None:
            continue
        every = "every " if step.is_ is Is.PROGRESS else ""
        counted = clock.counts
        rule = f": {every}{counted[0].length}" if len(counted) == 1 and clock.step in running else ""
        found.append(
            PublicStep(
                title=_WE[step.is_],
                says=f"By {public_day(due)} at the latest{rule}.",
                state=StepState.COMING,
                clause=clock.limit.clause or step.clause or "",
            )
        )
    return tuple(found)
