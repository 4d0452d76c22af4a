"""`duly init`, `recovery` and `serve` in processes of their own: the sheet, and what waits for it."""

import os
import subprocess
from pathlib import Path

import pytest
from tests.running import ready

from duly_server.gateways import age
from duly_server.gateways.keys import recovery, sheet


class Office:
    """An office made by `duly init` in folders of a test's own."""

    def __init__(self, folder: Path) -> None:
        self.data, self.keys, self.sheet = folder / "data", folder / "keys", folder / "sheet.txt"

    def duly(self, *arguments: str, typed: str = "", **settings: str) -> "subprocess.CompletedProcess[str]":
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("DULY_")},
            "DULY_HOME": str(self.data),
            "DULY_KEYRING": str(self.keys),
            **settings,
        }
        return ready.run(*arguments, environment=environment, typed=typed)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    made = Office(tmp_path_factory.mktemp("recovery"))
    done = made.duly("init", "--password-from-stdin", "--sheet", str(made.sheet), typed="a long password\n")
    assert done.returncode == 0, done.stderr
    assert "Duly serves this machine alone" in done.stdout
    return made


def test_the_sheet_opens_what_is_encrypted_to_the_office_and_lies_nowhere_else(office: Office) -> None:
    private = sheet.private_from(office.sheet.read_text())
    assert recovery.find(office.keys).public == age.public_of(private)
    letters = private.removeprefix(sheet.HEAD)
    pieces = {letters[at : at + 8].encode() for at in range(0, 50)}
    for folder in (office.data, office.keys):
        for path in folder.rglob("*"):
            if path.is_file():
                kept = path.read_bytes().upper()
                assert not any(piece in kept for piece in pieces), path
    assert office.sheet.stat().st_mode & 0o777 == 0o600


def test_it_serves_others_only_once_the_sheet_is_confirmed(office: Office) -> None:
    served = office.duly("serve", "--host", "0.0.0.0", "--port", "1")  # noqa: S104 -- the point of the test
    assert served.returncode == 1
    assert "duly recovery confirm" in served.stderr
    behind = office.duly("serve", "--port", "1", DULY_ADDRESS="https://complaints.example.org")
    assert (behind.returncode, "duly recovery confirm" in behind.stderr) == (1, True)
    assert "https://complaints.example.org" in behind.stderr
    behind = office.duly("serve", "--port", "1", DULY_PROXIES="127.0.0.1")
    assert (behind.returncode, "duly recovery confirm" in behind.stderr) == (1, True)
    refused = office.duly("recovery", "confirm", "QQQQQQ")
    assert refused.returncode == 1
    assert "group 14" in refused.stderr
    last = sheet.last_group(sheet.private_from(office.sheet.read_text()))
    assert office.duly("recovery", "confirm", typed=f"{last.lower()}\n").returncode == 0
    assert recovery.find(office.keys).confirmed_on is not None


def test_a_sheet_is_not_made_twice_nor_where_the_data_lies(office: Office) -> None:
    again = office.duly("recovery", "sheet")
    assert again.returncode == 1
    assert "cannot be printed again" in again.stderr
    inside = office.duly("recovery", "sheet", "--replace", "--sheet", str(office.data / "sheet.txt"))
    assert inside.returncode == 1
    assert "must not lie in" in inside.stderr
    assert not (office.data / "sheet.txt").exists()


def test_an_officer_who_lost_everything_is_let_in_anew_on_the_machine(office: Office) -> None:
    told = office.duly("officer", "reset", "secretary", "--reason", "He rang, and I know his voice.")
    assert told.returncode == 0, told.stderr
    assert "/invitation#" in told.stdout
    unknown = office.duly("officer", "reset", "nobody", "--reason", "None.")
    assert unknown.returncode == 1
    assert "There is no such appointment" in unknown.stderr
