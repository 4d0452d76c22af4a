"""What is counted, by whom it is shared, and that nothing of it can be turned back into an address."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.leaks import words_under

from duly_server.gateways.limits import Budget, Counts, folder_in_memory, leave
from duly_server.gateways.limits import counts as counting
from duly_server.gateways.limits.place import FILE

AT, DAY, NEXT = 1_780_000_000.0, "2026-05-28", "2026-05-29"
BUDGET = Budget(3, 10)
ONE, OTHER = "203.0.113.0/24", "203.0.114.0/24"


def fail(fault: Exception) -> None:
    raise fault


@pytest.fixture
def shared(tmp_path: Path) -> Iterator[Counts]:
    found = Counts(tmp_path, on_fault=fail)
    yield found
    found.close()


def take(counts: Counts, whom: str = ONE, *, what: str = "codes", at: float = AT, day: str = DAY) -> float:
    return counts.take(what, whom, BUDGET, at=at, day=day)


def rows(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, as another process sees them."""
    database = sqlite3.connect(folder / FILE)
    try:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: database.execute(f"SELECT * FROM {name}").fetchall() for name in tables}  # noqa: S608 -- names from its own list -- the name comes from the test itself
    finally:
        database.close()


def test_within_the_budget_nobody_waits_and_over_it_until_one_comes_back(shared: Counts) -> None:
    assert [take(shared) for _ in range(5)] == [0, 0, 0, 10, 10]
    assert take(shared, at=AT + 9) == 1
    assert take(shared, at=AT + 10) == 0
    assert take(shared, at=AT + 10) == 10
    assert [take(shared, at=AT + 1000) for _ in range(4)] == [0, 0, 0, 10]


def test_each_network_and_each_thing_counted_has_its_own(shared: Counts) -> None:
    assert [take(shared) for _ in range(4)] == [0, 0, 0, 10]
    assert take(shared, OTHER) == 0
    assert take(shared, what="send") == 0


def test_what_is_given_back_can_be_taken_again(shared: Counts) -> None:
    for _ in range(3):
        assert take(shared) == 0
    shared.give_back("codes", ONE, BUDGET, at=AT, day=DAY)
    assert [take(shared), take(shared)] == [0, 10]


def test_a_number_is_spent_once_also_past_midnight(shared: Counts) -> None:
    number = b"n" * 16
    assert shared.spend(number, until=AT + 3600, at=AT, day=DAY)
    assert not shared.spend(number, until=AT + 3600, at=AT + 1, day=DAY)
    assert not shared.spend(number, until=AT + 3600, at=AT + 3000, day=NEXT)
    assert shared.spend(b"m" * 16, until=AT + 3600, at=AT, day=NEXT)


def test_a_clock_set_back_holds_nobody_up_longer_than_the_budget_does(shared: Counts) -> None:
    for _ in range(3):
        take(shared)
    assert take(shared, at=AT - 86400) == BUDGET.every


def test_the_key_changes_with_the_day_and_what_was_counted_goes(tmp_path: Path, shared: Counts) -> None:
    assert [take(shared) for _ in range(4)] == [0, 0, 0, 10]
    before = rows(tmp_path)
    assert take(shared, at=AT + 1, day=NEXT) == 0
    after = rows(tmp_path)
    assert [len(before["key"]), len(after["key"]), len(after["counted"])] == [1, 1, 1]
    assert after["key"][0][0] == NEXT
    assert {row[1] for row in before["key"]}.isdisjoint(row[1] for row in after["key"])
    assert {row[0] for row in before["counted"]}.isdisjoint(row[0] for row in after["counted"])
    assert before["key"][0][1] not in (tmp_path / FILE).read_bytes()


def test_processes_share_what_they_count(tmp_path: Path, shared: Counts) -> None:
    assert take(shared) == 0
    other = (
        "import sys; from pathlib import Path; from duly_server.gateways.limits import Budget, Counts\n"
        "def fail(fault): raise fault\n"
        "counts = Counts(Path(sys.argv[1]), on_fault=fail)\n"
        f"print([counts.take('codes', {ONE!r}, Budget(3, 10), at={AT}, day={DAY!r}) for _ in range(3)])\n"
        f"print(counts.spend(b'n' * 16, until={AT + 99}, at={AT}, day={DAY!r}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", other, str(tmp_path)], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.splitlines() == ["[0.0, 0.0, 10.0]", "True"]
    assert take(shared) == 10
    assert not shared.spend(b"n" * 16, until=AT + 99, at=AT, day=DAY)


