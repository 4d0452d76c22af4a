"""Several web processes and several workers on one office: one address before them, one record behind them.

Every request goes to another process than the one before it, so that nothing may hang on which one answers.
"""

import os
import sqlite3
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from threading import Barrier

import pytest
from django.db import connections
from tests.running.over_http import OverHttp
from tests.running.processes import Process, Web, serve, work
from tests.services.office import SmallOffice, instant
from tests.services.test_casework import SEVEN, accepted
from tests.web.desk.officer import Officer, Page, set_day
from tests.web.public.reporter import Reporter
from tests.web.public.test_codes import other_code
from tests.web.waiting.test_waiting import form_of

from duly.record.facts import Expired
from duly_server.gateways.limits import SHORTEST_WAIT, folder_in_memory
from duly_server.gateways.limits.place import FILE
from duly_server.services import keeping, setup
from duly_server.services.premises import premises
from duly_server.store import leaves
from duly_server.store.models import (
    AgendaRow,
    CaseRow,
    ComplaintRow,
    DutyRow,
    FactRow,
    LeafRow,
    OutboxRow,
    ReceiptRow,
    RoundRow,
    WaitingRow,
)
from duly_server.web.waiting.lanes import CODES

WEBS, REPORTERS, COMPLAINTS_EACH = 3, 6, 3
LONGEST = 60.0
ONE_DAY = timedelta(days=1)


@pytest.fixture
def behind_a_proxy(environment: dict[str, str]) -> dict[str, str]:
    """Each person comes from a network of their own, as the proxy says that stands before the processes."""
    return {**environment, "DULY_PROXIES": "127.0.0.1"}


@pytest.fixture
def webs(behind_a_proxy: dict[str, str]) -> Iterator[list[Web]]:
    with ThreadPoolExecutor(WEBS) as pool:
        made = list(pool.map(serve, [behind_a_proxy] * WEBS))
    yield made
    for each in made:
        each.stop()
    connections.close_all()


def ports(webs: Sequence[Web], first: int = 0) -> list[int]:
    """One after another, beginning with another for each person."""
    return [webs[(first + turn) % len(webs)].port for turn in range(len(webs))]


def person(webs: Sequence[Web], number: int) -> OverHttp:
    return OverHttp(ports(webs, number), **{"X-Forwarded-For": f"203.{number}.113.7"})


def at_once(acts: Sequence[Callable[[], object]]) -> list[object]:
    """What each answered; they begin at the same moment."""
    start = Barrier(len(acts))

    def begun(act: Callable[[], object]) -> object:
        start.wait(LONGEST)
        try:
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(begun, acts))


def wait_until(holds: Callable[[], bool], what: str) -> None:
    before = time.monotonic() + LONGEST
    while not holds():
        assert time.monotonic() < before, what
        time.sleep(0.2)


def check_in_order(on: date) -> None:
    """Chains verify, indexes say what the record says, each fact has one number or waits for it."""
    assert list(keeping.verify_record(on=on)) == []
    assert keeping.rebuild(on=on).changed == 0
    numbers = list(LeafRow.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(len(numbers)))
    waiting = sum(row.last - row.place + 1 for row in WaitingRow.objects.all())
    assert len(numbers) + waiting == FactRow.objects.count()


# --- complaints and acts ----------------------------------------------------------------------------------


def complain(webs: Sequence[Web], number: int) -> list[str]:
    codes = []
    for turn in range(COMPLAINTS_EACH):
        reporter = Reporter(person(webs, number))
        reporter.fill_in("named", narrative=f"Story {number}.{turn}")
        codes.append(reporter.send())
    return codes


