"""What the phrases of a rulebook ask about, and which of them change where a case stands."""

from collections.abc import Iterator

from duly.rulebook.book import Rulebook
from duly.rulebook.phrases import (
    BeginsStage,
    Closes,
    Consequence,
    CountsAs,
    EndsWhat,
    GoesTo,
    IsDone,
    IsOwed,
    QuestionIs,
    Reference,
    StepDone,
    StepDue,
    Test,
    TooLate,
    What,
)
from duly.rulebook.steps import Limit
from duly.rulebook.walk import following, timings


def is_structural(what: What) -> bool:
    """Whether it moves the case, and does not only tell somebody of it."""
    return isinstance(what, GoesTo | BeginsStage | EndsWhat | Closes | CountsAs | TooLate)


def phrases_when_late(book: Rulebook, limit: Limit) -> tuple[Consequence, ...]:
    """What follows when this time has run out, the default for offices included."""
    if limit.if_late is not None:
        return limit.if_late
    is_of_party = book.parties.issuperset(book.steps[limit.step].by)
    return () if is_of_party else book.if_an_office_is_late or ()


def tests_in(book: Rulebook) -> Iterator[Test]:
    for step in book.steps.values():
        yield step.only_if
        yield from (outcome.only_if for outcome in step.outcomes.values())
    yield from (each.consequence.when for each in following(book))


def references_in(book: Rulebook) -> Iterator[Reference]:
    for placed in timings(book):
        yield from placed.references
    for step in book.steps.values():
        yield from step.after
        for outcome in step.outcomes.values():
            yield from outcome.after
    for test in tests_in(book):
        for several in test.all_of:
            yield from (each.claim.reference for each in several if isinstance(each.claim, IsDone))


def steps_asked_about(book: Rulebook) -> frozenset[str]:
    """The steps whose being done, due or owed anything depends on."""
    named = {
        one.step for ref in references_in(book) for one in ref.any_of if isinstance(one, StepDone | StepDue)
    }
    for test in tests_in(book):
        for several in test.all_of:
            named |= {each.claim.step for each in several if isinstance(each.claim, IsOwed)}
    return frozenset(named)


def questions_in(book: Rulebook) -> tuple[str, ...]:
    """The questions on whose answer it depends what may happen, and not only when and by whom."""
    found = {
        each.claim.question: None
        for test in tests_in(book)
        for several in test.all_of
        for each in several
        if isinstance(each.claim, QuestionIs)
    }
    return tuple(found)
