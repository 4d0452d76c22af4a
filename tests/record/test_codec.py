"""One form of a value, and of a fact; every other way of writing it is refused."""

import json
import unicodedata
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.record.bodies_of_each_kind import HOSTILE, full_body

from duly.record.bodies import KINDS, BodyError
from duly.record.codec import (
    CanonicalError,
    canonical,
    fact_bytes,
    fact_from_bytes,
    fact_from_record,
    parse,
    read_fact,
)
from duly.record.facts import Channel, Fact, Naming, StepTaken, Submitted

ORIGIN = "complaints.example.org/duly"
PREVIOUS = bytes(range(32))

composed = st.text(st.characters(exclude_categories=("Cs",))).map(
    lambda text: unicodedata.normalize("NFC", text)
)
values = st.recursive(
    composed | st.integers(-(2**53), 2**53) | st.booleans(),
    lambda inner: st.lists(inner) | st.dictionaries(composed, inner),
    max_leaves=20,
)


@given(values)
def test_a_value_and_its_form_are_one(value: Any) -> None:
    data = canonical(value)
    assert parse(data) == value
    assert canonical(parse(data)) == data
    assert json.loads(data) == value


@given(values)
def test_no_other_writing_of_it_is_read(value: Any) -> None:
    data = canonical(value)
    for other in (
        json.dumps(value, indent=1).encode(),
        json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode(),
        data + b"\n",
        b" " + data,
        b"\xef\xbb\xbf" + data,
        data[:-1],
    ):
        if other != data and other != b"":
            try:
                read = parse(other)
            except CanonicalError:
                continue
            assert canonical(read) == other  # a shorter number is a value of its own


def test_the_form_byte_for_byte() -> None:
    value = {"é": 1, "z": [True, -5, 'a"\\/\n\x00\x7f\u2028'], "a": {}, "Z": [], "😀": 2**53}
    assert canonical(value) == (
        b'{"Z":[],"a":{},"z":[true,-5,"a\\"\\\\/\\n\\u0000\x7f\xe2\x80\xa8"],"\xc3\xa9":1,"\xf0\x9f\x98\x80":'
        b"9007199254740992}"
    )


def test_keys_are_sorted_by_code_point_not_by_utf_16() -> None:
    assert canonical({"\uff5e": 1, "😀": 2}) == '{"\uff5e":1,"😀":2}'.encode()


@pytest.mark.parametrize(
    ("value", "says"),
    [
        (1.0, "float"),
        (float("nan"), "float"),
        (None, "NoneType"),
        ({"a": None}, "NoneType"),
        ([1, None], "NoneType"),
        (2**53 + 1, "2^53"),
        (-(2**53) - 1, "2^53"),
        (2**60, "2^53"),
        ("e\u0301", "NFC"),
        ({"e\u0301": 1}, "NFC"),
        ({"e\u0301": 1, "é": 2}, "Two keys"),
        ("\u212b", "NFC"),
        ("\ud800", "surrogate"),
        ({1: "a"}, "key is not text"),
        ({True: "a"}, "key is not text"),
        (b"a", "bytes"),
        ({"a"}, "set"),
        (date(2026, 4, 23), "date"),
        ([[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]], "deeper"),
    ],
)
def test_what_has_no_form_is_refused_in_words(value: object, says: str) -> None:
    with pytest.raises(CanonicalError, match=says.replace("^", r"\^")):
        canonical(value)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "not JSON"),
        (b"{", "not JSON"),
        (b"\xff", "UTF-8"),
        (b'{"a":1,"a":1}', "twice"),
        (b'{"a":1,"\\u0061":2}', "twice"),
        (b'{"e\xcc\x81":1}', "NFC"),
        (b"1.0", "not whole"),
        (b"1e3", "not whole"),
        (b"NaN", "not whole"),
        (b"-Infinity", "not whole"),
        (b"1152921504606846976", "2^53"),
        (b"1" * 5000, "2^53"),
        (b"null", "NoneType"),
        (b'{"a":null}', "NoneType"),
        (b"-0", "canonical form"),
        (b"007", "not JSON"),
        (b'"\\u00e9"', "canonical form"),
        (b'"\\/"', "canonical form"),
        (b'"\\ud83d\\ude00"', "canonical form"),
        (b'"\\ud83d"', "surrogate"),
        (b'{"b":1,"a":2}', "canonical form"),
        (b'{"a": 1}', "canonical form"),
        (b"[1,]", "not JSON"),
        (b"[" * 100_000, "deeper"),
        (b"[" * 40 + b"]" * 40, "deeper"),
    ],
)
def test_what_is_not_in_the_form_is_refused_in_words(data: bytes, says: str) -> None:
    with pytest.raises(CanonicalError, match=says.replace("^", r"\^")):
        parse(data)


