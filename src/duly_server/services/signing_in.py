"""What an officer comes in by: looked at, and taken away again, never the last of it."""

from django.db import transaction

from duly.vocabulary import Problem, Refused
from duly_server.services import invitations
from duly_server.store import factors
from duly_server.store.accounts import Account
from duly_server.store.factors import Held

APP = "app"

_LAST = Problem(
    code="last-factor",
    says="This is the last second factor of yours, and without one the desk would not open to you again.",
    remedy="Add another first.",
)
_GONE = Problem(
    code="no-such-factor", says="There is no such second factor of yours.", remedy="It is gone already."
)


_WRONG = Problem(
    code="password-wrong", says="This is not your password.", remedy="Write the one you log in with today."
)


def held(account: Account) -> Held:
    """What the account has today."""
    return factors.held(account.pk)


def change_password(account: Account, *, current: str, new: str) -> Refused | None:
    """By whoever knows the one there is; an account that is opened by none has none to change."""
    if not account.check_password(current):
        return Refused((_WRONG,))
    if problems := invitations.weaknesses(new, account.login, account):
        return Refused(tuple(problems))
    account.set_password(new)
    account.save(update_fields=["password"])
    return None


def remove(account: Account, what: str) -> Refused | None:
    """Take away the app (APP) or a passkey (its key). The last one stays, whoever takes away another now."""
    with transaction.atomic():
        factors.alone(account.pk)
        has = factors.held(account.pk)
        known = {key for key, _, _ in has.passkeys} | ({APP} if has.authenticator_since else set())
        if what not in known:
            return Refused((_GONE,))
        if has.count == 1:
            return Refused((_LAST,))
        if what == APP:
            factors.forget_secret(account.pk)
        else:
            factors.forget_passkey(account.pk, what)
    return None
