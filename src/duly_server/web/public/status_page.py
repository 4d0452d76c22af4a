"""Looking up where a complaint stands, by its code: by POST only, so that no address holds a code."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from duly_server.services import receipt_codes, status
from duly_server.services.receipt_codes import COME_BACK_IN, BusyError
from duly_server.web.door import now
from duly_server.web.public.page import kept_nowhere, show
from duly_server.web.public.status_cases import tell_all

SLIP = (
    "This is not a whole code: a digit is wrong or missing. Compare it with the one you kept, group by group"
)
UNKNOWN = "We know no complaint with this code. Compare it with the one you kept, group by group"


class CodeForm(forms.Form):
    use_required_attribute = False
    code = forms.CharField(
        label="Enter your code",
        help_text="Its 16 or 20 digits. Spaces do not matter.",
        max_length=200,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "required": "Enter your code",
            "max_length": SLIP,
            "null_characters_not_allowed": SLIP,
        },
    )

    def clean_code(self) -> str:
        code = receipt_codes.as_typed(self.cleaned_data["code"])
        if code is None:
            raise forms.ValidationError(SLIP)
        return code


@kept_nowhere
@require_http_methods(["GET", "HEAD", "POST"])
def look_up(request: HttpRequest) -> HttpResponse:
    """The form, and for a code the page of its complaint."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if not form.is_bound:
        return _ask(request, form)
    if not form.is_valid():
        return _ask(request, form, code=400)
    today, _ = now(request)
    try:
        complaint = receipt_codes.complaint_of(form.cleaned_data["code"], on=today)
    except BusyError:
        busy = show(request, "public/status/busy.html", {"seconds": COME_BACK_IN}, status=503)
        busy.headers["Retry-After"] = str(COME_BACK_IN)
        return busy
    if complaint is None:
        form.add_error("code", UNKNOWN)
        return _ask(request, form, code=400)
    told = tell_all(status.all_of_complaint(complaint, on=today))
    return show(request, "public/status/page.html", {"told": told}, leave=True)


def _ask(request: HttpRequest, form: CodeForm, *, code: int = 200) -> HttpResponse:
    return show(request, "public/status/ask.html", {"form": form}, status=code)
