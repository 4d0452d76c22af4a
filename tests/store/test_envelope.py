"""Sealed parts open in their own place, under their own key, whole, or not at all."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duly.record.codec import canonical
from duly.record.seal import commit_to_bytes
from duly_server.gateways.keys import FileKeyRing
from duly_server.store.envelope import (
    CannotOpenError,
    Unit,
    associated_data,
    fresh_salt,
    new_unit,
    open_part,
    open_unit,
    seal_part,
    unit_of,
)

APRIL = date(2026, 4, 23)
CONTENT = canonical({"v": 1, "text": "What was said at the meeting."})
SALT = bytes(range(32))
COMMITMENT = commit_to_bytes(SALT, CONTENT)
UNIT = Unit(b"u" * 16, b"k" * 8, b"s" * 32)
OTHER = Unit(b"v" * 16, b"k" * 8, b"t" * 32)
PLACE = {
    "origin": "complaints.example.org/duly",
    "chain": "case/K7QH-3M2C",
    "place": 3,
    "part": "narrative",
    "commitment": COMMITMENT,
}
AAD = associated_data(**PLACE)  # type: ignore[arg-type]  # a table of keyword arguments


@pytest.fixture
def keys(tmp_path: Path) -> FileKeyRing:
    return FileKeyRing.create(tmp_path / "keys", on=APRIL)


def test_a_part_opens_where_it_was_sealed() -> None:
    sealed = seal_part(UNIT, AAD, SALT, CONTENT)
    assert open_part(UNIT, AAD, sealed, commitment=COMMITMENT) == (SALT, CONTENT)
    assert unit_of(sealed) == UNIT.unit_id


def test_the_envelope_byte_for_byte() -> None:
    sealed = seal_part(UNIT, AAD, SALT, CONTENT)
    assert sealed[:29] == b"DULY1" + b"k" * 8 + b"u" * 16
    assert len(sealed) == 29 + 12 + 32 + len(CONTENT) + 16
    assert (
        b'["duly/sealed/1","complaints.example.org/duly","case/K7QH-3M2C",3,"narrative","'
        + COMMITMENT.hex().encode()
        + b'"]'
    ) == AAD


def test_nothing_of_the_part_stands_in_the_envelope() -> None:
    sealed = seal_part(UNIT, AAD, SALT, CONTENT)
    for clear in (CONTENT, SALT, b"meeting", UNIT.key):
        assert clear not in sealed


def test_one_part_sealed_again_and_again_never_looks_the_same() -> None:
    sealed = [seal_part(UNIT, AAD, SALT, CONTENT) for _ in range(5_000)]
    assert len({each[29:41] for each in sealed}) == 5_000  # the nonces
    assert len({each[41:] for each in sealed}) == 5_000
    assert len({fresh_salt() for _ in range(5_000)}) == 5_000


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"origin": "elsewhere.example/duly"},
        {"chain": "case/K7QH-3M2D"},
        {"place": 4},
        {"part": "reasons"},
        {"commitment": bytes(32)},
    ],
)
def test_a_part_moved_elsewhere_does_not_open(elsewhere: dict[str, object]) -> None:
    sealed = seal_part(UNIT, AAD, SALT, CONTENT)
    aad = associated_data(**{**PLACE, **elsewhere})  # type: ignore[arg-type]  # a table of keyword arguments
    with pytest.raises(CannotOpenError, match="belongs elsewhere"):
        open_part(UNIT, aad, sealed, commitment=COMMITMENT)


def test_two_swapped_parts_do_not_open() -> None:
    """Of one unit or of two: each is refused in the other's row."""
    there = associated_data(**{**PLACE, "place": 4})  # type: ignore[arg-type]  # a table of keyword arguments
    for unit in (UNIT, OTHER):
        first, second = seal_part(UNIT, AAD, SALT, CONTENT), seal_part(unit, there, SALT, CONTENT)
        for own, aad, sealed in ((UNIT, AAD, second), (unit, there, first)):
            with pytest.raises(CannotOpenError):
                open_part(own, aad, sealed, commitment=COMMITMENT)


def test_every_flipped_byte_and_every_cut_is_refused() -> None:
    sealed = seal_part(UNIT, AAD, SALT, CONTENT)
    for at in range(len(sealed)):
        for other in (sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :], sealed[:at]):
            with pytest.raises(CannotOpenError):
                open_part(UNIT, AAD, other, commitment=COMMITMENT)
    with pytest.raises(CannotOpenError):
        open_part(UNIT, AAD, sealed + b"\0", commitment=COMMITMENT)


