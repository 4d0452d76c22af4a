"""A rulebook with every name in it an invented word: nothing that works on it can work by names.

Stages, steps, offices, outcomes, questions, measures, sanctions, days, limits and pauses are renamed; `is`
and `adverse`, which the names stood for, are written out. Texts for readers, answers, conduct and the words
with which a case closes stay as they are.
"""

import re
import tomllib
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from duly.rulebook.phrases import Event
from duly.rulebook.steps_read import ADVERSE, IS_BY_NAME

Table = dict[str, Any]

_SECTIONS = ("office", "question", "measure", "sanction", "day", "limit", "pause")
_NOT_HOMES = (
    *("stages", "rulebook", "counting", "defaults", "conduct", "separate", "fast_track", "platform"),
    *("publication", "retention", "accepted", "was", "fairness", *_SECTIONS),
)
_NAMES = ("by", "during", "sets", "agreed_by", "not_the_people_of", "serve_on", "adverse", "for")
_PHRASES = ("after", "not_before", "only_if", "within", "if_late", "then", "when", "unless")
_TOKEN = re.compile(r"[a-z][a-z0-9_-]*")
_FIXED = re.compile(
    "|".join(re.escape(words) for words in [*(event.value for event in Event if " " in event.value)])
    + r"|closes the case as .+?(?= if |$)"
)


def renamed(text: str) -> str:
    """The rulebook in `text` with invented names, as TOML."""
    return _Renaming(tomllib.loads(text)).text()


def rewritten(text: str) -> str:
    """The rulebook in `text` with its own names, laid out line by line as `renamed` lays it out."""
    renaming = _Renaming(tomllib.loads(text))
    renaming.names = {name: name for name in renaming.names}
    return renaming.text()


def names_of(text: str) -> Mapping[str, str]:
    """From each name in `text` to the invented word that `renamed` puts in its place."""
    return _Renaming(tomllib.loads(text)).names


