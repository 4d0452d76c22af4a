"""The pieces of the look filled with an invented case, as on Thursday 23 April 2026."""

from datetime import date, timedelta

from duly_server.web.shared import chips
from duly_server.web.shared.axis import months_axis, weeks_axis
from duly_server.web.shared.chips import Chip, Glyph, Shape
from duly_server.web.shared.clock import ClockView, Pause
from duly_server.web.shared.timetable import Timetable, TimetableRow
from duly_server.web.shared.why import (
    ClauseLink,
    CountedDay,
    DayKind,
    WhySentence,
    WhyThisDate,
    calendar_weeks,
)

TODAY = date(2026, 4, 23)
HOLIDAYS = {date(2026, 4, 3), date(2026, 4, 6), date(2026, 5, 4), date(2026, 5, 25)}


def day(month: int, day_: int) -> date:
    return date(2026, month, day_)


ON_TIME = ClockView(started_on=day(4, 2), due_on=day(4, 30))
TEN_STATES = (
    ("On time", ON_TIME, "solid: the office’s own time used; pale: time left; tall tick: current due date"),
    (
        "A party’s time",
        ClockView(started_on=day(4, 2), due_on=day(4, 30), is_partys=True),
        "hollow: time that belongs to a party. Never drawn as a fault",
    ),
    (
        "Due soon",
        ClockView(started_on=day(4, 2), due_on=day(4, 24)),
        "the bar does not change; the chip beside it says how many working days",
    ),
    (
        "Paused",
        ClockView(
            started_on=day(3, 23),
            due_on=day(5, 6),
            original_on=day(4, 24),
            pauses=(Pause(day(4, 8), day(4, 22)),),
        ),
        "hatched block, taller than the bar: days not counted, still shown",
    ),
    (
        "Extended",
        ClockView(started_on=day(3, 26), due_on=day(5, 4), original_on=day(4, 20)),
        "pin: original date, never moved or removed; dotted: the extension",
    ),
    (
        "Late",
        ClockView(started_on=day(3, 20), due_on=day(4, 9)),
        "counter-hatched past the current date, growing to today",
    ),
    (
        "Late after extension",
        ClockView(started_on=day(3, 20), due_on=day(4, 15), original_on=day(4, 1)),
        "two figures beside it: against the current and the original date",
    ),
    (
        "Done in time",
        ClockView(started_on=day(3, 20), due_on=day(4, 16), stopped_on=day(4, 10)),
        "grey, quiet; disc with a tick where it stopped",
    ),
    (
        "Done late",
        ClockView(started_on=day(3, 20), due_on=day(4, 7), stopped_on=day(4, 14)),
        "stays visible for ever: lateness is not forgiven by doing it",
    ),
    (
        "Not started",
        ClockView(expected_on=day(4, 29), due_on=day(5, 10)),
        "no start tick, dashed due tick: the latest it could be",
    ),
)
AXIS = weeks_axis(TODAY, before=6, after=4)

STATE_CHIPS: tuple[Chip, ...] = (
    chips.late(2),
    chips.due_today(),
    chips.left(5),
    chips.waiting(),
    chips.paused(),
    chips.done(day(3, 26)),
    chips.not_started(),
    chips.extended(1),
)
ANSWERS = (
    Chip(Glyph.RESTRICTED, "restricted"),
    Chip(Glyph.CLEAR, "clear"),
    Chip(Glyph.EYE, "needs a person’s eye"),
    Chip(Glyph.WARNING, "warning"),
)
FINDINGS = (
    chips.finding("Proved", Shape.FULL),
    chips.finding("Proved in part", Shape.HALF),
    chips.finding("Not proved", Shape.EMPTY),
    chips.finding("Withdrawn", Shape.BARRED),
    chips.finding("No jurisdiction", Shape.OUTSIDE),
    chips.finding("Remitted"),
)

ANSWER_CLOCK = ClockView(
    started_on=day(3, 26),
    due_on=day(4, 29),
    original_on=day(4, 20),
    is_partys=True,
    pauses=(Pause(day(4, 8), day(4, 10)),),
)


def counted_days() -> tuple[CountedDay, ...]:
    """15 working days after Thu 26 March, two of them paused, five more given."""
    days = [CountedDay(day(3, 26), DayKind.TRIGGER, word="served")]
    number, on = 0, day(3, 26)
    while number < 20:
        on += timedelta(days=1)
        if on.weekday() >= 5:
            continue
        if on in HOLIDAYS:
            days.append(CountedDay(on, DayKind.CLOSED, word="holiday"))
        elif on in (day(4, 8), day(4, 9)):
            days.append(CountedDay(on, DayKind.PAUSED, word="paused"))
        else:
            number += 1
            days.append(CountedDay(on, DayKind.COUNTED, number))
    return tuple(days)


