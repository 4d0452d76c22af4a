"""Importing: nothing lost, nothing doubled, each row refused with its line; on either database."""

from collections import Counter
from datetime import date

import pytest
from tests.services.history.handed import ALLEGATIONS, COMPLAINTS, MAP, handed, philadelphia, taken
from tests.services.office import SmallOffice, instant

from duly.record.facts import Fact, FileImported, Imported
from duly_server.services import keeping
from duly_server.services.history.importing import import_complaints, mark_of
from duly_server.services.history.reading import UnusableFilesError
from duly_server.services.premises import premises
from duly_server.store import history
from duly_server.store.batch import PartAt
from duly_server.store.models import ComplaintRow, FactRow, HistoryRow, OutboxRow

pytestmark = pytest.mark.django_db
ELSE = "stands in the record already and says something else there."


def said_of(number: str, source: str = "The old ledger") -> tuple[str, tuple[Fact, ...]]:
    mark = mark_of(source, number)
    chain = f"complaint/{history.known([mark])[mark].complaint}"
    return chain, premises().journal.read(chain)


def refused(*texts: str | bytes, using: str = MAP) -> list[str]:
    found = taken(*texts, using=using)
    assert found.read == found.taken + len(found.refused)
    return [f"{row.file} {row.line}: {row.says}" for row in found.refused]


def test_complaints_allegations_and_findings_go_in(small_office: SmallOffice) -> None:
    found = taken(COMPLAINTS, ALLEGATIONS)
    assert (found.read, found.taken, found.known, found.refused) == (7, 7, 0, [])
    assert (found.complaints, found.allegations, found.findings, found.pending) == (2, 5, 2, 3)
    chain, facts = said_of("7")
    file, rows = handed(COMPLAINTS).digest, handed(ALLEGATIONS).digest
    assert [fact.body for fact in facts] == [
        Imported(file=file, line=2, row="complaint", turn=0),
        Imported(file=rows, line=2, row="allegation", turn=1),
        Imported(file=rows, line=3, row="allegation", turn=2),
        Imported(file=rows, line=4, row="allegation", turn=3),
    ]
    assert {(fact.on, fact.by, fact.office) for fact in facts} == {(date(2019, 3, 4), "import", None)}
    journal = premises().journal
    assert journal.open_part(chain, 1, "narrative") == {
        "v": 1,
        "source": "The old ledger",
        "number": "7",
        "text": "A row in the hall",
        "also": [["Place", "North"]],
    }
    assert journal.open_part(chain, 3, "R2") == {"v": 1, "name": "CD"}
    assert journal.open_part(chain, 3, "narrative") == {"v": 1, "allegation": "Rudeness", "finding": "open"}
    row = ComplaintRow.objects.get(reference=chain.partition("/")[2])
    assert (row.is_history, row.case_id, row.received_on) == (True, None, date(2019, 3, 4))


def test_initials_join_rows_of_one_complaint_and_unknown_joins_none(small_office: SmallOffice) -> None:
    taken(COMPLAINTS, ALLEGATIONS.replace("8,?,Noise,\n8", "8,?,Noise,\n8,AB,Noise,\n8"))

    def tags(number: str) -> list[str]:
        return [name for f in said_of(number)[1][1:] for name, _ in f.parts if name != "narrative"]

    assert tags("7") == ["R1", "R2", "R1"]
    assert tags("8") == ["R1", "R2", "R3"]


def test_what_is_named_and_told_is_sealed_and_reads_as_it_was(small_office: SmallOffice) -> None:
    taken(COMPLAINTS, ALLEGATIONS)
    chain, facts = said_of("8")
    journal = premises().journal
    assert journal.open_part(chain, 1, "narrative")["text"] == "Shouting,\ntwice"
    who = {"v": 1, "name": "Ada Winter", "contact": "ada@example.org"}
    assert journal.open_part(chain, 1, "complainant") == who
    assert isinstance(facts[1].body, Imported)
    assert facts[1].body.line == 5
    everything = b"".join(bytes(data) for data in FactRow.objects.values_list("fact", flat=True))
    for word in (b"Winter", b"Shouting", b"Noise", b"ledger", b"upheld"):
        assert word not in everything


