"""Recording something in a case from a form: done, or refused in words with all that was typed kept."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse

from duly.procedure.acts import Act, Parts
from duly.rulebook.prose import title
from duly.timetable.calendar.days import DayOutsideCalendarError
from duly.timetable.counting import CannotCountError
from duly.vocabulary import Problem
from duly.vocabulary.day import desk_day
from duly_server.services import case_page, casework
from duly_server.services.case_page import CasePage
from duly_server.services.casework import ActedFirstError, UnableToActError
from duly_server.services.intake import written
from duly_server.web.desk.case_next import reasons
from duly_server.web.desk.frame import desk_frame
from duly_server.web.shared.fields import DayInput, LongText
from duly_server.web.shared.refusal import Refusal, Way
from duly_server.web.shared.steps import Reason

LONGEST = 20_000  # characters of reasons; a longer text is an exhibit
REFUSED, ACTED_FIRST = 422, 409


@dataclass(frozen=True, slots=True)
class Group:
    """Fields under one heading; no heading for those that belong to the whole. `is_line`: side by side."""

    heading: str
    fields: tuple[BoundField, ...]
    is_line: bool = False


class ActForm(forms.Form):
    """What every form of an act has: the day it was done, and how far the record went when it was opened."""

    use_required_attribute = False
    asked_for: frozenset[str] = frozenset()
    seen = forms.IntegerField(
        widget=forms.HiddenInput, min_value=0, error_messages={"required": "Open this form afresh."}
    )
    on = forms.DateField(
        label="The day it was done",
        help_text="Today, unless it was done before.",
        widget=DayInput,
        error_messages={"required": "Give the day it was done.", "invalid": "Give the day as 2026-04-23."},
    )

    def __init__(self, page: CasePage, data: QueryDict | None = None) -> None:
        super().__init__(data, initial={"on": page.today, "seen": page.state.head})
        self.page = page

    def ask_for(self, *names: str) -> None:
        """These the rules will ask for, where the form has them: they are not called optional."""
        self.asked_for = frozenset(names) & self.fields.keys()
        for name in self.asked_for:
            self.fields[name].required = True

    def full_clean(self) -> None:
        """Whether something is missing, the rules say; the form merely does not call it optional."""
        for name in self.asked_for:
            self.fields[name].required = False
        super().full_clean()
        for name in self.asked_for:
            self.fields[name].required = True

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > self.page.today:
            raise forms.ValidationError(f"{desk_day(on)} lies ahead; only what has happened is recorded.")
        return on

    def acts(self) -> Sequence[Act]:
        """What is asked to be done, once the form is valid."""
        raise NotImplementedError

    def field_of(self, problem: Problem, turn: int) -> str | None:
        """The field that this reason against the act at `turn` is about; None for what no field can mend."""
        return None

    def groups(self) -> tuple[Group, ...]:
        return (Group("", tuple(self.visible_fields())),)

    def text(self, name: str) -> str:
        """What was written, as the record keeps text."""
        return written(str(self.cleaned_data.get(name) or "")).strip()

    def reasons(self, name: str = "reasons") -> Parts:
        text = self.text(name)
        return {"reasons": {"v": 1, "text": text}} if text else {}


def long_text(label: str, *, help_text: str = "", rows: int = 6) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=LONGEST,
        widget=LongText(rows=rows, most=LONGEST),
    )


def choices_of(names: Sequence[str]) -> list[tuple[str, str]]:
    """Names of the rulebook as radios or check boxes."""
    return [(name, title(name)) for name in names]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A page that asks to record something.

    `heading` names it; `not_done` says what a refusal says first. `lead` are plain sentences above the form;
    `closed` why it is closed today, if it is, and `may_be_dated_back` whether an earlier day may serve; where
    it is over and none would, it `can_only_fail`, and there is nothing to send. `done` answers once it is
    recorded.
    """

    heading: str
    form: ActForm
    clause: str = ""
    lead: tuple[str, ...] = ()
    closed: tuple[Reason, ...] = ()
    may_be_dated_back: bool = True
    can_only_fail: bool = False
    button: str = "Record"
    ways: Callable[[tuple[Problem, ...]], tuple[Way, ...]] = field(default=lambda problems: ())
    done: Callable[[HttpRequest, str, int], HttpResponse] = field(
        default=lambda request, reference, place: recorded(reference, place)
    )

    @property
    def not_done(self) -> str:
        return f"“{self.heading}” was not recorded"


