"""What every public page has in common: its frame, and that no browser keeps it."""

from collections.abc import Callable, Mapping
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from duly_server.web.shared.pages import NavItem, PublicFrame

View = Callable[..., HttpResponse]


def frame(*, leave: bool = False) -> PublicFrame:
    """`leave` puts the way out into the head: where somebody may be looking over a shoulder."""
    return PublicFrame(
        organisation=settings.DULY_NAME,
        home_url="/",
        links=(NavItem(label="Help", url=reverse("help")),),
        leave_url=reverse("complain-leave") if leave else "",
    )


def show(
    request: HttpRequest,
    template: str,
    context: Mapping[str, object] | None = None,
    *,
    leave: bool = False,
    status: int = 200,
) -> HttpResponse:
    return render(request, template, {"public": frame(leave=leave), **(context or {})}, status=status)


def kept_nowhere(view: View) -> View:
    """No browser and nothing between keeps the page: the back button on a shared computer shows nothing."""

    @wraps(view)
    def answered(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store"
        return response

    return answered
