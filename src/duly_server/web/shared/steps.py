"""What may happen next: open steps with who owes them, closed ones with the reason and when they open."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from duly.vocabulary import Problem
from duly_server.web.shared.days import short_day


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a step is closed, how or when it opens (in full ink), the clause, and whom to ask instead."""

    says: str
    opens: str = ""
    clause: str = ""
    ask: str = ""
    ask_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenStep:
    """`says` is who owes it and by when; `is_late` a duty past its date. `button` leads to the form."""

    title: str
    button: str
    url: str
    says: str = ""
    clause: str = ""
    is_late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedStep:
    title: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class OverSteps:
    """Steps that are history, `count` of them: of stages that are over, or all that closed with the case."""

    count: int
    rows: tuple[ClosedStep, ...]
    with_the_case: bool = False


@dataclass(frozen=True, slots=True)
class NextSteps:
    """`open` in the order owed and late, owed, allowed: the first one's button is the page's primary."""

    open: tuple[OpenStep, ...]
    closed: tuple[ClosedStep, ...] = ()


def reasons(problems: Iterable[Problem]) -> tuple[Reason, ...]:
    """The problems that close a step, as its reasons."""
    return tuple(Reason(p.says, _opens(p.opens_on, p.remedy), p.clause or "") for p in problems)


def _opens(on: date | None, remedy: str) -> str:
    return " ".join(part for part in (f"Opens {short_day(on)}." if on else "", remedy) if part)
