"""How long the page of a case takes on the server, with few facts and with many.

`uv run python -m bench.case_page` makes an office of its own in a temporary folder and prints, for each size,
the number of queries and the processor time of a request (least and median): the first after a fact was
recorded by this process, the next, and the first in a process that knows nothing of the case yet.
"""

import os
import statistics
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.services.office import SmallOffice

ROOT = Path(__file__).resolve().parents[1]
SIZES = (8, 50, 200)
TIMES = 20


def main() -> None:
    sys.path[:0] = [str(ROOT), str(ROOT / "src")]
    with tempfile.TemporaryDirectory() as home:
        _office_in(Path(home))
        from tests.services.conftest import furnish  # after the settings know where they are

        office = furnish((ROOT / "tests/rulebooks/village-bands.toml").read_text())
        heads = ("first ms", "then ms", "elsewhere ms")
        print(f"{'facts':>6} {'queries':>8} {''.join(f'{head:>16}' for head in heads)} {'bytes':>8}")
        for size in SIZES:
            _measure(office, size)


def _office_in(home: Path) -> None:
    """Databases, a throw-away keyring, and a clock that can be set."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "duly_server.conf.settings",
        "DULY_HOME": str(home / "office"),
        "DULY_KEYRING": str(home / "keyring"),
        "DULY_DAY_FILE": str(home / "day"),
    }
    (home / "office").mkdir()
    import django

    django.setup()
    from django.core.management import call_command

    from duly_server.gateways.keys import FileKeyRing
    from duly_server.services import premises

    for database in ("default", "keys"):
        call_command("migrate", database=database, verbosity=0)
    premises.move_in(FileKeyRing.demo(on=date(2026, 1, 1)))


def _measure(office: "SmallOffice", size: int) -> None:
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from tests.web.desk.long_case import with_facts

    from duly_server.services import case_page
    from duly_server.store.accounts import by_login

    reference, day = with_facts(office, size)
    settings.DULY_DAY_FILE.write_text(day)
    client, url = Client(SERVER_NAME="127.0.0.1"), f"/desk/cases/{reference}"
    account = by_login("complaints-officer-1")
    assert account is not None
    client.force_login(account)
    session = client.session
    session["duly.entered"] = {"by": "app", "at": 0}
    session.save()
    queries = list[str]()
    with connection.execute_wrapper(lambda run, sql, *rest: (queries.append(sql), run(sql, *rest))[1]):
        answer = client.get(url)
    assert answer.status_code == 200
    first, then, elsewhere = list[float](), list[float](), list[float]()
    for turn in range(TIMES):
        _one_more(office, reference, day, turn)
        first.append(_time(client, url))
        then.append(_time(client, url))
        case_page.forget()
        elsewhere.append(_time(client, url))
    took = "".join(f"{min(some):>8.1f} {statistics.median(some):>7.1f}" for some in (first, then, elsewhere))
    print(f"{size:>6} {len(queries):>8} {took} {len(answer.content):>8}")


def _one_more(office: "SmallOffice", reference: str, day: str, turn: int) -> None:
    """One more fact, as an officer records it."""
    from duly.procedure.acts import AddParty
    from duly.record.facts import PartyRole
    from duly_server.services import casework

    identity = {"v": 1, "name": f"Witness of turn {turn}"}
    officer = office.acting("complaints-officer", day)
    casework.take(officer, reference, AddParty(role=PartyRole.WITNESS, identity=identity))


def _time(client: object, url: str) -> float:
    """Milliseconds of processor time for one request."""
    began = time.process_time()
    client.get(url)  # type: ignore[attr-defined]  # Django's client, imported late
    return (time.process_time() - began) * 1000


if __name__ == "__main__":
    main()
