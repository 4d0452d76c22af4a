"""The office of the services' tests, seen from its desk; the day is set."""

from datetime import date
from pathlib import Path

import pytest
from pytest_django import Settings
from tests.services.conftest import furnish, keyring, small_office
from tests.services.office import ROOT, SmallOffice
from tests.web.desk.officer import Desk

from duly_server.gateways.keys import FileKeyRing
from duly_server.services import case_page
from duly_server.web.door import clock

__all__ = ["keyring", "small_office"]


@pytest.fixture
def day(tmp_path: Path, settings: Settings) -> None:
    """It is Monday 2 March 2026 until a test says otherwise."""
    settings.DULY_DAY_FILE = tmp_path / "day"
    clock().set_day(date(2026, 3, 2))
    case_page.forget()


@pytest.fixture
def desk(small_office: SmallOffice, day: None) -> Desk:
    """The desk of the village bands."""
    return Desk(small_office)


@pytest.fixture
def example_desk(db: None, keyring: FileKeyRing, day: None) -> Desk:
    """The desk of the Example Association."""
    return Desk(furnish((ROOT / "rulebooks/example-association/2026.toml").read_text()))
