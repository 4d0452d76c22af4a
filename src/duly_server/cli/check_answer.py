"""What `duly check` answers: the findings of the lint, or every fault that keeps a file from being read."""

import argparse
import json
import sys
from collections.abc import Iterator

from duly.rulebook.book import Rulebook
from duly.rulebook.check import check, has_errors
from duly.rulebook.fault import Fault, Unreadable
from duly.rulebook.finding import Finding, Severity
from duly.rulebook.read import read
from duly_server.cli.office import say
from duly_server.gateways.shelf import NotOnShelfError, find_rulebook

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
    findings = check(book)
    if as_json:
        say(json.dumps({"findings": [_as_json(each) for each in findings]}, ensure_ascii=False, indent=2))
    else:
        for line in _as_text(book, findings):
            say(line)
    return ERRORS if has_errors(findings) else FINE


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


def _as_text(book: Rulebook, findings: tuple[Finding, ...]) -> Iterator[str]:
    yield f"{book.title}, edition {book.edition}"
    for one in findings:
        yield ""
        yield f"line {one.line}, {one.rule} {one.severity.value}: {one.says}"
        yield f"    {one.remedy}" if one.accepted is None else f"    Accepted: {one.accepted}"
        yield f"    Why: {one.why}"
    yield ""
    yield _sum(findings)


def _sum(findings: tuple[Finding, ...]) -> str:
    """ "1 error, 3 warnings (1 accepted), no notes: it can't come into force." """
    count = {severity: sum(one.severity is severity for one in findings) for severity in Severity}
    accepted = sum(one.accepted is not None for one in findings)
    parts = [
        f"{count[severity] or 'no'} {severity.value}{'' if count[severity] == 1 else 's'}"
        + (f" ({accepted} accepted)" if severity is Severity.WARNING and accepted else "")
        for severity in Severity
    ]
    says = f"{', '.join(parts)}: {'it can’t' if has_errors(findings) else 'it may'} come into force."
    return says[0].upper() + says[1:]


def _say_unreadable(found: Unreadable, source: str, *, as_json: bool) -> int:
    if as_json:
        problems = [{"line": p.line or None, "says": p.says, "remedy": p.remedy} for p in found.problems]
        say(json.dumps({"problems": problems}, ensure_ascii=False, indent=2))
        return UNREADABLE
    for problem in found.problems:
        words = f"{source}, {problem}" if problem.line else f"{problem.says} {problem.remedy}".strip()
        print(words, file=sys.stderr)  # noqa: T201 -- this is what a command does
    return UNREADABLE
