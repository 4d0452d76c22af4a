"""Who holds which office: an index of the organisation's own record."""

import uuid
from datetime import date

from duly.people import Appointment, Roll
from duly_server.store.models import Account, AppointmentRow


def roll() -> Roll:
    """Every appointment there was. An office has tens or hundreds, never more."""
    return Roll.of(
        Appointment(
            number=row.number,
            person=str(row.account_id),
            office=row.office,
            since=row.since,
            before=row.before,
        )
        for row in AppointmentRow.objects.order_by("since", "number")
    )


def names(numbers: set[str]) -> dict[str, str]:
    """The names behind these appointments, for pages of the desk; one query."""
    rows = AppointmentRow.objects.filter(number__in=numbers).select_related("account")
    return {row.number: row.account.name for row in rows if row.account is not None}


def who(number: str) -> str | None:
    """The name behind one appointment."""
    return names({number}).get(number)


def holders(offices: set[str], *, on: date) -> list[tuple[str, str, str]]:
    """(office, number, name) of everybody who holds one of these offices on the day, by office and name."""
    rows = AppointmentRow.objects.filter(office__in=offices, since__lte=on).select_related("account")
    return sorted(
        (row.office, row.number, row.account.name)
        for row in rows
        if row.account is not None and (row.before is None or on < row.before)
    )


def keep(appointment: Appointment, account: Account) -> None:
    """The index row of an appointment fact."""
    AppointmentRow.objects.update_or_create(
        number=appointment.number,
        defaults={
            "office": appointment.office,
            "account": account,
            "since": appointment.since,
            "before": appointment.before,
        },
    )


def end(number: str, *, before: date) -> None:
    AppointmentRow.objects.filter(number=number).update(before=before)


def row(number: str, *, office: str, account: str | None, since: date, before: date | None) -> AppointmentRow:
    """The row as it should stand, not saved."""
    return AppointmentRow(
        number=number,
        office=office,
        account_id=uuid.UUID(account) if account else None,
        since=since,
        before=before,
    )


def logins(offices: set[str], *, on: date) -> dict[str, list[tuple[str, str]]]:
    """(name, login) of everybody who holds one of these offices on the day, by office, in order of names."""
    rows = AppointmentRow.objects.filter(office__in=offices, since__lte=on).select_related("account")
    found: dict[str, list[tuple[str, str]]] = {}
    for row in rows:
        if row.account is not None and (row.before is None or on < row.before):
            found.setdefault(row.office, []).append((row.account.name, row.account.login))
    return {office: sorted(set(held)) for office, held in found.items()}
