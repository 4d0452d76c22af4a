"""What is called sound at a glance is what the strict reader takes, to the byte: nothing slips past."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.record.bodies_of_each_kind import HOSTILE, full_body
from tests.record.plain_form import facts

from duly.record import seal
from duly.record.bodies import KINDS, BodyError
from duly.record.codec import CanonicalError, canonical, fact_bytes, read_fact
from duly.record.facts import Fact, StepTaken
from duly.record.glance import Parts, sound
from duly.record.references import reference_from

ORIGIN = "complaints.example.org/duly"
CHAIN = "case/K7QH-3M2C"
START = seal.chain_start(ORIGIN, CHAIN)
EVERY_KIND = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS.keys())

Rows = list[tuple[int, bytes, bytes, bytes]]


def rows_of(some: Sequence[Fact], *, origin: str = ORIGIN, chain: str = CHAIN) -> Rows:
    previous, rows = seal.chain_start(origin, chain), Rows()
    for place, fact in enumerate(some, 1):
        data = fact_bytes(replace(fact, chain=chain, place=place), origin=origin, previous=previous)
        previous = seal.digest(data)
        rows.append((place, fact.body.KIND.encode(), previous, data))
    return rows


def one(kind: str, data: bytes) -> dict[int, Parts] | None:
    """What a chain of these bytes alone gives, everything beside them being right."""
    return sound(ORIGIN, CHAIN, [(1, kind.encode(), seal.digest(data), data)])


def read(kind: str, data: bytes) -> dict[int, Parts] | None:
    """The same by the strict reader."""
    try:
        found = read_fact(data)
    except (CanonicalError, BodyError):
        return None
    fact = found.fact
    if (found.origin, fact.chain, fact.place, found.previous) != (ORIGIN, CHAIN, 1, START):
        return None
    return {1: fact.parts} if kind == fact.body.KIND else None


def example(body: Any, **other: Any) -> Fact:
    whole: dict[str, Any] = {
        "chain": CHAIN,
        "place": 1,
        "on": date(2026, 4, 23),
        "noted_at": datetime(2026, 4, 24, 14, 5, 9, tzinfo=UTC),
        "by": "K7Q-H3P",
        "office": "complaints-officer",
        "body": body,
        "parts": (("narrative", b"\x01" * 32), ("reasons", b"\x02" * 32)),
        **other,
    }
    return Fact(**whole)


@EVERY_KIND
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_a_chain_as_the_office_writes_it_is_sound(kind: Any, data: st.DataObject) -> None:
    some = data.draw(st.lists(facts(kind, largest=10**15 - 1), min_size=1, max_size=3))
    rows = rows_of(some)
    assert sound(ORIGIN, CHAIN, rows) == {place: fact.parts for place, fact in enumerate(some, 1)}


@EVERY_KIND
def test_whatever_is_changed_in_the_bytes_it_says_what_the_strict_reader_says(kind: Any) -> None:
    fact = example(full_body(kind))
    data = fact_bytes(fact, origin=ORIGIN, previous=START)
    assert one(kind.KIND, data) == {1: fact.parts}
    facts_too = sum(agree(kind.KIND, other) for other in changed(data))
    assert facts_too > 0  # of another day, by another role


def agree(kind: str, data: bytes) -> bool:
    found = one(kind, data)
    assert found == read(kind, data), data
    return found is not None


def changed(data: bytes) -> Iterator[bytes]:
    """Each byte turned into a few others, left out and doubled."""
    others = b'"\\{}[]:,/-_ 0129aftzAKXZ\n\x00\x7f\xc3\xff'
    for at in range(len(data)):
        before, own, after = data[:at], data[at], data[at + 1 :]
        yield before + after
        yield before + bytes([own, own]) + after
        for other in others[at % 4 :: 4]:
            if other != own:
                yield before + bytes([other]) + after


@EVERY_KIND
def test_whatever_stands_in_a_member_it_says_what_the_strict_reader_says(kind: Any) -> None:
    members = json.loads(fact_bytes(example(full_body(kind)), origin=ORIGIN, previous=START))
    tried = 0
    for whole, held in ((True, members), (False, members["body"])):
        for name in (*held, "note", "KIND"):
            for value in (*HOSTILE, *OTHERS):
                other = {**held, name: value}
                try:
                    data = canonical(other if whole else {**members, "body": other})
                except CanonicalError:
                    continue
                agree(kind.KIND, data)
                tried += 1
            left = {key: value for key, value in held.items() if key != name}
            agree(kind.KIND, canonical(left if whole else {**members, "body": left}))
    assert tried > 100


OTHERS: tuple[Any, ...] = (
    *(True, False, 0, 1, 7, -1, 10**15 - 1, [], {}, [[]], [{}], {"": ""}, "7", "step", "a", "7a", "-"),
    *("2026-02-29", "2024-02-29", "2100-02-29", "2000-02-29", "0000-01-01", "0004-02-29", "2026-13-01"),
    *("2026-04-31", "2026-00-10", "2026-10-00", "9999-12-31", "2026-4-1", "2026-04-24T14:05:09Z"),
    *("2026-04-24T24:00:00Z", "2026-04-24T23:59:60Z", "2026-04-24T23:59:59+00:00"),
    *("K7Q-H3P", "case/K7QH-3M2C", "office"),
    *(["C1"], ["C1", "C1"], ["C1", "R"], ["reasons", "ab"], [["reasons", "ab" * 32]], ["K7Q-H3P", "K7Q-H3C"]),
    [["narrative", "0" * 64], ["narrative", "0" * 64]],
    [["reasons", "0" * 64], ["narrative", "0" * 64]],
    [["narrative", "0" * 64], ["reasons", "0" * 64]],
    *({"a": "2026-04-23"}, {"a": "2026-04-23", "b-1": "2024-02-29"}, {"1": "2026-04-23"}, {"a": 1}),
)  # fmt: skip


def test_every_way_of_writing_a_fact_but_its_one_form_is_seen() -> None:
    body = StepTaken(step="fix", days={"a": date(2026, 5, 1), "a-b": date(2026, 5, 2), "b": date(2026, 5, 3)})
    data = fact_bytes(example(body), origin=ORIGIN, previous=START)
    assert one(body.KIND, data)
    members = json.loads(data)
    others = [
        json.dumps(members, sort_keys=True).encode(),
        json.dumps(members, separators=(",", ":")).encode() + b"\n",
        json.dumps(dict(reversed(members.items())), separators=(",", ":")).encode(),
        data.replace(b'"step"', b'"st\\u0065p"'),
        data.replace(b'"fix"', b'"f\\u0069x"'),
        data.replace(b'"a":"2026-05-01",', b'"a":"2026-05-01","a":"2026-05-01",'),
        data.replace(b'"a":"2026-05-01","a-b":"2026-05-02"', b'"a-b":"2026-05-02","a":"2026-05-01"'),
        data.replace(b'},"by"', b',},"by"'),
        data.replace(b'"place":1,', b'"place":1,"place":1,'),
        data.replace(b'"place":1,', b'"place":01,'),
        data.replace(b'"place":1,', b'"place":1.0,'),
        data.replace(b'"office"', b'"office":"chair","office"'),
    ]
    for other in others:
        assert other != data
        assert not agree(body.KIND, other)


def test_a_number_of_sixteen_digits_is_left_to_the_strict_reader() -> None:
    kind = KINDS["corrected/1"]
    data = fact_bytes(example(kind(corrects=10**15)), origin=ORIGIN, previous=START)  # type: ignore[call-arg]  # this kind's
    assert read("corrected/1", data) is not None
    assert one("corrected/1", data) is None


def test_a_chain_is_sound_only_as_a_whole_and_with_all_that_stands_beside_it() -> None:
    some = [example(StepTaken(step=name)) for name in ("receive", "sift", "answer")]
    first, second, third = rows = rows_of(some)
    assert sound(ORIGIN, CHAIN, rows) is not None
    assert sound(ORIGIN, CHAIN, [first, second]) is not None  # that the last is gone, no chain says
    elsewhere = rows_of(some, chain=f"case/{reference_from(b'another case of them')}")
    for other in (
        [second, third],
        [first, third],
        [second, first, third],
        [first, first, second, third],
        [first, second, third, third],
        [first, elsewhere[1], third],
        rows_of(some, origin="another.example/duly"),
        elsewhere,
        [*rows_of([some[0], some[2], some[1]])[:2], third],
        [first, (3, *second[1:]), third],
        [first, (2, b"told/1", *second[2:]), third],
        [first, (2, b"step-taken/2", *second[2:]), third],
        [first, (2, b"\xff", *second[2:]), third],
        [first, second, (*third[:2], second[2], third[3])],
        [first, second, (*third[:2], bytes(32), third[3])],
        [first, second, (*third[:2], third[2][:31], third[3])],
    ):
        assert sound(ORIGIN, CHAIN, other) is None


@pytest.mark.parametrize("chain", ["case/K7QH-3M2D", "case/", "Office", "", "case/K7QH-3M2C "])
def test_nothing_under_a_name_that_no_chain_has_is_sound(chain: str) -> None:
    assert sound(ORIGIN, chain, []) is None
    assert sound("no log", CHAIN, []) is None
    assert sound(ORIGIN, CHAIN, []) == {}
