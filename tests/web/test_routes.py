"""T44: a route that does not declare who may come stops the start."""

import gc
import os
import runpy
import subprocess
import sys
from collections.abc import Iterator
from types import ModuleType

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.urls import clear_url_caches, include, path
from pytest_django import Settings

from duly_server.conf import urls
from duly_server.web import routes
from duly_server.web.routes import Rule, route


def view(request: HttpRequest) -> HttpResponse:
    return HttpResponse("open to all")


@pytest.fixture
def forgotten(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The office's own addresses, and two of which nobody said who may come."""
    module = ModuleType("addresses_with_a_forgotten_one")
    nested = [path("inner", view, name="forgotten-inner")]
    module.urlpatterns = [  # type: ignore[attr-defined]  # a module made here
        *urls.urlpatterns,
        path("forgotten", view),
        path("more/", include(nested)),
    ]
    monkeypatch.setitem(sys.modules, module.__name__, module)
    settings.ROOT_URLCONF = module.__name__
    clear_url_caches()
    yield
    clear_url_caches()


def test_the_office_starts_as_its_routes_are() -> None:
    assert routes.undeclared() == []
    assert callable(runpy.run_module("duly_server.conf.wsgi")["application"])
    gc.unfreeze()  # of this process, which goes on


def test_a_route_that_declares_no_rule_stops_the_start_and_is_named(forgotten: None) -> None:
    assert routes.undeclared() == ["forgotten", "inner"]
    with pytest.raises(ImproperlyConfigured, match="forgotten, inner"):
        runpy.run_module("duly_server.conf.wsgi")


def test_two_routes_cannot_share_the_rule_of_one_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routes, "_RULES", {"home": Rule.ANYONE})
    with pytest.raises(ImproperlyConfigured, match="Two routes are called home"):
        route("elsewhere", view, name="home", rule=Rule.DESK)


def test_the_server_finds_its_application_without_a_settings_module_named() -> None:
    """The rules of routes are checked at import, before any request could have set Django up."""
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    done = subprocess.run(
        [sys.executable, "-c", "import gc, duly_server.conf.wsgi; print(gc.get_freeze_count() > 50_000)"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    # What is loaded is left out of every collection of garbage: a full one would hold each request up.
    assert (done.returncode, done.stdout, done.stderr) == (0, "True\n", "")
