"""The thread of a complaint: from the first question to its receipt, and to where it stands."""

from tests.web.public.reporter import Reporter, code_on, heading, set_day, text

from duly_server.store.models import CaseRow, ComplaintRow, DraftRow, FactRow, ReceiptRow


def test_a_complaint_is_made_and_its_standing_seen(reporter: Reporter) -> None:
    reporter.fill_in()
    code = reporter.send()
    page = reporter.get("/complain/receipt")
    assert "By Monday 9 March 2026 at the latest: 5 working days." in text(page)
    assert "By Monday 23 March 2026 at the latest: 15 working days." in text(page)
    assert reporter.post("/complain/receipt", kept="on").headers["Location"] == "/complain/done"
    standing = reporter.status(code)
    assert standing.status_code == 200
    assert heading(standing) == "We have your complaint"
    assert "Monday 9 March 2026" in text(standing)
    assert "5 working days from today" in text(standing)


def test_sent_twice_it_is_one_complaint_with_one_code(reporter: Reporter) -> None:
    reporter.fill_in()
    code = reporter.send()
    assert reporter.send() == code
    assert code_on(reporter.get("/complain/receipt")) == code
    assert ComplaintRow.objects.count() == CaseRow.objects.count() == ReceiptRow.objects.count() == 1


def test_once_kept_the_code_is_nowhere(reporter: Reporter) -> None:
    reporter.fill_in()
    code = reporter.send()
    refused = reporter.post("/complain/receipt")
    assert refused.status_code == 400
    assert code_on(refused) == code
    saved = reporter.post("/complain/receipt/file")
    assert code in text(saved)
    assert saved.headers["Content-Disposition"] == 'attachment; filename="code.txt"'
    reporter.post("/complain/receipt", kept="on")
    assert reporter.get("/complain/receipt").headers["Location"] == "/complain/"
    assert reporter.post("/complain/send").headers["Location"] == "/complain/"
    assert DraftRow.objects.count() == 0
    stored = b"".join(bytes(fact) for fact in FactRow.objects.values_list("fact", flat=True))
    assert code.encode() not in stored
    assert "".join(code.split()).encode() not in stored


def test_a_day_later_the_days_are_a_day_fewer(reporter: Reporter) -> None:
    reporter.fill_in("named")
    code = reporter.send()
    set_day("2026-03-10")
    late = text(reporter.status(code))
    assert "1 working day late" in late
    assert "This is late. It is our duty, we have not kept to it, and we are sorry." in late
