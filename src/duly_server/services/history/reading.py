"""From files to complaints with their allegations: pure, nothing is recorded here.

A row of an allegation is known by its complaint and its turn under it, in the order of the files: two rows
that say the same are two allegations. A row that cannot be taken keeps its turn, so that once it is mended it
goes in where it belongs.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from fnmatch import fnmatchcase

from duly.rulebook.fault import shown
from duly_server.gateways.files import HandedIn
from duly_server.services.history.mapping import Allegations, Complaints, FileMap
from duly_server.services.history.table import RefusedRow, Row, Table, open_table

EARLIEST = date(1800, 1, 1)
Part = dict[str, object]


class UnusableFilesError(Exception):
    """The files and the map do not fit; `problems` say why. Nothing was taken."""

    def __init__(self, problems: Sequence[RefusedRow]) -> None:
        super().__init__(" ".join(f"{each.says} {each.remedy}" for each in problems))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True, kw_only=True)
class From:
    """Where a row stands: the file's name and digest, and the line."""

    file: str
    digest: str
    line: int

    def refused(self, says: str, remedy: str) -> RefusedRow:
        return RefusedRow(file=self.file, line=self.line, says=says, remedy=remedy)


@dataclass(frozen=True, slots=True, kw_only=True)
class AllegationRow:
    """One accused, allegation and finding. `accused` is empty where nobody is known."""

    at: From
    turn: int
    accused: str
    who: Part
    said: Part
    has_finding: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnRow:
    """The complaint's own row; `parts` by name are what it names and narrates."""

    at: From
    received_on: date
    parts: Mapping[str, Part]


@dataclass(slots=True)
class Gathered:
    """A complaint with all that the files say of it. `row` None: none of these files has its row.

    `stumbled` says why the complaint's own row was refused.
    """

    number: str
    row: OwnRow | None = None
    stumbled: str = ""
    allegations: list[AllegationRow] = field(default_factory=list[AllegationRow])


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """All that the files say: complaints in the order of their rows, rows refused, `count` of all rows."""

    complaints: tuple[Gathered, ...]
    refused: tuple[RefusedRow, ...]
    count: int
    digests: Mapping[str, int]  # of each file: how many rows it has


def read_files(files: Sequence[HandedIn], said: FileMap, *, today: date) -> Read:
    """Read them all. Raises UnusableFilesError where a file is no table of the map."""
    tables = _sorted_out(files, said)
    reader = _Reader(said, today)
    for table, described in tables:
        if isinstance(described, Complaints):
            reader.take_complaints(table, described)
    for table, described in tables:
        if isinstance(described, Allegations):
            reader.take_allegations(table, described)
    return Read(
        complaints=tuple(reader.found.values()),
        refused=tuple(reader.refused),
        count=sum(reader.counts.values()),
        digests=reader.counts,
    )


# --- which file is which table ---------------------------------------------------------------------------


def _sorted_out(files: Sequence[HandedIn], said: FileMap) -> list[tuple[Table, Complaints | Allegations]]:
    tables: list[tuple[Table, Complaints | Allegations]] = []
    problems: list[RefusedRow] = []
    seen: set[str] = set()
    for handed in files:
        opened = open_table(handed, said)
        if isinstance(opened, RefusedRow):
            problems.append(opened)
        elif handed.digest in seen:
            problems.append(_of_file(handed, "This file is named twice.", "Name each file once."))
        else:
            seen.add(handed.digest)
            found = _described(opened, said)
            if isinstance(found, RefusedRow):
                problems.append(found)
            else:
                tables.append((opened, found))
    if problems:
        raise UnusableFilesError(problems)
    return tables


def _described(table: Table, said: FileMap) -> Complaints | Allegations | RefusedRow:
    """Which of the map's tables this is: by the name of the file if the map says so, else by its columns."""
    described = [each for each in (said.complaints, said.allegations) if each is not None]
    by_name = [each for each in described if each.file and fnmatchcase(table.handed.name, each.file)]
    candidates = by_name or [each for each in described if each.file is None]
    fits = [each for each in candidates if set(each.columns) <= set(table.columns)]
    if len(fits) == 1:
        return fits[0]
    if len(fits) > 1:
        says = "This file has the columns of both tables of the map."
        remedy = 'Say in the map which it is: file = "complaints*.csv" under the table.'
        return _of_file(table.handed, says, remedy)
    if not candidates:
        return _of_file(table.handed, "The map names no table for this file.", "See `file` in the map.")
    missing = min((_missing(each, table) for each in candidates), key=len)
    says = f"This file has no column {', '.join(map(shown, missing))}."
    has = ", ".join(shown(name) for name in table.columns)
    return _of_file(table.handed, says, f"Its columns are {has}: name them in the map as they stand there.")


def _missing(described: Complaints | Allegations, table: Table) -> list[str]:
    return [name for name in dict.fromkeys(described.columns) if name not in table.columns]


def _of_file(handed: HandedIn, says: str, remedy: str) -> RefusedRow:
    return RefusedRow(file=handed.name, line=1, says=says, remedy=remedy)


# --- row by row ------------------------------------------------------------------------------------------


