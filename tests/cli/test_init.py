"""`duly init` in a process of its own: the file of settings, and the one way in for the first officer."""

import os
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from tests.running import ready

from duly_server.gateways.office_file import Office, read_settings

ROOT = Path(__file__).parents[2]

SAID = ("--organisation", "Harbour Club", "--address", "https://complaints.harbour.example", "--zone", "UTC")
# What the web does with an invitation, in a process that has this office's settings.
TAKE = """
import sys
from datetime import datetime, UTC
from duly_server.cli.office import open_office
open_office()
from duly_server.services.invitations import accept
from duly_server.store.visible import viewer_of
now = datetime.now(UTC)
account = accept(sys.argv[1], login="ada", password="three quiet harbours", at=now)
print(account.name, sorted(viewer_of(account.pk).offices(now.date())))
print(accept(sys.argv[1], login="eve", password="three quiet harbours", at=now))
"""


class Place:
    def __init__(self, folder: Path) -> None:
        self.home, self.keys, self.sheet = folder / "data", folder / "keys", folder / "sheet.txt"

    def python(self, code: str, *arguments: str, typed: str = "") -> "subprocess.CompletedProcess[str]":
        clean = {name: value for name, value in os.environ.items() if not name.startswith("DULY_")}
        office = {"DULY_HOME": str(self.home), "DULY_KEYRING": str(self.keys)}
        return ready.run(*arguments, code=code, environment={**clean, **office}, typed=typed)

    def duly(self, *arguments: str, typed: str = "") -> "subprocess.CompletedProcess[str]":
        return self.python(ready.DULY, *arguments, typed=typed)

    def init(self, *arguments: str, typed: str = "") -> "subprocess.CompletedProcess[str]":
        return self.duly("init", "--sheet", str(self.sheet), *arguments, typed=typed)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def test_it_writes_the_settings_and_prints_one_way_in(place: Place) -> None:
    done = place.init(*SAID, "--name", "Ada Winter")
    assert done.returncode == 0, done.stderr
    text = (place.home / "duly.toml").read_text()
    found = read_settings(text, {})
    assert isinstance(found, Office)
    assert (found.name, found.zone) == ("Harbour Club", "UTC")
    assert found.origin == "complaints.harbour.example/duly"
    assert found.keyring == place.keys
    (token,) = re.findall(r"https://complaints\.harbour\.example/invitation#([\w-]{43})\n", done.stdout)
    assert "Password" not in done.stdout
    for path in place.home.rglob("*"):
        assert not path.is_file() or token.encode() not in path.read_bytes(), path
    taken = place.python(TAKE, token).stdout.splitlines()
    assert taken[0] == "Ada Winter ['secretary']"
    assert "was used already" in taken[1]


def test_a_script_gives_a_password_and_gets_every_office(place: Place) -> None:
    done = place.init("--password-from-stdin", "--login", "script", typed="a long password\n")
    assert done.returncode == 0, done.stderr
    assert "invitation" not in done.stdout
    held = place.python(
        "from duly_server.cli.office import open_office; open_office()\n"
        "from duly_server.store.accounts import by_login\n"
        "account = by_login('script')\n"
        "print(account.check_password('a long password'), account.appointments.count(), account.password)"
    )
    is_right, offices, kept = held.stdout.split()
    assert is_right == "True"
    assert int(offices) > 10
    how, iterations, _ = kept.split("$", 2)
    assert how == "pbkdf2_sha256"
    assert int(iterations) >= 600_000  # what OWASP asks of it; the other tests do with one


def test_settings_that_are_there_stay_and_options_do_not_contradict_them(place: Place) -> None:
    place.home.mkdir()
    (place.home / "duly.toml").write_text('name = "By hand"\n')
    refused = place.init(*SAID)
    assert refused.returncode == 1
    assert "--organisation, --address, --zone" in refused.stderr
    assert not place.keys.exists()
    assert place.init().returncode == 0
    assert (place.home / "duly.toml").read_text() == 'name = "By hand"\n'


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--zone", "Europe/Lodnon"), "--zone: there is no such time zone"),
        (("--organisation", "x" * 201), "--organisation: words stand here. Write up to 200"),
        (("--address", "https://münchen.example"), "--address: a browser writes this name"),
        (("--office", "chancellor"), "The rulebook has no office 'chancellor'"),
        (("--rulebook", "no-such"), "There is no rulebook 'no-such'"),
    ],
)
def test_what_is_wrong_makes_nothing(place: Place, options: tuple[str, ...], says: str) -> None:
    refused = place.init(*options)
    assert refused.returncode in (1, 2)
    assert says in refused.stderr
    assert "It is set in the environment" not in refused.stderr
    assert not place.home.exists()
    assert not place.keys.exists()


