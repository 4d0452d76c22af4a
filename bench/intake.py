"""Taking in a complaint against a bare Django form that writes two rows in one transaction.

`uv run python -m bench intake` sends both in turns, through everything a request passes: the answers are
there, and the button is pressed. The form has the middleware that Django begins with, since no form on the
web does without (it refuses what another site sends); once more none at all; on SQLite once as Django sets
that up where nobody says otherwise, in a file of its own. All wait for the disk. Then 32 are sent at once,
and each must be answered.
"""

import argparse
import base64
import secrets
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

from bench.an_office import database, furnished

from bench import pairs

AT_LEAST = 0.7
IN_FLIGHT = 32
ANSWERS = {
    "narrative": "He mocked a player at every rehearsal, and said that nobody would believe it.",
    "about": "The conductor of the brass band",
    "naming": "named",
    "name": "Ada Winter",
    "contact": "ada@example.org",
    "in_danger": "no",
}
TOKEN = "a" * 32  # of the forms, in their cookie and in what they send
Post = Callable[[], str]


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--rounds", type=int, default=200)
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as home, database(asked.database):
        furnished(Path(home))
        from django.conf import settings

        settings.DULY_DAY_FILE = None  # as in an office: tests and the demo alone have one
        _measure(asked.database, asked.rounds, Path(home))


def _measure(vendor: str, rounds: int, home: Path) -> None:
    from bench import bare

    bare.make_tables(bare.BareComplaint, bare.BareReceipt)
    ours = _complaints(rounds + 1)
    posts = {
        "form": _bare_form(bare.STARTED_WITH),
        "bare": _bare_form(),
        "ours": lambda: next(ours)(),
    }
    if vendor == "sqlite":
        bare.begin(home / "begun.sqlite3")
        posts["begun"] = _bare_form(bare.STARTED_WITH, "/bare/begun")
    took = pairs.in_turns(posts, rounds)
    print(f"\nTaking in a complaint, on {vendor}\n{pairs.HEADS}")
    print(pairs.line("form with the middleware Django begins with", took["form"]))
    print(pairs.line("form without any middleware", took["bare"]))
    names = {"form": "complaint, sealed, chained, receipted", "bare": "  against the form without middleware"}
    if "begun" in took:
        print(pairs.line("form as Django begins, SQLite as well", took["begun"]))
        names["begun"] = "  against the form as Django begins"
    for against, name in names.items():
        ratio = took[against].median / took["ours"].median
        print(pairs.line(name, took["ours"], ratio=ratio, aim=f">= {AT_LEAST}"))
    for name, some in took.items():
        print(f"{'':8}{name}: {1 / some.median:,.0f} a second (median), {1 / some.least:,.0f} (least)")
    sent = list(_complaints(IN_FLIGHT * 4))
    with ThreadPoolExecutor(IN_FLIGHT) as pool:
        answered = list(pool.map(_closing, sent))
    failed = [status for status in answered if not status.startswith("302")]
    print(f"{'':8}{len(sent)} sent with {IN_FLIGHT} in flight: {len(failed)} failures {sorted(set(failed))}")


def _closing(post: Post) -> str:
    """Sent by a thread that leaves no connection open."""
    from django.db import connections

    try:
        return post()
    finally:
        connections.close_all()


def _bare_form(middleware: Sequence[str] = (), path: str = "/bare/complain") -> Post:
    from bench import bare, wsgi

    django = bare.handler(middleware)
    answers = {name: ANSWERS[name] for name in ("narrative", "about")}
    body = urlencode({"csrfmiddlewaretoken": TOKEN, **answers}).encode()

    def post() -> str:
        status, _, _ = wsgi.asked(django, path, cookies={"duly-form": TOKEN}, body=body)
        assert status.startswith("302"), status
        return status

    return post


def _complaints(how_many: int) -> Iterator[Post]:
    """So many drafts with every answer, each with the press of its button, from a network of its own."""
    from django.core.wsgi import get_wsgi_application

    from bench import wsgi
    from duly_server.services import sending
    from duly_server.store import drafts
    from duly_server.web.door import clock

    on, _ = clock().read()
    office = get_wsgi_application()
    keys = [secrets.token_bytes(drafts.KEY_LENGTH) for _ in range(how_many)]
    for key in keys:
        sending.keep(key, ANSWERS, on=on)

    def sender(key: bytes, turn: int) -> Post:
        cookies = {"duly-draft": base64.urlsafe_b64encode(key).decode(), "duly-form": TOKEN}
        body = urlencode({"csrfmiddlewaretoken": TOKEN}).encode()
        address = f"10.{secrets.randbelow(256)}.{turn // 250 % 250}.{turn % 250}"

        def post() -> str:
            status, headers, _ = wsgi.asked(
                office, "/complain/send", cookies=cookies, body=body, address=address
            )
            return status if headers.get("Location") == "/complain/receipt" else f"{status} elsewhere"

        return post

    return (sender(key, turn) for turn, key in enumerate(keys))


if __name__ == "__main__":
    main()
