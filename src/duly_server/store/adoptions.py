"""What the record of the organisation says was adopted, held against the files that govern its cases.

A file changed, added or dated otherwise behind Duly's back would move what counts as late in every case.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from duly.record.codec import BodyError, CanonicalError
from duly.record.facts import AdoptionWithdrawn, CalendarAdopted, Fact, RulebookAdopted
from duly_server.store.decoded import fact_from
from duly_server.store.models import CalendarRow, EditionRow, FactRow
from duly_server.store.once import forget

OFFICE = "office"
_KINDS = (RulebookAdopted.KIND, CalendarAdopted.KIND, AdoptionWithdrawn.KIND)
_Row = EditionRow | CalendarRow


@dataclass(frozen=True, slots=True)
class _Recorded:
    """The last adoption of one file: what its row says, by the names of its columns."""

    place: int
    says: dict[str, object]
    table: type[EditionRow] | type[CalendarRow]


def problems() -> Iterator[tuple[str, int, str]]:
    """Whatever differs, as chain, place and sentence: for verifying the record."""
    recorded, astray = _recorded()
    yield from ((OFFICE, place, says) for place, says in astray)
    rows: list[_Row] = [*EditionRow.objects.order_by("digest"), *CalendarRow.objects.order_by("digest")]
    standing = {row.digest: row for row in rows}
    for digest, each in recorded.items():
        row = standing.pop(digest, None)
        if row is None:
            yield OFFICE, each.place, "The file that was adopted here is not in this office."
        elif sha256(bytes(row.text)).hexdigest() != digest:
            yield OFFICE, each.place, "The file kept for this adoption is another than was adopted."
        elif wrong := _otherwise(row, each):
            yield OFFICE, each.place, f"What stands beside this adoption is not its own: {', '.join(wrong)}."
    for row in standing.values():
        yield OFFICE, 0, f"The file {row.digest[:12]} governs, and no fact says that it was adopted."


def put_right() -> int:
    """Bring what stands beside the files to what the record says; how many had to change."""
    changed = 0
    for digest, each in _recorded()[0].items():
        row = each.table.objects.filter(digest=digest).first()
        if row is not None and _otherwise(row, each):
            each.table.objects.filter(digest=digest).update(**each.says)
            changed += 1
    if changed:
        forget("adoptions")
    return changed


def _otherwise(row: _Row, recorded: _Recorded) -> list[str]:
    return [name for name, value in recorded.says.items() if getattr(row, name) != value]


def _recorded() -> tuple[dict[str, _Recorded], list[tuple[int, str]]]:
    """By digest; of a file that was adopted twice, the last time. And withdrawals of nothing, by place.

    What can't be read is said elsewhere.
    """
    found: dict[str, _Recorded] = {}
    astray: list[tuple[int, str]] = []
    facts = FactRow.objects.filter(chain=OFFICE, kind__in=_KINDS).order_by("place")
    for data in facts.values_list("fact", flat=True):
        try:
            fact: Fact = fact_from(bytes(data))
        except (CanonicalError, BodyError):
            continue
        beside: dict[str, date | int] = {"adopted_on": fact.on, "place": fact.place, "withdrawn": 0}
        match fact.body:
            case RulebookAdopted(edition=edition, rulebook=digest, in_force_from=since):
                says: dict[str, object] = {"edition": edition, "in_force_from": since, **beside}
                found[digest] = _Recorded(fact.place, says, EditionRow)
            case CalendarAdopted(calendar=calendar, edition=edition, digest=digest):
                says = {"calendar": calendar, "edition": edition, **beside}
                found[digest] = _Recorded(fact.place, says, CalendarRow)
            case AdoptionWithdrawn(adoption=place):
                if says_against := _withdraw(found, place, fact):
                    astray.append((fact.place, says_against))
            case _:
                continue
    return found, astray


def _withdraw(found: dict[str, _Recorded], place: int, fact: Fact) -> str:
    """Note it with the adoption at this place; why it can't have been withdrawn, "" where it was."""
    for each in found.values():
        if each.place == place and not each.says["withdrawn"]:
            each.says["withdrawn"] = fact.place
            since = each.says.get("in_force_from")
            is_late = isinstance(since, date) and since <= fact.on
            return "This withdraws what governed already." if is_late else ""
    return "This withdraws what was not adopted, or was withdrawn before."
