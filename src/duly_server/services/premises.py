"""What one office works with: its journal, its keyring, its name. One for a process."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from duly_server.gateways.keys import FileKeyRing, KeyRing
from duly_server.store import editions
from duly_server.store.journal import DjangoJournal
from duly_server.store.units import UnitKeys


@dataclass(frozen=True, slots=True)
class Premises:
    """The journal and the keyring of the office that this process serves."""

    keyring: KeyRing
    journal: DjangoJournal


_open: dict[str, Premises] = {}


def premises() -> Premises:
    """The office's own; the keyring is opened at first use. Raises KeysRefusedError with the remedy."""
    folder = str(settings.DULY_KEYRING)
    if folder not in _open:
        move_in(FileKeyRing.open(Path(folder)))
    return _open[folder]


def move_in(keyring: KeyRing) -> Premises:
    """Work with this keyring from now on: of a demo, or of a test."""
    made = Premises(
        keyring,
        DjangoJournal(
            settings.DULY_ORIGIN, UnitKeys(keyring), edition=editions.edition, editions=editions.books
        ),
    )
    _open[str(settings.DULY_KEYRING)] = made
    return made
