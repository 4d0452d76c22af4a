"""Invitations: how somebody who was appointed gets a login and a password that nobody else ever knew."""

import hashlib
import re
import secrets
import uuid
from datetime import datetime, timedelta

from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError

from duly.vocabulary import Problem, Refused
from duly_server.store import accounts, identities, invitations
from duly_server.store.accounts import Account

LASTS = timedelta(days=7)
LOGIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@+-]{2,149}")
_ENDED = Problem(
    code="invitation-ended",
    says="This invitation is none, was used already, or has ended: it holds for seven days and one use.",
    remedy="Ask whoever invited you for another.",
)
_BOUND = Problem(
    code="identity-bound",
    says="You come in here by this provider already, in another account.",
    remedy="Ask whoever invited you to give the office to that account.",
)


def invite(account: uuid.UUID, *, at: datetime) -> str:
    """A token that opens this account once within seven days; any given before opens nothing any more.

    Whoever has it comes in, so that it is shown once and stands nowhere: not in a log, not in a fact.
    """
    token = secrets.token_urlsafe(32)
    invitations.keep(account, _digest(token), ends_at=at + LASTS)
    return token


def link(address: str, token: str) -> str:
    """The token stands behind the #, which no browser sends and no server on the way logs."""
    return f"{address}/invitation#{token}"


def accept(token: str, *, login: str, password: str, at: datetime) -> Account | Refused:
    """The account with its own login and password; or everything that stands in the way."""
    digest = _digest(token.strip())
    account = invitations.account_of(digest, at=at)
    if account is None:
        return Refused((_ENDED,))
    problems = [*_of_login(login, account), *weaknesses(password, login, account)]
    if problems:
        return Refused(tuple(problems))
    taken = invitations.take(digest, account, login=login, password=password, at=at)
    if taken is None:
        return Refused((_taken(login),))
    return account if taken else Refused((_ENDED,))


def check(token: str, *, login: str, at: datetime) -> Account | Refused:
    """Whom it invites, if they may come in by this login; nothing is taken yet."""
    account = invitations.account_of(_digest(token.strip()), at=at)
    if account is None:
        return Refused((_ENDED,))
    problems = tuple(_of_login(login, account))
    return Refused(problems) if problems else account


def accept_with_identity(token: str, *, login: str, identity: str, at: datetime) -> Account | Refused:
    """The account, opened from now on by this identity at the provider (its digest) and by no password."""
    account = check(token, login=login, at=at)
    if isinstance(account, Refused):
        return account
    if identities.is_bound(identity):
        return Refused((_BOUND,))
    taken = invitations.take(
        _digest(token.strip()), account, login=login, password=None, at=at, identity=identity
    )
    if taken is None:
        return Refused((_taken(login),))
    return account if taken else Refused((_ENDED,))


def open_until() -> dict[str, datetime]:
    """Until when each account (its key as text) that nobody took yet may still be taken."""
    return invitations.open_until()


def _of_login(login: str, account: Account) -> list[Problem]:
    if not LOGIN.fullmatch(login) or login.startswith(accounts.INVITED):
        remedy = "Use 3 to 150 letters, digits and . _ @ + -, beginning with a letter or a digit."
        return [Problem(code="login-unusable", says="This can't be a login.", remedy=remedy)]
    other = accounts.by_login(login)
    return [_taken(login)] if other is not None and other.pk != account.pk else []


def _taken(login: str) -> Problem:
    return Problem(code="login-taken", says=f"Somebody here logs in as {login}.", remedy="Choose another.")


def weaknesses(password: str, login: str, account: Account) -> list[Problem]:
    """Why this can't be a password of the account."""
    told = Account(login=login, name=account.name)
    try:
        password_validation.validate_password(password, told)
    except ValidationError as weak:
        remedy = "Choose a longer one: several words that do not belong together are easy to keep."
        return [Problem(code="password-weak", says=" ".join(weak.messages), remedy=remedy)]
    return []


def _digest(token: str) -> str:
    """A bare digest will do: the token has 256 bits of chance, and no list of likely ones reaches it."""
    return hashlib.sha256(token.encode()).hexdigest()
