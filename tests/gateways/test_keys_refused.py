"""What `serve` and `init` refuse of a keyring, each with the remedy."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from duly_server.gateways.keys import (
    FileKeyRing,
    KeysRefusedError,
    beyond_loopback,
    misplaced,
    recovery,
    refusals,
)
from duly_server.gateways.keys.sheet import last_group

EVERYWHERE = "0.0.0.0"  # noqa: S104 -- an address that demo keys must be refused on
APRIL = date(2026, 4, 23)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    return folder


def _codes(keys: Path, data: Path, host: str = "127.0.0.1", **said: Any) -> list[str]:
    problems = refusals(keys, data_folder=data, host=host, **said)
    assert all(problem.says and problem.remedy for problem in problems)
    return [problem.code for problem in problems]


def test_a_keyring_of_its_own_is_fine(tmp_path: Path, data: Path) -> None:
    keys = FileKeyRing.create(tmp_path / "keys", on=APRIL)
    assert _codes(keys.folder, data) == []
    recovery.confirm(keys.folder, last_group(recovery.make(keys.folder, on=APRIL)), on=APRIL)
    assert _codes(keys.folder, data, host=EVERYWHERE) == []


def test_without_a_sheet_in_somebodys_hands_it_serves_this_machine_alone(tmp_path: Path, data: Path) -> None:
    keys = FileKeyRing.create(tmp_path / "keys", on=APRIL)
    assert _codes(keys.folder, data) == []
    assert _codes(keys.folder, data, host=EVERYWHERE) == ["recovery-sheet-not-confirmed"]
    recovery.make(keys.folder, on=APRIL)
    assert _codes(keys.folder, data, host=EVERYWHERE) == ["recovery-sheet-not-confirmed"]
    assert not recovery.confirm(keys.folder, "QQQQQQ", on=APRIL)
    assert _codes(keys.folder, data, host=EVERYWHERE) == ["recovery-sheet-not-confirmed"]


@pytest.mark.parametrize(
    "said",
    [
        {"address": "https://complaints.example.org"},
        {"address": "http://192.0.2.7:8000"},
        {"proxies": ("127.0.0.1",)},
        {"address": "http://127.0.0.1:8000", "proxies": ("10.1.0.0/16",)},
    ],
)
def test_an_office_that_others_reach_through_a_proxy_is_stopped_as_a_public_one(
    tmp_path: Path, data: Path, said: dict[str, object]
) -> None:
    keys = FileKeyRing.create(tmp_path / "keys", on=APRIL)
    assert _codes(keys.folder, data, **said) == ["recovery-sheet-not-confirmed"]
    recovery.confirm(keys.folder, last_group(recovery.make(keys.folder, on=APRIL)), on=APRIL)
    assert _codes(keys.folder, data, **said) == []
    demo = FileKeyRing.create(tmp_path / "demo", on=APRIL, demo=True)
    assert _codes(demo.folder, data, **said) == ["demo-keys-beyond-loopback"]


@pytest.mark.parametrize(
    "address", ["", "http://127.0.0.1:8000", "http://localhost:8000", "http://[::1]:8000"]
)
def test_an_address_of_this_machine_is_no_public_one(tmp_path: Path, data: Path, address: str) -> None:
    keys = FileKeyRing.create(tmp_path / "keys", on=APRIL)
    assert _codes(keys.folder, data, address=address) == []


@pytest.mark.parametrize("name", ["keyring.json", "django-secret", "recovery.json", "."])
@pytest.mark.parametrize("mode", [0o004, 0o040, 0o020, 0o001])
def test_a_keyring_others_can_read_or_write_is_refused(
    tmp_path: Path, data: Path, name: str, mode: int
) -> None:
    keys = FileKeyRing.create(tmp_path / "keys", on=APRIL)
    recovery.make(keys.folder, on=APRIL)
    path = keys.folder / name
    path.chmod(path.stat().st_mode | mode)
    assert _codes(keys.folder, data) == ["keyring-open-to-others"]
    with pytest.raises(KeysRefusedError, match="chmod"):
        FileKeyRing.open(keys.folder)


def test_none_is_made_where_others_look(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    folder.mkdir(mode=0o755)
    folder.chmod(0o755)
    with pytest.raises(KeysRefusedError, match="chmod 700"):
        FileKeyRing.create(folder, on=APRIL)
    assert list(folder.iterdir()) == []


def test_a_keyring_with_the_data_is_refused(tmp_path: Path, data: Path) -> None:
    inside = FileKeyRing.create(data / "deep" / "keys", on=APRIL)
    assert _codes(inside.folder, data) == ["keyring-with-the-data"]
    around = FileKeyRing.create(tmp_path / "both", on=APRIL)
    assert _codes(around.folder, around.folder / "data") == ["keyring-with-the-data"]
    assert _codes(around.folder, around.folder) == ["keyring-with-the-data"]


def test_a_link_into_the_data_is_refused(tmp_path: Path, data: Path) -> None:
    inside = FileKeyRing.create(data / "keys", on=APRIL)
    (tmp_path / "link").symlink_to(inside.folder)
    assert _codes(tmp_path / "link", data) == ["keyring-with-the-data"]


@pytest.mark.parametrize("as_file", [True, False])
def test_a_keyring_in_a_git_work_tree_is_refused(tmp_path: Path, data: Path, as_file: bool) -> None:
    tree = tmp_path / "tree"
    tree.mkdir()
    if as_file:
        (tree / ".git").write_text("gitdir: elsewhere\n")  # a work tree beside its repository
    else:
        (tree / ".git").mkdir()
    keys = FileKeyRing.create(tree / "deep" / "keys", on=APRIL)
    assert _codes(keys.folder, data) == ["keyring-in-git"]


def test_a_place_is_tried_before_a_keyring_lies_there(tmp_path: Path, data: Path) -> None:
    assert [problem.code for problem in misplaced(data / "keys", data_folder=data)] == [
        "keyring-with-the-data"
    ]
    assert misplaced(tmp_path / "keys", data_folder=data) == ()


@pytest.mark.parametrize("host", [EVERYWHERE, "::", "[::]", "192.168.1.7", "complaints.example.org", ""])
def test_demo_keys_beyond_this_machine_are_refused(data: Path, host: str) -> None:
    keys = FileKeyRing.demo(on=APRIL)
    try:
        assert _codes(keys.folder, data, host=host) == ["demo-keys-beyond-loopback"]
    finally:
        keys.discard()


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.10", "::1", "[::1]", "localhost"])
def test_demo_keys_on_this_machine_are_fine(data: Path, host: str) -> None:
    keys = FileKeyRing.demo(on=APRIL)
    try:
        assert _codes(keys.folder, data, host=host) == []
        assert not beyond_loopback(host)
    finally:
        keys.discard()


def test_debug_is_refused(tmp_path: Path, data: Path) -> None:
    keys = FileKeyRing.create(tmp_path / "keys", on=APRIL)
    assert _codes(keys.folder, data, debug=True) == ["debug-is-on"]


def test_all_that_is_wrong_is_said_at_once(data: Path) -> None:
    keys = FileKeyRing.create(data / "keys", on=APRIL, demo=True)
    (keys.folder / "keyring.json").chmod(0o644)
    (data / ".git").mkdir()
    assert _codes(keys.folder, data, host=EVERYWHERE, debug=True) == [
        "keyring-with-the-data",
        "keyring-in-git",
        "keyring-open-to-others",
        "demo-keys-beyond-loopback",
        "debug-is-on",
    ]