# --- facts -------------------------------------------------------------------------------------------------


def _fact(**other: Any) -> Fact:
    whole: dict[str, Any] = {
        "chain": "case/K7QH-3M2C",
        "place": 2,
        "on": date(2026, 4, 23),
        "noted_at": datetime(2026, 4, 24, 14, 5, 9, tzinfo=UTC),
        "by": "K7Q-H3P",
        "office": "complaints-officer",
        "body": StepTaken(step="serve-notice", served_on=("R",), channel=Channel.POST),
        "parts": (("narrative", b"\x01" * 32), ("reasons", b"\x02" * 32)),
        **other,
    }
    return Fact(**whole)


def test_a_fact_byte_for_byte() -> None:
    assert fact_bytes(_fact(), origin=ORIGIN, previous=PREVIOUS) == (
        b'{"body":{"channel":"post","served_on":["R"],"step":"serve-notice"},"by":"K7Q-H3P",'
        b'"chain":"case/K7QH-3M2C","kind":"step-taken/1","noted_at":"2026-04-24T14:05:09Z",'
        b'"office":"complaints-officer","on":"2026-04-23","origin":"complaints.example.org/duly",'
        b'"parts":[["narrative","' + b"01" * 32 + b'"],["reasons","' + b"02" * 32 + b'"]],"place":2,'
        b'"previous":"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f","v":1}'
    )


def test_what_a_reporter_does_carries_a_day_and_a_role() -> None:
    fact = _fact(
        chain="complaint/K7QH-3M2C",
        place=1,
        noted_at=date(2026, 4, 23),
        by="complainant",
        office=None,
        body=Submitted(channel=Channel.WEB, naming=Naming.ANONYMOUS),
        parts=(),
    )
    data = fact_bytes(fact, origin=ORIGIN, previous=PREVIOUS)
    assert b'"noted_at":"2026-04-23"' in data
    assert b'"parts":[]' in data
    assert b"office" not in data
    assert fact_from_bytes(data) == (fact, PREVIOUS)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_fact_of_every_kind_comes_back_as_it_was(kind: str) -> None:
    fact = _fact(body=full_body(KINDS[kind]))
    data = fact_bytes(fact, origin=ORIGIN, previous=PREVIOUS)
    assert fact_from_bytes(data) == (fact, PREVIOUS)
    assert read_fact(data).origin == ORIGIN
    read, previous = fact_from_bytes(data)
    assert fact_bytes(read, origin=ORIGIN, previous=previous) == data


def test_an_instant_is_written_in_utc_to_the_second() -> None:
    there = datetime(2026, 4, 24, 1, 30, 9, 999_999, tzinfo=timezone(timedelta(hours=2)))
    data = fact_bytes(_fact(noted_at=there), origin=ORIGIN, previous=PREVIOUS)
    assert b'"noted_at":"2026-04-23T23:30:09Z"' in data


@pytest.mark.parametrize(
    "other",
    [
        *({"chain": text} for text in HOSTILE),
        *({"by": text} for text in HOSTILE),
        *({"office": text} for text in HOSTILE),
        *({"parts": ((text, bytes(32)),)} for text in HOSTILE),
        {"place": 0},
        {"place": -1},
        {"place": True},
        {"place": 1.0},
        {"place": "1"},
        {"on": datetime(2026, 4, 23, tzinfo=UTC)},
        {"on": "2026-04-23"},
        {"noted_at": datetime(2026, 4, 23)},  # noqa: DTZ001 -- an instant without its offset is what is tried
        {"noted_at": "2026-04-23"},
        {"noted_at": 0},
        {"body": None},
        {"body": {"step": "serve-notice"}},
        {"parts": (("narrative", bytes(31)),)},
        {"parts": (("narrative", "0" * 64),)},
        {"parts": (("reasons", bytes(32)), ("narrative", bytes(32)))},
        {"parts": (("reasons", bytes(32)), ("reasons", bytes(32)))},
    ],
)
def test_what_may_not_stand_in_a_fact_is_a_type_error(other: dict[str, Any]) -> None:
    with pytest.raises(BodyError):
        fact_bytes(_fact(**other), origin=ORIGIN, previous=PREVIOUS)


