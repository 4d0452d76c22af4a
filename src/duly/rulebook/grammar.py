"""The small language, first half: references to occasions, and times counted from them.

Every function notes its faults at the spot and returns None where there is nothing to return; what could be
read is returned even if a name in it is unknown, for the file is refused as a whole.
"""

import re

from duly.rulebook.fault import shown
from duly.rulebook.lengths import begins_with_number, in_words, read_length
from duly.rulebook.names import NAME, Kind, Spot
from duly.rulebook.phrases import (
    At,
    Begins,
    Counted,
    Direction,
    Ends,
    Event,
    FixedDay,
    LaterOf,
    Occasion,
    Part,
    Reference,
    StepDone,
    StepDue,
    Timing,
    Which,
)
from duly.rulebook.values import DAMAGED, as_list, as_table

MOST_OCCASIONS = 20
MOST_LETTERS = 1_000

_WHICH = re.compile(r"(?:the )?(first|latest)(?: of)? (.+)\Z")
_DIRECTION = re.compile(r"(.+?) (after|beginning with|before)(?: (.+))?\Z")
_OTHER_DIRECTION = re.compile(r"(.+?) (from|of|since|following|until|prior to|starting with|to)(?: (.+))?\Z")
_DONE = re.compile(r"(\S+?)(?: ?: ?(\S+))?(?: by (\S+))?\Z")
_BOUNDS = re.compile(r"(\S+) (begins|ends|is due)\Z")
_EVENTS = {
    **{event.value: event for event in Event},
    "it was served": Event.SERVED,
    "it began": Event.BEGINS,
    "it ended": Event.ENDS,
}
_EVERYWHERE = (Event.CASE_OPENS, Event.CASE_CLOSES)


def phrase(text: str, spot: Spot) -> str:
    """The words of a phrase with single blanks between them; empty, and noted, if there is none to read."""
    if len(text) > MOST_LETTERS:
        spot.note(f"the phrase has {len(text):,} letters.", f"Keep it to {MOST_LETTERS}.")
        return ""
    words = " ".join(text.split())
    if not words:
        spot.note("there are no words in it.", "Say what is meant, or leave it out.")
    return words


def read_timings(value: object, spot: Spot, *, outside: bool = False) -> tuple[Timing, ...]:
    """A time, or a list of them: all apply, each with its own clock."""
    members = as_list(value)
    if members is None:
        found = read_timing(value, spot, outside=outside)
        return () if found is None else (found,)
    if not members:
        spot.note("the list is empty.", 'Say a time, for instance "14 days after receive".')
    members = few(members, spot)
    read = [read_timing(each, spot.member(n), outside=outside) for n, each in enumerate(members)]
    return tuple(timing for timing in read if timing is not None)


def few(members: list[object], spot: Spot) -> list[object]:
    """The members, if there are not too many to follow."""
    if len(members) > MOST_OCCASIONS:
        spot.note(f"the list has {len(members):,} members.", f"Keep it to {MOST_OCCASIONS}.")
    return members[:MOST_OCCASIONS]


def read_timing(value: object, spot: Spot, *, outside: bool = False) -> Timing | None:
    """`10 working days after receive`, a bare reference, or `{ later_of = [...] }`.

    `outside` is for phrases outside the steps, with their further references ("it is served").
    """
    if isinstance(value, str):
        return read_part(value, spot, outside=outside)
    table = as_table(value)
    members = as_list(table.get("later_of")) if table and set(table) == {"later_of"} else None
    if members:
        inner = spot.under("later_of")
        members = few(members, inner)
        read = [
            read_part(each, inner.member(n), outside=outside) if isinstance(each, str) else None
            for n, each in enumerate(members)
        ]
        if all(isinstance(each, str) for each in members):
            parts = tuple(part for part in read if part is not None)
            return LaterOf(parts) if parts else None
    if value is not DAMAGED:
        remedy = (
            'Write "14 days after receive", or { later_of = ["14 days after ...", "28 days after ..."] }.'
        )
        spot.note("this is no time.", remedy)
    return None


def read_part(text: str, spot: Spot, *, outside: bool = False) -> Part | None:
    """One counted time, or a bare reference."""
    words = phrase(text, spot)
    if not words:
        return None
    if words.startswith("within "):
        spot.note_said(
            text, 'the key says "within" already.', f'Write "{shown(words.removeprefix("within "))}".'
        )
        return None
    counted = _DIRECTION.match(words)
    if counted and counted.group(3):
        length = read_length(counted.group(1), spot, whole=text)
        reference = read_reference(counted.group(3), spot, outside=outside)
        if length is None or reference is None:
            return None
        return Counted(length, Direction(counted.group(2)), reference)
    if begins_with_number(words) and " " in words:
        _note_no_reference(words, text, spot)
        return None
    reference = read_reference(words.removeprefix("when "), spot, outside=outside)
    return None if reference is None else At(reference)


