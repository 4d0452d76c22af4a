"""Another password, by whoever knows the one there is and has just shown their second factor."""

from math import ceil

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from duly_server.services import signing_in
from duly_server.store.accounts import Account
from duly_server.web import door, entered
from duly_server.web.desk.login_second import WAIT, WRONG
from duly_server.web.desk.signing_in import page, sets_up
from duly_server.web.desk.steps_asked import REFUSED
from duly_server.web.waiting import gate

_FIELDS = {"password-wrong": "current", "password-weak": "password"}


class PasswordForm(forms.Form):
    use_required_attribute = False
    current = forms.CharField(
        label="Password you have now",
        max_length=500,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
        error_messages={"required": "Write your password"},
    )
    password = forms.CharField(
        label="New password",
        max_length=500,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        help_text="At least 12 characters: several words that do not belong together are easy to keep.",
        error_messages={"required": "Choose a password"},
    )
    again = forms.CharField(
        label="The new one again",
        max_length=500,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        error_messages={"required": "Write the new password once more"},
    )

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        if "password" in self.cleaned_data and again != self.cleaned_data["password"]:
            raise forms.ValidationError("The two passwords are not the same. Write it twice alike.")
        return again


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@sets_up
def change(request: HttpRequest, account: Account) -> HttpResponse:
    if not entered.has_entered(request):
        return HttpResponseRedirect(reverse("signing-in-first"), status=303)
    if not account.has_usable_password():
        raise Http404
    form = PasswordForm(request.POST if request.method == "POST" else None)
    status = REFUSED if form.is_bound else 200
    if form.is_bound and form.is_valid():
        status = _changed(request, account, form)
        if status == 200:
            entered.others_end(request, account)
            said = "Your password is changed. Wherever else you were logged in, you are not any more."
            messages.success(request, said)
            return HttpResponseRedirect(reverse("signing-in"), status=303)
    return page(request, "desk/signing_in/password.html", {"form": form}, status=status)


def _changed(request: HttpRequest, account: Account, form: PasswordForm) -> int:
    """200 if it was; else the status of the answer, with the mistake in the form."""
    today, at = door.now(request)
    seconds, day = at.timestamp(), today.isoformat()
    wait = gate.counts().take("password", account.pk.hex, WRONG, at=seconds, day=day)
    if wait:
        form.add_error("current", f"Too many passwords were wrong. Wait {ceil(wait / 60)} minutes.")
        return WAIT
    said = form.cleaned_data
    refused = signing_in.change_password(account, current=said["current"], new=said["password"])
    for problem in refused.problems if refused else ():
        form.add_error(_FIELDS[problem.code], str(problem))
    if refused is None or refused.problems[0].code != "password-wrong":
        gate.counts().give_back("password", account.pk.hex, WRONG, at=seconds, day=day)
    return REFUSED if refused else 200
