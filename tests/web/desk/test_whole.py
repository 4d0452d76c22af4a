"""The whole docket: counts for whoever answers for the timetable and serves no case; never which case."""

import re
from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.services.office import instant
from tests.services.test_casework import accepted
from tests.web.desk.docket_filled import copies
from tests.web.desk.officer import Desk, Page
from tests.web.desk.test_today import suspended

from duly_server.services import setup
from duly_server.store.models import MeasureRow
from duly_server.web.routes import Rule, rule_of

TODAY = "2026-04-09"
REFERENCE = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b")


def whole(desk: Desk) -> Page:
    return desk.as_("president", TODAY).get("/desk/whole")


def test_it_counts_cases_that_its_reader_may_not_open(desk: Desk) -> None:
    reference = accepted(desk.office)
    copies(reference, 3, first_due=date(2026, 3, 2))
    desk.office.complaint("2026-04-08")
    page = whole(desk)
    assert "every open case and every complaint at the sift, in counts; no case is named" in page.words
    assert "4 open cases 1 at the sift 4 duties late longest 26 working days" in page.words
    assert "Complaints officer 8 clocks, 4 late" in page.words
    assert "Serve notice 4 0 0 4 26 working days" in page.words
    assert "Acknowledge F 4.1 1 1 0 0 Wed 15 Apr 2026" in page.words


def test_it_says_where_everybody_of_an_office_stands_out_and_nobody_stands_in(desk: Desk) -> None:
    reference, _ = accepted(desk.office), accepted(desk.office)
    desk.as_("investigator", TODAY).send(f"/desk/cases/{reference}/conflicts", {"conflict": "close"})
    said = "In 1 case nobody is left who may act as investigator : whoever holds the office stands out."
    page = whole(desk)
    assert said in page.words
    assert reference not in page.html
    # For the complaints officer the deputy stands in, until they stand out as well.
    desk.as_("complaints-officer").send(f"/desk/cases/{reference}/conflicts", {"conflict": "close"})
    assert "act as complaints officer" not in whole(desk).words
    desk.as_("deputy-officer").send(f"/desk/cases/{reference}/conflicts", {"conflict": "work"})
    assert "In 1 case nobody is left who may act as complaints officer" in whole(desk).words
    day = date.fromisoformat(TODAY)
    for office in ("investigator", "complaints-officer"):
        setup.appoint("panel-chair-1", office, name="", since=day, at=instant(day), on=day)
    assert "nobody is left who may act as investigator" not in whole(desk).words
    assert "nobody is left who may act as complaints officer" not in whole(desk).words


def test_interim_measures_are_counted_with_their_age_and_what_is_overdue(desk: Desk) -> None:
    assert "Interim measures" not in whole(desk).words
    reference, _ = suspended(desk)
    suspended(desk)
    said = "Interim suspension 2 {} 15 days, since Thu 26 Mar 2026 {}"
    page = whole(desk)
    assert said.format("0", "Thu 23 Apr 2026") in page.words
    assert reference not in page.html
    its = MeasureRow.objects.filter(case_id=reference)
    its.update(review_due_on=date(2026, 4, 9))  # today is in time
    assert said.format("0", "Thu 9 Apr 2026") in whole(desk).words
    its.update(review_due_on=date(2026, 4, 8), since=date(2026, 3, 2))
    assert "Interim suspension 2 1 39 days, since Mon 2 Mar 2026 Thu 23 Apr 2026" in whole(desk).words
    its.update(before=date(2026, 4, 9))  # over since today
    assert said.replace(" 2 {}", " 1 {}").format("0", "Thu 23 Apr 2026") in whole(desk).words
    its.update(before=None, is_open=False)
    assert said.replace(" 2 {}", " 1 {}").format("0", "Thu 23 Apr 2026") in whole(desk).words
    its.update(is_open=True, is_interim=False)
    assert said.replace(" 2 {}", " 1 {}").format("0", "Thu 23 Apr 2026") in whole(desk).words


def test_it_names_no_case_and_links_to_none(desk: Desk) -> None:
    reference = accepted(desk.office)
    page = whole(desk)
    main = page.html.partition("<main")[2]
    assert reference not in page.html
    assert REFERENCE.findall(page.words) == []
    assert re.findall(r'<a href="([^"]+)"', main) == ["/desk/whole/fast-track"]


def test_only_who_answers_for_the_timetable_comes_there(desk: Desk) -> None:
    assert rule_of("desk-whole") is Rule.ANSWERS
    assert "Whole docket" in desk.as_("president", TODAY).get("/desk/").words
    for office in ("complaints-officer", "overseer", "panel-chair"):
        officer = desk.as_(office, TODAY)
        assert officer.get("/desk/whole", 404)
        assert "Whole docket" not in officer.get("/desk/").words


def test_whoever_serves_cases_too_gets_the_reason_and_no_count(desk: Desk) -> None:
    accepted(desk.office)
    day = date.fromisoformat(TODAY)
    setup.appoint("president-1", "investigator", name="", since=day, at=instant(day), on=day)
    page = whole(desk)
    assert "You serve cases yourself today." in page.words
    assert '<ul class="strip">' not in page.html


def test_a_party_s_time_is_never_told_as_late(desk: Desk) -> None:
    reference = accepted(desk.office)
    from duly_server.store.models import DutyRow

    DutyRow.objects.filter(case=reference).update(is_party=True, offices="respondent")
    page = whole(desk)
    assert "0 duties late" in page.words
    assert "Respondent 3 clocks; a party’s own time" in page.words


def test_without_a_case_it_says_so(desk: Desk) -> None:
    assert "0 open cases" in whole(desk).words
    assert "Nothing is owed in any case." in whole(desk).words


def test_it_takes_the_same_queries_however_many_cases_there_are(desk: Desk) -> None:
    reference = accepted(desk.office)
    president = desk.as_("president", TODAY)
    president.get("/desk/whole")
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            president.get("/desk/whole")
        counts.append(len(asked))
        if len(counts) == 1:
            copies(reference, 20, first_due=date(2026, 3, 2))
    assert counts[0] == counts[1]
