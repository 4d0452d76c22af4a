"""The frame of every page of the desk: what stands at its side, and the day."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.http import HttpRequest

from duly.rulebook.prose import title
from duly.timetable.calendar import DayOutsideCalendarError
from duly_server.services.appointing import appointer
from duly_server.services.docket import span_of
from duly_server.services.whole import answerable
from duly_server.store import docket, editions
from duly_server.store.docket import Span
from duly_server.web.door import acting, now
from duly_server.web.shared.addresses import address
from duly_server.web.shared.counted import many
from duly_server.web.shared.days import public_day
from duly_server.web.shared.pages import DemoBar, DeskFrame, NavGroup, NavItem, SearchBox, UserBlock


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What the side bar and Today count, read once for a request."""

    span: Span
    of: docket.Counts


_COUNTS = "duly.counts"  # kept with the request they belong to; no header can be so named


def counts(request: HttpRequest) -> Counts:
    """The counts of whoever looks."""
    found: Counts | None = request.META.get(_COUNTS)
    if found is None:
        me = acting(request)
        span = span_of(me.today)
        found = request.META[_COUNTS] = Counts(span=span, of=docket.count(me.viewer, span))
    return found


def all_counts(request: HttpRequest) -> tuple[Counts, dict[str, int]]:
    """The same, and the cases that are mine, paused and so on (store/counting), which few pages count."""
    me = acting(request)
    span = span_of(me.today)
    of, of_cases = docket.count_all(me.viewer, span)
    request.META[_COUNTS] = Counts(span=span, of=of)
    return request.META[_COUNTS], of_cases


def desk_frame(request: HttpRequest, current: str = "docket") -> DeskFrame:
    """The frame of a page at the desk.

    `current` is today, docket, sift, register, whole, officers, rulebook or help; constant number of queries.
    """
    me = acting(request)
    numbers = counts(request).of
    book, _ = editions.in_force(me.today)
    late = numbers.late

    def item(name: str, label: str, url: str, count: str = "", *, is_late: bool = False) -> NavItem:
        return NavItem(label=label, url=url, count=count, is_current=name == current, is_late=is_late)

    return DeskFrame(
        nav=(
            NavGroup(
                (
                    item(
                        "today",
                        "Today",
                        address("desk-today"),
                        f"{many(late)} late" if late else "",
                        is_late=bool(late),
                    ),
                    item("docket", "Docket", address("desk-docket"), many(numbers.open)),
                    item("sift", "Sift", address("desk-sift"), many(numbers.sift)),
                )
            ),
            NavGroup((item("register", "Register", address("desk-register")),), "Register"),
            *_office_group(request, item),
            NavGroup(
                (
                    item("rulebook", "Rulebook", address("desk-rulebook"), book.edition),
                    item("help", "Help", "/help"),
                ),
                "To read",
            ),
        ),
        user=_user(request),
        date_line=date_line(me.today),
        home_url=address("desk-today"),
        search=SearchBox(address("desk-find"), "Find a case, clause, step, officer"),
    )


def _office_group(request: HttpRequest, item: Callable[[str, str, str], NavItem]) -> tuple[NavGroup, ...]:
    """What only those see whom the rulebook makes answerable for the office."""
    me = acting(request)
    items: list[NavItem] = []
    if answerable(me) is not None:
        items.append(item("whole", "Whole docket", address("desk-whole")))
    if appointer(me) is not None:
        items.append(item("officers", "Officers", address("desk-officers")))
    return (NavGroup(tuple(items), "Office"),) if items else ()


def _user(request: HttpRequest) -> UserBlock:
    offices = dict.fromkeys(title(actor.office) for actor in acting(request).actors())
    return UserBlock(
        name=str(request.user),
        office=", ".join(offices),
        organisation=settings.DULY_NAME,
        log_out_url=address("logout"),
        signing_in_url=address("signing-in"),
    )


def date_line(today: date) -> str:
    """ "Thursday 23 April 2026 · working day · calendar GB-ENG 2026"."""
    _, calendar = editions.in_force(today)
    try:
        closed = calendar.name_of(today)
    except DayOutsideCalendarError:
        return f"{public_day(today)} · the calendar {calendar.name} {calendar.edition} does not know this day"
    kind = f"closed: {closed}" if closed else "working day"
    return f"{public_day(today)} · {kind} · calendar {calendar.name} {calendar.edition}"


def demo(request: HttpRequest) -> dict[str, DemoBar]:
    """Context processor: the bar of a demonstration on every page of one."""
    if not settings.DULY_DEMO:
        return {}
    today, _ = now(request)
    bar = DemoBar(
        says=f"An invented association on {public_day(today)}. Nothing here is real.",
        next_day_url=address("demo-next-day"),
        people_url=address("demo-people"),
    )
    return {"demo": bar}