def test_history_owes_nothing_and_tells_nobody(small_office: SmallOffice) -> None:
    before = OutboxRow.objects.count()
    taken(COMPLAINTS, ALLEGATIONS)
    assert not FactRow.objects.filter(chain__startswith="case/").exists()
    assert OutboxRow.objects.count() == before


def test_running_it_twice_changes_nothing(small_office: SmallOffice) -> None:
    taken(COMPLAINTS, ALLEGATIONS)
    stands = list(FactRow.objects.order_by("chain", "place").values_list())
    again = taken(COMPLAINTS, ALLEGATIONS, on="2026-03-09")
    assert (again.read, again.taken, again.known, again.refused) == (7, 7, 7, [])
    assert (again.complaints, again.allegations) == (2, 5)
    assert list(FactRow.objects.order_by("chain", "place").values_list()) == stands


def test_a_mended_row_goes_in_where_it_belongs(small_office: SmallOffice) -> None:
    broken = ALLEGATIONS.replace("7,CD,Rudeness,open", "7,CD,Rudeness")
    first = taken(COMPLAINTS, broken)
    assert [(row.file, row.line) for row in first.refused] == [("allegations.csv", 3)]
    assert (first.read, first.taken) == (7, 6)
    again = taken(COMPLAINTS, ALLEGATIONS)
    assert (again.taken, again.known, again.refused) == (7, 6, [])
    turns = {f.body.turn: dict(f.parts) for f in said_of("7")[1] if isinstance(f.body, Imported)}
    assert sorted(turns) == [0, 1, 2, 3]
    assert {turn: sorted(parts)[0] for turn, parts in turns.items()} == {
        0: "narrative",
        1: "R1",
        2: "R2",
        3: "R1",
    }
    assert HistoryRow.objects.get(mark=mark_of("The old ledger", "7")).rows == 3


def test_a_row_that_says_something_else_is_refused_and_the_record_stays(small_office: SmallOffice) -> None:
    taken(COMPLAINTS, ALLEGATIONS)
    stands = FactRow.objects.count()
    assert refused(COMPLAINTS.replace("North", "South"), ALLEGATIONS.replace("open", "not upheld")) == [
        f"allegations.csv 3: Row 2 of this complaint {ELSE}",
        f"complaints.csv 2: Complaint 7 {ELSE}",
    ]
    assert FactRow.objects.count() == stands


def test_a_row_put_in_between_doubles_none_of_those_it_moves(small_office: SmallOffice) -> None:
    taken(COMPLAINTS, ALLEGATIONS)
    stands = FactRow.objects.count()
    moved = ALLEGATIONS.replace("7,CD,Rudeness,open", "7,EF,Lateness,upheld\n7,CD,Rudeness,open")
    assert refused(COMPLAINTS, moved) == [
        f"allegations.csv 3: Row 2 of this complaint {ELSE}",
        f"allegations.csv 4: Row 3 of this complaint {ELSE}",
        f"allegations.csv 5: Row 4 of this complaint would be new, but one before it {ELSE}",
    ]
    assert FactRow.objects.count() == stands


def test_rows_may_follow_in_a_file_of_their_own(small_office: SmallOffice) -> None:
    assert taken(COMPLAINTS).taken == 2
    found = taken(ALLEGATIONS.replace("8,?,Noise,\n", "", 1) + "9,XY,Noise,\n")
    assert [(row.line, row.says) for row in found.refused] == [
        (6, "No row of these files and none in the record is of complaint 9.")
    ]
    assert (found.taken, found.allegations) == (4, 4)
    assert [fact.place for fact in said_of("7")[1]] == [1, 2, 3, 4]


def test_two_sources_may_count_alike(small_office: SmallOffice) -> None:
    taken(COMPLAINTS)
    other = taken(COMPLAINTS, using=MAP.replace("The old ledger", "The other ledger"))
    assert (other.taken, other.known) == (2, 0)
    assert said_of("7")[0] != said_of("7", "The other ledger")[0]


