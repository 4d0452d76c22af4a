"""The rules in plain English, told to whoever complains or is complained of, and drawn as a picture."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from duly.explain.picture import picture
from duly.explain.whole import ROLES, explain
from duly.rulebook.book import Rulebook
from duly_server.store import editions
from duly_server.store.editions import NotAdoptedError
from duly_server.web.door import now
from duly_server.web.public.page import show

ASKED = {"complainant": "If you complain", "respondent": "If somebody complains about you"}


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """`?for=respondent` tells them to the other side; without it to whoever complains."""
    book = _in_force(request)
    told_to = [role for role in ROLES if book.party_office(role)]
    asked = request.GET.get("for", "")
    role = asked if asked in told_to else next(iter(told_to), None)
    context = {
        "book": book,
        "sections": explain(book, role),
        "sides": [(ASKED[each], f"{reverse('rules')}?for={each}", each == role) for each in told_to],
        "heading": ASKED[role] if role else book.title,
    }
    return show(request, "public/rules.html", context)


@require_safe
def drawn(request: HttpRequest) -> HttpResponse:
    return HttpResponse(picture(_in_force(request)), content_type="image/svg+xml")


def _in_force(request: HttpRequest) -> Rulebook:
    """Until rules are adopted there are none to tell."""
    try:
        return editions.in_force(now(request)[0])[0]
    except NotAdoptedError as none:
        raise Http404 from none
