"""Views of the docket that somebody gave a name: an address, kept for its owner alone."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_POST

from duly_server.store import docket
from duly_server.web.desk import docket_asked
from duly_server.web.door import acting


class NameForm(forms.Form):
    name = forms.CharField(label="Name", max_length=60, error_messages={"required": "Give the view a name."})


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep the address under a name; what is no filter of the docket is not kept."""
    query = docket_asked.read(QueryDict(request.POST.get("query", ""))).query()
    form = NameForm(request.POST)
    if form.is_valid():
        name = form.cleaned_data["name"]
        docket.save_view(acting(request).viewer, name, query)
        messages.info(request, f"This view is saved as “{name}”.")
    else:
        messages.info(request, " ".join(map(str, form.errors["name"])))
    return _back(query)


@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    name = request.POST.get("name", "").replace("\0", "")  # no view has a NUL in its name
    if docket.delete_view(acting(request).viewer, name):
        messages.info(request, f"The view “{name}” is no longer saved.")
    return _back("")


def _back(query: str) -> HttpResponse:
    path = reverse("desk-docket")
    return HttpResponseRedirect(f"{path}?{query}" if query else path)
