"""What the lint finds in a rulebook, and why each of its rules matters."""

from dataclasses import dataclass
from enum import StrEnum

from duly.rulebook.book import Rulebook


class Severity(StrEnum):
    """Errors keep a rulebook from coming into force; a warning may be accepted with a published reason."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Rule:
    severity: Severity
    why: str


RULES = {
    "L02": Rule(
        Severity.ERROR,
        "A time binds only if all count it the same way and know what follows when it has run out.",
    ),
    "L04": Rule(
        Severity.WARNING,
        "Nobody can be late for “promptly”: what cannot be counted is the first to slip.",
    ),
    "L05": Rule(
        Severity.ERROR,
        "More time without a cap, a ground or somebody else's decision is no time limit at all.",
    ),
    "L06": Rule(
        Severity.ERROR,
        "A pause that nobody has to look at again is how cases are forgotten.",
    ),
    "L10": Rule(
        Severity.ERROR,
        "Whoever sifts, investigates, decides or hears the appeal must not be judging their own work.",
    ),
    "L17": Rule(
        Severity.ERROR,
        "Both sides must know before the hearing who has to prove what, and how surely.",
    ),
    "L22": Rule(
        Severity.ERROR,
        "A ladder with an order and bounds lets a member know what may follow, and treats like cases alike.",
    ),
    "L23": Rule(
        Severity.WARNING,
        "What never ends and is never looked at again punishes long after it protects anybody.",
    ),
    "L32": Rule(
        Severity.WARNING,
        "Without a rule, what is published depends on who asks, and small numbers give people away.",
    ),
    "L33": Rule(
        Severity.WARNING,
        "What is kept without an end is kept for ever, and what may be needed must not be destroyed.",
    ),
    "L39": Rule(
        Severity.WARNING,
        "People who do not dare to give their name must know whether they will be heard.",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One finding. `at` is the dotted place it is about ("sanction.expulsion"), `line` where that stands.

    `accepted` is the reason for which the body accepts the warning, as the file gives it.
    """

    rule: str
    severity: Severity
    line: int
    says: str
    why: str
    remedy: str
    at: str = ""
    accepted: str | None = None


def finding(book: Rulebook, rule: str, at: str, says: str, remedy: str, *, key: str = "") -> Finding:
    """A finding of this rule about the thing at `at`, on the line of its `key` if that is in the file."""
    place = f"{at}.{key}" if key else at
    return Finding(
        rule=rule,
        severity=RULES[rule].severity,
        line=line_near(book, place),
        says=says,
        why=RULES[rule].why,
        remedy=remedy,
        at=at,
    )


def line_near(book: Rulebook, path: str) -> int:
    """The line of `path`, or of the nearest thing around it."""
    while path and path not in book.lines:
        path = path.rpartition(".")[0]
    return book.lines.get(path, 1)
