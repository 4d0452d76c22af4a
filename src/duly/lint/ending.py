"""How a case ends, and what never happens: L21, L24, L25, N04, N05, N06 and N08."""

from collections.abc import Iterator

from duly.lint.look import Look, is_told, place_of, said, the_way
from duly.rulebook.finding import Finding, Severity, finding
from duly.rulebook.phrases import CountsAs
from duly.rulebook.steps import Is, Step
from duly.rulebook.walk import heading

# The desk asks reasons of these whatever the rulebook says; who leaves, or withdraws, gives their own.
REASONED = frozenset({Is.SIFT, Is.FINDING, Is.SANCTION, Is.APPEAL_DECISION, Is.REVIEW, Is.LEAVING})


def closings_have_reasons(look: Look) -> Iterator[Finding]:
    """L21, on the graph: whoever closes a case says why."""
    book = look.book
    told: set[str] = set()
    for move, _ in look.happening("closes").values():
        step = book.steps.get(move.step)
        if step is None or move.kind != "act" or said(move) in told:
            continue
        outcome = step.outcomes.get(move.outcome)
        stated = (*step.must_state, *(outcome.must_state if outcome else ()))
        if stated or step.is_ in REASONED or set(step.by) & book.parties:
            continue
        told.add(said(move))
        says = f"{said(move)} closes the case, and nobody has to say why."
        remedy = 'Add must_state = ["reasons"].'
        yield finding(book, "L21", heading(step), says, remedy, severity=Severity.WARNING)


def leaving_has_an_outcome(look: Look) -> Iterator[Finding]:
    """L24, on the graph: somebody can record that a member left, and the case is then closed by name."""
    book = look.book
    steps = book.steps_that_are(Is.LEAVING)
    if not steps:
        says = "Nothing says what becomes of a case when the member leaves."
        remedy = 'Add [anytime.leave] with then = "closes the case as left before notice if ...".'
        yield finding(book, "L24", "anytime", says, remedy)
        return
    closing = {move.step for move, _ in look.happening("closes").values()}
    for step in steps:
        if step.name not in closing and not step.outcomes:
            says = f"{step.name} has no outcome: a member who leaves changes nothing that has a name."
            remedy = 'Say then = "closes the case as ... if ...", or name outcomes.'
            yield finding(book, "L24", heading(step), says, remedy)


def deemed_acts_are_in_play(look: Look) -> Iterator[Finding]:
    """N04: what counts as done when time is up must be possible then."""
    book = look.book
    told: set[str] = set()
    for effect, (move, place) in look.happening("not deemed").items():
        step = next(each.name for each in effect.events if each.kind == "not deemed")
        if said(move) in told:
            continue
        told.add(said(move))
        says = (
            f"When the time for {move.step} runs out it should count as {step}, which is then not in play, "
            f"{the_way(look.graph.way_to(place))}."
        )
        phrases = (
            [p.what for p in (move.limit.if_late or ()) if isinstance(p.what, CountsAs)] if move.limit else []
        )
        outcome = phrases[0].outcome if phrases else "..."
        remedy = f'End the time with the stage, or say "counts as {step}: {outcome} if ... is open".'
        yield finding(book, "N04", place_of(book, move), says, remedy, key="if_late")


def everything_can_happen(look: Look) -> Iterator[Finding]:
    """N05: a step, or an outcome of one, that no case can come to."""
    book = look.book
    taken = {(move.step, move.outcome) for move, _ in look.graph.seen.values() if move.kind == "act"}
    deemed = {each.name for effect in look.graph.seen for each in effect.events if each.kind == "deemed"}
    for step in book.steps.values():
        if step.is_ is Is.RECEIPT:
            continue
        open_ = [outcome for outcome in step.outcomes if (step.name, outcome) in taken]
        at = heading(step)
        if not any(name == step.name for name, _ in taken):
            says = f"{step.name} can never be done: no case comes to where it may be."
            if step.name in deemed:
                says = f"{step.name} can never be done by anybody: it only counts as done."
            yield finding(book, "N05", at, says, _mend(step))
            continue
        for outcome in step.outcomes:
            if outcome not in open_:
                says = f"{step.name} can never end in {outcome}."
                remedy = f"Look at what [{at}.outcome.{outcome}] asks for, or take the outcome out."
                yield finding(book, "N05", at, says, remedy, key=f"outcomes.{outcome}")


def _mend(step: Step) -> str:
    if step.after or step.only_if.all_of:
        return "Look at its after and only_if: together they are never true."
    return "Let something begin its stage, or take the step out."


def every_marking_can_close(look: Look) -> Iterator[Finding]:
    """N06: a case that cannot be brought to an end. That a party may leave is no end of it."""
    book, graph = look.book, look.graph
    leaving = {step.name for step in book.steps_that_are(Is.LEAVING)}
    can = look.reach(
        edge
        for effect, (move, _) in look.happening("closes").items()
        if move.step not in leaving
        for edge in look.having.get(effect, ())
    )
    told: list[tuple[str, ...]] = []
    for place, marking in look.open_markings():
        stages = look.open_stages(marking) if not can[place] else ()
        if can[place] or is_told(stages, told):
            continue
        told.append(stages)
        way = graph.way_to(place)
        at = place_of(book, way[-1]) if way else "stages"
        where = f"in {' and '.join(stages)}" if stages else "in no stage"
        says = f"The case is stuck {where} {the_way(way)}: nothing that may be done, and no time, closes it."
        remedy = "Let a step or a time that is left there go to another stage, or close the case."
        yield finding(book, "N06", at, says, remedy)


def no_window_cuts_off_another(look: Look) -> Iterator[Finding]:
    """N08: one side's silence ends what the other side's appeal needs."""
    book, graph = look.book, look.graph
    own = {step.name for step in book.steps_that_are(Is.APPEAL)}
    pending = look.owed(lambda clock: look.is_of(clock, Is.APPEAL_DECISION))
    told: set[str] = set()
    for move, edges in look.taking(lambda move: move.kind == "late" and move.step in own):
        cuts = (edge for edge in edges if _lost(look, edge) & (pending | _windows(look, edge, own)))
        edge = next(cuts, None)
        if edge is not None and move.step not in told:
            told.add(move.step)
            way = the_way(graph.way_to(graph.source[edge]))
            says = f"The end of one side's time for {move.step} cuts off the other side's appeal, {way}."
            remedy = (
                f'Add "if {move.step} is not owed and ... is not open" to what closes the case or goes on.'
            )
            yield finding(book, "N08", place_of(book, move), says, remedy, key="if_late")


def _lost(look: Look, edge: int) -> int:
    """What was so before the move and is not so after it."""
    graph = look.graph
    return graph.markings[graph.source[edge]] & ~graph.markings[graph.target[edge]]


def _windows(look: Look, edge: int, own: set[str]) -> int:
    """The times to appeal of others that still run and have not run out."""
    move, before = look.graph.move[edge], look.graph.markings[look.graph.source[edge]]
    return sum(
        clock.run
        for clock in look.machine.clocks
        if clock.limit.step in own
        and not (clock.limit.step == move.step and clock.member == move.member)
        and not (clock.up and before & clock.up)
    )
