"""The index of complaints: which case each opened or joined, and every case the sift made of it."""

from collections.abc import Mapping
from datetime import date

from duly_server.store import rows
from duly_server.store.models import ComplaintCaseRow, ComplaintRow

__all__ = ["ComplaintRow", "cases_of", "keep", "link", "new", "put_links_right", "row", "wrong_links"]

OPENING = 2  # the place of the fact that says which case a complaint opened, in its own record


def new(reference: str, *, case: str, received_on: date, naming: str, channel: str) -> list[rows.New]:
    """The rows of a complaint that has just come in and opened this case, to be written."""
    is_history, state = False, ""
    of_complaint = (reference, case, received_on, naming, channel, is_history, state)
    return [rows.New(ComplaintRow, [of_complaint]), rows.New(ComplaintCaseRow, [(reference, case, OPENING)])]


def keep(
    reference: str,
    *,
    case: str | None,
    received_on: date,
    naming: str,
    channel: str,
    is_history: bool = False,
    place: int = OPENING,
) -> None:
    """The row of a complaint; `place` is that of the fact of its record that links it to `case`."""
    ComplaintRow.objects.update_or_create(
        reference=reference,
        defaults={
            "case_id": case,
            "received_on": received_on,
            "naming": naming,
            "channel": channel,
            "is_history": is_history,
        },
    )
    if case is not None:
        link({reference: place}, case)


def link(complaints: Mapping[str, int], case: str) -> None:
    """These complaints led to this case as well, as the fact at this place of each one's record says."""
    ComplaintCaseRow.objects.bulk_create(
        [ComplaintCaseRow(complaint=each, case_id=case, place=place) for each, place in complaints.items()],
        ignore_conflicts=True,
    )


def row(
    reference: str, *, case: str | None, received_on: date, naming: str, channel: str, is_history: bool
) -> ComplaintRow:
    """The row as it should stand, not saved."""
    return ComplaintRow(
        reference=reference,
        case_id=case,
        received_on=received_on,
        naming=naming,
        channel=channel,
        is_history=is_history,
    )


def cases_of(reference: str) -> tuple[str, ...]:
    """Every case this complaint led to, the first at the head; none for history and what is not there."""
    links = ComplaintCaseRow.objects.filter(complaint=reference).order_by("place")
    return tuple(links.values_list("case_id", flat=True))


def wrong_links(reference: str, wanted: Mapping[str, int]) -> tuple[set[str], dict[str, int]]:
    """Of the links of one complaint, case to place: those that should not stand, and those that should."""
    standing = dict(ComplaintCaseRow.objects.filter(complaint=reference).values_list("case_id", "place"))
    wrong = {case for case, place in standing.items() if wanted.get(case) != place}
    return wrong, {case: place for case, place in wanted.items() if standing.get(case) != place}


def put_links_right(reference: str, wanted: Mapping[str, int]) -> int:
    """Bring the links of one complaint to `wanted`, case to place; how many rows had to change."""
    wrong, missing = wrong_links(reference, wanted)
    if wrong:
        ComplaintCaseRow.objects.filter(complaint=reference, case__in=wrong).delete()
    for case, place in missing.items():
        link({reference: place}, case)
    return len(wrong | missing.keys())
