"""References and receipt codes: made of chance alone, and a slip of the pen is noticed."""

import os
from itertools import pairwise

import pytest

from duly.record.references import (
    ALPHABET,
    appointment_from,
    is_appointment,
    is_reference,
    reads_as_appointment,
    reads_as_receipt_code,
    reads_as_reference,
    receipt_code_from,
    reference_from,
)


def _slips(plain: str, alphabet: str) -> set[str]:
    """Every single wrong sign, and every swap of neighbours that differ."""
    wrong = {
        plain[:at] + sign + plain[at + 1 :]
        for at in range(len(plain))
        for sign in alphabet
        if sign != plain[at]
    }
    swapped = {
        plain[:at] + plain[at + 1] + plain[at] + plain[at + 2 :]
        for at in range(len(plain) - 1)
        if plain[at] != plain[at + 1]
    }
    return wrong | swapped


def test_the_example_of_the_house_is_a_reference() -> None:
    assert is_reference("K7QH-3M2C")


@pytest.mark.parametrize(
    "text", ["K7QH-3M2C", "k7qh-3m2c", " K7QH 3M2C ", "k7qh3m2c", "K7 QH-3M 2C", "K7QH\u20133M2C\n"]
)
def test_a_reference_is_read_however_it_was_typed(text: str) -> None:
    assert reads_as_reference(text) == "K7QH-3M2C"


@pytest.mark.parametrize(
    "text", ["", "K7QH", "K7QH-3M2", "K7QH-3M2CC", "K7QH-3M2O", "Jane", "0" * 8, "ß" * 4]
)
def test_what_is_no_reference_is_none(text: str) -> None:
    assert reads_as_reference(text) is None
    assert not is_reference(text)


def test_the_record_itself_writes_a_reference_in_one_way() -> None:
    for text in ("k7qh-3m2c", "K7QH3M2C", "K7QH-3M2C ", "K7Q-H3M2C", "K7QH 3M2C", "K7QH-3M2C\n"):
        assert not is_reference(text)


def test_every_slip_in_a_reference_is_noticed() -> None:
    for random in (bytes(16), b"\xff" * 16, bytes(range(16)), os.urandom(16), os.urandom(16)):
        plain = reference_from(random).replace("-", "")
        assert reads_as_reference(plain) is not None
        for slip in _slips(plain, ALPHABET):
            assert reads_as_reference(slip) is None, (plain, slip)


def test_every_slip_in_the_number_of_an_appointment_is_noticed() -> None:
    for random in (bytes(16), b"\xff" * 16, os.urandom(16)):
        plain = appointment_from(random).replace("-", "")
        assert reads_as_appointment(f" {plain.lower()} ") == appointment_from(random)
        for slip in _slips(plain, ALPHABET):
            assert reads_as_appointment(slip) is None, (plain, slip)


def test_neither_is_taken_for_the_other() -> None:
    reference, appointment = reference_from(os.urandom(16)), appointment_from(os.urandom(16))
    assert is_reference(reference)
    assert is_appointment(appointment)
    assert not is_reference(appointment)
    assert not is_appointment(reference)


def test_the_references_of_a_thousand_cases_have_no_order_no_gap_and_no_date() -> None:
    """The same bytes give the same reference, and nothing but the bytes goes in; neighbours share nothing."""
    references = [reference_from(os.urandom(16)) for _ in range(1_000)]
    assert len(set(references)) == 1_000
    rising = sum(before < after for before, after in pairwise(references))
    assert 400 < rising < 600  # 500 expected, standard deviation about 9
    for place in (0, 1, 2, 3, 5, 6, 7, 8):
        seen = {reference[place] for reference in references}
        assert seen == set(ALPHABET)  # no place stands still, as a year or a counter would
    assert reference_from(bytes(range(16))) == reference_from(bytes(range(16)))


def test_no_letter_of_a_reference_is_likelier_than_another() -> None:
    counts = dict.fromkeys(ALPHABET, 0)
    for _ in range(4_000):
        for sign in reference_from(os.urandom(16)).replace("-", "")[:7]:
            counts[sign] += 1
    expected = 28_000 / 23
    assert sum((count - expected) ** 2 / expected for count in counts.values()) < 60  # 22 degrees; p < 2e-5


@pytest.mark.parametrize("groups", [4, 5])
def test_every_slip_in_a_receipt_code_is_noticed(groups: int) -> None:
    for random in (bytes(16), b"\xff" * 16, bytes(range(16)), *(os.urandom(32) for _ in range(20))):
        code = receipt_code_from(random, groups)
        assert len(code) == 5 * groups - 1
        assert reads_as_receipt_code(code) == code
        for slip in _slips(code.replace(" ", ""), "0123456789"):
            assert reads_as_receipt_code(slip) is None, (code, slip)


def test_a_hundred_thousand_codes_never_repeat_and_use_every_digit_alike() -> None:
    codes = [receipt_code_from(os.urandom(16), 5) for _ in range(100_000)]
    assert len(set(codes)) == 100_000
    for place in (0, 8, 18):
        counts = dict.fromkeys("0123456789", 0)
        for code in codes:
            counts[code.replace(" ", "")[place]] += 1
        assert sum((count - 10_000) ** 2 / 10_000 for count in counts.values()) < 40  # 9 degrees; p < 8e-6


@pytest.mark.parametrize("groups", [4, 5])
def test_a_code_is_read_however_it_was_typed(groups: int) -> None:
    code = receipt_code_from(bytes(range(16)), groups)
    plain = code.replace(" ", "")
    eastern = "".join(chr(0x0660 + int(digit)) for digit in plain)  # Arabic-Indic digits
    for text in (plain, f"  {code}\n", code.replace(" ", "-"), code.replace(" ", "  "), eastern):
        assert reads_as_receipt_code(text) == code


@pytest.mark.parametrize("text", ["", "1", "0" * 12, "0" * 17, "0" * 24, "0" * 10**6, "²" * 16, "abcd" * 4])
def test_what_is_no_code_is_none(text: str) -> None:
    assert reads_as_receipt_code(text) is None


def test_too_little_chance_is_refused() -> None:
    for make in (reference_from, appointment_from, lambda random: receipt_code_from(random, 4)):
        with pytest.raises(ValueError, match="16 random bytes"):
            make(bytes(15))
    with pytest.raises(ValueError, match="four or five"):
        receipt_code_from(bytes(16), 3)
