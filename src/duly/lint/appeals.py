"""Every decision can be looked at again, by other people: L11, L12, L13 and, of measures, L14."""

from collections.abc import Iterator

from duly.lint.heard import is_adverse
from duly.lint.look import Look, place_of, said
from duly.lint.machine import Move
from duly.rulebook.book import Rulebook, Sanction
from duly.rulebook.finding import Finding, Severity, finding
from duly.rulebook.phrases import BeginsStage, Event, LaterOf
from duly.rulebook.steps import Is, Step
from duly.rulebook.walk import heading


def decisions_can_be_appealed(look: Look) -> Iterator[Finding]:
    """L11: from each decision against a party an appeal can be reached, and it is decided."""
    book, graph = look.book, look.graph
    appeals = {step.name for step in book.steps_that_are(Is.APPEAL)}
    can = look.reach(
        edge
        for _, edges in look.taking(lambda move: move.kind == "act" and move.step in appeals)
        for edge in edges
    )
    for move, edges in look.taking(lambda move: is_adverse(book, move, Is.FINDING, Is.SANCTION)):
        if not all(can[graph.target[edge]] for edge in edges):
            says = f"Nobody can appeal after {said(move)}."
            remedy = 'Add a step with is = "appeal" to a stage that follows, with a time of its own.'
            yield finding(book, "L11", place_of(book, move), says, remedy)
    deciding = {move.step for move, _ in graph.seen.values() if move.kind == "act"}
    if appeals and not any(step.name in deciding for step in book.steps_that_are(Is.APPEAL_DECISION)):
        at = heading(book.steps_that_are(Is.APPEAL)[0])
        says = "An appeal can be lodged, and nobody decides it."
        yield finding(book, "L11", at, says, 'Add a step with is = "appeal decision", by another office.')
    yield from _dismissals(look)


def _dismissals(look: Look) -> Iterator[Finding]:
    """A complaint that the sift sends away can come back, and not by the hand that sent it away."""
    book, graph = look.book, look.graph
    notices = {step.name for step in book.steps_that_are(Is.NOTICE)}
    leaving = {step.name for step in book.steps_that_are(Is.LEAVING)}
    for sift in book.steps_that_are(Is.SIFT) if notices else ():
        for outcome in sift.outcomes:
            after = _after(look, sift, outcome)
            if not _closes_quietly(look, after, notices | leaving):
                continue  # it goes on until the respondent hears of it
            back = look.ahead(after, _Decides(book, sift.by).again)
            if not any(graph.move[edge].step in notices for edge in back):
                others = f"others than {_or(sift.by)}"
                says = f"After {sift.name}: {outcome} there is no way back that {others} decide."
                remedy = "Let the complainant ask another office for a second look, and say where that leads."
                at = heading(sift)
                yield finding(book, "L11", at, says, remedy, key=f"outcomes.{outcome}")


def _closes_quietly(look: Look, after: list[int], loud: set[str]) -> bool:
    """Whether the case can be closed from there without one of these steps."""
    markings, targets, closed = look.graph.markings, look.graph.target, look.machine.closed
    if any(markings[place] & closed for place in after):
        return True
    ways = look.ahead(after, lambda _, move: move.kind == "act" and move.step in loud)
    return any(markings[targets[edge]] & closed for edge in ways)


def _after(look: Look, step: Step, outcome: str) -> list[int]:
    """The markings to which this outcome leads."""
    taking = look.taking(
        lambda move: move.kind == "act" and (move.step, move.outcome) == (step.name, outcome)
    )
    return [look.graph.target[edge] for _, edges in taking for edge in edges]


class _Decides:
    """Whether one of these offices decides, and does not only hand on."""

    def __init__(self, book: Rulebook, by: tuple[str, ...]) -> None:
        self.book, self.by = book, {*by}

    def again(self, _: int, move: Move) -> bool:
        step = self.book.steps.get(move.step)
        return step is not None and move.kind == "act" and bool(step.outcomes) and bool({*step.by} & self.by)


