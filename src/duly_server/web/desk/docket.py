"""The docket: every open case by the duty due next, the late first; views, filters, columns, pages by key."""

from dataclasses import dataclass
from html import escape  # what Django's escape does, without asking each text whether it is lazy
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from duly_server.services import docket as lists
from duly_server.services import finding
from duly_server.services.acting import Acting
from duly_server.services.docket import LAST, PAGE, Listing
from duly_server.store import docket
from duly_server.store.counting import AT_MOST
from duly_server.store.docket import OF_DUTIES, View
from duly_server.web.desk import docket_asked
from duly_server.web.desk.docket_asked import COLUMNS, OPENED, STATES, Asked
from duly_server.web.desk.docket_drawn import axis_of, drawn
from duly_server.web.desk.frame import Counts, all_counts, desk_frame
from duly_server.web.door import acting
from duly_server.web.shared.addresses import address
from duly_server.web.shared.counted import many
from duly_server.web.shared.days import desk_day, short_day
from duly_server.web.shared.pages import Pager, Tab

LABELS = {
    View.OPEN: "All open",
    View.MINE: "Mine",
    View.LATE: "Late",
    View.SOON: "Due this week",
    View.WAITING: "Waiting on a party",
    View.PAUSED: "Paused",
    View.INTERIM: "Interim measures",
    View.UNASSIGNED: "Unassigned",
    View.SIFT: "At the sift",
    View.CLOSED: "Closed",
}
EMPTY = {
    View.OPEN: "No case is open.",
    View.MINE: "Nothing is yours.",
    View.LATE: "Nothing is late.",
    View.SOON: "Nothing is due in the next five working days.",
    View.WAITING: "Nothing is asked of a party.",
    View.PAUSED: "Nothing is paused.",
    View.INTERIM: "No interim measure is in force.",
    View.UNASSIGNED: "Everything owed is somebody’s.",
    View.SIFT: "Nothing waits at the sift.",
    View.CLOSED: "No case is closed.",
}
COUNTED = {  # what each view lists, one of it and more; a view of duties counts their cases as well
    View.OPEN: ("open case", "open cases"),
    View.MINE: ("open case that is yours", "open cases that are yours"),
    View.LATE: ("duty", "duties"),
    View.SOON: ("duty", "duties"),
    View.WAITING: ("duty", "duties"),
    View.PAUSED: ("open case whose clocks stand still", "open cases whose clocks stand still"),
    View.INTERIM: ("open case with an interim measure", "open cases with an interim measure"),
    View.UNASSIGNED: ("duty", "duties"),
    View.SIFT: ("complaint", "complaints"),
    View.CLOSED: ("closed case", "closed cases"),
}
UNITS = {view: COUNTED[view] for view in (*OF_DUTIES, View.SIFT)}  # the others count cases
NOTES = {
    View.OPEN: "the late first, then the next to fall due",
    View.MINE: "the late first, then the next to fall due",
    View.LATE: "past their date, the longest first; those of complaints at the sift are marked",
    View.SOON: "due in the next five working days",
    View.WAITING: "asked of a party; our own clocks keep running",
    View.PAUSED: "the late first, then the next to fall due",
    View.INTERIM: "a measure is no finding",
    View.UNASSIGNED: "given to nobody in the case, the late first, then the next to fall due",
    View.SIFT: "not yet accepted, the oldest first",
    View.CLOSED: "the last first",
}
KEPT = "New cases do not shift these pages: each page starts after the last row of the one before."


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    words: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Select:
    """One filter: a select of the form, with "any" at the head of its choices."""

    name: str
    label: str
    choices: tuple[Choice, ...]

    @property
    def chosen(self) -> str:
        """The value that is asked for; "" for any."""
        return next((choice.value for choice in self.choices if choice.is_chosen), "")

    @property
    def options(self) -> SafeString:
        """The choices as HTML: an office has dozens of them, and the template engine is slow."""
        said = (
            f'<option value="{escape(each.value)}"{" selected" if each.is_chosen else ""}>'
            f"{escape(each.words)}</option>"
            for each in self.choices
        )
        return mark_safe("".join(said))  # noqa: S308 -- escaped piece by piece


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    asked = docket_asked.read(request.GET)
    me = acting(request)
    try:
        what = asked.narrowing(me.today)
        found = lists.listing(me, asked.view, what, after=asked.after or None, before=asked.before or None)
    except ValueError:
        return HttpResponseRedirect(_url(asked))
    return render(request, "desk/docket/page.html", _context(request, asked, me, found))


def _context(request: HttpRequest, asked: Asked, me: Acting, found: Listing) -> dict[str, Any]:
    numbers, of_cases = all_counts(request)
    totals = _totals(numbers, of_cases)
    saved = docket.saved_views(me.viewer)
    query = asked.query()
    total = None if asked.is_narrowed else totals.get(asked.view)
    shown = {name: name in asked.shown for name in COLUMNS}
    return {
        "desk": desk_frame(request, "docket"),
        "asked": asked,
        "note": _note(asked, total),
        "tabs": tuple(
            Tab(
                label=label,
                url=_url(Asked(view=view)),
                **_counted(view, totals.get(view)),
                is_current=view is asked.view,
            )
            for view, label in LABELS.items()
        ),
        "saved": tuple(
            Tab(label=view.name, url=f"{_path()}?{view.query}", is_current=view.query == query)
            for view in saved
        ),
        "selects": _selects(asked),
        "columns": _columns(asked.shown),
        "shown": shown,
        "hidden": _hidden(asked),
        "clear_url": _url(asked.unnarrowed()),
        "csv_url": f"{address('desk-docket-csv')}?{query}",
        "query": query,
        "axis": axis_of(me.today),
        "rows": drawn(found.lines, me.today, columns=asked.shown, view=asked.view),
        "has_bars": "bar" in asked.shown,
        "empty": "Nothing fits this filter." if asked.is_narrowed else EMPTY[asked.view],
        "pager": _pager(asked, found, total),
    }


