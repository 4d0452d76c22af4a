"""An invitation taken: somebody chooses a login and a password, and goes on to a second factor."""

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from duly.vocabulary import Refused
from duly_server.services import invitations
from duly_server.web import door, entered
from duly_server.web.desk import login_provider
from duly_server.web.desk.login import frame

REFUSED = 422
PROVIDER = "provider"
_FIELDS = {
    "invitation-ended": "code",
    "login-unusable": "login",
    "login-taken": "login",
    "password-weak": "password",
}


class InvitationForm(forms.Form):
    """The code comes with the address where script runs, and is pasted where none does.

    Whoever will come in by the office's provider chooses no password.
    """

    use_required_attribute = False
    code = forms.CharField(
        label="Invitation code",
        max_length=200,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false", "data-from-address": ""}),
        help_text="What stands after # in the address you were given.",
        error_messages={"required": "Write the code of your invitation"},
    )
    login = forms.CharField(
        label="Login",
        max_length=150,
        widget=forms.TextInput({"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
        help_text="What you will log in with: letters, digits and . _ @ + -",
        error_messages={"required": "Choose a login"},
    )
    password = forms.CharField(
        label="Password",
        max_length=500,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        help_text="At least 12 characters: several words that do not belong together are easy to keep.",
        error_messages={"required": "Choose a password"},
    )
    again = forms.CharField(
        label="The same password again",
        max_length=500,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        error_messages={"required": "Write the password once more"},
    )

    def __init__(self, data: QueryDict | None) -> None:
        super().__init__(data)
        self.by_provider = data is not None and data.get("do") == PROVIDER and bool(settings.DULY_PROVIDER)
        if self.by_provider:
            self.fields["password"].required = self.fields["again"].required = False

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        if (
            not self.by_provider
            and "password" in self.cleaned_data
            and again != self.cleaned_data["password"]
        ):
            raise forms.ValidationError("The two passwords are not the same. Write it twice alike.")
        return again

    def refuse(self, refused: Refused) -> None:
        for problem in refused.problems:
            self.add_error(_FIELDS[problem.code], str(problem))


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def take(request: HttpRequest) -> HttpResponse:
    form = InvitationForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        _, at = door.now(request)
        said = form.cleaned_data
        if form.by_provider:
            may = invitations.check(said["code"], login=said["login"], at=at)
            if not isinstance(may, Refused):
                return login_provider.go_on(request, said["code"], said["login"])
            form.refuse(may)
            return _page(request, form)
        taken = invitations.accept(said["code"], login=said["login"], password=said["password"], at=at)
        if not isinstance(taken, Refused):
            entered.begin(request, taken)
            # A browser keeps what stands behind the # through a redirection that brings nothing of its own.
            return HttpResponseRedirect(f"{reverse('desk-today')}#content", status=303)
        form.refuse(taken)
    return _page(request, form)


def _page(request: HttpRequest, form: InvitationForm) -> HttpResponse:
    context = {"public": frame(), "form": form, "provider": settings.DULY_PROVIDER}
    response = render(
        request, "desk/login/invitation.html", context, status=REFUSED if form.is_bound else 200
    )
    add_never_cache_headers(response)
    return response
