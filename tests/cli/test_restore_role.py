"""Tables are made by the role that owns them: without it `duly restore` and `duly init` say so in words."""

from pathlib import Path

import psycopg
from tests.cli.machine import Machine
from tests.postgresql import running_server


def test_the_role_of_the_web_alone_restores_nothing_and_sets_nothing_up(tmp_path: Path) -> None:
    office = Machine(tmp_path / "office")
    office.set_up_alike()
    data, keys = office.backups()
    with running_server() as socket:
        with psycopg.connect(f"postgresql://postgres@/postgres?host={socket}", autocommit=True) as root:
            root.execute("CREATE ROLE duly_web LOGIN")
            root.execute("CREATE DATABASE office")
            root.execute("CREATE DATABASE office_keys")
        bare = Machine(
            tmp_path / "bare", more={"DULY_DATABASE": f"postgresql://duly_web@/office?host={socket}"}
        )
        said = bare.refused("restore", data, "--keys", keys, "--sheet", office.sheet)
        assert "may make no tables" in said
        assert "DULY_OWNER_DATABASE" in said
        said = bare.refused("init")
        assert "The office was not set up" in said
        assert "the rights of the database" in said
    assert not list(bare.home.rglob("*"))
    assert not bare.keys.exists()
