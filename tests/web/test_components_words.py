"""Words: days, chips, receipt codes, reasons."""

from datetime import date

import pytest

from duly.vocabulary import Problem, Refused
from duly_server.web.shared import chips, days
from duly_server.web.shared.chips import Chip, Glyph, Shape, Tone
from duly_server.web.shared.refusal import KEPT, refusal
from duly_server.web.shared.status import groups_of_four
from duly_server.web.shared.steps import Reason, reasons
from duly_server.web.shared.tags import clause, glyph, strong_days

DAY = date(2026, 4, 3)


def test_a_day_is_written_with_its_weekday_shorter_at_the_desk() -> None:
    assert days.desk_day(DAY) == "Fri 3 Apr 2026"
    assert days.short_day(DAY) == "Fri 3 Apr"
    assert days.month_day(DAY) == "3 Apr"
    assert days.public_day(DAY) == "Friday 3 April 2026"


@pytest.mark.parametrize(
    ("chip", "expected"),
    [
        (chips.late(2), Chip(Glyph.LATE, "2 working days late", Tone.LATE)),
        (chips.late(1), Chip(Glyph.LATE, "1 working day late", Tone.LATE)),
        (chips.late(3, "days"), Chip(Glyph.LATE, "3 days late", Tone.LATE)),
        (chips.late(6, ""), Chip(Glyph.LATE, "6 late", Tone.LATE)),
        (chips.due_today(), Chip(Glyph.SOON, "due today", Tone.SOON)),
        (chips.left(4), Chip(Glyph.SOON, "4 working days left", Tone.SOON)),
        (chips.left(5), Chip(Glyph.RUNNING, "5 working days left", Tone.RUNNING)),
        (chips.left(1, "clear days"), Chip(Glyph.SOON, "1 clear day left", Tone.SOON)),
        (chips.left(1, is_partys=True), Chip(Glyph.PARTY, "1 working day left", Tone.PLAIN)),
        (chips.waiting(), Chip(Glyph.PARTY, "waiting on a party", Tone.PLAIN)),
        (chips.paused(), Chip(Glyph.PAUSED, "paused", Tone.PAUSE)),
        (chips.paused("illness"), Chip(Glyph.PAUSED, "paused: illness", Tone.PAUSE)),
        (chips.done(DAY), Chip(Glyph.DONE, "done Fri 3 Apr", Tone.DONE)),
        (chips.not_started(), Chip(Glyph.NOT_STARTED, "not started", Tone.PLAIN)),
        (chips.extended(1), Chip(Glyph.EXTENDED, "extended once", Tone.PLAIN)),
        (chips.extended(3), Chip(Glyph.EXTENDED, "extended 3 times", Tone.PLAIN)),
    ],
)
def test_a_state_has_its_shape_its_words_and_its_tone(chip: Chip, expected: Chip) -> None:
    assert chip == expected


def test_findings_have_five_shapes_and_no_colour_whichever_way_they_go() -> None:
    made = [chips.finding("so", shape) for shape in (*Shape, None)]
    assert {chip.tone for chip in made} == {Tone.PLAIN}
    assert len({chip.glyph for chip in made}) == 6


def test_a_receipt_code_is_read_in_groups_of_four() -> None:
    assert groups_of_four("4821 0937-5516 2204") == ("4821", "0937", "5516", "2204")


def test_a_problem_becomes_the_reason_of_a_closed_step() -> None:
    problem = Problem(
        code="early",
        says="The answer window runs until Wed 29 Apr.",
        remedy="Or ask for a waiver in writing.",
        clause="r 8.1",
        opens_on=date(2026, 4, 30),
    )
    assert reasons([problem]) == (
        Reason(
            "The answer window runs until Wed 29 Apr.",
            "Opens Thu 30 Apr. Or ask for a waiver in writing.",
            "r 8.1",
        ),
    )
    assert refusal("The finding was not recorded", Refused((problem,))).because == reasons([problem])
    assert refusal("The finding was not recorded", Refused((problem,))).kept == KEPT


def test_days_in_a_sentence_stand_out_and_nothing_in_it_becomes_markup() -> None:
    assert strong_days("Day 15 was <b>Mon 20 April</b>, after Good Friday 3 April.") == (
        "Day 15 was &lt;b&gt;<strong>Mon 20 April</strong>&lt;/b&gt;, after Good Friday 3 April."
    )


def test_a_clause_is_escaped_and_isolated() -> None:
    assert clause("r <1>") == '<bdi class="clause">r &lt;1&gt;</bdi>'
    assert clause("r 1", "/rules?a=1&b=2") == '<a class="clause" href="/rules?a=1&amp;b=2"><bdi>r 1</bdi></a>'
    assert clause("") == ""


def test_a_glyph_that_does_not_exist_is_an_error_not_a_blank() -> None:
    assert 'href="#g-late"' in glyph("late")
    with pytest.raises(ValueError, match="cheer"):
        glyph("cheer")
