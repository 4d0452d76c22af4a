"""The docket: what stands in which view, in which order; filters, pages by key, saved views, the file."""

import csv
import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.services.office import instant
from tests.services.test_casework import accepted
from tests.web.desk.docket_filled import copies, keyed
from tests.web.desk.officer import Desk, Officer, Page

from duly.procedure.acts import Assign, Pause
from duly_server.services import casework, setup
from duly_server.store.models import Account, AssignmentRow, CaseRow, DutyRow, SavedView

TODAY = "2026-04-09"  # a Thursday; notice was due on Tuesday 7 April


def references(page: Page) -> list[str]:
    return [link.rpartition("/")[2] for link in page.links() if link.startswith("/desk/cases/")]


def rows_of_file(desk: Desk, query: str = "") -> list[dict[str, str]]:
    response = desk.as_("complaints-officer").client.get(f"/desk/docket.csv?{query}")
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    text = b"".join(response).decode("utf-8-sig")
    return list(csv.DictReader(text.splitlines()))


def test_a_late_case_says_by_how_much_whose_duty_it_is_and_stands_first(desk: Desk) -> None:
    reference = accepted(desk.office)
    later = copies(reference, 1, first_due=date(2026, 5, 20))
    page = desk.as_("investigator", TODAY).get("/desk/docket")
    assert references(page) == [reference, *later]
    assert (
        "Bullying Serve notice Complaints officer · Holder of complaints-officer-1 2 late Tue 7 Apr"
        in page.words
    )
    assert page.html.count('class="is-late"') == 1
    assert "2 open cases" in page.words


def test_the_holder_of_the_duty_is_called_you_on_their_own_docket(desk: Desk) -> None:
    accepted(desk.office)
    assert "Complaints officer · you" in desk.as_("complaints-officer", TODAY).get("/desk/docket").words


def test_every_view_counts_what_it_lists(desk: Desk) -> None:
    reference = accepted(desk.office)
    copies(reference, 3, first_due=date(2026, 4, 9))
    desk.office.complaint("2026-04-08")
    officer = desk.as_("complaints-officer", TODAY)
    tabs = {
        "open": 4,
        "mine": 4,
        "late": 1,
        "soon": None,
        "waiting": None,
        "paused": 0,
        "interim": 0,
        "unassigned": 0,
        "sift": 1,
    }
    for view, expected in tabs.items():
        page = officer.get(f"/desk/docket?view={view}")
        current = page.words.partition("Views")[0] and page.html.partition('aria-current="true">')[2]
        number = int(current.partition('tab-count">')[2].partition("<")[0])
        assert len(references(page)) == number, view
        assert expected in (None, number), view


def test_what_is_owed_for_several_allegations_says_for_which(desk: Desk) -> None:
    reference = accepted(desk.office)
    (other,) = copies(reference, 1, first_due=date(2026, 4, 7))
    keyed(reference, "A1", "A2")
    keyed(other, "A1")
    officer = desk.as_("investigator", TODAY)
    late = officer.get("/desk/docket?view=late")
    assert [late.words.count(f"Serve notice{of} Complaints officer") for of in (" · A1", " · A2", "")] == [
        1,
        1,
        1,
    ]
    today = officer.get("/desk/").words
    for of in ("A1", "A2"):
        assert f"{reference} Serve notice · {of}" in today
    assert f"{other} Serve notice ·" not in today
    owed = [(row["case"], row["owed now"]) for row in rows_of_file(desk, "view=late")]
    assert sorted(owed) == sorted(
        [(reference, "Serve notice · A1"), (reference, "Serve notice · A2"), (other, "Serve notice")]
    )


def test_a_tab_says_in_a_word_what_its_number_counts(desk: Desk) -> None:
    accepted(desk.office)
    desk.office.complaint("2026-04-08")
    words = desk.as_("complaints-officer", TODAY).get("/desk/docket").words
    for tab in (
        "All open 1 case ",
        "Late 1 duty ",
        "Waiting on a party 0 duties ",
        "Paused 0 cases ",
        "Unassigned 0 duties ",
        "At the sift 1 complaint ",
    ):
        assert tab in words