class _Reader:
    def __init__(self, said: FileMap, today: date) -> None:
        self.said = said
        self.today = today
        self.found: dict[str, Gathered] = {}
        self.refused: list[RefusedRow] = []
        self.counts: dict[str, int] = {}
        self.turns: defaultdict[str, int] = defaultdict(int)

    def _rows(self, table: Table, said: Complaints | Allegations) -> Iterator[tuple[From, Row]]:
        """Those that are rows; every one is counted, and an allegation that is refused keeps its turn."""
        counted = 0
        for row in table.rows:
            counted += 1
            if isinstance(row, RefusedRow):
                self.refused.append(row)
                if isinstance(said, Allegations):
                    self.turns[row.cells.get(said.complaint, "")] += 1
            else:
                yield From(file=table.handed.name, digest=table.handed.digest, line=row.line), row
        self.counts[table.handed.digest] = counted

    def take_complaints(self, table: Table, said: Complaints) -> None:
        for at, row in self._rows(table, said):
            number = row.cells[said.complaint]
            problem = self._complaint(at, row, said, number)
            if problem is None:
                continue
            self.refused.append(problem)
            if number:
                gathered = self.found.setdefault(number, Gathered(number))
                gathered.stumbled = gathered.stumbled or (
                    "" if gathered.row else f"line {at.line} of {at.file}: {problem.says}"
                )

    def _complaint(self, at: From, row: Row, said: Complaints, number: str) -> RefusedRow | None:
        if not number:
            return at.refused(f"The column {said.complaint} is empty.", "Say which complaint this is.")
        gathered = self.found.setdefault(number, Gathered(number))
        if gathered.row is not None:
            first = gathered.row.at
            return at.refused(
                f"The complaint {shown(number)} stands in line {first.line} of {first.file} already.",
                "Keep one row for each complaint.",
            )
        day = self._day(row.cells[said.received])
        if isinstance(day, str):
            return at.refused(f"{said.received}: {day}", "Write the day as the map says: see `days` there.")
        gathered.row = OwnRow(at=at, received_on=day, parts=_parts_of(row, said, self.said.source, number))
        gathered.stumbled = ""
        return None

    def take_allegations(self, table: Table, said: Allegations) -> None:
        for at, row in self._rows(table, said):
            number = row.cells[said.complaint]
            if not number:
                problem = at.refused(
                    f"The column {said.complaint} is empty.", "Say which complaint the row belongs to."
                )
                self.refused.append(problem)
                continue
            gathered = self.found.setdefault(number, Gathered(number))
            self.turns[number] += 1
            if gathered.stumbled:
                says = f"Its complaint {shown(number)} was not taken, {gathered.stumbled}"
                self.refused.append(at.refused(says, "Mend that line and import the files again."))
                continue
            gathered.allegations.append(_allegation(at, row, said, self.turns[number]))

    def _day(self, text: str) -> date | str:
        """The day, or what is wrong with it."""
        if not text:
            return "no day stands here."
        for pattern in self.said.days:
            try:
                day = datetime.strptime(text, pattern).date()  # noqa: DTZ007 -- a day of the file, no instant
            except ValueError:
                continue
            if day > self.today:
                return f"{day} is still to come."
            return day if day >= EARLIEST else f"{day} is before {EARLIEST.year}."
        return f"“{shown(text, 30)}” is no day as the map writes them."


def _parts_of(row: Row, said: Complaints, source: str, number: str) -> dict[str, Part]:
    """The row in its own words: what was told, who it is about, who complained, each an erasure unit."""
    told: Part = {"v": 1, "source": source, "number": number}
    if said.told and row.cells[said.told]:
        told["text"] = row.cells[said.told]
    parts: dict[str, Part] = {"narrative": told | _also(row, said.also)}
    if said.about and row.cells[said.about]:
        parts["respondent"] = {"v": 1, "about": row.cells[said.about]}
    if said.complainant and row.cells[said.complainant]:
        contact = row.cells[said.contact] if said.contact else ""
        parts["complainant"] = {"v": 1, "name": row.cells[said.complainant], "contact": contact}
    return parts


def _allegation(at: From, row: Row, said: Allegations, turn: int) -> AllegationRow:
    accused = row.cells[said.accused] if said.accused else ""
    is_known = accused and accused not in said.unknown
    words: Part = {"v": 1, "allegation": row.cells[said.allegation]}
    finding = row.cells[said.finding] if said.finding else ""
    for name, column in (("finding", said.finding), ("discipline", said.discipline)):
        if column and row.cells[column]:
            words[name] = row.cells[column]
    who: Part = {"v": 1, "name": accused} if is_known else {"v": 1, "name": "", "said": accused}
    return AllegationRow(
        at=at,
        turn=turn,
        accused=accused if is_known else "",
        who=who | _also(row, said.of_the_accused),
        said=words | _also(row, said.also),
        has_finding=bool(finding) and finding not in said.pending,
    )


def _also(row: Row, labels: Mapping[str, str]) -> Part:
    """Further columns as pairs of label and words, in the order of the map; what is empty left out."""
    pairs = [[label, row.cells[column]] for label, column in labels.items() if row.cells[column]]
    return {"also": pairs} if pairs else {}