Build = Callable[[CasePage, QueryDict | None], Asked]


def respond(request: HttpRequest, page: CasePage, build: Build) -> HttpResponse:
    """The form; or after it was sent the page of the case with the new fact, or the form with why not."""
    if request.method != "POST":
        return _form(request, page, build(page, None))
    asked = build(page, request.POST)
    form = asked.form
    if not form.is_valid():
        return _form(request, page, asked, status=REFUSED)
    try:
        facts = casework.take(
            page.acting,
            page.reference,
            *form.acts(),
            on=form.cleaned_data["on"],
            seen=form.cleaned_data["seen"],
        )
    except UnableToActError as unable:
        return _form(request, page, asked, refused=sort_problems(asked, unable), status=REFUSED)
    except ActedFirstError as first:
        return someone_acted_first(request, page, build, first)
    except (DayOutsideCalendarError, CannotCountError) as fault:
        form.add_error(None, f"{fault.says} {fault.remedy}")
        return _form(request, page, asked, status=REFUSED)
    return asked.done(request, page.reference, facts[0].place)


def recorded(reference: str, place: int) -> HttpResponse:
    """Back to the page of the case, where the new fact is marked."""
    return HttpResponseRedirect(f"{case_url(reference)}?new={place}#fact-{place}", status=303)


def case_url(reference: str) -> str:
    return reverse("desk-case", args=[reference])


def sort_problems(asked: Asked, unable: UnableToActError) -> Refusal | None:
    """Mistakes go to their fields; what no field can mend is a refusal with its clause."""
    form, left = asked.form, list[Problem]()
    for problem in unable.problems:
        name = form.field_of(problem, unable.turn)
        if name is not None and name in form.fields:
            form.add_error(name, mistake(problem))
        else:
            left.append(problem)
    if not left:
        return None
    return refused_for(asked.not_done, left, you_can=asked.ways(tuple(left)))


def mistake(problem: Problem) -> str:
    """As it stands at a field: what is missing is said by what to do."""
    if not problem.code.startswith("missing-"):
        return str(problem)
    return f"{problem.remedy} ({problem.clause})" if problem.clause else problem.remedy


def refused_for(title: str, problems: Sequence[Problem], *, you_can: tuple[Way, ...] = ()) -> Refusal:
    """A refusal with every reason the rules gave."""
    return Refusal(title=title, because=reasons(problems), you_can=you_can)


def someone_acted_first(
    request: HttpRequest, page: CasePage, build: Build, first: ActedFirstError
) -> HttpResponse:
    """Nothing was doubled. What was typed is kept, over the record as it now stands."""
    now = case_page.read(page.acting, page.reference)
    again = request.POST.copy()
    again["seen"] = str(now.state.head)
    asked = build(now, again)
    closed = asked.closed if asked.can_only_fail else ()
    refused = acted_first_refusal(asked.not_done, page.reference, first, closed)
    return _form(request, now, asked, refused=refused, status=ACTED_FIRST)


def acted_first_refusal(
    not_done: str, reference: str, first: ActedFirstError, closed: tuple[Reason, ...] = ()
) -> Refusal:
    """Who acted, and what can be done now; `closed`: why yours cannot be done any more."""
    again = () if closed else (Way("send yours again below, if it is still right"),)
    return Refusal(
        title=not_done,
        because=(Reason(first.says), *closed),
        you_can=(
            Way("see what was recorded", f"{case_url(reference)}#fact-{first.fact.place}"),
            *again,
        ),
        kept="Nothing of yours was recorded. What you wrote is kept below.",
    )


def _form(
    request: HttpRequest, page: CasePage, asked: Asked, *, refused: Refusal | None = None, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {
        "desk": desk_frame(request),
        "reference": page.reference,
        "case_url": case_url(page.reference),
        "asked": asked,
        "form": asked.form,
        "groups": asked.form.groups(),
        "refused": refused,
    }
    return render(request, "desk/steps/form.html", context, status=status)
