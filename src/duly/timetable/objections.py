"""Why a step may not be taken today: every reason the rulebook's graph gives, none about people."""

from collections.abc import Iterator
from datetime import date, timedelta

from duly.rulebook.phrases import At, Part, Reference, StepDone, Test, Timing
from duly.rulebook.prose import either, say_conditions, say_reference, say_timing, title, words
from duly.rulebook.steps import Outcome, Step
from duly.timetable.marking import Marking, is_trigger, parts_of
from duly.vocabulary import Problem
from duly.vocabulary.day import desk_day

ONE_DAY = timedelta(days=1)


def objections(
    marking: Marking, step: Step, *, key: str | None = None, outcome: str | None = None
) -> Iterator[Problem]:
    """Each reason, with the day on which it falls away where that is known.

    `key` is the member of the step's group; of a step with a group and no key given, it is asked whether it
    may be taken for any member.
    """
    members = marking.members(step) if step.per is not None and key is None else ()
    if members:
        for_each = [list(objections(marking, step, key=each, outcome=outcome)) for each in members]
        yield from min(for_each, key=len)
        return
    if not marking.in_play(step, key):
        yield _out_of_play(marking, step)
        return  # what else stands in the way is no help while the step is out of play
    # Asked of every act in a record: what the rulebook says nothing of is passed over without a generator.
    if step.per is not None or key is not None:
        yield from _key_objections(marking, step, key)
    if step.times is not None or marking.shut:
        yield from _door_objections(marking, step, key)
    for ref in step.after:
        if not marking.holds(ref, key=key, per=step.per):
            yield _after(marking, step, ref, key)
    awaited = _awaited(marking, step, key)
    if awaited is not None:
        yield from _trigger(marking, step, awaited, key)
    for timing in step.not_before:
        yield from _not_before(marking, step, timing, key)
    if step.only_if.all_of:
        yield from _only_if(marking, step, step.only_if, step.name)
    if outcome is not None:
        yield from outcome_objections(marking, step, outcome, key=key)
    elif step.outcomes:
        yield from _no_outcome(marking, step, key)


def _no_outcome(marking: Marking, step: Step, key: str | None) -> Iterator[Problem]:
    """A step none of whose outcomes is open can't be taken."""
    of_each = [list(outcome_objections(marking, step, name, key=key)) for name in step.outcomes]
    if all(of_each):
        yield Problem(
            code="no-outcome",
            says=f"None of the outcomes of “{title(step.name)}” is open yet.",
            remedy=" ".join(dict.fromkeys(problem.says for problems in of_each for problem in problems)),
            clause=step.clause,
        )


def case_closed(
    marking: Marking,
    remedy: str = "A closed case stays closed; where the rulebook has a step for reopening, take that.",
) -> Problem | None:
    """Since when, as what and by what, with the clause it was closed under; None while the case is open."""
    by, on = marking.closed_by, marking.closed_on
    if on is None or by is None:
        return None
    how = f"when the time for “{words(by.step)}” was up" if by.by_time else f"by “{title(by.step)}”"
    says = f"The case was closed on {desk_day(on)} as “{words(marking.closed_as or '')}”, {how}."
    return Problem(code="closed", says=says, remedy=remedy, clause=by.clause)


def _out_of_play(marking: Marking, step: Step) -> Problem:
    if (closed := case_closed(marking)) is not None:
        return closed
    if marking.opened_on is None:
        return Problem(
            code="not-open",
            says="No complaint has been received in this case.",
            remedy="Record the receipt first.",
            clause=step.clause,
        )
    if step.name in marking.ended_steps:
        return Problem(code="ended", says=f"“{title(step.name)}” was ended in this case.", clause=step.clause)
    return _not_in_stage(marking, step)


def _not_in_stage(marking: Marking, step: Step) -> Problem:
    """Its stage has not begun, or is over."""
    named = either([words(stage) for stage in step.stages])
    now = " and ".join(words(stage) for stage in marking.open if stage in marking.book.stages) or "no stage"
    last, ended = marking.last_ended(step.stages)
    if ended is None:
        says, remedy = f"{named}; the case is in {now}", f"It opens when {named} begins."
    else:
        over = "which" if len(step.stages) == 1 else f"of which {words(last)} was open last and"
        says = f"{named}, {over} ended on {desk_day(ended)}; the case is in {now}"
        remedy = f"It opens again if {named} begins again."
    return Problem(
        code="not-in-stage",
        says=f"“{title(step.name)}” belongs to {says}.",
        remedy=remedy,
        clause=step.clause,
    )


def _key_objections(marking: Marking, step: Step, key: str | None) -> Iterator[Problem]:
    if step.per is None:
        if key is not None:
            yield Problem(
                code="no-group",
                says=f"“{title(step.name)}” is taken once for the case, and not for {key}.",
                remedy="Leave out for whom it is taken.",
                clause=step.clause,
            )
        return
    members = marking.members(step)
    if not members:
        yield Problem(
            code="no-members",
            says=f"There is no {step.per.value} to take “{words(step.name)}” for.",
            remedy=f"Record the {step.per.value} first.",
            clause=step.clause,
        )
    elif key is not None and key not in members:
        yield Problem(
            code="unknown-member",
            says=f"{key} is no {step.per.value} of this case.",
            remedy=f"Choose one of {', '.join(members)}.",
            clause=step.clause,
        )


