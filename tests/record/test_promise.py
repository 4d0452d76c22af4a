"""The file of a promise: written and read in one way, and nothing else taken for one."""

from dataclasses import replace
from datetime import date

import pytest

from duly.record.promise import Promise, PromiseError, SignedPromise, promised_by, read, write

PROMISE = Promise(
    origin="office.example/duly",
    chain="complaint/K7QH-3M2C",
    place=1,
    digest=bytes(range(32)),
    by=date(2026, 4, 24),
)
SIGNED = SignedPromise(PROMISE, b"\x01" * 32, b"\x02" * 64)
FILE = f"""\
duly/promise/1
log: office.example/duly
record: complaint/K7QH-3M2C
place: 1
digest: {bytes(range(32)).hex()}
in the log by: 2026-04-24
key: {"01" * 32}
signature: {"02" * 64}
"""


def test_it_is_written_a_line_for_each_thing_and_read_back() -> None:
    assert write(SIGNED) == FILE
    assert read(FILE) == SIGNED


@pytest.mark.parametrize(
    "kept", [FILE.replace("\n", "\r\n"), FILE.removesuffix("\n"), f"\ufeff{FILE}"], ids=["crlf", "end", "bom"]
)
def test_what_an_editor_does_to_line_ends_does_not_spoil_it(kept: str) -> None:
    assert read(kept) == SIGNED


def test_what_is_signed_is_its_mark_and_the_one_form_of_what_it_says() -> None:
    assert PROMISE.signed_bytes == (
        b"duly/promise/1\0"
        b'{"by":"2026-04-24","chain":"complaint/K7QH-3M2C","digest":"'
        + bytes(range(32)).hex().encode()
        + b'",'
        b'"origin":"office.example/duly","place":1}'
    )


def test_each_thing_it_says_is_signed() -> None:
    changed = (
        replace(PROMISE, origin="other.example/duly"),
        replace(PROMISE, chain="case/K7QH-3M2C"),
        replace(PROMISE, place=2),
        replace(PROMISE, digest=bytes(32)),
        replace(PROMISE, by=date(2026, 4, 25)),
    )
    assert len({each.signed_bytes for each in (PROMISE, *changed)}) == 6


def test_the_next_day_is_promised() -> None:
    assert promised_by(date(2026, 12, 31)) == date(2027, 1, 1)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("duly/promise/1", "duly/promise/2", "first line"),
        ("place: 1\n", "", "8 lines, and this has 7"),
        ("place: 1\n", "place: 1\nplace: 2\n", "8 lines, and this has 9"),
        ("place: 1", "place: 001", "The line place"),
        ("place: 1", "place: 0", "The line place"),
        ("place: 1", "place: \u0661", "The line place"),
        ("place: 1", "place:1", "The line place"),
        ("log: office.example/duly", "log: office.example/duly ", "The line log"),
        ("log: office.example/duly", "log: office.example\u2028duly", "The line log"),
        ("complaint/K7QH-3M2C", "complaint/K7QH-3M2D", "The line record"),
        ("digest: 00", "digest: 0", "The line digest"),
        ("digest: 00", "digest: 0G", "The line digest"),
        ("2026-04-24", "2026-02-30", "holds no day there is"),
        ("2026-04-24", "20260424", "The line in the log by"),
        ("signature: 02", "signature: ", "The line signature"),
        ("key: 01", "key: 0A", "The line key"),
    ],
)
def test_anything_else_is_no_promise_and_the_line_is_named(old: str, new: str, says: str) -> None:
    assert old in FILE
    with pytest.raises(PromiseError, match=says):
        read(FILE.replace(old, new, 1))


@pytest.mark.parametrize("text", ["", "\n", "\0", FILE * 2, FILE[:200], "x" * 10_000])
def test_what_is_no_such_file_at_all_is_refused(text: str) -> None:
    with pytest.raises(PromiseError):
        read(text)
