"""The keyring in a file: independent keys, kept to their owner, that wrap, digest and sign."""

import base64
import hashlib
import hmac
import json
import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from duly_server.gateways.keys import (
    FileKeyRing,
    KeyRing,
    KeysRefusedError,
    NoSuchKeyError,
    Purpose,
    epoch_of,
)
from duly_server.gateways.keys.keyset import UnreadableError, from_json, to_json
from duly_server.gateways.keys.ring import FOR_DIGESTS, GIVEN_OUT

APRIL, MAY, JUNE = date(2026, 4, 23), date(2026, 5, 1), date(2026, 6, 30)
SECRET = bytes(range(48))


@pytest.fixture
def keys(tmp_path: Path) -> FileKeyRing:
    return FileKeyRing.create(tmp_path / "keys", on=APRIL)


def _entries(ring: FileKeyRing) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads((ring.folder / "keyring.json").read_text())["keys"]
    return found


def test_a_new_keyring_has_one_independent_key_for_each_purpose(keys: FileKeyRing) -> None:
    entries = _entries(keys)
    assert [entry["purpose"] for entry in entries] == [purpose.value for purpose in Purpose]
    assert len({entry["secret"] for entry in entries}) == len(Purpose)
    assert len({entry["id"] for entry in entries}) == len(Purpose)
    assert all(entry["created"] == "2026-04-23" and entry["state"] == "in use" for entry in entries)
    assert [entry.get("epoch") for entry in entries if entry["purpose"] == "wrapping"] == ["2026-04"]


def test_only_its_owner_can_read_it_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o000)
    try:
        ring = FileKeyRing.create(tmp_path / "deep" / "keys", on=APRIL)
        ring.wrap(SECRET, on=MAY)
    finally:
        os.umask(before)
    assert stat.S_IMODE(ring.folder.stat().st_mode) == 0o700
    assert {path.name for path in ring.folder.iterdir()} == {"keyring.json", "django-secret", ".lock"}
    for path in ring.folder.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path


def test_it_opens_again_as_it_was(keys: FileKeyRing) -> None:
    ring: KeyRing = FileKeyRing.open(keys.folder)
    wrapped = keys.wrap(SECRET, on=APRIL)
    assert ring.unwrap(wrapped.key_id, wrapped.data) == SECRET
    assert ring.mac(Purpose.RECEIPT, b"code") == keys.mac(Purpose.RECEIPT, b"code")
    assert ring.secret(Purpose.RECEIPT_SALT) == keys.secret(Purpose.RECEIPT_SALT)
    assert ring.public_key() == keys.public_key()
    assert ring.key_id(Purpose.RECEIPT) == keys.key_id(Purpose.RECEIPT)
    assert not ring.is_demo


def test_no_key_shows_when_a_keyring_is_printed(keys: FileKeyRing) -> None:
    shown = f"{keys!r} {vars(keys)['_keys']!r}"
    assert not [entry["secret"] for entry in _entries(keys) if entry["secret"] in shown]
    assert str(keys.secret(Purpose.DJANGO)) not in shown


def test_the_secret_of_sessions_lies_where_the_settings_read_it(keys: FileKeyRing) -> None:
    text = (keys.folder / "django-secret").read_text("ascii").strip()
    assert base64.urlsafe_b64decode(text) == keys.secret(Purpose.DJANGO)


# --- wrapping ----------------------------------------------------------------------------------------------


def test_a_month_has_its_wrapping_key_made_at_its_first_use(keys: FileKeyRing) -> None:
    april, again, may = (keys.wrap(SECRET, on=day) for day in (APRIL, APRIL, MAY))
    assert (april.epoch, may.epoch) == ("2026-04", "2026-05")
    assert april.key_id == again.key_id != may.key_id
    assert april.data != may.data
    for wrapped in (april, may):
        assert keys.unwrap(wrapped.key_id, wrapped.data) == SECRET
    assert len([entry for entry in _entries(keys) if entry["purpose"] == "wrapping"]) == 2