def test_a_duty_of_a_complaint_at_the_sift_is_late_too_and_marked_so(desk: Desk) -> None:
    receipt = desk.office.complaint("2026-03-02")
    page = desk.as_("complaints-officer", "2026-03-12").get("/desk/docket?view=late")
    assert references(page) == [receipt.case]
    assert "complaint at the sift Acknowledge Complaints officer" in page.words


def test_filters_stand_in_the_address_and_can_be_cleared(desk: Desk) -> None:
    reference = accepted(desk.office)
    officer = desk.as_("complaints-officer", TODAY)
    for query in (
        "stage=inquiry",
        "office=complaints-officer",
        "conduct=bullying",
        "state=late",
        "opened=30",
    ):
        page = officer.get(f"/desk/docket?{query}")
        assert references(page) == [reference], query
        assert "/desk/docket" in page.links()
    for query in ("stage=appeal", "office=investigator", "state=paused", "opened=before"):
        page = officer.get(f"/desk/docket?{query}")
        assert references(page) == [], query
        assert "Nothing fits this filter." in page.words


def test_an_office_whose_name_is_part_of_another_is_not_taken_for_it(desk: Desk) -> None:
    reference = accepted(desk.office)
    CaseRow.objects.filter(reference=reference).update(owed_by="panel-chair")
    page = desk.as_("panel", TODAY).get("/desk/docket?office=panel")
    assert references(page) == []


@pytest.mark.parametrize(
    "query",
    [
        "view=nonsense&stage=x&state=y&opened=z&column=w",
        "after=2026-04-09",
        "after=x&after=y",
        "view=late&after=2026-04-09&after=a&after=b&after=&after=b&after=99999999999",
        "stage=%00",
    ],
)
def test_nonsense_in_the_address_asks_for_nothing(desk: Desk, query: str) -> None:
    accepted(desk.office)
    response = desk.as_("complaints-officer", TODAY).client.get(f"/desk/docket?{query}", follow=True)
    assert response.status_code == 200


def test_pages_by_key_show_every_row_once_and_a_new_one_shifts_none(desk: Desk) -> None:
    reference = accepted(desk.office)
    made = copies(reference, 60, first_due=date(2026, 4, 10))
    officer = desk.as_("complaints-officer", TODAY)
    first = officer.get("/desk/docket")
    assert references(first) == [reference, *made[:49]]
    CaseRow.objects.filter(reference=reference).update(due_on=date(2026, 3, 1))
    next_page = next(link for link in first.links() if "after=" in link)
    second = officer.get(next_page)
    assert references(second) == made[49:]
    assert "First" in second.words


@pytest.mark.parametrize("view", ["open", "late", "closed"])
def test_the_last_page_is_read_from_the_end_and_leads_back_to_the_first(desk: Desk, view: str) -> None:
    reference = accepted(desk.office)
    closed = date(2026, 4, 1) if view == "closed" else None
    copies(reference, 130, first_due=date(2025, 10, 1), closed_on=closed)
    officer = desk.as_("complaints-officer", TODAY)
    pages = [officer.get(f"/desk/docket?view={view}")]
    while forward := [link for link in pages[-1].links() if "after=" in link]:
        pages.append(officer.get(forward[0]))
    every = [each for page in pages for each in references(page)]
    assert len(every) == len(set(every)) >= 130
    assert "Previous 50" not in pages[0].words
    assert "Last" not in pages[-1].words
    last = officer.get(next(link for link in pages[0].links() if "before=end" in link))
    assert references(last) == every[-50:]
    assert "after=" not in " ".join(last.links())
    back = officer.get(next(link for link in last.links() if "before=" in link))
    assert references(back) == every[-100:-50]
    assert references(officer.get(next(link for link in back.links() if "after=" in link))) == every[-50:]
    first = officer.get(next(link for link in back.links() if "before=" in link and "end" not in link))
    assert references(first) == every[:-100]
    assert not any("before=" in link and "end" not in link for link in first.links())
    assert officer.get(f"/desk/docket?view={view}&before=end&before=more", 302).location


