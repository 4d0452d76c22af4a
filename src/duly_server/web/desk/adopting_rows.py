"""What the pages of adopting and of withdrawing share: cases with the times that run, and the form."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from duly.rulebook.prose import title
from duly.timetable.adopted import Effect, Ending, Moving
from duly_server.services.acting import Acting
from duly_server.services.adopting import adopt, preview, telling
from duly_server.services.adopting.preview import CaseEffect, Looked, LookedAt
from duly_server.store.visible import visible
from duly_server.web.desk.frame import desk_frame
from duly_server.web.shared.days import desk_day
from duly_server.web.shared.fields import long_text
from duly_server.web.shared.pages import Pager

PATIENCE = 2  # seconds that a page looks at cases; what is left is looked at by asking once more
PAGE = 25  # cases on a page


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeRow:
    """One time that runs in a case, or what lasts in it: its last day now and then, and why it moves.

    "" where there is none.

    Of what is withdrawn, `now` is the day with it, and `then` that without.
    """

    title: str
    now: str
    then: str
    because: str
    moves: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRows:
    """One open case: what becomes of it, why it is not moved, and its times. `url` "" if it is not yours."""

    reference: str
    url: str
    says: str
    why: tuple[str, ...]
    times: tuple[TimeRow, ...]


class ReasonsForm(forms.Form):
    """Reasons, and which state of the record was shown."""

    use_required_attribute = False
    reasons = long_text(
        "Who decided it, and why",
        most=adopt.LONGEST_REASONS,
        help_text="It is kept in the office’s own record with your name and the day.",
        required="Say who decided it, and why.",
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput, max_length=64)


def shown(form: ReasonsForm, looked: Looked) -> ReasonsForm:
    """The form as it goes out with what is shown now; sent once more, it knows that."""
    if not form.is_bound:
        return ReasonsForm(initial={"seen": looked.heads})
    form.data = {**form.data, "seen": looked.heads}
    return form


def for_a_while() -> Callable[[int, int], bool]:
    until = time.monotonic() + PATIENCE
    return lambda done, total: time.monotonic() < until


def bring_up_to_date(me: Acting, cases: int) -> None:
    """The lists, for as many cases as a page may take; the worker does the others."""
    more = for_a_while()
    adopt.bring_up_to_date(me, lambda count: more(count, cases))


def page(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    known = {"desk": desk_frame(request, "rulebook")}
    response = render(request, template, {**known, **context}, status=status)
    add_never_cache_headers(response)
    return response


def cases(
    request: HttpRequest, me: Acting, found: LookedAt, looked: Looked, *, url: str, undone: bool = False
) -> dict[str, Any]:
    """The summary, and one page of cases after the one that the address names; `url` is the page's own."""
    after = request.GET.get("after", "")[:16]
    some = preview.cases(found, on=me.today, after=after, at_most=PAGE)
    effects = {each.reference: each.effect for each in some if each.effect is not None}
    seen = visible(me.viewer, on=me.today).filter(reference__in=list(effects))
    theirs = frozenset(seen.values_list("reference", flat=True))
    return {
        "looked": looked,
        "summary": tuple(telling.summary(looked, undone=undone)),
        "rows": tuple(_rows(of, effect, of in theirs, undone) for of, effect in effects.items()),
        "pager": _pager(url, some, after, looked),
    }


def _rows(reference: str, effect: Effect, is_theirs: bool, undone: bool) -> CaseRows:
    return CaseRows(
        reference=reference,
        url=reverse("desk-case", args=[reference]) if is_theirs else "",
        says=telling.fate_undone(effect) if undone else telling.fate(effect),
        why=() if undone else tuple(f"{problem.says} {problem.remedy}" for problem in effect.why),
        times=(
            *(_time(effect, each, undone) for each in preview.moving_first(effect)),
            *(_time(effect, each, undone) for each in effect.ends),
        ),
    )


def _time(effect: Effect, each: Moving | Ending, undone: bool) -> TimeRow:
    before, after = (desk_day(day) if day else "" for day in (each.before, each.after))
    return TimeRow(
        title=_title(each),
        now=after if undone else before,
        then=before if undone else after,
        because=telling.cause(effect, each),
        moves=each.moves,
    )


def _title(each: Moving | Ending) -> str:
    if isinstance(each, Ending):
        return f"{'Pause' if each.is_pause else 'Measure'}: {title(each.name).lower()}, last day"
    return title(each.clock.limit.name) + (f", {each.clock.key}" if each.clock.key else "")


def _pager(url: str, some: Sequence[CaseEffect], after: str, looked: Looked) -> Pager | None:
    if looked.total <= PAGE:
        return None
    more = f"{url}?{urlencode({'after': some[-1].reference})}#cases" if len(some) == PAGE else ""
    says = f"{len(some)} of {looked.total} open cases"
    return Pager(says=says, first_url=f"{url}#cases" if after else "", next_url=more)
