"""What a restore refuses, in words, and that nothing of it is there then; what a rehearsal finds."""

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from django.db.migrations.loader import MigrationLoader
from tests.cli.machine import Machine, opened

from duly_server.gateways import backup_file
from duly_server.gateways.keys import FileKeyRing, recovery, sheet
from duly_server.services.backup import SIGNED_AS
from duly_server.store.backup import lines, tables

Row = list[object]


class Office(Machine):
    """An office with three complaints and its two backups."""

    @property
    def data(self) -> Path:
        return self.folder / "data.age"

    @property
    def keys_file(self) -> Path:
        return self.folder / "keys.age"

    def papers(self, **other: object) -> list[object]:
        found = {"data": self.data, "keys": self.keys_file, "sheet": self.sheet} | other
        return [found["data"], "--keys", found["keys"], "--sheet", found["sheet"]]


def _made(folder: Path) -> Office:
    office = Office(folder)
    office.set_up()
    office.complaints(3)
    office.backups()
    return office


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return _made(tmp_path_factory.mktemp("office"))


@pytest.fixture(scope="module")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return _made(tmp_path_factory.mktemp("stranger"))


@pytest.fixture
def bare(tmp_path: Path) -> Machine:
    return Machine(tmp_path / "bare")


def _nothing_is_there(bare: Machine) -> None:
    assert not list(bare.home.rglob("*"))
    assert not list(bare.keys.rglob("*"))


def test_without_the_keys_it_refuses_and_with_them_all_is_there(office: Office, bare: Machine) -> None:
    """T07, after `test_the_data_holds_no_key_and_nothing_that_is_sealed`."""
    said = bare.refused("restore", office.data, "--sheet", office.sheet)
    assert "The data alone is not enough" in said
    assert "--keys" in said
    _nothing_is_there(bare)
    bare.done("restore", *office.papers())
    assert bare.verified() == "6"
    assert "restored/1" in _kinds(bare)


def _kinds(machine: Machine) -> set[str]:
    with sqlite3.connect(machine.home / "duly.sqlite3") as database:
        found = {kind for (kind,) in database.execute("SELECT kind FROM store_factrow")}
    database.close()
    return found


def test_another_sheet_does_not_open_it(office: Office, stranger: Office, bare: Machine) -> None:
    said = bare.refused("restore", *office.papers(sheet=stranger.sheet))
    assert "not encrypted to this recovery sheet" in said
    assert "was cut short" not in said
    _nothing_is_there(bare)


def test_a_slip_on_the_sheet_is_named_by_its_group(office: Office, bare: Machine, tmp_path: Path) -> None:
    groups = sheet.groups(office.private)
    last = groups[6][-1]
    groups[6] = groups[6][:-1] + ("Q" if last != "Q" else "P")
    typed = tmp_path / "typed.txt"
    typed.write_text("\n".join(groups))
    assert "Group 7 of the recovery sheet is mistyped." in bare.refused(
        "restore", *office.papers(sheet=typed)
    )
    typed.write_text("")
    assert "has 14 groups; here are 0" in bare.refused("restore", *office.papers(sheet=typed))
    missing = bare.refused("restore", *office.papers(sheet=tmp_path / "none.txt"))
    assert "no recovery sheet to be read" in missing
    _nothing_is_there(bare)


@pytest.mark.parametrize(("which", "cut"), [("data", 0), ("data", 1000), ("data", -1), ("keys", -20)])
def test_a_file_cut_short_is_refused(
    office: Office, bare: Machine, tmp_path: Path, which: str, cut: int
) -> None:
    whole = {"data": office.data, "keys": office.keys_file}[which].read_bytes()
    (tmp_path / "cut.age").write_bytes(whole[:cut])
    said = bare.refused("restore", *office.papers(**{which: tmp_path / "cut.age"}))
    assert "cut short or altered" in said
    _nothing_is_there(bare)


@pytest.mark.parametrize("at", [0.3, 0.6, 0.9])
def test_a_file_with_one_byte_altered_is_refused(
    office: Office, bare: Machine, tmp_path: Path, at: float
) -> None:
    whole = bytearray(office.data.read_bytes())
    whole[int(len(whole) * at)] ^= 1
    (tmp_path / "altered.age").write_bytes(whole)
    said = bare.refused("restore", *office.papers(data=tmp_path / "altered.age"))
    assert "cut short or altered" in said
    _nothing_is_there(bare)


