"""The file that init writes: every key with a remark and its page, and it reads back as what was said."""

import re
import tomllib
from pathlib import Path

from duly_server.gateways.office_file import FILE, Office, file_of, read_settings, write_once
from duly_server.gateways.office_file.keys import KEYS, TABLES


def test_every_key_stands_in_it_under_a_remark_that_names_its_page() -> None:
    text = file_of({})
    for key in KEYS:
        name = key.path.rpartition(".")[2]
        found = re.search(
            rf"^# {re.escape(key.says)}\n# {re.escape(key.page)}\n(?:# )?{name} = ", text, re.MULTILINE
        )
        assert found, key.path


def test_it_reads_back_as_what_was_said() -> None:
    said = {"name": 'The "Harbour" Club, Łódź', "receipt_groups": 4, "zone": "Europe/Warsaw"}
    found = read_settings(file_of(said), {})
    assert isinstance(found, Office)
    assert (found.name, found.receipt_groups, found.zone) == tuple(said.values())
    assert found.mail is None


def test_with_every_remark_sign_taken_away_it_is_a_whole_file() -> None:
    bare = re.sub(r"^# (\w+ = |\[(?:mail|oidc)\])", r"\1", file_of({}), flags=re.MULTILINE)
    said = tomllib.loads(bare)
    tables = {table: said.pop(table) for table in TABLES}
    flat = {*said, *(f"{table}.{name}" for table, keys in tables.items() for name in keys)}
    assert flat == {key.path for key in KEYS}


def test_it_is_written_once_for_its_owner_alone_and_without_a_password(tmp_path: Path) -> None:
    home = tmp_path / "data"
    assert write_once(home, {"name": "Harbour Club", "database": "postgresql://d:tuning-fork@h/duly"})
    path = home / FILE
    assert path.stat().st_mode & 0o777 == 0o600
    assert "tuning-fork" not in path.read_text()
    path.write_text('name = "By hand"\n')
    assert not write_once(home, {"name": "Harbour Club"})
    assert path.read_text() == 'name = "By hand"\n'
