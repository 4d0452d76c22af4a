"""`duly import complaints` as an office calls it: counts that add up, refused rows told, exit codes kept."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from tests.databases import OfficeDatabases
from tests.running import ready
from tests.services.history.handed import ALLEGATIONS, COMPLAINTS, MAP

from duly_server.gateways.keys import FileKeyRing

ROOT = Path(__file__).parents[2]


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "map.toml").write_text(MAP)
    (folder / "complaints.csv").write_text(COMPLAINTS)
    (folder / "allegations.csv").write_text(ALLEGATIONS + "9,XY,Noise,\n")
    return folder


class Office:
    def __init__(self, databases: OfficeDatabases, keyring: Path, folder: Path) -> None:
        self.environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith("DULY_")},
            **databases.environment,
            "DULY_KEYRING": str(keyring),
            "DULY_ORIGIN": "office.example/duly",
        }
        self.folder = folder

    def duly(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return ready.run(*arguments, environment=self.environment, folder=self.folder)

    def counts(self, *files: str) -> dict[str, Any]:
        done = self.duly("import", "complaints", *files, "--map", "map.toml", "--json")
        answer: dict[str, Any] = json.loads(done.stdout)
        return answer | {"exit": done.returncode}


@pytest.fixture
def office(fresh_office_db: OfficeDatabases, keyring: FileKeyRing, files: Path, settings: Any) -> Office:
    return Office(fresh_office_db, settings.DULY_KEYRING, files)


def test_the_counts_add_up_and_the_second_time_nothing_is_new(office: Office) -> None:
    answer = office.counts("complaints.csv", "allegations.csv")
    assert answer["exit"] == 1
    assert (answer["read"], answer["taken"], len(answer["refused"])) == (8, 7, 1)
    assert answer["refused"][0] == {
        "file": "allegations.csv",
        "line": 7,
        "says": "No row of these files and none in the record is of complaint 9.",
        "remedy": "Import its own row with it, or before it.",
    }
    counts = ("complaints", "allegations", "findings", "pending", "known")
    assert [answer[name] for name in counts] == [2, 5, 2, 3, 0]
    again = office.counts("complaints.csv", "allegations.csv")
    assert (again["read"], again["taken"], again["known"]) == (8, 7, 7)


def test_for_people_the_same_in_words_and_0_when_all_went_in(office: Office) -> None:
    (office.folder / "allegations.csv").write_text(ALLEGATIONS)
    done = office.duly("import", "complaints", "complaints.csv", "allegations.csv", "--map", "map.toml")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "Read 7 rows: 7 taken, 0 refused.",
        "Taken: 2 complaints, 5 allegations, 2 with a finding, 3 without.",
        "They are history: under no edition of this office, without clocks, owing nothing.",
    ]
    verified = office.duly("record", "verify", "--json")
    assert json.loads(verified.stdout) == {"ok": True, "problems": []}


def test_what_cannot_be_read_is_told_whole_and_nothing_goes_in(office: Office) -> None:
    (office.folder / "map.toml").write_text(MAP.replace("received", "recieved"))
    (office.folder / "torn.csv.gz").write_bytes(b"No,Day")
    done = office.duly("import", "complaints", "nowhere.csv", "torn.csv.gz", "--map", "map.toml", "--json")
    assert done.returncode == 2
    said = json.loads(done.stdout)["problems"]
    assert [(each["file"], each["line"], each["says"]) for each in said] == [
        ("map.toml", 3, "complaints: no column is named for received."),
        ("map.toml", 5, "complaints.recieved: there is no such key."),
        ("nowhere.csv", None, "There is no file nowhere.csv."),
        ("torn.csv.gz", None, "torn.csv.gz is no gzip file."),
    ]
    (office.folder / "map.toml").write_text(MAP)
    (office.folder / "other.csv").write_text("A,B\n1,2\n")
    done = office.duly("import", "complaints", "complaints.csv", "other.csv", "--map", "map.toml")
    assert done.returncode == 2
    assert "other.csv, line 1: This file has no column" in done.stderr
    assert office.counts("complaints.csv")["known"] == 0