def test_data_and_keys_of_two_offices_do_not_go_together(
    office: Office, stranger: Office, bare: Machine, tmp_path: Path
) -> None:
    """Even encrypted to one sheet: the data is not signed by these keys."""
    theirs = tmp_path / "theirs.age"
    _written(theirs, opened(stranger.data, stranger.private).splitlines(keepends=True), office)
    assert "not made by the office whose keys these are" in bare.refused(
        "restore", *office.papers(data=theirs)
    )
    _nothing_is_there(bare)


def test_who_only_has_the_public_half_cannot_make_a_backup(
    office: Office, bare: Machine, tmp_path: Path
) -> None:
    found = opened(office.data, office.private).splitlines(keepends=True)
    forged = tmp_path / "forged.age"
    _written(forged, _rewritten(found, lambda part, row: row, sign=lambda data: bytes(64)), office)
    assert "not made by the office whose keys these are" in bare.refused(
        "restore", *office.papers(data=forged)
    )
    # The same lines, signed by the office: so it is the signature that is missed.
    _written(tmp_path / "again.age", _rewritten(found, lambda part, row: row, sign=_signer(office)), office)
    bare.done("restore", *office.papers(data=tmp_path / "again.age"), "--rehearse")


def test_the_two_files_are_not_taken_for_each_other(office: Office, bare: Machine) -> None:
    said = bare.refused("restore", *office.papers(data=office.keys_file))
    assert "is a backup of the keys, not of the data" in said
    said = bare.refused("restore", *office.papers(keys=office.data))
    assert "is a backup of the data, not of the keys" in said
    _nothing_is_there(bare)


def test_an_office_that_is_there_is_never_written_over(office: Office, stranger: Office) -> None:
    before = {path: path.read_bytes() for path in stranger.home.glob("*.sqlite3")}
    said = stranger.refused("restore", *office.papers())
    assert "There is a keyring in" in said
    moved = Machine(stranger.folder / "moved")
    moved.more = {"DULY_HOME": str(stranger.home)}
    said = moved.refused("restore", *office.papers())
    assert "There is an office in the databases" in said
    assert before == {path: path.read_bytes() for path in stranger.home.glob("*.sqlite3")}
    assert not list(moved.keys.rglob("*"))


def test_another_name_of_the_log_is_refused_with_the_right_one(office: Office, bare: Machine) -> None:
    bare.more = {"DULY_ORIGIN": "elsewhere.example/duly"}
    said = bare.refused("restore", *office.papers())
    assert "Set DULY_ORIGIN to duly.example/office" in said
    _nothing_is_there(bare)


def test_keys_older_than_the_data_are_refused_with_the_count(tmp_path: Path, bare: Machine) -> None:
    office = Office(tmp_path / "office")
    office.set_up()
    office.done("backup", "--keys", "--reason", "Too early.", office.keys_file)
    office.complaints(30)
    office.done("backup", office.data)
    said = bare.refused("restore", *office.papers())
    assert "sealed parts of the data have no key" in said
    assert not bare.keys.exists()
    accepted = bare.duly("restore", *office.papers(), "--accept-loss")
    assert accepted.returncode == 1
    assert "cannot be opened" in accepted.stdout
    assert "The office is set up again." in accepted.stdout


def test_a_restore_can_be_tried_again_after_a_refusal(office: Office, bare: Machine, tmp_path: Path) -> None:
    found = opened(office.keys_file, office.private).splitlines(keepends=True)
    early = tmp_path / "early.age"

    def without_keys(part: str, row: Row) -> Row | None:
        return None if part == "keys_unitkey" else row

    _written(early, _rewritten(found, without_keys, sign=_signer(office)), office)
    assert "have no key" in bare.refused("restore", *office.papers(keys=early))
    bare.done("restore", *office.papers())
    assert bare.verified() == "6"


def test_a_rehearsal_names_a_false_index_row(office: Office, bare: Machine, tmp_path: Path) -> None:
    found = opened(office.data, office.private).splitlines(keepends=True)

    def falsified(part: str, row: Row) -> Row:
        return (
            ["theft" if value == "web" else value for value in row] if part == "store_complaintrow" else row
        )

    _written(tmp_path / "false.age", _rewritten(found, falsified, sign=_signer(office)), office)
    said = bare.duly("restore", *office.papers(data=tmp_path / "false.age"), "--rehearse")
    assert said.returncode == 1
    assert (
        "NOT WELL: Index store_complaintrow: 3 rows in the backup, 3 made afresh; they differ." in said.stdout
    )
    assert not bare.home.exists()


