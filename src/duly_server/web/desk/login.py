"""Logging in and out, and the people of a demonstration."""

from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import views
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from duly.rulebook.prose import title
from duly_server.services import work
from duly_server.services.people import Seat, everybody
from duly_server.store import accounts
from duly_server.web import door, entered
from duly_server.web.desk.passkey_asked import asked_of
from duly_server.web.shared.days import public_day
from duly_server.web.shared.pages import NavItem, PublicFrame


class LoginForm(AuthenticationForm):
    """One sentence for every failure, whichever of the two was wrong, account or none."""

    use_required_attribute = False
    error_messages = {  # noqa: RUF012 -- Django declares it so
        "invalid_login": "That login and that password do not belong together. Check both and try again.",
        "inactive": "That login and that password do not belong together. Check both and try again.",
    }

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came
        self.fields["username"].label = "Login"
        self.fields["username"].error_messages["required"] = "Write your login"
        self.fields["password"].label = "Password"
        self.fields["password"].error_messages["required"] = "Write your password"
        self.fields["password"].widget = forms.PasswordInput(attrs={"autocomplete": "current-password"})


class LogIn(views.LoginView):
    """The first step. Whoever has a second factor is not logged in by it."""

    template_name = "registration/login.html"
    authentication_form = LoginForm
    redirect_authenticated_user = False

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        account = form.get_user()
        if not isinstance(account, accounts.Account):
            raise PermissionDenied
        back = self.get_success_url()
        if entered.begin(self.request, account):
            return HttpResponseRedirect(back)
        return entered.led_to("login-second", back=back)

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        asked = asked_of(self.request, None)
        return {
            **super().get_context_data(**kwargs),
            "public": frame(),
            "people_url": people_url(),
            "asked": asked,
            "provider": settings.DULY_PROVIDER,
        }


class LogOut(views.LogoutView):
    """By POST only, so that no link elsewhere logs anybody out."""

    next_page = "/login"


def frame() -> PublicFrame:
    return PublicFrame(
        organisation=settings.DULY_NAME, links=(NavItem(label="Help", url="/help"),), home_url="/login"
    )


def people_url() -> str:
    return reverse("demo-people") if settings.DULY_DEMO else ""


def no_desk(request: HttpRequest) -> HttpResponse:
    """Logged in, and no office held today: said plainly, with no more than that."""
    today, _ = door.now(request)
    context = {"public": frame(), "today": public_day(today), "name": str(request.user)}
    return render(request, "desk/login/no_desk.html", context, status=403)


# --- the demonstration -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Office:
    title: str
    seats: tuple[Seat, ...]


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Every office with whoever holds it today; a button logs in as that person."""
    today, _ = door.now(request)
    offices = tuple(Office(title(name), seats) for name, seats in everybody(today).items())
    back = request.GET.get("next", "")
    context = {"public": frame(), "offices": offices, "today": public_day(today), "next": back}
    return render(request, "desk/login/people.html", context)


@require_POST
def become(request: HttpRequest) -> HttpResponse:
    """Log in as somebody who holds an office today."""
    today, _ = door.now(request)
    wanted = request.POST.get("login", "")
    if wanted not in {seat.login for seats in everybody(today).values() for seat in seats}:
        raise Http404
    account = accounts.by_login(wanted)
    if account is None:
        raise Http404
    entered.enter(request, account, by="demo")
    return HttpResponseRedirect(entered.way_back(request, request.POST.get("next", "")))


@require_POST
def next_day(request: HttpRequest) -> HttpResponse:
    """The clock of the demonstration goes on by one day, and the worker does what that day brings."""
    day = door.clock().next_day()
    _, at = door.clock().read()
    looked = work.work(today=day, at=at)
    done = f"{looked} records were looked at" if looked != 1 else "one record was looked at"
    messages.info(request, f"It is {public_day(day)}: {done}.")
    return HttpResponseRedirect(entered.way_back(request, request.headers.get("Referer", ""), "/"))
