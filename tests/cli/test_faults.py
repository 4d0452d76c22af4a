"""T70 for tasks: whatever breaks in a command of the office, it prints class and place alone."""

import os
import re
import subprocess
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.databases import OfficeDatabases
from tests.running import ready

from duly_server.gateways.keys import FileKeyRing
from duly_server.services import work
from duly_server.store import receipts
from duly_server.store.models import ReceiptRow

MARK = "Zebra-marker-4711"
TASKS = (
    "duly_server.store.agenda.claim",
    "duly_server.services.work.look_at",
    "duly_server.services.work.deliver",
    "duly_server.services.work.slow_down_receipts",
    "duly_server.store.leaves.number",
    "duly_server.store.drafts.sweep",
)
# A process of its own, as the office's worker is: what it prints is all that anybody can read of it.
WORKER = """
import sys
from datetime import UTC, datetime
from unittest import mock

def fails(*args, **kwargs):
    planted = "MARK in a local"
    raise RuntimeError("MARK by Ada Winter\\nERROR forged line SELECT 'MARK'") from ValueError(planted)

from duly_server.cli.office import open_office
open_office()
from duly_server.store import agenda
agenda.wake({"case/MARK": datetime(2020, 1, 1, tzinfo=UTC)})
from duly_server.cli.entry import main
with mock.patch(sys.argv[1], fails):
    main(sys.argv[2:])
""".replace("MARK", MARK)


def run(office: OfficeDatabases, keyring: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    environment = {**os.environ, **office.environment, "DULY_KEYRING": str(keyring)}
    return ready.run(*arguments, code=WORKER, environment=environment)


@pytest.mark.parametrize("task", TASKS)
def test_a_task_that_fails_leaves_its_class_and_its_place_in_the_log_and_no_more(
    fresh_office_db: OfficeDatabases, keyring: FileKeyRing, tmp_path: Path, task: str
) -> None:
    done = run(fresh_office_db, tmp_path / "keyring", task, "work", "--once")
    lines = done.stderr.splitlines()
    assert done.returncode == 1
    assert done.stdout == ""
    place = r"ERROR duly\.work RuntimeError at duly_server/(services/work|store/busy)\.py:\d+ in "
    assert re.match(place, lines[-1]), done.stderr
    for leak in (MARK, "Ada", "forged", "SELECT", "Traceback", "ValueError"):
        assert leak not in done.stderr


def test_the_other_tasks_go_on(
    fresh_office_db: OfficeDatabases, keyring: FileKeyRing, tmp_path: Path
) -> None:
    receipts.keep(b"f" * 32, "K7QH-3M2C")
    faults: list[Exception] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(work, "deliver", lambda **_: 1 // 0)
        patch.setattr(work, "slow_digest", lambda fast: fast[::-1] + b"s")
        today, at = date(2026, 3, 2), datetime(2026, 3, 2, 9, tzinfo=UTC)
        work.work(today=today, at=at, on_fault=faults.append)
        with pytest.raises(ZeroDivisionError):
            work.work(today=today, at=at)
    assert [type(fault) for fault in faults] == [ZeroDivisionError]
    assert ReceiptRow.objects.get().state == "slow"


@pytest.mark.parametrize("command", [("record", "verify"), ("record", "rebuild")])
def test_any_other_command_that_breaks_off_says_no_more(
    fresh_office_db: OfficeDatabases, keyring: FileKeyRing, tmp_path: Path, command: tuple[str, str]
) -> None:
    broken = f"duly_server.services.keeping.{'verify_record' if 'verify' in command else 'rebuild'}"
    done = run(fresh_office_db, tmp_path / "keyring", broken, *command)
    assert done.returncode == 1
    assert "CRITICAL duly RuntimeError at duly_server/cli/record.py" in done.stderr
    for leak in (MARK, "Ada", "forged", "SELECT", "Traceback", "ValueError"):
        assert leak not in done.stderr + done.stdout


def test_a_keyring_that_is_refused_is_still_said_with_its_remedy(
    fresh_office_db: OfficeDatabases, tmp_path: Path
) -> None:
    done = run(fresh_office_db, tmp_path / "nowhere", "builtins.hex", "record", "verify")
    assert done.returncode == 1
    assert "duly init" in done.stderr
    assert "Traceback" not in done.stderr
