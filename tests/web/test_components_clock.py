"""The clock bar: a clock and an axis become blocks and marks; the same facts become a sentence."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duly_server.web.shared.axis import Axis, AxisMark, months_axis, weeks_axis
from duly_server.web.shared.bar import bar
from duly_server.web.shared.clock import ClockView, Pause, Standing
from duly_server.web.shared.drawing import (
    Added,
    BarSize,
    Block,
    BlockKind,
    ClockDrawing,
    Mark,
    MarkKind,
    clock_bar,
)

TODAY = date(2026, 4, 23)
# A hundred days, so that a day is one per cent: 0 is 13 February, today 69, 100 is 24 May.
AXIS = Axis(first=date(2026, 2, 13), last=date(2026, 5, 24), today=TODAY)


def at(percent: int) -> date:
    return AXIS.first + timedelta(days=percent)


def blocks(drawing: ClockDrawing) -> list[tuple[BlockKind, float, float]]:
    return [(block.kind, block.x, block.width) for block in drawing.blocks]


def marks(drawing: ClockDrawing) -> list[tuple[MarkKind, float]]:
    return [(mark.kind, mark.x) for mark in drawing.marks]


def test_on_time_is_time_used_to_today_then_time_left_then_a_tall_tick() -> None:
    drawing = clock_bar(ClockView(started_on=at(40), due_on=at(80)), AXIS)
    assert blocks(drawing) == [(BlockKind.USED, 40, 29), (BlockKind.LEFT, 69, 11)]
    assert marks(drawing) == [(MarkKind.START, 40), (MarkKind.DUE, 80)]
    assert drawing.added is None
    assert drawing.today_percent == "69.00%"


def test_a_partys_time_is_hollow() -> None:
    drawing = clock_bar(ClockView(started_on=at(40), due_on=at(80), is_partys=True), AXIS)
    assert blocks(drawing) == [(BlockKind.PARTYS, 40, 29), (BlockKind.LEFT, 69, 11)]


def test_due_soon_does_not_change_the_bar() -> None:
    drawing = clock_bar(ClockView(started_on=at(40), due_on=at(70)), AXIS)
    assert blocks(drawing) == [(BlockKind.USED, 40, 29), (BlockKind.LEFT, 69, 1)]


def test_a_pause_interrupts_the_time_used_and_adds_a_dotted_box_after_the_pin() -> None:
    clock = ClockView(started_on=at(30), due_on=at(84), original_on=at(74), pauses=(Pause(at(50), at(60)),))
    drawing = clock_bar(clock, AXIS)
    assert blocks(drawing) == [
        (BlockKind.USED, 30, 20),
        (BlockKind.USED, 60, 9),
        (BlockKind.LEFT, 69, 5),
        (BlockKind.PAUSED, 50, 10),
    ]
    assert drawing.added == Added(74, 84)
    assert marks(drawing) == [(MarkKind.START, 30), (MarkKind.PIN, 74), (MarkKind.DUE, 84)]
    assert drawing.blocks[-1].height == drawing.blocks[0].height + 4


def test_a_pause_that_lasts_reaches_today() -> None:
    clock = ClockView(started_on=at(30), due_on=at(84), original_on=at(74), pauses=(Pause(at(60)),))
    assert (BlockKind.PAUSED, 60, 9) in blocks(clock_bar(clock, AXIS))


def test_two_pauses_leave_three_stretches_of_time_used() -> None:
    clock = ClockView(started_on=at(10), due_on=at(80), pauses=(Pause(at(40), at(45)), Pause(at(20), at(25))))
    used = [block for block in blocks(clock_bar(clock, AXIS)) if block[0] is BlockKind.USED]
    assert used == [(BlockKind.USED, 10, 10), (BlockKind.USED, 25, 15), (BlockKind.USED, 45, 24)]


def test_an_extension_past_its_original_date_keeps_the_pin_on_the_bar() -> None:
    drawing = clock_bar(ClockView(started_on=at(40), due_on=at(80), original_on=at(66)), AXIS)
    assert blocks(drawing) == [(BlockKind.USED, 40, 29)]
    assert drawing.added == Added(69, 80)
    assert marks(drawing) == [(MarkKind.START, 40), (MarkKind.PIN, 66), (MarkKind.DUE, 80)]


def test_late_is_hatched_past_the_tick_and_grows_to_today() -> None:
    drawing = clock_bar(ClockView(started_on=at(40), due_on=at(60)), AXIS)
    assert blocks(drawing) == [(BlockKind.USED, 40, 20), (BlockKind.PAST, 60, 9)]
    assert [block.pattern for block in drawing.blocks] == ["", "hatch-past"]


def test_late_after_an_extension_shows_both_dates() -> None:
    drawing = clock_bar(ClockView(started_on=at(40), due_on=at(60), original_on=at(50)), AXIS)
    assert blocks(drawing) == [(BlockKind.USED, 40, 20), (BlockKind.PAST, 60, 9)]
    assert marks(drawing) == [(MarkKind.START, 40), (MarkKind.PIN, 50), (MarkKind.DUE, 60)]
    assert drawing.added is None


def test_done_in_time_is_grey_with_a_disc_where_it_stopped() -> None:
    drawing = clock_bar(ClockView(started_on=at(20), due_on=at(50), stopped_on=at(44)), AXIS)
    assert blocks(drawing) == [(BlockKind.ENDED, 20, 24), (BlockKind.LEFT, 44, 6)]
    assert marks(drawing) == [(MarkKind.START, 20), (MarkKind.DUE, 50), (MarkKind.DISC, 44)]


def test_done_late_keeps_its_hatched_tail() -> None:
    drawing = clock_bar(ClockView(started_on=at(20), due_on=at(44), stopped_on=at(50)), AXIS)
    assert blocks(drawing) == [(BlockKind.ENDED, 20, 24), (BlockKind.PAST, 44, 6)]
    assert marks(drawing)[-1] == (MarkKind.DISC_LATE, 50)


def test_what_a_party_does_not_do_in_time_is_never_drawn_as_lateness() -> None:
    waiting = clock_bar(ClockView(started_on=at(40), due_on=at(60), is_partys=True), AXIS)
    assert blocks(waiting) == [(BlockKind.PARTYS, 40, 20)]
    assert waiting.says.endswith(", the time is up.")
    done = ClockView(started_on=at(20), due_on=at(44), stopped_on=at(50), is_partys=True)
    assert blocks(clock_bar(done, AXIS)) == [(BlockKind.ENDED, 20, 24)]
    assert marks(clock_bar(done, AXIS))[-1] == (MarkKind.DISC, 50)
    assert clock_bar(done, AXIS).says.endswith(", after its time was up.")


def test_not_started_has_no_start_tick_and_a_dashed_due_tick() -> None:
    drawing = clock_bar(ClockView(expected_on=at(75), due_on=at(90)), AXIS)
    assert blocks(drawing) == [(BlockKind.LEFT, 75, 15)]
    assert marks(drawing) == [(MarkKind.LATEST, 90)]


def test_a_bar_is_drawn_piece_by_piece_in_per_cent_with_its_sentence_escaped() -> None:
    clock = ClockView(started_on=at(30), due_on=at(84), original_on=at(74), pauses=(Pause(at(50), at(60)),))
    axis = replace(AXIS, marks=(AxisMark(at(16), "March", has_line=True),))
    drawing = replace(clock_bar(clock, axis, size=BarSize.PAGE), says='<b>"15" & more</b>')
    assert bar(drawing) == (
        '<svg class="clock clock-page" role="img" aria-label="&lt;b&gt;&quot;15&quot; &amp; more&lt;/b&gt;">'
        '<line class="clock-month" x1="16.00%" x2="16.00%" y1="0" y2="100%"/>'
        '<line class="clock-today" x1="69.00%" x2="69.00%" y1="0" y2="100%"/><svg y="50%">'
        '<rect class="clock-used" x="30.00%" width="20.00%" y="-4" height="8"/>'
        '<rect class="clock-used" x="60.00%" width="9.00%" y="-4" height="8"/>'
        '<rect class="clock-left" x="69.00%" width="5.00%" y="-4" height="8"/>'
        '<rect class="clock-paused" x="50.00%" width="10.00%" y="-6" height="12" fill="url(#hatch-paused)"/>'
        '<line class="clock-added" x1="74.00%" x2="84.00%" y1="-3.5" y2="-3.5"/>'
        '<line class="clock-added" x1="74.00%" x2="84.00%" y1="3.5" y2="3.5"/>'
        '<svg x="30.00%"><use href="#c-start-page"/></svg>'
        '<svg x="74.00%"><use href="#c-pin-page"/></svg>'
        '<svg x="84.00%"><use href="#c-due-page"/></svg></svg></svg>\n'
    )


def test_without_a_due_date_no_tick_is_invented() -> None:
    drawing = clock_bar(ClockView(started_on=at(40), due_on=None), AXIS)
    assert blocks(drawing) == [(BlockKind.USED, 40, 29)]
    assert marks(drawing) == [(MarkKind.START, 40)]


def test_beyond_either_end_of_the_axis_a_chevron_says_that_it_goes_on() -> None:
    drawing = clock_bar(ClockView(started_on=at(-30), due_on=at(130)), AXIS)
    assert blocks(drawing) == [(BlockKind.USED, 0, 69), (BlockKind.LEFT, 69, 31)]
    assert marks(drawing) == [(MarkKind.BEFORE, 0), (MarkKind.AFTER, 100)]


def test_due_today_the_tick_stands_on_the_line_of_today() -> None:
    drawing = clock_bar(ClockView(started_on=at(60), due_on=TODAY), AXIS)
    assert marks(drawing)[-1] == (MarkKind.DUE, 69)
    assert blocks(drawing) == [(BlockKind.USED, 60, 9)]


def test_the_bar_of_a_page_is_eight_pixels_and_of_a_row_six() -> None:
    clock = ClockView(started_on=at(40), due_on=at(80))
    assert {block.height for block in clock_bar(clock, AXIS).blocks} == {6}
    assert {block.height for block in clock_bar(clock, AXIS, size=BarSize.PAGE).blocks} == {8}


def test_a_number_in_a_drawing_has_a_point_in_every_language() -> None:
    block, mark = Block(BlockKind.USED, 12.5, 100 / 3, 6), Mark(MarkKind.DUE, 12.5)
    assert (block.x_percent, block.width_percent, block.top, mark.x_percent) == (
        "12.50%",
        "33.33%",
        -3,
        "12.50%",
    )


DAYS = st.integers(-60, 160).map(at)


@given(
    started=DAYS, length=st.integers(0, 90), moved=st.integers(-20, 40), lasted=st.none() | st.integers(0, 90)
)
def test_whatever_the_clock_nothing_is_drawn_outside_the_axis(
    started: date, length: int, moved: int, lasted: int | None
) -> None:
    original = started + timedelta(days=length)
    clock = ClockView(
        started_on=started,
        original_on=original,
        due_on=original + timedelta(days=moved),
        stopped_on=None if lasted is None else started + timedelta(days=lasted),
        pauses=(Pause(started + timedelta(days=2), started + timedelta(days=5)),),
    )
    drawing = clock_bar(clock, AXIS)
    for block in drawing.blocks:
        assert 0 <= block.x < block.x + block.width <= 100 + 1e-9
    for mark in drawing.marks:
        assert 0 <= mark.x <= 100


@pytest.mark.parametrize(
    ("clock", "standing"),
    [
        (ClockView(due_on=at(80)), Standing.NOT_STARTED),
        (ClockView(started_on=at(40), due_on=at(80)), Standing.RUNNING),
        (ClockView(started_on=at(40), due_on=TODAY), Standing.RUNNING),
        (ClockView(started_on=at(40), due_on=at(80), pauses=(Pause(at(60)),)), Standing.PAUSED),
        (ClockView(started_on=at(40), due_on=at(80), pauses=(Pause(at(60), at(69)),)), Standing.RUNNING),
        (ClockView(started_on=at(40), due_on=at(68)), Standing.LATE),
        (ClockView(started_on=at(40), due_on=at(60), stopped_on=at(60)), Standing.DONE),
        (ClockView(started_on=at(40), due_on=at(60), stopped_on=at(61)), Standing.DONE_LATE),
    ],
)
def test_how_a_clock_stands(clock: ClockView, standing: Standing) -> None:
    assert clock.standing(today=TODAY) is standing


@pytest.mark.parametrize(
    ("clock", "sentence"),
    [
        (
            ClockView(
                started_on=date(2026, 3, 26),
                due_on=date(2026, 4, 29),
                original_on=date(2026, 4, 20),
                pauses=(Pause(date(2026, 4, 8), date(2026, 4, 10)),),
            ),
            "Started 26 March 2026, due 29 April 2026, originally 20 April 2026,"
            " paused 8 April 2026 to 9 April 2026.",
        ),
        (
            ClockView(started_on=date(2026, 4, 16), due_on=date(2026, 4, 21)),
            "Started 16 April 2026, due 21 April 2026, late.",
        ),
        (
            ClockView(started_on=date(2026, 3, 4), due_on=date(2026, 3, 18), stopped_on=date(2026, 3, 20)),
            "Started 4 March 2026, due 18 March 2026, done 20 March 2026, late.",
        ),
        (
            ClockView(expected_on=date(2026, 4, 29), due_on=date(2026, 5, 29)),
            "Not started, expected to start 29 April 2026, at latest 29 May 2026.",
        ),
        (
            ClockView(started_on=date(2026, 4, 16), due_on=None, pauses=(Pause(date(2026, 4, 20)),)),
            "Started 16 April 2026, no due date yet, paused since 20 April 2026.",
        ),
        (
            ClockView(
                started_on=date(2026, 4, 16),
                due_on=date(2026, 5, 1),
                original_on=date(2026, 5, 1),
                pauses=(Pause(date(2026, 4, 20), date(2026, 4, 21)),),
            ),
            "Started 16 April 2026, due 1 May 2026, paused 20 April 2026.",
        ),
        (ClockView(due_on=None), "Not started, no due date yet."),
    ],
)
def test_the_sentence_says_what_the_drawing_shows(clock: ClockView, sentence: str) -> None:
    assert clock_bar(clock, AXIS).says == sentence


def test_an_axis_of_weeks_names_its_ends_and_today() -> None:
    axis = weeks_axis(TODAY, before=7, after=6)
    assert [(mark.label, round(axis.at(mark.on))) for mark in axis.marks] == [
        ("7 wk ago", 0),
        ("today", 54),
        ("in 6 wk", 100),
    ]


def test_an_axis_of_months_holds_every_clock_and_has_a_line_for_each_month() -> None:
    clocks = (
        ClockView(started_on=date(2026, 3, 2), due_on=date(2026, 3, 9), stopped_on=date(2026, 3, 4)),
        ClockView(started_on=date(2026, 3, 20), due_on=date(2026, 6, 12)),
    )
    axis = months_axis(clocks, today=TODAY)
    assert (axis.first, axis.last) == (date(2026, 3, 1), date(2026, 6, 19))
    assert axis.marks == (
        AxisMark(date(2026, 3, 1), "March", has_line=True),
        AxisMark(date(2026, 4, 1), "April", has_line=True),
        AxisMark(date(2026, 5, 1), "May", has_line=True),
        AxisMark(date(2026, 6, 1), "June", has_line=True),
    )
    assert clock_bar(clocks[0], axis).lines == ("28.18%", "55.45%", "83.64%")


def test_a_long_case_names_fewer_months_and_a_short_rest_of_a_month_none() -> None:
    long = months_axis([ClockView(started_on=date(2025, 1, 30), due_on=date(2026, 6, 1))], today=TODAY)
    assert [mark.label for mark in long.marks] == [
        "",
        "February",
        "May",
        "August",
        "November",
        "February",
        "May",
    ]


def test_the_name_of_a_last_month_stands_only_where_it_ends_with_the_axis() -> None:
    clock = ClockView(started_on=date(2025, 11, 28), due_on=date(2026, 12, 7))
    last = months_axis([clock], today=date(2026, 11, 24)).marks[-1]
    assert (last.on, last.label, last.has_line) == (date(2026, 12, 1), "", True)
    later = ClockView(started_on=date(2025, 11, 28), due_on=date(2027, 1, 20))
    assert months_axis([later], today=date(2026, 11, 24)).marks[-1].label == "December"


def test_an_axis_of_no_length_is_refused() -> None:
    with pytest.raises(ValueError, match="an axis needs a length"):
        Axis(first=TODAY, last=TODAY, today=TODAY)
