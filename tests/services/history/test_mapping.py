"""The mapping file: every fault at once, each with its line and what to write instead."""

import pytest
from tests.services.history.handed import MAP, the_map

from duly.rulebook.fault import Unreadable
from duly_server.services.history.mapping import read_map


def faults(text: str) -> list[str]:
    said = read_map(text)
    assert isinstance(said, Unreadable)
    return [str(fault) for fault in said.problems]


def test_a_map_names_columns_and_words() -> None:
    said = the_map()
    assert said.source == "The old ledger"
    assert said.complaints is not None
    assert said.allegations is not None
    assert said.complaints.columns == ("No", "Day", "What", "Who", "Reach", "Where")
    assert said.allegations.unknown == ("?",)
    assert said.allegations.columns == ("No", "Of what", "Against", "Found")


def test_every_fault_at_once_with_its_line() -> None:
    text = """encoding = "latin"
separator = "::"
days = "%d/%m"
[complaints]
complaint = "No"
recieved = "Day"
told = 3
[allegations]
accused = "Against"
unknown = "UNK"
[allegations.also]
Sex = ["a"]
"""
    assert faults(text) == [
        'line 1, source: it is not said where the files come from. Write source = "...".',
        "line 1, encoding: this is none we read. Write one of utf-8, windows-1252, iso-8859-1, utf-16.",
        'line 2, separator: it is one character. Write separator = ";" or leave it out.',
        "line 3, days: this does not say where day, month and year stand."
        ' Write it in the letters of strptime: days = "%d/%m/%Y" for 23/04/2026.',
        'line 4, complaints: no column is named for received. Write received = "NAME OF THE COLUMN".',
        "line 6, complaints.recieved: there is no such key. Did you mean received?",
        'line 7, complaints.told: a name stands here. Write told = "NAME".',
        'line 8, allegations: no column is named for complaint. Write complaint = "NAME OF THE COLUMN".',
        'line 8, allegations: no column is named for allegation. Write allegation = "NAME OF THE COLUMN".',
        'line 10, allegations.unknown: a list of words. Write unknown = ["WORD"].',
        'line 12, allegations.also: the name of a column stands here. "LABEL" = "COLUMN".',
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "source: it is not said"),
        ('source = "A"', "No table is described."),
        ('source = "A"\ncomplaints = 3', "complaints: it is a table."),
        ('source = "A"\n[complaints', "line 2, This is no TOML"),
        (MAP * 2, "This is no TOML"),
        ("x" * 100_001, "more than 100,000 characters"),
    ],
)
def test_what_is_no_map_says_so(text: str, says: str) -> None:
    assert says in " ".join(faults(text))
