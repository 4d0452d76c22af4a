"""T17: whether people can complain while somebody tries receipt codes as fast as the office answers.

`uv run python -m bench.codes_under_attack` serves an office of its own, lets 50 people complain in a quiet
minute, then 50 more while 200 connections post wrong codes without a pause: once from one network, so that
its limit holds them up, and once from another network at every try, so that no limit does. Everybody must get
a receipt, 95 of 100 in less than twice the quiet time; look-ups may be put off (503), nothing may fail, and
the memory of the server is bounded. It ends with 1 if any of that does not hold. Run it where nothing else
runs. People come from networks of their own, by the word of a proxy that the office trusts.
"""

import argparse
import http.client
import os
import re
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Thread
from urllib.parse import urlencode

from bench.an_office import ROOT, environment

ANSWERS = (
    ("what-happened", {"narrative": "It happened at the rehearsal."}),
    ("about-whom", {"about": "The conductor"}),
    ("when-and-where", {"when": "", "where": ""}),
    ("your-name", {"naming": "anonymous"}),
    ("danger", {"in_danger": "no"}),
)
ATTACKER = "203.0.113.5"
MOST_GROWN = 200  # MB that the server may grow by: two look-ups at once need 19 each
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


def somewhere() -> str:
    """An address in one of 65,000 networks, none of which is anybody's."""
    return f"10.{secrets.randbelow(256)}.{secrets.randbelow(256)}.7"


class Browser:
    """One connection with its cookies."""

    def __init__(self, port: int, network: str = "") -> None:
        self.network = network or somewhere()
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self._cookies: dict[str, str] = {}
        self._token = ""

    def ask(self, method: str, path: str, said: dict[str, str] | None = None) -> tuple[int, str]:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        headers["X-Forwarded-For"] = self.network
        body = None
        if said is not None:
            body = urlencode({**said, "csrfmiddlewaretoken": self._token})
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self._connection.request(method, path, body, headers)
        answer = self._connection.getresponse()
        text = answer.read().decode()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self._cookies[name] = value
        if found := TOKEN.search(text):
            self._token = found[1]
        return answer.status, text


def complain(port: int) -> float:
    """Seconds from the first page to the receipt. AssertionError: some answer was not as it should be."""
    began, browser = time.perf_counter(), Browser(port)
    for slug, said in ANSWERS:
        page = f"/complain/question/{slug}"
        assert browser.ask("GET", page)[0] == 200
        assert browser.ask("POST", page, said)[0] == 302
    assert browser.ask("GET", "/complain/check")[0] == 200
    assert browser.ask("POST", "/complain/send", {})[0] == 302
    status, receipt = browser.ask("GET", "/complain/receipt")
    assert status == 200
    assert len(re.findall(r"<span>\d{4}</span>", receipt)) == 5
    return time.perf_counter() - began


def people(port: int, count: int, seconds: float) -> tuple[list[float], int]:
    """The times of those who got their receipt, and how many did not; they come one after another."""
    with ThreadPoolExecutor(count) as pool:
        coming = []
        for _ in range(count):
            coming.append(pool.submit(complain, port))
            time.sleep(seconds / count)
        faults = [each.exception() for each in coming]
    times = [each.result() for each, fault in zip(coming, faults, strict=True) if fault is None]
    return sorted(times), len(coming) - len(times)


