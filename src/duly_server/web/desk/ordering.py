"""An order about old cases, for shorter times or a day: what it would meet, in counts, then the order."""

from collections.abc import Iterator

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from duly.procedure.ordering import LONGEST, DayReach, Reach
from duly.vocabulary import Length, Refused, Unit
from duly_server.services import ordering
from duly_server.services.ordering import Asked, Counted
from duly_server.services.whole import serves_too
from duly_server.store import appointments
from duly_server.web.desk.frame import desk_frame
from duly_server.web.desk.steps_asked import REFUSED
from duly_server.web.desk.steps_fields import day_field
from duly_server.web.door import acting
from duly_server.web.shared.days import desk_day
from duly_server.web.shared.fields import LongText
from duly_server.web.shared.refusal import refusal

UNITS = (Unit.WEEKS, Unit.MONTHS, Unit.DAYS, Unit.WORKING_DAYS)
MOST_REASONS = 5000


class OrderForm(forms.Form):
    use_required_attribute = False
    amount = forms.IntegerField(
        label="Every case that has been open longer than",
        min_value=1,
        max_value=LONGEST,
        initial=26,
        widget=forms.NumberInput(attrs={"class": "short"}),
        error_messages={
            "required": "Write for how long.",
            "invalid": "Write a whole number.",
            "min_value": "Write a whole number from 1.",
            "max_value": f"Write a whole number up to {LONGEST}.",
        },
    )
    unit = forms.ChoiceField(label="Unit", choices=[(unit.value, unit.value) for unit in UNITS])
    shorter = forms.BooleanField(
        label="Has the shorter times of the rulebook’s fast track",
        required=False,
        initial=True,
    )
    decide_by = day_field(
        "Is to be decided by", "The last day, if you order one. It brings no party’s time forward."
    )
    reasons = forms.CharField(
        label="Reasons",
        max_length=MOST_REASONS,
        widget=LongText(rows=4, most=MOST_REASONS),
        help_text="The parties of each of these cases will read them.",
        error_messages={"required": "Write why: the parties will read it."},
    )

    def clean(self) -> None:
        if not self.errors and not self.cleaned_data["shorter"] and not self.cleaned_data["decide_by"]:
            self.add_error("shorter", "Order the shorter times, a day to decide by, or both.")

    def asked(self) -> Asked:
        longer_than = Length(self.cleaned_data["amount"], Unit(self.cleaned_data["unit"]))
        decide_by = self.cleaned_data["decide_by"]
        return Asked(longer_than=longer_than, shorter=self.cleaned_data["shorter"], decide_by=decide_by)


@require_http_methods(["GET", "HEAD", "POST"])
def order(request: HttpRequest) -> HttpResponse:
    """Pressed once it counts; pressed again on the same it is given."""
    me = acting(request)
    context: dict[str, object] = {"desk": desk_frame(request, "whole"), "given": rows()}
    if serves_too(me):
        return render(request, "desk/whole/order.html", {**context, "serves_too": True})
    form = OrderForm(request.POST if request.method == "POST" else None)
    context["form"] = form
    if not form.is_bound:
        return render(request, "desk/whole/order.html", context)
    if not form.is_valid():
        return render(request, "desk/whole/order.html", context, status=REFUSED)
    asked = form.asked()
    if "order" not in request.POST or request.POST.get("counted") != _key(asked):
        context |= {"counted": _told(ordering.counted(asked, on=me.today), asked), "key": _key(asked)}
        return render(request, "desk/whole/order.html", context)
    done = ordering.order(me, asked, form.cleaned_data["reasons"])
    if isinstance(done, Refused):
        context["refused"] = refusal("No order was given", done)
        return render(request, "desk/whole/order.html", context, status=REFUSED)
    messages.success(request, _ordered(done, asked))
    return HttpResponseRedirect(reverse("desk-whole"), status=303)


def _key(asked: Asked) -> str:
    """What was counted, so that nothing else is given."""
    day = asked.decide_by.isoformat() if asked.decide_by else ""
    return f"{asked.longer_than}, {'shorter' if asked.shorter else ''}, {day}"


def _ordered(done: Counted, asked: Asked) -> str:
    what = []
    if asked.shorter:
        what.append(f"{_cases(done.cases.meets)} open longer than {asked.longer_than} will be put on it")
    if done.day is not None:
        what.append(f"{_cases(done.day.meets)} will have {desk_day(done.day.decide_by)} as their last day")
    return f"Ordered: {' and '.join(what)} in a moment."


def rows() -> tuple[tuple[ordering.Given, str], ...]:
    """The orders that were given, each with the name of whoever gave it."""
    given = ordering.given()
    names = appointments.names({each.by for each in given}) if given else {}
    return tuple((each, names.get(each.by, each.by)) for each in given)


def _told(counted: Counted, asked: Asked) -> tuple[str, ...]:
    said = (_told_of_track(counted.cases, asked.longer_than),)
    return (*said, *_told_of_day(counted.day)) if counted.day is not None else said


def _told_of_track(reach: Reach, longer_than: Length) -> str:
    already = f" {_cases(reach.already)} {_is(reach.already)} on it already." if reach.already else ""
    return (
        f"{_cases(reach.meets)} of {reach.open} would go on the fast track: open longer than {longer_than} "
        f"today.{already}"
    )


def _told_of_day(day: DayReach) -> Iterator[str]:
    yield (
        f"{_cases(day.meets)} not decided yet would have to be decided by {desk_day(day.decide_by)}. In "
        f"{day.sooner} of them a time that runs now would end sooner; in the others only what begins later."
    )
    if day.first is not None:
        beyond = f"{_cases(day.beyond)} could not be decided by then. " if day.beyond else ""
        yield (
            f"{beyond}As the parties’ times stand, all of them could be decided by {desk_day(day.first)} at "
            "the soonest."
        )


def _cases(count: int) -> str:
    return f"{count} case" if count == 1 else f"{count} cases"


def _is(count: int) -> str:
    return "is" if count == 1 else "are"