def test_complaints_and_acts_through_all_of_them_at_once_are_neither_doubled_nor_lost(
    office: SmallOffice, webs: list[Web], behind_a_proxy: dict[str, str]
) -> None:
    day = date(2026, 3, 26)
    cases = [accepted(office) for _ in range(3)]
    for seat in (2, 3):
        login = f"complaints-officer-{seat}"
        # The day before: the processes have the time of day that it is, perhaps before that of `instant`.
        before = day - ONE_DAY
        setup.appoint(login, "complaints-officer", name=login, since=before, at=instant(before), on=before)
    set_day(day.isoformat())
    workers = [work(behind_a_proxy), work(behind_a_proxy)]
    officers = [Officer(f"complaints-officer-{seat}", person(webs, 100 + seat)) for seat in (1, 2, 3)]
    opened = [[serve_notice(each, case) for case in cases] for each in officers]

    def serve_all(turn: int) -> list[Page]:
        """Every case, each officer with another one first: all three press the same button."""
        order = [(turn + step) % 3 for step in range(3)]
        return [sent(officers[turn], cases[at], opened[turn][at]) for at in order]

    told = at_once(
        [
            *(lambda number=number: complain(webs, number) for number in range(REPORTERS)),
            *(lambda turn=turn: serve_all(turn) for turn in range(3)),
        ]  # type: ignore[misc]  # a default that keeps the number of this turn
    )
    codes = [code for each in told[:REPORTERS] for code in each]  # type: ignore[attr-defined]  # their codes
    pages = [page for each in told[REPORTERS:] for page in each]  # type: ignore[attr-defined]  # their pages
    assert Counter(page.status for page in pages) == {303: 3, 409: 6}
    assert all("acted first" in page.words for page in pages if page.status == 409)
    assert len(set(codes)) == REPORTERS * COMPLAINTS_EACH
    assert ComplaintRow.objects.count() == len(codes) + len(cases)
    for case in cases:
        assert DutyRow.objects.filter(case_id=case, step="answer").count() == 1
    for number, code in enumerate(codes):
        assert Reporter(person(webs, 10 + number)).status(code).status_code == 200
    wait_until(lambda: not ReceiptRow.objects.filter(state="fast").exists(), "receipts stay fast")
    wait_until(lambda: not OutboxRow.objects.filter(state="waiting").exists(), "letters wait")
    set_day("2026-03-27")
    wait_until(lambda: not WaitingRow.objects.exists(), "facts wait for their number")
    for each in workers:
        assert '"fault"' not in each.stop()
    assert leaves.count() == FactRow.objects.count()
    check_in_order(date(2026, 3, 27))
    for web in webs:
        assert '"fault"' not in web.said


def serve_notice(officer: Officer, case: str) -> dict[str, object]:
    """The form as it was when the officer opened it, filled in."""
    form: dict[str, object] = dict(officer.get(f"/desk/cases/{case}/steps/serve-notice").form())
    return {**form, "served_on": ["R"], "channel": "e-mail", "stated": list(SEVEN)}


def sent(officer: Officer, case: str, form: dict[str, object]) -> Page:
    answer = officer.client.post(f"/desk/cases/{case}/steps/serve-notice", form)
    return Page(answer.content.decode(), answer.status_code, answer.headers.get("Location", ""))


# --- who comes in, and how often --------------------------------------------------------------------------


def test_limits_tickets_and_logins_are_of_the_office_and_of_no_process(
    office: SmallOffice, webs: list[Web], behind_a_proxy: dict[str, str]
) -> None:
    shared = folder_in_memory(Path(behind_a_proxy["DULY_HOME"]), os.environ)
    assert shared is not None  # in memory, for all processes of the machine
    guesser = Reporter(person(webs, 7))
    began = time.monotonic()
    let_in = 0
    while (answer := guesser.status(other_code())).status_code == 400:
        let_in += 1
        assert let_in <= CODES.budget.burst + (time.monotonic() - began) / CODES.budget.every + 1
    assert answer.status_code == 503
    assert let_in >= CODES.budget.burst

    given = time.monotonic()
    ticket = form_of(answer)["wait-ticket"]
    early = guesser.post("/status", **{"code": "1", "wait-ticket": ticket})  # at the next process
    assert form_of(early)["wait-ticket"] == ticket  # known there: no other one is given
    log_in_here_and_out_there(webs)
    assert spent(shared) == 0

    time.sleep(max(0.0, given + SHORTEST_WAIT + 1 - time.monotonic()))
    with_it = {"code": other_code(), "wait-ticket": ticket}
    assert guesser.post("/status", **with_it).status_code == 400  # let through, and looked up in vain
    for _ in webs:
        again = guesser.post("/status", **with_it)
        assert again.status_code == 400 or form_of(again)["wait-ticket"] != ticket
    assert spent(shared) == 1


