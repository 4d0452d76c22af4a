"""The index of complaints: which case each opened or joined."""

from datetime import date

from duly_server.store.models import ComplaintRow

__all__ = ["ComplaintRow", "case_of", "keep", "row"]


def keep(
    reference: str,
    *,
    case: str | None,
    received_on: date,
    naming: str,
    channel: str,
    is_history: bool = False,
) -> None:
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


def case_of(reference: str) -> str | None:
    """The case this complaint opened or joined, None for history and for what is not there."""
    return ComplaintRow.objects.filter(reference=reference).values_list("case_id", flat=True).first()
