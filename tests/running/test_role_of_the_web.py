"""The whole office under a role that owns nothing, set up as the page says; and what the role must not do."""

import re
import secrets
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import psycopg
import pytest
from django.db import connections
from pytest_django import DjangoDbBlocker, Settings
from tests.cli.machine import Machine
from tests.databases import OfficeDatabases, pointed_at
from tests.postgresql import running_server
from tests.running.over_http import OverHttp
from tests.running.processes import serve, work
from tests.running.test_log_names_nobody import OverDesk
from tests.services.conftest import furnish
from tests.services.office import ROOT
from tests.web.desk import test_nothing_in_clear as full_case

from duly_server.gateways.keys import FileKeyRing, recovery, sheet
from duly_server.services import case_page, keeping, premises
from duly_server.store import receipts
from duly_server.store.models import FactRow, ReceiptRow
from duly_server.web.door import clock

PAGE = (ROOT / "docs/howto/use-postgresql.md").read_text("utf-8")
SQL = re.findall(r"^ {7}((?:CREATE|REVOKE|GRANT)\b.*;)$", PAGE, re.MULTILINE)
ON = date(2026, 3, 2)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """A PostgreSQL on which somebody did what the page says, and for two offices more."""
    assert len(SQL) == 6
    with running_server() as socket:
        with psycopg.connect(url(socket, "postgres", "postgres"), autocommit=True) as root:
            for statement in SQL:
                root.execute(statement)
            for name in ("spare", "refused"):
                for statement in SQL[2:]:  # the same for another office of the same roles
                    root.execute(re.sub(r"\bduly(?=\b|_keys)", name, statement))
        yield socket


def url(socket: str, role: str, name: str) -> str:
    return f"postgresql://{role}@/{name}?host={socket}"


def machine(folder: Path, socket: str, name: str) -> Machine:
    databases = OfficeDatabases(
        home=folder / "data",
        database=url(socket, "duly_web", name),
        keys_database=url(socket, "duly_web", f"{name}_keys"),
    )
    return Machine(folder, databases)


def of_health(port: int) -> str:
    return str(OverHttp([port]).get("/health/ready").content)


def as_owner(made: Machine, socket: str, name: str) -> Machine:
    """The same machine, for the commands that whoever upgrades runs."""
    owner = {
        "DULY_OWNER_DATABASE": url(socket, "duly_owner", name),
        "DULY_OWNER_KEYS_DATABASE": url(socket, "duly_owner", f"{name}_keys"),
    }
    return Machine(made.folder, made.databases, {**made.more, **owner})


