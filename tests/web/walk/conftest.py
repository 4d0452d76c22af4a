"""Offices of their own, served on 127.0.0.1, in which everybody can log in; it is Monday 2 March 2026."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from django.contrib.auth.hashers import make_password
from pytest_django import Settings
from tests.databases import OfficeDatabases
from tests.services.conftest import furnish
from tests.services.furnished import throw_away_keys
from tests.services.office import SmallOffice
from tests.web.browser import browser, open_page
from tests.web.desk.officer import set_day
from tests.web.public.served import serving
from tests.web.walk.people import PASSWORD

from duly_server.services import case_page, premises
from duly_server.store.models import Account

__all__ = ["browser", "open_page"]

BEGINS = date(2026, 3, 2)


@dataclass(frozen=True)
class Served:
    office: SmallOffice
    address: str


OpenOffice = Callable[[str], Served]


@pytest.fixture
def open_office(fresh_office_db: OfficeDatabases, tmp_path: Path, settings: Settings) -> Iterator[OpenOffice]:
    """`open_office(TEXT)` serves an office that has adopted this rulebook."""
    settings.DULY_DAY_FILE = tmp_path / "day"
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    settings.DULY_DEMO = True
    set_day(BEGINS.isoformat())
    case_page.forget()
    ring = throw_away_keys()
    premises.move_in(ring)
    with ExitStack() as until_closed:

        def open_one(rulebook: str) -> Served:
            office = furnish(rulebook)
            Account.objects.update(password=make_password(PASSWORD))
            return Served(office, until_closed.enter_context(serving()))

        yield open_one
    ring.discard()