def test_a_rehearsal_names_a_fact_that_was_changed(office: Office, bare: Machine, tmp_path: Path) -> None:
    found = opened(office.data, office.private).splitlines(keepends=True)

    def changed(part: str, row: Row) -> Row:
        return (
            ["told/1" if value == "submitted/1" else value for value in row]
            if part == "store_factrow"
            else row
        )

    _written(tmp_path / "changed.age", _rewritten(found, changed, sign=_signer(office)), office)
    said = bare.duly("restore", *office.papers(data=tmp_path / "changed.age"), "--rehearse")
    assert said.returncode == 1
    assert "NOT WELL: complaint/" in said.stdout
    assert "is not its own: kind" in said.stdout


def test_a_backup_of_an_older_release_is_brought_up(office: Office, bare: Machine, tmp_path: Path) -> None:
    """As it would have been made by a release that knew no log yet."""
    loader = MigrationLoader(None)
    old = ("store", "0005_complaint_cases")
    held = tables.tables("default", loader.project_state([old]).apps)
    before = {name for app, name in loader.graph.forwards_plan(old) if app == "store"}
    found = [json.loads(line) for line in opened(office.data, office.private).splitlines()]
    head = found[0]
    head["migrations"]["store"] = [name for name in head["migrations"]["store"] if name in before]
    assert len(head["migrations"]["store"]) == 5
    parts = [
        lines.Part(
            name,
            tables.columns(held[name]),
            [[row[columns.index(c.name)] for c in tables.columns(held[name])] for row in rows],
        )
        for name, columns, rows in list(_parts(found))
        if name in held
    ]
    assert "store_leafrow" not in {part.name for part in parts}
    del head["format"]
    _written(tmp_path / "old.age", lines.write(head, parts, sign=_signer(office)), office)
    said = bare.done("restore", *office.papers(data=tmp_path / "old.age"), "--rehearse")
    assert "The backup is of an older release" in said
    bare.done("restore", *office.papers(data=tmp_path / "old.age"))
    assert bare.verified() == "6"


def test_a_backup_of_a_newer_release_is_refused(office: Office, bare: Machine, tmp_path: Path) -> None:
    found = opened(office.data, office.private).splitlines(keepends=True)
    head = json.loads(found[0])
    head["migrations"]["store"].append("9999_from_the_future")
    newer = tmp_path / "newer.age"
    made = _rewritten([lines.line(head), *found[1:]], lambda part, row: row, sign=_signer(office))
    _written(newer, made, office)
    said = bare.refused("restore", *office.papers(data=newer))
    assert "store.9999_from_the_future" in said


def test_a_backup_is_never_written_over_another_file(office: Office, tmp_path: Path) -> None:
    there = tmp_path / "there.age"
    there.write_bytes(b"older")
    assert "already" in office.refused("backup", there)
    assert there.read_bytes() == b"older"
    assert "no such folder" in office.refused("backup", tmp_path / "none" / "new.age")
    assert list(tmp_path.iterdir()) == [there]


def test_without_a_recovery_key_no_backup_is_made(office: Office, tmp_path: Path) -> None:
    other = Machine(tmp_path / "other")
    other.more = {"DULY_HOME": str(office.home)}
    shutil.copytree(office.keys, other.keys)
    (other.keys / "recovery.json").unlink()
    assert "duly recovery sheet" in other.refused("backup", tmp_path)
    assert not list(tmp_path.glob("*.age*"))


def _parts(found: list[object]) -> Iterable[tuple[str, list[str], list[Row]]]:
    rows: list[Row] = []
    for each in found:
        match each:
            case {"part": str(name), "columns": columns}:
                rows = []
                yield name, [column for column, _ in columns], rows
            case list(row):
                rows.append(row)


def _rewritten(
    found: Iterable[bytes], change: Callable[[str, Row], Row | None], *, sign: Callable[[bytes], bytes]
) -> Iterable[bytes]:
    """The lines of a backup made anew, each row as `change` has it, or without it."""
    read = [json.loads(line) for line in found]
    head = {name: value for name, value in read[0].items() if name != "format"}
    columns = {each["part"]: [tables.Column(*c) for c in each["columns"]] for each in read if "part" in each}
    parts = [
        lines.Part(name, columns[name], [new for row in rows if (new := change(name, row)) is not None])
        for name, _, rows in list(_parts(read))
    ]
    return list(lines.write(head, parts, sign=sign))


def _signer(office: Machine) -> Callable[[bytes], bytes]:
    ring = FileKeyRing.open(office.keys)
    return lambda data: ring.sign(SIGNED_AS + data)


def _written(path: Path, found: Iterable[bytes], office: Machine) -> None:
    backup_file.write(path, found, public=recovery.find(office.keys).public)
