"""Days in words. They follow the language of the page; a day on a page is never a bare number."""

from datetime import date
from functools import lru_cache

from django.utils.dateformat import format as formatted
from django.utils.translation import get_language


def in_words(day: date, form: str) -> str:
    """A day in a form of Django's dateformat, in the language of the page."""
    return _kept(day, form, get_language())


@lru_cache(maxsize=8192)
def _kept(day: date, form: str, language: str | None) -> str:
    """One page writes the same days hundreds of times; a day, a form and a language give the same words."""
    return formatted(day, form)


def desk_day(day: date) -> str:
    """ "Thu 23 Apr 2026": how the desk writes a day."""
    return in_words(day, "D j M Y")


def short_day(day: date) -> str:
    """ "Thu 23 Apr": in a table or chip where the year is not in doubt."""
    return in_words(day, "D j M")


def month_day(day: date) -> str:
    """ "23 Apr": in the margin of the timeline and of the calendar."""
    return in_words(day, "j M")


def public_day(day: date) -> str:
    """ "Thursday 23 April 2026": how the public pages and letters write a day."""
    return in_words(day, "l j F Y")


def spoken_day(day: date) -> str:
    """ "23 April 2026": inside the sentence that stands for a drawing."""
    return in_words(day, "j F Y")
