"""By which day a case is to be decided, by an order, and which times of the office that is about."""

from duly.record.facts import DecisionDaySet, Fact
from duly.rulebook.book import Rulebook
from duly.rulebook.phrases import Counted, Direction, NothingFollows, StepDone, Tells
from duly.rulebook.steps import Is, Step
from duly.timetable.clock import Clock, ToBeDecided
from duly.timetable.marking import Marking

DECIDING = frozenset({Is.FINDING, Is.SANCTION, Is.APPEAL_DECISION})
_BESIDE = frozenset(
    {
        *(Is.RECEIPT, Is.ACKNOWLEDGEMENT, Is.PROGRESS, Is.INTERIM_MEASURE, Is.REVIEW),
        *(Is.PUBLICATION, Is.LEAVING, Is.REOPENING),
    }
)


def to_be_decided(marking: Marking, body: DecisionDaySet, fact: Fact) -> ToBeDecided:
    return ToBeDecided(fact.place, fact.on, body.decide_by, appeals_open(marking))


def appeals_open(marking: Marking) -> frozenset[str]:
    """The stages that are open in which an appeal is decided."""
    return _of_appeals(marking.book).intersection(marking.open)


def steps_to_decide(marking: Marking) -> tuple[Step, ...] | None:
    """The steps any of which comes next in deciding the case; None where it is decided.

    Where an appeal is open it is that which is to be decided. A rulebook without findings and sanctions names
    no such step, and the case is decided when it closes.
    """
    book = marking.book
    if marking.opened_on is None or marking.closed_on is not None:
        return None
    if appeals := appeals_open(marking):
        return tuple(s for s in book.steps_that_are(Is.APPEAL_DECISION) if appeals.intersection(s.stages))
    findings, sanctions = book.steps_that_are(Is.FINDING), book.steps_that_are(Is.SANCTION)
    if findings and not any(marking.is_done(StepDone(step.name)) for step in findings):
        return findings
    left = tuple(s for s in sanctions if marking.in_play(s) and not marking.is_done(StepDone(s.name)))
    return left if left or not (findings or sanctions) else None


def is_decided(marking: Marking, order: ToBeDecided) -> bool:
    """Whether what was to be decided by this order is."""
    appeals = appeals_open(marking)
    if order.appeals or appeals:
        return not order.appeals & appeals
    return steps_to_decide(marking) is None


def binds(marking: Marking, order: ToBeDecided, clock: Clock) -> bool:
    """Whether the order is about this clock: an office's, on the way to the decision.

    Not about what protects a person or only tells how it goes, what runs up to a fixed day, what began after
    the day that was ordered or after the decision, nor an appeal against it. Nor about a time whose end
    decides or moves anything by itself: an order may bring dates forward, and no outcome.
    """
    step = marking.book.steps[clock.step]
    if clock.is_party or clock.protects or step.is_ in _BESIDE or step.even_when_closed:
        return False
    if clock.started_on is None or clock.started_on > order.decide_by:
        return False
    if step.stages and set(step.stages) <= marking.book.measures.keys():
        return False
    if clock.parts and all(isinstance(p, Counted) and p.direction is Direction.BEFORE for p in clock.parts):
        return False
    phrases = clock.limit.if_late
    phrases = (marking.book.if_an_office_is_late or ()) if phrases is None else phrases
    if not all(isinstance(phrase.what, Tells | NothingFollows) for phrase in phrases):
        return False
    appeals = _of_appeals(marking.book).intersection(step.stages)
    if appeals and not appeals & order.appeals:
        return False
    return step.is_ in DECIDING or not _was_decided(marking, order, clock)


def _of_appeals(book: Rulebook) -> frozenset[str]:
    return frozenset(stage for step in book.steps_that_are(Is.APPEAL_DECISION) for stage in step.stages)


def _was_decided(marking: Marking, order: ToBeDecided, clock: Clock) -> bool:
    """Since the order, and before this clock began."""
    return any(
        act.on >= order.on and act.seq < clock.trigger_seq
        for kind in DECIDING
        for step in marking.book.steps_that_are(kind)
        for act in marking.acts.get(step.name, ())
    )
