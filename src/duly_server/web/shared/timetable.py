"""The timetable of a case: one row for each limit, all on one axis, one of them perhaps asked why."""

from dataclasses import dataclass

from duly_server.web.shared.axis import Axis
from duly_server.web.shared.chips import Chip
from duly_server.web.shared.clock import ClockView
from duly_server.web.shared.why import WhyThisDate


@dataclass(frozen=True, slots=True, kw_only=True)
class TimetableRow:
    """`date` is the due day in words beside the chip; `beside` what stands there instead for what is done.

    `is_late` paints `beside` in the colour of a duty past its date. `why_url` asks why without script; `why`
    is there when this row was asked.
    """

    anchor: str
    title: str
    whose: str
    clock: ClockView
    chip: Chip
    clause: str = ""
    date: str = ""
    beside: str = ""
    is_late: bool = False
    note: str = ""
    why_url: str = ""
    why: WhyThisDate | None = None


@dataclass(frozen=True, slots=True)
class Timetable:
    axis: Axis
    rows: tuple[TimetableRow, ...]
