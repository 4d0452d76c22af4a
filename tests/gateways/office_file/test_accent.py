"""Whatever accent passes, everything made of it is told apart from its ground, in both modes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duly_server.gateways.office_file.accent import DARK, LIGHT, contrast, mixed, palette, too_close


def until_it_passes(colour: str, towards: str, grounds: dict[str, str]) -> str:
    """The colour itself where it passes, else the nearest to it on the way to `towards` that does."""
    steps = (mixed(colour, towards, part / 40) for part in range(41))
    return next(each for each in steps if too_close(each, grounds) is None)


COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06X}")
TEXT = 4.5


def test_the_measure_is_right() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


def test_the_figure_is_that_of_the_worst_ground_and_never_rounded_up() -> None:
    assert too_close("#767676", LIGHT) == "4.16 on the page"
    assert too_close("#0E5A61", LIGHT) is None


@given(COLOURS.map(lambda colour: until_it_passes(colour, "#000000", LIGHT)))
def test_whatever_passes_gives_two_whole_palettes(accent: str) -> None:
    light, dark = palette(accent)
    for of, grounds in ((light, LIGHT), (dark, DARK)):
        for ground in (*grounds.values(), of.soft):
            assert contrast(of.accent, ground) >= TEXT
            assert contrast(of.strong, ground) >= TEXT
        assert contrast(of.on, of.accent) >= TEXT
        assert contrast(of.on, of.strong) >= TEXT


@given(COLOURS.map(lambda colour: until_it_passes(colour, "#FFFFFF", DARK)))
def test_a_dark_accent_of_ones_own_gives_one_too(accent: str) -> None:
    _, dark = palette("#0E5A61", accent)
    assert dark.accent == accent
    for ground in (*DARK.values(), dark.soft):
        assert contrast(dark.accent, ground) >= TEXT
    assert contrast(dark.on, dark.accent) >= TEXT
