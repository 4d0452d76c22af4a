"""Acts at random: no exception, nobody stuck, no party's time while it is barred, no day moved earlier.

Every run is a few cases, the same each time. DULY_LONG_WALKS=300 plays that many of each rulebook, longer
ones and other ones each time: thousands of acts, in some minutes.
"""

import os

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.procedure.walking import LAST, Tape, Walk
from tests.timetable.casebook import calendar, rulebook

LONG = int(os.environ.get("DULY_LONG_WALKS", "0"))
MOVES_AFTER_THE_END = 4
BOOKS = {
    "village-bands": rulebook(),
    "example-association": rulebook("rulebooks/example-association/2026.toml"),
}
CALENDAR = calendar()


@pytest.mark.parametrize("book", BOOKS)
@settings(
    max_examples=LONG or 6,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=not LONG,
    database=None,
    phases=tuple(Phase) if LONG else (Phase.generate,),
)
@given(st.lists(st.integers(0, 10_000), min_size=150 if LONG else 90, max_size=600 if LONG else 150))
def test_a_case_played_at_random(book: str, numbers: list[int]) -> None:
    tape = Tape(numbers)
    walk = Walk(BOOKS[book], CALENDAR, tape)
    left = MOVES_AFTER_THE_END
    while tape.at < len(numbers) and walk.day < LAST and left:
        walk.move()
        left -= walk.marking.closed_on is not None
    walk.look_back()
