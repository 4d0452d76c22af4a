"""An organisation's own accent: told apart from every ground it stands on, in light and in dark.

Ratios are WCAG 2's, of the grounds of the look (docs/reference/look.md).
"""

import re
from dataclasses import dataclass

LEAST = 4.5  # WCAG 2.2, 1.4.3: text
LIGHT = {"white": "#FFFFFF", "the page": "#F6F5F1"}
DARK = {"the dark surface": "#1A1E22", "the dark page": "#131619"}
DARKEST = "#0F1214"
_COMFORTABLE = 8.0  # of a dark accent that we make ourselves: as the look's own has it
_HEX = re.compile(r"#[0-9A-Fa-f]{6}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """The four tokens that hang on the accent, in one mode, each "#RRGGBB"."""

    accent: str
    strong: str
    soft: str
    on: str


def is_colour(said: str) -> bool:
    return bool(_HEX.fullmatch(said))


def too_close(accent: str, grounds: dict[str, str]) -> str | None:
    """The ground from which this accent is told apart least, and the figure: "3.10 on white". None: fine."""
    name, least = min(((name, contrast(accent, g)) for name, g in grounds.items()), key=lambda each: each[1])
    # Cut, not rounded: 4.49 must not be told as 4.5.
    return None if least >= LEAST else f"{int(least * 100) / 100:.2f} on {name}"


def palette(light: str, dark: str = "") -> tuple[Palette, Palette]:
    """What follows from an accent that passes, for light and dark; without `dark` a lighter one is made."""
    dark = dark or lightened(light)
    return (
        Palette(
            accent=light.upper(),
            strong=mixed(light, "#000000", 0.3),
            soft=_soft(light, "#FFFFFF"),
            on="#FFFFFF",
        ),
        Palette(
            accent=dark.upper(),
            strong=mixed(dark, "#FFFFFF", 0.4),
            soft=_soft(dark, DARK["the dark surface"]),
            on=DARKEST,
        ),
    )


def lightened(accent: str) -> str:
    """The same hue, light enough to be read with ease on the dark surface."""
    steps = (mixed(accent, "#FFFFFF", part / 50) for part in range(51))
    return next(each for each in steps if contrast(each, DARK["the dark surface"]) >= _COMFORTABLE)


def mixed(one: str, other: str, part: float) -> str:
    """`part` of `other` in `one`."""
    return "#" + "".join(
        f"{round(a + (b - a) * part):02X}" for a, b in zip(_channels(one), _channels(other), strict=True)
    )


def contrast(one: str, other: str) -> float:
    """WCAG 2: from 1 to 21."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _soft(accent: str, ground: str) -> str:
    """A tint of the ground on which the accent itself can be read: the strongest up to 13 parts in 100."""
    tints = (mixed(ground, accent, part / 100) for part in range(13, 0, -1))
    return next((each for each in tints if contrast(accent, each) >= LEAST), ground)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    shares = [channel / 255 for channel in _channels(colour)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
