"""The first look at a file: every name, its kind and its line, before any phrase is read."""

import re
from collections.abc import Iterator
from itertools import islice

from duly.rulebook.fault import shown
from duly.rulebook.names import MOST_MEMBERS, NAME, Kind, Reading
from duly.rulebook.steps import ANYTIME
from duly.rulebook.values import DAMAGED, as_list, as_table

SECTIONS = (
    *(
        "stages",
        "rulebook",
        "counting",
        "defaults",
        "conduct",
        "office",
        "separate",
        "question",
        "day",
        "measure",
    ),
    *("limit", "pause", "fast_track", "sanction", "platform", "publication", "retention", "accepted", "was"),
    *("fairness", "blank"),
)
_WORDS = (
    *("the", "first", "latest", "of", "or", "and", "not", "is", "if", "unless", "by", "after", "before"),
    *("begins", "ends", "due", "done", "open", "owed", "nothing", "time", "case", "when", "within", "every"),
)
RESERVED = frozenset((*SECTIONS, *_WORDS, ANYTIME))
MOST_NAMES = 2_000

_SECTIONS_OF_NAMES = {
    "office": Kind.OFFICE,
    "question": Kind.QUESTION,
    "day": Kind.DAY,
    "measure": Kind.MEASURE,
    "pause": Kind.PAUSE,
    "limit": Kind.LIMIT,
    "sanction": Kind.SANCTION,
    "conduct": Kind.CONDUCT,
    "blank": Kind.BLANK,
}


def gather(values: dict[str, object], reading: Reading) -> bool:
    """Fill `reading.names` from `values`, and note names that are malformed, reserved or used for two things.

    False if there are more names than anybody could follow: then nothing else is to be read.
    """
    named = list(islice(_named(values), MOST_NAMES + 1))
    if len(named) > MOST_NAMES:
        says = f"this is one of more than {MOST_NAMES:,} stages, steps, offices and other names."
        reading.note(
            named[-1][2], says, "Nobody can follow such a procedure: divide it into several rulebooks."
        )
        return False
    for name, kind, path in named:
        _check_form(name, kind, path, reading)
        if name in reading.names.kinds:
            _note_twice(name, kind, path, values, reading)
            reading.names.clashes.add((name, kind))
            continue
        reading.names.kinds[name] = kind
        reading.names.lines[name] = reading.line(path)
        if not NAME.match(name):  # what else the file says of it is not a further fault
            reading.names.kinds.setdefault(_repaired(name), kind)
            reading.names.lines.setdefault(_repaired(name), reading.line(path))
    steps = [
        (step, home, table)
        for home in homes(values)
        for step, value in (as_table(values[home]) or {}).items()
        if (table := as_table(value)) is not None
    ]
    for step, _, table in steps:
        reading.names.outcomes.setdefault(step, _outcomes(table))
    order = sorted(steps, key=lambda each: reading.line(f"{each[1]}.{each[0]}"))
    reading.names.order = [(step, home) for step, home, _ in order]
    for question, value in (as_table(values.get("question")) or {}).items():
        answers = as_list((as_table(value) or {}).get("answers"))
        known = tuple(answer for answer in answers or [] if isinstance(answer, str))
        reading.names.answers[question] = known[:MOST_MEMBERS] or None
    return True


def _named(values: dict[str, object]) -> Iterator[tuple[str, Kind, str]]:
    """(name, kind, path) of everything that has a name."""
    stages = [stage for stage in as_list(values.get("stages")) or [] if isinstance(stage, str)]
    for n, stage in enumerate(stages):
        yield stage, Kind.STAGE, f"stages.{n}"
    for section, kind in _SECTIONS_OF_NAMES.items():
        for name in as_table(values.get(section)) or {}:
            yield name, kind, f"{section}.{name}"
    for home in homes(values):
        for step, value in (as_table(values[home]) or {}).items():
            if as_table(value) is not None or value is DAMAGED:
                yield step, Kind.STEP, f"{home}.{step}"


def homes(values: dict[str, object]) -> list[str]:
    """The tables that hold steps, or were meant to: whatever is no section of the format."""
    return [key for key, value in values.items() if key not in SECTIONS and as_table(value) is not None]


def _check_form(name: str, kind: Kind, path: str, reading: Reading) -> None:
    if name in RESERVED:
        remedy = f'Call it something longer, for instance "{name}-{kind}".'
        reading.note(path, f'{kind.with_article} is called "{name}", a word of the format.', remedy)
    elif not NAME.match(name):
        says = f'"{shown(name)}" cannot be the name of {kind.with_article}.'
        remedy = f"Use small letters a to z, digits and hyphens, beginning with a letter: {_repaired(name)}."
        reading.note(path, says, remedy)


def _repaired(name: str) -> str:
    """What the name might be, in the letters that a name may have."""
    letters = re.sub(r"[^a-z0-9_]+", "-", name[:60].lower()).strip("-_0123456789")
    return letters or "some-name"


def _note_twice(name: str, kind: Kind, path: str, values: dict[str, object], reading: Reading) -> None:
    names = reading.names
    earlier = names.kinds[name]
    if earlier is kind is Kind.STAGE:
        return  # the list says so itself
    if earlier is kind:
        says = f'two {kind}s are both called "{name}".'
        remedy = f'Call one of them "{name}-2", or something that tells them apart.'
    else:
        says = f'{earlier.with_article} and {kind.with_article} are both called "{name}".'
        remedy = f'Call the {earlier} "{name}-{earlier}".'
    if kind is Kind.STEP and earlier is Kind.STAGE:
        remedy = f'Call the step "{_verb(path, values)}-{name}".'
    reading.note(path, says, remedy, also=names.lines[name])


def _verb(path: str, values: dict[str, object]) -> str:
    """What whoever has the step would do: a party lodges, an office decides."""
    home, _, step = path.partition(".")
    table = as_table((as_table(values.get(home)) or {}).get(step)) or {}
    owners = as_list(table.get("by")) or [table.get("by")]
    offices = as_table(values.get("office")) or {}
    is_of_party = any((as_table(offices.get(str(owner))) or {}).get("party") is True for owner in owners)
    return "lodge" if is_of_party else "decide"


def _outcomes(table: dict[str, object]) -> tuple[str, ...] | None:
    if any(value is DAMAGED for value in table.values()):
        return None
    said = table.get("outcomes")
    named: list[str] = [each for each in as_list(said) or [] if isinstance(each, str)]
    named += [*(as_table(said) or {}), *(as_table(table.get("outcome")) or {})]
    if said is not None and as_list(said) is None and as_table(said) is None:
        return None
    found = tuple(dict.fromkeys(named))
    return found[:MOST_MEMBERS]