WHY = WhyThisDate(
    title="Why Wednesday 29 April 2026?",
    lead="Answer to the notice: 15 working days after service. Not counting the day of service.",
    total="20 days counted",
    arithmetic="= 15 by the rule + 5 extended. 2 paused days not counted.",
    sentences=(
        WhySentence(
            "Served Thu 26 March. Day 1 is Fri 27 March.",
            (ClauseLink("r 6.2", "#r6"), ClauseLink("r 2.4", "#r2")),
        ),
        WhySentence(
            "Skipped: 8 weekend days, Good Friday 3 April, Easter Monday 6 April."
            " Day 15 was Mon 20 April, the original date."
        ),
        WhySentence(
            "Paused 8 and 9 April: portal out of service. Day 15 moved to Wed 22 April.",
            (ClauseLink("r 4.6(d)", "#r4"),),
        ),
        WhySentence(
            "Extended 5 working days by Suri Halloran, chair, at the respondent’s request on 17 April; 25 and"
            " 26 April are a weekend. Day 20 is Wed 29 April. It can’t be extended again.",
            (ClauseLink("r 6.5", "#r6"),),
        ),
    ),
    if_missed=WhySentence(
        "the case goes on without an answer, and the investigator is told.", (ClauseLink("r 6.6", "#r6"),)
    ),
    told="R, C1 and C2 on 10 and 17 April.",
    basis="Rulebook 2026 · calendar GB-ENG 2026, edition 1",
    facts="Facts 9, 14, 15, 18",
    facts_url="#fact-9",
    close_url="?",
    weeks=calendar_weeks(counted_days(), due_on=day(4, 29), original_on=day(4, 20), today=TODAY),
)


def _row(title: str, whose: str, clause: str, clock: ClockView, chip: Chip, **more: object) -> TimetableRow:
    return TimetableRow(
        anchor=title.lower().replace(" ", "-").replace("’", ""),
        title=title,
        whose=whose,
        clause=clause,
        clock=clock,
        chip=chip,
        **more,  # type: ignore[arg-type]  # the rest of the row, by name
    )


ROWS = (
    _row(
        "Disclose exhibit E8",
        "case officer",
        "r 7.4",
        ClockView(started_on=day(4, 16), due_on=day(4, 21)),
        chips.late(2),
        note="was due Tue 21 Apr, date never moved",
        why_url="?why=disclose",
    ),
    _row(
        "Answer to the notice",
        "respondent",
        "r 6.2",
        ANSWER_CLOCK,
        chips.left(4, is_partys=True),
        date="Wed 29 Apr",
        note="originally Mon 20 Apr · paused 2, extended 5",
        why=WHY,
    ),
    _row(
        "Progress update",
        "case officer",
        "r 12.1",
        ClockView(started_on=day(4, 2), due_on=day(4, 30)),
        chips.left(5),
        date="Thu 30 Apr",
    ),
    _row(
        "Review suspension",
        "chair",
        "r 15.3",
        ClockView(started_on=day(4, 20), due_on=day(5, 18)),
        chips.left(16),
        date="Mon 18 May",
        note="second review; the first was on Mon 20 Apr",
    ),
    _row(
        "Investigator’s report",
        "investigator",
        "r 7.2",
        ClockView(expected_on=day(4, 29), due_on=day(5, 29)),
        chips.not_started(),
        date="Fri 29 May",
        note="starts when the answer is in, or on 29 Apr",
    ),
    _row(
        "Serve the decision",
        "panel",
        "r 9.1",
        ClockView(started_on=day(3, 20), due_on=day(6, 12)),
        chips.left(34),
        date="Fri 12 Jun",
        why_url="?why=decision",
    ),
    _row(
        "Serve the notice",
        "case officer",
        "r 5.1",
        ClockView(started_on=day(3, 20), due_on=day(3, 27), stopped_on=day(3, 26)),
        chips.done(day(3, 26)),
        beside="1 day early",
    ),
    _row(
        "Sift decision",
        "sift officer",
        "r 4.3",
        ClockView(started_on=day(3, 4), due_on=day(3, 18), stopped_on=day(3, 20)),
        chips.done(day(3, 20)),
        beside="2 working days late",
        is_late=True,
    ),
    _row(
        "Acknowledge",
        "intake",
        "r 3.1",
        ClockView(started_on=day(3, 2), due_on=day(3, 9), stopped_on=day(3, 4)),
        chips.done(day(3, 4)),
        beside="3 days early",
    ),
)
TIMETABLE = Timetable(months_axis((row.clock for row in ROWS), today=TODAY), ROWS)
DOCKET_AXIS = weeks_axis(TODAY, before=7, after=6)
