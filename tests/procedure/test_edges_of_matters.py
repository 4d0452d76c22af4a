"""Pauses, waivers, allegations and assignments, where only a slight difference shows."""

import pytest
from tests.procedure.desk import REASONS, Desk, officer, party
from tests.timetable.casebook import Casebook, day
from tests.timetable.small_books import small_case

from duly.procedure.acts import AddAllegation, Assign, Pause, Resume, Waive
from duly.record.facts import Assigned

BOOK = (
    '[conduct.rudeness]\ntoo_old = "12 months before receive, unless chair allows it"\n'
    '[pause.illness]\nby = "chair"\nat_most = "4 days"\n'
    '[one.reply]\nby = ["respondent", "complainant"]\nper = "party"\nwithin = "9 days after receive"\n'
    '[one.notice]\nby = "officer"\nis = "notice"\n'
)
CHAIR, OFFICER = officer("chair"), officer("officer")


def desk(book: str = BOOK) -> Desk:
    return Desk(small_case(book))


@pytest.mark.parametrize(("book", "known"), [(BOOK, "illness"), ("", "none")])
def test_whoever_names_no_pause_is_told_which_there_are(book: str, known: str) -> None:
    (problem,) = desk(book).problems("2026-03-03", Pause(pause="whim", parts=REASONS), CHAIR)
    assert (problem.code, problem.remedy) == ("unknown-pause", f"Its pauses are: {known}.")


def test_a_pause_that_has_used_its_time_is_resumed_and_not_begun_again() -> None:
    case = small_case(BOOK).pause("2026-03-03", "illness")
    again = Pause(pause="illness", parts=REASONS)
    assert Desk(case).codes("2026-03-04", again, CHAIR) == ["paused-already"]
    assert Desk(case).codes("2026-03-04", Resume(pause="illness", parts=REASONS), CHAIR) == []
    over = small_case(BOOK).pause("2026-03-03", "illness").resume("2026-03-07", "illness")
    assert Desk(over).codes("2026-03-09", again, CHAIR) != []


@pytest.mark.parametrize(
    ("tag", "key", "codes"),
    [("R", "R", []), ("R", "C1", ["not-yours"]), ("C1", "C1", []), ("C1", "R", ["not-yours"])],
)
def test_each_party_gives_up_its_own_time_alone(tag: str, key: str, codes: list[str]) -> None:
    office = "respondent" if tag == "R" else "complainant"
    waive = Waive(step="reply", key=key)
    assert desk().codes("2026-03-03", waive, party(office, tag)) == codes


def test_a_shared_step_is_given_up_by_a_party_whose_it_is_whichever_key() -> None:
    book = '[one.reply]\nby = "respondent"\nwithin = "9 days after receive"\n'
    assert desk(book).codes("2026-03-03", Waive(step="reply"), party("respondent", "R")) == []
    assert desk(book).codes("2026-03-03", Waive(step="reply"), party("complainant", "C1")) == ["not-yours"]


def test_whoever_names_no_conduct_or_complaint_is_told_which_there_are() -> None:
    (problem,) = desk().problems("2026-03-03", AddAllegation(conduct="spite"), OFFICER)
    assert (problem.code, problem.remedy) == ("unknown-conduct", "Choose one of: rudeness.")
    (problem,) = desk("").problems("2026-03-03", AddAllegation(conduct="spite"), OFFICER)
    assert problem.remedy == "The rulebook defines none yet."
    act = AddAllegation(conduct="rudeness", complaint="C0MP-0009")
    (problem,) = desk().problems("2026-03-03", act, OFFICER)
    assert (problem.code, problem.remedy) == ("unknown-complaint", "Its complaints are: none.")


@pytest.mark.parametrize(
    ("on", "codes"),
    [
        ("2026-03-04", ["in-the-future"]),
        ("2026-03-03", []),
        ("2025-03-02", []),
        ("2025-03-01", ["too-old"]),
    ],
)
def test_conduct_lies_behind_and_not_too_far(on: str, codes: list[str]) -> None:
    act = AddAllegation(conduct="rudeness", conduct_on=day(on))
    assert desk().codes("2026-03-03", act, OFFICER) == codes


def test_whoever_is_assigned_is_written_down() -> None:
    case: Casebook = small_case(BOOK)
    (made,) = Desk(case).allowed("2026-03-03", Assign(office="officer", appointment="officer-2"), OFFICER)
    assert made.body == Assigned(office="officer", appointment="officer-2")
