"""Passkeys in the browser: setting one up, and coming in by one, alone or as the second step."""

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_http_methods, require_POST

from duly.vocabulary import Refused
from duly_server.services import passkeys
from duly_server.store.accounts import Account
from duly_server.web import door, entered
from duly_server.web.desk.login import frame
from duly_server.web.desk.signing_in import page, sets_up, was_set_up, way_on
from duly_server.web.desk.steps_asked import REFUSED


class PasskeyForm(forms.Form):
    """`state` is what the page asked, `answer` what the device said to it: script fills it in."""

    use_required_attribute = False
    name = forms.CharField(
        label="What you call it",
        required=False,
        max_length=passkeys.LONGEST_NAME,
        widget=forms.TextInput({"autocomplete": "off"}),
        help_text="So that you know it again in your list: “Office laptop”.",
    )
    state = forms.CharField(required=False, max_length=500, widget=forms.HiddenInput)
    answer = forms.CharField(required=False, max_length=passkeys.LONGEST_ANSWER, widget=forms.HiddenInput)

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if not name.isprintable():
            raise forms.ValidationError("Write it in letters that can be printed.")
        return name


@require_http_methods(["GET", "HEAD", "POST"])
@sets_up
def add(request: HttpRequest, account: Account) -> HttpResponse:
    """A passkey more, or the first second factor."""
    today, at = door.now(request)
    address, office = settings.DULY_ADDRESS, settings.DULY_NAME
    form = PasskeyForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        made = passkeys.make(
            account, said["state"], said["answer"], name=said["name"], address=address, on=today, at=at
        )
        if not isinstance(made, Refused):
            return was_set_up(request, account, made, by="passkey", what="The passkey")
        for problem in made.problems:
            form.add_error(None, str(problem))
    context = {
        "form": form,
        "asked": passkeys.ask_for_new(account, address=address, office=office, at=at),
        "next": way_on(request),
        "possible": passkeys.are_possible(address),
    }
    status = REFUSED if form.is_bound else 200
    return page(request, "desk/signing_in/passkey.html", context, status=status)


@require_POST
def come(request: HttpRequest) -> HttpResponse:
    """In by a passkey, whoever it belongs to; one answer for everything that can be wrong with it."""
    _, at = door.now(request)
    said = {name: request.POST.get(name, "") for name in ("state", "answer")}
    account = passkeys.check(**said, address=settings.DULY_ADDRESS, at=at)
    back = entered.way_back(request, request.POST.get("next", ""))
    if account is not None:
        entered.enter(request, account, by="passkey")
        return HttpResponseRedirect(back, status=303)
    is_halfway = entered.halfway(request) is not None
    way = "login-second" if is_halfway or request.user.is_authenticated else "login"
    context = {"public": frame(), "way": reverse(way), "next": back}
    response = render(request, "desk/signing_in/passkey_refused.html", context, status=REFUSED)
    add_never_cache_headers(response)
    return response