def test_duties_have_pages_by_key_as_well(desk: Desk) -> None:
    reference = accepted(desk.office)
    made = copies(reference, 60, first_due=date(2026, 2, 1))
    officer = desk.as_("complaints-officer", TODAY)
    first = officer.get("/desk/docket?view=late")
    second = officer.get(next(link for link in first.links() if "after=" in link))
    assert references(first) + references(second) == [*made, reference]


def test_the_closed_stand_apart_the_last_first_and_are_not_counted(desk: Desk) -> None:
    reference = accepted(desk.office)
    copies(reference, 2, first_due=date(2026, 4, 10), closed_on=date(2026, 4, 1))
    officer = desk.as_("complaints-officer", TODAY)
    assert references(officer.get("/desk/docket")) == [reference]
    page = officer.get("/desk/docket?view=closed")
    assert references(page) == ["TEST-D001", "TEST-D000"]
    assert "Closed <span" not in page.html


@pytest.mark.parametrize(
    "view", ["open", "mine", "late", "soon", "waiting", "unassigned", "paused", "sift", "closed"]
)
def test_the_number_of_queries_does_not_hang_on_the_rows(desk: Desk, view: str) -> None:
    reference = accepted(desk.office)
    officer = desk.as_("complaints-officer", "2026-03-30")
    counted = []
    for how_many in (0, 2, 60):
        closed = date(2026, 3, 25) if view == "closed" else None
        copied = CaseRow.objects.filter(reference__startswith="TEST-")
        DutyRow.objects.filter(case__in=list(copied)).delete()
        copied.delete()
        if view == "closed":
            copies(reference, how_many + 1, first_due=date(2026, 3, 1), closed_on=closed)
        else:
            copies(reference, how_many, first_due=date(2026, 3, 1))
        officer.get(f"/desk/docket?view={view}")  # the editions are read once for a process
        with CaptureQueriesContext(
            connection,
        ) as queries:
            officer.get(f"/desk/docket?view={view}")
        counted.append(len(queries))
    assert counted[1] == counted[2], counted
    assert counted[2] <= 12


@pytest.mark.parametrize(
    "path", ["/desk/", "/desk/docket", "/desk/docket?view=late", "/desk/docket?view=closed"]
)
def test_no_query_reads_the_cases_through(desk: Desk, path: str) -> None:
    """On SQLite the plan is the same for every size; PostgreSQL reads a small table whole, and rightly."""
    reference = accepted(desk.office)
    copies(reference, 5, first_due=date(2026, 4, 10))
    officer = desk.as_("complaints-officer", TODAY)
    with CaptureQueriesContext(connection) as queries:
        officer.get(path)
    asked = [each["sql"] for each in queries if "store_caserow" in each["sql"]]
    assert len(asked) >= 2
    assert sum(sql.startswith("WITH RECURSIVE") for sql in asked) == 1, "all counts at once"
    for sql in asked if connection.vendor == "sqlite" else ():
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
            plan = [str(row[3]) for row in cursor.fetchall()]
        read_through = [line for line in plan if re.match(r"SCAN (store_(?!dutyrow)|c\b|each\b)", line)]
        assert read_through == [], (sql, plan)


def test_the_viewer_decides_what_is_listed_and_counted(desk: Desk) -> None:
    """The president is only accountable: no case is served by that office, so none is there."""
    accepted(desk.office)
    desk.office.complaint("2026-04-08")
    page = desk.as_("president", TODAY).get("/desk/docket")
    assert references(page) == []
    assert "0 open cases" in page.words
    assert rows_of_file(desk) != []
    response = desk.as_("president").client.get("/desk/docket.csv")
    assert b"".join(response).decode("utf-8-sig").splitlines()[1:] == []


