"""What an adoption or a withdrawal would do, case by case, as `duly adopt` prints it, and how far it is."""

import argparse
import json
import sys
import time
from collections.abc import Iterator
from datetime import date
from typing import Any

from duly.timetable.adopted import Ending, Moving
from duly.vocabulary import Refused
from duly.vocabulary.day import desk_day
from duly_server.cli.office import complain, say
from duly_server.services.adopting import adopt, preview, telling
from duly_server.services.adopting.preview import CaseEffect, Looked
from duly_server.services.adopting.proposal import Proposal
from duly_server.services.adopting.withdraw import Withdrawal

SHORT = 12  # characters of the code that a preview ends with
PATIENCE = 2  # seconds; whoever waits longer is told how far it is


def refuse(refused: Refused, arguments: argparse.Namespace) -> int:
    """Exit code 1, with every reason."""
    if arguments.json:
        problems = [{"code": p.code, "says": p.says, "remedy": p.remedy} for p in refused.problems]
        say(json.dumps({"problems": problems}, ensure_ascii=False))
        return 1
    return complain(refused.problems)


def show(found: Proposal | Withdrawal, looked: Looked, today: date, arguments: argparse.Namespace) -> int:
    """Case by case as each is worked out, so that an office of any size is shown in the memory of a few."""
    undone = isinstance(found, Withdrawal)
    stopped = 0 if undone else looked.stopped
    if arguments.json:
        progress = Progress(of=looked.total)
        cases = [_as_json(each, undone) for each in _cases(found, today, progress)]
        said = {"since": found.since.isoformat(), "seen": short(looked), "cases": cases}
        stops = [{"case": case, "says": says} for case, says in looked.stops if stopped]
        say(
            json.dumps(
                {**said, "moving": looked.moving, "ending": looked.ending, "stops": stops}, ensure_ascii=False
            )
        )
        return 1 if stopped else 0
    governs = "withdrawn, would not govern" if undone else "would govern"
    say(f"{found.name[:1].upper()}{found.name[1:]}, {governs} from {desk_day(found.since)} on.")
    for each in _cases(found, today):
        for line in telling.case_lines(each, undone=undone):
            say(line)
    say("")
    for line in telling.summary(looked, undone=undone):
        say(line)
    if stopped:
        return complain(adopt.stops(looked))
    what = "withdraw" if undone else "adopt"
    say(f"To {what} it: the same command with --seen {short(looked)} --by LOGIN --because REASONS")
    return 0


def short(looked: Looked) -> str:
    return looked.heads[:SHORT]


def seen_whole(looked: Looked, arguments: argparse.Namespace) -> str:
    """The state of the record that `--seen` names; what it is, where it names this one."""
    return looked.heads if short(looked) == arguments.seen else str(arguments.seen)


class Progress:
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


def _cases(
    found: Proposal | Withdrawal, today: date, progress: Progress | None = None
) -> Iterator[CaseEffect]:
    after, done = "", 0
    while some := preview.cases(found, on=today, after=after):
        yield from some
        after, done = some[-1].reference, done + len(some)
        if progress is not None:
            progress.cases(done)


def _as_json(case: CaseEffect, undone: bool) -> dict[str, Any]:
    """Of what is undone, `before` is the day with it, and `after` that without."""
    effect = case.effect
    if effect is None:
        return {"case": case.reference, "fate": None, "clocks": [], "ends": []}
    then = getattr(effect.change, "book", None)
    edition_then = then.edition if then is not None else effect.edition
    clocks = [
        {"limit": each.clock.limit.name, "key": each.clock.key, **_days(each, undone)}
        for each in preview.moving_first(effect)
    ]
    ends = [{("pause" if e.is_pause else "measure"): e.name, **_days(e, undone)} for e in effect.ends]
    return {
        "case": case.reference,
        "fate": effect.fate.value,
        "edition": edition_then if undone else effect.edition,
        "edition_then": effect.edition if undone else edition_then,
        "why": [problem.says for problem in effect.why],
        "clocks": clocks,
        "ends": ends,
    }


def _days(each: Moving | Ending, undone: bool) -> dict[str, str | None]:
    first, then = (day.isoformat() if day else None for day in (each.before, each.after))
    return {"before": then, "after": first} if undone else {"before": first, "after": then}
