"""Drafts: opened by the cookie's key alone, and gone after their day."""

from datetime import date

import pytest

from duly_server.store import drafts
from duly_server.store.models import DraftRow

THURSDAY = date(2026, 4, 2)
FRIDAY = date(2026, 4, 3)
pytestmark = pytest.mark.django_db


def test_the_key_finds_and_opens_the_latest_answers() -> None:
    key = drafts.new_key()
    drafts.save(key, {"what": "first"}, expires_on=FRIDAY)
    drafts.save(key, {"what": "Ünïcode \u202e"}, expires_on=FRIDAY)
    assert drafts.load(key, on=THURSDAY) == {"what": "Ünïcode \u202e"}
    assert drafts.load(drafts.new_key(), on=THURSDAY) == {}
    assert drafts.load(b"short", on=THURSDAY) == {}


def test_the_table_alone_tells_nothing_but_a_day() -> None:
    key = drafts.new_key()
    drafts.save(key, {"what": "MARKER"}, expires_on=FRIDAY)
    row = DraftRow.objects.get()
    stored = bytes(row.pk) + bytes(row.sealed)
    assert b"MARKER" not in stored
    assert key not in stored


def test_a_draft_is_gone_when_its_day_has_come() -> None:
    key = drafts.new_key()
    drafts.save(key, {"what": "x"}, expires_on=FRIDAY)
    assert drafts.load(key, on=FRIDAY) == {}
    assert drafts.sweep(on=THURSDAY) == 0
    assert drafts.sweep(on=FRIDAY) == 1
    assert not DraftRow.objects.exists()


def test_a_draft_moved_to_another_row_does_not_open() -> None:
    mine, theirs = drafts.new_key(), drafts.new_key()
    drafts.save(mine, {"what": "mine"}, expires_on=FRIDAY)
    drafts.save(theirs, {"what": "theirs"}, expires_on=FRIDAY)
    rows = list(DraftRow.objects.order_by("id"))
    rows[0].sealed, rows[1].sealed = rows[1].sealed, rows[0].sealed
    DraftRow.objects.bulk_update(rows, ["sealed"])
    assert drafts.load(mine, on=THURSDAY) == {}


def test_what_was_sent_is_discarded() -> None:
    key = drafts.new_key()
    drafts.save(key, {"what": "x"}, expires_on=FRIDAY)
    drafts.discard(key)
    assert not DraftRow.objects.exists()
