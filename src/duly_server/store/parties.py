"""The blind index of parties: tokens that say nothing without the office's keys."""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from duly_server.store import rows
from duly_server.store.models import PartyToken


class Token(NamedTuple):
    """One way to find one party of one case."""

    token: bytes
    role: str
    case: str
    tag: str


def keep(tokens: Iterable[Token]) -> None:
    rows.write(new(tokens))


def new(tokens: Iterable[Token]) -> list[rows.New]:
    """The rows that `keep` writes; of two parties found alike one is enough."""
    return [rows.New(PartyToken, list(tokens), rows.Taken.LEFT)]


def of_case(reference: str) -> set[Token]:
    """What stands in the index for one case."""
    found = PartyToken.objects.filter(case=reference).values_list("token", "role", "case", "tag")
    return {Token(bytes(token), role, case, tag) for token, role, case, tag in found}


def replace(reference: str, tokens: Collection[Token]) -> None:
    PartyToken.objects.filter(case=reference).delete()
    keep(tokens)


def cases_of(tokens: Collection[bytes], *, role: str) -> list[str]:
    """The references of the cases in which somebody with one of these tokens has this role."""
    found = PartyToken.objects.filter(token__in=list(tokens), role=role)
    return sorted(found.values_list("case", flat=True).distinct())