def test_an_unfair_rulebook_does_not_come_into_force(place: Place, tmp_path: Path) -> None:
    """What `duly check` calls an error: one that a field shows, and one that only exploring shows."""
    text = (ROOT / "rulebooks/example-association/2026.toml").read_text(encoding="utf-8")
    file = tmp_path / "unfair.toml"
    for line, says in (
        ("proof         =", "L17: The rulebook states"),
        ('then    = "ends disclosure"', "N06: The case is stuck"),
    ):
        assert text.count(line) == 1
        file.write_text(text.replace(line, f"# {line}"), encoding="utf-8")
        refused = place.init("--rulebook", str(file))
        assert refused.returncode in (1, 2)
        assert says in refused.stderr
        assert not place.home.exists()
        assert not place.keys.exists()


def test_the_file_is_a_whole_one(place: Place) -> None:
    assert place.init().returncode == 0
    said = tomllib.loads((place.home / "duly.toml").read_text())
    assert {"name", "address", "origin", "zone", "languages", "accent", "receipt_groups"} <= said.keys()
    assert place.duly("migrate").stdout == "0 changes were made to the tables.\n"


def test_a_run_that_breaks_off_says_so_and_can_be_given_again(place: Place) -> None:
    """The database of the keys can't be made."""
    place.home.mkdir()
    in_the_way = place.home / "keys.sqlite3"
    in_the_way.mkdir()
    broken = place.init(*SAID)
    assert broken.returncode == 1
    assert "The office was not set up: the database can't be reached" in broken.stderr
    assert "give the same command again" in broken.stderr
    assert "CRITICAL" not in broken.stderr
    assert not (place.home / "duly.toml").exists()
    assert not place.keys.exists()
    in_the_way.rmdir()
    again = place.init(*SAID)
    assert again.returncode == 0, again.stderr
    assert place.duly("record", "verify").returncode == 0


FULL = """
import sys
from unittest import mock
from duly_server.cli.entry import main
from duly_server.cli.office import open_office
open_office()
with mock.patch(sys.argv[1], side_effect=OSError(28, "No space left on device")):
    main(["init", "--sheet", sys.argv[2]])
"""


@pytest.mark.parametrize(
    "at", ["duly_server.services.setup.appoint", "duly_server.gateways.office_file.write_once"]
)
def test_a_full_disk_leaves_no_keys_behind(place: Place, at: str) -> None:
    broken = place.python(FULL, at, str(place.sheet))
    assert broken.returncode == 1
    assert "The office was not set up: No space left on device. No key" in broken.stderr
    assert not (place.home / "duly.toml").exists()
    assert not place.keys.exists()
    assert place.init(*SAID).returncode == 0
    assert place.duly("record", "verify").returncode == 0


def test_where_keys_are_nothing_is_touched(place: Place) -> None:
    assert place.init().returncode == 0
    before = {path: path.read_bytes() for path in (*place.keys.iterdir(), place.home / "duly.toml")}
    place.sheet.unlink()
    again = place.init()
    assert again.returncode == 1
    assert "There is a keyring in" in again.stderr
    assert {path: path.read_bytes() for path in before} == before


def test_nobody_else_reads_the_data_whatever_the_mask(place: Place) -> None:
    before = os.umask(0o022)
    try:
        assert place.init().returncode == 0
    finally:
        os.umask(before)
    assert place.home.stat().st_mode & 0o777 == 0o700
    files = [path for path in place.home.rglob("*") if path.is_file()]
    assert {"duly.toml", "duly.sqlite3"} <= {path.name for path in files}
    assert {path.name: oct(path.stat().st_mode & 0o077) for path in files} == {
        path.name: "0o0" for path in files
    }