def _or(names: tuple[str, ...]) -> str:
    return " or ".join(f"the {name}" for name in names)


def appeals_are_open_to_both(look: Look) -> Iterator[Finding]:
    """L12: exchange the parties, and the same appeals are open."""
    book = look.book
    rights: dict[str, dict[object, Step]] = {}
    for step in book.steps_that_are(Is.APPEAL):
        for office in step.by:
            if office in book.parties:
                right: object = (step.within, step.grounds, tuple(i.within for i in step.instead if i.within))
                rights.setdefault(office, {})[right] = step
    sides = [name for role in ("complainant", "respondent") if (name := book.party_office(role))]
    for one in sides:
        for right, step in rights.get(one, {}).items():
            for other in sides:
                if other != one and right not in rights.get(other, {}):
                    how = "on the same grounds and in the same time" if rights.get(other) else "at all"
                    says = f"The {one} may appeal by {step.name}; the {other} may not appeal {how}."
                    remedy = f'Add "{other}" to by, or accept this with a reason, which will be published.'
                    yield finding(book, "L12", heading(step), says, remedy, key="by")


def sanctions_wait_for_the_appeal(look: Look) -> Iterator[Finding]:
    """L13: no sanction takes effect while it can still be appealed.

    One that says nothing begins at once: a warning; one that says something earlier is an error. What only
    stands on the record, and is spent, changes nothing while the appeal runs.
    """
    book = look.book
    if not book.steps_that_are(Is.APPEAL):
        return
    for name, rung in book.sanctions.items():
        if not _bears(rung):
            continue
        at = f"sanction.{name}"
        remedy = 'Say begins = "when the time to appeal has run out".'
        if rung.begins is None:
            says = f"{name} does not say when it begins, and so begins at once, though it can be appealed."
            yield finding(book, "L13", at, says, remedy, severity=Severity.WARNING)
        else:
            parts = rung.begins.parts if isinstance(rung.begins, LaterOf) else (rung.begins,)
            if not any(Event.APPEAL_TIME_OVER in part.reference.any_of for part in parts):
                says = f"{name} begins before the time to appeal has run out."
                yield finding(book, "L13", at, says, remedy)


def _bears(rung: Sanction) -> bool:
    return rung.least is not None or rung.most is not None or rung.spent is None


def measures_can_be_appealed(look: Look) -> Iterator[Finding]:
    """L14, on the graph: whom a measure binds can have others look at it, and they can end it."""
    book, graph = look.book, look.graph
    ends = {
        name: {
            move.step
            for effect, (move, _) in look.happening("ends").items()
            if move.kind == "act" and any(e.kind == "ends" and e.name == name for e in effect.events)
        }
        for name in book.measures
    }
    taken = {move.step for move, _ in graph.seen.values() if move.kind == "act"}
    for name, measure in book.measures.items():
        ordering = [step for step in book.steps.values() if _begins(step, name)]
        by = {office for step in ordering for office in step.by}
        asks = [
            s for s in book.steps.values() if s.name in taken and name in s.stages and {*s.by} & book.parties
        ]
        stages = {each.what.name for s in asks for each in s.then if isinstance(each.what, BeginsStage)}
        lifting = [
            step
            for step in map(book.steps.__getitem__, sorted(ends[name] - {*measure.ends_with}))
            if not {*step.by} & by and (stages & {*step.stages} or (asks and name in step.stages))
        ]
        if not lifting:
            says = (
                f"Whoever is bound by {name} can't have it looked at by others than {_or(tuple(sorted(by)))}."
            )
            remedy = f"Add a step of the respondent to [{name}], and one of another office that can end it."
            yield finding(book, "L14", f"measure.{name}", says, remedy)


def _begins(step: Step, name: str) -> bool:
    phrases = (*step.then, *(each for outcome in step.outcomes.values() for each in outcome.then))
    return any(isinstance(each.what, BeginsStage) and each.what.name == name for each in phrases)
