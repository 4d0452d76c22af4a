"""Commitments, chain and tree against a second reckoning written by hand; every break of a chain is named."""

import hashlib
import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duly.record import seal
from duly.record.codec import CanonicalError, canonical, fact_bytes
from duly.record.facts import Channel, Fact, StepTaken
from duly.record.references import reference_from
from duly.record.seal import ChainProblem, verify_chain

ORIGIN = "complaints.example.org/duly"
CHAIN = "case/K7QH-3M2C"
OTHER = "case/" + reference_from(bytes(range(16)))
SALT = bytes(range(32))


def sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


# --- digests -----------------------------------------------------------------------------------------------


def test_a_commitment_byte_for_byte() -> None:
    part: dict[str, object] = {"v": 1, "text": "Ä"}
    content = b'{"text":"\xc3\x84","v":1}'
    assert seal.commit(SALT, part) == sha256(b"duly/part/1\x00" + SALT + content)
    assert seal.commit_to_bytes(SALT, content) == seal.commit(SALT, part)
    assert seal.commit(bytes(32), part) != seal.commit(SALT, part)


def test_a_commitment_needs_a_salt_and_a_versioned_part() -> None:
    for salt in (b"", bytes(31), bytes(33)):
        with pytest.raises(ValueError, match="32 bytes"):
            seal.commit(salt, {"v": 1})
    for part in ({}, {"v": 0}, {"v": "1"}, {"v": True}):
        with pytest.raises(ValueError, match="version"):
            seal.commit(SALT, dict(part))
    with pytest.raises(CanonicalError):
        seal.commit(SALT, {"v": 1, "text": "e\u0301"})


def test_digests_byte_for_byte() -> None:
    assert seal.digest(b"{}") == sha256(b"duly/fact/1\x00{}")
    assert seal.chain_start(ORIGIN, CHAIN) == sha256(b"duly/chain/1\x00" + ORIGIN.encode() + CHAIN.encode())
    assert seal.leaf(SALT) == sha256(b"\x00" + SALT)
    assert seal.node(SALT, bytes(32)) == sha256(b"\x01" + SALT + bytes(32))
    assert seal.pad_leaf(SALT) == sha256(b"\x00" + sha256(b"duly/pad/1\x00" + SALT))
    with pytest.raises(ValueError, match="32 random bytes"):
        seal.pad_leaf(bytes(31))


def by_the_book(leaves: list[bytes]) -> bytes:
    """RFC 9162, 2.1.1, word for word: k is the largest power of two smaller than n."""
    if not leaves:
        return sha256(b"")
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return sha256(b"\x01" + by_the_book(leaves[:k]) + by_the_book(leaves[k:]))


# The eight inputs with which implementations of this tree are commonly compared; roots by `by_the_book`.
INPUTS = [bytes.fromhex(text) for text in (
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
)]  # fmt: skip
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def test_the_root_of_known_trees() -> None:
    leaves = [seal.leaf(data) for data in INPUTS]
    assert [seal.merkle_root(leaves[:size]).hex() for size in range(1, 9)] == ROOTS
    assert seal.merkle_root([]).hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@given(st.integers(0, 130))
def test_the_root_is_that_of_the_book(size: int) -> None:
    leaves = [sha256(bytes([at])) for at in range(size)]
    assert seal.merkle_root(iter(leaves)) == by_the_book(leaves)


# --- what is wrong with a chain ----------------------------------------------------------------------------


def _fact(chain: str, place: int, **other: Any) -> Fact:
    return Fact(
        chain=chain,
        place=place,
        on=date(2026, 4, place),
        noted_at=datetime(2026, 4, place, 9, 0, tzinfo=UTC),
        by="K7Q-H3P",
        office="complaints-officer",
        body=StepTaken(step=other.get("step", "update"), channel=Channel.POST),
        parts=(("reasons", bytes([place]) * 32),),
    )


def _chain(length: int = 6, *, origin: str = ORIGIN, chain: str = CHAIN, **other: Any) -> list[bytes]:
    rows: list[bytes] = []
    previous = seal.chain_start(origin, chain)
    for place in range(1, length + 1):
        rows.append(fact_bytes(_fact(chain, place, **other), origin=origin, previous=previous))
        previous = seal.digest(rows[-1])
    return rows


def _places(rows: list[bytes], *, head: bytes | None = None) -> list[int]:
    problems = verify_chain(ORIGIN, CHAIN, rows, head=head)
    assert all(problem.chain == CHAIN for problem in problems)
    return [problem.place for problem in problems]


def test_a_whole_chain_has_no_problem() -> None:
    rows = _chain()
    assert verify_chain(ORIGIN, CHAIN, rows) == ()
    assert verify_chain(ORIGIN, CHAIN, iter(rows), head=seal.digest(rows[-1])) == ()
    assert verify_chain(ORIGIN, CHAIN, []) == ()
    assert verify_chain(ORIGIN, CHAIN, rows[:1]) == ()


@pytest.mark.parametrize("place", range(1, 7))
def test_any_byte_of_any_fact_flipped_names_its_place(place: int) -> None:
    rows = _chain()
    head = seal.digest(rows[-1])
    whole = rows[place - 1]
    for at in range(len(whole)):
        for flip in (1, 128):
            rows[place - 1] = whole[:at] + bytes([whole[at] ^ flip]) + whole[at + 1 :]
            assert place in _places(rows, head=head), rows[place - 1]


def _altered(row: bytes, **change: object) -> bytes:
    return canonical({**json.loads(row), **change})


