"""From the text of a TOML file to its values: every slip of writing at once, and what stands around it."""

import re
import tomllib
from dataclasses import dataclass, field
from typing import cast

from duly.rulebook.fault import Fault, shown
from duly.rulebook.outline import DEEPEST, Outline, Statement, outline

MOST_CHARACTERS = 500_000
MOST_ROUNDS = 200
MOST_WORK = 5_000_000  # characters read again and again, over all rounds

_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
_TWICE = re.compile(r"Cannot overwrite a value|Cannot declare .* twice|Cannot mutate immutable", re.DOTALL)
_REMEDIES = (  # what the standard reader says, then what a person can do about it
    (r"Expected '=' after a key", 'there is no "=" after the key.', 'Write key = "words".'),
    (
        r"Invalid value",
        "what stands after the = is no value.",
        'Put words in quotation marks: key = "words".',
    ),
    (r"Unclosed array", "a list is not closed, or a comma is missing in it.", 'Write ["one", "two"].'),
    (
        r"Unclosed inline table|Invalid initial character for a key part",
        "a list in braces must be closed on its own line, with commas between its parts and none at the end.",
        'Write { one = "words", two = "words" }.',
    ),
    (r"Illegal character '\\n'|Unterminated string", "a quotation is not closed.", 'End it with ".'),
    (r"Illegal character", "there is a character that cannot stand in text.", "Delete it."),
    (r"Found invalid character", "there is a character that cannot stand here.", "Delete it."),
    (
        r"Unescaped '\\'|Invalid hex|Escaped character",
        "a single \\ cannot stand in quotation marks.",
        "Write \\\\.",
    ),
    (
        r"Expected newline or end of document",
        "something stands behind the end of the value.",
        "Put words in quotation marks, a day as 2026-01-31, and nothing after them but a # comment.",
    ),
    (r"Invalid date", "there is no such day or time.", "Write a day as 2026-01-31."),
    (r"Duplicate inline table key", "one key stands twice within the braces.", "Keep one of them."),
    (r"Invalid statement", "this is neither a heading nor a key.", 'Write [stage.step], or key = "words".'),
    (r"Exceeds the limit", "the number is far too long.", "Write a number of a few digits."),
)


_NO_HEADING = ("this is no heading.", "Write [stage.step], in small letters, digits and hyphens.")


class Damaged:
    """Stands where a value could not be read, so that its absence is not a second fault."""


DAMAGED = Damaged()


@dataclass(slots=True)
class Values:
    """`whole` is False when so much is missing that judging what is left would mislead."""

    values: dict[str, object] = field(default_factory=dict[str, object])
    outline: Outline = field(default_factory=Outline)
    faults: list[Fault] = field(default_factory=list[Fault])
    whole: bool = True


def as_table(value: object) -> dict[str, object] | None:
    """A TOML table (its keys are text by definition), or None."""
    return cast("dict[str, object]", value) if isinstance(value, dict) else None


def as_list(value: object) -> list[object] | None:
    return cast("list[object]", value) if isinstance(value, list) else None


def read_values(text: str) -> Values:
    """The values of `text`; the work is bounded whatever the text is."""
    refusal = _refusal(text)
    if refusal:
        return Values(faults=[refusal], whole=False)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n") + "\n"
    found = Values(outline=outline(text))
    if found.outline.too_deep is not None:
        says = "this lies deeper than any rulebook needs."
        remedy = (
            f"Use at most {DEEPEST} names joined by dots, and at most {DEEPEST} brackets within each other."
        )
        found.faults.append(Fault(found.outline.too_deep, says, remedy))
        found.whole = False
        return found
    damaged: list[Statement] = []
    for statement in found.outline.statements:
        objection = statement.is_broken and _objection(text[statement.start : statement.end])
        if objection and len(damaged) >= MOST_ROUNDS:
            found.whole = False  # this is no rulebook, whatever else it is
            return found
        if objection:
            found.faults.append(_fault(statement, objection, found.outline))
            damaged.append(statement)
    headless = [each for one in damaged if one.is_heading for each in _under(one, found.outline.statements)]
    damaged += _parse(_without(text, [*damaged, *headless]), found)
    found.whole = found.whole and not any(statement.is_heading for statement in damaged)
    for statement in damaged:
        _put_damaged(found.values, statement.path)
    return found


