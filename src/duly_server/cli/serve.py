"""`duly serve`: the web, with the worker beside it."""

import argparse
import os
import subprocess
import sys
from typing import Any

THREADS = 4  # for everything but looking up receipt codes, which may not take the last of them


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("serve", help="serve the office, with its worker beside it")
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="the port to listen on (8000)")
    parser.add_argument("--no-work", action="store_true", help="serve only; the worker runs elsewhere")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    from duly_server.cli.office import complain, open_office  # noqa: PLC0415 -- only where an office is

    open_office()
    from django.conf import settings  # noqa: PLC0415 -- after setup

    from duly_server.store.tables import behind  # noqa: PLC0415 -- the same
    from duly_server.gateways.keys import refusals  # noqa: PLC0415 -- the same

    against = refusals(
        settings.DULY_KEYRING, data_folder=settings.DULY_HOME, host=arguments.host, debug=settings.DEBUG
    )
    if against := (*against, *behind()):
        return complain(against)
    return serve(arguments.host, arguments.port, with_worker=not arguments.no_work)


def serve(host: str, port: int, *, with_worker: bool) -> int:
    """Serve until told to stop. The worker is a process of its own, ended with this one."""
    from granian.constants import Interfaces  # noqa: PLC0415 -- only where an office is served
    from granian.server import Server  # noqa: PLC0415 -- the same

    from duly_server.services.receipt_codes import MOST_AT_ONCE  # noqa: PLC0415 -- the same

    worker = (
        subprocess.Popen([sys.executable, "-m", "duly_server.cli.work"], env=dict(os.environ))
        if with_worker
        else None
    )
    options: dict[str, Any] = {
        "blocking_threads": MOST_AT_ONCE + THREADS,
        "workers": 1,
        "log_access": False,
        "log_level": "warning",
    }
    try:
        Server(
            "duly_server.conf.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            **options,
        ).serve()
    finally:
        if worker is not None:
            worker.terminate()
            worker.wait(timeout=20)
    return 0
