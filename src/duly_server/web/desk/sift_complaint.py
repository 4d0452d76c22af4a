"""One complaint at the sift: what came in, read through its seal; then the decision."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.html import format_html, format_html_join
from django.views.decorators.http import require_http_methods

from duly.procedure.next_steps import NextStep
from duly.record.facts import Fact, Imported, Submitted
from duly.rulebook.steps import Is, Step
from duly.timetable.calendar import DayOutsideCalendarError
from duly.timetable.counting import CannotCountError
from duly.timetable.milestones import accepted_on
from duly_server.services import case_page, seals, sift
from duly_server.services.case_page import CasePage
from duly_server.services.casework import ActedFirstError, UnableToActError
from duly_server.services.seals import Opened
from duly_server.web.desk.case import find
from duly_server.web.desk.case_head import head_of
from duly_server.web.desk.case_next import next_steps_of, reasons
from duly_server.web.desk.frame import desk_frame
from duly_server.web.desk.seals import WHO_SEES, content_of
from duly_server.web.desk.sift_form import SiftForm, counts_from, with_more
from duly_server.web.desk.steps_asked import (
    ACTED_FIRST,
    REFUSED,
    Asked,
    acted_first_refusal,
    case_url,
    refused_for,
    sort_problems,
)
from duly_server.web.shared.days import desk_day
from duly_server.web.shared.refusal import Refusal
from duly_server.web.shared.steps import NextSteps


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """What the record says of a complaint in clear: when and how it came, never what it says."""

    reference: str
    received: str
    how: str
    in_danger: bool


@require_http_methods(["GET", "HEAD", "POST"])
def sift_one(request: HttpRequest, reference: str) -> HttpResponse:
    """The page of one complaint. `do` says what was asked: read it, another line, or the decision."""
    page = find(request, reference)
    step = next(iter(page.book.steps_that_are(Is.SIFT)), None)
    if step is None:
        raise Http404
    if request.method != "POST":
        if accepted_on(page.marking) is not None or page.marking.closed_on is not None:
            return HttpResponseRedirect(case_url(reference))
        return _answer(request, page, _form(page, step))
    match request.POST.get("do", "").partition(":"):
        case ("read", _, _):
            return _read(request, page, step)
        case ("more", _, asked):
            return _more(request, page, step, asked)
        case _:
            return _decide(request, page, step)


def is_reading(request: HttpRequest, reference: str) -> bool:
    """Whether seals are to be opened."""
    return request.POST.get("do") == "read"


def _standing(page: CasePage, step: Step) -> list[NextStep]:
    return [each for each in page.steps() if each.step is step]


def _form(page: CasePage, step: Step, data: QueryDict | None = None) -> SiftForm:
    """An empty form, or one that was sent."""
    counts = counts_from(data.get("counts", "")) if data else (1,)
    return SiftForm(page, step, _standing(page, step), counts=counts, data=data)


def _kept(page: CasePage, step: Step, typed: QueryDict, more: str = "") -> SiftForm:
    """A form that keeps what was typed so far and judges nothing yet, perhaps with a line more."""
    counts = with_more(counts_from(typed.get("counts", "")), more)
    form = SiftForm(page, step, _standing(page, step), counts=counts)
    for name in form.fields:
        if name in typed:
            form.initial[name] = typed.getlist(name) if _is_several(form, name) else typed.get(name)
    form.initial["seen"] = typed.get("seen") or page.state.head
    form.initial["counts"] = ",".join(map(str, counts))
    return form


def _is_several(form: SiftForm, name: str) -> bool:
    return getattr(form.fields[name].widget, "allow_multiple_selected", False) is True


# --- what was asked --------------------------------------------------------------------------------------


def _read(request: HttpRequest, page: CasePage, step: Step) -> HttpResponse:
    """Open the complaint's seals: noted first, then shown on this answer."""
    form = _kept(page, step, request.POST)
    sealed = seals.seals_of(page.acting, page.case)
    codes = [each.seal.code for each in sealed if each.seal.chain.startswith("complaint/")]
    try:
        no_conflict = "no_conflict" in request.POST
        opened = seals.open_seals(
            page.acting, page.reference, codes, reason=form.why(), no_conflict=no_conflict
        )
    except UnableToActError as unable:
        refused = refused_for("The complaint was not opened", unable.problems)
        return _answer(request, page, form, refused=refused, status=REFUSED)
    return _answer(request, page, form, opened=opened)


