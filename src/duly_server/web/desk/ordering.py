"""An order that puts old cases on the fast track: first what it would meet, in counts, then the order."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from duly.procedure.ordering import LONGEST, Reach
from duly.vocabulary import Length, Refused, Unit
from duly_server.services import ordering
from duly_server.services.whole import serves_too
from duly_server.store import appointments
from duly_server.web.desk.frame import desk_frame
from duly_server.web.desk.steps_asked import REFUSED
from duly_server.web.door import acting
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
    reasons = forms.CharField(
        label="Reasons",
        max_length=MOST_REASONS,
        widget=LongText(rows=4, most=MOST_REASONS),
        help_text="The parties of each of these cases will read them.",
        error_messages={"required": "Write why: the parties will read it."},
    )

    def longer_than(self) -> Length:
        return Length(self.cleaned_data["amount"], Unit(self.cleaned_data["unit"]))


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
    longer_than = form.longer_than()
    if "order" not in request.POST or request.POST.get("counted") != str(longer_than):
        counted = ordering.reach(longer_than, on=me.today)
        context |= {"counted": _told(counted, longer_than), "length": str(longer_than)}
        return render(request, "desk/whole/order.html", context)
    done = ordering.order(me, longer_than, form.cleaned_data["reasons"])
    if isinstance(done, Refused):
        context["refused"] = refusal("No order was given", done)
        return render(request, "desk/whole/order.html", context, status=REFUSED)
    messages.success(
        request,
        f"Ordered: {_cases(done.meets)} open longer than {longer_than} will be put on it in a moment.",
    )
    return HttpResponseRedirect(reverse("desk-whole"), status=303)


def rows() -> tuple[tuple[ordering.Given, str], ...]:
    """The orders that were given, each with the name of whoever gave it."""
    given = ordering.given()
    names = appointments.names({each.by for each in given}) if given else {}
    return tuple((each, names.get(each.by, each.by)) for each in given)


def _told(reach: Reach, longer_than: Length) -> str:
    already = f" {_cases(reach.already)} {_is(reach.already)} on it already." if reach.already else ""
    return (
        f"{_cases(reach.meets)} of {reach.open} would go on the fast track: open longer than {longer_than} "
        f"today.{already}"
    )


def _cases(count: int) -> str:
    return f"{count} case" if count == 1 else f"{count} cases"


def _is(count: int) -> str:
    return "is" if count == 1 else "are"
