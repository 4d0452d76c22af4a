"""The blind index of parties: tokens that say nothing without the office's keys."""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from duly_server.store.models import PartyToken


class Token(NamedTuple):
    """One way to find one party of one case."""

    token: bytes
    role: str
    case: str
    tag: str


def keep(rows: Iterable[Token]) -> None:
    PartyToken.objects.bulk_create([PartyToken(**row._asdict()) for row in rows], ignore_conflicts=True)


def of_case(reference: str) -> set[Token]:
    """What stands in the index for one case."""
    found = PartyToken.objects.filter(case=reference).values_list("token", "role", "case", "tag")
    return {Token(bytes(token), role, case, tag) for token, role, case, tag in found}


def replace(reference: str, rows: Collection[Token]) -> None:
    PartyToken.objects.filter(case=reference).delete()
    keep(rows)


def cases_of(tokens: Collection[bytes], *, role: str) -> list[str]:
    """The references of the cases in which somebody with one of these tokens has this role."""
    rows = PartyToken.objects.filter(token__in=list(tokens), role=role)
    return sorted(rows.values_list("case", flat=True).distinct())
