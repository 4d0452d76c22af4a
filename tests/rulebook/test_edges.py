"""Rulebooks where only a slight difference shows: each of these was a mutant that lived."""

import pytest
from tests.timetable.small_books import FRAME

from duly.rulebook.book import Counting, Rulebook
from duly.rulebook.fault import Unreadable
from duly.rulebook.phrases import Counted
from duly.rulebook.read import read
from duly.vocabulary import Length, Unit


def read_with(steps: str, *changes: tuple[str, str], stages: str = '"one", "two"') -> Rulebook | Unreadable:
    text = FRAME.format(stages=stages, steps=steps)
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return read(text)


def book(steps: str, *changes: tuple[str, str], stages: str = '"one", "two"') -> Rulebook:
    found = read_with(steps, *changes, stages=stages)
    assert isinstance(found, Rulebook), str(found)
    return found


def faults(steps: str, *changes: tuple[str, str], stages: str = '"one", "two"') -> list[str]:
    found = read_with(steps, *changes, stages=stages)
    assert isinstance(found, Unreadable)
    return [str(each) for each in found.problems]


@pytest.mark.parametrize(
    ("length", "leaves_out"),
    [
        (Length(5, Unit.DAYS), True),
        (Length(6, Unit.DAYS), False),
        (Length(5, Unit.CLEAR_DAYS), True),
        (Length(1, Unit.WEEKS), False),
        (Length(1, Unit.MONTHS), False),
        (Length(99, Unit.WORKING_DAYS), True),
    ],
)
def test_a_short_period_is_one_of_at_most_so_many_days(length: Length, leaves_out: bool) -> None:
    assert Counting(short_period=5).leaves_closed_days_out(length) is leaves_out
    assert Counting().leaves_closed_days_out(length) is (length.unit is Unit.WORKING_DAYS)
    assert Counting(short_period=7).leaves_closed_days_out(Length(1, Unit.WEEKS))
    assert not Counting(short_period=6).leaves_closed_days_out(Length(1, Unit.WEEKS))


def test_each_channel_has_its_own_time_to_take_effect() -> None:
    post = Length(2, Unit.DAYS)
    counting = Counting(by_post=post)
    assert [counting.takes_effect_after(channel) for channel in ("post", "e-mail", "web", "hand", "?")] == [
        post,
        *[None] * 4,
    ]


PARTIES = (
    ("complainant = { party = true }", 'reporter = { party = true, is = "complainant" }'),
    ("overseer = {}", "overseer = {}\ncomplaints-clerk = {}"),
)


def test_a_party_is_what_it_is_called_or_said_to_be_and_no_other_office_is_one() -> None:
    found = book("", *PARTIES)
    assert found.party_office("complainant") == "reporter"
    assert found.party_office("respondent") == "respondent"
    assert found.party_office("officer") is None
    assert found.role_of("reporter") == "complainant"
    assert found.role_of("respondent") == "respondent"
    assert found.role_of("officer") is None
    assert found.role_of("nobody") is None


def test_whoever_answers_for_the_timetable_is_told_and_appoints_or_else_who_receives() -> None:
    plain, led = book(""), book("", ("chair = {}", "chair = { accountable = true }"))
    assert (plain.watchers, plain.appointing) == (("officer",), ("officer",))
    assert (led.watchers, led.appointing) == (("chair",), ("chair",))
    told = book(
        '[defaults]\nif_an_office_is_late = "tells overseer"\n',
        ("chair = {}", "chair = { accountable = true }"),
    )
    assert told.watchers == ("overseer",)


LIMITS = (
    '[one.act]\nby = "officer"\nwithin = ["9 days after receive", "20 days after receive"]\n'
    '[one.other]\nby = "officer"\nwithin = "9 days after receive"\n'
    '[limit.backstop]\nfor = "act"\nwithin = "40 days after receive"\nif_late = "nothing"\n'
)


def test_limits_stand_in_the_order_of_the_file_each_named_one_with_its_step() -> None:
    assert [(each.name, each.part) for each in book(LIMITS).limits] == [
        ("act", 0),
        ("act", 1),
        ("backstop", 0),
        ("other", 0),
    ]


MODEL = (
    '[blank.window]\nfrom = "{least}"\nto = "{most}"\n{filled}'
    '[one.act]\nby = "officer"\nwithin = "{{window}} after receive"\n'
)


@pytest.mark.parametrize(
    ("least", "most", "filled", "says"),
    [
        ("14 days", "14 days", "", None),
        ("14 days", "2 weeks", "", None),
        ("14 days", "13 days", "", "13 days is shorter than 14 days."),
        ("14 days", "28 days", "14 days", None),
        ("14 days", "28 days", "28 days", None),
        ("14 days", "28 days", "13 days", "13 days is less than the model allows."),
        ("14 days", "28 days", "29 days", "29 days is more than the model allows."),
    ],
)
def test_a_blank_lies_between_its_bounds_and_may_be_either(
    least: str, most: str, filled: str, says: str | None
) -> None:
    steps = MODEL.replace("{{", "\0").replace("}}", "\1")
    steps = steps.format(least=least, most=most, filled=f'is = "{filled}"\n' if filled else "")
    steps = steps.replace("\0", "{").replace("\1", "}")
    if says is None:
        timing = book(steps).limits[0].timing
        assert isinstance(timing, Counted)
        assert str(timing.length) == (filled or least)
    else:
        assert any(says in each for each in faults(steps))


def test_a_blank_says_nothing_else() -> None:
    steps = MODEL.replace("{{", "\0").replace("}}", "\1")
    steps = steps.format(least="14 days", most="28 days", filled='colour = "blue"\n')
    assert any("colour" in each for each in faults(steps.replace("\0", "{").replace("\1", "}")))
