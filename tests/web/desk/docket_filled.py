"""Many rows of the docket's indexes beside a real case, for what counts rows and not what they say."""

from datetime import date, timedelta

from duly_server.store.models import CaseRow, DutyRow


def keyed(reference: str, *keys: str) -> None:
    """The one duty of this case owed once for each of these allegations."""
    duty = DutyRow.objects.filter(case_id=reference).order_by("due_on")[0]
    DutyRow.objects.filter(case_id=reference).delete()
    for key in keys:
        duty.key = key
        duty.save(force_insert=True)


def copies(reference: str, how_many: int, *, first_due: date, closed_on: date | None = None) -> list[str]:
    """So many rows like that of the case, each due a day after the one before; their references."""
    made = []
    for turn in range(how_many):
        row = CaseRow.objects.get(reference=reference)
        duties = list(DutyRow.objects.filter(case_id=reference).order_by("due_on")[:1])
        due = first_due + timedelta(days=turn)
        row.pk = f"TEST-{'D' if closed_on else 'C'}{turn:03}"
        row.due_on, row.original_on, row.closed_on = due, due, closed_on
        row.save(force_insert=True)
        for duty in [] if closed_on else duties:
            duty.case_id, duty.due_on, duty.original_on = row.pk, due, due
            duty.save(force_insert=True)
        made.append(row.pk)
    return made
