"""`duly serve`: the web, with the worker beside it."""

import argparse
import logging
import os
from typing import Any

from duly_server.cli.listening import Listening, port, taken


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("serve", help="serve the office, with its worker beside it")
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (127.0.0.1)")
    parser.add_argument("--port", type=port, default=8000, help="the port to listen on (8000)")
    parser.add_argument("--no-work", action="store_true", help="serve only; the worker runs elsewhere")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    from duly_server.cli.office import complain, open_office  # noqa: PLC0415 -- only where an office is

    os.environ.setdefault("DULY_LOG", "lines")
    open_office()
    from django.conf import settings  # noqa: PLC0415 -- after setup

    from duly_server.gateways.keys import refusals, unreadable  # noqa: PLC0415 -- the same
    from duly_server.store.tables import behind  # noqa: PLC0415 -- the same

    against = refusals(
        settings.DULY_KEYRING,
        data_folder=settings.DULY_HOME,
        host=arguments.host,
        address=settings.DULY_ADDRESS,
        proxies=settings.DULY_PROXIES,
        debug=settings.DEBUG,
    )
    if against := (*(against or unreadable(settings.DULY_KEYRING)), *behind()):
        return complain(against)
    if against := tuple(taken(arguments.host, arguments.port)):
        complain(against)
        return 2
    return serve(arguments.host, arguments.port, with_worker=not arguments.no_work)


def serve(host: str, port: int, *, with_worker: bool) -> int:
    """Serve until told to stop. The worker is a process of its own, ended with this one.

    A web process or a worker that dies is started again; if this process is killed, both end.
    """
    from django.conf import settings  # noqa: PLC0415 -- after setup
    from granian.constants import Interfaces  # noqa: PLC0415 -- only where an office is served
    from granian.server import Server  # noqa: PLC0415 -- the same

    from duly_server.cli.beside import Worker  # noqa: PLC0415 -- the same
    from duly_server.gateways import log_lines  # noqa: PLC0415 -- the same
    from duly_server.gateways.limits import folder_in_memory, leave, rooms  # noqa: PLC0415 -- the same

    worker = Worker() if with_worker else None
    options: dict[str, Any] = {
        "blocking_threads": rooms.IN_HAND,  # most of them only hold whoever waits
        "workers": 1,
        "respawn_failed_workers": True,
        "respawn_interval": 0.5,
        "log_access": False,
        "log_level": "warning",
        "log_dictconfig": settings.LOGGING,
    }
    logging.getLogger("_granian").addFilter(_is_news)
    listening = Listening(port, lambda: log_lines.event("serving", port=port))
    try:
        Server(
            "duly_server.conf.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            **options,
        ).serve()
    finally:
        listening.end()
        log_lines.event("stopped")
        if worker is not None:
            worker.end()
        if (folder := folder_in_memory(settings.DULY_HOME, os.environ)) is not None:
            leave(folder)
    return 0


def _is_news(record: logging.LogRecord) -> bool:
    """False for the advice to have fewer threads, for more of them than twice the cores and one.

    It is meant for threads that all work: here a few do (limits/rooms.py), and the others only hold whoever
    waits. Nothing is to be set otherwise, so nobody is told.
    """
    return "Python threads" not in record.getMessage()