def test_an_altered_fact_is_the_only_one_named() -> None:
    rows = _chain()
    head = seal.digest(rows[-1])
    for place in range(1, 6):
        altered = [*rows]
        altered[place - 1] = _altered(rows[place - 1], on="2026-01-01")
        assert _places(altered) == [place]
        assert _places(altered, head=head) == [place]


def test_the_last_fact_altered_shows_against_the_head_known_from_elsewhere() -> None:
    rows = _chain()
    head = seal.digest(rows[-1])
    rows[-1] = _altered(rows[-1], on="2026-01-01")
    assert _places(rows) == []  # the chain alone cannot say
    assert verify_chain(ORIGIN, CHAIN, rows, head=head) == (
        ChainProblem(
            CHAIN, 6, "This is not the last fact that was known: it was altered, or facts after it are gone."
        ),
    )


def test_the_last_link_broken_is_one_of_two() -> None:
    rows = _chain()
    rows[-1] = _altered(rows[-1], previous="00" * 32)
    (problem,) = verify_chain(ORIGIN, CHAIN, rows)
    assert problem.place == 5
    assert "one of the two was altered" in problem.says


def test_two_altered_facts_are_both_named() -> None:
    rows = _chain()
    rows[1], rows[4] = _altered(rows[1], on="2026-01-01"), _altered(rows[4], on="2026-01-01")
    assert _places(rows) == [2, 5]


def test_a_dropped_fact_is_named() -> None:
    rows = _chain()
    assert verify_chain(ORIGIN, CHAIN, rows[:2] + rows[3:]) == (ChainProblem(CHAIN, 3, "Fact 3 is missing."),)
    assert verify_chain(ORIGIN, CHAIN, rows[2:]) == (ChainProblem(CHAIN, 1, "Facts 1 to 2 are missing."),)
    assert _places(rows[:-1], head=seal.digest(rows[-1])) == [5]
    assert [problem.says for problem in verify_chain(ORIGIN, CHAIN, rows[1:3] + rows[4:])] == [
        "Fact 1 is missing.",
        "Fact 4 is missing.",
    ]


def test_nothing_left_of_a_known_chain_is_named() -> None:
    assert _places([], head=bytes(32)) == [1]


def test_a_duplicated_fact_is_named() -> None:
    rows = _chain()
    for places in (rows[:3] + rows[2:], [*rows, rows[2]]):
        assert [(p.place, p.says) for p in verify_chain(ORIGIN, CHAIN, places)] == [
            (3, "This fact stands there twice.")
        ]
    second = _altered(rows[2], on="2026-01-01")
    assert [(p.place, p.says) for p in verify_chain(ORIGIN, CHAIN, [*rows[:3], second, *rows[3:]])] == [
        (3, "Two different facts claim this place.")
    ]


def test_reordered_facts_are_named() -> None:
    rows = _chain()
    assert _places([*rows[:2], rows[3], rows[2], *rows[4:]]) == [3]
    assert _places(list(reversed(rows))) == [1, 2, 3, 4, 5]


def test_a_transplanted_fact_is_named() -> None:
    rows, others = _chain(), _chain(chain=OTHER, step="reply")
    inserted = verify_chain(ORIGIN, CHAIN, [*rows[:3], others[3], *rows[3:]])
    assert [(p.place, p.says) for p in inserted] == [(4, "What stands here is a fact of another chain.")]
    assert 4 in _places([*rows[:3], others[3], *rows[4:]])
    assert _places(others) == [1, 2, 3, 4, 5, 6]
    assert _places(_chain(origin="elsewhere.example/duly")) == [1, 2, 3, 4, 5, 6]
    moved_in = _altered(others[3], chain=CHAIN)
    assert 4 in _places([*rows[:3], moved_in, *rows[4:]])


def test_renumbered_facts_are_named() -> None:
    rows = _chain()
    closed = [*rows[:2], *(_altered(row, place=at) for at, row in enumerate(rows[3:], start=3))]
    assert _places(closed) == [3, 4, 4]
    assert _places(closed, head=seal.digest(rows[-1])) == [3, 4, 5, 5]
    shifted = [_altered(row, place=at) for at, row in enumerate(rows[1:], start=1)]
    assert _places(shifted)[0] == 1


def test_a_chain_rewritten_to_its_end_shows_only_against_its_head() -> None:
    rows, rewritten = _chain(), _chain(step="reply")
    assert _places(rewritten) == []
    assert _places(rewritten, head=seal.digest(rows[-1])) == [6]


def test_what_is_no_fact_at_all_is_named_and_the_rest_still_read() -> None:
    rows = _chain()
    for rubbish in (b"", b"{}", b"\xff", rows[2][:-1], rows[2] + b" "):
        assert _places([*rows[:2], rubbish, *rows[3:]]) == [3]
        assert _places([*rows[:5], rubbish], head=seal.digest(rows[5])) == [6]
    assert _places([b""] * 3) == [1, 2, 3]


@given(st.permutations(range(6)), st.integers(1, 6))
def test_no_other_order_or_choice_of_facts_is_whole(order: list[int], length: int) -> None:
    rows = _chain()
    chosen = [rows[at] for at in order[:length]]
    whole = order[:length] == list(range(length))
    assert (verify_chain(ORIGIN, CHAIN, chosen) == ()) is whole
    assert (verify_chain(ORIGIN, CHAIN, chosen, head=seal.digest(rows[-1])) == ()) is (whole and length == 6)