def _word(number: int) -> str:
    """ "babo", "cabo", ...: a word of no language, another for each number."""
    consonants, vowels = "bcdfghjklmnprstvz", "aeiou"
    syllables = []
    for _ in range(3):
        number, place = divmod(number, len(consonants) * len(vowels))
        syllables.append(consonants[place % len(consonants)] + vowels[place // len(consonants)])
    return "x" + "".join(syllables)


class _Renaming:
    def __init__(self, book: Table) -> None:
        self.book = book
        self.homes = [key for key in book if key not in _NOT_HOMES]
        self.steps = {name: step for home in self.homes for name, step in book[home].items()}
        found = [*book["stages"], *self.steps]
        found += [name for section in _SECTIONS for name in book.get(section, {})]
        found += [outcome for step in self.steps.values() for outcome in _outcomes(step)]
        self.names = {name: _word(number) for number, name in enumerate(dict.fromkeys(found))}

    def text(self) -> str:
        book: Table = {"stages": self.name(self.book["stages"])}
        for key, value in self.book.items():
            if key in self.homes:
                book[self.names.get(key, key)] = {self.names[n]: self.step(n, s) for n, s in value.items()}
            elif key != "stages":
                book[key] = _SECTION[key](self, value) if key in _SECTION else value
        return _toml(book)

    # --- names and phrases -------------------------------------------------------------------------------

    def name(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self.name(each) for each in value]
        return self.names.get(value, value)

    def phrase(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self.phrase(each) for each in value]
        if isinstance(value, dict):
            return {key: self.phrase(each) for key, each in value.items()}
        said, rest = [], str(value)
        while fixed := _FIXED.search(rest):
            said += [self.tokens(rest[: fixed.start()]), fixed.group()]
            rest = rest[fixed.end() :]
        return "".join([*said, self.tokens(rest)])

    def tokens(self, text: str) -> str:
        return _TOKEN.sub(lambda found: self.names.get(found.group(), found.group()), text)

    def keys(self, table: Table, value: Callable[[Any], Any] = lambda same: same) -> Table:
        return {self.names.get(key, key): value(each) for key, each in table.items()}

    # --- tables ------------------------------------------------------------------------------------------

    def rules(self, table: Table) -> Table:
        """The keys that a step shares with an outcome, a limit, an `instead` and an `extend`."""
        found: Table = {}
        for key, value in table.items():
            if key in _NAMES:
                found[key] = self.name(value)
            elif key in _PHRASES:
                found[key] = self.phrase(value)
            elif key == "outcomes" and isinstance(value, dict):
                found[key] = self.keys(value, self.phrase)
            elif key == "outcomes":
                found[key] = self.name(value)
            elif key == "outcome":
                found[key] = self.keys(value, self.rules)
            elif key == "instead":
                found[key] = [self.rules(each) for each in value]
            elif key == "extend":
                found[key] = self.rules(value)
            elif key == "no_worse_than":
                found[key] = self.rules(value) | {"step": self.name(value["step"])}
            else:
                found[key] = value
        return found

    def step(self, name: str, step: Table) -> Table:
        found = self.rules(step)
        if "is" not in step and name in IS_BY_NAME:
            found["is"] = IS_BY_NAME[name].value
        adverse = [outcome for outcome in _outcomes(step) if outcome in ADVERSE]
        if "adverse" not in step and adverse:
            found["adverse"] = self.name(adverse)
        return found

    def limits(self, table: Table) -> Table:
        return self.keys(table, self.rules)

    def defaults(self, table: Table) -> Table:
        return {key: self.phrase(value) for key, value in table.items()}

    def offices(self, table: Table) -> Table:
        found: Table = {}
        for name, office in table.items():
            office = {key: self.name(value) if key == "stands_in" else value for key, value in office.items()}
            if office.get("party"):
                office.setdefault("is", name)
            found[self.names[name]] = office
        return found

    def separate(self, tables: list[Table]) -> list[Table]:
        return [{"offices": self.name(table["offices"])} for table in tables]

    def days(self, table: Table) -> Table:
        return self.keys(table, self.day)

    def day(self, day: Table) -> Table:
        found = {key: self.phrase(value) for key, value in day.items() if key != "moves"}
        if "moves" in day:
            moves = day["moves"]
            found["moves"] = {k: v if k == "at_most" else self.name(v) for k, v in moves.items()}
        return found

    def measures(self, table: Table) -> Table:
        named = ("ends_with", "credit")
        return self.keys(table, lambda m: {k: self.name(v) if k in named else v for k, v in m.items()})

    def conduct(self, table: Table) -> Table:
        how = {"range": self.name, "too_old": self.phrase}
        return {
            name: {key: how.get(key, lambda same: same)(value) for key, value in conduct.items()}
            for name, conduct in table.items()
        }

    def fast_track(self, table: Table) -> Table:
        return table | {
            "by": self.name(table["by"]),
            "shorter": self.keys(table.get("shorter", {}), self.phrase),
        }

    def sanctions(self, table: Table) -> Table:
        timed = ("begins", "spent", "ask_again")
        return self.keys(table, lambda s: {k: self.phrase(v) if k in timed else v for k, v in s.items()})

    def platform(self, table: Table) -> Table:
        return table | {
            "offices": self.name(table["offices"]),
            "measures": self.keys(table["measures"], self.phrase),
        }

    def retention(self, table: Table) -> Table:
        """Kept by the words with which a case closes, or by an outcome."""
        closings = {words for step in self.steps.values() for words in _closings(step)}
        found: Table = {}
        for key, value in table.items():
            if key == "hold":
                found[key] = value | {"by": self.name(value["by"])}
            elif key == "clause":
                found[key] = value
            else:
                found[key if key in closings else self.names.get(key, key)] = self.phrase(value)
        return found

    def accepted(self, tables: list[Table]) -> list[Table]:
        return [table | {"at": self.tokens(table["at"])} for table in tables]


_SECTION: dict[str, Callable[[_Renaming, Any], Any]] = {
    "defaults": _Renaming.defaults,
    "office": _Renaming.offices,
    "separate": _Renaming.separate,
    "question": _Renaming.keys,
    "day": _Renaming.days,
    "measure": _Renaming.measures,
    "limit": _Renaming.limits,
    "pause": _Renaming.limits,
    "conduct": _Renaming.conduct,
    "fast_track": _Renaming.fast_track,
    "sanction": _Renaming.sanctions,
    "platform": _Renaming.platform,
    "retention": _Renaming.retention,
    "accepted": _Renaming.accepted,
    "was": _Renaming.keys,
}


def _outcomes(step: Table) -> list[str]:
    return list(dict.fromkeys([*step.get("outcomes", []), *step.get("outcome", {})]))


def _closings(value: Any) -> list[str]:
    """Every "closes the case as WORDS" in a step, wherever it stands."""
    if isinstance(value, dict):
        return [words for each in value.values() for words in _closings(each)]
    if isinstance(value, list):
        return [words for each in value for words in _closings(each)]
    return re.findall(r"closes the case as (.+?)(?= if |$)", value) if isinstance(value, str) else []


# --- writing -----------------------------------------------------------------------------------------------


def _toml(book: Table) -> str:
    lines = [f"{_key(key)} = {_value(value)}" for key, value in book.items() if not _is_table(value)]
    for key, value in book.items():
        if isinstance(value, list) and _is_table(value):
            for each in value:
                lines += [f"[[{_key(key)}]]", *_lines(each)]
        elif isinstance(value, dict) and value and all(isinstance(each, dict) for each in value.values()):
            for name, each in value.items():
                lines += [f"[{_key(key)}.{_key(name)}]", *_lines(each)]
        elif isinstance(value, dict):
            lines += [f"[{_key(key)}]", *_lines(value)]
    return "\n".join(lines) + "\n"


def _is_table(value: Any) -> bool:
    return isinstance(value, dict) or (isinstance(value, list) and bool(value) and isinstance(value[0], dict))


def _lines(table: Table) -> list[str]:
    return [f"{_key(key)} = {_value(value)}" for key, value in table.items()]


def _key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else _value(key)


def _value(value: Any) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case date():
            return value.isoformat()
        case list():
            return f"[{', '.join(map(_value, value))}]"
        case dict():
            return "{ " + ", ".join(_lines(value)) + " }"
        case _:
            return '"' + str(value).replace("\\", "\\\\").replace('"', '\\"') + '"'
