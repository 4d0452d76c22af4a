"""Rows of the desk's lists, ready to be drawn: a line of the docket with its chip, its days and its bar."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.urls import get_script_prefix, reverse

from duly_server.services.docket import Line
from duly_server.web.shared import chips
from duly_server.web.shared.addresses import address
from duly_server.web.shared.chips import Chip, Glyph, Tone
from duly_server.web.shared.clock import ClockView, Pause
from duly_server.web.shared.days import desk_day, month_day, short_day

NOBODY = "unassigned"  # a duty of the office that nobody has, and a case that nobody owns


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """`holder` "" where a party owes it; `against` says how late it is against the original day.

    `about` is the kind of case: its conduct, or that it is at the sift, or closed with this still owed. `due`
    and `original` are days in words, `original_short` without the weekday.
    """

    line: Line
    url: str
    holder: str
    chip: Chip | None
    clock: ClockView | None
    against: str
    about: str
    due: str
    original: str
    original_short: str

    @property
    def clause_url(self) -> str:
        """Where the step that is owed stands in the edition that the case is under."""
        return f"{address('desk-rulebook')}?edition={self.line.edition}#{self.line.step}"


def row_of(line: Line, today: date, *, unit: str = "") -> Row:
    return Row(
        line=line,
        url=case_url(line.reference),
        holder=_holder(line),
        chip=chip_of(line, today, unit=unit),
        clock=clock_of(line),
        against=_against(line),
        about=_about(line),
        due=near_day(line.due_on, today),
        original=near_day(line.original_on, today),
        original_short=near_day(line.original_on, today, near=month_day),
    )


FAR = 300  # days: from there on the year is in doubt


def near_day(day: date | None, today: date, *, near: Callable[[date], str] = short_day) -> str:
    """ "Wed 15 Apr", and with its year where that is in doubt; nothing for no day."""
    if day is None:
        return ""
    return near(day) if abs((day - today).days) < FAR else desk_day(day)


def _about(line: Line) -> str:
    if line.closed_on is not None:
        return f"closed {short_day(line.closed_on)}"
    return "complaint at the sift" if line.is_at_sift else line.conduct


def case_url(reference: str) -> str:
    return _around(get_script_prefix()).format(reference)


@lru_cache(maxsize=8)
def _around(prefix: str) -> str:
    """The address of a case, to be filled in: Django takes as long to find it as to draw a row.

    A reference has only letters, digits and a hyphen in it: nothing that an address would write otherwise.
    """
    return reverse("desk-case", args=["K7QH-3M2C"]).replace("K7QH-3M2C", "{}")


def _holder(line: Line) -> str:
    if line.is_party or not line.step:
        return ""
    return "you" if line.is_mine else line.holder or NOBODY


def _against(line: Line) -> str:
    if not line.is_late:
        return ""
    if not line.has_moved or line.late_originally is None:
        return "date never moved"
    return f"{line.late_originally} against the original date"


def chip_of(line: Line, today: date, *, unit: str = "") -> Chip | None:
    """Where the duty stands today; with `unit` "" under a heading that says working days."""
    if line.due_on is None and line.closed_on is not None:
        return chips.done(line.closed_on)
    if line.due_on is None:
        return Chip(None, "nothing owed", Tone.DONE) if not line.step else chips.not_started()
    if line.is_paused:
        return chips.paused()
    if line.is_late:
        return chips.late(line.days, unit) if line.days else Chip(Glyph.LATE, "late", Tone.LATE)
    if line.due_on < today:
        return Chip(Glyph.PARTY, "ran out")
    if line.due_on == today:
        return Chip(Glyph.PARTY, "today") if line.is_party else chips.due_today("today")
    if line.days is None:
        return Chip(Glyph.RUNNING, "far off", Tone.RUNNING)
    return chips.left(line.days, unit, is_partys=line.is_party)


def clock_of(line: Line) -> ClockView | None:
    if line.due_on is None:
        return None
    return ClockView(
        due_on=line.due_on,
        started_on=line.started_on,
        original_on=line.original_on,
        is_partys=line.is_party,
        pauses=(Pause(line.paused_on),) if line.paused_on else (),
    )