def test_a_whole_case_goes_its_way_under_the_role_and_is_backed_up_and_restored(
    server: str,
    django_db_blocker: DjangoDbBlocker,
    tmp_path: Path,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = machine(tmp_path / "office", server, "duly")
    ring = FileKeyRing.create(made.keys, on=ON)
    private = recovery.make(ring.folder, on=ON)
    recovery.confirm(ring.folder, sheet.last_group(private), on=ON)
    premises.move_in(ring)
    assert made.databases is not None
    made.databases.home.mkdir(parents=True)
    alone = made.duly("migrate")
    assert alone.returncode != 0  # the role makes no tables
    assert "changes were made" in as_owner(made, server, "duly").done("migrate")
    settings.DULY_DAY_FILE, settings.DULY_KEYRING = tmp_path / "day", ring.folder
    clock().set_day(ON)
    case_page.forget()
    environment = {
        **made.databases.environment,
        "DULY_KEYRING": str(ring.folder),
        "DULY_SECRET_KEY": settings.SECRET_KEY,
        "DULY_DAY_FILE": str(tmp_path / "day"),
        "DULY_ORIGIN": settings.DULY_ORIGIN,
    }
    made.more = {"DULY_ORIGIN": settings.DULY_ORIGIN, "DULY_DAY_FILE": str(tmp_path / "day")}
    with django_db_blocker.unblock(), pointed_at(made.databases):
        office = furnish((ROOT / "tests/rulebooks/village-bands.toml").read_text())
        web, worker = serve(environment), work(environment)
        monkeypatch.setattr(OverDesk, "port", web.port)
        monkeypatch.setattr(full_case, "Client", lambda: OverHttp([web.port]))
        try:
            full_case.run_a_full_case(OverDesk(office))
            check_no_fast_digest_stays(server)
            before = time.monotonic() + 60  # the days went by, and the worker is to note a round of today's
            while OverHttp([web.port]).get("/health/ready").content != b"ready\n":
                assert time.monotonic() < before, of_health(web.port)
                time.sleep(0.5)
        finally:
            log, of_worker = web.stop(), worker.stop()
        assert '"fault"' not in log + of_worker
        assert list(keeping.verify_record(on=clock().read()[0])) == []
        facts = FactRow.objects.count()
        connections.close_all()
    assert facts > 40
    made.sheet.write_text(sheet.text_of(private, above=""))
    made.verified()
    data, keys = made.backups()
    again = as_owner(machine(tmp_path / "again", server, "spare"), server, "spare")
    again.more = {**again.more, "DULY_ORIGIN": settings.DULY_ORIGIN}
    assert "would be set up again whole" in again.done(
        "restore", data, "--keys", keys, "--sheet", made.sheet, "--rehearse"
    )
    assert "set up again" in again.done("restore", data, "--keys", keys, "--sheet", made.sheet)
    back = machine(again.folder, server, "spare")
    back.more = made.more
    back.verified()
    back.complaints(1)


def check_no_fast_digest_stays(socket: str) -> None:
    """T15: what the worker overwrites is gone from the files too, though its role owns no table."""
    fast = secrets.token_bytes(32)
    receipts.keep(fast, "K7QH-3M2C")
    before = time.monotonic() + 60
    while fast in files(socket):
        assert time.monotonic() < before, "The fast digest stays in the files of the database."
        time.sleep(0.5)
    own = ReceiptRow.objects.filter(complaint="K7QH-3M2C")
    assert [row.state for row in own] == ["slow"]
    own.delete()


def files(socket: str) -> bytes:
    """Every byte of all tables; the log of PostgreSQL apart."""
    with psycopg.connect(url(socket, "postgres", "postgres"), autocommit=True) as root:
        root.execute("CHECKPOINT")
    tables = Path(socket) / "data" / "base"
    return b"".join(path.read_bytes() for path in tables.rglob("*") if path.is_file())


REFUSED = (
    *(f"TRUNCATE {table}" for table in ("store_factrow", "store_leafrow", "store_sealedpart")),
    *(f"DROP TABLE {table}" for table in ("store_factrow", "store_leafrow", "store_sealedpart")),
    "UPDATE store_factrow SET place = 2",
    "UPDATE store_factrow SET place = 2 WHERE false",
    "DELETE FROM store_factrow",
    "UPDATE store_leafrow SET number = 7",
    "DELETE FROM store_leafrow",
    "UPDATE store_sealedpart SET sealed = ''",
    "INSERT INTO store_factrow VALUES ('a', 1, '', '', '') ON CONFLICT (chain, place) DO UPDATE SET place=2",
    "MERGE INTO store_factrow USING (SELECT 1) one ON false WHEN MATCHED THEN DELETE",
    "ALTER TABLE store_factrow DISABLE TRIGGER ALL",
    "ALTER TABLE store_factrow DISABLE TRIGGER facts_no_change",
    "ALTER TABLE store_factrow OWNER TO duly_web",
    "DROP TRIGGER facts_no_change ON store_factrow",
    "DROP FUNCTION duly_refuse CASCADE",
    "CREATE OR REPLACE FUNCTION duly_refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    "CREATE OR REPLACE FUNCTION duly_scrub_receipts() RETURNS boolean LANGUAGE sql AS 'SELECT true'",
    "ALTER FUNCTION duly_scrub_receipts() RESET search_path",
    "ALTER FUNCTION duly_scrub_receipts() OWNER TO duly_web",
    "DROP FUNCTION duly_scrub_receipts",
    "CREATE TRIGGER mine BEFORE INSERT ON store_factrow EXECUTE FUNCTION duly_refuse()",
    "CREATE RULE mine AS ON INSERT TO store_factrow DO INSTEAD NOTHING",
    "CREATE TABLE mine (a int)",
    "CREATE TEMPORARY TABLE store_factrow (a int)",
    "CREATE SCHEMA mine",
    "SET session_replication_role = replica",
    "SET ROLE duly_owner",
    "SET SESSION AUTHORIZATION duly_owner",
    "ALTER ROLE duly_web SUPERUSER",
    "GRANT duly_owner TO duly_web",
    "REASSIGN OWNED BY duly_owner TO duly_web",
    "COPY store_factrow TO PROGRAM 'cat'",
    "DELETE FROM store_account",
    "DELETE FROM store_editionrow",
    "DELETE FROM django_migrations",
    "INSERT INTO django_migrations (app, name, applied) VALUES ('store', 'mine', now())",
    "INSERT INTO auth_group (name) VALUES ('mine')",
)  # fmt: skip


@pytest.fixture(scope="module")
def migrated(server: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("refused")
    made = as_owner(machine(folder, server, "refused"), server, "refused")
    made.done("migrate")
    return server


@pytest.mark.parametrize("statement", REFUSED)
def test_what_the_role_must_not_do_is_refused(migrated: str, statement: str) -> None:
    """By PostgreSQL itself; where it looks for a right and finds none, no guard has to stand."""
    with psycopg.connect(url(migrated, "duly_web", "refused"), autocommit=True) as web:
        before = web.execute("SELECT count(*) FROM store_factrow").fetchone()
        with pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.DependentObjectsStillExist)):
            web.execute(statement)
        assert web.execute("SELECT count(*) FROM store_factrow").fetchone() == before
    with psycopg.connect(url(migrated, "postgres", "refused")) as root:
        standing = root.execute(
            "SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'A'"
        ).fetchone()
        assert standing == (6,)


