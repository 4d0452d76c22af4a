"""What is asked of the docket: read from its address, and written into one. Nonsense asks for nothing."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.http import QueryDict
from django.utils.http import urlencode

from duly.rulebook.prose import title
from duly_server.services import finding
from duly_server.services.docket import books
from duly_server.store.docket import OF_DUTIES, Narrowing, View

COLUMNS = {
    "conduct": "Conduct",
    "stage": "Stage",
    "owed": "Owed now",
    "whose": "Whose duty",
    "owner": "Owner",
    "days": "Working days",
    "due": "Due",
    "original": "Original",
    "received": "Received",
    "opened": "Opened",
    "closed": "Closed",
    "bar": "Clock",
}
USUAL = ("conduct", "owed", "whose", "days", "due", "original", "bar")
USUAL_OF = {
    View.SIFT: ("owed", "whose", "days", "due", "original", "received", "bar"),
    View.CLOSED: ("conduct", "owner", "received", "opened", "closed"),
}
STATES = {
    "late": "late",
    "soon": "due soon",
    "running": "running",
    "party": "waiting on a party",
    "paused": "paused",
}
OPENED = {
    "30": "in the last 30 days",
    "90": "in the last 90 days",
    "year": "this year",
    "before": "before this year",
}
FIELDS = ("stage", "office", "conduct", "step", "officer", "opened", "state")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One address of the docket. `columns` () is the usual ones; `after` and `before` () the first page."""

    view: View = View.OPEN
    stage: str = ""
    office: str = ""
    conduct: str = ""
    step: str = ""
    officer: str = ""  # the number of one of their appointments: no name stands in an address
    opened: str = ""
    state: str = ""
    columns: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    before: tuple[str, ...] = ()

    @property
    def shown(self) -> tuple[str, ...]:
        return self.columns or USUAL_OF.get(self.view, USUAL)

    @property
    def has_state(self) -> bool:
        """Whether the state of the clock may be asked for: views of duties are one state already."""
        return self.view not in OF_DUTIES and self.view is not View.CLOSED

    @property
    def is_narrowed(self) -> bool:
        return any(getattr(self, name) for name in FIELDS)

    def narrowing(self, today: date) -> Narrowing:
        since, before = _opened(self.opened, today)
        return Narrowing(
            stage=self.stage,
            office=self.office,
            conduct=self.conduct,
            step=self.step,
            officer=finding.viewer_behind(self.officer),
            opened_since=since,
            opened_before=before,
            state=self.state if self.has_state else "",
        )

    def query(self, **other: object) -> str:
        """The query string of this address, with these fields otherwise and from the first page."""
        asked = replace(self, after=(), before=(), **other)  # type: ignore[arg-type]  # fields of Asked
        said = [("view", asked.view.value)] if asked.view is not View.OPEN else []
        said += [(name, getattr(asked, name)) for name in FIELDS if getattr(asked, name)]
        said += [("column", name) for name in asked.columns]
        return urlencode(said)

    def key(self) -> str:
        """The part of a query string that says which page this is."""
        marks = {"after": self.after, "before": self.before}
        return urlencode([(name, value) for name, values in marks.items() for value in values])

    def unnarrowed(self) -> "Asked":
        return Asked(view=self.view, columns=self.columns)


def read(query: QueryDict) -> Asked:
    """What this query string asks for."""
    view = query.get("view", "")
    columns = tuple(name for name in COLUMNS if name in query.getlist("column"))
    return Asked(
        view=View(view) if view in set(View) else View.OPEN,
        stage=_name(query, "stage"),
        office=_name(query, "office"),
        conduct=_name(query, "conduct"),
        step=_name(query, "step"),
        officer=query.get("officer", "") if finding.name_of(query.get("officer", "")) else "",
        opened=query.get("opened", "") if query.get("opened", "") in OPENED else "",
        state=query.get("state", "") if query.get("state", "") in STATES else "",
        columns=() if columns == USUAL else columns,
        after=tuple(query.getlist("after")),
        before=() if query.getlist("after") else tuple(query.getlist("before")),
    )


def _name(query: QueryDict, field: str) -> str:
    """A name that some edition of the rulebook has, or nothing."""
    asked = query.get(field, "")
    return asked if asked and asked in names(field) else ""


def names(field: str) -> dict[str, str]:
    """The stages, steps, offices or conduct of every edition, with how each is called; the newest leads."""
    found: dict[str, str] = {}
    for book in books():
        if field == "stage":
            found |= {name: title(name) for name in book.stages if name not in found}
        elif field == "step":
            found |= {name: title(name) for name in book.steps if name not in found}
        elif field == "office":
            found |= {name: title(name) for name in book.offices if name not in found}
        else:
            found |= {n: c.title or title(n) for n, c in book.conduct.items() if n not in found}
    return found


def _opened(asked: str, today: date) -> tuple[date | None, date | None]:
    new_year = date(today.year, 1, 1)
    match asked:
        case "30" | "90":
            return today - timedelta(days=int(asked)), None
        case "year":
            return new_year, None
        case "before":
            return None, new_year
        case _:
            return None, None
