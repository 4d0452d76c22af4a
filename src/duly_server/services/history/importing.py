"""Taking history in: what the files say becomes facts, once; each some complaints in a transaction.

A complaint is known again by a keyed digest of its source and its number there; a row of it by its turn. A
row that stands in the record and says the same is left; one that says something else is refused, since the
record does not change. So a file may be imported again, or again after its refused rows were mended.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import IntegrityError, transaction

from duly.record.facts import IMPORT, FileImported, Imported
from duly_server.gateways.files import HandedIn
from duly_server.services.history.mapping import FileMap
from duly_server.services.history.reading import AllegationRow, Gathered, Read, read_files
from duly_server.services.history.standing import Standing, differs, mark_of, standing
from duly_server.services.history.table import RefusedRow
from duly_server.services.intake import new_reference
from duly_server.services.premises import premises
from duly_server.store import history
from duly_server.store.batch import Batch, NewFact, SomeoneElseActedError
from duly_server.store.history import Kept

AT_ONCE = 100  # complaints in one transaction: others write in between
TRIES = 3
OFFICE = "office"

Progress = Callable[[int, int], None]


@dataclass(kw_only=True)
class Taken:
    """What an import came to. `read` = `taken` + the refused; `known` of the taken stood there before.

    `complaints`, `allegations`, `findings` and `pending` say what the rows taken are.
    """

    read: int = 0
    taken: int = 0
    known: int = 0
    complaints: int = 0
    allegations: int = 0
    findings: int = 0
    refused: list[RefusedRow] = field(default_factory=list[RefusedRow])

    @property
    def pending(self) -> int:
        """Allegations without a finding."""
        return self.allegations - self.findings


def import_complaints(
    files: Sequence[HandedIn],
    said: FileMap,
    *,
    on: date,
    at: datetime,
    progress: Progress = lambda done, of: None,
) -> Taken:
    """Take in what the files say. Raises UnusableFilesError if one is no table of the map.

    `on` is the day, `at` the instant it is noted. `progress` is called with (complaints done, all of them).
    """
    read = read_files(files, said, today=on)
    taking = _Taking(said, read, on, at)
    count = len(read.complaints)
    for start in range(0, count, AT_ONCE):
        end = min(start + AT_ONCE, count)
        taking.take(read.complaints[start:end], is_last=end == count)
        progress(end, count)
    taking.sum.refused.sort(key=lambda row: (row.file, row.line))
    return taking.sum


class _Taking:
    def __init__(self, said: FileMap, read: Read, on: date, at: datetime) -> None:
        self.said, self.read, self.on, self.at = said, read, on, at
        self.sum = Taken(read=read.count, refused=list(read.refused))
        self.taken: Counter[str] = Counter()  # by the digest of the file
        self.known: Counter[str] = Counter()

    def take(self, some: Sequence[Gathered], *, is_last: bool) -> None:
        """Some complaints, all or none; again if somebody else wrote the same records meanwhile."""
        for turn in range(TRIES):
            once = _Once(self, some)
            try:
                with transaction.atomic():
                    once.take()
                    if is_last:
                        self._note_files(self.taken + once.taken, self.known + once.known)
            except (IntegrityError, SomeoneElseActedError):
                if turn == TRIES - 1:
                    raise
                continue
            self._count(once)
            return

    def _count(self, once: "_Once") -> None:
        self.taken += once.taken
        self.known += once.known
        self.sum.taken += once.taken.total()
        self.sum.known += once.known.total()
        self.sum.complaints += once.counts["complaints"]
        self.sum.allegations += once.counts["allegations"]
        self.sum.findings += once.counts["findings"]
        self.sum.refused += once.refused

    def _note_files(self, taken: "Counter[str]", known: "Counter[str]") -> None:
        """A fact for each file that brought something, on the organisation's own record, with the last rows:
        an import that was cut short has rows left to bring, and notes its files then."""
        new = [
            NewFact(
                on=self.on,
                noted_at=self.at,
                by=IMPORT,
                body=FileImported(
                    file=digest,
                    read=count,
                    taken=taken[digest],
                    refused=count - taken[digest],
                    known=known[digest],
                ),
            )
            for digest, count in self.read.digests.items()
            if taken[digest] > known[digest]
        ]
        if new:
            journal = premises().journal
            head = journal.heads([OFFICE]).get(OFFICE)
            journal.append([Batch(OFFICE, head.place if head else 0, new)])


class _Once:
    """One try at some complaints: what is new of each, written together."""

    def __init__(self, taking: _Taking, some: Sequence[Gathered]) -> None:
        self.at = taking.at
        self.marks = {mark_of(taking.said.source, each.number): each for each in some}
        self.refused: list[RefusedRow] = []
        self.taken: Counter[str] = Counter()  # by the digest of the file
        self.known: Counter[str] = Counter()
        self.counts: Counter[str] = Counter()
        self.batches: list[Batch] = []
        self.added: list[tuple[Kept, date]] = []
        self.rows: dict[str, int] = {}

    def take(self) -> None:
        known = standing(history.known(list(self.marks)))
        for mark, gathered in self.marks.items():
            self._one(mark, gathered, known.get(mark))
        if self.batches:
            premises().journal.append(self.batches)
        history.add(self.added)
        history.set_rows(self.rows)

    def _one(self, mark: bytes, gathered: Gathered, there: Standing | None) -> None:
        if gathered.row is None and there is None:
            for row in gathered.allegations:
                says = f"No row of these files and none in the record is of complaint {gathered.number}."
                self.refused.append(row.at.refused(says, "Import its own row with it, or before it."))
            return
        new = list(self._own(gathered, there))
        record = there or Standing(Kept(mark, new_reference(), 0), 0, {}, {}, 0)
        day = self._day(gathered, record)
        for row in gathered.allegations:
            new += self._allegation(row, record, day)
        if new:
            self.batches.append(Batch(f"complaint/{record.kept.complaint}", record.head, new))
        if there is None:
            self.added.append((record.kept._replace(rows=len(record.rows)), day))
        elif len(record.rows) != record.kept.rows:
            self.rows[record.kept.complaint] = len(record.rows)

    def _own(self, gathered: Gathered, there: Standing | None) -> Iterator[NewFact]:
        row = gathered.row
        if row is None:
            return
        if there is not None and differs(there.own, dict(row.parts)):
            self.refused.append(row.at.refused(f"Complaint {gathered.number} {_ELSE}", _REMEDY))
            return
        self.taken[row.at.digest] += 1
        self.known[row.at.digest] += there is not None
        self.counts["complaints"] += 1
        if there is None:
            body = Imported(file=row.at.digest, line=row.at.line, row="complaint", turn=0)
            yield NewFact(on=row.received_on, noted_at=self.at, by=IMPORT, body=body, parts=row.parts)

    def _day(self, gathered: Gathered, record: Standing) -> date:
        if gathered.row is not None:
            return gathered.row.received_on
        return premises().journal.read(f"complaint/{record.kept.complaint}")[0].on

    def _allegation(self, row: AllegationRow, record: Standing, day: date) -> Iterator[NewFact]:
        before = record.rows.get(row.turn)
        if before is not None and differs(
            {"who": before[1], "said": before[2]}, {"who": row.who, "said": row.said}
        ):
            self.refused.append(row.at.refused(f"Row {row.turn} of this complaint {_ELSE}", _REMEDY))
            record.out_of_step = True
            return
        if before is None and record.out_of_step:
            says = f"Row {row.turn} of this complaint would be new, but one before it {_ELSE}"
            self.refused.append(row.at.refused(says, _REMEDY))
            return
        self.taken[row.at.digest] += 1
        self.known[row.at.digest] += before is not None
        self.counts["allegations"] += 1
        self.counts["findings"] += row.has_finding
        if before is None:
            tag = record.tag_of(row.accused)
            record.rows[row.turn] = (tag, row.who, row.said)
            body = Imported(file=row.at.digest, line=row.at.line, row="allegation", turn=row.turn)
            parts = {tag: row.who, "narrative": row.said}
            yield NewFact(on=day, noted_at=self.at, by=IMPORT, body=body, parts=parts)


# A row taken out, or put in between, moves all that follow: what comes after one that moved may be in the
# record already, one turn earlier, and is not taken a second time.
_ELSE = "stands in the record already and says something else there."
_REMEDY = (
    "What is recorded does not change. If rows moved, give all files of this source in one go; if it went on"
    " elsewhere, an officer opens a case from it."
)
