"""Receipt codes: the same work for hit and miss, a pool that intake never enters; drafts and their cookie."""

import secrets
from threading import BoundedSemaphore, Thread

import pytest
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings
from tests.databases import OfficeDatabases
from tests.services.conftest import furnish
from tests.services.office import ROOT
from tests.web.public.reporter import Reporter, heading, text

from duly.record.references import receipt_code_from
from duly_server.gateways.keys import FileKeyRing
from duly_server.services import receipt_codes, work
from duly_server.services.receipt_codes import complaint_of
from duly_server.store.models import ComplaintRow, DraftRow, ReceiptRow
from duly_server.web.door import clock


def other_code() -> str:
    return receipt_code_from(secrets.token_bytes(16), 5)


def test_a_right_and_a_wrong_code_cost_the_same(reporter: Reporter, monkeypatch: pytest.MonkeyPatch) -> None:
    reporter.fill_in()
    code = reporter.send()
    today, at = clock().read()
    slowed: list[bytes] = []
    digest = work.slow_digest

    def counted(fast: bytes) -> bytes:
        slowed.append(fast)
        return digest(fast)

    monkeypatch.setattr(receipt_codes, "slow_digest", counted)
    for state in ("fast", "slow"):
        assert ReceiptRow.objects.get().state == state
        for each, found in ((code, ComplaintRow.objects.get().reference), (other_code(), None)):
            slowed.clear()
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert complaint_of(each, on=today) == found
            assert (len(queries), len(slowed)) == (1, 1)
        work.work(today=today, at=at)


def test_after_the_worker_only_the_slow_digest_is_there_and_the_code_still_opens(reporter: Reporter) -> None:
    reporter.fill_in()
    code = reporter.send()
    fast = bytes(ReceiptRow.objects.get().h)
    today, at = clock().read()
    work.work(today=today, at=at)
    assert bytes(ReceiptRow.objects.get().h) == work.slow_digest(fast) != fast
    assert reporter.status(code).status_code == 200
    assert reporter.status(f"  {code.replace(' ', '-')} ").status_code == 200


def test_a_slip_is_told_at_once_and_costs_nothing(
    reporter: Reporter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receipt_codes, "slow_digest", lambda _: pytest.fail("looked up"))
    code = other_code()
    slip = code[:-1] + str((int(code[-1]) + 1) % 10)
    response = reporter.status(slip)
    assert response.status_code == 400
    assert "a digit is wrong or missing" in text(response)


def test_every_wrong_code_gets_the_same_answer(reporter: Reporter) -> None:
    pages = set()
    for _ in range(3):
        code = other_code()
        response = reporter.status(code)
        assert response.status_code == 400
        page = text(response).replace(code, "CODE")
        start = page.index('name="csrfmiddlewaretoken"')
        pages.add(page[:start] + page[page.index(">", start) :])
    assert len(pages) == 1
    assert "We know no complaint with this code" in pages.pop()


def test_a_full_pool_says_when_to_come_back_and_takes_complaints_in_all_the_same(
    reporter: Reporter, monkeypatch: pytest.MonkeyPatch
) -> None:
    pool = BoundedSemaphore(1)
    pool.acquire()
    monkeypatch.setattr(receipt_codes, "_pool", pool)
    monkeypatch.setattr(receipt_codes, "MOST_SECONDS", 0.01)
    response = reporter.status(other_code())
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "5"
    assert heading(response) == "Too many people are looking at once"
    reporter.fill_in()
    assert len(reporter.send()) == 24


