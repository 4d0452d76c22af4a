"""The index of complaints: which case each opened or joined."""

from datetime import date

from duly_server.store.models import ComplaintRow


def keep(
    reference: str,
    *,
    case: str | None,
    received_on: date,
    naming: str,
    channel: str,
    is_history: bool = False,
    state: str = "",
) -> None:
    ComplaintRow.objects.update_or_create(
        reference=reference,
        defaults={
            "case_id": case,
            "received_on": received_on,
            "naming": naming,
            "channel": channel,
            "is_history": is_history,
            "state": state,
        },
    )


def case_of(reference: str) -> str | None:
    """The case this complaint opened or joined, None for history and for what is not there."""
    return ComplaintRow.objects.filter(reference=reference).values_list("case_id", flat=True).first()
