"""What `duly serve` serves waits where it should, and leaves nothing in memory when it ends."""

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import urlencode

import pytest
from tests.databases import OfficeDatabases
from tests.services.conftest import furnish
from tests.services.office import ROOT
from tests.web.public.test_codes import other_code

from duly_server.gateways.keys import FileKeyRing, recovery
from duly_server.gateways.keys.sheet import last_group
from duly_server.gateways.limits import folder_in_memory
from duly_server.web.waiting.lanes import CODES


@pytest.fixture
def port(fresh_office_db: OfficeDatabases, keyring: FileKeyRing, tmp_path: Path) -> Iterator[int]:
    furnish((ROOT / "tests/rulebooks/village-bands.toml").read_text())
    on = date(2026, 1, 1)  # proxies bring what others send: the sheet has to be in somebody's hands
    recovery.confirm(keyring.folder, last_group(recovery.make(keyring.folder, on=on)), on=on)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        found: int = free.getsockname()[1]
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("DULY_")},
        **fresh_office_db.environment,
        "DULY_KEYRING": str(tmp_path / "keyring"),
        "DULY_PROXIES": "127.0.0.1",
        "DULY_ADDRESS": f"http://127.0.0.1:{found}",
    }
    command = [sys.executable, "-c", "from duly_server.cli.entry import main; main()", "serve", "--no-work"]
    server = subprocess.Popen(
        [*command, "--port", str(found)], env=environment, cwd=tmp_path, stderr=subprocess.PIPE, text=True
    )
    until = time.monotonic() + 60
    while time.monotonic() < until and server.poll() is None:
        with socket.socket() as trying:
            if trying.connect_ex(("127.0.0.1", found)) == 0:
                break
        time.sleep(0.1)
    yield found
    folder = folder_in_memory(fresh_office_db.home, os.environ)
    assert folder is not None
    assert any(folder.iterdir())
    server.terminate()
    said = server.communicate(timeout=30)[1]
    # No advice about threads, and no line for any request.
    assert [json.loads(line)["event"] for line in said.splitlines()] == ["serving", "stopped"]
    assert not folder.exists()


def ask(port: int, method: str, body: str = "", *forwarded: str, cookie: str = "") -> tuple[int, str, str]:
    """Status, page, cookie; one X-Forwarded-For line for each of `forwarded`, as proxies add them."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.putrequest(method, "/status")
    for each in forwarded:
        connection.putheader("X-Forwarded-For", each)
    connection.putheader("Cookie", cookie)
    connection.putheader("Content-Type", "application/x-www-form-urlencoded")
    connection.putheader("Content-Length", str(len(body)))
    connection.endheaders(body.encode())
    answer = connection.getresponse()
    page = answer.read().decode()
    given = (answer.getheader("Set-Cookie") or "").partition(";")[0]
    assert answer.getheader("Duly-Slowly") is None
    connection.close()
    return answer.status, page, given


def test_codes_tried_too_often_wait_whatever_lines_of_the_header_are_forged(port: int) -> None:
    _, page, cookie = ask(port, "GET")
    token = page.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]

    def look_up(*forwarded: str) -> int:
        said = urlencode({"code": other_code(), "csrfmiddlewaretoken": token})
        return ask(port, "POST", said, *forwarded, cookie=cookie)[0]

    def must_wait(*forwarded: str) -> float:
        """How long the first answer took that bids to wait; on a slow machine budgets refill meanwhile."""
        for _ in range(3 * CODES.budget.burst):
            began = time.perf_counter()
            if look_up(*forwarded) == 503:
                return time.perf_counter() - began
        raise AssertionError("Nobody was ever bidden to wait.")

    for number in range(CODES.budget.burst):
        assert look_up(f"198.51.{number}.1", "203.0.113.5") == 400
    assert must_wait("198.51.99.1", "203.0.113.5") > 1.5
    assert must_wait("198.51.99.1, 203.0.113.5") > 1.5
    assert look_up("203.0.113.5", "198.51.99.1") == 400
