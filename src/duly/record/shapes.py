"""What a string in a fact may hold: slugs of the rulebook, tags, references, digests; never free text.

The shapes keep out sentences, names as people write them and e-mail addresses, whatever the edition. Whether
a slug is a name that the pinned edition contains is asked with `bodies.names_in`.
"""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache, partial

from duly.record.references import is_appointment, is_reference
from duly.vocabulary import Unit


class BodyError(TypeError):
    """A fact, or the JSON of one, holds what may not stand there. The sentence never repeats the value."""


class Names(StrEnum):
    """Whose name a slug is: the part of an edition in which it must be found."""

    STEP = "step"
    OUTCOME = "outcome"
    CONDUCT = "conduct"
    QUESTION = "question"
    ANSWER = "answer"
    SANCTION = "sanction"
    PAUSE = "pause"
    LIMIT = "limit"
    DAY = "day"
    STATED = "stated"
    GROUND = "ground"
    OFFICE = "office"


KEPT = 1024  # texts of each shape that need not be tried again: the same few hundred stand in most facts


@dataclass(frozen=True, slots=True)
class Shape:
    """What a string may hold: `says` it in words, `fits` tries it, `names` where an edition must know it.

    `regex` is what `fits` tries, where that is an expression and no more. `quoted` gives a text that fits as
    JSON has it, None for any other; what was tried lately is not tried again.
    """

    says: str
    fits: Callable[[str], object]
    names: Names | None = None
    regex: str | None = None
    quoted: Callable[[str], str | None] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "quoted", lru_cache(maxsize=KEPT)(partial(_quoted, self.fits)))


def _quoted(fits: Callable[[str], object], text: str) -> str | None:
    """No shape lets through what JSON does not write as itself; if one did, it would be refused here."""
    return f'"{text}"' if fits(text) and _AS_ITSELF.fullmatch(text) else None


_AS_ITSELF = re.compile(r"[ !#-\[\]-~]*")


def required(label: str, shape: Shape, value: object) -> str:
    """The value, if it is text of this shape; else BodyError with `label` and what may stand there."""
    if isinstance(value, str) and shape.fits(value):
        return str(value)
    raise BodyError(f"{label}: only {shape.says} may stand here.")


def is_slug(text: str) -> bool:
    return _SLUG.fullmatch(text) is not None


def slug(phrase: str) -> str:
    """A phrase of a rulebook ("appeal route", "illness") as a body may hold it: `[a-z0-9-]{1,80}`.

    Lower case ASCII with hyphens. A phrase that loses letters on the way (another script), has none or is too
    long keeps apart from its neighbours by "x" and the first eight hex digits of its SHA-256 at the end.
    """
    text = unicodedata.normalize("NFC", phrase)
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    plain = plain.replace("'", "").replace("\u2019", "")
    short = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    lost = any(c.isalnum() and not c.isascii() for c in plain)
    if is_slug(short) and not lost:
        return short
    mark = hashlib.sha256(text.encode()).hexdigest()[:8]
    return f"{short[:70].strip('-')}-x{mark}".strip("-")


def _pattern(says: str, regex: str) -> Shape:
    return Shape(says, re.compile(regex).fullmatch, regex=regex)


def _name(names: Names) -> Shape:
    says = f"a name of the rulebook's ({names}: lower case letters, digits, hyphens, low lines)"
    return Shape(says, is_slug, names, regex=_SLUG.pattern)


def _is_key(text: str) -> object:
    return _TAG.fits(text) or _ALLEGATION.fits(text) or is_reference(text)


def _is_chain(text: str) -> bool:
    sort, _, reference = text.partition("/")
    return text == "office" or (sort in ("complaint", "case", "source") and is_reference(reference))


_SLUG = re.compile("(?=[0-9_-]*[a-z])[a-z0-9_-]{1,80}")  # never a bare number: it could be a telephone's
_TAG = _pattern("a party's tag (C1, R, W2)", "[CRW](?:[1-9][0-9]{0,5})?")
_ALLEGATION = _pattern("an allegation's tag (A1)", "A[1-9][0-9]{0,5}")
_REFERENCE = Shape("a reference (K7QH-3M2C)", is_reference)
_DIGEST = _pattern("a SHA-256 in hex", "[0-9a-f]{64}")
_EDITION = _pattern(
    "the mark of an edition (letters, digits, points, hyphens; at most 40)", "[A-Za-z0-9.-]{1,40}"
)

CHAIN = Shape('"office", or the sort of a record and its reference (case/K7QH-3M2C)', _is_chain)
APPOINTMENT = Shape("the number of an appointment (K7Q-H3P)", is_appointment)
OFFICE = _name(Names.OFFICE)
ORIGIN = _pattern("the name of a log (complaints.example.org/duly)", "[A-Za-z0-9._:/-]{1,200}")
BY = Shape(
    'the role of a party, the number of an appointment, "time" or "import"',
    lambda text: is_slug(text) or is_appointment(text),
)
PART = _pattern(
    "the name of a part (complainant, respondent, narrative, reasons, holder, or a party's or exhibit's tag)",
    "complainant|respondent|narrative|reasons|holder|(?:[CRW](?:[1-9][0-9]{0,5})?)|(?:X[1-9][0-9]{0,5})",
)

# Field by field, whatever the kind; a field that means something else in one kind stands by (kind, field).
HOLDS: Mapping[str | tuple[str, str], Shape] = {
    "agreed_by": Shape(
        "a party's tag or an office of the rulebook",
        lambda text: _TAG.fits(text) or is_slug(text),
        Names.OFFICE,
    ),
    "allegation": _ALLEGATION,
    "answer": _name(Names.ANSWER),
    "appointment": APPOINTMENT,
    "appointments": APPOINTMENT,
    "backup": _DIGEST,
    "calendar": _DIGEST,
    "chain": CHAIN,
    "complaint": _REFERENCE,
    "conduct": _name(Names.CONDUCT),
    "days": _name(Names.DAY),
    "digest": _DIGEST,
    "edition": _EDITION,
    "file": _DIGEST,
    "ground": _name(Names.GROUND),
    "key": Shape("a complaint's reference, an allegation's tag or a party's", _is_key),
    "limit": _name(Names.LIMIT),
    "office": OFFICE,
    "outcome": _name(Names.OUTCOME),
    "pause": _name(Names.PAUSE),
    "present": APPOINTMENT,
    "question": _name(Names.QUESTION),
    "recovery": _DIGEST,
    "row": Shape('"complaint" or "allegation"', frozenset(("complaint", "allegation")).__contains__),
    "rulebook": _DIGEST,
    "sanction": _name(Names.SANCTION),
    "served_on": _TAG,
    "stated": _name(Names.STATED),
    "step": _name(Names.STEP),
    "tag": _TAG,
    "unit": Shape("a unit of time", frozenset(Unit).__contains__),
    "to": Shape('a party\'s tag or "reporter"', lambda text: _TAG.fits(text) or text == "reporter"),
    ("calendar-adopted/1", "calendar"): _pattern("the name of a calendar (GB-ENG)", "[A-Za-z0-9.-]{1,40}"),
}


def shape_of(kind: str, name: str) -> Shape:
    """What the field of this name may hold in a fact of this kind. KeyError: nobody has said so yet."""
    return HOLDS.get((kind, name)) or HOLDS[name]
