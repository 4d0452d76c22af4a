"""The docket's index tables filled directly: a million cases through the office's own door would take days.

One case in ten is open, one in ten of those late. A third are under an edition that the viewer's office
serves, the others under two that it does not; twenty of those are assigned to the viewer all the same. Of the
third, the viewer stands out of up to twenty. A few cases on the first page and on the last are real, and
paused, since a page reads the records of those.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from bench.bare import BareCase
from django.db import connection, models, transaction

from duly_server.store.models import AssignmentRow, CaseRow, ConflictRow, DutyRow, MeasureRow

TODAY = date(2026, 6, 1)
AT_ONCE = 5000
OTHERS = "somebody-else"
# What is owed in a case of the village bands: the step, by whom, whether by a party.
OWED = (
    ("report", "investigator", False),
    ("serve-notice", "complaints-officer", False),
    ("answer", "respondent", True),
    ("hold-hearing", "panel-chair", False),
)


@dataclass
class Filled:
    """How far the tables are filled; `grow` goes on from there."""

    editions: tuple[str, ...]  # the first is the one that the viewer's office serves
    calendar: str
    mine: str  # the number of the viewer's appointment
    real: tuple[str, ...]  # references of cases that are paused, of the first edition
    cases: int = 0
    _rows: dict[type[models.Model], list[models.Model]] = field(
        default_factory=dict[type[models.Model], list[models.Model]]
    )

    def grow(self, size: int) -> None:
        """So many cases in all."""
        open_cases = range(self.cases // 10, size // 10)
        for some in _some(open_cases):
            for number in some:
                self._open(number)
            with transaction.atomic():  # SQLite would wait for the disk at every row
                self._pour()
        _closed(self.cases * 9 // 10, size * 9 // 10, self.editions, self.calendar)
        self.cases = size
        self._put_real(size)
        _settle()

    def _open(self, number: int) -> None:
        late = number % 10 == 0
        due = TODAY - timedelta(days=1 + number // 10 % 200) if late else TODAY + timedelta(days=number % 170)
        step, by, is_party = OWED[0] if late else OWED[number % len(OWED)]
        is_paused = not late and number % 50 == 7
        reference = f"{_letters(number)}-OPEN"
        edition = self.editions[number % len(self.editions)]
        assigned = number % 20 != 3
        owner = f"{OTHERS}-{number % 40}"
        if number % len(self.editions) == 1 and number // len(self.editions) < 20:
            owner = self.mine
        began = due - timedelta(days=60)
        accepted = number % 50 != 11
        case = CaseRow(
            reference=reference,
            edition=edition,
            calendar=self.calendar,
            received_on=began,
            accepted_on=began if accepted else None,
            stages="inquiry" if accepted else "intake",
            conduct="bullying",
            owner=owner if assigned else "",
            head=20,
            owed_step=step,
            owed_by=by,
            due_on=due,
            original_on=due - timedelta(days=number % 3),
            started_on=began,
            state="paused" if is_paused else "party" if is_party else "office",
            unheld="" if assigned else by,
        )
        self._add(case)
        for turn in range(1 + number % 2):
            self._add(
                DutyRow(
                    case_id=reference,
                    step=step if not turn else "update",
                    limit=step if not turn else "update",
                    offices=by if not turn else "complaints-officer",
                    is_party=is_party and not turn,
                    due_on=due + timedelta(days=9 * turn),
                    original_on=case.original_on,
                    started_on=began,
                    paused=is_paused,
                    edition=edition,
                    is_given=assigned and not turn,
                    is_open=accepted,
                )
            )
        if number % len(self.editions) == 0 and number // len(self.editions) % 40 == 7 and number < 2400:
            self._add(ConflictRow(appointment=self.mine, case_id=reference))
        if assigned:
            self._add(AssignmentRow(case_id=reference, office=by, appointment=owner, is_live=True))
        if number % 100 == 5:
            self._add(
                MeasureRow(
                    case_id=reference,
                    party="R",
                    measure="interim",
                    is_interim=True,
                    imposed_on=began,
                    since=began,
                    edition=edition,
                    is_open=accepted,
                )
            )
        self._add(
            BareCase(
                reference=reference,
                conduct="Bullying",
                owed=step,
                whose=by,
                holder=owner,
                due_on=due,
                original_on=due,
                state=case.state,
            )
        )

    def _add(self, row: models.Model) -> None:
        self._rows.setdefault(type(row), []).append(row)

    def _pour(self) -> None:
        for model, rows in self._rows.items():
            pour(model, rows)
        self._rows = {}

    def _put_real(self, size: int) -> None:
        """Half of the real cases to the head of the list, half to its foot."""
        for turn, reference in enumerate(self.real):
            day = date(2024, 6, 3 + turn) if turn % 2 else date(2026, 11, 20 + turn)
            CaseRow.objects.filter(reference=reference).update(due_on=day, original_on=day)


def pour(model: type[models.Model], rows: Iterable[models.Model]) -> None:
    """Into their table as they are, in one statement for all of them."""
    fields = model._meta.concrete_fields
    columns = ", ".join(connection.ops.quote_name(each.column) for each in fields)
    statement = f"INSERT INTO {model._meta.db_table} ({columns}) VALUES ({', '.join(['%s'] * len(fields))})"  # noqa: S608 -- names of the model
    values = [
        [each.get_db_prep_save(getattr(row, each.attname), connection) for each in fields] for row in rows
    ]
    with connection.cursor() as cursor:
        cursor.executemany(statement, values)


def _closed(since: int, before: int, editions: tuple[str, ...], calendar: str) -> None:
    """Closed cases, made by the database itself."""
    is_sqlite = connection.vendor == "sqlite"
    day = (
        "date('2020-01-01', '+' || (i %% 2100) || ' days')" if is_sqlite else "DATE '2020-01-01' + i %% 2100"
    )
    edition = " ".join(f"WHEN {turn} THEN '{digest}'" for turn, digest in enumerate(editions))
    given = {
        "reference": "CAST(100000000 + i AS TEXT)",
        "edition": f"CASE i %% {len(editions)} {edition} END",
        "calendar": f"'{calendar}'",
        **dict.fromkeys(("received_on", "accepted_on", "closed_on", "original_on", "started_on"), day),
        "due_on": "'9999-12-31'",
        "head": "20",
        "closed_as": "'no-case'",
        "conduct": "'bullying'",
        "owner": f"'{OTHERS}-1'",
    }
    bare = {"reference": given["reference"], **dict.fromkeys(("due_on", "original_on", "closed_on"), day)}
    for model, known in ((CaseRow, given), (BareCase, bare)):
        columns = {each.column: known.get(each.column, "''") for each in model._meta.concrete_fields}
        names, values = ", ".join(columns), ", ".join(columns.values())
        numbers = "WITH RECURSIVE n(i) AS (SELECT %s UNION ALL SELECT i + 1 FROM n WHERE i + 1 < %s)"
        with connection.cursor() as cursor:
            statement = f"{numbers} INSERT INTO {model._meta.db_table} ({names}) SELECT {values} FROM n"  # noqa: S608 -- written above
            cursor.execute(statement, [since, before])


def _settle() -> None:
    """What a database does for itself in the hours in which so many cases come in."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")


def _letters(number: int) -> str:
    return "".join("ABCDEFGHJKMNPQRSTVWXYZ"[number // 22**turn % 22] for turn in range(5))


def _some(numbers: range) -> Iterator[range]:
    for first in range(0, len(numbers), AT_ONCE):
        yield numbers[first : first + AT_ONCE]
