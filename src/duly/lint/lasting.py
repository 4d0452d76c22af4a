"""How long it takes: L03's longest total, L08 and N03."""

from collections.abc import Iterator
from dataclasses import dataclass

from duly.lint.look import Look, the_way
from duly.lint.machine import Clock
from duly.lint.timed import DAY, Longest, Timed, TooManyError
from duly.rulebook.finding import Finding, Severity, finding
from duly.rulebook.lengths_compared import longest_days
from duly.rulebook.steps import Is
from duly.rulebook.walk import heading
from duly.vocabulary import Length, Unit

FIRST_NOTICE = Length(13, Unit.WEEKS)


@dataclass(frozen=True, slots=True)
class Totals:
    """In days, from receipt: the longest run in which everybody keeps their time.

    The decision is the first moment at which somebody can appeal, or the closing if that comes before. `more`
    is with every extension given and every fixed day moved as far as it goes; `pauses` is what all pauses
    together can add, each at its cap. None: there is no longest run, or none that could be followed.
    """

    decision: int | None
    closing: int | None
    decision_more: int | None
    closing_more: int | None
    pauses: int


def totals(look: Look) -> Totals:
    """Of the rulebook that was explored."""
    plain = look.last_moments()[1] or Longest(has_end=False)
    try:
        more = Timed(look.machine, look.graph.effects, with_more=True).longest()
    except TooManyError:
        more = Longest(has_end=False)
    return Totals(
        decision=_days(plain.decision, plain),
        closing=_days(plain.closing, plain),
        decision_more=_days(more.decision, more),
        closing_more=_days(more.closing, more),
        pauses=sum(longest_days(pause.at_most) for pause in look.book.pauses.values()),
    )


def _days(fifths: int | None, found: Longest) -> int | None:
    return None if fifths is None or not found.has_end else -(-fifths // DAY)


def it_has_an_end(look: Look) -> Iterator[Finding]:
    """L03: where everybody keeps their time, the case comes to its end in a time that can be told."""
    timed, found = look.last_moments()
    if found is not None and timed.endless is not None:
        way = timed.endless
        says = f"Nothing that comes next has a time {the_way(way)}: there is no longest time for a case."
        at = heading(look.book.steps[way[-1].step]) if way and way[-1].step else "stages"
        remedy = 'Give a step that comes next within = "... after ...".'
        yield finding(look.book, "L03", at, says, remedy, severity=Severity.WARNING)


def news_comes_soon(look: Look) -> Iterator[Finding]:
    """L08: the respondent hears of the case in a time that is bounded, and not too long."""
    book = look.book
    notices = book.steps_that_are(Is.NOTICE)
    _, found = look.last_moments()
    if found is None or not notices:
        return
    at = heading(notices[0])
    remedy = "Shorten the times before it, or accept this with a reason, such as evidence at risk."
    if found.news is None:
        says = "Nothing says by when the respondent first hears of the case."
        yield finding(book, "L08", at, says, remedy)
    elif found.news > longest_days(book.fairness.first_notice or FIRST_NOTICE) * DAY:
        weeks = -(-found.news // (7 * DAY))
        says = f"It may be {weeks} weeks before the respondent first hears of the case."
        yield finding(book, "L08", at, says, remedy, key="within")


def nobody_is_late_for_nothing(look: Look) -> Iterator[Finding]:
    """N03: with everybody in time, a time is over before its step is allowed."""
    book = look.book
    timed, _ = look.last_moments()
    for place, way in timed.locked.items():
        clock = look.machine.clocks[place]
        at = _place(look, clock)
        says = (
            f"{clock.limit.name} can be late though everybody keeps their time: "
            f"it runs out {the_way(way)}, before the step is allowed."
        )
        remedy = "Lengthen it, or count it from what comes last; or accept it with a reason."
        yield finding(book, "N03", at, says, remedy, key="within")


def _place(look: Look, clock: Clock) -> str:
    named = clock.limit.name != clock.limit.step
    return f"limit.{clock.limit.name}" if named else heading(look.step_of(clock))
