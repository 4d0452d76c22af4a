"""The lint's rules on definitions, numbering and texts: L26 to L29, L34 and L40."""

import re
from collections.abc import Iterator, Mapping

from duly.rulebook.book import Conduct, Rulebook
from duly.rulebook.finding import Finding, finding
from duly.rulebook.steps import Is

SECRECY = ("confiden", "secrecy")
MAY_BE_TOLD = (
    *("advis", "lawyer", "solicitor", "union", "representative", "companion", "medical", "doctor", "support"),
    *("police", "safeguarding", "regulator", "whistleblow"),
)
COMPANION = ("companion", "representative", "adviser", "advisor", "accompanied", "friend")
ADJUSTMENT = ("adjust", "accessib", "interpreter", "language", "disab")
_TOKEN = re.compile(r"\d+|[a-z]+", re.IGNORECASE)


def old_conduct_is_bounded(book: Rulebook) -> Iterator[Finding]:
    """L26: how far back a complaint may go, and who may allow more."""
    for name, conduct in book.conduct.items():
        at = f"conduct.{name}"
        if conduct.too_old is None:
            says = f"Nothing says how long after it a complaint about {name} may be made."
            remedy = 'Add too_old = "12 months before receive, unless ... allows it".'
            yield finding(book, "L26", at, says, remedy)
        elif conduct.too_old.unless is None:
            says = f"Nobody can allow a later complaint about {name}, whatever the reason."
            remedy = 'Add ", unless ... allows it" with an office.'
            yield finding(book, "L26", at, says, remedy, key="too_old")


def charges_have_definitions(book: Rulebook) -> Iterator[Finding]:
    """L27: what may be found is defined, here or in a clause; the edition carries its day."""
    if book.steps_that_are(Is.FINDING) and not book.conduct:
        says = "There are findings, and no [conduct] says of what."
        yield finding(book, "L27", "conduct", says, "Add [conduct.NAME] with clause, text and range.")
    for name, conduct in book.conduct.items():
        if not (conduct.text or conduct.clause or conduct.examples):
            says = f"{name} is not defined: it has no text, no clause and no example."
            yield finding(book, "L27", f"conduct.{name}", says, "Add text, or the clause that defines it.")


def clauses_are_in_order(book: Rulebook) -> Iterator[Finding]:
    """L28: in each list whose order is the rulebook's own, numbers are unique and rise.

    The steps stand in the order of the procedure, which need not be that of the text. That every reference
    leads somewhere the reader sees to.
    """
    sections: dict[str, Mapping[str, object]] = {
        "conduct": book.conduct,
        "sanction": book.sanctions,
        "pause": book.pauses,
        "measure": book.measures,
    }
    for section, entries in sections.items():
        before: tuple[str, str] | None = None
        for name, entry in entries.items():
            clause = getattr(entry, "clause", None)
            if not isinstance(clause, str):
                continue
            if before is not None and _is_wrong(before[1], clause):
                says = f"{name} is clause {clause}, and {before[0]}, before it, is clause {before[1]}."
                remedy = "Number them in order, each once, or put them in the order of their numbers."
                yield finding(book, "L28", f"{section}.{name}", says, remedy, key="clause")
            before = name, clause


def _is_wrong(before: str, after: str) -> bool:
    """The same number, or a lower one, beside it in the same article."""
    one, other = _numbers(before), _numbers(after)
    return one[:-1] == other[:-1] and other[-1:] <= one[-1:]


def _numbers(clause: str) -> list[tuple[int, str]]:
    return [(int(t), "") if t.isdigit() else (0, t.casefold()) for t in _TOKEN.findall(clause)]


def secrecy_has_exceptions(book: Rulebook) -> Iterator[Finding]:
    """L29, by words: a charge of telling says whom one may tell; whether that is enough is for people."""
    for name, conduct in book.conduct.items():
        said = _said(conduct)
        if any(word in said for word in SECRECY) and not any(word in said for word in MAY_BE_TOLD):
            says = f"{name} punishes telling, and does not say whom one may tell."
            remedy = "Name advisers, doctors, unions, the police and regulators in its text or in an example."
            yield finding(book, "L29", f"conduct.{name}", says, remedy)


def _said(conduct: Conduct) -> str:
    texts = [conduct.title, conduct.text or ""]
    texts += [f"{each.text} {each.caveat or ''}" for each in conduct.examples.values()]
    return " ".join(texts).casefold()


def people_can_take_part(book: Rulebook) -> Iterator[Finding]:
    """L34, by words: somebody may come along, and things may be arranged differently."""
    said = " ".join(_texts(book)).casefold()
    for words, what, example in (
        (COMPANION, "a companion or an adviser", "companion away"),
        (ADJUSTMENT, "an adjustment for somebody who needs one", "an adjustment is needed"),
    ):
        if not any(word in said for word in words):
            says = f"No ground, no question and no text speaks of {what}."
            remedy = (
                f'Add "{example}" to the grounds for more time or another day, or accept this with a reason.'
            )
            yield finding(book, "L34", "rulebook", says, remedy)


def _texts(book: Rulebook) -> Iterator[str]:
    for step in book.steps.values():
        yield from (*step.grounds, *step.must_state, *(step.extend.grounds if step.extend else ()))
    for limit in book.named_limits:
        yield from limit.extend.grounds if limit.extend else ()
    yield from (question.ask for question in book.questions.values())
    yield from book.fast_track.criteria if book.fast_track else ()


def answering_back_is_ruled(book: Rulebook) -> Iterator[Finding]:
    """L40."""
    for value, key, what, example in (
        (
            book.counter_complaints,
            "counter_complaints",
            "a complaint made in answer to one",
            "a case of its own",
        ),
        (
            book.reprisals,
            "reprisals",
            "whoever is treated worse for complaining",
            "misconduct, and heard first",
        ),
    ):
        if value is None:
            says = f"Nothing says what becomes of {what}."
            yield finding(
                book, "L40", "rulebook", says, f'Add {key} = "{example}" to [rulebook], or your rule.'
            )
