"""The record drawn by hand is what the look's template draws, byte for byte."""

from datetime import date

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from duly_server.web.desk.case_record_drawn import TEMPLATE, drawn
from duly_server.web.shared.chips import Glyph
from duly_server.web.shared.timeline import ClockEffect, EffectKind, Entry, Owed, Timeline

HOSTILE = '<b>“it\'s” & "that"</b> {{ 7 }}'
EFFECTS = (
    ClockEffect(EffectKind.STARTS, "Answer, 15 working days, Mon 20 Apr"),
    ClockEffect(EffectKind.STOPS, "Sift", late="2 working days late"),
    ClockEffect(EffectKind.STOPS, late="2 working days late"),
    ClockEffect(EffectKind.MOVES, "Answer", before="Mon 20 Apr", after="Wed 29 Apr"),
    ClockEffect(EffectKind.MOVES, before="20 Apr", after=HOSTILE),
    ClockEffect(EffectKind.SAYS, HOSTILE),
)
ENTRIES = (
    *(Entry(on=date(2026, 4, 22), glyph=glyph, title="Served", place=7) for glyph in Glyph),
    Entry(on=date(2026, 4, 22), glyph=Glyph.LATE, title=HOSTILE, by=HOSTILE, clause=HOSTILE),
    Entry(on=date(2026, 4, 21), glyph=Glyph.DONE, title="By nobody", clause="r 6.2", place=0),
    Entry(on=date(2026, 4, 20), glyph=Glyph.DONE, title="No clause", by="Ilse Marrow, case officer"),
    *(Entry(on=date(2025, 3, 2), glyph=Glyph.DONE, title="x", effects=EFFECTS[:n]) for n in range(7)),
)
OWED = (Owed(on=date(2026, 6, 12), title="Decision owed", whose="panel", clause="r 9.1"),)
TIMELINES = {
    "empty": Timeline(date(2026, 4, 23), ()),
    "only owed": Timeline(date(2026, 4, 23), (), OWED),
    "every kind": Timeline(date(2026, 4, 23), ENTRIES, OWED),
    "quoted": Timeline(
        date(2026, 4, 23), (Entry(on=date(2026, 4, 1), glyph=Glyph.EYE, title="Said", text="One.\nTwo."),)
    ),
}


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("timeline", TIMELINES.values(), ids=TIMELINES.keys())
def test_it_is_the_template_byte_for_byte(timeline: Timeline, language: str) -> None:
    with translation.override(language):
        assert drawn(timeline) == render_to_string(TEMPLATE, {"timeline": timeline})
