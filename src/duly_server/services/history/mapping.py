"""The mapping file of an import: which column of which table is what. Every fault at once, with its line."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from typing import TypeGuard

from duly.rulebook.fault import Fault, Unreadable, shown
from duly.rulebook.outline import outline

MOST = 100_000  # characters of a mapping file
LONGEST = 200  # characters of a source's name, of a label
PATTERNS = (
    "%Y-%m-%d",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%dT%H:%M:%S",
)  # days as files have them if nothing is said


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaints:
    """The table with a row for each complaint; every value names a column."""

    complaint: str
    received: str
    told: str | None = None
    about: str | None = None
    complainant: str | None = None
    contact: str | None = None
    also: Mapping[str, str] = field(default_factory=dict[str, str])  # label: column
    file: str | None = None  # a pattern for the names of its files

    @property
    def columns(self) -> tuple[str, ...]:
        named = (self.complaint, self.received, self.told, self.about, self.complainant, self.contact)
        return tuple(name for name in (*named, *self.also.values()) if name is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Allegations:
    """The table with a row for each accused, allegation and finding; every value but two names a column.

    `unknown` are words for an accused nobody knows: they join no two rows. `pending` are words for a finding
    that was not made yet.
    """

    complaint: str
    allegation: str
    accused: str | None = None
    finding: str | None = None
    discipline: str | None = None
    of_the_accused: Mapping[str, str] = field(default_factory=dict[str, str])
    also: Mapping[str, str] = field(default_factory=dict[str, str])
    unknown: tuple[str, ...] = ()
    pending: tuple[str, ...] = ()
    file: str | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        named = (self.complaint, self.allegation, self.accused, self.finding, self.discipline)
        more = (*self.of_the_accused.values(), *self.also.values())
        return tuple(name for name in (*named, *more) if name is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileMap:
    """What each column is. `source` names where the files come from: with a complaint's own number it is how
    the complaint is known again."""

    source: str
    complaints: Complaints | None
    allegations: Allegations | None
    encoding: str = "utf-8"
    separator: str = ","
    days: tuple[str, ...] = PATTERNS


_TOP = ("source", "encoding", "separator", "days", "complaints", "allegations")
_ENCODINGS = ("utf-8", "windows-1252", "iso-8859-1", "utf-16")
_COLUMNS = {
    "complaints": ("complaint", "received", "told", "about", "complainant", "contact"),
    "allegations": ("complaint", "allegation", "accused", "finding", "discipline"),
}
_NEEDED = {"complaints": ("complaint", "received"), "allegations": ("complaint", "allegation")}
_LABELLED = {"complaints": ("also",), "allegations": ("also", "of-the-accused")}
_WORDS = {"complaints": (), "allegations": ("unknown", "pending")}


def read_map(text: str) -> FileMap | Unreadable:
    """The map, or every fault of it."""
    if len(text) > MOST:
        return Unreadable((Fault(1, f"This has more than {MOST:,} characters.", "It is no mapping file."),))
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    lines = outline(text).lines
    try:
        said = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as fault:
        line = _line_in(str(fault), text)
        return Unreadable((Fault(line, f"This is no TOML: {shown(str(fault), 120)}.", "Mend that line."),))
    faults = sorted(
        (Fault(lines.get(path, 1), says, remedy, path) for path, says, remedy in _faults(said)),
        key=lambda fault: fault.line,
    )
    return Unreadable(tuple(faults)) if faults else _made(said)


def _line_in(says: str, text: str) -> int:
    """The standard reader tells the line in its sentence alone: "... (at line 3, column 5)"."""
    digits = says.rpartition("at line ")[2].partition(",")[0]
    return int(digits) if digits.isascii() and digits.isdigit() else text.rstrip().count("\n") + 1


_Found = tuple[str, str, str]  # path, what is wrong, what to write instead


def _faults(said: Mapping[str, object]) -> Iterator[_Found]:
    yield from _unknown_keys("", said, _TOP)
    source = said.get("source")
    if not _is_words(source):
        yield "source", "source: it is not said where the files come from.", 'Write source = "...".'
    encoding, separator = said.get("encoding", "utf-8"), said.get("separator", ",")
    if encoding not in _ENCODINGS:
        yield "encoding", "encoding: this is none we read.", f"Write one of {', '.join(_ENCODINGS)}."
    if not (isinstance(separator, str) and len(separator) == 1 and separator not in '"\r\n'):
        yield "separator", "separator: it is one character.", 'Write separator = ";" or leave it out.'
    yield from _day_faults(said.get("days"))
    if not said.keys() & _COLUMNS.keys():
        yield "", "No table is described.", "Write [complaints], [allegations], or both."
    for table in _COLUMNS:
        if table in said:
            yield from _table_faults(table, said[table])


def _day_faults(days: object) -> Iterator[_Found]:
    if days is None:
        return
    try:
        fine = isinstance(days, str) and _back(days) == date(2026, 4, 23)
    except ValueError:
        fine = False
    if not fine:
        remedy = 'Write it in the letters of strptime: days = "%d/%m/%Y" for 23/04/2026.'
        yield "days", "days: this does not say where day, month and year stand.", remedy


def _back(pattern: str) -> date:
    """A day written by the pattern and read by it again."""
    written = date(2026, 4, 23).strftime(pattern)
    return datetime.strptime(written, pattern).date()  # noqa: DTZ007 -- a day of a file, no instant


def _table_faults(table: str, said: object) -> Iterator[_Found]:
    if not _is_table(said):
        yield table, f"{table}: it is a table.", f"Write [{table}] on a line of its own."
        return
    known = (*_COLUMNS[table], *_LABELLED[table], *_WORDS[table], "file")
    yield from _unknown_keys(table, said, known)
    for name in _NEEDED[table]:
        if name not in said:
            yield table, f"{table}: no column is named for {name}.", f'Write {name} = "NAME OF THE COLUMN".'
    for name in (*_COLUMNS[table], "file"):
        if name in said and not _is_words(said[name]):
            yield f"{table}.{name}", f"{table}.{name}: a name stands here.", f'Write {name} = "NAME".'
    for name in _WORDS[table]:
        words = said.get(name, [])
        if not (isinstance(words, list) and all(isinstance(word, str) for word in words)):
            yield f"{table}.{name}", f"{table}.{name}: a list of words.", f'Write {name} = ["WORD"].'
    for name in _LABELLED[table]:
        labels = said.get(name, {})
        if not _is_table(labels):
            yield f"{table}.{name}", f"{table}.{name}: it is a table.", f"Write [{table}.{name}]."
            continue
        for label, column in labels.items():
            if not _is_words(column) or not _is_words(label):
                path = f"{table}.{name}.{label}"
                yield path, f"{table}.{name}: the name of a column stands here.", '"LABEL" = "COLUMN".'


def _unknown_keys(where: str, said: Mapping[str, object], known: tuple[str, ...]) -> Iterator[_Found]:
    for key in said.keys() - set(known):
        near = get_close_matches(key, known, 1)
        remedy = f"Did you mean {near[0]}?" if near else f"Known are {', '.join(known)}."
        path = f"{where}.{key}" if where else key
        yield path, f"{shown(path)}: there is no such key.", remedy


def _is_table(said: object) -> TypeGuard[dict[str, object]]:
    return isinstance(said, dict)


def _is_words(said: object) -> TypeGuard[str]:
    return isinstance(said, str) and bool(said.strip()) and len(said) <= LONGEST


def _made(said: Mapping[str, object]) -> FileMap:
    days = said.get("days")
    return FileMap(
        source=str(said["source"]).strip(),
        complaints=_complaints(said["complaints"]) if "complaints" in said else None,
        allegations=_allegations(said["allegations"]) if "allegations" in said else None,
        encoding=str(said.get("encoding", "utf-8")),
        separator=str(said.get("separator", ",")),
        days=(str(days),) if days is not None else PATTERNS,
    )


def _complaints(said: object) -> Complaints:
    table = said if _is_table(said) else {}
    return Complaints(**_named("complaints", table), also=_labels(table.get("also")), file=_file(table))


def _allegations(said: object) -> Allegations:
    table = said if _is_table(said) else {}
    return Allegations(
        **_named("allegations", table),
        of_the_accused=_labels(table.get("of-the-accused")),
        also=_labels(table.get("also")),
        unknown=_words(table.get("unknown")),
        pending=_words(table.get("pending")),
        file=_file(table),
    )


def _named(table: str, said: Mapping[str, object]) -> dict[str, str]:
    return {name: str(said[name]).strip() for name in _COLUMNS[table] if name in said}


def _labels(said: object) -> dict[str, str]:
    return {label: str(column).strip() for label, column in said.items()} if _is_table(said) else {}


def _words(said: object) -> tuple[str, ...]:
    return tuple(str(word).strip() for word in said) if isinstance(said, list) else ()


def _file(said: Mapping[str, object]) -> str | None:
    return str(said["file"]) if "file" in said else None
