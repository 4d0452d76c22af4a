"""Accounts of the people who log in at the desk."""

import uuid

from duly_server.store.models import Account

__all__ = ["INVITED", "Account", "by_key", "by_login", "everybody", "find_or_make", "lock_out", "placeholder"]

INVITED = "invited-"  # the login of an account that nobody has taken yet begins so


def find_or_make(login: str, *, name: str, password: str | None) -> Account:
    """The account of this login; a new one has this name, and without a password opens to none."""
    account = Account.objects.filter(login=login).first()
    if account is None:
        account = Account.objects.create_user(login, password, name=name)
    return account


def placeholder() -> str:
    """A login for somebody who has not come yet; nobody can choose one like it."""
    return f"{INVITED}{uuid.uuid4().hex}"


def everybody() -> list[Account]:
    """Every account, by name. An office has tens or hundreds."""
    return list(Account.objects.filter(is_active=True).order_by("name", "login"))


def by_login(login: str) -> Account | None:
    return Account.objects.filter(login=login).first()


def lock_out(account: Account) -> None:
    """No password opens the account any more, and nobody is logged in to it, until somebody takes it anew."""
    account.set_unusable_password()
    account.sessions_end()
    account.save(update_fields=["password", "stamp"])


def by_key(key: uuid.UUID) -> Account | None:
    """The account, unless it is closed."""
    return Account.objects.filter(pk=key, is_active=True).first()
