"""The rows of one file, each with its line; what is no row of the table, with its reason."""

import csv
import io
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from duly_server.gateways.files import HandedIn
from duly_server.services.history.mapping import FileMap

LONGEST = 1_000_000  # characters of one cell


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the line it begins on (from 1) and its cells by column, without the spaces around them."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedRow:
    """A row that cannot be taken: what is wrong, what to do, and the cells as far as they can be told."""

    file: str
    line: int
    says: str
    remedy: str
    cells: Mapping[str, str] = field(default_factory=dict[str, str], compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Table:
    """A file with its heading; `rows` reads on as it is asked."""

    handed: HandedIn
    columns: tuple[str, ...]
    rows: Iterator[Row | RefusedRow]


def open_table(handed: HandedIn, said: FileMap) -> Table | RefusedRow:
    """The file as a table, or why it is none."""
    csv.field_size_limit(LONGEST)
    text = _decoded(handed.content, said.encoding)
    numbered = _records(text, said.separator)
    line, heading = next(numbered, (1, []))
    columns = tuple(name.strip() for name in heading) if isinstance(heading, list) else ()
    if not any(columns):
        return RefusedRow(
            file=handed.name,
            line=1,
            says="The file has no heading.",
            remedy="Its first line names the columns; a row stands on each line after it.",
        )
    if twice := {name for name in columns if name and columns.count(name) > 1}:
        return RefusedRow(
            file=handed.name,
            line=line,
            says=f"Two columns have the name {min(twice)}.",
            remedy="Give each column a name of its own.",
        )
    return Table(handed, columns, _rows(handed, columns, numbered, said.encoding))


def _decoded(content: bytes, encoding: str) -> str:
    """What does not decode stays visible as lone surrogates, and its row is refused."""
    name = "utf-8-sig" if encoding == "utf-8" else encoding
    return content.decode(name, errors="surrogateescape" if encoding != "utf-16" else "replace")


def _records(text: str, separator: str) -> Iterator[tuple[int, list[str] | csv.Error]]:
    """Each record with the line it begins on; blank lines are none."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    while True:
        begins = reader.line_num + 1
        try:
            record: list[str] | csv.Error = next(reader)
        except StopIteration:
            return
        except csv.Error as fault:
            record = fault
        if record != []:
            yield begins, record


def _rows(
    handed: HandedIn,
    columns: tuple[str, ...],
    numbered: Iterator[tuple[int, list[str] | csv.Error]],
    encoding: str,
) -> Iterator[Row | RefusedRow]:
    for line, record in numbered:
        if isinstance(record, csv.Error):
            says = f"This line cannot be read: {record}."
            remedy = "Look for a quotation mark that is never closed."
            yield RefusedRow(file=handed.name, line=line, says=says, remedy=remedy)
            continue
        cells = dict(zip(columns, map(_clean, record), strict=False))
        if (wrong := _wrong(record, columns, encoding)) is not None:
            yield RefusedRow(file=handed.name, line=line, says=wrong[0], remedy=wrong[1], cells=cells)
        else:
            yield Row(line, cells)


def _wrong(record: list[str], columns: tuple[str, ...], encoding: str) -> tuple[str, str] | None:
    """What is wrong with a record, and what to do; None: it is a row."""
    if len(record) != len(columns):
        return (
            f"This row has {_cells(len(record))}, the heading has {len(columns)}.",
            "Look for a separator too many or too few, or an open quotation mark.",
        )
    if any(_is_broken(cell, encoding) for cell in record):
        return (
            f"This row holds bytes that are no {encoding}.",
            'Save the file as UTF-8, or write in the map what it is: encoding = "windows-1252".',
        )
    if not any(cell.strip() for cell in record):
        return "This row is empty.", "Fill it in, or take it out."
    return None


def _cells(count: int) -> str:
    return "1 cell" if count == 1 else f"{count} cells"


def _is_broken(cell: str, encoding: str) -> bool:
    if encoding == "utf-16":
        return "\ufffd" in cell
    return any("\ud800" <= letter <= "\udfff" for letter in cell)


def _clean(cell: str) -> str:
    """In the one composed form (threats 3.1), without what no page can show and the spaces around."""
    return unicodedata.normalize("NFC", cell.replace("\0", "")).strip()