def _refusal(text: str) -> Fault | None:
    if len(text) > MOST_CHARACTERS:
        line = text.count("\n", 0, MOST_CHARACTERS) + 1
        says = f"here the file passes {MOST_CHARACTERS:,} characters: too long for a rulebook."
        return Fault(line, says, "Keep each rulebook in a file of its own, and long documents outside it.")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        line = text.count("\n", 0, error.start) + 1
        return Fault(line, "this is not text in UTF-8.", "Save the file again with the encoding UTF-8.")
    return None


def _parse(text: str, found: Values) -> list[Statement]:
    """Read `text` into `found`, leaving out one by one the statements to which the standard reader objects.

    The statements returned are those that could not be read at all; what stood twice is not among them.
    """
    statements = found.outline.statements
    damaged: list[Statement] = []
    for _ in range(min(MOST_ROUNDS, 1 + MOST_WORK // len(text))):
        try:
            found.values = tomllib.loads(text)
        except (ValueError, RecursionError) as error:
            objection, line = _objection_and_line(error)
            culprit = _at_line(statements, line) if line else _first_refused(text, statements)
            if culprit is None or not text[culprit.start : culprit.end].strip():
                found.faults.append(Fault(line or 1, *_in_words(objection)))
                break
            found.faults.append(_fault(culprit, objection, found.outline))
            if not _TWICE.match(objection):
                damaged.append(culprit)
            if culprit.is_heading:
                text = _without(text, _under(culprit, statements))
            text = _without(text, [culprit])
        else:
            return damaged
    found.whole = False
    return damaged


def _objection(snippet: str) -> str | None:
    try:
        tomllib.loads(snippet)
    except (ValueError, RecursionError) as error:
        return _objection_and_line(error)[0]
    return None


def _objection_and_line(error: Exception) -> tuple[str, int | None]:
    words = str(error)
    place = _PLACE.search(words)
    line = int(place.group(1)) if place and place.group(1) else None
    return _PLACE.sub("", words), line


def _at_line(statements: list[Statement], line: int) -> Statement | None:
    return next((each for each in statements if each.first <= line <= each.last), None)


def _first_refused(text: str, statements: list[Statement]) -> Statement | None:
    return next((each for each in statements if _objection(text[each.start : each.end])), None)


def _under(heading: Statement, statements: list[Statement]) -> list[Statement]:
    """The statements between this heading and the next."""
    under: list[Statement] = []
    for each in statements[statements.index(heading) + 1 :]:
        if each.is_heading:
            break
        under.append(each)
    return under


def _without(text: str, statements: list[Statement]) -> str:
    """`text` with blanks in place of these statements: every other character keeps its place."""
    pieces: list[str] = []
    at = 0
    for _, each in sorted({each.start: each for each in statements}.items()):
        pieces += [text[at : each.start], re.sub(r"[^\n]", " ", text[each.start : each.end])]
        at = each.end
    return "".join([*pieces, text[at:]])


def _fault(statement: Statement, objection: str, where: Outline) -> Fault:
    name = shown(statement.path.removesuffix(".?").removesuffix("?"))
    if _TWICE.match(objection):
        earlier = where.headings if statement.is_heading else where.lines
        first = earlier.get(statement.path) or where.lines.get(statement.path)
        says = f'"{name}" stands twice.'
        also = first if first != statement.first else None
        return Fault(statement.first, says, "Keep one of them.", statement.path, also)
    says, remedy = _NO_HEADING if statement.is_heading else _in_words(objection)
    label = f"[{name}]" if statement.is_heading else name
    return Fault(statement.first, f"{label}: {says}" if name else says, remedy, statement.path)


def _in_words(objection: str) -> tuple[str, str]:
    for pattern, says, remedy in _REMEDIES:
        if re.match(pattern, objection):
            return says, remedy
    return f"this is not TOML: {shown(objection)}.", "See how the line is written in a shipped rulebook."


def _put_damaged(values: dict[str, object], path: str) -> None:
    *above, last = path.split(".")
    node: object = values
    for part in above:
        members, table = as_list(node), as_table(node)
        if members is not None:
            node = members[int(part)] if part.isdecimal() and int(part) < len(members) else None
        elif table is not None:
            node = table.setdefault(part, {})
    table = as_table(node)
    if table is not None:
        table.setdefault(last, DAMAGED)
