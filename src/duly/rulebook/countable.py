"""What a rulebook may say and no clock can count yet: it is read and explained, and can't be adopted."""

from collections.abc import Callable, Iterator

from duly.rulebook.book import Rulebook
from duly.rulebook.fault import Fault, shown
from duly.rulebook.finding import line_near
from duly.rulebook.phrases import Counted, LaterOf, Timing
from duly.rulebook.walk import timings
from duly.vocabulary import Length, Unit


def uncountable(book: Rulebook, *, is_zone: Callable[[str], bool] | None = None) -> tuple[Fault, ...]:
    """Each time in hours without a zone or in days of a calendar of its own, each blank not filled, by line.

    A clock under such a time would never have a due day, and nobody would be late (rulebook-format 9.10).
    With `is_zone`, which knows the time zones of the machine, also a zone that it does not know.
    """
    found = {path: length for path, length in _lengths(book) if _is_beyond(length, book)}
    faults = [_fault(book, path, length) for path, length in found.items()]
    faults += _unfilled(book)
    if is_zone is not None and not is_zone(book.counting.zone):
        faults.append(_no_zone(book))
    return tuple(sorted(faults, key=lambda fault: fault.line))


def _no_zone(book: Rulebook) -> Fault:
    path = "counting.day_ends"
    return Fault(
        line=line_near(book, path),
        says=f"[counting], day_ends: there is no time zone “{shown(book.counting.zone)}” here.",
        remedy='Write one such as "23:59 Europe/London".',
        path=path,
    )


def _unfilled(book: Rulebook) -> Iterator[Fault]:
    for name, blank in book.blanks.items():
        if blank.filled is None:
            ask = f" ({blank.ask})" if blank.ask else ""
            yield Fault(
                line=line_near(book, f"blank.{name}"),
                says=f"[blank], {name}: it is not filled{ask}.",
                remedy=f'Write is = "{blank.least}", or more, up to {blank.most}.',
                path=f"blank.{name}",
            )


def _is_beyond(length: Length, book: Rulebook) -> bool:
    """Hours need a time zone, which `day_ends` names."""
    no_zone = length.unit is Unit.HOURS and book.line("counting.day_ends") is None
    return no_zone or length.calendar is not None


def _fault(book: Rulebook, path: str, length: Length) -> Fault:
    heading, _, key = path.rpartition(".")
    why, remedy = (
        "no clock counts by such a calendar yet",
        f"Say it in days, for instance “{Length(length.amount, Unit.DAYS)}”, or in working days.",
    )
    if length.calendar is None:
        why = "hours are counted in a time zone, and [counting] names none"
        remedy = 'Add day_ends = "23:59 Europe/London" to [counting], or say it in days.'
    return Fault(
        line=line_near(book, path),
        says=f"[{heading}], {key}: “{shown(str(length))}”: {why}.",
        remedy=remedy,
        path=path,
    )


def _lengths(book: Rulebook) -> Iterator[tuple[str, Length]]:
    for placed in timings(book):
        key = placed.path.removesuffix(".0")
        yield from ((key, length) for length in _of(placed.timing))
    for key in ("by_post", "by_e_mail", "by_web", "by_hand"):
        if (length := getattr(book.counting, key)) is not None:
            yield f"counting.{key}", length
    for limit in book.limits:
        step = book.steps[limit.step]
        place = f"{step.home}.{step.name}" if limit.name == limit.step else f"limit.{limit.name}"
        if limit.extend is not None:
            yield f"{place}.extend.at_most", limit.extend.at_most
    for name, day in book.days.items():
        if day.moves is not None and day.moves.at_most is not None:
            yield f"day.{name}.moves.at_most", day.moves.at_most
    for name, measure in book.measures.items():
        if measure.at_most is not None:
            yield f"measure.{name}.at_most", measure.at_most
    for name, pause in book.pauses.items():
        yield f"pause.{name}.at_most", pause.at_most
        if pause.review_every is not None:
            yield f"pause.{name}.review", pause.review_every
    for name, rung in book.sanctions.items():
        if rung.begins is not None:
            yield from ((f"sanction.{name}.begins", length) for length in _of(rung.begins))


def _of(timing: Timing) -> Iterator[Length]:
    for part in timing.parts if isinstance(timing, LaterOf) else (timing,):
        if isinstance(part, Counted):
            yield part.length
