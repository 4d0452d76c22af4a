"""A refusal after a form was sent: nothing was done, this is why, and this is what you can do."""

from dataclasses import dataclass

from duly.vocabulary import Refused
from duly_server.web.shared.steps import Reason, reasons

KEPT = "Nothing was changed. What you wrote is kept below."


@dataclass(frozen=True, slots=True)
class Way:
    """One thing the reader can do, as it follows "You can": "record a written waiver", and its page."""

    says: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """`title` says what was not done: "The finding was not recorded"."""

    title: str
    because: tuple[Reason, ...]
    you_can: tuple[Way, ...] = ()
    kept: str = KEPT


def refusal(title: str, refused: Refused, *, you_can: tuple[Way, ...] = (), kept: str = KEPT) -> Refusal:
    """Every reason the rules gave, with its clause and its remedy."""
    return Refusal(title=title, because=reasons(refused.problems), you_can=you_can, kept=kept)
