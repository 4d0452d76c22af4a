"""What stands round every page of the desk, and the rulebook in plain words."""

from tests.services.test_casework import accepted
from tests.web.desk.officer import Desk

from duly.rulebook.prose import title

TODAY = "2026-04-09"


def test_the_side_bar_counts_what_is_late_open_and_at_the_sift(desk: Desk) -> None:
    accepted(desk.office)
    desk.office.complaint("2026-04-08")
    side = desk.as_("complaints-officer", TODAY).get("/desk/docket").words.partition("Docket 1")
    assert "Today 1 late" in side[0]
    assert side[2].strip().startswith("Sift 1 Register")
    assert "Rulebook 2026 Help" in side[2]


def test_the_date_line_names_the_calendar_and_why_a_day_is_closed(desk: Desk) -> None:
    officer = desk.as_("panel-chair", TODAY)
    assert "Thursday 9 April 2026 · working day · calendar GB-ENG" in officer.get("/desk/").words
    assert (
        "Friday 3 April 2026 · closed: Good Friday"
        in desk.as_("panel-chair", "2026-04-03").get("/desk/").words
    )


def test_who_is_logged_in_stands_at_the_foot_with_their_office_and_a_way_out(desk: Desk) -> None:
    page = desk.as_("panel-chair", TODAY).get("/desk/")
    assert "Holder of panel-chair-1 Panel chair" in page.words
    assert '<form method="post" action="/logout">' in page.html


def test_no_title_of_a_page_names_a_case_or_a_person(desk: Desk) -> None:
    accepted(desk.office)
    officer = desk.as_("complaints-officer", TODAY)
    titles = [officer.get(path).title for path in ("/desk/", "/desk/docket", "/desk/news", "/desk/rulebook")]
    assert titles == ["Today · Duly", "Docket · Duly", "New at the desk · Duly", "Rulebook · Duly"]


def test_the_rulebook_tells_every_step_with_who_when_and_what_follows(desk: Desk) -> None:
    page = desk.as_("panel", TODAY).get("/desk/rulebook")
    for step in desk.office.book.steps.values():
        assert f'id="{step.name}"' in page.html
        assert title(step.name) in page.words
    assert desk.office.book.title in page.words
    assert (
        "Acknowledge F 4.1 The complaints officer, for each complaint Within 5 working days after receive"
        in page.words
    )
    assert "Accepted: the case goes to inquiry." in page.words
    assert "If it is late, the case is closed as “dismissed”." in page.words


def test_the_words_are_the_rulebooks_own_whatever_it_calls_things(example_desk: Desk) -> None:
    receipt = example_desk.office.complaint("2026-03-02")
    words = example_desk.as_("intake", "2026-03-03").get("/desk/").words
    assert f"{receipt.case} Acknowledge r 3.1" in words
    assert "Intake" in words
    assert "Confirm outcome r 13.6" in example_desk.as_("intake").get("/desk/rulebook").words
