"""Figures that what a reporter does moves by nothing; at the monitor's own port, and nowhere else."""

import http.client
import re
import socket

import pytest
from django.db import OperationalError
from django.test import Client
from tests.running.conftest import environment, office
from tests.running.processes import free_port, serve
from tests.services.conftest import small_office
from tests.services.office import ROOT, SmallOffice
from tests.web.desk.conftest import day
from tests.web.desk.officer import Officer
from tests.web.public.reporter import Reporter
from tests.web.public.test_codes import other_code

from duly_server.gateways.figures import BUCKETS, Counted, magnitude
from duly_server.services.work import note_round
from duly_server.web import request_log
from duly_server.web.door import clock
from duly_server.web.monitor import counting, own_port
from duly_server.web.routes import AT_MONITOR

__all__ = ["day", "environment", "office", "small_office"]

PAGE = (ROOT / "docs/reference/metrics.md").read_text("utf-8")
LINE = re.compile(r"([a-z_]+?)(?:_bucket|_sum|_count)?(\{[a-z_]+=\"[^\"]*\"\})? (\S+)")


@pytest.fixture(autouse=True)
def counted(monkeypatch: pytest.MonkeyPatch) -> Counted:
    """From nothing, for each test."""
    fresh = Counted()
    monkeypatch.setattr(counting, "counted", fresh)
    monkeypatch.setattr(request_log, "counted", fresh)
    return fresh


def read() -> str:
    answer = Client(**{AT_MONITOR: "1"}).get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.content.decode()


def without_time(said: str) -> list[str]:
    """All but what time and memory move by themselves."""
    return [
        line
        for line in said.splitlines()
        if not line.startswith(("duly_worker_round_age_seconds ", "duly_process_most_memory_bytes "))
    ]


def values(said: str) -> dict[str, str]:
    return dict(line.rsplit(" ", 1) for line in said.splitlines() if not line.startswith("#"))  # type: ignore[misc]  # two of them


def test_what_a_reporter_does_moves_no_figure(small_office: SmallOffice, day: None) -> None:
    note_round(at=clock().read()[1], failed=0)
    before = read()
    reporter = Reporter(Client())
    reporter.get("/")
    reporter.fill_in("named")
    code = reporter.send()
    assert reporter.status(code).status_code == 200
    assert reporter.status(other_code()).status_code == 400
    reporter.status("1")
    reporter.get("/nowhere")
    for turn in range(4):  # wrong passwords; the fifth has to wait
        reporter.client.post("/login", {"username": "chair-1", "password": f"wrong {turn}"})
    assert reporter.client.post("/login", {"username": "chair-1", "password": "wrong"}).status_code in (
        200,
        503,
    )
    assert without_time(read()) == without_time(before)


def test_what_the_desk_does_is_counted(small_office: SmallOffice, day: None) -> None:
    officer = Officer("complaints-officer-1")
    officer.get("/desk/")
    officer.get("/desk/cases/K7QH-3M2C", 404)
    said = values(read())
    assert said['duly_desk_requests_total{status="2xx"}'] == "1"
    assert said['duly_desk_requests_total{status="4xx"}'] == "1"
    assert (
        said["duly_desk_request_seconds_count"] == said['duly_desk_request_seconds_bucket{le="+Inf"}'] == "2"
    )
    assert float(said["duly_desk_request_seconds_sum"]) > 0


def test_only_the_documented_figures_are_told_and_none_has_a_label_of_anybodys_words(
    small_office: SmallOffice, day: None
) -> None:
    reference = small_office.complaint("2026-03-02").case
    Officer("complaints-officer-1").get(f"/desk/sift/{reference}")
    note_round(at=clock().read()[1], failed=2)
    said = read()
    lines = [line for line in said.splitlines() if not line.startswith("#")]
    found = {match[1] for line in lines if (match := LINE.fullmatch(line))}
    assert len([line for line in lines if LINE.fullmatch(line)]) == len(lines)
    documented = set(re.findall(r"^\| `(\w+)", PAGE, re.MULTILINE))
    assert found == documented
    assert set(re.findall(r"# TYPE (\w+) ", said)) == documented
    labels = set(re.findall(r"\{(\w+)=", said))
    assert labels == {"version", "part", "what", "status", "le", "lane"}
    assert reference not in said
    assert values(said)["duly_worker_failed_tasks"] == "2"


