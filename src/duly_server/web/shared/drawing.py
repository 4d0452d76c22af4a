"""The clock bar: pure geometry, from a clock and an axis to what is drawn where.

Every x and width is in per cent of the axis, so that one drawing is laid out afresh at any width, a phone's
included, and nothing is ever scaled down; heights are in pixels, counted from the middle of the bar.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from duly_server.web.shared.axis import Axis
from duly_server.web.shared.clock import ClockView, Pause


class BarSize(StrEnum):
    ROW = "row"  # 6 px, in lists
    PAGE = "page"  # 8 px, on the page of a case


class BlockKind(StrEnum):
    USED = "used"  # the office's time
    PARTYS = "partys"  # a party's time: hollow
    ENDED = "ended"  # time used by what is done: grey
    LEFT = "left"
    PAUSED = "paused"  # hatched, taller
    PAST = "past"  # hatched the other way, past the current date


class MarkKind(StrEnum):
    START = "start"
    PIN = "pin"  # the original date
    DUE = "due"  # the current date
    LATEST = "latest"  # dashed: the latest it could be
    DISC = "disc"  # where it stopped
    DISC_LATE = "disc-late"
    BEFORE = "before"  # begins before the axis
    AFTER = "after"  # runs on past the axis


_PATTERNS = {BlockKind.PAUSED: "hatch-paused", BlockKind.PAST: "hatch-past"}


@dataclass(frozen=True, slots=True)
class Block:
    kind: BlockKind
    x: float
    width: float
    height: int

    @property
    def top(self) -> int:
        return -self.height // 2

    @property
    def pattern(self) -> str:
        """The id of the hatch that fills it; "" for a plain block."""
        return _PATTERNS.get(self.kind, "")

    @property
    def x_percent(self) -> str:
        return _percent(self.x)

    @property
    def width_percent(self) -> str:
        return _percent(self.width)


@dataclass(frozen=True, slots=True)
class Added:
    """The dotted box: time added by a pause or an extension, from the original date to the current one."""

    x: float
    end: float

    @property
    def x_percent(self) -> str:
        return _percent(self.x)

    @property
    def end_percent(self) -> str:
        return _percent(self.end)


@dataclass(frozen=True, slots=True)
class Mark:
    kind: MarkKind
    x: float

    @property
    def x_percent(self) -> str:
        return _percent(self.x)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockDrawing:
    """In the order of drawing: lines of the months, today, `blocks`, `added`, `marks`."""

    says: str
    size: BarSize
    blocks: tuple[Block, ...]
    added: Added | None
    marks: tuple[Mark, ...]
    today_percent: str
    lines: tuple[str, ...]


def clock_bar(clock: ClockView, axis: Axis, *, size: BarSize = BarSize.ROW) -> ClockDrawing:
    return ClockDrawing(
        says=clock.sentence(today=axis.today),
        size=size,
        blocks=tuple(_blocks(clock, axis, 8 if size is BarSize.PAGE else 6)),
        added=_added(clock, axis),
        marks=tuple(_marks(clock, axis)),
        today_percent=_percent(axis.at(axis.today)),
        lines=tuple(
            _percent(axis.at(mark.on)) for mark in axis.marks if mark.has_line and axis.at(mark.on) > 0
        ),
    )


def _blocks(clock: ClockView, axis: Axis, thick: int) -> Iterator[Block]:
    heights = {BlockKind.PAUSED: thick + 4, BlockKind.PAST: thick + 2}
    for kind, since, until in _spans(clock, axis.today):
        height = heights.get(kind, thick)
        x, end = max(axis.at(since), 0.0), min(axis.at(until), 100.0)
        if end > x:
            yield Block(kind, x, end - x, height)


def _spans(clock: ClockView, today: date) -> Iterator[tuple[BlockKind, date, date]]:
    """Each block as days; pauses after what they interrupt, so that they are drawn on top."""
    begin, due, stopped = clock.started_on, clock.due_on, clock.stopped_on
    if begin is None:
        if due is not None:
            yield BlockKind.LEFT, clock.expected_on or today, due
        return
    end = stopped or today
    used = min(end, due) if due else end
    kind = BlockKind.ENDED if stopped else BlockKind.PARTYS if clock.is_partys else BlockKind.USED
    yield from ((kind, since, until) for since, until in _between_pauses(begin, used, clock.pauses))
    if due and end < due:
        yield BlockKind.LEFT, end, min(due, clock.original_on or due)
    if due and end > due and not clock.is_partys:  # red is a late duty of the office, never an answer
        yield BlockKind.PAST, due, end
    for pause in clock.pauses:
        yield BlockKind.PAUSED, max(pause.since, begin), min(pause.before or end, end)


def _between_pauses(begin: date, end: date, pauses: tuple[Pause, ...]) -> Iterator[tuple[date, date]]:
    for pause in sorted(pauses, key=lambda pause: pause.since):
        if pause.since > begin:
            yield begin, min(pause.since, end)
        begin = max(begin, pause.before or end)
    yield begin, end


def _added(clock: ClockView, axis: Axis) -> Added | None:
    due, original = clock.due_on, clock.original_on
    if clock.started_on is None or due is None or original is None:
        return None
    x = max(axis.at(max(original, clock.stopped_on or axis.today)), 0.0)
    end = min(axis.at(due), 100.0)
    return Added(x, end) if end > x else None


def _marks(clock: ClockView, axis: Axis) -> Iterator[Mark]:
    if clock.started_on and axis.at(clock.started_on) < 0:
        yield Mark(MarkKind.BEFORE, 0.0)
    elif clock.started_on:
        yield from _mark(MarkKind.START, clock.started_on, axis)
    if clock.has_moved and clock.original_on:
        yield from _mark(MarkKind.PIN, clock.original_on, axis)
    if clock.due_on and axis.at(clock.due_on) > 100:
        yield Mark(MarkKind.AFTER, 100.0)
    elif clock.due_on:
        yield from _mark(MarkKind.DUE if clock.started_on else MarkKind.LATEST, clock.due_on, axis)
    if clock.stopped_on:
        is_late = clock.due_on is not None and clock.stopped_on > clock.due_on and not clock.is_partys
        yield from _mark(MarkKind.DISC_LATE if is_late else MarkKind.DISC, clock.stopped_on, axis)


def _mark(kind: MarkKind, day: date, axis: Axis) -> Iterator[Mark]:
    if 0 <= axis.at(day) <= 100:
        yield Mark(kind, axis.at(day))


def _percent(x: float) -> str:
    """ "12.34%": a point in every language, never a decimal comma, or the drawing would fall apart."""
    return f"{x:.2f}%"
