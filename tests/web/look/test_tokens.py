"""Every colour that carries text or a shape is told apart from its ground, in both modes, by computing it."""

import re
from pathlib import Path

import pytest

SHEETS = Path(__file__).parents[3] / "src" / "duly_server" / "web" / "static" / "look"
TOKEN = re.compile(r"--([\w-]+):\s*(#[0-9A-F]{6});")

# AA for text (1.4.3), and for shapes (1.4.11).
TEXT, SHAPE = 4.5, 3.0
GROUNDS = ("surface", "paper")
PAIRS = [
    *((ink, ground, TEXT) for ink in ("ink", "ink-2", "ink-3") for ground in (*GROUNDS, "sunken")),
    *((ink, ground, TEXT) for ink in ("accent", "accent-strong") for ground in (*GROUNDS, "accent-soft")),
    *(
        (ink, ground, TEXT)
        for ink in ("late", "soon", "pause", "done")
        for ground in (*GROUNDS, f"{ink}-soft")
    ),
    ("on-accent", "accent", TEXT),
    ("on-accent", "accent-strong", TEXT),
    ("ink", "soon-soft", TEXT),
    ("ink", "accent-soft", TEXT),
    ("ink-3", "accent-soft", TEXT),
    ("ink-2", "done-soft", TEXT),
    ("surface", "done", SHAPE),
    ("surface", "late", SHAPE),
    *(("edge", ground, SHAPE) for ground in GROUNDS),
    *(("soon-bar", ground, SHAPE) for ground in GROUNDS),
    ("accent", "track", SHAPE),
    ("ink", "track", SHAPE),
    ("late", "late-soft", SHAPE),
    ("pause", "pause-soft", SHAPE),
    ("ring", "halo", SHAPE),
]


def palettes() -> dict[str, dict[str, str]]:
    text = (SHEETS / "tokens.css").read_text(encoding="utf-8")
    light, rest = text.split("@media screen and (prefers-color-scheme: dark)")
    dark = rest.split("@media (forced-colors: active)")[0]
    return {"light": dict(TOKEN.findall(light)), "dark": dict(TOKEN.findall(dark))}


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_the_measure_itself_is_right() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize(("front", "ground", "least"), PAIRS)
def test_a_pair_is_told_apart(mode: str, front: str, ground: str, least: float) -> None:
    palette = palettes()[mode]
    assert contrast(palette[front], palette[ground]) >= least


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_focus_ring_shows_on_every_ground(mode: str) -> None:
    """Two tones: whatever the ground, one of them stands out from it."""
    palette = palettes()[mode]
    for ground, colour in palette.items():
        best = max(contrast(palette["ring"], colour), contrast(palette["halo"], colour))
        assert best >= SHAPE, ground


def test_both_modes_have_the_same_tokens() -> None:
    light, dark = palettes()["light"], palettes()["dark"]
    assert light.keys() == dark.keys()
    assert len(light) == 24


def test_no_other_sheet_names_a_colour() -> None:
    named = re.compile(r"#[0-9a-fA-F]{3,8}\b(?!-)|\brgba?\(|\bhsla?\(")
    for sheet in SHEETS.glob("*.css"):
        if sheet.name != "tokens.css":
            assert named.findall(sheet.read_text(encoding="utf-8")) == [], sheet.name


def test_every_token_that_is_used_exists() -> None:
    texts = {sheet.name: sheet.read_text(encoding="utf-8") for sheet in SHEETS.glob("*.css")}
    known = set(re.findall(r"--([\w-]+)\s*:", "".join(texts.values())))
    for name, text in texts.items():
        assert set(re.findall(r"var\(--([\w-]+)", text)) <= known, name


def test_directions_are_logical_so_that_a_page_can_turn_round() -> None:
    """`left` and `right` would stay where they are in Arabic and Hebrew."""
    physical = re.compile(
        r"(?<![\w-])(?:(?:margin|padding|border)-)?(?:left|right)(?:-\w+)?\s*:|:\s*(?:left|right)\b"
    )
    for sheet in SHEETS.glob("*.css"):
        assert physical.findall(sheet.read_text(encoding="utf-8")) == [], sheet.name
