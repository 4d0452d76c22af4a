"""Which account an identity at a provider opens: kept as a digest of both."""

import uuid
from datetime import date

from duly_server.store.models import Account, IdentityRow


def account_of(digest: str) -> Account | None:
    """The account that this identity was bound to, unless it is closed."""
    row = IdentityRow.objects.filter(digest=digest, account__is_active=True).select_related("account").first()
    return row.account if row else None


def is_bound(digest: str) -> bool:
    return IdentityRow.objects.filter(digest=digest).exists()


def bind(account: uuid.UUID, digest: str, *, on: date) -> None:
    """This identity and no other opens the account. Raises IntegrityError where it opens another one."""
    IdentityRow.objects.filter(account_id=account).delete()
    IdentityRow.objects.create(digest=digest, account_id=account, added_on=on)