def test_each_view_says_whether_it_counts_duties_or_cases(desk: Desk) -> None:
    """Two late duties of one case, and one of another, are three duties in two cases."""
    reference = accepted(desk.office)
    (other,) = copies(reference, 1, first_due=date(2026, 4, 7))
    duty = DutyRow.objects.filter(case_id=other).get()
    duty.limit, duty.due_on = "another", date(2026, 4, 1)
    duty.save(force_insert=True)
    desk.office.complaint("2026-04-08")
    officer = desk.as_("complaints-officer", TODAY)
    said = {
        "late": "3 duties in 2 cases, past their date",
        "open": "2 open cases, the late first",
        "mine": "2 open cases that are yours, the late first",
        "paused": "0 open cases whose clocks stand still",
        "sift": "1 complaint, not yet accepted",
        "closed": "Closed cases, the last first",
    }
    for view, words in said.items():
        page = officer.get(f"/desk/docket?view={view}")
        assert f"Docket {words}" in page.words, view
        assert 'title="3 duties in 2 cases"' in page.html
    assert "3 of 3 duties in 2 cases" in officer.get("/desk/docket?view=late").words
    assert "Docket Duties, past their date" in officer.get("/desk/docket?view=late&conduct=bullying").words
    today = officer.get("/desk/").words
    assert "3 duties late" in today
    assert "0 cases paused" in today
    assert f"{number_of('soon', officer.get('/desk/docket').html)} dut" in today


def number_of(view: str, html: str) -> int:
    tab = html.partition(f'href="/desk/docket?view={view}"')[2]
    return int(tab.partition('tab-count">')[2].partition("<")[0])


def unassigned(officer: Officer) -> list[str]:
    """Those that the view lists; every row of it says so, and no row of another view of duties does."""
    page = officer.get("/desk/docket?view=unassigned")
    assert page.words.count("· unassigned") == len(references(page)) == number_of("unassigned", page.html)
    for view in ("late", "soon"):
        listed = officer.get(f"/desk/docket?view={view}&column=whose")
        assert listed.words.count("· unassigned") <= len(references(page)), view
    return references(page)


def test_what_nobody_has_is_listed_as_rows_say_it(desk: Desk) -> None:
    """With one complaints officer what is owed is theirs; with two it is nobody's until one is assigned."""
    reference = accepted(desk.office)
    officer = desk.as_("complaints-officer", TODAY)
    assert unassigned(officer) == []
    assert "Everything owed is somebody’s." in officer.get("/desk/docket?view=unassigned").words
    day = date(2026, 3, 1)
    second = setup.appoint(
        "second", "complaints-officer", name="A second", since=day, at=instant(day), on=day
    )
    assert unassigned(officer) == [reference, reference]
    row = officer.get("/desk/docket?view=unassigned").words
    assert "Docket 2 duties in 1 case, given to nobody in the case" in row
    assert "Serve notice Complaints officer · unassigned" in row
    assert "unassigned" in officer.get("/desk/docket?column=owner").words
    assert "Owner unassigned" in officer.get(f"/desk/cases/{reference}").words
    me = desk.office.acting("complaints-officer", TODAY)
    casework.take(me, reference, Assign(office="complaints-officer", appointment=second.number))
    assert unassigned(officer) == []
    assert "A second" in officer.get("/desk/docket?column=owner").words


def test_an_office_whose_name_is_part_of_another_has_nothing_assigned_by_it(desk: Desk) -> None:
    reference = accepted(desk.office)
    officer = desk.office.acting("complaints-officer", TODAY)
    number = next(iter(officer.viewer.numbers(officer.today)))
    AssignmentRow.objects.create(case_id=reference, office="panel", appointment=number)
    DutyRow.objects.filter(case_id=reference, step="serve-notice").update(offices="appeal-panel panel-two")
    page = desk.as_("complaints-officer", TODAY).get("/desk/docket?view=unassigned")
    assert references(page) == [reference]


def test_who_is_assigned_has_the_case(desk: Desk) -> None:
    reference = accepted(desk.office)
    officer = desk.office.acting("complaints-officer", TODAY)
    number = next(iter(officer.viewer.numbers(officer.today)))
    casework.take(officer, reference, Assign(office="complaints-officer", appointment=number))
    mine = desk.as_("complaints-officer", TODAY).get("/desk/docket?view=mine&column=owner")
    assert references(mine) == [reference]
    assert "Holder of complaints-officer-1" in mine.words


