"""What `duly adopt --withdraw` answers: what cases would come to without it; then that it was withdrawn."""

import argparse
import json
from datetime import date

from duly.vocabulary import Refused
from duly.vocabulary.day import desk_day
from duly_server.cli.adopt_shown import SHORT, Progress, refuse, seen_whole, show
from duly_server.cli.office import say
from duly_server.services.acting import Acting
from duly_server.services.adopting import adopt, withdraw
from duly_server.store import editions


def run(arguments: argparse.Namespace, today: date, acting: Acting | None) -> int:
    """Exit code 0: shown, or withdrawn; 1: refused, or nothing such was adopted. No `acting`: only shown."""
    digest = _named(arguments.withdraw)
    found = withdraw.find(digest, on=today) if digest else None
    if found is None:
        return refuse(Refused((withdraw.not_adopted(arguments.withdraw),)), arguments)
    if isinstance(found, Refused):
        return refuse(found, arguments)
    looked = withdraw.look_at(found, on=today, seen=Progress())
    if acting is None:
        return show(found, looked, today, arguments)
    done = withdraw.withdraw(
        acting, found.digest, reasons=arguments.because or "", seen=seen_whole(looked, arguments)
    )
    if isinstance(done, Refused):
        return refuse(done, arguments)
    adopt.bring_up_to_date(acting, Progress(of=done.cases).cases)
    if arguments.json:
        say(json.dumps({"withdrawn": found.digest, "since": found.since.isoformat(), "cases": done.cases}))
    else:
        say(f"Withdrawn: {found.name}, which would have governed from {desk_day(found.since)} on.")
    return 0


def _named(asked: str) -> str | None:
    """The digest of what stands by this name: an edition, "CALENDAR EDITION", or the start of a digest."""
    for each in editions.every():
        if each.calendar:
            name = f"{each.calendar} {editions.calendar_of(each.digest).edition}"
        else:
            name = editions.edition(each.digest).edition
        if asked == name or (len(asked) >= SHORT and each.digest.startswith(asked)):
            return each.digest
    return None