def test_a_fact_names_its_log_and_the_fact_before() -> None:
    for origin in ("", "a log", "jane@example.org", "x" * 201, "log\n"):
        with pytest.raises(BodyError, match="origin"):
            fact_bytes(_fact(), origin=origin, previous=PREVIOUS)
    for previous in (b"", bytes(31), cast(bytes, "0" * 32)):
        with pytest.raises(BodyError, match="previous"):
            fact_bytes(_fact(), origin=ORIGIN, previous=previous)


def test_every_change_of_a_byte_is_refused_or_another_fact() -> None:
    fact = _fact()
    data = fact_bytes(fact, origin=ORIGIN, previous=PREVIOUS)
    for at in range(len(data)):
        for flip in (1, 32, 128):
            changed = data[:at] + bytes([data[at] ^ flip]) + data[at + 1 :]
            try:
                read = read_fact(changed)
            except (CanonicalError, BodyError):
                continue
            assert (read.fact, read.previous, read.origin) != (fact, PREVIOUS, ORIGIN)
            assert fact_bytes(read.fact, origin=read.origin, previous=read.previous) == changed


@pytest.mark.parametrize(
    "change",
    [
        {"v": 2},
        {"v": True},
        {"v": "1"},
        {"kind": "step-taken"},
        {"kind": ["step-taken/1"]},
        {"kind": "submitted/1"},
        {"note": "x"},
        {"place": 0},
        {"place": "2"},
        {"on": "23 April 2026"},
        {"noted_at": "2026-04-24T14:05:09+00:00"},
        {"noted_at": "2026-04-24T14:05:09.5Z"},
        {"noted_at": "2026-04-24T25:05:09Z"},
        {"noted_at": "2026-04-24T24:00:00Z"},
        {"noted_at": "2026-04-24 14:05:09Z"},
        {"noted_at": 1},
        {"body": []},
        {"body": {"step": "Serve Notice"}},
        {"parts": {}},
        {"parts": [["narrative"]]},
        {"parts": ["narrative"]},
        {"parts": [["narrative", "01" * 31]]},
        {"parts": [["narrative", "AB" * 32]]},
        {"parts": [["reasons", "01" * 32], ["narrative", "01" * 32]]},
        {"previous": "00"},
        {"previous": 0},
        {"office": ""},
    ],
)
def test_what_is_no_fact_is_not_read(change: dict[str, Any]) -> None:
    members = json.loads(fact_bytes(_fact(), origin=ORIGIN, previous=PREVIOUS))
    with pytest.raises(BodyError):
        read_fact(canonical({**members, **change}))


def test_a_fact_without_one_of_its_members_is_not_read() -> None:
    members = json.loads(fact_bytes(_fact(), origin=ORIGIN, previous=PREVIOUS))
    for name in set(members) - {"office"}:
        with pytest.raises(BodyError, match="member is missing"):
            read_fact(canonical({key: value for key, value in members.items() if key != name}))
    for other in (b"[]", b'"x"', b"1"):
        with pytest.raises(BodyError):
            read_fact(other)


def test_equal_facts_have_equal_bytes_whatever_the_order_of_their_days() -> None:
    days = {"hearing-day": date(2026, 5, 20), "sitting": date(2026, 5, 21)}
    other = dict(reversed(days.items()))
    first, second = (
        fact_bytes(_fact(body=StepTaken(step="fix", days=each)), origin=ORIGIN, previous=PREVIOUS)
        for each in (days, other)
    )
    assert first == second
    assert replace(_fact(), body=StepTaken(step="fix", days=days)) == fact_from_bytes(first)[0]


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS.keys())
def test_a_fact_written_is_in_the_one_form_and_read_alike_by_both_readers(kind: Any) -> None:
    fact = Fact(
        chain="case/K7QH-3M2C",
        place=2,
        on=date(2026, 4, 2),
        noted_at=datetime(2026, 4, 2, 10, 0, tzinfo=UTC),
        by="K7Q-H3P",
        office="panel-chair",
        body=full_body(kind),
        parts=(("reasons", PREVIOUS),),
    )
    data = fact_bytes(fact, origin=ORIGIN, previous=PREVIOUS)
    assert canonical(parse(data)) == data
    assert fact_from_record(data) == read_fact(data).fact == fact


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"\xff", b"{", b"null", b'{"v":1}', b"[" * 100_000, b"9" * 5000]
)
def test_what_is_no_fact_is_refused_by_the_faster_reader_too(data: bytes) -> None:
    with pytest.raises((CanonicalError, BodyError)):
        fact_from_record(data)
