"""What waits for the worker, counted for a monitor; some of it a reporter left, so it is told coarsely."""

from datetime import date, datetime

from django.db.models import Q

from duly_server.store.models import AgendaRow, OutboxRow, ReceiptRow, WaitingRow


def counts(*, today: date, at: datetime) -> dict[str, int]:
    """By what waits: records to look at, things to tell, receipts to make slow, facts without a number."""
    return {
        "agenda": AgendaRow.objects.filter(wakes_at__lte=at).count(),
        "outbox": OutboxRow.objects.filter(state=OutboxRow.State.WAITING).count(),
        "receipts": ReceiptRow.objects.filter(state="fast").count(),
        "numbers": WaitingRow.objects.filter(Q(day=None) | Q(day__lt=today)).count(),
    }
