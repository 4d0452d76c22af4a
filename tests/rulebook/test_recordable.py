"""What the reader lets through, the record takes and a clock can count; else it is refused in words."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from tests.services.office import ROOT

from duly.record.shapes import HOLDS
from duly.rulebook.book import Rulebook
from duly.rulebook.countable import uncountable
from duly.rulebook.read import read
from duly_server.services import setup
from duly_server.store.editions import NotAdoptedError
from duly_server.store.models import CalendarRow, EditionRow
from duly_server.store.zones import is_zone

Changed = Callable[..., str]


@pytest.mark.parametrize(
    "mark", ["2026", "2026.1-b", "x" * 40, "x" * 41, "2026/1", "Édition", "a b", "2026\\t", "1_2"]
)
def test_the_reader_takes_an_edition_and_a_calendar_if_and_only_if_the_record_does(
    changed: Changed, mark: str
) -> None:
    taken = isinstance(read(changed(('edition       = "2026"', f'edition = "{mark}"'))), Rulebook)
    assert taken is bool(HOLDS["edition"].fits(mark.replace("\\t", "\t")))
    taken = isinstance(read(changed(('calendar      = "GB-ENG"', f'calendar = "{mark}"'))), Rulebook)
    assert taken is bool(HOLDS["calendar-adopted/1", "calendar"].fits(mark.replace("\\t", "\t")))


@pytest.mark.parametrize("answer", ["perhaps", "Perhaps", "1", "1a", "in_part", "peut-être", "a b", "x" * 81])
def test_the_reader_takes_an_answer_if_and_only_if_the_record_does(changed: Changed, answer: str) -> None:
    asked = 'United Kingdom?", answers = ["no", "yes"'
    taken = isinstance(read(changed((asked, f'{asked}, "{answer}"'))), Rulebook)
    assert taken is bool(HOLDS["answer"].fits(answer))


NO_ZONE = ('day_ends        = "23:59 Europe/London"\n', "")
HOURS = ('within  = "14 days after second-look begins"', 'within  = "30 hours after second-look begins"')
SEASON = (
    'at_most = "26 weeks"\nreview  = "every 28 days"',
    'at_most = "30 days in season"\nreview  = "every 9 hours"',
)


def test_times_in_hours_and_by_calendars_of_their_own_are_named_with_line_and_remedy(
    changed: Changed,
) -> None:
    season = "[pause.police], at_most: “30 days in season”: no clock counts by such a calendar yet. "
    season += "Say it in days, for instance “30 days”, or in working days."
    with_zone = read(changed(HOURS, SEASON))
    assert isinstance(with_zone, Rulebook)
    assert [str(fault) for fault in uncountable(with_zone)] == [f"line 178, {season}"]
    book = read(changed(HOURS, SEASON, NO_ZONE))
    assert isinstance(book, Rulebook)
    no_zone = "hours are counted in a time zone, and [counting] names none. "
    no_zone += 'Add day_ends = "23:59 Europe/London" to [counting], or say it in days.'
    assert [str(fault) for fault in uncountable(book)] == [
        f"line 57, [second-look.ask-second-look], within: “30 hours”: {no_zone}",
        f"line 177, {season}",
        f"line 178, [pause.police], review: “9 hours”: {no_zone}",
    ]


def test_a_zone_that_the_machine_does_not_know_is_named_with_its_line(changed: Changed) -> None:
    book = read(changed(('"23:59 Europe/London"', '"23:59 Europe/Nowhere"')))
    assert isinstance(book, Rulebook)
    assert uncountable(book) == ()
    (fault,) = uncountable(book, is_zone=is_zone)
    assert str(fault) == (
        "line 15, [counting], day_ends: there is no time zone “Europe/Nowhere” here."
        ' Write one such as "23:59 Europe/London".'
    )


def test_the_shipped_rulebook_and_the_example_say_nothing_that_no_clock_can_count(example: str) -> None:
    for text in (example, (ROOT / "rulebooks/example-association/2026.toml").read_text()):
        book = read(text)
        assert isinstance(book, Rulebook)
        assert uncountable(book) == ()


@pytest.mark.usefixtures("db")
def test_what_no_clock_can_count_is_not_adopted_and_nothing_is_kept_of_it(changed: Changed) -> None:
    calendar = (ROOT / "calendars/GB-ENG.toml").read_text()
    at = datetime(2026, 1, 1, tzinfo=UTC)
    with pytest.raises(NotAdoptedError, match=r"line 57, .*30 hours.*say it in days"):
        setup.adopt(changed(HOURS, NO_ZONE), calendar, on=date(2026, 1, 1), at=at)
    assert CalendarRow.objects.count() == EditionRow.objects.count() == 0
