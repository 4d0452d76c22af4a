"""The gallery: every piece of the look on a page of its own kind. Only tests have these addresses."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import translation
from tests.web.look import examples, office


def gallery(request: HttpRequest, face: str) -> HttpResponse:
    """`?lang=ar` turns the page round; `?demo=1` puts the bar of a demonstration on it."""
    wrong = request.GET.get("wrong") == "1"
    context = {
        "desk": office.DESK,
        "public": office.PUBLIC,
        "demo": office.DEMO if request.GET.get("demo") else None,
        "messages": ["Your message was sent on Thursday 23 April 2026."],
        "look": examples,
        "office": office,
        "naming": office.NamingForm({} if wrong else None),
        "fields": office.EveryFieldForm(
            {"on_day": "31", "on_month": "2", "on_year": "2026"} if wrong else None
        ),
    }
    with translation.override(request.GET.get("lang", "en")):
        return render(request, f"gallery/{face}.html", context)


urlpatterns = [path("look/<slug:face>", gallery)]
