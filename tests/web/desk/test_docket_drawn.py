"""The rows of the docket drawn by hand are what a template would draw of them, byte for byte."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.template import engines
from django.utils import translation

from duly_server.services.docket import Line
from duly_server.store.docket import View
from duly_server.web.desk.docket_asked import COLUMNS
from duly_server.web.desk.docket_drawn import axis_of, drawn
from duly_server.web.desk.docket_rows import row_of

TODAY = date(2026, 4, 23)
HOSTILE = '<b>“it\'s” & "that"</b> {{ 7 }}'
# A line for each cell, as one would read it; the engine is given it without the ends of those lines.
TEMPLATE = Path(__file__).with_name("docket_rows.html").read_text().replace("\n{% if shown", "{% if shown")

LATE = Line(
    reference="K7QH-3M2C",
    edition="e" * 64,
    calendar="c" * 64,
    is_at_sift=False,
    conduct=HOSTILE,
    stages=HOSTILE,
    step="report",
    owed=HOSTILE,
    clause=HOSTILE,
    whose=HOSTILE,
    holder=HOSTILE,
    is_mine=False,
    owner=HOSTILE,
    is_party=False,
    is_paused=False,
    due_on=date(2026, 4, 20),
    original_on=date(2026, 4, 13),
    started_on=date(2026, 3, 2),
    days=3,
    late_originally=8,
    is_late=True,
    received_on=date(2026, 2, 2),
    opened_on=date(2026, 2, 20),
    closed_on=None,
    closed_as="",
)
LINES = {
    "late": LATE,
    "one of several": replace(LATE, of=HOSTILE),
    "mine": replace(LATE, is_mine=True, original_on=LATE.due_on),
    "nobody's": replace(LATE, holder="", owner=""),
    "a party's": replace(LATE, is_party=True, is_late=False, whose=""),
    "paused": replace(LATE, is_paused=True, is_late=False),
    "ahead": replace(LATE, is_late=False, due_on=date(2027, 4, 30), days=250),
    "nothing owed": replace(LATE, step="", owed="", due_on=None, original_on=None, is_late=False),
    "at the sift": replace(LATE, is_at_sift=True, opened_on=None),
    "closed": replace(LATE, is_late=False, closed_on=date(2026, 4, 22), closed_as=HOSTILE),
    "never accepted": replace(
        LATE, is_late=False, is_at_sift=True, opened_on=None, closed_on=date(2026, 4, 22), closed_as="no-case"
    ),
}


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("view", [View.OPEN, View.SIFT, View.CLOSED])
def test_they_are_the_template_byte_for_byte(view: View, language: str) -> None:
    with translation.override(language):
        rows = [row_of(line, TODAY) for line in LINES.values()]
        for columns in (tuple(COLUMNS), ("owed", "bar"), ()):
            shown = {name: name in columns for name in COLUMNS}
            template = engines["django"].from_string("{% load look %}" + TEMPLATE)
            asked = {"view": {"value": view.value}}
            around = {"rows": rows, "shown": shown, "axis": axis_of(TODAY), "asked": asked}
            by_hand = drawn(LINES.values(), TODAY, columns=columns, view=view)
            assert f"{by_hand}\n" == template.render(around)


def test_a_row_is_drawn_again_when_it_says_something_else() -> None:
    today = drawn([LATE], TODAY, columns=["days", "due", "bar"], view=View.OPEN)
    assert "3 late" in today
    assert today == drawn([LATE], TODAY, columns=["due", "days", "bar"], view=View.OPEN)
    others = (
        drawn([replace(LATE, days=4)], TODAY, columns=["days", "due", "bar"], view=View.OPEN),
        drawn([LATE], date(2026, 4, 24), columns=["days", "due", "bar"], view=View.OPEN),
        drawn([LATE], TODAY, columns=["days", "due"], view=View.OPEN),
    )
    assert len({today, *others}) == 4
    with translation.override("ar"):
        assert drawn([LATE], TODAY, columns=["days", "due", "bar"], view=View.OPEN) != today