def _note_no_reference(words: str, text: str, spot: Spot) -> None:
    """Fourteen days after what?"""
    example = spot.reading.names.example(*spot.step)
    other = _OTHER_DIRECTION.match(words)
    direction = _DIRECTION.match(f"{words} x") if not other else None
    length = other.group(1) if other else direction.group(1) if direction else words
    if read_length(length, spot, whole=text) is None:
        return
    if other:
        reference = shown(other.group(3) or example)
        word = "beginning with" if other.group(2) == "starting with" else "after"
        says = f'I do not know "{other.group(2)}" here.'
        spot.note_said(text, says, f'Say "{length} {word} {reference}", or "beginning with" or "before".')
        return
    number, _, unit = length.partition(" ")
    which = direction.group(2) if direction else "after"
    spot.note_said(
        text, f"{in_words(number)} {unit} {which} what?", f'For instance "{length} {which} {example}".'
    )


def read_references(value: object, spot: Spot) -> tuple[Reference, ...]:
    """A reference, or a list of which every one must have happened."""
    members = as_list(value)
    phrases = [value] if members is None else few(members, spot)
    found: list[Reference] = []
    for n, each in enumerate(phrases):
        inner = spot if members is None else spot.member(n)
        if isinstance(each, str):
            reference = read_reference(each, inner)
            found += [] if reference is None else [reference]
        elif each is not DAMAGED:
            inner.note("I expected a reference in quotation marks.", 'For instance ["serve-notice"].')
    return tuple(found)


def read_reference(text: str, spot: Spot, *, outside: bool = False) -> Reference | None:
    """Occasions joined by "or", with "first" or "the latest" before them or "or time up" behind."""
    words = phrase(text, spot)
    if not words:
        return None
    which = Which.UNSAID
    chosen = _WHICH.match(words)
    if chosen:
        which, words = Which(chosen.group(1)), chosen.group(2)
    or_time_up = words.endswith(" or time up")
    words = words.removesuffix(" or time up")
    phrases = words.split(" or ")
    if len(phrases) > MOST_OCCASIONS:
        spot.note(f"{len(phrases)} occasions in one reference.", f"Name at most {MOST_OCCASIONS}.")
        return None
    if or_time_up and len(phrases) > 1:
        spot.note('"or time up" stands behind one step only.', f'Say "{shown(phrases[-1])} or time up".')
        return None
    occasions = [read_occasion(each, spot, outside=outside) for each in phrases]
    if or_time_up and occasions[0] is not None and not isinstance(occasions[0], StepDone):
        spot.note('"or time up" stands behind a step.', 'For instance "answer or time up".')
    read = tuple(occasion for occasion in occasions if occasion is not None)
    return Reference(read, which, or_time_up) if len(read) == len(occasions) else None


def read_occasion(text: str, spot: Spot, *, outside: bool = False) -> Occasion | None:
    """One occasion in the life of a case."""
    event = _EVENTS.get(text)
    if event is not None:
        if not outside and event not in _EVERYWHERE:
            spot.note(f'"{text}" has no meaning in a step.', 'Name a step, or say "the case opens".')
        return event
    bounds = _BOUNDS.match(text)
    if bounds and bounds.group(2) == "is due":
        spot.is_name(bounds.group(1), Kind.STEP)
        return StepDue(bounds.group(1))
    if bounds:
        spot.is_name(bounds.group(1), Kind.STAGE, Kind.MEASURE)
        return Begins(bounds.group(1)) if bounds.group(2) == "begins" else Ends(bounds.group(1))
    done = _DONE.match(text)
    if done is None or not all(NAME.match(part) for part in done.groups() if part is not None):
        _note_no_occasion(text, spot)
        return None
    step, outcome, office = done.groups()
    if outcome is None and office is None and spot.reading.names.kinds.get(step) is Kind.DAY:
        return FixedDay(step)
    _check_done(step, outcome, office, spot)
    return StepDone(step, outcome, office)


def _check_done(step: str, outcome: str | None, office: str | None, spot: Spot) -> None:
    if outcome is None and office is None:
        spot.is_step_or_day(step)
    elif spot.is_name(step, Kind.STEP) and outcome is not None:
        spot.is_outcome(outcome, step)
    if office is not None:
        spot.is_name(office, Kind.OFFICE)


def _note_no_occasion(text: str, spot: Spot) -> None:
    says = f'I do not know "{shown(text)}".' if text.strip() else "a name is missing."
    remedy = (
        'Say a step ("answer"), "sift: dismissed", "hearing begins", "answer is due" or "the case opens".'
    )
    if " and " in text:
        remedy = 'Instead of "and", write a list: ["serve-notice", "answer"].'
    elif text.casefold() != text:
        remedy = f'Names are in small letters: "{shown(text.casefold())}".'
    spot.note(says, remedy)
