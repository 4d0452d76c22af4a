"""Every time and every thing that follows in a book, each with the path at which it stands."""

from collections.abc import Iterator
from dataclasses import dataclass

from duly.rulebook.book import Rulebook
from duly.rulebook.phrases import Consequence, LaterOf, Reference, Timing
from duly.rulebook.steps import Instead, Limit, Step


@dataclass(frozen=True, slots=True)
class PlacedTiming:
    """A time at `path`, under `heading`. `step` is whose time it is, if a step's."""

    timing: Timing
    path: str
    heading: str
    step: str = ""

    @property
    def references(self) -> tuple[Reference, ...]:
        parts = self.timing.parts if isinstance(self.timing, LaterOf) else (self.timing,)
        return tuple(part.reference for part in parts)


@dataclass(frozen=True, slots=True)
class Following:
    """What follows `step`, at `path`; `when_late` if it follows a time that ran out."""

    consequence: Consequence
    path: str
    key: str
    when_late: bool
    step: Step | None = None


def heading(step: Step) -> str:
    return f"{step.home}.{step.name}"


def timings(book: Rulebook) -> Iterator[PlacedTiming]:
    for step in book.steps.values():
        place = heading(step)
        for key, times in (("within", step.within), ("not_before", step.not_before)):
            for n, timing in enumerate(times):
                yield PlacedTiming(timing, f"{place}.{key}.{n}", place, step.name)
        yield from _instead(step.instead, place, step.name)
    for limit in book.named_limits:
        place = f"limit.{limit.name}"
        yield PlacedTiming(limit.timing, f"{place}.within.{limit.part}", place, limit.step)
        if limit.part == 0:
            yield from _instead(limit.instead, place, limit.step)
    for name, day in book.days.items():
        for key, times in (("not_before", day.not_before), ("not_after", day.not_after)):
            for n, timing in enumerate(times):
                yield PlacedTiming(timing, f"day.{name}.{key}.{n}", f"day.{name}")
    if book.fast_track:
        for name, times in book.fast_track.shorter.items():
            for timing in times:
                yield PlacedTiming(timing, f"fast_track.shorter.{name}", "fast_track", name)
    for name, conduct in book.conduct.items():
        if conduct.too_old:
            yield PlacedTiming(conduct.too_old.timing, f"conduct.{name}.too_old", f"conduct.{name}")


def _instead(several: tuple[Instead, ...], place: str, step: str) -> Iterator[PlacedTiming]:
    for n, instead in enumerate(several):
        for timing in instead.within or ():
            yield PlacedTiming(timing, f"{place}.instead.{n}.within", place, step)


def following(book: Rulebook) -> Iterator[Following]:
    for step in book.steps.values():
        place = heading(step)
        for consequence in step.then:
            yield Following(consequence, f"{place}.then", "then", False, step)
        for name, outcome in step.outcomes.items():
            path = f"{place}.outcomes.{name}"
            path = path if path in book.lines else f"{place}.outcome.{name}.then"
            for consequence in outcome.then:
                yield Following(consequence, path, "outcomes", False, step)
        for consequence in step.if_late or ():
            yield Following(consequence, f"{place}.if_late", "if_late", True, step)
    for limit in _first_parts(book):
        for consequence in limit.if_late or ():
            step_of = book.steps.get(limit.step)
            yield Following(consequence, f"limit.{limit.name}.if_late", "if_late", True, step_of)
    for consequence in book.if_an_office_is_late or ():
        yield Following(consequence, "defaults.if_an_office_is_late", "if_an_office_is_late", True)


def _first_parts(book: Rulebook) -> list[Limit]:
    return [limit for limit in book.named_limits if limit.part == 0]