def _more(request: HttpRequest, page: CasePage, step: Step, asked: str) -> HttpResponse:
    form = _kept(page, step, request.POST, asked)
    return _answer(request, page, form, opened=seals.still_open(page.acting, page.case))


def _decide(request: HttpRequest, page: CasePage, step: Step) -> HttpResponse:
    form = _form(page, step, request.POST)
    asked = Asked(heading="The decision of the sift", form=form)
    opened = seals.still_open(page.acting, page.case)
    if not form.is_valid():
        return _answer(request, page, form, opened=opened, status=REFUSED)
    try:
        cases = sift.settle(
            page.acting,
            page.reference,
            outcome=form.cleaned_data["outcome"],
            reasons=form.text("reasons"),
            accused=form.accused(),
            on=form.cleaned_data["on"],
            seen=form.cleaned_data["seen"],
            taken=form.taken(),
        )
    except UnableToActError as unable:
        refused = sort_problems(asked, unable)
        return _answer(request, page, form, opened=opened, refused=refused, status=REFUSED)
    except ActedFirstError as first:
        now = case_page.read(page.acting, page.reference)
        again = request.POST.copy()
        again["seen"] = str(now.state.head)
        refused = acted_first_refusal(asked.not_done, page.reference, first)
        return _answer(request, now, _kept(now, step, again), refused=refused, status=ACTED_FIRST)
    except (DayOutsideCalendarError, CannotCountError) as fault:
        form.add_error(None, f"{fault.says} {fault.remedy}")
        return _answer(request, page, form, opened=opened, status=REFUSED)
    _say(request, cases)
    return HttpResponseRedirect(case_url(page.reference), status=303)


def _say(request: HttpRequest, cases: tuple[str, ...]) -> None:
    if len(cases) == 1:
        messages.success(request, "The decision of the sift is recorded.")
    else:
        links = format_html_join(
            ", ",
            '<a class="reference" href="{}"><bdi>{}</bdi></a>',
            ((case_url(each), each) for each in cases[1:]),
        )
        said = "The decision is recorded. The other respondents' cases: {}."
        messages.success(request, format_html(said, links))


# --- the page --------------------------------------------------------------------------------------------


def _answer(
    request: HttpRequest,
    page: CasePage,
    form: SiftForm,
    *,
    opened: tuple[Opened, ...] = (),
    refused: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    steps = page.steps()
    others = tuple(each for each in steps if each.is_open and each.step is not form.step)
    own = [each for each in steps if each.step is form.step]
    context: dict[str, Any] = {
        "desk": desk_frame(request, "sift"),
        "reference": page.reference,
        "case_url": case_url(page.reference),
        "head": head_of(page, steps),
        "came": _came(page),
        "form": form,
        "step": form.step,
        "closed": reasons(own[0].against) if own else (),
        "others": NextSteps(open=next_steps_of(page, others).open),
        "opened": tuple(content_of(page, each) for each in opened),
        "who_sees": WHO_SEES,
        "refused": refused,
    }
    response = render(request, "desk/sift/complaint.html", context, status=status)
    add_never_cache_headers(response)
    return response


def _came(page: CasePage) -> tuple[Came, ...]:
    records = seals.complaint_facts(page.acting, page.case).values()
    return tuple(came for facts in records for fact in facts if (came := _how_it_came(fact)) is not None)


def _how_it_came(fact: Fact) -> Came | None:
    reference, received = fact.chain.partition("/")[2], desk_day(fact.on)
    match fact.body:
        case Submitted(naming=naming, channel=channel, in_danger=in_danger):
            how = f"{naming.value}, by {channel.value}"
            return Came(reference=reference, received=received, how=how, in_danger=in_danger)
        case Imported(turn=0):
            how = "history: this case was opened from a complaint of a file"
            return Came(reference=reference, received=f"{received}, elsewhere", how=how, in_danger=False)
        case _:
            return None