def test_a_forked_process_counts_with_the_others(shared: Counts) -> None:
    assert take(shared) == 0
    child = os.fork()
    if child == 0:
        os._exit(0 if (take(shared), take(shared), take(shared)) == (0, 0, 10) else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert take(shared) == 10


def test_neither_address_nor_login_stands_in_the_file_and_names_cannot_be_joined(
    tmp_path: Path, shared: Counts
) -> None:
    for what in ("codes", "send", "login"):
        take(shared, what=what)
    take(shared, "chair-quagga", what="account")
    assert words_under([tmp_path], [ONE, "203.0.113", "chair-quagga"]) == {}
    assert len({row[0] for row in rows(tmp_path)["counted"]}) == 4


def test_the_file_is_ours_alone(tmp_path: Path, shared: Counts) -> None:
    take(shared)
    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600


def test_without_a_folder_a_process_counts_in_its_own_memory() -> None:
    alone = Counts(None, on_fault=fail)
    assert [take(alone) for _ in range(4)] == [0, 0, 0, 10]
    alone.close()


def test_what_cannot_be_counted_is_let_through_and_told_and_counting_goes_on_after_it(tmp_path: Path) -> None:
    faults: list[Exception] = []
    counts = Counts(tmp_path, on_fault=faults.append)
    (tmp_path / FILE).write_bytes(b"no database at all" * 500)
    assert [take(counts) for _ in range(5)] == [0.0] * 5
    assert counts.spend(b"n" * 16, until=AT + 1, at=AT, day=DAY)
    assert {type(each) for each in faults} == {sqlite3.DatabaseError}
    (tmp_path / FILE).unlink()
    assert [take(counts) for _ in range(4)] == [0, 0, 0, 10]
    counts.close()


def test_memory_is_bounded_whoever_asks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "MOST_PAGES", 20)
    faults: list[Exception] = []
    counts = Counts(tmp_path, on_fault=faults.append)
    for number in range(5000):
        assert take(counts, f"network {number}") == 0
    assert {type(each) for each in faults} == {sqlite3.OperationalError}
    assert (tmp_path / FILE).stat().st_size <= 20 * 4096
    assert [take(counts, OTHER) for _ in range(4)] == [0, 0, 0, 10]
    counts.close()


def test_what_is_over_is_swept_away(tmp_path: Path, shared: Counts) -> None:
    for number in range(50):
        take(shared, f"network {number}")
    shared.spend(b"n" * 16, until=AT + 5, at=AT, day=DAY)
    take(shared, at=AT + 100)
    assert [len(rows(tmp_path)[table]) for table in ("counted", "spent")] == [1, 0]


def test_the_folder_lies_in_memory_or_there_is_none(tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    environ = {"RUNTIME_DIRECTORY": str(tmp_path)}
    mounts.write_text(f"disk / ext4 rw 0 0\nnone {tmp_path} tmpfs rw 0 0\n")
    folder = folder_in_memory(Path("/srv/duly"), environ, mounts=mounts)
    assert folder is not None
    assert folder.parent == tmp_path
    assert folder.stat().st_mode & 0o777 == 0o700
    assert folder_in_memory(Path("/srv/duly"), environ, mounts=mounts) == folder
    assert folder_in_memory(Path("/srv/other"), environ, mounts=mounts) != folder
    folder.chmod(0o755)
    assert folder_in_memory(Path("/srv/duly"), environ, mounts=mounts) is None
    mounts.write_text("disk / ext4 rw 0 0\n")
    assert folder_in_memory(Path("/srv/duly"), environ, mounts=mounts) is None
    assert folder_in_memory(Path("/srv/duly"), environ, mounts=tmp_path / "none") is None


def test_the_folder_goes_with_the_last_who_used_it(tmp_path: Path) -> None:
    folder = tmp_path / "shared"
    folder.mkdir()
    one, other = Counts(folder, on_fault=fail), Counts(folder, on_fault=fail)
    assert (take(one), take(other)) == (0, 0)
    one.close()
    assert not leave(folder)
    other.close()
    assert leave(folder)
    assert not folder.exists()
    folder.mkdir()
    assert leave(folder)
    assert not folder.exists()
