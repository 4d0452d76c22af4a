"""Days in words: in the language of the page, whatever was written before in another."""

from datetime import date

from django.utils import translation

from duly_server.web.shared import days

DAY = date(2026, 4, 23)


def test_each_form_says_what_it_is_for() -> None:
    assert days.desk_day(DAY) == "Thu 23 Apr 2026"
    assert days.short_day(DAY) == "Thu 23 Apr"
    assert days.month_day(DAY) == "23 Apr"
    assert days.public_day(DAY) == "Thursday 23 April 2026"
    assert days.spoken_day(DAY) == "23 April 2026"


def test_a_day_that_was_said_before_follows_the_language_of_the_page() -> None:
    english = days.public_day(DAY)
    with translation.override("de"):
        assert days.public_day(DAY) == "Donnerstag 23 April 2026"
    with translation.override("fr"):
        assert days.public_day(DAY) == "jeudi 23 avril 2026"
    assert days.public_day(DAY) == english