def _door_objections(marking: Marking, step: Step, key: str | None) -> Iterator[Problem]:
    own = key if step.per is not None else None
    if marking.is_shut(step, own):
        yield Problem(
            code="too-late",
            says=f"The time for “{words(step.name)}” has run out, and the rulebook shuts it then.",
            clause=step.clause,
        )
        return
    if step.times is None:
        return
    done = [act for act in marking.acts_in_round(step) if own is None or act.key in (own, None)]
    if len(done) < step.times or marking.is_owed(step.name, own):
        return
    times = "once" if step.times == 1 else f"{step.times} times"
    yield Problem(
        code="done-before",
        says=f"“{title(step.name)}” was done on {desk_day(done[-1].on)}; the rulebook allows it {times}.",
        clause=step.clause,
    )


def _after(marking: Marking, step: Step, ref: Reference, key: str | None) -> Problem:
    due = _window(marking, step, ref, key) if ref.or_time_up else None
    if due is not None:
        names = words(next(o.step for o in ref.any_of if isinstance(o, StepDone)))
        return Problem(
            code="window-open",
            says=f"The time for “{names}” runs until {desk_day(due)}.",
            remedy=f"Opens {desk_day(due + ONE_DAY)}, or earlier once it is done or waived in writing.",
            clause=step.clause,
            opens_on=due + ONE_DAY,
        )
    return Problem(
        code="comes-after",
        says=f"“{title(step.name)}” comes after {say_reference(ref)}.",
        remedy=_once_done(marking, ref),
        clause=step.clause,
    )


def _once_done(marking: Marking, ref: Reference) -> str:
    """What closed with the case can't be done and waited for."""
    steps = [marking.book.steps[each.step] for each in ref.any_of if isinstance(each, StepDone)]
    if marking.closed_on is None or any(marking.in_play(step) for step in steps):
        return "Opens once that is done."
    return "That closed with the case: this opens only if the case is reopened and that is done then."


def _window(marking: Marking, step: Step, ref: Reference, key: str | None) -> date | None:
    """The last day of the time that is waited for; None if for somebody no time runs that could be up."""
    awaited = marking.book.steps[next(o.step for o in ref.any_of if isinstance(o, StepDone))]
    members = marking.members(awaited) if awaited.per is not None else (None,)
    if key is not None and awaited.per is step.per:
        members = (key,)
    dues: list[date] = []
    for each in members:
        if marking.is_done(StepDone(awaited.name), key=each) or marking.is_out_of_time(awaited.name, each):
            continue
        due = marking.window(awaited.name, each)
        if due is None:
            return None
        dues.append(due)
    return max(dues, default=None)


def _awaited(marking: Marking, step: Step, key: str | None) -> Part | None:
    """A trigger of its own time that must have come and has not; None if there is none.

    Of one limit in a list the triggers must have come, of all parts of `later_of`.
    """
    first = None
    for limit in marking.book.own_limits[step.name]:
        missing = None
        for part in marking.parts_of(limit):
            if is_trigger(part) and not _has_come(marking, step, part, key):
                missing = part
                break
        if missing is None:
            return None
        first = first or missing
    return first


def _trigger(marking: Marking, step: Step, part: Part, key: str | None) -> Iterator[Problem]:
    fixed = marking.day_of(part.reference, key=key, per=step.per)
    opens_on = fixed if fixed is not None and fixed > marking.on else None
    if opens_on and any(p.reference == part.reference for t in step.not_before for p in parts_of(t)):
        return  # the day is named once, by `not_before`
    yield Problem(
        code="comes-after",
        says=f"“{title(step.name)}” comes after {say_reference(part.reference)}.",
        remedy=f"Opens {desk_day(opens_on)}." if opens_on else _once_done(marking, part.reference),
        clause=step.clause,
        opens_on=opens_on,
    )


def _has_come(marking: Marking, step: Step, part: Part, key: str | None) -> bool:
    """A day that was fixed is a trigger when it comes; as the very day of the act it need only be fixed."""
    if isinstance(part, At):
        return marking.day_of(part.reference, key=key, per=step.per) is not None
    return marking.holds(part.reference, key=key, per=step.per)


def _not_before(marking: Marking, step: Step, timing: Timing, key: str | None) -> Iterator[Problem]:
    earliest = marking.earliest(timing, key=key, per=step.per)
    if earliest is None:
        yield Problem(
            code="not-before",
            says=f"“{title(step.name)}” may be done no earlier than {say_timing(timing)}: not known yet.",
            clause=step.clause,
        )
    elif earliest > marking.on:
        yield Problem(
            code="not-before",
            says=f"“{title(step.name)}” may not be done before {desk_day(earliest)}: {say_timing(timing)}.",
            remedy=f"Opens {desk_day(earliest)}.",
            clause=step.clause,
            opens_on=earliest,
        )


def _only_if(marking: Marking, step: Step, test: Test, name: str) -> Iterator[Problem]:
    for some in test.all_of:
        if not any(marking.condition(each) for each in some):
            yield Problem(
                code="only-if",
                says=f"“{title(name)}” may be done only if {say_conditions(some)}.",
                clause=step.clause,
            )


def outcome_objections(
    marking: Marking, step: Step, name: str, *, key: str | None = None
) -> Iterator[Problem]:
    """What stands in the way of this outcome beyond what stands in the way of the step."""
    outcome: Outcome | None = step.outcomes.get(name)
    if outcome is None:
        known = ", ".join(words(each) for each in step.outcomes) or "none"
        yield Problem(
            code="unknown-outcome",
            says=f"“{title(step.name)}” has no outcome “{words(name)}”.",
            remedy=f"Its outcomes are: {known}.",
            clause=step.clause,
        )
        return
    for ref in outcome.after:
        if not marking.holds(ref, key=key, per=step.per):
            yield Problem(
                code="comes-after",
                says=f"“{title(name)}” comes after {say_reference(ref)}.",
                remedy="Choose another outcome, or do that first.",
                clause=step.clause,
            )
    yield from _only_if(marking, step, outcome.only_if, name)
