"""The page for when the machine lacks something: its words and status, and what a browser makes of it."""

from collections.abc import Iterator

import psycopg
import pytest
from django.db import OperationalError
from psycopg import errors
from tests.web.browser import OpenPage, browser, open_page
from tests.web.public.reporter import ANSWERS, Reporter, heading, text
from tests.web.public.test_journey import WAYS, Walk, office

from duly_server.web.public.errors import COME_BACK_IN

__all__ = ["browser", "office", "open_page"]

QUESTION = "/complain/question/what-happened"
SAVE = "duly_server.services.sending.drafts.save"


def failing(fault: Exception) -> object:
    def fail(*_: object, **__: object) -> Iterator[None]:
        raise OperationalError("Ada Winter") from fault

    return fail


@pytest.mark.parametrize(
    ("fault", "status", "says"),
    [
        (errors.DiskFull(), 507, "The disk that this office writes to is full."),
        (psycopg.OperationalError("gone"), 503, "The database of this office cannot be reached."),
    ],
    ids=["full", "gone"],
)
def test_it_says_what_lacks_when_to_come_back_and_nothing_of_what_was_typed(
    reporter: Reporter, monkeypatch: pytest.MonkeyPatch, fault: Exception, status: int, says: str
) -> None:
    monkeypatch.setattr(SAVE, failing(fault))
    reporter.client.raise_request_exception = False
    answer = reporter.post(QUESTION, **ANSWERS["what-happened"])
    assert (answer.status_code, heading(answer)) == (status, "We cannot do this just now")
    assert answer.headers["Retry-After"] == str(COME_BACK_IN)
    assert answer.headers["Cache-Control"] == "no-store"
    assert says in text(answer)
    assert "Ada Winter" not in text(answer)


@pytest.mark.browser
@pytest.mark.parametrize("way", ["light", "dark", "narrow"])
def test_it_is_clean_in_a_browser(
    office: str, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    walk = Walk(open_page(**WAYS[way]), office, way)
    walk.open(QUESTION)
    walk.page.locator("[name=narrative]").fill("It happened.")
    monkeypatch.setattr(SAVE, failing(errors.DiskFull()))
    walk.press("Continue")
    walk.look()
    assert walk.page.locator("h1").inner_text() == "We cannot do this just now"
