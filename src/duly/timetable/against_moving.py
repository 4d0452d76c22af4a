"""Why a running case can't go on under another edition, as it stands: every reason, in words."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from duly.record.facts import FindingMade, SanctionImposed
from duly.rulebook.book import Rulebook
from duly.rulebook.prose import words
from duly.rulebook.steps import Step
from duly.timetable.marking import Marking
from duly.vocabulary import Problem


def against_moving(marking: Marking, new: Rulebook, *, beginning: str | None = None) -> tuple[Problem, ...]:
    """Empty where every name that the case has used means the same kind of thing in the new edition.

    `beginning` is the stage that is about to begin. A name that is missing is never guessed at: a stage may
    have another name there if the edition's `[was]` says which it had.
    """
    now_called = {old: name for name, old in new.was.items()}
    return tuple(
        dict.fromkeys(
            (
                *_stages(marking, new, now_called, beginning),
                *_steps(marking, new, now_called),
                *_lasting(marking, new),
                *_names(marking, new),
            )
        )
    )


def _stages(
    marking: Marking, new: Rulebook, now_called: Mapping[str, str], beginning: str | None
) -> Iterator[Problem]:
    places = {*new.stages, *new.measures}
    for name in dict.fromkeys((*marking.begun, *filter(None, (beginning,)))):
        if now_called.get(name, name) in places:
            continue
        is_in_it = name in marking.open or name == beginning
        says = f"The case {'is in' if is_in_it else 'was in'} “{words(name)}”, which the new edition lacks."
        remedy = f'If it has another name there, its file says so: [was], NAME = "{name}".'
        yield Problem(code="stage-not-in-edition", says=says, remedy=remedy)


def _steps(marking: Marking, new: Rulebook, now_called: Mapping[str, str]) -> Iterator[Problem]:
    running = {clock.step for clock in marking.clocks if clock.is_running}
    for name in dict.fromkeys((*marking.acts, *(clock.step for clock in marking.clocks))):
        old, other = marking.book.steps[name], new.steps.get(name)
        if other is None:
            says = f"“{words(name)}” is {'owed' if name in running else 'done'} in the case, and the new"
            yield _missing(code="step-not-in-edition", says=f"{says} edition has no such step.")
        elif other.per is not old.per:
            yield _other(
                f"“{words(name)}” is for each {_group(old)} now, and for each {_group(other)} there."
            )
        elif name in running and _home(old, now_called) != frozenset(other.stages):
            yield _other(f"“{words(name)}” is owed, and stands in another stage there.")
        elif name in running and _is_of_parties(old, marking.book) != _is_of_parties(other, new):
            yield _other(
                f"“{words(name)}” is owed, and by a party in one edition and an office in the other."
            )
        else:
            for act in marking.acts.get(name, ()):
                if act.outcome is not None and act.outcome not in other.outcomes:
                    says = f"“{words(name)}” ended in “{words(act.outcome)}”, which the new edition lacks."
                    yield _missing(code="outcome-not-in-edition", says=says)


def _group(step: Step) -> str:
    return step.per.value if step.per else "case"


def _home(step: Step, now_called: Mapping[str, str]) -> frozenset[str]:
    return frozenset(now_called.get(stage, stage) for stage in step.stages)


def _is_of_parties(step: Step, book: Rulebook) -> bool:
    return book.parties.issuperset(step.by)


def _lasting(marking: Marking, new: Rulebook) -> Iterator[Problem]:
    """What binds a person or holds the clocks is not changed while it lasts."""
    for name in marking.open:
        old = marking.book.measures.get(name)
        if old is not None and new.measures.get(name) != old:
            yield _lasts(f"The measure “{words(name)}” is in force")
    for name, _ in marking.paused.open:
        if new.pauses.get(name) != marking.book.pauses[name]:
            yield _lasts(f"The case is paused for “{words(name)}”")


def _names(marking: Marking, new: Rulebook) -> Iterator[Problem]:
    """Names in the record that pages, figures and rules look up in the edition of the case."""
    bodies = [fact.body for fact in (*marking.case.sanctions, *marking.case.findings)]
    offices = {*marking.case.assigned, *(fact.office for fact in marking.case.moves if fact.office)}
    used: tuple[tuple[str, Iterable[str], Callable[[Rulebook], Iterable[str]]], ...] = (
        ("office", offices, lambda book: book.offices),
        ("conduct", (each.conduct for each in marking.case.allegations.values()), lambda book: book.conduct),
        ("sanction", (b.sanction for b in bodies if isinstance(b, SanctionImposed)), lambda b: b.sanctions),
        ("step", (b.step for b in bodies if isinstance(b, SanctionImposed | FindingMade)), lambda b: b.steps),
        ("pause", (name for name, _ in marking.pauses), lambda book: book.pauses),
        ("day", marking.fixed, _days),
        ("question", marking.answers, lambda book: book.questions),
    )
    for what, names, known in used:
        # A name that no edition of the case knows stands there irregularly, and is lost by nothing.
        for name in sorted({*names}.intersection(known(marking.book)) - {*known(new)}):
            says = f"The record of the case names the {what} “{words(name)}”, which the new edition lacks."
            yield _missing(code="name-not-in-edition", says=says)
    for question, answer in marking.answers.items():
        if question in new.questions and answer not in new.questions[question].answers:
            says = f"“{words(question)}” was answered “{answer}”, which is no answer in the new edition."
            yield _missing(code="name-not-in-edition", says=says)


def _days(book: Rulebook) -> set[str]:
    return {*book.days, *(day for step in book.steps.values() for day in step.sets)}


def _missing(code: str, says: str) -> Problem:
    return Problem(code=code, says=says, remedy="Keep the name in the new edition, or let the case stay.")


def _other(says: str) -> Problem:
    remedy = "Give what is new another name, or let the case stay."
    return Problem(code="another-thing-in-edition", says=says, remedy=remedy)


def _lasts(says: str) -> Problem:
    says = f"{says}, and its rule is another in the new edition."
    remedy = "It stays under the rule it began under, and the case with it."
    return Problem(code="lasting-under-another-rule", says=says, remedy=remedy)
