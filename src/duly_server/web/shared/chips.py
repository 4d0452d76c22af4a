"""Chips: a shape, then a word, then a colour; every one still reads when the colour is gone."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from duly_server.web.shared.days import short_day

WORKING_DAYS = "working days"
SOON = 4  # working days: due today to four left is soon


class Glyph(StrEnum):
    """The symbols of the sprite (templates/shared/sprite.html); each value is its id after "g-"."""

    LATE = "late"  # filled diamond with !
    SOON = "soon"  # half-filled circle
    RUNNING = "running"  # ring with a dot
    PARTY = "party"  # three dots
    PAUSED = "paused"  # two bars
    EXTENDED = "extended"  # arrow to a stop line
    DONE = "done"  # tick
    NOT_STARTED = "not-started"  # empty circle
    CLOSED = "closed"  # circle with a bar
    RESTRICTED = "restricted"  # octagon with a bar
    CLEAR = "clear"  # circled tick
    EYE = "eye"
    OPEN = "open"  # circled chevron: a step that may be taken
    FULL = "full"  # findings and assessments
    HALF = "half"
    WARNING = "warning"  # triangle with !
    LOCK = "lock"
    WITHHELD = "withheld"  # hatched tile
    STARTS = "starts"
    STOPS = "stops"
    SEARCH = "search"
    CHEVRON = "chevron"


class Tone(StrEnum):
    """What colour a chip may take. Findings, answers and assessments are PLAIN, always."""

    LATE = "late"
    SOON = "soon"
    RUNNING = "running"
    PAUSE = "pause"
    DONE = "done"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Chip:
    """`glyph` None: the word stands alone (an outcome for which no shape is right)."""

    glyph: Glyph | None
    words: str
    tone: Tone = Tone.PLAIN


def late(days: int, unit: str = WORKING_DAYS) -> Chip:
    """ "2 working days late". With `unit` "" only "2 late", under a heading that says which days."""
    return Chip(Glyph.LATE, f"{counted(days, unit)} late", Tone.LATE)


def due_today(words: str = "due today") -> Chip:
    return Chip(Glyph.SOON, words, Tone.SOON)


def left(days: int, unit: str = WORKING_DAYS, *, is_partys: bool = False) -> Chip:
    """ "5 working days left": soon from four down; a party's time is plain, for it is nobody's fault."""
    words = f"{counted(days, unit)} left"
    if is_partys:
        return Chip(Glyph.PARTY, words)
    return Chip(Glyph.SOON, words, Tone.SOON) if days <= SOON else Chip(Glyph.RUNNING, words, Tone.RUNNING)


def waiting() -> Chip:
    return Chip(Glyph.PARTY, "waiting on a party")


def paused(ground: str = "") -> Chip:
    return Chip(Glyph.PAUSED, f"paused: {ground}" if ground else "paused", Tone.PAUSE)


def done(on: date) -> Chip:
    """Done is quiet. Lateness is told in words beside the chip, and stays."""
    return Chip(Glyph.DONE, f"done {short_day(on)}", Tone.DONE)


def not_started() -> Chip:
    return Chip(Glyph.NOT_STARTED, "not started")


def extended(times: int) -> Chip:
    often = {1: "once", 2: "twice"}.get(times, f"{times} times")
    return Chip(Glyph.EXTENDED, f"extended {often}")


class Shape(StrEnum):
    """The five shapes of findings and assessments: one weight, no colour, whichever way they go."""

    FULL = "full"  # proved, meets it
    HALF = "half"  # proved in part
    EMPTY = "empty"  # not proved
    BARRED = "barred"  # withdrawn
    OUTSIDE = "outside"  # no jurisdiction


def finding(words: str, shape: Shape | None = None) -> Chip:
    """The chip of an outcome. Without a shape that is surely right, the word alone."""
    return Chip(_SHAPES[shape] if shape else None, words)


_SHAPES = {
    Shape.FULL: Glyph.FULL,
    Shape.HALF: Glyph.HALF,
    Shape.EMPTY: Glyph.NOT_STARTED,
    Shape.BARRED: Glyph.CLOSED,
    Shape.OUTSIDE: Glyph.EXTENDED,
}


def counted(days: int, unit: str = WORKING_DAYS) -> str:
    """ "1 working day", "2 working days"; the number alone when `unit` is ""."""
    if not unit:
        return str(days)
    return f"{days} {unit.removesuffix('s') if days == 1 else unit}"
