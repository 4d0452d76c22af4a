"""`duly record verify --promise FILE`: what it says, and its exit codes."""

import json
import os
from datetime import timedelta
from pathlib import Path

import pytest
from tests.databases import OfficeDatabases
from tests.running import ready
from tests.services.conftest import furnish
from tests.services.office import ROOT, instant

from duly_server.gateways.clock import Clock
from duly_server.gateways.keys import FileKeyRing
from duly_server.services import premises, promising
from duly_server.store import leaves


class Office:
    def __init__(self, databases: OfficeDatabases, keyring: Path) -> None:
        self.environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith("DULY_")},
            **databases.environment,
            "DULY_KEYRING": str(keyring),
            "DULY_ORIGIN": premises.premises().journal.origin,
        }

    def says_of(self, file: Path, *more: str) -> tuple[int, str, str]:
        done = ready.run("record", "verify", "--promise", file, *more, environment=self.environment)
        return done.returncode, done.stdout.strip(), done.stderr.strip()


def test_what_became_of_a_promise_and_of_what_is_none(
    fresh_office_db: OfficeDatabases, keyring: FileKeyRing, tmp_path: Path
) -> None:
    premises.move_in(keyring)
    small_office = furnish((ROOT / "tests/rulebooks/village-bands.toml").read_text())
    office = Office(fresh_office_db, keyring.folder)
    today, _ = Clock("Europe/London").read()
    file = tmp_path / "promise.txt"

    file.write_text(promising.promise_for(small_office.complaint(today.isoformat())), "utf-8", newline="\r\n")
    code, said, _ = office.says_of(file)
    assert code == 0
    assert "has until" in said
    leaves.number(today=today + timedelta(days=1))
    code, said, _ = office.says_of(file, "--json")
    assert code == 0
    assert json.loads(said)["number"] is not None

    file.write_text(file.read_text("utf-8").replace("place: 1", "place: 2"), "utf-8")
    assert office.says_of(file) == (
        1, "The signature does not fit what the promise says: it was altered, or forged.", ""
    )  # fmt: skip
    old = instant(today).date() - timedelta(days=9)
    file.write_text(promising.promise_for(small_office.complaint(old.isoformat())), "utf-8")
    code, said, _ = office.says_of(file)
    assert code == 1
    assert "did not keep it" in said


@pytest.mark.parametrize("held", [b"", b"\xff\xfe", b"x" * 100_000, b"duly/promise/1\n", None])
def test_a_file_that_is_no_promise_is_said_to_be_none(
    fresh_office_db: OfficeDatabases, keyring: FileKeyRing, tmp_path: Path, held: bytes | None
) -> None:
    premises.move_in(keyring)
    file = tmp_path / "promise.txt"
    if held is not None:
        file.write_bytes(held)
    code, said, why = Office(fresh_office_db, keyring.folder).says_of(file)
    assert (code, said) == (2, "")
    there_is_none = (
        f"{file} can't be read: No such file or directory. Name the file the promise was saved in."
    )
    assert why.startswith(there_is_none if held is None else "promise.txt is no promise. ")
    assert "Traceback" not in why