@pytest.mark.parametrize(
    "statement", ["DELETE FROM keys_unitkey", "TRUNCATE keys_unitkey", "DROP TABLE keys_unitkey"]
)
def test_no_key_is_taken_away(migrated: str, statement: str) -> None:
    with psycopg.connect(url(migrated, "duly_web", "refused_keys"), autocommit=True) as web:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            web.execute(statement)
        web.execute("UPDATE keys_unitkey SET wrapped = NULL WHERE false")


def test_nobody_else_comes_in(migrated: str) -> None:
    with psycopg.connect(url(migrated, "postgres", "postgres"), autocommit=True) as root:
        root.execute("CREATE ROLE stranger LOGIN")
    with pytest.raises(psycopg.OperationalError, match="permission denied"):
        psycopg.connect(url(migrated, "stranger", "refused_keys"))


def test_the_page_says_which_tables(migrated: str) -> None:
    """What the page promises of each table is what PostgreSQL says of it."""
    with psycopg.connect(url(migrated, "postgres", "refused")) as root:
        rights = dict(
            root.execute(
                "SELECT table_name, string_agg(privilege_type, ' ' ORDER BY privilege_type) "
                "FROM information_schema.table_privileges WHERE grantee = 'duly_web' GROUP BY table_name"
            ).fetchall()
        )
        may_call = root.execute(
            "SELECT routine_name, array_agg(grantee::text) FROM information_schema.routine_privileges "
            "JOIN pg_proc ON proname = routine_name AND prosecdef "
            "WHERE routine_schema = 'public' GROUP BY routine_name"
        ).fetchall()
        owned = root.execute("SELECT count(*) FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner "
                             "WHERE r.rolname = 'duly_web'").fetchone()  # fmt: skip
    assert owned == (0,)
    every = "DELETE INSERT SELECT UPDATE"
    few = {
        "store_factrow": "INSERT SELECT",
        "store_leafrow": "INSERT SELECT",
        "store_sealedpart": "DELETE INSERT SELECT",
        "store_account": "INSERT SELECT UPDATE",
        "store_editionrow": "INSERT SELECT UPDATE",
        "store_calendarrow": "INSERT SELECT UPDATE",
        "django_migrations": "SELECT",
        "django_content_type": "SELECT",
        "auth_permission": "SELECT",
        "auth_group": "SELECT",
        "auth_group_permissions": "SELECT",
    }
    assert rights == {name: few.get(name, every) for name in rights}
    assert [(name, set(roles)) for name, roles in may_call] == [
        ("duly_scrub_receipts", {"duly_owner", "duly_web"})
    ]
    assert few.keys() <= rights.keys()
