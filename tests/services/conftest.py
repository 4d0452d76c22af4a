"""An office of its own for each test: a keyring, the example rulebook, and somebody in every office."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.services.furnished import furnished, throw_away_keys
from tests.services.office import EVERYBODY, ROOT, SmallOffice

from duly.rulebook.book import Rulebook
from duly_server.gateways.keys import FileKeyRing
from duly_server.services import premises, setup


@pytest.fixture
def keyring(tmp_path: Path) -> Iterator[FileKeyRing]:
    """Throw-away keys, and the premises moved onto them."""
    ring = throw_away_keys()
    premises.move_in(ring)
    yield ring
    ring.discard()


@pytest.fixture
def small_office(db: None, keyring: FileKeyRing) -> SmallOffice:
    """The village bands' office since 1 January 2026: one person in each office, three in a panel."""
    return furnish((ROOT / "tests/rulebooks/village-bands.toml").read_text())


def furnish(rulebook: str) -> SmallOffice:
    """An office under this text since 1 January 2026, with somebody in every seat; made once in a run."""
    return SmallOffice(furnished(rulebook, _furnish))


def _furnish(rulebook: str) -> Rulebook:
    day = date(2026, 1, 1)
    at = datetime(2026, 1, 1, 9, tzinfo=UTC)
    book = setup.adopt(rulebook, (ROOT / "calendars/GB-ENG.toml").read_text(), on=day, at=at)
    for office in book.offices.values():
        if office.party:
            continue
        for seat in range(office.seats or 1):
            login = f"{office.name}-{seat + 1}"
            setup.appoint(login, office.name, name=EVERYBODY(login), since=day, at=at, on=day)
    return book