def test_a_paused_case_says_so_and_its_bar_shows_since_when(desk: Desk) -> None:
    reference = accepted(desk.office)
    chair = desk.office.acting("panel-chair", "2026-03-26")
    casework.take(chair, reference, Pause(pause="police", parts={"reasons": {"v": 1, "text": "An inquiry."}}))
    page = desk.as_("complaints-officer", TODAY).get("/desk/docket?view=paused")
    assert references(page) == [reference]
    assert 'class="state state-pause"' in page.html
    assert 'class="is-late"' not in page.html
    assert "paused since 26 March 2026" in page.html


def test_columns_are_chosen_in_the_address(desk: Desk) -> None:
    accepted(desk.office)
    page = desk.as_("complaints-officer", TODAY).get("/desk/docket?column=stage&column=opened")
    heads = page.html.partition("<thead>")[2].partition("</thead>")[0]
    assert [part.partition("<")[0] for part in heads.split('scope="col"')[1:]] == [
        ">Case",
        ">Stage",
        ' class="number">Opened',
    ]
    assert "Inquiry" in page.words
    assert "Fri 20 Mar 2026" in page.words


def test_a_view_is_saved_under_a_name_seen_by_its_owner_alone_and_forgotten(desk: Desk) -> None:
    accepted(desk.office)
    officer, other = desk.as_("complaints-officer", TODAY), desk.as_("investigator", TODAY)
    query = "stage=inquiry&column=owed&column=due&evil=1"
    page = officer.post("/desk/docket/save", {"name": "Inquiries", "query": query}, 302)
    assert page.location == "/desk/docket?stage=inquiry&column=owed&column=due"
    shown = officer.get(page.location)
    assert "Inquiries" in shown.words
    assert page.location in shown.links()
    assert "Inquiries" not in other.get("/desk/docket").words
    other.post("/desk/docket/forget", {"name": "Inquiries"}, 302)
    assert SavedView.objects.count() == 1
    officer.post("/desk/docket/forget", {"name": "Inquiries"}, 302)
    assert SavedView.objects.count() == 0


def test_a_view_without_a_name_is_not_saved_and_said_so(desk: Desk) -> None:
    officer = desk.as_("complaints-officer", TODAY)
    officer.post("/desk/docket/save", {"name": " ", "query": ""}, 302)
    assert "Give the view a name." in officer.get("/desk/docket").words
    assert SavedView.objects.count() == 0


def test_the_file_has_the_rows_of_the_filter_all_of_them_and_days_as_numbers(desk: Desk) -> None:
    reference = accepted(desk.office)
    copies(reference, 60, first_due=date(2026, 4, 10))
    desk.as_("complaints-officer", TODAY)
    rows = rows_of_file(desk)
    assert len(rows) == 61
    assert rows[0]["case"] == reference
    assert (rows[0]["due"], rows[0]["working days late"], rows[0]["holder"]) == (
        "2026-04-07",
        "2",
        "Holder of complaints-officer-1",
    )
    assert len(rows_of_file(desk, "state=late")) == 1


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx"])
def test_no_cell_of_the_file_begins_a_formula(desk: Desk, name: str) -> None:
    accepted(desk.office)
    officer = desk.as_("complaints-officer", TODAY)
    Account.objects.filter(login="complaints-officer-1").update(name=name)
    response = officer.client.get("/desk/docket.csv")
    assert f"'{name}" in b"".join(response).decode("utf-8-sig")


def test_a_case_is_found_by_its_reference_or_that_of_its_complaint_however_written(desk: Desk) -> None:
    receipt = desk.office.complaint("2026-04-08")
    officer = desk.as_("complaints-officer", TODAY)
    for meant in (receipt.case, receipt.case.lower().replace("-", " "), receipt.complaint):
        found = officer.client.get("/desk/find", {"q": meant})
        assert found.headers["Location"] == f"/desk/cases/{receipt.case}"
    lost = officer.client.post("/desk/find", {"q": "nothing at all"}).content.decode()
    assert "That is no reference: one reads K7QH-3M2C." in lost
    hidden = desk.as_("president").client.get("/desk/find", {"q": receipt.case}, follow=True)
    assert f"There is no case {receipt.case} on your desk." in hidden.content.decode()
