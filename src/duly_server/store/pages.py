"""Pages that stay fast at the end: each begins after the last row of the one before, or ends before the first
row of the one after, and never at a number. The last page is read from the end."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import F, Func, Model, QuerySet, Value
from django.db.models.fields import BooleanField, Field
from django.db.models.lookups import GreaterThan, LessThan

M = TypeVar("M", bound=Model)

Mark = tuple[Any, ...]
END: Mark = ()  # before the end: the last page


@dataclass(frozen=True, slots=True)
class Page(Generic[M]):
    """Some rows; the next page begins after the values `after`, the one before ends before the values
    `before`. None: there is no such page."""

    rows: tuple[M, ...]
    after: Mark | None
    before: Mark | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Which page: at most `size` rows in the order of the columns `by`, which together tell every two rows
    apart. An index on the columns, in this order, makes every page cost the same.

    `after` or `before`, never both, are the values of those columns in a row beside the page; it need not
    exist any longer. Neither: the first page; `before` END: the last.
    """

    by: tuple[str, ...]
    size: int
    after: Mark | None = None
    before: Mark | None = None
    descending: bool = False


def page(
    query: QuerySet[M],
    *,
    by: tuple[str, ...],
    size: int,
    after: Mark | None = None,
    before: Mark | None = None,
    descending: bool = False,
) -> Page[M]:
    """The rows of one page; see Place."""
    place = Place(by=by, size=size, after=after, before=before, descending=descending)
    return page_of(in_order(query, place), place)


def in_order(query: QuerySet[M], place: Place) -> QuerySet[M]:
    """The rows of a page, from its other end if it is read backwards, and one more that tells of a next."""
    falling = place.descending is not (place.before is not None)
    values = place.after if place.before is None else place.before
    if values:
        fields = [query.model._meta.get_field(name) for name in place.by]
        there = _Row(*(F(name) for name in place.by))
        mark = _Row(
            *(Value(v, output_field=f) for v, f in zip(values, fields, strict=True) if isinstance(f, Field))
        )
        query = query.filter(LessThan(there, mark) if falling else GreaterThan(there, mark))
    return query.order_by(*(f"-{name}" if falling else name for name in place.by))[: place.size + 1]


def page_of(found: Iterable[M], place: Place) -> Page[M]:
    """The page made of what `in_order` found."""
    rows = list(found)
    there_is_more = len(rows) > place.size
    rows = rows[: place.size]
    if not rows:
        return Page((), None)
    if place.before is None:
        goes_on, goes_back = there_is_more, place.after is not None
    else:
        rows.reverse()
        goes_on, goes_back = place.before != END, there_is_more
    first, last = (tuple(getattr(row, name) for name in place.by) for row in (rows[0], rows[-1]))
    return Page(tuple(rows), last if goes_on else None, first if goes_back else None)


class _Row(Func):
    """Several columns as one value, which both databases compare by an index: (due_on, reference) > (...)."""

    function = ""
    output_field = BooleanField()