def spent(shared: Path) -> int:
    """How many tickets were used, at whichever process."""
    with closing(sqlite3.connect(shared / FILE)) as database:
        found = database.execute("SELECT count(*) FROM spent").fetchone()
    return int(found[0])


def log_in_here_and_out_there(webs: Sequence[Web]) -> None:
    here, there, third = (each.port for each in webs)
    officer = Officer("complaints-officer-1", OverHttp([here]))
    officer.get("/desk/")
    elsewhere = OverHttp([there])
    elsewhere.cookies = officer.client.cookies
    assert elsewhere.get("/desk/").status_code == 200
    assert elsewhere.post("/logout").status_code in (200, 302)
    assert OverHttp([third]).get("/desk/").status_code == 302
    assert officer.client.get("/desk/").status_code == 302


# --- a worker that is killed ------------------------------------------------------------------------------

# `duly work`, which takes a record and then hangs: it holds the lease and will never let it go.
HANGS = """
import time
from unittest import mock
from duly_server.cli.office import open_office
open_office()
with mock.patch("duly_server.services.work.look_at", lambda *_, **__: time.sleep(600)):
    from duly_server.cli.entry import main
    main(["work"])
"""


def expiries(case: str) -> list[Expired]:
    facts = premises().journal.read(f"case/{case}")
    return [fact.body for fact in facts if isinstance(fact.body, Expired)]


def test_what_a_killed_worker_had_in_hand_the_other_does_when_the_lease_is_over(
    office: SmallOffice, environment: dict[str, str]
) -> None:
    case = accepted(office)
    late = CaseRow.objects.get(reference=case).due_on
    assert late is not None
    set_day((late + ONE_DAY).isoformat())
    hanging = Process((), environment, command=(sys.executable, "-c", HANGS))
    try:
        wait_until(lambda: AgendaRow.objects.exclude(lease="").exists(), "it takes no record")
    finally:
        hanging.kill()
    held = AgendaRow.objects.exclude(lease="").get()
    assert held.chain == f"case/{case}"
    other = work(environment)
    try:
        wait_until(lambda: RoundRow.objects.exists(), "the other goes no round")
        time.sleep(3)
        assert expiries(case) == []  # the lease holds: nobody else may have it
        assert AgendaRow.objects.get(chain=held.chain).lease == held.lease
        set_day((late + 2 * ONE_DAY).isoformat())
        wait_until(lambda: bool(expiries(case)), "nobody takes over")
        time.sleep(3)
    finally:
        assert '"fault"' not in other.stop()
    connections.close_all()
    assert [(each.step, each.due) for each in expiries(case)] == [("serve-notice", late)]
    assert AgendaRow.objects.get(chain=held.chain).lease == ""
    check_in_order(late + 2 * ONE_DAY)


def test_of_many_records_two_workers_do_each_once(office: SmallOffice, environment: dict[str, str]) -> None:
    cases = [accepted(office) for _ in range(12)]
    late = max(CaseRow.objects.values_list("due_on", flat=True))
    set_day((late + ONE_DAY).isoformat())
    workers = [work(environment), work(environment)]
    try:
        wait_until(lambda: all(expiries(case) for case in cases), "some are not looked at")
        time.sleep(3)
    finally:
        said = [each.stop() for each in workers]
    connections.close_all()
    assert all('"fault"' not in each for each in said)
    for case in cases:
        assert len(expiries(case)) == 1
    check_in_order(late + ONE_DAY)
