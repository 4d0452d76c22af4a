"""The small language, second half: tests (` if TEST`), and what follows an act or a time that ran out."""

import re

from duly.rulebook.fault import shown
from duly.rulebook.grammar import few, phrase, read_reference
from duly.rulebook.names import NAME, Kind, Spot
from duly.rulebook.phrases import (
    ALWAYS,
    BeginsStage,
    Closes,
    Condition,
    Consequence,
    CountsAs,
    EndsWhat,
    GoesTo,
    IsDone,
    IsOpen,
    IsOwed,
    NothingFollows,
    QuestionIs,
    StartsLinked,
    Tells,
    Test,
    TooLate,
    What,
)
from duly.rulebook.values import DAMAGED, as_list

MOST_WORDS = 60
FOLLOWS = "goes to, begins, ends, closes the case as, counts as, starts, tells, too late, nothing"

_COUNTS = re.compile(r"counts as (\S+?) ?: ?(\S+)\Z")
_ONE_NAME = re.compile(r"(goes to|begins|ends|tells) (\S+)\Z")
_LINKED = re.compile(r"starts a linked case(?: under (.+))?\Z")
_MAY_BE_NAMED = {
    "goes to": (Kind.STAGE,),
    "begins": (Kind.STAGE, Kind.MEASURE),
    "ends": (Kind.STAGE, Kind.MEASURE, Kind.STEP),
    "tells": (Kind.OFFICE,),
}


def read_test(value: object, spot: Spot) -> Test:
    """A test, or a list of which all must hold."""
    members = as_list(value)
    if members is None:
        return Test(_all_of(value, spot))
    tests = [_all_of(each, spot.member(n)) for n, each in enumerate(few(members, spot))]
    return Test(tuple(any_of for test in tests for any_of in test))


def _all_of(value: object, spot: Spot) -> tuple[tuple[Condition, ...], ...]:
    if not isinstance(value, str):
        if value is not DAMAGED:
            spot.note("I expected a test in quotation marks.", 'For instance "abroad is yes".')
        return ()
    words = phrase(value, spot)
    return tuple(_any_of(each, spot) for each in words.split(" and ")) if words else ()


def _any_of(text: str, spot: Spot) -> tuple[Condition, ...]:
    """Conditions joined by "or"; a fragment without "is" belongs to the reference that goes on behind it."""
    conditions: list[Condition] = []
    waiting: list[str] = []
    for fragment in text.split(" or "):
        waiting.append(fragment)
        if " is " in fragment and not fragment.endswith(" is due"):
            condition = _condition(" or ".join(waiting), spot)
            conditions += [] if condition is None else [condition]
            waiting = []
    if waiting:
        says = f'"{shown(" or ".join(waiting))}" is no test.'
        spot.note(says, 'Say "abroad is yes", "appeal is open", "answer is owed" or "serve-notice is done".')
    return tuple(conditions)


def _condition(text: str, spot: Spot) -> Condition | None:
    subject, _, predicate = text.rpartition(" is ")
    negated = predicate.startswith("not ")
    said = predicate.removeprefix("not ")
    names = spot.reading.names
    if names.kinds.get(subject) is Kind.QUESTION:
        _check_answer(subject, said, spot)
        return Condition(QuestionIs(subject, said), negated)
    if said == "open":
        spot.is_name(subject, Kind.STAGE, Kind.MEASURE)
        return Condition(IsOpen(subject), negated)
    if said == "owed":
        spot.is_name(subject, Kind.STEP)
        return Condition(IsOwed(subject), negated)
    if said == "done":
        reference = read_reference(subject, spot)
        return None if reference is None else Condition(IsDone(reference), negated)
    if subject in names.kinds:
        says = f'"{subject}" is {names.kinds[subject].with_article}: it cannot be "{shown(said)}".'
        spot.note(
            says, "A stage or measure is open; a step is owed or done; a question is one of its answers."
        )
    else:
        spot.is_name(subject, Kind.QUESTION)
    return None


def _check_answer(question: str, answer: str, spot: Spot) -> None:
    answers = spot.reading.names.answers.get(question)
    if answers is not None and answer not in answers:
        remedy = spot.reading.instead_of(answer, answers, otherwise="Say one of its answers.")
        spot.note(f'"{question}" has no answer "{shown(answer)}".', remedy)


def read_following(value: object, spot: Spot) -> tuple[Consequence, ...]:
    """What follows: a phrase, or a list of phrases carried out in written order."""
    members = as_list(value)
    phrases = [value] if members is None else few(members, spot)
    found: list[Consequence] = []
    for n, each in enumerate(phrases):
        inner = spot if members is None else spot.member(n)
        if isinstance(each, str):
            consequence = _consequence(each, inner)
            found += [] if consequence is None else [consequence]
        elif each is not DAMAGED:
            inner.note("I expected what follows, in quotation marks.", f"Say one of: {FOLLOWS}.")
    return tuple(found)


def _consequence(text: str, spot: Spot) -> Consequence | None:
    words = phrase(text, spot)
    if not words:
        return None
    act, _, condition = words.rpartition(" if ") if " if " in words else (words, "", "")
    what = _what(act, text, spot)
    when = Test(_all_of(condition, spot)) if condition else ALWAYS
    return None if what is None else Consequence(what, when)


def _what(act: str, text: str, spot: Spot) -> What | None:
    one = _ONE_NAME.match(act)
    counts = _COUNTS.match(act)
    linked = _LINKED.match(act)
    if one and NAME.match(one.group(2)):
        return _named(one.group(1), one.group(2), spot)
    if counts:
        if spot.is_name(counts.group(1), Kind.STEP):
            spot.is_outcome(counts.group(2), counts.group(1))
        return CountsAs(counts.group(1), counts.group(2))
    if linked:
        return StartsLinked(linked.group(1))
    if act.startswith("closes the case as "):
        return _closes(act.removeprefix("closes the case as "), text, spot)
    if act == "too late":
        return TooLate()
    if act == "nothing":
        return NothingFollows()
    spot.note_phrase(text, f"what follows must be one of: {FOLLOWS}.", _act_meant(act))
    return None


def _named(verb: str, name: str, spot: Spot) -> What:
    spot.is_name(name, *_MAY_BE_NAMED[verb], hint=_hint(verb, name, spot))
    if verb == "goes to":
        return GoesTo(name)
    if verb == "begins":
        return BeginsStage(name)
    return EndsWhat(name) if verb == "ends" else Tells(name)


def _hint(verb: str, name: str, spot: Spot) -> str:
    if verb == "goes to" and spot.reading.names.kinds.get(name) is Kind.MEASURE:
        return f'Say "begins {name}": a case goes to a stage only.'
    return ""


def _closes(words: str, text: str, spot: Spot) -> What | None:
    if len(words) > MOST_WORDS or not words.isprintable():
        spot.note_phrase(
            text, "these words are too long to close a case with.", f"Use at most {MOST_WORDS} letters."
        )
        return None
    return Closes(words)


def _act_meant(act: str) -> str:
    first = act.partition(" ")[0]
    if act.startswith("closes"):
        return 'For instance "closes the case as dismissed".'
    if act.startswith("counts as"):
        return 'For instance "counts as look-again: accepted".'
    if first in ("goto", "go", "goes"):
        return f'Say "goes to {shown(act.split(" ")[-1])}".' if " " in act else 'Say "goes to STAGE".'
    return ""
