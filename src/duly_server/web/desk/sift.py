"""The complaints that wait at the sift, the oldest first."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from duly.rulebook.prose import title
from duly_server.services.history import shelf
from duly_server.services.sift_list import Duty, SiftPage, Waiting, waiting
from duly_server.store.complaints import ComplaintRow
from duly_server.web.desk.case_limits import working_days
from duly_server.web.desk.frame import desk_frame
from duly_server.web.door import acting
from duly_server.web.shared import chips
from duly_server.web.shared.chips import Chip, Glyph, Tone
from duly_server.web.shared.days import desk_day
from duly_server.web.shared.pages import Pager


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A day that something is owed by: the chip and the day; without a chip, words alone."""

    chip: Chip | None
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    reference: str
    url: str
    received: str
    came: str
    where: str
    acknowledge: Cell
    sift: Cell
    is_late: bool


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """One page of the list; `?after=` is where it begins."""
    who = acting(request)
    found = waiting(who, after=_after(request.GET.get("after", "")))
    context = {
        "desk": desk_frame(request, "sift"),
        "rows": tuple(_row(each, who.today) for each in found.rows),
        "pager": _pager(found, is_first="after" not in request.GET),
        "has_history": shelf.is_any(who),
    }
    return render(request, "desk/sift/list.html", context)


def _after(text: str) -> tuple[date, str] | None:
    """Where a page begins; what nobody was given begins at the first."""
    day, _, reference = text.partition("_")
    try:
        return (date.fromisoformat(day), reference) if reference else None
    except ValueError:
        return None


def _pager(found: SiftPage, *, is_first: bool) -> Pager | None:
    if found.after is None and is_first:
        return None
    day, reference = found.after or (None, "")
    return Pager(
        says=f"{len(found.rows)} complaints",
        first_url="" if is_first else "?",
        next_url=f"?{urlencode({'after': f'{day}_{reference}'})}" if day else "",
    )


def _row(each: Waiting, today: date) -> Row:
    duties = [duty for duty in (each.acknowledge, each.sift) if duty is not None]
    return Row(
        reference=each.reference,
        url=reverse("desk-sift-complaint", args=[each.reference]),
        received=desk_day(each.received_on),
        came=", ".join(how_it_came(row) for row in each.complaints),
        where=each.stages,
        acknowledge=_cell(each, each.acknowledge, today, otherwise="done"),
        sift=_sift(each, today),
        is_late=any(duty.due_on < today and not duty.paused for duty in duties),
    )


def how_it_came(row: ComplaintRow) -> str:
    """ "named, by web"; of what came from a file, that it is history."""
    return "history" if row.is_history else f"{row.naming}, by {row.channel}"


def _sift(each: Waiting, today: date) -> Cell:
    """Where the sift has been, what is owed since; where its time has not started, that."""
    if each.sift is None and each.acknowledge is None and each.other is not None:
        words = f"{title(each.other.step)} by {desk_day(each.other.due_on)}"
        return Cell(chip=Chip(Glyph.PARTY, "waiting on a party") if each.other.is_party else None, says=words)
    return _cell(each, each.sift, today, otherwise="its time has not started")


def _cell(each: Waiting, duty: Duty | None, today: date, *, otherwise: str) -> Cell:
    if duty is None:
        return Cell(chip=None, says=otherwise)
    moved = f", originally {desk_day(duty.original_on)}" if duty.original_on != duty.due_on else ""
    return Cell(chip=_chip(each, duty, today), says=f"{desk_day(duty.due_on)}{moved}")


def _chip(each: Waiting, duty: Duty, today: date) -> Chip:
    if duty.paused:
        return chips.paused()
    if duty.due_on < today:
        days = working_days(each.calendar, duty.due_on, today)
        return chips.late(days) if days else Chip(Glyph.LATE, "late", Tone.LATE)
    if duty.due_on == today:
        return chips.due_today()
    days = working_days(each.calendar, today, duty.due_on)
    return chips.left(days) if days is not None else Chip(Glyph.RUNNING, "running", Tone.RUNNING)
