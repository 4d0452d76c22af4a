"""Taking a step of a case: the page that asks what the rulebook asks, and nothing else."""

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from duly.procedure.acts import Waive
from duly.procedure.next_steps import NextStep
from duly.rulebook.prose import either, say_consequences, title, words
from duly.rulebook.steps import Is, Per, Step
from duly.vocabulary import Problem
from duly.vocabulary.day import desk_day
from duly_server.services.case_matters import matters_now
from duly_server.services.case_page import CasePage
from duly_server.web.desk.case import find
from duly_server.web.desk.case_limits import clock_title
from duly_server.web.desk.case_next import late_in_words, matter_title, matter_url, reasons
from duly_server.web.desk.steps_asked import Asked, Build, respond
from duly_server.web.desk.steps_form import StepForm
from duly_server.web.shared.refusal import Way


@require_http_methods(["GET", "HEAD", "POST"])
def take(request: HttpRequest, reference: str, step: str) -> HttpResponse:
    """The form of a step, with `?key=` for one member of its group; sent, the step is taken or refused."""
    page = find(request, reference)
    rule = page.book.steps.get(step)
    if rule is None:
        raise Http404
    if rule.is_ is Is.SIFT:
        return HttpResponseRedirect(reverse("desk-sift-complaint", args=[reference]))
    return respond(request, page, _builder(rule, request.GET.get("key") or None))


_GRAVE = frozenset((Is.FINDING, Is.SANCTION, Is.INTERIM_MEASURE, Is.APPEAL_DECISION))


def is_grave(request: HttpRequest, reference: str, step: str) -> bool:
    """Whether it finds against somebody, or takes something from them."""
    if request.method != "POST":
        return False
    rule = find(request, reference).book.steps.get(step)
    return rule is not None and rule.is_ in _GRAVE


def _builder(step: Step, key: str | None) -> Build:
    def build(page: CasePage, data: QueryDict | None) -> Asked:
        standing = [each for each in page.steps() if each.step is step and key in (None, each.key)]
        of_one = f" · {key}" if key and len(page.marking.members(step)) > 1 else ""
        return Asked(
            heading=f"{title(step.name)}{of_one}",
            form=StepForm(page, step, standing, key=key, data=data),
            clause=step.clause or "",
            lead=tuple(_lead(page, step, standing)),
            closed=reasons(_against(standing)),
            may_be_dated_back=any(each.may_be_dated_back for each in standing),
            can_only_fail=bool(standing) and all(_can_only_fail(each) for each in standing),
            ways=lambda problems: _ways(page, problems),
        )

    return build


def _against(standing: Sequence[NextStep]) -> tuple[Problem, ...]:
    """Why it is closed, where it is closed for every member asked about."""
    if not standing or any(each.is_open for each in standing):
        return ()
    return standing[0].against


def _can_only_fail(each: NextStep) -> bool:
    """It is over for good, or for this actor: today will not serve, and no earlier day."""
    return each.is_over and not each.may_be_dated_back


def _lead(page: CasePage, step: Step, standing: Sequence[NextStep]) -> list[str]:
    offices = standing[0].offices if len(standing) == 1 else page.marking.offices_of(step)
    said = [f"It belongs to the {either([words(office) for office in offices])}."]
    for each in standing:
        said += [_owed(page, each, turn) for turn in range(len(each.owed))]
    if step.per is Per.ALLEGATION and step.outcomes and len(standing) > 1:
        said.append("Leave open what is not decided now.")
    if step.then and not step.outcomes:
        said.append(f"Then {say_consequences(step.then)}.")
    return said


def _owed(page: CasePage, each: NextStep, turn: int) -> str:
    clock = each.owed[turn]
    if clock.due is None:
        return f"{clock_title(page.marking, clock)} is owed; no day can be given yet."
    late = f": {late_in_words(page, clock)}" if clock.is_late and not clock.is_party else ""
    moved = (
        f", originally {desk_day(clock.original_due)}" if clock.original_due not in (None, clock.due) else ""
    )
    return f"{clock_title(page.marking, clock)} is due {desk_day(clock.due)}{moved}{late}."


def _ways(page: CasePage, problems: tuple[Problem, ...]) -> tuple[Way, ...]:
    """What can be done instead: wait for the day it opens, or record that a party gave up its time."""
    ways: list[Way] = []
    days = [problem.opens_on for problem in problems]
    known = [day for day in days if day is not None]
    if known and len(known) == len(days):
        ways.append(Way(f"record it from {desk_day(max(known))}"))
    if any(problem.code == "window-open" for problem in problems):
        ways += [
            Way(
                matter_title(matter)[:1].lower() + matter_title(matter)[1:],
                matter_url(page.reference, matter),
            )
            for matter in matters_now(page)
            if matter.is_open and isinstance(matter.act, Waive)
        ]
    return tuple(ways)


def _in_sentence(said: str) -> str:
    return said[:1].lower() + said[1:]
