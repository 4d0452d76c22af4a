"""Accounts of the people who log in at the desk."""

from duly_server.store.models import Account

__all__ = ["Account", "by_login", "find_or_make"]


def find_or_make(login: str, *, name: str, password: str | None) -> Account:
    """The account of this login; a new one has this name, and without a password opens to none."""
    account = Account.objects.filter(login=login).first()
    if account is None:
        account = Account.objects.create_user(login, password, name=name)
    return account


def by_login(login: str) -> Account | None:
    return Account.objects.filter(login=login).first()
