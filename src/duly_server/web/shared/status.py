"""The status page of a party: who owes the next step, where it stands, what can be done."""

from dataclasses import dataclass
from enum import StrEnum


class StepState(StrEnum):
    DONE = "done"
    NOW = "now"
    COMING = "coming"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicStep:
    """One step of the list; late ones of our own are admitted in `says`, with cause and apology."""

    title: str
    says: str
    state: StepState
    clause: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoOwes:
    """`by_on` is the day in public words; `story` tells how it moved; `why_url` the whole reckoning."""

    who: str
    by_on: str = ""
    distance: str = ""
    story: str = ""
    why_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doing:
    """Something the reader can do, or, with a `reason` and no `url`, cannot do yet and why."""

    label: str
    url: str = ""
    reason: str = ""
    clause: str = ""


def groups_of_four(code: str) -> tuple[str, ...]:
    """A receipt code as it is read aloud: "48210937" is "4821" and "0937"."""
    bare = "".join(code.split()).replace("-", "")
    return tuple(bare[at : at + 4] for at in range(0, len(bare), 4))
