"""Makes the small office of this release: `uv run python -m tests.releases.make` in a clone without changes.

It goes to tests/releases/VERSION: the data folder and the keyring as they lie on a disk, both backups, the
sheet that opens them, and what must be found there after an upgrade. These keys open nothing else.
A release's office is made once and never again; until then the command replaces it.
"""

import gzip
import io
import json
import os
import sqlite3
import sys
import tarfile
import tempfile
from datetime import date, timedelta
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).parent
ORIGIN = "releases.invalid/office"
LOGIN, PASSWORD = "president-1", "three quiet harbours"
BEGINS, LATER = date(2026, 3, 2), date(2026, 3, 20)
MOST_BYTES = 300_000


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="duly-release-") as folder:
        place = Path(folder)
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "duly_server.conf.settings",
            "DULY_HOME": str(place / "data"),
            "DULY_KEYRING": str(place / "keys"),
            "DULY_DAY_FILE": str(place / "day"),
            "DULY_ORIGIN": ORIGIN,
            "DULY_NAME": "Federation of Village Bands",
            "DULY_DATABASE": "sqlite",
        }
        import django

        django.setup()
        to = HERE / version("duly")
        to.mkdir(exist_ok=True)
        for old in to.iterdir():
            old.unlink()
        expected = _office(place, to)
        _pack(place, to / "office.tar.gz")
        (to / "expected.json").write_text(json.dumps(expected, indent=1) + "\n", "utf-8")
        size = sum(path.stat().st_size for path in to.iterdir())
        if size > MOST_BYTES:
            sys.exit(f"{to} has {size} bytes: more than a repository should carry for each release.")


def _office(place: Path, to: Path) -> dict[str, object]:
    """One complaint at the sift, one case that waits for its answer, one that came to a sanction."""
    from django.conf import settings
    from django.db import connections
    from tests.services.conftest import furnish
    from tests.services.test_casework import accepted
    from tests.web.desk.journey import Journey
    from tests.web.desk.officer import Desk, set_day

    from duly.record.facts import Naming
    from duly.rulebook.steps import Is
    from duly_server.gateways.keys import FileKeyRing
    from duly_server.services import backup, keeping, work
    from duly_server.services.premises import move_in
    from duly_server.services.recovery import set_key
    from duly_server.store import tables
    from duly_server.store.accounts import by_login
    from duly_server.store.backup import snapshot
    from duly_server.store.models import CaseRow, FactRow
    from duly_server.web.door import clock

    settings.ALLOWED_HOSTS.append("testserver")
    settings.DULY_HOME.mkdir()
    tables.bring_up(contract=True)
    clock().set_day(BEGINS)
    move_in(FileKeyRing.create(settings.DULY_KEYRING, on=BEGINS))
    office = furnish((HERE.parent / "rulebooks/village-bands.toml").read_text("utf-8"))
    account = by_login(LOGIN)
    assert account is not None
    account.set_password(PASSWORD)
    account.save()

    waits = accepted(office, LATER.isoformat())
    receipt = office.complaint(LATER.isoformat())
    journey = Journey(Desk(office), receipt, LATER)
    journey.act(journey.step(Is.ACKNOWLEDGEMENT), receipt.complaint)
    journey.sift()
    for kind in (Is.NOTICE, Is.FINDING, Is.SANCTION):
        journey.go_on(kind)
        journey.act(journey.step(kind))
    last = office.complaint(journey.day.isoformat(), naming=Naming.ANONYMOUS)
    day = journey.day + timedelta(days=1)
    set_day(day.isoformat())
    _, at = clock().read()
    sheet = set_key(on=day, at=at)
    for _ in range(3):
        work.work(today=day, at=at)
    assert list(keeping.verify_record(on=day)) == []
    assert keeping.rebuild(on=day).changed == 0
    backup.back_up_data(to / "data.age", on=day, at=at)
    backup.back_up_keys(to / "keys.age", reason="For tests of upgrades.", on=day, at=at)
    (to / "sheet.txt").write_text(sheet, "utf-8")
    found: dict[str, object] = {
        "version": version("duly"),
        "day": day.isoformat(),
        "origin": ORIGIN,
        "login": LOGIN,
        "password": PASSWORD,
        "codes": [receipt.code, last.code],
        "cases": sorted(CaseRow.objects.exclude(accepted_on=None).values_list("reference", flat=True)),
        "facts": FactRow.objects.count(),
        "migrations": snapshot.migrations("default")["store"],
    }
    assert waits in found["cases"]  # type: ignore[operator]  # a list, above
    connections.close_all()
    return found


def _pack(place: Path, to: Path) -> None:
    """The data folder and the keyring, small and without times or names of whoever made it."""
    for path in (place / "data").glob("*.sqlite3"):
        with sqlite3.connect(path, isolation_level=None) as database:
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            database.execute("VACUUM")
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        database.close()
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for path in sorted([*(place / "data").glob("*.sqlite3"), *(place / "keys").glob("*.json"),
                            place / "keys/django-secret"]):  # fmt: skip
            inside = tarfile.TarInfo(path.relative_to(place).as_posix())
            inside.size = path.stat().st_size
            with path.open("rb") as file:
                archive.addfile(inside, file)
    to.write_bytes(gzip.compress(packed.getvalue(), 9, mtime=0))


if __name__ == "__main__":
    main()
