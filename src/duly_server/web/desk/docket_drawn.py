"""The rows of the docket as HTML, without the template engine: fifty rows take it longer than all else there.

Every text is escaped piece by piece; what is put together here is safe to stand in a page. A row that says
the same as before, on the same day and in the same language, is not drawn again.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from functools import lru_cache
from html import escape  # what Django's escape does, without asking each text whether it is lazy

from django.urls import get_script_prefix
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from duly_server.services.docket import Line
from duly_server.store.docket import View
from duly_server.web.desk.docket_rows import NOBODY, Row, row_of
from duly_server.web.shared.axis import Axis, weeks_axis
from duly_server.web.shared.bar import bar
from duly_server.web.shared.days import desk_day
from duly_server.web.shared.drawing import clock_bar
from duly_server.web.shared.tags import state_of


def drawn(lines: Iterable[Line], today: date, *, columns: Collection[str], view: View) -> SafeString:
    """One line of HTML for each, with a cell for each of these columns."""
    shown, around = frozenset(columns), (get_language(), get_script_prefix())
    # Every text of a row is escaped below, and no other stands in it.
    return mark_safe("".join(_drawn(line, today, shown, view, around) for line in lines))  # noqa: S308 -- escaped piece by piece


@lru_cache(maxsize=4096)
def _drawn(line: Line, today: date, shown: frozenset[str], view: View, around: object) -> str:
    """`around` is what else a row hangs on: the page's language, and where the office's addresses begin."""
    row = row_of(line, today)
    cells = [_CELLS[name](row, view) for name in _CELLS if name in shown]
    return "".join(_row(row, cells, axis_of(today) if "bar" in shown else None))


@lru_cache(maxsize=8)
def axis_of(today: date) -> Axis:
    """The weeks that the bars of the docket are drawn on."""
    return weeks_axis(today, before=7, after=6)


def _row(row: Row, cells: Iterable[str], axis: Axis | None) -> Iterator[str]:
    late = ' class="is-late"' if row.line.is_late else ""
    yield (
        f'<tr{late}><th scope="row"><a class="reference" href="{escape(row.url)}">'
        f"<bdi>{escape(row.line.reference)}</bdi></a></th>"
    )
    yield from cells
    if axis is not None:
        yield f'<td class="bar">{bar(clock_bar(row.clock, axis)) if row.clock else ""}</td>'
    yield "</tr>\n"


def _conduct(row: Row, view: View) -> str:
    line, is_closed = row.line, view is View.CLOSED
    if is_closed and line.is_at_sift:
        said = '<span class="second">not accepted</span>'
    elif (not is_closed and line.closed_on) or line.is_at_sift:
        said = f'<span class="second">{escape(row.about)}</span>'
    else:
        said = escape(line.conduct)
    return f'<td class="cut">{said}</td>'


def _stage(row: Row, view: View) -> str:
    return f'<td class="cut">{escape(row.line.stages)}</td>'


def _owed(row: Row, view: View) -> str:
    said = escape(row.line.owed)
    if row.line.of:  # the one thing in which two rows differ: never cut
        said = f'<span class="cut-before">{said}</span> · {escape(row.line.of)}'
    return f'<td class="cut cut-owed">{said}</td>'


def _whose(row: Row, view: View) -> str:
    label = ' data-label="Duty of"' if row.line.whose else ""
    holder = f' <span class="second">· {escape(row.holder)}</span>' if row.holder else ""
    return f'<td class="cut-last"{label}>{escape(row.line.whose)}{holder}</td>'


def _owner(row: Row, view: View) -> str:
    return f'<td class="cut" data-label="Owner">{escape(row.line.owner or NOBODY)}</td>'


def _days(row: Row, view: View) -> str:
    return f"<td>{state_of(row.chip) if row.chip else ''}</td>"


def _due(row: Row, view: View) -> str:
    is_known = row.line.due_on is not None
    label = ' data-label="Due"' if is_known else ""
    return f'<td class="number"{label}>{escape(row.due) if is_known else ""}</td>'


def _original(row: Row, view: View) -> str:
    moved = row.line.has_moved
    label = ' data-label="Original"' if moved else ""
    return f'<td class="number second"{label}>{escape(row.original_short) if moved else ""}</td>'


def _received(row: Row, view: View) -> str:
    return _number("Received", row.line.received_on)


def _opened(row: Row, view: View) -> str:
    return _number("Opened", row.line.opened_on, otherwise="never" if row.line.closed_on else "not yet")


def _closed(row: Row, view: View) -> str:
    said = "open"
    if row.line.closed_on:
        as_ = escape(row.line.closed_as)
        said = f'{escape(desk_day(row.line.closed_on))} <span class="second">· {as_}</span>'
    return f'<td class="cut-last" data-label="Closed">{said}</td>'


def _number(label: str, day: date | None, *, otherwise: str = "") -> str:
    said = escape(desk_day(day)) if day else otherwise
    return f'<td class="number" data-label="{label}">{said}</td>'


# In the order of the head of the table; the bar comes last.
_CELLS = {
    "conduct": _conduct,
    "stage": _stage,
    "owed": _owed,
    "whose": _whose,
    "owner": _owner,
    "days": _days,
    "due": _due,
    "original": _original,
    "received": _received,
    "opened": _opened,
    "closed": _closed,
}