def test_only_a_few_wait_for_a_slot_and_the_rest_are_told_at_once(
    reporter: Reporter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """T17: else whoever asks for codes all the time holds every thread that complaints need as well."""
    monkeypatch.setattr(receipt_codes, "_room", room := BoundedSemaphore(1))
    monkeypatch.setattr(receipt_codes, "MOST_SECONDS", 600)
    monkeypatch.setattr(receipt_codes, "_pool", BoundedSemaphore(1))
    receipt_codes._pool.acquire()
    room.acquire()
    assert reporter.status(other_code()).status_code == 503
    room.release()
    receipt_codes._pool.release()
    for _ in range(3):
        assert reporter.status(other_code()).status_code == 400
    assert room.acquire(blocking=False)


def test_the_pool_is_given_back_whatever_happens(reporter: Reporter, monkeypatch: pytest.MonkeyPatch) -> None:
    pool = BoundedSemaphore(1)
    monkeypatch.setattr(receipt_codes, "_pool", pool)
    today, _ = clock().read()
    monkeypatch.setattr(receipt_codes, "slow_digest", _breaks)
    with pytest.raises(RuntimeError):
        complaint_of(other_code(), on=today)
    assert pool.acquire(blocking=False)


def _breaks(_: bytes) -> bytes:
    raise RuntimeError("no memory")


@pytest.mark.parametrize("address", ["/status", "/complain/", "/complain/question/danger", "/complain/later",
                                     "/complain/check", "/complain/receipt", "/complain/done"])  # fmt: skip
def test_no_browser_keeps_such_a_page_and_nobody_gets_a_session(reporter: Reporter, address: str) -> None:
    response = reporter.get(address)
    assert response.headers["Cache-Control"] == "no-store"
    assert set(response.cookies) <= {"duly-form"}


@pytest.fixture
def committed(fresh_office_db: OfficeDatabases, keyring: FileKeyRing, day: None) -> None:
    furnish((ROOT / "tests/rulebooks/village-bands.toml").read_text())


def test_pressed_twice_at_the_same_moment_it_is_one_complaint(committed: None, settings: Settings) -> None:
    first = Reporter(Client())
    first.fill_in()
    places: list[str] = []

    def press() -> None:
        browser = Client()
        browser.cookies = first.client.cookies.copy()
        places.append(Reporter(browser).post("/complain/send").headers["Location"])
        connections.close_all()

    presses = [Thread(target=press) for _ in range(4)]
    for thread in presses:
        thread.start()
    for thread in presses:
        thread.join()
    assert places == ["/complain/receipt"] * 4
    assert (ComplaintRow.objects.count(), ReceiptRow.objects.count(), DraftRow.objects.count()) == (1, 1, 1)


def test_a_draft_is_nothing_without_the_cookie_and_gone_after_its_time(reporter: Reporter) -> None:
    reporter.fill_in()
    stored = bytes(DraftRow.objects.get().sealed)
    for words in (b"letter", b"treasurer", b"anonymous"):
        assert words not in stored
    other = Reporter(Client())
    assert "letter" not in text(other.get("/complain/question/what-happened"))
    today, at = clock().read()
    assert (DraftRow.objects.get().expires_on - today).days == 7
    clock().set_day(DraftRow.objects.get().expires_on)
    assert "letter" not in text(reporter.get("/complain/question/what-happened"))
    today, at = clock().read()
    work.work(today=today, at=at)
    assert DraftRow.objects.count() == 0


def test_kept_for_later_it_is_hidden_until_asked_for(reporter: Reporter) -> None:
    reporter.answer("what-happened")
    response = reporter.post("/complain/question/about-whom", later="1", about="")
    assert response.headers["Location"] == "/complain/later"
    assert response.cookies["duly-draft"]["max-age"] == 7 * 86400
    assert response.cookies["duly-draft"]["httponly"]
    page = text(reporter.get("/complain/later"))
    assert "It is kept until Monday 9 March 2026" in page
    assert reporter.get("/complain/question/what-happened").headers["Location"] == "/complain/"
    assert "Something is kept in this browser" in text(reporter.get("/complain/"))
    assert reporter.post("/complain/go-on").headers["Location"] == "/complain/question/about-whom"
    assert "She read my letter aloud." in text(reporter.get("/complain/question/what-happened"))
    reporter.post("/complain/forget")
    assert DraftRow.objects.count() == 0


def test_whoever_takes_their_name_back_is_not_named(reporter: Reporter) -> None:
    reporter.fill_in("named")
    changed = reporter.post("/complain/question/your-name?change=1", naming="anonymous")
    assert changed.headers["Location"] == "/complain/check"
    page = text(reporter.get("/complain/check"))
    assert "Ada Winter" not in page
    reporter.send()
    from duly_server.services.premises import premises

    parts = premises().journal.open_parts([f"complaint/{ComplaintRow.objects.get().reference}"])
    assert {at.name for at in parts} == {"narrative", "respondent"}


def test_changing_to_a_name_asks_who_it_is_before_it_is_checked_again(reporter: Reporter) -> None:
    reporter.fill_in("anonymous")
    changed = reporter.post("/complain/question/your-name?change=1", naming="named")
    assert changed.headers["Location"] == "/complain/question/who-you-are?change=1"
    assert "Answer what is missing" in text(reporter.get("/complain/check"))
    done = reporter.post("/complain/question/who-you-are?change=1", name="Ada Winter", contact="by post")
    assert done.headers["Location"] == "/complain/check"