def test_elsewhere_there_are_no_figures(small_office: SmallOffice, day: None) -> None:
    assert Client().get("/metrics").status_code == 404
    assert Client(headers={AT_MONITOR: "1"}).get("/metrics").status_code == 404
    officer = Officer("complaints-officer-1")
    assert officer.client.get("/metrics").status_code == 404


def test_failures_of_public_pages_are_told_in_fives_and_when_the_hour_is_over(counted: Counted) -> None:
    def told(at: float) -> float:
        return next(f for f in counted.figures((), at=at) if f.name == "duly_public_faults_total").values[0][
            2
        ]

    counted.public_fault(at=7200.0)
    assert told(7201.0) == told(10799.0) == 0.0
    assert told(10800.0) == 5.0
    for _ in range(5):
        counted.public_fault(at=10801.0)
    assert told(10900.0) == 5.0
    assert told(14400.0) == 10.0


def _fails(*_: object, **__: object) -> None:
    raise OperationalError("planted")


def test_a_public_page_that_fails_is_a_failure_and_a_page_that_is_not_there_is_none(
    small_office: SmallOffice, day: None, counted: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    reporter = Reporter(Client(raise_request_exception=False))
    reporter.get("/nowhere")
    reporter.get("/help/howto/none")
    assert counted._faults == 0
    reporter.fill_in()
    monkeypatch.setattr("duly_server.services.sending.drafts.save", _fails)
    assert reporter.answer("what-happened").status_code >= 500
    assert counted._faults == 1


def test_people_who_wait_are_told_in_tens(small_office: SmallOffice, day: None, counted: Counted) -> None:
    reporter = Reporter(Client())
    for turn in range(20 + 12):
        reporter.client.post("/status", {"code": str(turn)})
    assert 10 <= counted._waits["codes"] <= 12
    assert values(read())['duly_waits_total{lane="codes"}'] == "10"


@pytest.mark.parametrize(("count", "told"), [(0, 0), (9, 0), (10, 10), (99, 10), (100, 100), (54321, 10000)])
def test_what_waits_is_told_by_its_magnitude(count: int, told: int) -> None:
    assert magnitude(count) == told


def test_each_answer_is_in_one_bucket_and_all_above(counted: Counted) -> None:
    for seconds in (0.01, 0.05, 0.3, 99.0):
        counted.desk(200, seconds)
    (figure,) = [f for f in counted.figures((), at=0.0) if f.kind == "histogram"]
    sums = {labels["le"]: value for suffix, labels, value in figure.values if suffix == "_bucket"}
    assert sums["0.05"] == 2
    assert sums["0.25"] == 2
    assert sums["0.5"] == sums["10"] == 3
    assert sums["+Inf"] == 4
    assert len(sums) == len(BUCKETS) + 1


def test_with_a_database_that_is_gone_the_figures_say_so_and_go_on(
    small_office: SmallOffice, day: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("duly_server.store.answering.read", _fails)
    said = values(read())
    assert said['duly_well{part="database"}'] == "0"
    assert not any(name.startswith("duly_backlog") for name in said)
    assert "duly_process_most_memory_bytes" in said


# --- the port ---------------------------------------------------------------------------------------------


def ask(port: int, path: str, method: str = "GET", **headers: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request(method, path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


@pytest.fixture
def port() -> int:
    return free_port()


def test_a_served_process_tells_them_at_its_own_port(environment: dict[str, str], port: int) -> None:
    web = serve({**environment, "DULY_MONITOR": f"127.0.0.1:{port}"})
    try:
        status, said = ask(port, "/metrics", Host="monitor.example.org")
        assert status == 200
        assert 'duly_well{part="worker"} 0' in said
        assert ask(port, "/health") == (200, "alive\n")
        assert ask(port, "/health/web") == (200, "ready\n")
        assert ask(port, "/health/ready") == (503, "worker\n")
        for path, method in (("/", "GET"), ("/desk/", "GET"), ("/login", "POST"), ("/metrics", "POST")):
            assert ask(port, path, method)[0] == 404
        assert ask(web.port, "/metrics")[0] == 404
        second = serve({**environment, "DULY_MONITOR": f"127.0.0.1:{port}"})
        assert "monitor" in second.stop()  # the port is taken: said, and served all the same
    finally:
        log = web.stop()
    assert '"event": "monitored"' in log
    assert "example.org" not in log


def test_a_port_that_is_taken_stops_nobody(caplog: pytest.LogCaptureFixture) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert own_port.serve(lambda *_: [], f"127.0.0.1:{taken.getsockname()[1]}") is None
    assert [record.name for record in caplog.records] == ["duly.monitor"]
