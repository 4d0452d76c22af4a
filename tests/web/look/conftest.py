"""The gallery, served on 127.0.0.1 without any database."""

from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.test import override_settings
from tests.web.browser import browser, open_page, page

__all__ = ["browser", "open_page", "page"]


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the output of a test run is for failures."""


# Not for the whole session: its addresses and templates are nobody else's.
@pytest.fixture(scope="module")
def gallery_settings(django_test_environment: None) -> Iterator[None]:
    engine: dict[str, Any] = settings.TEMPLATES[0]
    own = Path(__file__).parent / "templates"
    with override_settings(
        ROOT_URLCONF="tests.web.look.urls",
        TEMPLATES=[{**engine, "DIRS": [*engine["DIRS"], own]}],
    ):
        yield


@pytest.fixture(scope="module")
def gallery(gallery_settings: None) -> Iterator[str]:
    """The address of the gallery; add the face: "desk", "status", "question", "receipt" or "fields"."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), _Quiet, ipv6=False, allow_reuse_address=True)
    server.set_app(StaticFilesHandler(WSGIHandler()))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/look/"
    server.shutdown()
    server.server_close()
    thread.join()
