"""`duly work`: notes what ran out and does what can wait, until told to stop."""

import argparse
import logging
import os
import signal
import sys
import threading
import time

ONCE_IN = 60.0  # seconds: what fails again and again is not said more often


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("work", help="do what falls due, until told to stop")
    parser.add_argument("--once", action="store_true", help="do what is due now, then stop")
    parser.set_defaults(run=run, beside=False)


def run(arguments: argparse.Namespace) -> int:
    from duly_server.cli.office import complain, open_ready_office  # noqa: PLC0415 -- only where an office is

    if not arguments.once:
        os.environ.setdefault("DULY_LOG", "lines")
    open_ready_office()
    from django.conf import settings  # noqa: PLC0415 -- after setup
    from django.db import close_old_connections  # noqa: PLC0415 -- the same

    from duly_server.cli.beside import when_input_ends  # noqa: PLC0415 -- the same
    from duly_server.gateways import log_lines  # noqa: PLC0415 -- the same
    from duly_server.gateways.clock import Clock  # noqa: PLC0415 -- the same
    from duly_server.gateways.keys import unreadable  # noqa: PLC0415 -- the same
    from duly_server.services.work import note_round, work  # noqa: PLC0415 -- the same
    from duly_server.store.sqlite.base import make_no_files  # noqa: PLC0415 -- the same

    if against := unreadable(settings.DULY_KEYRING):
        return complain(against)
    clock = Clock(settings.DULY_ZONE, day_file=settings.DULY_DAY_FILE)
    make_no_files()
    stop = threading.Event()
    if arguments.beside:
        when_input_ends(stop.set)
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: stop.set())
    faults: list[str] = []
    said: dict[str, float] = {}

    def told(fault: Exception) -> None:
        """By class and place alone: what a task had in hand names people (threats 5.6). Once a minute."""
        faults.append(kind := type(fault).__name__)
        now = time.monotonic()
        if now - said.get(kind, -ONCE_IN) >= ONCE_IN:
            said[kind] = now
            logging.getLogger("duly.work").error("a task failed", exc_info=fault)

    if not arguments.once:
        log_lines.event("working")
    while not stop.is_set():
        faults.clear()
        today, at = clock.read()
        work(today=today, at=at, on_fault=told)
        note_round(at=at, failed=len(faults), on_fault=told)
        close_old_connections()
        if arguments.once or stop.wait(timeout=2.0):
            break
    if not arguments.once:
        log_lines.event("stopped")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(run(argparse.Namespace(once=False, beside=True)))
