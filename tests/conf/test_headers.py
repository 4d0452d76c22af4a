"""What every answer carries, and what an anonymous visitor leaves behind: nothing."""

from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from pytest_django import Settings

from duly_server import web

WANTED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/there-is-no-such-page"])
def test_every_page_says_that_nothing_from_elsewhere_may_be_loaded_run_or_framed(path: str) -> None:
    response = Client().get(path)
    policy = dict(rule.split(" ", 1) for rule in response.headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["img-src"] == "'self'"
    assert policy["form-action"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    assert {name: response.headers.get(name) for name in WANTED} == WANTED


@pytest.mark.django_db
def test_an_office_on_https_says_so_behind_its_proxy_too(settings: Settings) -> None:
    """The proxy speaks TLS; what arrives here is http."""
    page = "/there-is-no-such-page"
    assert "Strict-Transport-Security" not in Client().get(page).headers
    settings.SECURE_HSTS_SECONDS = 365 * 86400
    assert Client().get(page).headers["Strict-Transport-Security"] == "max-age=31536000"


@pytest.mark.django_db
def test_an_anonymous_visit_leaves_no_session() -> None:
    response = Client().get("/")
    assert not Session.objects.exists()
    assert "duly" not in response.cookies


def test_what_lies_in_the_static_folder_is_served_as_it_is_without_a_step_between() -> None:
    style = min((Path(web.__path__[0]) / "static" / "look").glob("*.css"))
    response = Client().get(f"/static/look/{style.name}")
    assert b"".join(response) == style.read_bytes()
    assert response.headers["Content-Type"].startswith("text/css")
    assert response.headers["Content-Security-Policy"].startswith("default-src 'none'")
