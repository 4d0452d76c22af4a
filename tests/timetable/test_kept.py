"""Which of the office's limits were kept: in time, with no time added, each in the month it ended."""

from tests.timetable.casebook import Casebook, day
from tests.timetable.small_books import small_case

from duly.record.facts import TimeExtended
from duly.timetable.kept import kept_by_month

BOOK = """
[one.act]
by = "officer"
within = "9 days after receive"
extend = { by = "chair", at_most = "30 days", times = 1 }
[one.answer]
by = "respondent"
within = "5 days after receive"
[one.end]
by = "officer"
then = "closes the case as done"
"""


def received() -> Casebook:
    return small_case(BOOK, on="2026-03-25")  # act is due on Fri 3 April


def months(case: Casebook, on: str) -> dict[str, tuple[int, int]]:
    """Ended and kept, by month."""
    return {str(month): (f.ended, f.kept) for month, f in kept_by_month(case.at(on)).items()}


def test_what_is_done_on_its_last_day_is_kept_and_counts_in_the_month_it_was_done() -> None:
    assert months(received().step("2026-03-31", "act"), "2026-04-30") == {"2026-03-01": (1, 1)}
    assert months(received().step("2026-04-03", "act"), "2026-04-30") == {"2026-04-01": (1, 1)}


def test_what_runs_out_is_not_kept_from_the_day_after_whether_it_is_done_or_not() -> None:
    assert months(received(), "2026-04-03") == {}
    assert months(received(), "2026-04-04") == {"2026-04-01": (1, 0)}
    assert months(received().step("2026-05-04", "act"), "2026-05-04") == {"2026-04-01": (1, 0)}


def test_an_extension_counts_as_not_kept() -> None:
    more = TimeExtended(step="act", until=day("2026-04-20"))
    case = received().note("2026-04-01", more, office="chair").step("2026-04-10", "act")
    assert months(case, "2026-04-10") == {"2026-04-01": (1, 0)}


def test_a_partys_time_is_not_the_offices() -> None:
    case = received().step("2026-03-31", "act").step("2026-03-28", "answer", office="respondent")
    assert months(case, "2026-04-30") == {"2026-03-01": (1, 1)}


def test_what_falls_away_before_its_day_is_not_counted() -> None:
    assert months(received().step("2026-03-30", "end"), "2026-04-30") == {}
