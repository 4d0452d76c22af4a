"""The docket's page against a bare Django view of the fifty most overdue cases.

`uv run python -m bench docket` measures both in turns, on SQLite and on PostgreSQL, with ten thousand, a
hundred thousand and a million cases; the first page and the last. Login, permissions and every count are
included.
"""

import argparse
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bench.an_office import RULEBOOK, database, furnished

from bench import pairs

if TYPE_CHECKING:
    from bench.docket_filled import Filled

SIZES = (10_000, 100_000, 1_000_000)
AT_MOST, GROWS = 2.5, 1.2


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--rounds", type=int, default=60)
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as home, database(asked.database, durable=False):
        furnished(Path(home))
        (Path(home) / "day").write_text("2026-06-01")
        _measure(asked.database, asked.sizes, asked.rounds)


def _measure(vendor: str, sizes: Sequence[int], rounds: int) -> None:
    from bench.docket_filled import TODAY
    from django.core.wsgi import get_wsgi_application
    from tests.web.desk.officer import Officer

    from bench import bare, wsgi

    filled = _prepared()
    cookies = {name: each.value for name, each in Officer("complaints-officer-1").client.cookies.items()}
    office, django = get_wsgi_application(), bare.handler()
    firsts: dict[str, float] = {}
    print(f"\nThe docket on {vendor}\n{pairs.HEADS}")
    for size in sizes:
        filled.grow(size)
        status, _, page = wsgi.asked(office, "/desk/docket", cookies=cookies)
        assert status.startswith("200"), status
        assert page.count(b"<tr") == 51, page.count(b"<tr")
        bare.fill_up(len(page), TODAY)
        took = pairs.in_turns(
            {
                "bare": lambda: wsgi.asked(django, "/bare"),
                "first page": lambda: wsgi.asked(office, "/desk/docket", cookies=cookies),
                "last page": lambda: wsgi.asked(office, "/desk/docket?before=end", cookies=cookies),
            },
            rounds,
            # SQLite works in this process: its time is told apart from what else the machine does.
            clock=time.process_time if vendor == "sqlite" else time.perf_counter,
        )
        print(pairs.line(f"{size:>9,} cases, {len(page) // 1000} kB: bare view", took["bare"]))
        for name in ("first page", "last page"):
            ratio = took[name].median / took["bare"].median
            print(pairs.line(f"{size:>9,} cases, {name}", took[name], ratio=ratio, aim=f"<= {AT_MOST}"))
            # Against the bare view each time: between two sizes the machine may have become busier.
            grown = ratio / firsts.setdefault(name, ratio)
            if size != sizes[0]:
                print(f"{'':>9}  against {sizes[0]:,} cases{'':42}{grown:>8.2f}{f'<= {GROWS}':>9}")


def _prepared() -> "Filled":
    """An office with three editions, a viewer whose office serves one of them, and a few real cases."""
    from datetime import date

    from bench.docket_filled import Filled
    from tests.services.office import SmallOffice
    from tests.services.test_casework import accepted

    from bench import bare
    from duly.procedure.acts import Pause
    from duly_server.services import casework
    from duly_server.store import editions
    from duly_server.store.models import Account, AppointmentRow, EditionRow

    book, calendar = editions.in_force(date(2026, 3, 2))
    office = SmallOffice(book)
    real = []
    for _ in range(6):
        reference = accepted(office)
        casework.take(
            office.acting("panel-chair", "2026-03-23"),
            reference,
            Pause(pause="police", parts={"reasons": {"v": 1, "text": "The police asked."}}),
        )
        real.append(reference)
    text = RULEBOOK.read_text()
    others = []
    for edition in ("2026a", "2026b"):
        other = editions.keep_edition(
            text.replace('edition       = "2026"', f'edition       = "{edition}"').replace(
                "2026-01-01", "2025-01-01"
            ),
            adopted_on=date(2025, 1, 1),
        )
        EditionRow.objects.filter(digest=other.digest).update(offices="somebody-else")
        others.append(other.digest)
    bare.make_tables(bare.BareCase)
    mine = AppointmentRow.objects.get(account=Account.objects.get(login="complaints-officer-1")).number
    return Filled((book.digest, *others), calendar.digest, mine, tuple(real))


if __name__ == "__main__":
    main()