def _path() -> str:
    return address("desk-docket")


def _url(asked: Asked) -> str:
    query = asked.query()
    return f"{_path()}?{query}" if query else _path()


def view_url(view: View, **narrowed: str) -> str:
    """The address of a view of the docket."""
    return _url(Asked(view=view, **narrowed))  # type: ignore[arg-type]  # names of its text fields


@dataclass(frozen=True, slots=True)
class Total:
    """How many rows a view has: duties, and the cases they are in (None in a view of cases)."""

    rows: int
    cases: int | None = None

    def unit(self, view: View) -> str:
        """ "duties", "case", "complaints"."""
        return UNITS.get(view, ("case", "cases"))[self.rows != 1]

    def says(self, view: View) -> str:
        """ "12 duties in 9 cases", "9 open cases", "1 complaint"; "200+ duties" where no more is known."""
        said = f"{many(self.rows)} {COUNTED[view][self.rows != 1]}"
        if self.cases is None or self.rows > AT_MOST:
            return said
        return f"{said} in {self.cases} case{'' if self.cases == 1 else 's'}"


def _totals(numbers: Counts, of_cases: dict[str, int]) -> dict[View, Total]:
    """How many rows each view has; none for the closed, who are never counted."""
    return {
        View.OPEN: Total(numbers.of.open),
        View.MINE: Total(of_cases["mine"]),
        View.PAUSED: Total(of_cases["paused"]),
        View.INTERIM: Total(of_cases["interim"]),
        View.SIFT: Total(numbers.of.sift),
        View.LATE: Total(numbers.of.late, numbers.of.late_cases),
        View.SOON: Total(numbers.of.soon, numbers.of.soon_cases),
        View.WAITING: Total(numbers.of.waiting, numbers.of.waiting_cases),
        View.UNASSIGNED: Total(of_cases["unassigned"], of_cases["unassigned_cases"]),
    }


def _counted(view: View, total: Total | None) -> dict[str, str]:
    """What a tab says beside its name: a number alone would not tell duties from cases."""
    if total is None:
        return {}
    return {"count": many(total.rows), "unit": total.unit(view), "counted": total.says(view)}


def _note(asked: Asked, total: Total | None) -> str:
    """ "12 duties in 9 cases, past their date"; without numbers where it is narrowed."""
    counted = total.says(asked.view) if total else COUNTED[asked.view][1].capitalize()
    return f"{counted}, {NOTES[asked.view]}"


def _selects(asked: Asked) -> tuple[Select, ...]:
    selects = [
        ("stage", "Stage", docket_asked.names("stage")),
        ("office", "Whose duty", docket_asked.names("office")),
        ("conduct", "Conduct", docket_asked.names("conduct")),
        ("opened", "Received" if asked.view is View.SIFT else "Opened", OPENED),
    ]
    if asked.step:  # these two are asked for from the search, and stand here only then
        selects.append(("step", "Step", docket_asked.names("step")))
    if asked.officer:
        selects.append(("officer", "Officer", {asked.officer: finding.name_of(asked.officer)}))
    if asked.has_state:
        selects.append(("state", "Clock", STATES))
    return tuple(
        Select(
            name,
            label,
            (
                Choice("", "any", not getattr(asked, name)),
                *(Choice(value, said, value == getattr(asked, name)) for value, said in choices.items()),
            ),
        )
        for name, label, choices in selects
    )


def _columns(shown: tuple[str, ...]) -> SafeString:
    """A box to tick for each column there is."""
    said = (
        f'<label class="column"><input type="checkbox" name="column" value="{escape(name)}"'
        f"{' checked' if name in shown else ''}> {escape(label)}</label>"
        for name, label in COLUMNS.items()
    )
    return mark_safe("".join(said))  # noqa: S308 -- escaped piece by piece


def _hidden(asked: Asked) -> tuple[tuple[str, str], ...]:
    """What the form of filters keeps of the address: the view and the columns."""
    kept = [("view", asked.view.value)] if asked.view is not View.OPEN else []
    return (*kept, *(("column", name) for name in asked.columns))


def _pager(asked: Asked, found: Listing, total: Total | None) -> Pager:
    first = _url(asked) if asked.after or asked.before else ""
    if not found.lines:
        return Pager(says="No rows", first_url=first)
    last = found.lines[-1]
    day = f" (due {short_day(last.due_on)})" if last.due_on else ""
    if asked.view is View.CLOSED and last.closed_on:
        day = f" (closed {desk_day(last.closed_on)})"
    here = Total(len(found.lines))
    of = f"{here.rows} of {total.says(asked.view)}" if total else here.says(asked.view)
    end = f", to {last.reference}{day}" if found.after else ""
    return Pager(
        says=f"{of}{end}",
        first_url=first,
        previous_url=_beside(asked, Asked(before=found.before)) if found.before else "",
        previous_label=f"Previous {PAGE}",
        next_url=_beside(asked, Asked(after=found.after)) if found.after else "",
        next_label=f"Next {PAGE}",
        last_url=_beside(asked, Asked(before=LAST)) if found.after else "",
        note=KEPT if found.after or asked.after or asked.before else "",
    )


def _beside(asked: Asked, page: Asked) -> str:
    """Another page of the same list."""
    return f"{_path()}?{'&'.join(filter(None, (asked.query(), page.key())))}"
