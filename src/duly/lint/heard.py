"""Nobody is found against unheard: L07, L09 and L16."""

from collections.abc import Iterable, Iterator

from duly.lint.look import Look, place_of, said, the_way
from duly.lint.machine import Move
from duly.rulebook.book import Rulebook
from duly.rulebook.finding import Finding, finding
from duly.rulebook.lengths_compared import shortest_days
from duly.rulebook.lint_heard import windows
from duly.rulebook.phrases import Counted, Direction, FixedDay, LaterOf, StepDone, Timing
from duly.rulebook.steps import Is, Step

AGAINST = (Is.FINDING, Is.SANCTION, Is.APPEAL_DECISION)


def is_adverse(book: Rulebook, move: Move, *kinds: Is) -> bool:
    """An act by which a body finds or decides against a party."""
    step = book.steps.get(move.step)
    if step is None or move.kind != "act" or step.is_ not in (kinds or AGAINST):
        return False
    return move.outcome in step.adverse


def nothing_is_found_without_notice(look: Look) -> Iterator[Finding]:
    """L07, on the graph: no way to an outcome against the respondent on which no notice was served."""
    noticed = look.machine.bits.of.get(("seen", "noticed"), 0)
    for move, edges in look.taking(lambda move: is_adverse(look.book, move)):
        source = _first_without(look, edges, noticed)
        if source is None:
            continue
        says = f"{said(move)} is possible though no notice was served, {the_way(look.graph.way_to(source))}."
        remedy = _notice_first(look.book)
        yield finding(look.book, "L07", place_of(look.book, move), says, remedy)


def _first_without(look: Look, edges: Iterable[int], bits: int) -> int | None:
    """The first marking left by one of these edges in which none of the bits is set."""
    sources = (look.graph.source[edge] for edge in edges)
    return next((place for place in sources if not look.graph.markings[place] & bits), None)


def _notice_first(book: Rulebook) -> str:
    notices = book.steps_that_are(Is.NOTICE)
    if notices:
        return f'Add after = ["{notices[0].name}"] to a step that every way to it passes.'
    return (
        'Add a step with is = "notice" and the seven things it must state, and let the finding come after it.'
    )


def nothing_is_found_before_the_answer(look: Look) -> Iterator[Finding]:
    """L09, on the graph: no finding before the respondent answered, or could have."""
    book = look.book
    answers = book.steps_that_are(Is.ANSWER)
    if not answers:
        return
    heard = look.machine.bits.of.get(("seen", "heard"), 0)
    window = min((days for step in answers for days in windows(step)), default=0)
    for move, edges in look.taking(lambda move: is_adverse(book, move, Is.FINDING)):
        step = book.steps[move.step]
        sources = (look.graph.source[edge] for edge in edges if not _marking(look, edge) & heard)
        source = next((p for p in sources if not _waits(look, step, look.graph.markings[p], window)), None)
        if source is None:
            continue
        says = (
            f"{said(move)} is possible before the respondent answered and before the time to answer is up, "
            f"{the_way(look.graph.way_to(source))}."
        )
        remedy = f'Add after = ["{answers[0].name} or time up"] to [{place_of(book, move)}].'
        yield finding(book, "L09", place_of(book, move), says, remedy)


def _marking(look: Look, edge: int) -> int:
    return look.graph.markings[look.graph.source[edge]]


def _parts(timing: Timing) -> tuple[object, ...]:
    return timing.parts if isinstance(timing, LaterOf) else (timing,)


def _waits(look: Look, step: Step, marking: int, window: float) -> bool:
    """A finding that may not come before as many days after the notice as the respondent has to answer."""
    book, of = look.book, look.machine.bits.of
    notices = {notice.name for notice in book.steps_that_are(Is.NOTICE)}
    for timing in step.not_before:
        for part in _parts(timing):
            reference = getattr(part, "reference", None)
            for one in reference.any_of if reference is not None else ():
                if isinstance(one, StepDone) and one.step in notices and _is_long(part, window):
                    return True
                fixed = (
                    of.get(("seen", "fixed since the notice", one.day), 0) if isinstance(one, FixedDay) else 0
                )
                if fixed and marking & fixed and _day_is_late(book, one, window):
                    return True
    return False


def _day_is_late(book: Rulebook, day: object, window: float) -> bool:
    """The day cannot be fixed for earlier than a whole window after it is fixed."""
    rule = book.days.get(day.day) if isinstance(day, FixedDay) else None
    return rule is not None and any(
        _is_long(part, window) for timing in rule.not_before for part in _parts(timing)
    )


def _is_long(part: object, window: float) -> bool:
    return (
        isinstance(part, Counted)
        and part.direction is Direction.AFTER
        and shortest_days(part.length) >= window
    )


def sanction_comes_after_a_finding(look: Look) -> Iterator[Finding]:
    """L16: what was done is found first, and what it deserves is decided after that."""
    book, bits = look.book, look.machine.bits
    marks = 0
    for step in book.steps_that_are(Is.FINDING):
        for outcome in step.adverse:
            for name, bit in bits.of.items():
                if name[:2] == ("mark", step.name) and name[3:] == (outcome, ""):
                    marks |= bit
    for move, edges in look.taking(lambda move: is_adverse(book, move, Is.SANCTION)):
        source = _first_without(look, edges, marks)
        if source is None:
            continue
        way = the_way(look.graph.way_to(source))
        says = f"{said(move)} is possible though nothing was found against the respondent, {way}."
        yield finding(book, "L16", place_of(book, move), says, _finding_first(book, move))


def _finding_first(book: Rulebook, move: Move) -> str:
    found = next((step for step in book.steps_that_are(Is.FINDING) if step.adverse), None)
    if found is None:
        return 'Add a step with is = "finding" whose outcomes name what is adverse, before the sanction.'
    heading = f"{place_of(book, move)}.outcome.{move.outcome}"
    return f'Add after = ["first {found.name}: {found.adverse[0]}"] to [{heading}].'
