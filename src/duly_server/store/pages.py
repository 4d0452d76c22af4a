"""Pages that stay fast at the end: each begins after the last row of the one before, never at a number."""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import F, Func, Model, QuerySet, Value
from django.db.models.fields import BooleanField, Field
from django.db.models.lookups import GreaterThan, LessThan

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Page(Generic[M]):
    """Some rows, and where the next page begins: after these values; None if these were the last."""

    rows: tuple[M, ...]
    after: tuple[Any, ...] | None


def page(
    query: QuerySet[M],
    *,
    by: tuple[str, ...],
    size: int,
    after: tuple[Any, ...] | None = None,
    descending: bool = False,
) -> Page[M]:
    """At most `size` rows in the order of the columns `by`, which together tell every two rows apart.

    `after` are the values of those columns in the last row of the page before; they need not be those of a
    row that still exists. An index on the columns, in this order, makes every page cost the same.
    """
    if after is not None:
        fields = [query.model._meta.get_field(name) for name in by]
        there = _Row(*(F(name) for name in by))
        mark = _Row(
            *(Value(v, output_field=f) for v, f in zip(after, fields, strict=True) if isinstance(f, Field))
        )
        query = query.filter(LessThan(there, mark) if descending else GreaterThan(there, mark))
    rows = list(query.order_by(*(f"-{name}" if descending else name for name in by))[: size + 1])
    there_is_more = len(rows) > size
    rows = rows[:size]
    return Page(tuple(rows), tuple(getattr(rows[-1], name) for name in by) if there_is_more else None)


class _Row(Func):
    """Several columns as one value, which both databases compare by an index: (due_on, reference) > (...)."""

    function = ""
    output_field = BooleanField()
