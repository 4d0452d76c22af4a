"""T14 at the door: codes are made of the system's chance, and a slip is told before anything is looked up."""

import random
import secrets
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from pytest_django import Settings
from tests.web.public.reporter import Reporter, text

from duly_server.services import intake, receipt_codes
from duly_server.store.models import ReceiptRow

SLIP = "a digit is wrong or missing"


def slips(code: str) -> Iterator[str]:
    """Every code that one wrong digit makes of this one, and every one that two swapped neighbours make."""
    for at, digit in enumerate(code):
        if digit != " ":
            yield from (f"{code[:at]}{other}{code[at + 1 :]}" for other in "0123456789" if other != digit)
    digits = code.replace(" ", "")
    for at in range(len(digits) - 1):
        if digits[at] != digits[at + 1]:
            yield digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]


@pytest.mark.parametrize("groups", [4, 5])
@pytest.mark.usefixtures("unlimited")
def test_every_slip_in_a_code_handed_out_is_told_and_nothing_is_looked_up(
    reporter: Reporter, monkeypatch: pytest.MonkeyPatch, settings: Settings, groups: int
) -> None:
    settings.DULY_RECEIPT_GROUPS = groups
    reporter.fill_in()
    code = reporter.send()
    assert len(code.split()) == groups
    monkeypatch.setattr(receipt_codes, "complaint_of", lambda *_, **__: pytest.fail("looked up"))
    tried = 0
    for slip in slips(code):
        response = reporter.status(slip)
        assert response.status_code == 400, slip
        assert SLIP in text(response), slip
        tried += 1
    assert tried > 4 * groups * 9
    for missing in (code[:-1], code[1:], code.replace(" ", "")[:8] + code.replace(" ", "")[9:]):
        assert SLIP in text(reporter.status(missing))


@pytest.mark.parametrize("typed", ["\0", "1234 5678\0 9012 3456", "\0" * 30])
def test_a_code_with_a_character_that_is_none_is_told_in_our_own_words(
    reporter: Reporter, typed: str
) -> None:
    response = reporter.status(typed)
    assert response.status_code == 400
    assert SLIP in text(response)
    assert "null character" not in text(response).lower()


@pytest.mark.usefixtures("unlimited")
def test_what_a_code_is_made_of_comes_from_the_system_each_time(
    reporter: Reporter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Python's own chance, which anybody can foretell, has no part in it; the system's alone decides."""
    codes = set()
    for _ in range(20):
        random.seed(4711)
        reporter.fill_in()
        codes.add(reporter.send())
        reporter.post("/complain/receipt", kept="on")
    assert len(codes) == ReceiptRow.objects.count() == 20
    drawn: list[int] = []

    def drawing(length: int) -> bytes:
        drawn.append(length)
        return bytes(length)

    assert intake.secrets is secrets
    monkeypatch.setattr(intake, "secrets", SimpleNamespace(token_bytes=drawing))
    reporter.fill_in()
    assert reporter.send() == "0000 0000 0000 0000 0000"
    assert set(drawn) == {16}
