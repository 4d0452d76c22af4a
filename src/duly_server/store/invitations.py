"""Invitations: a digest that opens one account once, until a moment. The token itself is nowhere."""

import uuid
from datetime import datetime

from django.db import IntegrityError, transaction

from duly_server.store import identities
from duly_server.store.models import Account, InvitationRow


def keep(account: uuid.UUID, digest: str, *, ends_at: datetime) -> None:
    """From now on this one, and none that was given before."""
    InvitationRow.objects.filter(account_id=account).delete()
    InvitationRow.objects.create(account_id=account, digest=digest, ends_at=ends_at)


def account_of(digest: str, *, at: datetime) -> Account | None:
    """Whom it invites, while it holds."""
    row = InvitationRow.objects.filter(digest=digest, ends_at__gt=at).select_related("account").first()
    return row.account if row else None


def take(
    digest: str,
    account: Account,
    *,
    login: str,
    password: str | None,
    at: datetime,
    identity: str | None = None,
) -> bool | None:
    """True: the account has this login, and this password or this identity (its digest; from the day of `at`
    on), and the invitation is gone. None: the login is taken, or the identity opens another account.

    False: somebody took the invitation a moment ago, or it ended.
    """
    try:
        with transaction.atomic():
            if InvitationRow.objects.filter(digest=digest, ends_at__gt=at).delete()[0] != 1:
                return False
            account.login = login
            account.set_password(password)
            account.save(update_fields=["login", "password"])
            if identity is not None:
                identities.bind(account.pk, identity, on=at.date())
    except IntegrityError:
        return None
    return True


def open_until() -> dict[str, datetime]:
    """Until when the account (its key as text) may still be taken, of those that nobody took."""
    return {
        str(account): ends for account, ends in InvitationRow.objects.values_list("account_id", "ends_at")
    }