def test_nothing_is_wrapped_under_a_month_that_is_over(keys: FileKeyRing) -> None:
    june = keys.wrap(SECRET, on=JUNE)
    assert keys.wrap(SECRET, on=APRIL).key_id == june.key_id
    assert FileKeyRing.open(keys.folder).wrap(SECRET, on=MAY).epoch == "2026-06"


def test_another_process_sees_a_month_begun_elsewhere(keys: FileKeyRing) -> None:
    other = FileKeyRing.open(keys.folder)
    wrapped = keys.wrap(SECRET, on=MAY)
    assert other.unwrap(wrapped.key_id, wrapped.data) == SECRET
    assert other.wrap(SECRET, on=MAY).key_id == wrapped.key_id


def test_threads_and_processes_that_begin_a_month_together_make_one_key(keys: FileKeyRing) -> None:
    script = (
        "import sys; from datetime import date; from pathlib import Path\n"
        "from duly_server.gateways.keys import FileKeyRing\n"
        "ring = FileKeyRing.open(Path(sys.argv[1]))\n"
        "print(ring.wrap(bytes(16), on=date(2026, 6, 1)).key_id.hex())"
    )
    others = [
        subprocess.Popen([sys.executable, "-c", script, str(keys.folder)], stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    with ThreadPoolExecutor(8) as pool:
        ids = {wrapped.key_id.hex() for wrapped in pool.map(lambda _: keys.wrap(SECRET, on=JUNE), range(40))}
    for other in others:
        printed, _ = other.communicate(timeout=60)
        ids.add(printed.strip())
        assert other.returncode == 0
    assert len(ids) == 1


def test_altered_swapped_and_foreign_wrapped_bytes_are_refused(keys: FileKeyRing, tmp_path: Path) -> None:
    april, may = keys.wrap(SECRET, on=APRIL), keys.wrap(SECRET, on=MAY)
    for at in range(len(april.data)):
        altered = april.data[:at] + bytes([april.data[at] ^ 1]) + april.data[at + 1 :]
        with pytest.raises(ValueError, match="altered"):
            keys.unwrap(april.key_id, altered)
    for data in (april.data[:-8], april.data[:-1], b"", april.data + bytes(8)):
        with pytest.raises(ValueError, match="altered"):
            keys.unwrap(april.key_id, data)
    with pytest.raises(ValueError, match="altered"):
        keys.unwrap(may.key_id, april.data)
    with pytest.raises(NoSuchKeyError):
        FileKeyRing.create(tmp_path / "other", on=APRIL).unwrap(april.key_id, april.data)
    with pytest.raises(NoSuchKeyError):
        keys.unwrap(bytes.fromhex(keys.key_id(Purpose.RECEIPT)), april.data)


def test_a_destroyed_wrapping_key_opens_nothing_and_wraps_nothing(keys: FileKeyRing) -> None:
    april = keys.wrap(SECRET, on=APRIL)
    path = keys.folder / "keyring.json"
    whole = json.loads(path.read_text())
    for entry in whole["keys"]:
        if entry["purpose"] == "wrapping":
            entry["state"] = "destroyed"
            del entry["secret"]
    path.write_text(json.dumps(whole))
    ring = FileKeyRing.open(keys.folder)
    with pytest.raises(NoSuchKeyError):
        ring.unwrap(april.key_id, april.data)
    assert ring.wrap(SECRET, on=APRIL).key_id != april.key_id


# --- digests and signatures --------------------------------------------------------------------------------


def test_a_keyed_digest_is_an_hmac_under_the_key_of_its_purpose(keys: FileKeyRing) -> None:
    stored = from_json((keys.folder / "keyring.json").read_text())
    for purpose in FOR_DIGESTS:
        key = stored.in_use(purpose).material()
        assert keys.mac(purpose, b"member 4711") == hmac.new(key, b"member 4711", hashlib.sha256).digest()


def test_the_digests_of_one_person_in_different_roles_do_not_join(keys: FileKeyRing, tmp_path: Path) -> None:
    other = FileKeyRing.create(tmp_path / "other", on=APRIL)
    tokens = [ring.mac(purpose, b"member 4711") for ring in (keys, other) for purpose in FOR_DIGESTS]
    assert len(set(tokens)) == 2 * len(FOR_DIGESTS)


def test_each_key_is_used_for_its_purpose_alone(keys: FileKeyRing) -> None:
    for purpose in set(Purpose) - FOR_DIGESTS:
        with pytest.raises(KeyError):
            keys.mac(purpose, b"x")
    for purpose in set(Purpose) - GIVEN_OUT:
        with pytest.raises(KeyError):
            keys.secret(purpose)


def test_the_log_signs_and_anyone_can_check(keys: FileKeyRing) -> None:
    public = Ed25519PublicKey.from_public_bytes(keys.public_key())
    public.verify(keys.sign(b"checkpoint"), b"checkpoint")
    with pytest.raises(InvalidSignature):
        public.verify(keys.sign(b"checkpoint"), b"another")


# --- what is refused ---------------------------------------------------------------------------------------


def test_a_keyring_is_never_written_over(keys: FileKeyRing) -> None:
    before = (keys.folder / "keyring.json").read_bytes()
    with pytest.raises(KeysRefusedError, match="There is a keyring"):
        FileKeyRing.create(keys.folder, on=APRIL)
    assert (keys.folder / "keyring.json").read_bytes() == before


def test_a_missing_keyring_is_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(KeysRefusedError, match="There is no keyring") as refusal:
        FileKeyRing.open(tmp_path)
    assert refusal.value.problems[0].code == "keyring-missing"
    assert "duly init" in refusal.value.problems[0].remedy


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: "",
        lambda text: text[:-20],
        lambda text: "[]",
        lambda text: text.replace("duly-keyring/1", "duly-keyring/9"),
        lambda text: text.replace('"office"', '"palace"'),
        lambda text: text.replace('"in use"', '"lost"'),
        lambda text: text.replace('"in use"', '"destroyed"'),
        lambda text: text.replace('"fingerprint"', '"fingertip"'),
        lambda text: text.replace('"secret": "', '"secret": "AAAA'),
        lambda text: text.replace('"id": "', '"id": "00'),
    ],
)
def test_a_damaged_keyring_is_refused_and_nothing_of_it_is_shown(keys: FileKeyRing, damage) -> None:  # type: ignore[no-untyped-def]  # one lambda a line
    path = keys.folder / "keyring.json"
    whole = path.read_text()
    path.write_text(damage(whole))
    with pytest.raises(KeysRefusedError, match="cannot be used") as refusal:
        FileKeyRing.open(keys.folder)
    assert not [entry for entry in json.loads(whole)["keys"] if entry["secret"] in str(refusal.value)]
    with pytest.raises(UnreadableError):
        from_json(path.read_text())


def test_the_file_of_a_keyring_comes_back_as_it_was(keys: FileKeyRing) -> None:
    text = (keys.folder / "keyring.json").read_text()
    assert to_json(from_json(text)) == text


# --- the demo ----------------------------------------------------------------------------------------------


def test_the_keys_of_a_demo_are_marked_and_thrown_away() -> None:
    ring = FileKeyRing.demo(on=APRIL)
    assert ring.is_demo
    assert FileKeyRing.open(ring.folder).is_demo
    ring.discard()
    assert not ring.folder.exists()


def test_the_keys_of_an_office_cannot_be_thrown_away(keys: FileKeyRing) -> None:
    with pytest.raises(ValueError, match="Only the keys of a demo"):
        keys.discard()
    assert (keys.folder / "keyring.json").exists()


def test_an_epoch_is_a_month() -> None:
    assert [epoch_of(day) for day in (APRIL, MAY, date(987, 1, 1))] == ["2026-04", "2026-05", "0987-01"]
