"""An office of its own in a temporary folder, for what is measured through its doors."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RULEBOOK = ROOT / "tests/rulebooks/village-bands.toml"


def environment(home: Path, *, port: int = 8000) -> dict[str, str]:
    """What the environment says of an office in this folder, served at this port, with its keys beside it."""
    return {
        "DJANGO_SETTINGS_MODULE": "duly_server.conf.settings",
        "DULY_HOME": str(home / "office"),
        "DULY_KEYRING": str(home / "keyring"),
        "DULY_DAY_FILE": str(home / "day"),
        "DULY_ADDRESS": f"http://127.0.0.1:{port}",
        "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "src"))),
    }


@contextmanager
def database(vendor: str, *, durable: bool = True) -> Iterator[None]:
    """The environment of this process names a fresh database of this kind, "sqlite" or "postgresql".

    A PostgreSQL of its own, from the libraries of the tests, runs until this ends; `durable`, it waits for
    the disk at every commit, as SQLite always does.
    """
    if vendor == "sqlite":
        os.environ["DULY_DATABASE"] = "sqlite"
        yield
        return
    sys.path[:0] = [str(ROOT), str(ROOT / "src")]
    import psycopg
    from tests.postgresql import running_server

    with running_server(durable=durable) as socket:
        with psycopg.connect(host=socket, user="postgres", dbname="postgres", autocommit=True) as connection:
            connection.execute("CREATE DATABASE duly")
            connection.execute("CREATE DATABASE duly_keys")
        os.environ["DULY_DATABASE"] = f"postgresql://postgres@/duly?host={socket}"
        yield


def furnished(home: Path, *, port: int = 8000) -> None:
    """Make it, in this process and its environment: tables, keys, rulebook and people, on 2 March 2026."""
    sys.path[:0] = [str(ROOT), str(ROOT / "src")]
    os.environ |= environment(home, port=port)
    (home / "office").mkdir()
    (home / "day").write_text("2026-03-02")
    import django

    django.setup()
    from django.core.management import call_command

    from duly_server.gateways.keys import FileKeyRing, recovery
    from duly_server.gateways.keys.sheet import last_group

    for database in ("default", "keys"):
        call_command("migrate", database=database, verbosity=0)
    began = date(2026, 1, 1)
    ring = FileKeyRing.create(home / "keyring", on=began)
    recovery.confirm(ring.folder, last_group(recovery.make(ring.folder, on=began)), on=began)
    from tests.services.conftest import furnish  # after the settings know where they are

    furnish(RULEBOOK.read_text())
