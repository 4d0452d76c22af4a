"""The rules of fairness that hold whatever the rulebook says."""

from collections.abc import Iterator

from duly.procedure.setting import Setting
from duly.rulebook.phrases import Reference, StepDone
from duly.rulebook.prose import words
from duly.rulebook.steps import Is, Step
from duly.timetable.marking import Marking
from duly.vocabulary import Problem
from duly.vocabulary.day import desk_day


def heard_first(setting: Setting, step: Step) -> Iterator[Problem]:
    """No finding before served particulars and an answer, or its time run out or waived in writing (R01).

    The rulebook normally says so itself; this holds whatever it says, and for whatever is found.
    """
    marking = setting.marking
    if step.is_ is not Is.FINDING or not marking.in_play(step):
        return
    notices = setting.book.steps_that_are(Is.NOTICE)
    if not any(marking.acts.get(notice.name) for notice in notices):
        yield Problem(
            code="no-notice",
            says="No finding is made before the particulars have been served on the respondent.",
            remedy=f"Take “{words(notices[0].name)}” first." if notices else "The rulebook needs a notice.",
            clause=(notices[0].clause if notices else None) or step.clause,
        )
    answers = setting.book.steps_that_are(Is.ANSWER)
    open_ = [answer for answer in answers if _is_running(marking, answer)]
    if open_ or not any(_was_heard(marking, answer) for answer in answers):
        due = max((day for answer in open_ if (day := marking.window(answer.name, None))), default=None)
        until = f" The time to answer runs until {desk_day(due)}." if due else ""
        yield Problem(
            code="not-heard",
            says="No finding is made before the respondent has answered or the time to answer is up." + until,
            remedy="Wait for the answer, the end of its time, or a waiver in writing."
            if answers
            else "The rulebook needs a step by which the respondent answers.",
            clause=next((a.clause for a in (*open_, *answers) if a.clause), step.clause),
        )


def _is_running(marking: Marking, answer: Step) -> bool:
    """A time to answer runs: after a notice was served again, the one to answer that."""
    return any(
        clock.is_running and clock.ran_out_on is None and clock.due is not None
        for clock in marking.clocks
        if clock.step == answer.name
    )


def _was_heard(marking: Marking, answer: Step) -> bool:
    """In this round or an earlier one: what is sent back to be found anew was answered before."""
    if marking.holds(Reference((StepDone(answer.name),), or_time_up=True)):
        return True
    was_up = any(clock.ran_out_on for clock in marking.clocks if clock.step == answer.name)
    return was_up or bool(marking.acts.get(answer.name))
