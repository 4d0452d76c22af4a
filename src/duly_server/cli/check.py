"""`duly check`: read a rulebook and say every fault at once. It needs no office."""

import argparse
import json
import sys


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("check", help="read a rulebook and say every fault at once")
    parser.add_argument("rulebook", metavar="RULEBOOK", help="a file, a folder, or a shipped name")
    parser.add_argument("--json", action="store_true", help="print the answer as JSON")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """0: it can be read; 2: it can't, and why. The rules of fairness (L01 to L40) have no findings yet."""
    from duly.rulebook.book import Rulebook  # noqa: PLC0415 -- the rules are read only when they are asked
    from duly.rulebook.read import read  # noqa: PLC0415 -- the same
    from duly_server.gateways.shelf import NotOnShelfError, find_rulebook  # noqa: PLC0415 -- the same

    try:
        book = read(find_rulebook(arguments.rulebook).text)
    except NotOnShelfError as missing:
        return _refuse([{"line": None, "says": str(missing), "remedy": ""}], arguments)
    if not isinstance(book, Rulebook):
        faults: list[dict[str, object]] = [
            {"line": fault.line, "says": fault.says, "remedy": fault.remedy} for fault in book.problems
        ]
        return _refuse(faults, arguments)
    if arguments.json:
        _print(json.dumps({"findings": []}))
    else:
        _print(f"{book.title}, edition {book.edition}: {len(book.steps)} steps, {len(book.limits)} limits.")
        _print("It can be read without a fault. The rules of fairness L01 to L40 are not checked yet.")
    return 0


def _refuse(problems: list[dict[str, object]], arguments: argparse.Namespace) -> int:
    if arguments.json:
        _print(json.dumps({"problems": problems}))
    else:
        for each in problems:
            line = f"line {each['line']}, " if each["line"] else ""
            print(f"{line}{each['says']} {each['remedy']}".strip(), file=sys.stderr)  # noqa: T201 -- a command
    return 2


def _print(text: str) -> None:
    print(text)  # noqa: T201 -- this is what a command does
