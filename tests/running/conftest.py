"""Offices that may be served by processes of their own, on databases that nobody else has."""

from datetime import date
from pathlib import Path

import pytest
from pytest_django import Settings
from tests.conftest import keyring
from tests.databases import OfficeDatabases
from tests.services.conftest import furnish
from tests.services.office import ROOT, SmallOffice

from duly_server.gateways.keys import FileKeyRing, recovery
from duly_server.gateways.keys.sheet import last_group
from duly_server.services import case_page
from duly_server.web.door import clock

__all__ = ["keyring"]

BEGINS = date(2026, 3, 2)


@pytest.fixture
def office(
    fresh_office_db: OfficeDatabases, keyring: FileKeyRing, tmp_path: Path, settings: Settings
) -> SmallOffice:
    """The village bands on Monday 2 March 2026, their recovery sheet in somebody's hands."""
    settings.DULY_DAY_FILE = tmp_path / "day"
    clock().set_day(BEGINS)
    case_page.forget()
    recovery.confirm(keyring.folder, last_group(recovery.make(keyring.folder, on=BEGINS)), on=BEGINS)
    return furnish((ROOT / "tests/rulebooks/village-bands.toml").read_text())


@pytest.fixture
def environment(
    office: SmallOffice,
    fresh_office_db: OfficeDatabases,
    keyring: FileKeyRing,
    tmp_path: Path,
    settings: Settings,
) -> dict[str, str]:
    """What leads a process to this office: the same databases, keys, secret and day as this process has."""
    return {
        **fresh_office_db.environment,
        "DULY_KEYRING": str(keyring.folder),
        "DULY_SECRET_KEY": settings.SECRET_KEY,
        "DULY_DAY_FILE": str(tmp_path / "day"),
        "DULY_ORIGIN": settings.DULY_ORIGIN,
    }
