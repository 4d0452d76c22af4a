"""Making a complaint: one question a page, then check the answers, then send."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from duly_server.services import sending
from duly_server.services.sending import NothingToSendError
from duly_server.store import drafts
from duly_server.web.door import now
from duly_server.web.public import drafting
from duly_server.web.public.answers import answers_of
from duly_server.web.public.page import kept_nowhere, show
from duly_server.web.public.questions import QUESTIONS, Question, asked, page_of

CHANGE = "change"


@kept_nowhere
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """What to know before the first word is written. Of a draft that is there, nothing is shown."""
    draft = drafting.draft_of(request)
    if draft.receipt is not None and not drafting.is_hidden(request):
        return HttpResponseRedirect(reverse("complain-receipt"))
    context = {"has_draft": bool(draft.answers) or draft.receipt is not None, "first": next(iter(QUESTIONS))}
    return show(request, "public/complain/start.html", context, leave=True)


@kept_nowhere
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, slug: str) -> HttpResponse:
    """One question. What was typed is kept, sealed, when it is sent; a mistake keeps it on the page."""
    form_of = QUESTIONS.get(slug)
    if form_of is None:
        raise Http404
    if drafting.is_hidden(request):
        return HttpResponseRedirect(reverse("complain"))
    draft = drafting.draft_of(request)
    if draft.receipt is not None:
        return HttpResponseRedirect(reverse("complain-receipt"))
    if request.method != "POST":
        return _ask(request, slug, form_of(initial=dict(draft.answers)))
    later = "later" in request.POST
    form = form_of(request.POST)
    if later:
        for field in form.fields.values():
            field.required = False  # it may be left unfinished; what cannot be kept is still said
    if not form.is_valid() and not (later and _is_only_unanswered(form)):
        return _ask(request, slug, form, status=400)
    said = {name: str(form.cleaned_data.get(name, "")) for name in form.fields}
    return _keep(request, slug, said, later=later)


def _is_only_unanswered(form: Question) -> bool:
    return all(not str(form.data.get(name, "")).strip() for name in form.errors)


def _ask(request: HttpRequest, slug: str, form: Question, *, status: int = 200) -> HttpResponse:
    pages = asked(drafting.draft_of(request).naming)
    place = pages.index(slug) if slug in pages else len(pages) - 1
    changing = CHANGE in request.GET
    before = reverse("complain-question", args=[pages[place - 1]]) if place else reverse("complain")
    context = {
        "form": form,
        "single": next(iter(form)) if len(form.fields) == 1 else None,
        "place": place + 1,
        "of": len(pages),
        "back_url": reverse("complain-check") if changing else before,
    }
    return show(request, "public/complain/question.html", context, leave=True, status=status)


def _keep(request: HttpRequest, slug: str, said: dict[str, str], *, later: bool) -> HttpResponse:
    today, _ = now(request)
    key = drafting.key_of(request) or drafts.new_key()
    sending.keep(key, said, on=today)
    if later:
        response = HttpResponseRedirect(reverse("complain-later"))
        drafting.hide(response)
    else:
        naming = sending.read(key, on=today).naming
        response = HttpResponseRedirect(_next(slug, asked(naming), changing=CHANGE in request.GET, said=said))
    drafting.give(response, key, stays=later)
    return response


def _next(slug: str, pages: tuple[str, ...], *, changing: bool, said: dict[str, str]) -> str:
    if changing and "naming" not in said:
        return reverse("complain-check")
    after = pages[pages.index(slug) + 1 :] if slug in pages else ()
    if changing and after[:1] != ("who-you-are",):
        return reverse("complain-check")
    url = reverse("complain-question", args=[after[0]]) if after else reverse("complain-check")
    return f"{url}?{CHANGE}=1" if changing else url


@kept_nowhere
@require_safe
def later(request: HttpRequest) -> HttpResponse:
    """It is kept, under which conditions, and how to be rid of it."""
    today, _ = now(request)
    until = today + sending.KEPT
    return show(
        request, "public/complain/later.html", {"until": until, "days": sending.KEPT.days}, leave=True
    )


@kept_nowhere
@require_POST
def go_on(request: HttpRequest) -> HttpResponse:
    """Show the draft again, from the first question that has no answer."""
    draft = drafting.draft_of(request)
    missing = sending.unanswered(draft.answers)
    if draft.receipt is not None:
        url = reverse("complain-receipt")
    else:
        url = reverse("complain-question", args=[page_of(missing)]) if missing else reverse("complain-check")
    response = HttpResponseRedirect(url)
    drafting.show_again(response)
    return response


@kept_nowhere
@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    """Delete the draft here and in the browser."""
    key = drafting.key_of(request)
    if key is not None:
        sending.forget(key)
    response = HttpResponseRedirect(reverse("complain-forgotten"))
    drafting.take_back(response)
    return response


@kept_nowhere
@require_safe
def forgotten(request: HttpRequest) -> HttpResponse:
    return show(request, "public/complain/forgotten.html")


@kept_nowhere
@require_safe
def leave(request: HttpRequest) -> HttpResponse:
    """Away to a harmless page. Nothing is deleted, and nothing is shown until somebody asks to go on."""
    response = HttpResponseRedirect(settings.DULY_LEAVE_URL)
    response.headers["Referrer-Policy"] = "no-referrer"
    if drafting.key_of(request) is not None:
        drafting.hide(response)
    return response


@kept_nowhere
@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """Everything that will be sent, each answer with a way to change it."""
    if drafting.is_hidden(request):
        return HttpResponseRedirect(reverse("complain"))
    draft = drafting.draft_of(request)
    if draft.receipt is not None:
        return HttpResponseRedirect(reverse("complain-receipt"))
    if not draft.answers:
        return HttpResponseRedirect(reverse("complain"))
    missing = sending.unanswered(draft.answers)
    context = {
        "answers": answers_of(draft),
        "missing_url": reverse("complain-question", args=[page_of(missing)]) if missing else "",
        "is_anonymous": draft.naming == "anonymous",
        "back_url": reverse("complain-question", args=[next(reversed(QUESTIONS))]),
    }
    return show(request, "public/complain/check.html", context, leave=True)


@kept_nowhere
@require_POST
def send(request: HttpRequest) -> HttpResponse:
    """Take it in and lead to the receipt; sent again, it leads to the same one."""
    key = drafting.key_of(request)
    if key is None:
        return HttpResponseRedirect(reverse("complain"))
    today, _ = now(request)
    try:
        sending.send(key, on=today, groups=settings.DULY_RECEIPT_GROUPS)
    except NothingToSendError as missing:
        where = page_of(missing.question) if missing.question else ""
        return HttpResponseRedirect(
            reverse("complain-question", args=[where]) if where else reverse("complain")
        )
    return HttpResponseRedirect(reverse("complain-receipt"))
