"""Backups taken while the office is written to, and restored elsewhere, on both databases, both ways."""

import json
import shutil
import threading
from base64 import b64encode
from pathlib import Path

import pytest
from django.db import connections
from tests.cli.machine import MARKERS, Machine, opened, wait_for_lines
from tests.databases import OfficeDatabases, Templates
from tests.leaks import words_in

from duly_server.gateways.keys.keyset import from_json
from duly_server.store.backup import snapshot
from duly_server.store.keys.models import UnitKey
from duly_server.store.models import ComplaintRow


@pytest.fixture
def source(fresh_office_db: OfficeDatabases, tmp_path: Path) -> Machine:
    """An office on the database that this run is on."""
    return Machine(tmp_path / "source", fresh_office_db).set_up_alike()


def test_a_backup_while_others_write_is_the_office_at_one_instant(source: Machine, tmp_path: Path) -> None:
    stop = tmp_path / "stop"
    writer = source.writer(stop)
    try:
        before = wait_for_lines(writer, 5)
        source.done("backup", tmp_path / "data.age")
        after = wait_for_lines(writer, 5)
        source.done("backup", "--keys", "--reason", "A test.", tmp_path / "keys.age")
    finally:
        stop.touch()
        rest = writer.communicate(timeout=60)[0].split()
    assert writer.returncode == 0

    bare = Machine(tmp_path / "bare")
    papers = (tmp_path / "data.age", "--keys", tmp_path / "keys.age", "--sheet", source.sheet)
    said = bare.done("restore", *papers, "--rehearse")
    assert "Every chain verifies and every sealed part opens." in said
    assert "the same, row by row" in said
    assert not bare.home.exists()
    assert not bare.keys.exists()
    assert "The office is set up again." in bare.done("restore", *papers)
    bare.verified()
    kept = opened(tmp_path / "data.age", source.private).decode()
    assert all(reference in kept for reference in before)
    assert not all(reference in kept for reference in (*after, *rest))


def test_an_office_moves_between_databases_of_one_kind(
    source: Machine, database_templates: Templates, tmp_path: Path
) -> None:
    source.complaints(3)
    data, keys = source.backups()
    there = database_templates.fresh(tmp_path / "elsewhere")
    try:
        other = Machine(tmp_path / "other", there)
        other.done("restore", data, "--keys", keys, "--sheet", source.sheet)
        assert other.verified() == source.verified() == "6"
    finally:
        connections.close_all()
        database_templates.drop(there)


def test_an_office_moves_from_sqlite_to_this_database_and_back(
    fresh_office_db: OfficeDatabases, tmp_path: Path
) -> None:
    first = Machine(tmp_path / "first").set_up_alike()
    first.complaints(3)
    data, keys = first.backups()
    second = Machine(tmp_path / "second", fresh_office_db)
    second.done("restore", data, "--keys", keys, "--sheet", first.sheet)
    assert second.verified() == "6"
    shutil.copy(first.sheet, second.sheet)
    second.complaints(1)
    data, keys = second.backups()
    third = Machine(tmp_path / "third")
    third.done("restore", data, "--keys", keys, "--sheet", first.sheet)
    assert third.verified() == "8"


def test_nobody_waits_while_an_instant_is_read(source: Machine) -> None:
    source.complaints(2)
    with snapshot.one_instant("default"):
        seen = ComplaintRow.objects.count()
        written = threading.Thread(target=lambda: source.complaints(2))
        written.start()
        written.join(timeout=60)
        assert not written.is_alive()
        assert ComplaintRow.objects.count() == seen == 2
    assert ComplaintRow.objects.count() == 4


def test_the_data_holds_no_key_and_nothing_that_is_sealed(source: Machine, tmp_path: Path) -> None:
    """T07: every byte of the keyring, every wrapped key and every planted word, sought in all disguises."""
    source.complaints(2)
    data, keys = source.backups()
    ring = from_json((source.keys / "keyring.json").read_text())
    secrets = [key.secret for key in ring.keys if key.secret]
    wrapped = [bytes(row) for row in UnitKey.objects.values_list("wrapped", flat=True) if row]
    assert len(secrets) >= 9
    assert len(wrapped) >= 6
    plain, with_keys = opened(data, source.private), opened(keys, source.private)
    for found in (data.read_bytes(), keys.read_bytes(), plain):
        assert not any(_holds(found, secret) for secret in (*secrets, *wrapped))
    assert words_in(plain, MARKERS) == words_in(data.read_bytes(), MARKERS) == set()
    assert words_in(with_keys, MARKERS) == set()
    assert "The yearly rehearsal." not in with_keys.decode()
    # The same search finds them where they are.
    assert all(_holds(with_keys, secret) for secret in (*secrets, *wrapped))
    assert words_in(b"x " + MARKERS[0].encode(), MARKERS) == {MARKERS[0]}


def _holds(found: bytes, secret: bytes) -> bool:
    return any(look in found for look in (secret, secret.hex().encode(), b64encode(secret).rstrip(b"=")))


def test_a_backup_of_the_keys_says_why_and_stands_in_the_record(source: Machine, tmp_path: Path) -> None:
    said = source.refused("backup", "--keys", tmp_path / "keys.age")
    assert "--reason" in said
    assert not (tmp_path / "keys.age").exists()
    source.done("backup", "--keys", "--reason", "The yearly rehearsal.", tmp_path / "keys.age")
    data = tmp_path / "data.age"
    source.done("backup", data)
    facts = opened(data, source.private).decode()
    assert '"keys-backed-up/1"' in facts
    assert '"recovery-key-set/1"' in facts


def test_who_is_logged_in_and_half_filled_reports_are_left_out(source: Machine, tmp_path: Path) -> None:
    source.done("backup", tmp_path)
    (data,) = tmp_path.glob("duly-data-*.age")
    lines = [json.loads(line) for line in opened(data, source.private).splitlines()]
    names = {line["part"] for line in lines if isinstance(line, dict) and "part" in line}
    assert {"store_factrow", "store_sealedpart", "store_account", "store_receiptrow"} <= names
    assert not {"django_session", "store_draftrow", "keys_unitkey"} & names
    assert data.stat().st_mode & 0o777 == 0o600