def attack(port: int, connections: int, seconds: float, *, from_everywhere: bool) -> None:
    """Wrong codes without a pause; prints how often each status came. Run as a process of its own."""
    from duly.record.references import receipt_code_from

    until, came = time.monotonic() + seconds, Counter[str]()

    def one() -> None:
        browser = Browser(port, ATTACKER)
        browser.ask("GET", "/status")
        while time.monotonic() < until:
            try:
                browser.network = somewhere() if from_everywhere else ATTACKER
                code = receipt_code_from(secrets.token_bytes(16), 5)
                status, page = browser.ask("POST", "/status", {"code": code})
                came["unknown" if status == 400 and "We know no complaint" in page else str(status)] += 1
            except OSError as fault:
                came[type(fault).__name__] += 1
                browser = Browser(port, ATTACKER)

    threads = [Thread(target=one, daemon=True) for _ in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(seconds + 150)
    print(" ".join(f"{what}={count}" for what, count in sorted(came.items())))


def memory(server: int) -> float:
    """MB held by the server and its workers."""
    total = 0.0
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            said = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
        except OSError:
            continue
        if int(status.parent.name) == server or int(said["PPid"]) == server:
            total += int(said.get("VmRSS", "0 kB").split()[0]) / 1024
    return total


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--connections", type=int, default=200)
    parser.add_argument("--attack", type=int, metavar="PORT", help=argparse.SUPPRESS)
    parser.add_argument("--from-everywhere", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.attack:
        attack(given.attack, given.connections, given.seconds, from_everywhere=given.from_everywhere)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        return measured(Path(folder), given)


def measured(home: Path, given: argparse.Namespace) -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {**os.environ, **environment(home, port=port), "DULY_PROXIES": "127.0.0.1"}
    make = f"from pathlib import Path; from bench.an_office import furnished; furnished(Path({str(home)!r}))"
    subprocess.run([sys.executable, "-c", make], cwd=ROOT, env=settings, check=True)
    serve = "import sys; from duly_server.cli.entry import main; main(sys.argv[1:])"
    command = [sys.executable, "-c", serve, "serve", "--no-work", "--port", str(port)]
    server = subprocess.Popen(command, env=settings)
    try:
        wait_for(port)
        people(port, 5, 1)
        quiet, refused = people(port, given.people, given.seconds)
        print(f"quiet: a complaint takes {_slowest(quiet):.3f} s (p95); no receipt: {refused}", flush=True)
        held = refused == 0
        for from_everywhere in (False, True):
            before = memory(server.pid)
            attacker = _attacker(port, given, settings, from_everywhere=from_everywhere)
            attacked, refused = people(port, given.people, given.seconds)
            grown = memory(server.pid) - before
            came = attacker.communicate(timeout=given.seconds + 200)[0].strip()
            print("from a network of its own at every try" if from_everywhere else "from one network")
            held &= judge(quiet, attacked, refused, came, grown)
    finally:
        server.terminate()
        server.wait(30)
    return 0 if held else 1


def _attacker(
    port: int, given: argparse.Namespace, settings: dict[str, str], *, from_everywhere: bool
) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "bench.codes_under_attack", "--attack", str(port)]
    command += ["--connections", str(given.connections), "--seconds", str(given.seconds)]
    command += ["--from-everywhere"] if from_everywhere else []
    return subprocess.Popen(command, cwd=ROOT, env=settings, stdout=subprocess.PIPE, text=True)


def _slowest(times: list[float]) -> float:
    return times[int(len(times) * 0.95) - 1] if times else float("inf")


def wait_for(port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            if Browser(port).ask("GET", "/status")[0] == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("The office did not start.")


def judge(quiet: list[float], attacked: list[float], refused: int, came: str, grown: float) -> bool:
    print(f"  a complaint takes {_slowest(attacked):.3f} s (p95); no receipt: {refused}")
    print(f"  look-ups: {came}; the server grew by {grown:.0f} MB")
    kinds = {each.partition("=")[0] for each in came.split()}
    holds = {
        "everybody got a receipt": refused == 0,
        "under twice the quiet time": _slowest(attacked) < 2 * _slowest(quiet),
        "look-ups were answered or put off": kinds <= {"unknown", "503"},
        f"memory grew by less than {MOST_GROWN} MB": grown < MOST_GROWN,
    }
    for what, is_so in holds.items():
        print(f"  {'yes' if is_so else 'NO ':4}{what}", flush=True)
    return all(holds.values())


if __name__ == "__main__":
    sys.exit(main())
