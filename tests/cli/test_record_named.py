"""An office does not start under another name than its record has: one fact of it could never be mended."""

from pathlib import Path

import pytest
from tests.cli.machine import Machine

ORIGIN = "first.example/duly"


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> Machine:
    machine = Machine(tmp_path_factory.mktemp("named"), more={"DULY_ORIGIN": ORIGIN})
    machine.set_up()
    machine.more = {}  # from here on it stands in duly.toml alone
    return machine


@pytest.mark.parametrize("command", [["serve"], ["work", "--once"], ["backup", "none.age"]])
@pytest.mark.parametrize("how", ["altered", "lost"])
def test_it_refuses_and_says_the_name(named: Machine, command: list[str], how: str) -> None:
    file = named.home / "duly.toml"
    text = file.read_text()
    assert f'origin = "{ORIGIN}"' in text
    if how == "altered":
        file.write_text(text.replace(ORIGIN, "second.example/duly"))
    else:
        file.unlink()
    said = named.refused(*command)
    assert f"This is the record {ORIGIN}; the settings name" in said
    assert f'Write origin = "{ORIGIN}"' in said
    file.write_text(text)
    assert "work" not in command or named.done(*command) == ""


def test_what_a_restore_set_up_starts_with_its_own_settings(named: Machine, tmp_path: Path) -> None:
    data, keys = named.backups()
    other = Machine(tmp_path / "other", more={"DULY_ORIGIN": ORIGIN, "DULY_ZONE": "UTC"})
    said = other.done("restore", data, "--keys", keys, "--sheet", named.sheet)
    assert f"{other.home / 'duly.toml'}: look through it" in said
    other.more = {}
    text = (other.home / "duly.toml").read_text()
    assert f'origin = "{ORIGIN}"' in text
    assert 'zone = "UTC"' in text
    other.done("work", "--once")
    other.verified()
    assert other.home.stat().st_mode & 0o777 == 0o700
    files = [path for path in other.home.iterdir() if path.is_file()]
    assert len(files) >= 3
    assert {path.name for path in files if path.stat().st_mode & 0o077} == set()


def test_settings_that_were_put_there_first_stay(named: Machine, tmp_path: Path) -> None:
    data, keys = tmp_path / "data.age", tmp_path / "keys.age"
    named.done("backup", data)
    named.done("backup", "--keys", "--reason", "The yearly rehearsal.", keys)
    other = Machine(tmp_path / "other")
    other.home.mkdir(parents=True)
    text = f'name = "Harbour Club"\norigin = "{ORIGIN}"\n'
    (other.home / "duly.toml").write_text(text)
    other.done("restore", data, "--keys", keys, "--sheet", named.sheet)
    assert (other.home / "duly.toml").read_text() == text
    other.done("work", "--once")
