"""Who logs in at the desk."""

import secrets
import uuid
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac


class AccountManager(BaseUserManager["Account"]):
    def create_user(self, login: str, password: str | None = None, *, name: str = "") -> "Account":
        """A new account; without a password nobody can log in to it by password."""
        account = self.model(login=login, name=name or login)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """A person of the office. What they may do hangs on their appointments, never on the account."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    login = models.CharField(max_length=150, unique=True)
    name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)
    stamp = models.CharField(max_length=32, blank=True, default="", db_default="")  # see `sessions_end`

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "login"

    def __str__(self) -> str:
        return self.name

    def sessions_end(self) -> None:
        """Not saved yet: with another stamp, whoever is logged in to this account no longer is."""
        self.stamp = secrets.token_hex(16)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session keeps of the account, and ends when it changes: the password, and the stamp."""
        salt = "django.contrib.auth.models.AbstractBaseUser.get_session_auth_hash"
        said = f"{self.password}{self.stamp}"
        return salted_hmac(salt, said, secret=secret, algorithm="sha256").hexdigest()


class InvitationRow(models.Model):
    """One person's way in, until somebody took it or it ended. Of its token only the digest is kept."""

    digest = models.CharField(max_length=64, primary_key=True)
    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="invitation")
    ends_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"until {self.ends_at}"


class SavedView(models.Model):
    """A filter of the docket that somebody gave a name."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="saved_views")
    name = models.CharField(max_length=100)
    query = models.TextField(blank=True)  # the query string of the docket page

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="saved_view_name", fields=["account", "name"]),
        ]

    def __str__(self) -> str:
        return self.name
