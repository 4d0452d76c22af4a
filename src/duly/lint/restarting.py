"""Times that begin again: N01 and N07."""

from collections.abc import Iterator

from duly.lint.look import Look
from duly.lint.machine import Clock
from duly.rulebook.finding import Finding, finding
from duly.rulebook.walk import heading


def triggers_say_which(look: Look) -> Iterator[Finding]:
    """N01: what a time counts from happens again while it runs, and it says neither first nor latest.

    The reader refuses what one key shows (`times = 3`); this is what only the way of a case shows: an act
    that a fresh round of its stage lets happen again.
    """
    told: set[tuple[str, str]] = set()
    for effect in look.happening("again"):
        for each in effect.events:
            clock = look.machine.clocks[each.clock] if each.kind == "again" else None
            if clock is None or (clock.limit.name, each.name) in told:
                continue
            told.add((clock.limit.name, each.name))
            says = f"{each.name} can happen again while the time for {clock.limit.name} runs."
            remedy = f'Say "after the first {each.name}" or "after the latest {each.name}".'
            yield finding(look.book, "N01", _place(look, clock), says, remedy, key="within")


def nobody_restarts_their_own_time(look: Look) -> Iterator[Finding]:
    """N07: whoever owes a step can begin its time afresh, by another step of theirs."""
    graph, machine = look.graph, look.machine
    fresh = {
        effect: [(each, machine.clocks[each.clock]) for each in effect.events if each.clock >= 0]
        for kind in ("started", "restarted")
        for effect in look.happening(kind)
    }
    told: set[tuple[str, str]] = set()
    for effect, events in fresh.items():
        move = graph.seen[effect][0]
        for event, clock in events if move.kind == "act" else ():
            ran = any(graph.markings[graph.source[edge]] & clock.run for edge in look.having.get(effect, ()))
            if event.kind == "restarted" or ran:
                yield from _own(look, move.step, clock, told)


def _own(look: Look, step: str, clock: Clock, told: set[tuple[str, str]]) -> Iterator[Finding]:
    book = look.book
    taker = book.steps.get(step)
    owner = look.step_of(clock)
    shared = [office for office in owner.by if taker is not None and office in taker.by]
    if taker is None or taker is owner or not shared or (step, clock.limit.name) in told:
        return
    told.add((step, clock.limit.name))
    says = f"The {shared[0]} owes {owner.name}, and can begin its time afresh by {step}."
    remedy = f'Count from "the first" instead, or give {step} to another office.'
    yield finding(book, "N07", _place(look, clock), says, remedy, key="within")


def _place(look: Look, clock: Clock) -> str:
    named = clock.limit.name != clock.limit.step
    return f"limit.{clock.limit.name}" if named else heading(look.step_of(clock))
