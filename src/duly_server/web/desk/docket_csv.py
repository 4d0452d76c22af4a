"""The docket as a file: the rows of the address, all of them, written as they are read."""

import csv
from collections.abc import Iterator

from django.http import HttpRequest, StreamingHttpResponse
from django.views.decorators.http import require_safe

from duly_server.services import docket as lists
from duly_server.services.docket import Line
from duly_server.web.desk import docket_asked
from duly_server.web.desk.docket_asked import Asked
from duly_server.web.desk.docket_rows import chip_of
from duly_server.web.door import acting

HEADS = (
    "case",
    "at the sift",
    "conduct",
    "stage",
    "owed now",
    "clause",
    "whose duty",
    "holder",
    "owner",
    "state",
    "working days late",
    "working days left",
    "due",
    "original",
    "started",
    "received",
    "opened",
    "closed",
    "closed as",
)
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class _Echo:
    """A file that gives back each line that is written to it."""

    def write(self, text: str) -> str:
        return text


@require_safe
def download(request: HttpRequest) -> StreamingHttpResponse:
    """`text/csv` in UTF-8, days as 2026-04-23. The filters of the docket apply, its pages don't."""
    me = acting(request)
    asked: Asked = docket_asked.read(request.GET)
    writer = csv.writer(_Echo())

    def rows() -> Iterator[str]:
        yield "\ufeff" + writer.writerow(HEADS)  # the mark tells spreadsheets that it is UTF-8
        for line in lists.every_line(me, asked.view, asked.narrowing(me.today)):
            chip = chip_of(line, me.today)
            yield writer.writerow([safe(cell) for cell in _cells(line, chip.words if chip else "")])

    response = StreamingHttpResponse(rows(), content_type="text/csv; charset=utf-8")
    name = f"docket-{asked.view.value}-{me.today.isoformat()}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def safe(cell: object) -> str:
    """No cell is run by a spreadsheet: what could begin a formula is quoted."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(FORMULA) else text


def _cells(line: Line, state: str) -> tuple[object, ...]:
    return (
        line.reference,
        "yes" if line.is_at_sift else "",
        line.conduct,
        line.stages,
        line.owed_of,
        line.clause,
        line.whose,
        line.holder,
        line.owner,
        state,
        line.days if line.is_late else "",
        "" if line.is_late else line.days,
        line.due_on,
        line.original_on,
        line.started_on,
        line.received_on,
        line.opened_on,
        line.closed_on,
        line.closed_as,
    )
