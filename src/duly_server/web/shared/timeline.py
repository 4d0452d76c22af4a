"""The record as one line of facts and clocks, newest first, under what is still owed."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from duly_server.web.shared.chips import Glyph


class EffectKind(StrEnum):
    STARTS = "starts"
    STOPS = "stops"
    MOVES = "moves"
    SAYS = "says"


@dataclass(frozen=True, slots=True)
class ClockEffect:
    """What a fact did to a clock. MOVES: from `before` to `after`, as written days; SAYS: a plain remark.

    `late` is said in the colour of a duty past its date: "2 working days late".
    """

    kind: EffectKind
    says: str = ""
    late: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One fact: what happened, who and under which rule, what it did to the clocks, its number.

    `text` are words of a person, in serif where `is_quoted`; a correction names the fact it corrects in
    `title` or `by`, and nothing is edited.
    """

    on: date
    glyph: Glyph
    title: str
    place: int | None = None
    by: str = ""
    clause: str = ""
    effects: tuple[ClockEffect, ...] = ()
    text: str = ""
    is_quoted: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """What is owed and has not happened: above today's rule, on the dashed line, the furthest first."""

    on: date
    title: str
    whose: str
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Timeline:
    today: date
    entries: tuple[Entry, ...]
    owed: tuple[Owed, ...] = ()
