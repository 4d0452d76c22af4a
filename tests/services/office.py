"""What tests of the office's services need at hand: people by office, and acts said shortly."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from duly.record.facts import Naming
from duly.rulebook.book import Rulebook
from duly_server.services.acting import Acting
from duly_server.services.intake import Receipt, Report, submit
from duly_server.store.accounts import by_login
from duly_server.store.visible import viewer_of

ROOT = Path(__file__).parents[2]


def EVERYBODY(login: str) -> str:  # noqa: N802 -- reads as the name it makes
    """An invented name for a login."""
    return f"Holder of {login}"


def instant(day: date) -> datetime:
    """The first of the day: whatever o'clock it is, what was noted then was not noted ahead of now."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


@dataclass(frozen=True)
class SmallOffice:
    """An adopted rulebook and people who log in as OFFICE-1, OFFICE-2, ..."""

    book: Rulebook

    def acting(self, office: str, on: str, seat: int = 1) -> Acting:
        day = date.fromisoformat(on)
        account = by_login(f"{office}-{seat}")
        assert account is not None, office
        return Acting(viewer=viewer_of(account.pk), today=day, at=instant(day))

    def complaint(self, on: str, naming: Naming = Naming.NAMED, **told: str) -> Receipt:
        day = date.fromisoformat(on)
        report = Report(
            narrative=told.get("narrative", "He mocked a player at every rehearsal."),
            about=told.get("about", "The conductor of the brass band"),
            naming=naming,
            name=told.get("name", "Ada Winter") if naming is not Naming.ANONYMOUS else "",
            contact=told.get("contact", "ada@example.org") if naming is not Naming.ANONYMOUS else "",
        )
        return submit(report, on=day)
