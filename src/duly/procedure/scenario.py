"""A scenario of a rulebook, read from its TOML file: what is done in a case, and what is expected to hold.

The schema is in docs/reference/scenarios.md.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from itertools import pairwise
from typing import Any, TypeVar, cast

from duly.vocabulary.day import desk_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Does:
    """Somebody does one thing: exactly one of the first nine is said, the others go with it.

    `refused` says that the rules are expected to say no, in words that hold these.
    """

    step: str | None = None
    extend: str | None = None
    pause: str | None = None
    resume: str | None = None
    question: str | None = None
    party: str | None = None
    allegation: str | None = None
    waive: str | None = None
    fast_track: int | None = None
    on: date
    by: str | None = None
    outcome: str | None = None
    key: str | None = None
    days: Mapping[str, date] = field(default_factory=dict[str, date])
    ground: str | None = None
    channel: str | None = None
    sanction: str | None = None
    length: str | None = None
    limit: str | None = None
    until: date | None = None
    answer: str | None = None
    naming: str | None = None
    complaint: str | None = None
    conduct_on: date | None = None
    refused: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Expects:
    """Something holds on a day, after what is done on it: exactly one of the first eight is said."""

    limit: str | None = None
    open_step: str | None = None
    closed_step: str | None = None
    owed: tuple[str, ...] | None = None
    stages: tuple[str, ...] | None = None
    in_force: tuple[str, ...] | None = None
    told: str | None = None
    case: str | None = None  # "open", or what it is closed as
    on: date
    key: str | None = None
    outcome: str | None = None
    due: date | None = None
    original: date | None = None
    state: str | None = None
    late: bool | None = None
    counted: str | None = None  # how a person counts the day; no part of the check
    because: str | None = None
    opens_on: date | None = None
    about: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """`does` begins with what was done in the scenario it continues, if it continues one."""

    name: str
    says: str
    does: tuple[Does, ...]
    expects: tuple[Expects, ...]


@dataclass(frozen=True, slots=True)
class UnreadableScenarios:
    """Nothing was taken from the file, and these are all the reasons."""

    faults: tuple[str, ...]

    def __str__(self) -> str:
        return "\n".join(self.faults)


_VERBS = tuple(each.name for each in fields(Does))[:9]
_CLAIMS = tuple(each.name for each in fields(Expects))[:8]
_KEYS = ("name", "says", "continues", "does", "expects")
_Line = TypeVar("_Line", Does, Expects)


def read_scenarios(text: str) -> tuple[Scenario, ...] | UnreadableScenarios:
    """The scenarios of one file, in its order; or every fault, each with the scenario and the line in it."""
    try:
        values = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return UnreadableScenarios((f"This is not TOML: {error}.",))
    faults: list[str] = [f"I do not know “{key}”: write [[scenario]]." for key in values if key != "scenario"]
    tables = values.get("scenario")
    if not isinstance(tables, list) or not tables:
        return UnreadableScenarios((*faults, "There is no scenario: begin with [[scenario]]."))
    found: dict[str, Scenario] = {}
    for number, table in enumerate(cast("list[object]", tables), start=1):
        if isinstance(table, dict):
            _read_one(cast("dict[str, object]", table), number, found, faults)
        else:
            faults.append(f"Scenario {number} is no table: begin with [[scenario]].")
    return UnreadableScenarios(tuple(faults)) if faults else tuple(found.values())


def _read_one(
    table: Mapping[str, object], number: int, found: dict[str, Scenario], faults: list[str]
) -> None:
    name, says = table.get("name"), table.get("says")
    if not isinstance(name, str) or not isinstance(says, str) or not name.strip() or not says.strip():
        faults.append(f"Scenario {number} needs a name and a sentence: name = ..., says = ...")
        return
    if name in found:
        faults.append(f"Two scenarios are called “{name}”.")
        return
    faults += [f"“{name}”: I do not know “{key}”." for key in table if key not in _KEYS]
    earlier: tuple[Does, ...] = ()
    continues = table.get("continues")
    if continues is not None:
        if isinstance(continues, str) and continues in found:
            earlier = found[continues].does
        else:
            faults.append(f"“{name}” continues “{continues}”, and no scenario above it is called that.")
    does = tuple(_lines(Does, _VERBS, table.get("does", []), f"“{name}”, does", faults))
    expects = tuple(_lines(Expects, _CLAIMS, table.get("expects", []), f"“{name}”, expects", faults))
    if not does and not earlier:
        faults.append(f"“{name}”: nothing is done in it.")
    faults += _out_of_order((*earlier, *does), name)
    found[name] = Scenario(name=name, says=says, does=(*earlier, *does), expects=expects)


def _out_of_order(does: Iterable[Does], name: str) -> Iterator[str]:
    days = [each.on for each in does]
    for before, after in pairwise(days):
        if after < before:
            yield f"“{name}”: what is done on {desk_day(after)} stands below {desk_day(before)}."


def _lines(
    kind: type[_Line], one_of: tuple[str, ...], value: object, where: str, faults: list[str]
) -> Iterator[_Line]:
    if not isinstance(value, list):
        faults.append(f"{where}: write a list of lines in braces.")
        return
    for number, line in enumerate(cast("list[object]", value), start=1):
        if not isinstance(line, dict):
            faults.append(f"{where}, line {number}: write it in braces.")
            continue
        table = cast("dict[str, object]", line)
        wrong = list(_wrong(kind, one_of, table, f"{where}, line {number}"))
        if wrong:
            faults += wrong
        else:
            yield kind(**cast("dict[str, Any]", {key: _frozen(each) for key, each in table.items()}))


def _wrong(
    kind: type[Does] | type[Expects], one_of: tuple[str, ...], table: Mapping[str, object], where: str
) -> Iterator[str]:
    types = {each.name: str(each.type) for each in fields(kind)}
    said = [key for key in one_of if key in table]
    if len(said) != 1:
        yield f"{where}: say exactly one of {', '.join(one_of)}."
    if "on" not in table:
        yield f"{where}: on which day? For instance on = 2026-03-02."
    for key, each in table.items():
        if key not in types:
            yield f"{where}: I do not know “{key}”."
        elif not _fits(each, types[key]):
            yield f"{where}: {key} should be {_wanted(types[key])}."


def _fits(value: object, wanted: str) -> bool:
    if "Mapping" in wanted:
        return isinstance(value, dict) and all(
            _is_day(day) for day in cast("dict[str, object]", value).values()
        )
    if "tuple" in wanted:
        return isinstance(value, list) and all(isinstance(e, str) for e in cast("list[object]", value))
    if "date" in wanted:
        return _is_day(value)
    if "bool" in wanted:
        return isinstance(value, bool)
    if "int" in wanted:
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, str)


def _is_day(value: object) -> bool:
    return isinstance(value, date) and not isinstance(value, datetime)


def _wanted(wanted: str) -> str:
    kinds = {
        "Mapping": "days by name, in braces",
        "tuple": "a list of names",
        "date": "a day, like 2026-03-02",
        "bool": "true or false",
        "int": "a number",
    }
    return next((says for sign, says in kinds.items() if sign in wanted), "words in quotation marks")


def _frozen(value: object) -> object:
    return tuple(cast("list[object]", value)) if isinstance(value, list) else value