def test_each_row_that_cannot_be_taken_is_refused_with_its_line(small_office: SmallOffice) -> None:
    complaints = """No,Day,What,Who,Reach,Where
1,2019-03-04,,,,
1,2019-03-05,,,,
2,04.03.2019,,,,
,2019-03-04,,,,
3,2026-03-03,,,,
4,,,,,
5,2019-03-04,,,,,
6,1719-03-04,,,,
,,,,,
"""
    allegations = """No,Against,Of what,Found
,AB,Rudeness,
2,AB,Rudeness,
6,AB,Rudeness,
9,AB,Rudeness,
1,AB,Rudeness,
"""
    assert refused(complaints, allegations) == [
        "allegations.csv 2: The column No is empty.",
        "allegations.csv 3: Its complaint 2 was not taken, line 4 of complaints.csv:"
        " Day: “04.03.2019” is no day as the map writes them.",
        "allegations.csv 4: Its complaint 6 was not taken, line 9 of complaints.csv:"
        " Day: 1719-03-04 is before 1800.",
        "allegations.csv 5: No row of these files and none in the record is of complaint 9.",
        "complaints.csv 3: The complaint 1 stands in line 2 of complaints.csv already.",
        "complaints.csv 4: Day: “04.03.2019” is no day as the map writes them.",
        "complaints.csv 5: The column No is empty.",
        "complaints.csv 6: Day: 2026-03-03 is still to come.",
        "complaints.csv 7: Day: no day stands here.",
        "complaints.csv 8: This row has 7 cells, the heading has 6.",
        "complaints.csv 9: Day: 1719-03-04 is before 1800.",
        "complaints.csv 10: This row is empty.",
    ]
    assert HistoryRow.objects.count() == 1


def test_bytes_that_are_no_text_are_refused_and_the_rest_goes_in(small_office: SmallOffice) -> None:
    told = COMPLAINTS.replace("A row in the hall", "Caf\xe9 Gr\xfcn\0").encode("latin-1")
    assert refused(told) == ["complaints.csv 2: This row holds bytes that are no utf-8."]
    latin = taken(told, using='encoding = "windows-1252"\n' + MAP.replace("The old", "The older"))
    assert latin.refused == []
    chain, _ = said_of("7", "The older ledger")
    assert premises().journal.open_part(chain, 1, "narrative")["text"] == "Café Grün"


def test_an_open_quotation_mark_and_a_cell_without_end_are_refused(small_office: SmallOffice) -> None:
    assert refused('No,Day,What,Who,Reach,Where\n7,2019-03-04,"never closed,,,\n8,2019-03-04,,,,\n') == [
        "complaints.csv 2: This row has 3 cells, the heading has 6."
    ]
    endless = "No,Day,What,Who,Reach,Where\n7,2019-03-04," + "x" * 1_000_001 + ",,,\n8,2019-03-04,,,,\n"
    assert refused(endless)[0] == (
        "complaints.csv 2: This line cannot be read: field larger than field limit (1000000)."
    )


def test_naughty_cells_are_kept_as_they_are(small_office: SmallOffice) -> None:
    words = "Robert'); DROP TABLE store_factrow;-- <script>alert(1)</script> =1+1 \u202e"
    taken(COMPLAINTS.replace("A row in the hall", words))
    assert premises().journal.open_part(said_of("7")[0], 1, "narrative")["text"] == words.strip()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "The file has no heading."),
        ("No,No\n", "Two columns have the name No."),
        ("No,Day\n", "This file has no column Of what, Against, Found."),
    ],
)
def test_a_file_that_is_no_table_of_the_map_stops_it_all(
    small_office: SmallOffice, text: str, says: str
) -> None:
    with pytest.raises(UnusableFilesError) as unusable:
        taken(COMPLAINTS, text)
    assert [problem.says for problem in unusable.value.problems] == [says]
    assert not HistoryRow.objects.exists()


