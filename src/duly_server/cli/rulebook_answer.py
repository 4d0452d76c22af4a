"""What `duly rulebook test` answers: a line for each scenario, and under it where rules and scenario part."""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from duly.procedure.rehearsal import UnplayableError, rehearse
from duly.procedure.scenario import Scenario, UnreadableScenarios, read_scenarios
from duly.rulebook.book import Rulebook
from duly.rulebook.fault import Unreadable
from duly.rulebook.read import read
from duly.timetable.calendar import Calendar, DayOutsideCalendarError, whole_calendar
from duly_server.cli.office import say
from duly_server.gateways.shelf import (
    NotOnShelfError,
    Text,
    find_calendar,
    find_rulebook,
    find_scenarios,
    shipped_calendar,
)
from duly_server.store.zones import zone_named

FINE, PARTED, UNUSABLE = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Played:
    """`parted` is empty where the rules did what the scenario says."""

    source: str
    name: str
    says: str
    parted: tuple[str, ...]


def run(arguments: argparse.Namespace) -> int:
    """Exit code 0: all hold; 1: rules and a scenario part; 2: something can't be read, or is not there."""
    try:
        rulebook = find_rulebook(arguments.rulebook)
        book = read(rulebook.text)
        if isinstance(book, Unreadable):
            return _refuse(f"{arguments.rulebook}, {fault}" for fault in book.problems)
        listed = find_calendar(arguments.calendar or book.calendar)
        texts = find_scenarios(arguments.rulebook)
    except NotOnShelfError as missing:
        return _refuse([str(missing)])
    whole = whole_calendar(listed.text, shipped_calendar)
    if isinstance(whole, Unreadable):
        return _refuse(f"{listed.source}, {fault}" for fault in whole.problems)
    scenarios, faults = _scenarios(texts)
    if faults:
        return _refuse(faults)
    days = replace(whole.days, zones=zone_named)
    played = [Played(source, one.name, one.says, _parted(one, book, days)) for source, one in scenarios]
    _say(played, as_json=arguments.json)
    return PARTED if any(each.parted for each in played) else FINE


def _scenarios(texts: Sequence[Text]) -> tuple[list[tuple[str, Scenario]], list[str]]:
    found: list[tuple[str, Scenario]] = []
    faults: list[str] = []
    for text in texts:
        read_ = read_scenarios(text.text)
        if isinstance(read_, UnreadableScenarios):
            faults += [f"{text.source}: {fault}" for fault in read_.faults]
        else:
            found += [(text.source, one) for one in read_]
    return found, faults


def _parted(scenario: Scenario, book: Rulebook, calendar: Calendar) -> tuple[str, ...]:
    try:
        return tuple(map(str, rehearse(scenario, book=book, calendar=calendar)))
    except (UnplayableError, DayOutsideCalendarError) as fault:
        return (str(fault),)


def _say(played: Sequence[Played], *, as_json: bool) -> None:
    parted = sum(bool(each.parted) for each in played)
    if as_json:
        answer = [
            {"file": each.source, "name": each.name, "holds": not each.parted, "parted": list(each.parted)}
            for each in played
        ]
        say(json.dumps({"scenarios": answer}, ensure_ascii=False, indent=2))
        return
    for each in played:
        for line in _lines(each):
            say(line)
    how_many = f"{len(played)} scenario{'' if len(played) == 1 else 's'}"
    found = f"{parted} in which the rules do otherwise" if parted else "the rules do what they say"
    say(f"\n{how_many}: {found}.")


def _lines(each: Played) -> Iterator[str]:
    yield f"{'no' if each.parted else 'yes'}  {each.name} ({each.source})"
    for parted in each.parted:
        yield f"      {parted}"


def _refuse(why: Iterator[str] | Sequence[str]) -> int:
    for each in why:
        print(each, file=sys.stderr)  # noqa: T201 -- this is what a command does
    return UNUSABLE
