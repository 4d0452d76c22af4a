"""Who owes something, in every marking: L01, L03, L31 and N02."""

from collections.abc import Iterator

from duly.lint.effects import Effect
from duly.lint.look import Look, escalates, first_step, is_told, place_of, said, the_way
from duly.lint.machine import Clock
from duly.rulebook.finding import Finding, Severity, finding
from duly.rulebook.phrases import NothingFollows, Tells
from duly.rulebook.steps import Is
from duly.rulebook.walk import heading


def somebody_owes_something(look: Look) -> Iterator[Finding]:
    """L01: every stage has a time of an office's; in every marking somebody owes something.

    Progress reports are left aside: they are owed all the while and bring nothing forward.
    """
    book, of = look.book, look.machine.bits.of
    seen = 0
    for _, marking in look.open_markings():
        seen |= marking
    for stage in book.stages:
        offices = [
            clock
            for clock in look.machine.clocks
            if stage in look.step_of(clock).stages and not clock.is_party and _counts(look, clock)
        ]
        if seen & of["open", stage] and not offices:
            at = first_step(book, stage)
            says = f"{stage} has no time that binds an office: only the parties can be late in it."
            remedy = f'Add within = "... after {stage} begins" to a step of an office in it.'
            yield finding(book, "L01", at, says, remedy)
    owed = look.owed(lambda clock: _counts(look, clock))
    told: list[tuple[str, ...]] = []
    for place, marking in look.open_markings():
        stages = look.open_stages(marking) if not marking & owed else ()
        if marking & owed or is_told(stages, told):
            continue
        told.append(stages)
        way = look.graph.way_to(place)
        at = place_of(book, way[-1]) if way else first_step(book, book.stages[0])
        where = " and ".join(stages) or "no stage"
        says = f"Nobody owes anything while {where} is open, for instance {the_way(way)}."
        remedy = 'Give a step that comes next a time: within = "... after ...".'
        yield finding(book, "L01", at, says, remedy)


def _counts(look: Look, clock: Clock) -> bool:
    return not look.is_of(clock, Is.PROGRESS)


def silence_is_bounded(look: Look) -> Iterator[Finding]:
    """L03: if nobody ever acts, the case is closed or somebody is told."""
    book, graph = look.book, look.graph
    told = look.owed(lambda clock: _counts(look, clock) and escalates(clock))
    owed = look.owed(lambda clock: _counts(look, clock))
    silent = {n: m for n, m in look.open_markings() if m & owed and not m & told}
    safe = _safe(look, silent)
    stages: list[tuple[str, ...]] = []
    for place, marking in silent.items():
        here = look.open_stages(marking)
        if place in safe or is_told(here, stages):
            continue
        stages.append(here)
        way = graph.way_to(place)
        at = place_of(book, way[-1]) if way else first_step(book, book.stages[0])
        owing = next(clock for clock in look.machine.clocks if marking & clock.run and _counts(look, clock))
        says = (
            f"If nobody acts any more {the_way(way)}, nothing follows: when the time for "
            f"{owing.limit.step} has run out nobody is told, and the case stays open for ever."
        )
        remedy = f'Let [{heading(look.step_of(owing))}] say if_late = "tells ...", or what is to follow.'
        yield finding(book, "L03", at, says, remedy)
    yield from _only_told(look)


def _safe(look: Look, silent: dict[int, int]) -> set[int]:
    """Of these markings those from which time alone, in whatever order, leads to one that is not silent."""
    graph = look.graph
    ways = {
        place: [graph.target[edge] for edge in look.leaving(place) if graph.move[edge].kind == "late"]
        for place in silent
    }
    safe: set[int] = set()
    changed = True
    while changed:
        more = {
            place
            for place, targets in ways.items()
            if place not in safe and targets and all(t not in silent or t in safe for t in targets)
        }
        safe |= more
        changed = bool(more)
    return safe


def _only_told(look: Look) -> Iterator[Finding]:
    """A time of an office's after which somebody is told, and nothing else ever follows: a warning."""
    book = look.book
    places: dict[str, str] = {}
    for clock in look.machine.clocks:
        whats = [phrase.what for phrase in clock.phrases]
        if clock.is_party or not _counts(look, clock) or not any(isinstance(w, Tells) for w in whats):
            continue
        if all(isinstance(what, Tells | NothingFollows) for what in whats):
            own = clock.limit.if_late is not None
            named = clock.limit.name != clock.limit.step
            at = f"limit.{clock.limit.name}" if named else heading(look.step_of(clock))
            places.setdefault(at if own else "defaults", clock.limit.step)
    for at, step in places.items():
        key = "if_an_office_is_late" if at == "defaults" else "if_late"
        says = f"When {step} is late somebody is told, and nothing else follows, however late it becomes."
        if at == "defaults":
            says = (
                "When an office is late somebody is told, and nothing else follows, however late it becomes."
            )
        remedy = "Say what follows in the end, or accept this with a reason, which will be published."
        yield finding(book, "L03", at, says, remedy, key=key, severity=Severity.WARNING)


def progress_is_owed(look: Look) -> Iterator[Finding]:
    """L31: whoever waits hears of the case at a stated interval."""
    book = look.book
    steps = book.steps_that_are(Is.PROGRESS)
    if not steps:
        says = "Nobody owes the parties any word on how their case goes on."
        remedy = 'Add [anytime.update] with within = "6 weeks after the latest of the case opens or update".'
        yield finding(book, "L31", "anytime", says, remedy)
        return
    owed = look.owed(lambda clock: look.is_of(clock, Is.PROGRESS))
    missing = next(((n, m) for n, m in look.open_markings() if not m & owed), None)
    if missing is not None:
        way = look.graph.way_to(missing[0])
        says = f"Nobody owes the parties a word on progress {the_way(way)}."
        remedy = (
            'Count it from "the latest of the case opens or update", and let it happen any number of times.'
        )
        yield finding(book, "L31", heading(steps[0]), says, remedy, key="within")


def stages_begin_with_something_owed(look: Look) -> Iterator[Finding]:
    """N02: nothing is owed in a stage when it begins, a second time above all."""
    book, graph, machine = look.book, look.graph, look.machine
    begins = {
        effect: tuple(
            (stage, machine.bits.of["open", stage], _owed_in(look, stage))
            for stage in dict.fromkeys(each.name for each in effect.events if each.kind == "begins")
            if stage in book.stages
        )
        for effect in look.happening("begins")
    }
    told: set[tuple[str, str]] = set()
    for effect, several in begins.items():
        for stage, is_open, owed in several:
            move, edge = graph.seen[effect][0], _without(look, effect, is_open, owed)
            if edge is None or (stage, said(move)) in told:
                continue
            told.add((stage, said(move)))
            again = any(book.steps[s.step].home == stage for s in graph.way_to(graph.source[edge]) if s.step)
            when = "begins again" if again else "begins"
            says = f"Nothing is owed by anyone in {stage} when it {when} (from {said(move)})."
            remedy = f'Add within = "... after {stage} begins" to one of its steps.'
            yield finding(book, "N02", first_step(book, stage), says, remedy)


def _owed_in(look: Look, stage: str) -> int:
    return look.owed(lambda clock: stage in look.step_of(clock).stages)


def _without(look: Look, effect: Effect, is_open: int, owed: int) -> int | None:
    """The first edge with this effect after which the stage is open and nothing in it owed."""
    after = ((edge, look.graph.markings[look.graph.target[edge]]) for edge in look.having.get(effect, ()))
    return next((edge for edge, marking in after if marking & is_open and not marking & owed), None)