def test_a_file_that_fits_two_tables_is_settled_by_its_name(small_office: SmallOffice) -> None:
    both = """source = "A"
[complaints]
complaint = "No"
received = "Day"
[allegations]
complaint = "No"
allegation = "Of"
"""
    text = "No,Day,Of\n1,2019-03-04,Noise\n"
    with pytest.raises(UnusableFilesError, match="columns of both tables"):
        taken(text, using=both)
    named = both.replace("[allegations]", 'file = "compl*.csv"\n[allegations]')
    assert taken(text, using=named).complaints == 1


def test_the_organisations_record_knows_each_file_that_brought_something(small_office: SmallOffice) -> None:
    taken(COMPLAINTS, ALLEGATIONS + "9,XY,Noise,\n")
    taken(COMPLAINTS, ALLEGATIONS + "9,XY,Noise,\n")
    noted = [f.body for f in premises().journal.read("office") if isinstance(f.body, FileImported)]
    assert [(each.file, each.read, each.taken, each.refused, each.known) for each in noted] == [
        (handed(COMPLAINTS).digest, 2, 2, 0, 0),
        (handed(ALLEGATIONS + "9,XY,Noise,\n").digest, 6, 5, 1, 0),
    ]


def test_the_philadelphia_files_whole(small_office: SmallOffice) -> None:
    """3,786 complaints and 8,978 rows: nothing lost, nothing doubled, the second time nothing new."""
    files, said = philadelphia()
    day = date(2026, 3, 2)
    found = import_complaints(files, said, on=day, at=instant(day))
    assert (found.read, found.taken, found.known, found.refused) == (3786 + 8978, 3786 + 8978, 0, [])
    assert (found.complaints, found.allegations, found.findings, found.pending) == (3786, 8978, 8361, 617)
    rows = Counter(HistoryRow.objects.values_list("rows", flat=True))
    assert (sum(rows.values()), rows[0], sum(n * times for n, times in rows.items())) == (3786, 24, 8978)
    assert Counter(FactRow.objects.values_list("kind", flat=True))["imported/1"] == 3786 + 8978
    chain, facts = said_of("13-0001", said.source)
    told = premises().journal.open_parts([chain])
    first = [{name: told[PartAt(chain, fact.place, name)] for name, _ in fact.parts} for fact in facts[1:3]]
    assert first == [
        {
            "R1": {"v": 1, "name": "CC", "also": [["Sex", "Male"]]},
            "narrative": {
                "v": 1,
                "allegation": "Lack of Service",
                "finding": "Sustained Finding",
                "discipline": "Training/Counseling",
            },
        },
        {
            "R2": {"v": 1, "name": "KS", "also": [["Sex", "Female"]]},
            "narrative": {
                "v": 1,
                "allegation": "Physical Abuse",
                "finding": "Other than Sustained Finding",
                "discipline": "Not Applicable",
            },
        },
    ]
    tags = [name for fact in facts[1:] for name, _ in fact.parts if name != "narrative"]
    assert tags[:4] == ["R1", "R2", "R2", "R3"]
    stands = FactRow.objects.count()
    again = import_complaints(files, said, on=day, at=instant(day))
    assert (again.read, again.taken, again.known, again.refused) == (12764, 12764, 12764, [])
    assert FactRow.objects.count() == stands


def test_the_record_with_history_is_whole_and_rebuilds_to_the_same_rows(small_office: SmallOffice) -> None:
    taken(COMPLAINTS, ALLEGATIONS)
    assert list(keeping.verify_record()) == []
    day = date(2026, 3, 2)
    assert keeping.rebuild(on=day).changed == 0
    before = sorted(HistoryRow.objects.values_list("complaint", "rows", "mark"))
    HistoryRow.objects.filter(complaint=before[0][0]).delete()
    HistoryRow.objects.filter(complaint=before[1][0]).update(rows=9)
    HistoryRow.objects.create(mark=b"x" * 32, complaint="AAAA-AAAA")
    ComplaintRow.objects.filter(reference=before[0][0]).delete()
    assert keeping.rebuild(on=day).changed == 4
    assert sorted(HistoryRow.objects.values_list("complaint", "rows", "mark")) == before
    assert taken(COMPLAINTS, ALLEGATIONS).known == 7
