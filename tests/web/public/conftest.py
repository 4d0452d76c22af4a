"""The office of the services' tests, seen from the web; the day is set."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings
from tests.services.conftest import keyring, small_office
from tests.web.public.reporter import Reporter

from duly_server.web.door import clock

__all__ = ["keyring", "small_office"]


@pytest.fixture
def day(tmp_path: Path, settings: Settings) -> Iterator[None]:
    """It is Monday 2 March 2026 until a test says otherwise."""
    settings.DULY_DAY_FILE = tmp_path / "day"
    clock().set_day(date(2026, 3, 2))
    return None


@pytest.fixture
def reporter(small_office: object, day: None) -> Reporter:
    return Reporter(Client(enforce_csrf_checks=False))


@pytest.fixture
def reporter_alone(day: None) -> Reporter:
    """Without an office: the test furnishes its own."""
    return Reporter(Client())