@given(st.binary(max_size=200))
def test_what_was_never_sealed_is_refused(data: bytes) -> None:
    for sealed in (data, b"DULY1" + data, seal_part(UNIT, AAD, SALT, CONTENT)[:29] + data):
        with pytest.raises(CannotOpenError):
            open_part(UNIT, AAD, sealed, commitment=COMMITMENT)


def test_a_part_that_is_not_what_the_fact_commits_to_is_refused() -> None:
    sealed = seal_part(UNIT, AAD, SALT, canonical({"v": 1, "text": "Something else."}))
    with pytest.raises(CannotOpenError, match="not what the fact commits to"):
        open_part(UNIT, AAD, sealed, commitment=COMMITMENT)
    other_salt = seal_part(UNIT, AAD, bytes(32), CONTENT)
    with pytest.raises(CannotOpenError, match="not what the fact commits to"):
        open_part(UNIT, AAD, other_salt, commitment=COMMITMENT)


def test_ids_and_salts_have_their_lengths() -> None:
    for salt in (b"", bytes(31)):
        with pytest.raises(ValueError, match="32 bytes"):
            seal_part(UNIT, AAD, salt, CONTENT)
    for unit in (Unit(b"u" * 15, b"k" * 8, b"s" * 32), Unit(b"u" * 16, b"k" * 7, b"s" * 32)):
        with pytest.raises(ValueError, match="16 bytes"):
            seal_part(unit, AAD, SALT, CONTENT)


# --- unit keys ---------------------------------------------------------------------------------------------


def test_a_unit_comes_back_from_the_key_store(keys: FileKeyRing) -> None:
    unit, row = new_unit(keys, on=APRIL)
    assert open_unit(keys, row.unit_id, row.wrapped) == unit
    assert row.unit_id == unit.unit_id
    assert row.epoch == "2026-04"
    assert unit.key not in row.wrapped
    assert str(unit.key) not in repr(unit)


def test_units_share_nothing(keys: FileKeyRing) -> None:
    units = [new_unit(keys, on=APRIL) for _ in range(200)]
    assert len({unit.unit_id for unit, _ in units}) == len({unit.key for unit, _ in units}) == 200
    assert len({row.wrapped for _, row in units}) == 200


def test_two_swapped_wrapped_keys_are_refused(keys: FileKeyRing) -> None:
    (_, first), (_, second) = (new_unit(keys, on=APRIL) for _ in range(2))
    for row, other in ((first, second), (second, first)):
        with pytest.raises(CannotOpenError, match="another unit's"):
            open_unit(keys, row.unit_id, other.wrapped)


def test_every_flipped_byte_and_every_cut_of_a_wrapped_key_is_refused(keys: FileKeyRing) -> None:
    _, row = new_unit(keys, on=APRIL)
    for at in range(len(row.wrapped)):
        flipped = row.wrapped[:at] + bytes([row.wrapped[at] ^ 1]) + row.wrapped[at + 1 :]
        for other in (flipped, row.wrapped[:at]):
            with pytest.raises(CannotOpenError):
                open_unit(keys, row.unit_id, other)
    with pytest.raises(CannotOpenError, match="after its end"):
        open_unit(keys, row.unit_id, row.wrapped + b"\0")


def test_without_the_keyring_nothing_opens(keys: FileKeyRing, tmp_path: Path) -> None:
    _, row = new_unit(keys, on=APRIL)
    thief = FileKeyRing.create(tmp_path / "thief", on=APRIL)
    with pytest.raises(CannotOpenError, match="under a key of this keyring"):
        open_unit(thief, row.unit_id, row.wrapped)


def test_there_is_room_for_copies_of_other_kinds(keys: FileKeyRing, tmp_path: Path) -> None:
    """A copy for a key service or for the holders of a seal can be added without touching a sealed part."""
    unit, row = new_unit(keys, on=APRIL)
    _, elsewhere = new_unit(FileKeyRing.create(tmp_path / "elsewhere", on=APRIL), on=APRIL)
    own, foreign = row.wrapped[7:], elsewhere.wrapped[7:]
    unknown = bytes([9]) + bytes(8) + (3).to_bytes(2) + b"age"
    for copies in ((unknown, own), (foreign, own), (own, unknown, foreign)):
        assert open_unit(keys, row.unit_id, b"DULYK1" + bytes([len(copies)]) + b"".join(copies)) == unit
    with pytest.raises(CannotOpenError):
        open_unit(keys, row.unit_id, b"DULYK1" + bytes([1]) + unknown)
    with pytest.raises(CannotOpenError):
        open_unit(keys, row.unit_id, b"DULYK1" + bytes([0]))
