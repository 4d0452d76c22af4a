"""A process of its own that sends drafts in, to be killed (see tests/store/numbering_process.py).

Run with the environment of an office. It reads `KEY POINT`, a line each, the key of a draft in hexadecimal,
and sends that draft in a process that kills itself at that point; the answer is "killed", "done" or what went
wrong.
"""

import os
import sys
from datetime import date
from typing import NoReturn

from tests.store.numbering_process import Killing, how_it_ended, lay_in_wait

TODAY = date(2026, 3, 20)


def main() -> None:
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "duly_server.conf.settings"
    django.setup()
    print("ready", flush=True)  # noqa: T201 -- it answers so
    for line in sys.stdin:
        key, point = line.split()
        child = os.fork()
        if not child:
            send(bytes.fromhex(key), point)
        print(how_it_ended(child), flush=True)  # noqa: T201 -- it answers so


def send(key: bytes, point: str) -> NoReturn:
    from django.db import connection

    from duly_server.services import sending

    try:
        connection.ensure_connection()  # what a connection asks when it begins is none of its statements
        lay_in_wait(connection, point)
        with connection.execute_wrapper(Killing(int(point) if point.isdigit() else 0)):
            sending.send(key, on=TODAY, groups=5)
    except BaseException as fault:
        print(repr(fault), file=sys.stderr, flush=True)  # noqa: T201 -- for whoever reads why the test failed
        os._exit(1)
    os._exit(0)


if __name__ == "__main__":
    main()
