"""The office's signed promise: offered on the receipt, asked for by a press, never given unasked."""

from tests.web.public.reporter import Reporter, text

from duly.record import promise as promises
from duly_server.services import promising
from duly_server.store.models import ComplaintRow
from duly_server.web.door import clock

ADDRESS = "/complain/receipt/promise"


def test_it_is_offered_with_its_danger_and_saved_on_request(reporter: Reporter) -> None:
    reporter.fill_in()
    reporter.send()
    page = text(reporter.get("/complain/receipt"))
    assert "Save the office’s signed promise" in page
    assert "evidence against whoever is found with it" in page
    assert "duly/promise/1" not in page
    saved = reporter.post(ADDRESS)
    assert saved.headers["Content-Disposition"] == 'attachment; filename="promise.txt"'
    assert saved.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert saved.headers["Cache-Control"] == "no-store"
    said = promises.read(text(saved)).promise
    assert said.chain == f"complaint/{ComplaintRow.objects.get().reference}"
    assert promising.check(text(saved), on=clock().read()[0]).holds


def test_the_file_of_the_code_does_not_hold_it(reporter: Reporter) -> None:
    reporter.fill_in()
    reporter.send()
    assert "promise" not in text(reporter.post("/complain/receipt/file"))


def test_no_address_leads_to_it_and_once_the_code_was_kept_it_is_gone(reporter: Reporter) -> None:
    assert reporter.post(ADDRESS).headers["Location"] == "/complain/"
    reporter.fill_in()
    assert reporter.post(ADDRESS).headers["Location"] == "/complain/"
    reporter.send()
    assert reporter.get(ADDRESS).status_code == 405
    reporter.post("/complain/receipt", kept="on")
    assert reporter.post(ADDRESS).headers["Location"] == "/complain/"
