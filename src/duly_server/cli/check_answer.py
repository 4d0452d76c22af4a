"""What `duly check` answers: the findings of the lint, or every fault that keeps a file from being read."""

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict

from duly.lint.lasting import Totals
from duly.lint.whole import check_whole, explored
from duly.rulebook.book import Rulebook
from duly.rulebook.check import check, has_errors
from duly.rulebook.countable import uncountable
from duly.rulebook.fault import Fault, Unreadable
from duly.rulebook.finding import Finding, Severity
from duly.rulebook.read import read
from duly_server.cli.office import say
from duly_server.gateways.shelf import NotOnShelfError, find_rulebook
from duly_server.store.zones import is_zone

FINE, ERRORS, UNREADABLE = 0, 1, 2


def run(arguments: argparse.Namespace) -> int:
    """Exit code 0: fine, warnings too; 1: errors found; 2: it cannot be read."""
    try:
        text = find_rulebook(arguments.rulebook).text
    except NotOnShelfError as missing:
        problems = Unreadable((Fault(0, str(missing), ""),))
        return _say_unreadable(problems, arguments.rulebook, as_json=arguments.json)
    return check_text(text, source=arguments.rulebook, as_json=arguments.json)


def check_text(text: str, *, source: str, as_json: bool) -> int:
    """Print what the reader and the lint say of `text`; the exit code."""
    book = read(text)
    if isinstance(book, Unreadable):
        return _say_unreadable(book, source, as_json=as_json)
    beyond = uncountable(book, is_zone=is_zone)
    if as_json:
        whole = check_whole(book)
        answer: dict[str, object] = {"findings": [_as_json(each) for each in whole]}
        longest = explored(book).totals
        answer["longest"] = None if longest is None else asdict(longest)
        if beyond:
            answer["not_adoptable"] = [_place(fault) for fault in beyond]
        say(json.dumps(answer, ensure_ascii=False, indent=2))
    else:
        whole = _say_as_found(book, beyond)
    return ERRORS if has_errors(whole) else FINE


def _say_as_found(book: Rulebook, beyond: tuple[Fault, ...]) -> tuple[Finding, ...]:
    """What fields decide at once, and what only exploring shows when that is done."""
    say(f"{book.title}, edition {book.edition}")
    for fault in beyond:
        _say_beyond(fault)
    first = check(book)
    for one in first:
        _say(one)
    sys.stdout.flush()
    whole = check_whole(book)
    for one in whole:
        if one not in first:
            _say(one)
    say("")
    for line in _how_long(explored(book).totals):
        say(line)
    say("")
    say(_sum(whole) + (f" {_NOT_ADOPTABLE}" if beyond else ""))
    return whole


def _how_long(found: Totals | None) -> Iterator[str]:
    """The longest that the rulebook lets a case take, weekends counted and holidays not."""
    if found is None or found.decision is None or found.closing is None:
        yield "There is no longest time from receipt to decision: something on the way has no time."
        return
    yield (
        f"The longest from receipt to decision, with everybody in time: {_span(found.decision)}; "
        f"to the end, appeals and all: {_span(found.closing)}."
    )
    if found.decision_more is not None and found.closing_more is not None:
        yield f"With every extension: {_span(found.decision_more)}, and {_span(found.closing_more)}."
    if found.pauses:
        yield f"Pauses can add {_span(found.pauses)}, each at its longest."


def _span(days: int) -> str:
    """ "33 weeks and 1 day"."""
    weeks, rest = divmod(days, 7)
    parts = [f"{n} {unit}{'' if n == 1 else 's'}" for n, unit in ((weeks, "week"), (rest, "day")) if n]
    return " and ".join(parts) or "no day"


_NOT_ADOPTABLE = "No office can adopt it yet, though: see the remarks at its head."


def _say_beyond(fault: Fault) -> None:
    """A remark, no fault of the file: the format has such times, and an office can't work by them yet."""
    say("")
    say(f"line {fault.line}, not to be adopted yet: {fault.says}")
    say(f"    {fault.remedy}")
    say("    Why: A clock that nothing counts would never be due; duly init refuses such a rulebook.")


def _place(fault: Fault) -> dict[str, object]:
    return {"line": fault.line or None, "says": fault.says, "remedy": fault.remedy}


def _say(one: Finding) -> None:
    say("")
    say(f"line {one.line}, {one.rule} {one.severity.value}: {one.says}")
    say(f"    {one.remedy}" if one.accepted is None else f"    Accepted: {one.accepted}")
    say(f"    Why: {one.why}")


def _as_json(one: Finding) -> dict[str, object]:
    return {
        "rule": one.rule,
        "severity": one.severity.value,
        "line": one.line,
        "says": one.says,
        "why": one.why,
        "remedy": one.remedy,
        "at": one.at,
        "accepted": one.accepted,
    }


def _sum(findings: tuple[Finding, ...]) -> str:
    """ "1 error, 3 warnings (1 accepted), no notes: it can't come into force." """
    parts: list[str] = []
    for severity in Severity:
        of_it = [one for one in findings if one.severity is severity]
        accepted = sum(one.accepted is not None for one in of_it)
        plural = "" if len(of_it) == 1 else "s"
        parts.append(f"{len(of_it) or 'no'} {severity.value}{plural}")
        parts[-1] += f" ({accepted} accepted)" if accepted else ""
    says = f"{', '.join(parts)}: {'it can’t' if has_errors(findings) else 'it may'} come into force."
    return says[0].upper() + says[1:]


def _say_unreadable(found: Unreadable, source: str, *, as_json: bool) -> int:
    if as_json:
        problems = [_place(each) for each in found.problems]
        say(json.dumps({"problems": problems}, ensure_ascii=False, indent=2))
        return UNREADABLE
    for problem in found.problems:
        words = f"{source}, {problem}" if problem.line else f"{problem.says} {problem.remedy}".strip()
        print(words, file=sys.stderr)  # noqa: T201 -- this is what a command does
    return UNREADABLE
