"""Every route declares who may come; a route that does not fails the start (threats 4.1)."""

from collections.abc import Callable
from enum import StrEnum
from functools import wraps

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import URLPattern, URLResolver, get_resolver, path

from duly_server.services import clock_back
from duly_server.services.appointing import appointer
from duly_server.services.whole import answerable
from duly_server.web import asked_again
from duly_server.web.door import acting, now
from duly_server.web.entered import has_entered, is_fresh, led_to

View = Callable[..., HttpResponseBase]


class Rule(StrEnum):
    """Who may come to a route. What each may see there, `visible` decides."""

    ANYONE = "anyone"
    CODE = "whoever holds a receipt code"  # checked by the view, with equal work for hit and miss
    ENTERING = "whoever is logged in, with a second factor or on the way to their first"
    ACCOUNT = "whoever is logged in"
    DESK = "whoever holds an office today"
    APPOINTS = "whoever holds an office that appoints, today"
    ANSWERS = "whoever answers for the timetable, today"
    DEMO = "anyone, and only in the demo"
    MONITOR = "whoever reaches the monitor's own port"


_LOGGED_IN = (Rule.ENTERING, Rule.ACCOUNT, Rule.DESK, Rule.APPOINTS, Rule.ANSWERS)
AT_MONITOR = "duly.monitor"  # in the environment of a request at that port; no header can be so named
_RULES: dict[str, Rule] = {}
_GRAVE: set[str] = set()


Grave = Callable[..., bool]  # of the request and what its address names


def route(
    pattern: str, view: View, *, name: str, rule: Rule, notes: bool = True, grave: Grave | None = None
) -> URLPattern:
    """A path with its rule; the view is called only for those whom the rule lets in.

    What is posted there is noted down, and so refused while the clock is set back, unless `notes` is false.
    What is `grave` asks for a second factor once more, if one was not shown just now; where that hangs on the
    case, `grave` looks it up, and raises Http404 as the view does.
    """
    if name in _RULES:
        raise ImproperlyConfigured(f"Two routes are called {name}.")
    _RULES[name] = rule
    guarded = view if grave is None else _asked_again(view, grave)
    if grave is not None:
        _GRAVE.add(name)
    return path(pattern, _guarded(guarded, rule, notes=notes), name=name)


def is_sent(request: HttpRequest, **named: str) -> bool:
    """Grave is whatever is sent there."""
    return request.method == "POST"


def always(request: HttpRequest, **named: str) -> bool:
    """Grave is whatever is asked there."""
    return True


def rule_of(name: str) -> Rule:
    return _RULES[name]


def grave_routes() -> frozenset[str]:
    """The names of the routes at which something asks for a second factor once more."""
    return frozenset(_GRAVE)


def undeclared() -> list[str]:
    """The patterns of all routes that declare no rule; the start fails unless there is none."""
    return [str(each.pattern) for each in _all(get_resolver().url_patterns) if each.name not in _RULES]


def check_all_declared() -> None:
    """Raises ImproperlyConfigured naming each route without a rule."""
    if missing := undeclared():
        raise ImproperlyConfigured(f"Routes without a rule (web/routes.py): {', '.join(missing)}")


def _all(patterns: list[URLPattern | URLResolver]) -> list[URLPattern]:
    found: list[URLPattern] = []
    for each in patterns:
        found += _all(each.url_patterns) if isinstance(each, URLResolver) else [each]
    return found


def _asked_again(view: View, grave: Grave) -> View:
    @wraps(view)
    def asked(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not is_fresh(request):
            return asked_again.hold(request) if grave(request, **kwargs) else view(request, *args, **kwargs)
        if request.method == "GET" and (page := asked_again.shown_again(request)) is not None:
            return page
        if request.method != "POST":
            return view(request, *args, **kwargs)
        response = asked_again.given_up(request)
        if response is None:
            response = asked_again.let_go(request, view(request, *args, **kwargs))
        return response

    return asked


def _guarded(view: View, rule: Rule, *, notes: bool) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if rule is Rule.DEMO and not settings.DULY_DEMO:
            raise Http404
        if rule is Rule.MONITOR and AT_MONITOR not in request.META:
            raise Http404
        if any("\0" in str(part) for part in kwargs.values()):
            raise Http404  # PostgreSQL refuses to look for text with a NUL in it, and nothing has such a name
        if rule in _LOGGED_IN and not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if rule in _LOGGED_IN and rule is not Rule.ENTERING and not has_entered(request):
            return led_to("signing-in-first", back=request.get_full_path() if request.method == "GET" else "")
        if notes and request.method == "POST":  # before any appointment is read as on a day that is over
            today, at = now(request)
            clock_back.check(today=today, at=at)
        if rule is Rule.DESK and not acting(request).actors():
            raise Http404  # no appointment today, no desk
        if rule is Rule.APPOINTS and appointer(acting(request)) is None:
            raise Http404
        if rule is Rule.ANSWERS and answerable(acting(request)) is None:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded
