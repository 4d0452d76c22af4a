"""The page of a code where a complaint led to several cases: each in its place, and nobody named."""

from dataclasses import dataclass

from duly_server.services.status import Message, Standing, code_until
from duly_server.web.public.status_told import ToldStanding, tell
from duly_server.web.shared.days import public_day

_TURNS = (
    *("first", "second", "third", "fourth", "fifth", "sixth"),
    *("seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"),
)
_NUMBERS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldCase:
    """One case of several: `turn` is "First case", `number` tells its headings from the others'."""

    turn: str
    number: int
    told: ToldStanding


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldComplaint:
    """A whole complaint. With one case, `told` is all there is to say and `cases` is empty."""

    reference: str
    title: str
    told: ToldStanding
    cases: tuple[ToldCase, ...] = ()
    messages: tuple[Message, ...] = ()
    until: str = ""


def tell_all(standings: tuple[Standing, ...]) -> ToldComplaint:
    """What the page says of a complaint, from where each of its cases stands (one at least)."""
    told = [tell(standing) for standing in standings]
    last = code_until(standings)
    until = f"Your code opens this page until {public_day(last)}." if last else ""
    first = told[0]
    if len(told) == 1:
        return ToldComplaint(
            reference=first.reference, title=first.title, told=first, messages=first.messages, until=until
        )
    cases = tuple(
        ToldCase(turn=f"{_said(_TURNS, turn).capitalize()} case", number=turn + 1, told=each)
        for turn, each in enumerate(told)
    )
    return ToldComplaint(
        reference=first.reference,
        title=f"Your complaint led to {_said(_NUMBERS, len(told) - 2)} cases",
        told=first,
        cases=cases,
        messages=first.messages,
        until=until,
    )


def _said(words: tuple[str, ...], turn: int) -> str:
    return words[turn] if turn < len(words) else str(turn + 1)
