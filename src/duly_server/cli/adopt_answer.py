"""What `duly adopt` answers: the preview, case by case, as it is worked out; then that it was adopted."""

import argparse
import json

from django.conf import settings

from duly.vocabulary import Problem, Refused
from duly.vocabulary.day import desk_day
from duly_server.cli import adopt_withdraw
from duly_server.cli.adopt_shown import Progress, refuse, seen_whole, show
from duly_server.cli.office import complain, say
from duly_server.gateways.clock import Clock
from duly_server.gateways.shelf import NotOnShelfError, find_calendar, find_rulebook
from duly_server.services.acting import Acting
from duly_server.services.adopting import adopt, preview
from duly_server.services.adopting.proposal import propose
from duly_server.store.accounts import by_login
from duly_server.store.visible import viewer_of

_NOBODY = Problem(
    code="no-login", says="It is somebody's to adopt or to withdraw: say whose.", remedy="Add --by LOGIN."
)


def run(arguments: argparse.Namespace) -> int:
    """Exit code 0: shown, or adopted; 1: refused, or what is shown could not be adopted; 2: no such file."""
    today, at = Clock(settings.DULY_ZONE, day_file=settings.DULY_DAY_FILE).read()
    account = by_login(arguments.by or "")
    acting = Acting(viewer=viewer_of(account.pk), today=today, at=at) if account is not None else None
    only_shown = arguments.preview or not arguments.seen
    if acting is None and not only_shown:
        return refuse(Refused((_NOBODY,)), arguments)
    if arguments.withdraw:
        return adopt_withdraw.run(arguments, today, None if only_shown else acting)
    try:
        name = arguments.calendar
        text = (find_calendar(name) if name else find_rulebook(arguments.rulebook)).text
    except NotOnShelfError as missing:
        complain([Problem(code="not-found", says=str(missing))])
        return 2
    proposal = propose(text, on=today)
    if isinstance(proposal, Refused):
        return refuse(proposal, arguments)
    looked = preview.look(proposal, on=today, seen=Progress())
    if acting is None or only_shown:
        return show(proposal, looked, today, arguments)
    done = adopt.adopt(
        acting, proposal.digest, reasons=arguments.because or "", seen=seen_whole(looked, arguments)
    )
    if isinstance(done, Refused):
        return refuse(done, arguments)
    adopt.bring_up_to_date(acting, Progress(of=done.cases).cases)
    if arguments.json:
        say(
            json.dumps({"adopted": proposal.digest, "since": proposal.since.isoformat(), "cases": done.cases})
        )
    else:
        say(f"Adopted: {proposal.name}, from {desk_day(proposal.since)} on.")
    return 0
