"""What `duly adopt` answers: the preview, case by case, as it is worked out; then that it was adopted."""

import argparse
import json
import sys
import time
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.conf import settings

from duly.vocabulary import Problem, Refused
from duly.vocabulary.day import desk_day
from duly_server.cli.office import complain, say
from duly_server.gateways.clock import Clock
from duly_server.gateways.shelf import NotOnShelfError, find_calendar, find_rulebook
from duly_server.services.acting import Acting
from duly_server.services.adopting import adopt, preview, telling
from duly_server.services.adopting.preview import CaseEffect, Looked
from duly_server.services.adopting.proposal import Proposal, propose
from duly_server.store.accounts import by_login
from duly_server.store.visible import viewer_of

SHORT = 12  # characters of the code that a preview ends with
PATIENCE = 2  # seconds; whoever waits longer is told how far it is


def run(arguments: argparse.Namespace) -> int:
    """Exit code 0: shown, or adopted; 1: refused, or what is shown could not be adopted; 2: no such file."""
    today, at = Clock(settings.DULY_ZONE, day_file=settings.DULY_DAY_FILE).read()
    try:
        name = arguments.calendar
        text = (find_calendar(name) if name else find_rulebook(arguments.rulebook)).text
    except NotOnShelfError as missing:
        complain([Problem(code="not-found", says=str(missing))])
        return 2
    proposal = propose(text, on=today)
    if isinstance(proposal, Refused):
        return _refused(proposal, arguments)
    if arguments.preview or not arguments.seen:
        return _show(proposal, today, arguments)
    account = by_login(arguments.by or "")
    if account is None:
        says = "An adoption is somebody's: say whose."
        return _refused(Refused((Problem(code="no-login", says=says, remedy="Add --by LOGIN."),)), arguments)
    looked = preview.look(proposal, on=today, seen=_Progress())
    seen = looked.heads if _short(looked) == arguments.seen else arguments.seen
    acting = Acting(viewer=viewer_of(account.pk), today=today, at=at)
    done = adopt.adopt(acting, proposal.digest, reasons=arguments.because or "", seen=seen)
    if isinstance(done, Refused):
        return _refused(done, arguments)
    adopt.bring_up_to_date(acting, _Progress(of=done.cases).cases)
    if arguments.json:
        say(
            json.dumps({"adopted": proposal.digest, "since": proposal.since.isoformat(), "cases": done.cases})
        )
    else:
        say(f"Adopted: {proposal.name}, from {desk_day(proposal.since)} on.")
    return 0


def _refused(refused: Refused, arguments: argparse.Namespace) -> int:
    if arguments.json:
        problems = [{"code": p.code, "says": p.says, "remedy": p.remedy} for p in refused.problems]
        say(json.dumps({"problems": problems}, ensure_ascii=False))
        return 1
    return complain(refused.problems)


# --- the preview ------------------------------------------------------------------------------------------


def _show(proposal: Proposal, today: date, arguments: argparse.Namespace) -> int:
    """Case by case as each is worked out, so that an office of any size is shown in the memory of a few."""
    looked = preview.look(proposal, on=today, seen=_Progress())
    if arguments.json:
        cases = [_as_json(each) for each in _cases(proposal, today)]
        said = {"since": proposal.since.isoformat(), "seen": _short(looked), "cases": cases}
        stops = [{"case": case, "says": says} for case, says in looked.stops]
        say(json.dumps({**said, "moving": looked.moving, "stops": stops}, ensure_ascii=False))
        return 1 if looked.stopped else 0
    say(f"{proposal.name[:1].upper()}{proposal.name[1:]}, would govern from {desk_day(proposal.since)} on.")
    for each in _cases(proposal, today):
        for line in telling.case_lines(each):
            say(line)
    say("")
    for line in telling.summary(looked):
        say(line)
    if looked.stopped:
        return complain(adopt.stops(looked))
    say(f"To adopt it: the same command with --seen {_short(looked)} --by LOGIN --because REASONS")
    return 0


def _cases(proposal: Proposal, today: date) -> Iterator[CaseEffect]:
    after = ""
    while some := preview.cases(proposal, on=today, after=after):
        yield from some
        after = some[-1].reference


def _as_json(case: CaseEffect) -> dict[str, Any]:
    effect = case.effect
    if effect is None:
        return {"case": case.reference, "fate": None, "clocks": []}
    then = getattr(effect.change, "book", None)
    clocks = [
        {
            "limit": each.clock.limit.name,
            "key": each.clock.key,
            "before": each.before.isoformat() if each.before else None,
            "after": each.after.isoformat() if each.after else None,
        }
        for each in preview.moving_first(effect)
    ]
    return {
        "case": case.reference,
        "fate": effect.fate.value,
        "edition": effect.edition,
        "edition_then": then.edition if then is not None else effect.edition,
        "why": [problem.says for problem in effect.why],
        "clocks": clocks,
    }


def _short(looked: Looked) -> str:
    return looked.heads[:SHORT]


class _Progress:
    """Says on standard error how far it is, once somebody has waited for two seconds; then each second."""

    def __init__(self, of: int = 0) -> None:
        self._of = of
        self._next = time.monotonic() + PATIENCE

    def __call__(self, done: int, total: int) -> bool:
        if time.monotonic() >= self._next and done < total:
            print(f"{done} of {total} open cases looked at", file=sys.stderr, flush=True)  # noqa: T201 -- progress
            self._next = time.monotonic() + 1
        return True

    def cases(self, done: int) -> bool:
        return self(done, self._of)
