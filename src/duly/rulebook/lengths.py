"""Lengths of time in the words of a rulebook: "10 working days", "1 year", "10 days in season"."""

import re

from duly.rulebook.fault import shown
from duly.rulebook.names import NAME, Spot
from duly.vocabulary import Length, Unit

MOST_YEARS = 100
MOST = {Unit.YEARS: MOST_YEARS, Unit.MONTHS: MOST_YEARS * 12, Unit.WEEKS: MOST_YEARS * 53}
MOST_OTHERWISE = MOST_YEARS * 366

_UNITS = {word: unit for unit in Unit for word in (unit.value, unit.singular)}
_IN_SEASON = re.compile(r"(days?) in (\S+)\Z")
_SMALL = (
    *(
        "no",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
    ),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORDS = {
    **{word: n for n, word in enumerate(_SMALL)},
    **{word: 10 * n for n, word in enumerate(_TENS, 2)},
    **{"a": 1, "an": 1},
}


def read_length(text: str, spot: Spot, *, whole: str | None = None) -> Length | None:
    """`text` as a length; `whole` is the phrase it stands in, as faults show it."""
    whole = text if whole is None else whole
    amount, _, unit = " ".join(text.split()).partition(" ")
    if amount in _WORDS and amount != "no":
        spot.note_said(
            whole, f'"{amount}" is a word.', f'Write it in figures: "{_WORDS[amount]} {shown(unit)}".'
        )
        return None
    if not (amount.isascii() and amount.isdigit()) or not unit:
        spot.note_said(
            whole, "a length is a number and a unit.", 'For instance "14 days" or "10 working days".'
        )
        return None
    season = _IN_SEASON.match(unit)
    known = _UNITS.get(season.group(1) if season else unit)
    if known is None or (season and not NAME.match(season.group(2))):
        spot.note_said(whole, f'I do not know "{shown(unit)}".', _unit_meant(unit, spot))
        return None
    most = MOST.get(known, MOST_OTHERWISE)
    if len(amount) > len(str(most)) or not 0 < int(amount) <= most:
        says = f"{shown(amount, 24)} {known} is no time for people."
        spot.note_said(whole, says, f"Write a number from 1 to {most:,}.")
        return None
    return Length(int(amount), known, season.group(2) if season else None)


def read_every(text: str, spot: Spot) -> Length | None:
    """`every 28 days`, `every year`: how often something comes round."""
    words = " ".join(text.split())
    if not words.startswith("every "):
        spot.note_said(text, "I expected how often.", 'For instance "every 28 days".')
        return None
    rest = words.removeprefix("every ")
    return read_length(f"1 {rest}" if rest in _UNITS else rest, spot, whole=text)


def begins_with_number(words: str) -> bool:
    """Whether a phrase begins as a length does: "14 days", "two weeks from", and not "a hearing"."""
    first, _, unit = words.partition(" ")
    return words[:1].isdigit() or (first in _WORDS and unit.startswith(tuple(_UNITS)))


def in_words(number: str) -> str:
    """A number as it begins a question: "fourteen"; in figures above ninety-nine."""
    if not (number.isascii() and number.isdigit()) or len(number) > 2:
        return shown(number, 24)
    amount = int(number)
    if amount < len(_SMALL):
        return _SMALL[amount]
    tens, ones = _TENS[amount // 10 - 2], amount % 10
    return f"{tens}-{_SMALL[ones]}" if ones else tens


def _unit_meant(unit: str, spot: Spot) -> str:
    if "day" in unit or "business" in unit or "work" in unit:
        calendar = spot.reading.calendar
        named = f" (the calendar {calendar})" if calendar else ""
        return f'Say "working days"{named} or "days".'
    near = spot.reading.meant(unit, _UNITS)
    return f'Did you mean "{near}"?' if near else f"Say one of: {', '.join(unit.value for unit in Unit)}."
