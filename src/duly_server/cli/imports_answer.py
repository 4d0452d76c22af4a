"""What `duly import complaints` answers: counts that add up; each row refused, its line and its reason."""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence

from django.conf import settings

from duly.rulebook.fault import Unreadable
from duly_server.cli.office import say
from duly_server.gateways.clock import Clock
from duly_server.gateways.files import HandedIn, NotReadableError, read_file
from duly_server.services.history.importing import Taken, import_complaints
from duly_server.services.history.mapping import FileMap, read_map
from duly_server.services.history.reading import UnusableFilesError

FINE, REFUSED, UNUSABLE = 0, 1, 2
SHOWN = 50  # refused rows in the text; with --json all are told


def run(arguments: argparse.Namespace) -> int:
    """0: every row was taken; 1: some were refused, the rest is in; 2: nothing can be read."""
    said = _map(arguments)
    files = _files(arguments)
    if isinstance(said, list) or isinstance(files, list):
        problems = [each for found in (said, files) if isinstance(found, list) for each in found]
        return _unusable(problems, as_json=arguments.json)
    today, at = Clock(settings.DULY_ZONE, day_file=settings.DULY_DAY_FILE).read()
    progress = _bar if sys.stderr.isatty() and not arguments.json else _silent
    try:
        taken = import_complaints(files, said, on=today, at=at, progress=progress)
    except UnusableFilesError as unusable:
        problems = [_problem(p.says, p.remedy, file=p.file, line=p.line) for p in unusable.problems]
        return _unusable(problems, as_json=arguments.json)
    if arguments.json:
        say(json.dumps(_as_json(taken), ensure_ascii=False, indent=2))
    else:
        for line in _as_text(taken):
            say(line)
    return REFUSED if taken.refused else FINE


_Problem = dict[str, object]


def _problem(says: str, remedy: str, *, file: str, line: int | None = None) -> _Problem:
    return {"file": file, "line": line, "says": says, "remedy": remedy}


def _map(arguments: argparse.Namespace) -> FileMap | list[_Problem]:
    name = arguments.map.name
    try:
        text = read_file(arguments.map).content.decode("utf-8-sig")
    except NotReadableError as fault:
        return [_problem(fault.says, fault.remedy, file=name)]
    except UnicodeDecodeError:
        return [_problem("The map is no UTF-8.", "Save it as UTF-8.", file=name)]
    said = read_map(text)
    if isinstance(said, Unreadable):
        return [_problem(f.says, f.remedy, file=name, line=f.line) for f in said.problems]
    return said


def _files(arguments: argparse.Namespace) -> tuple[HandedIn, ...] | list[_Problem]:
    files: list[HandedIn] = []
    problems: list[_Problem] = []
    for path in arguments.files:
        try:
            files.append(read_file(path))
        except NotReadableError as fault:
            problems.append(_problem(fault.says, fault.remedy, file=path.name))
    return problems or tuple(files)


def _unusable(problems: Sequence[_Problem], *, as_json: bool) -> int:
    if as_json:
        say(json.dumps({"problems": list(problems)}, ensure_ascii=False, indent=2))
        return UNUSABLE
    for each in problems:
        where = f"{each['file']}, line {each['line']}: " if each["line"] else ""
        print(f"{where}{each['says']} {each['remedy']}".strip(), file=sys.stderr)  # noqa: T201 -- this is what a command does
    return UNUSABLE


def _as_json(taken: Taken) -> dict[str, object]:
    return {
        "read": taken.read,
        "taken": taken.taken,
        "refused": [
            {"file": row.file, "line": row.line, "says": row.says, "remedy": row.remedy}
            for row in taken.refused
        ],
        "known": taken.known,
        "complaints": taken.complaints,
        "allegations": taken.allegations,
        "findings": taken.findings,
        "pending": taken.pending,
    }


def _as_text(taken: Taken) -> Iterator[str]:
    for row in taken.refused[:SHOWN]:
        yield f"{row.file}, line {row.line}: refused. {row.says} {row.remedy}"
    if len(taken.refused) > SHOWN:
        yield f"... and {len(taken.refused) - SHOWN} more (--json tells all)."
    known = f", {taken.known} of them in the record already" if taken.known else ""
    yield f"Read {taken.read} rows: {taken.taken} taken{known}, {len(taken.refused)} refused."
    yield (
        f"Taken: {taken.complaints} complaints, {taken.allegations} allegations, {taken.findings} with a"
        f" finding, {taken.pending} without."
    )
    yield "They are history: under no edition of this office, without clocks, owing nothing."


def _silent(done: int, of: int) -> None:
    """Nobody watches."""


def _bar(done: int, of: int) -> None:
    width = 40
    filled = done * width // of
    end = "\n" if done == of else ""
    print(f"\r[{'#' * filled}{'.' * (width - filled)}] {done} of {of}", end=end, file=sys.stderr, flush=True)  # noqa: T201 -- progress
