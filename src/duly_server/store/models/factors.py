"""How somebody shows that it is they who log in: beside the password, and instead of it."""

from django.db import models

from duly_server.store.models.accounts import Account


class AuthenticatorRow(models.Model):
    """An account's app of codes that change. The secret is sealed under a key of the key store."""

    account = models.OneToOneField(
        Account, primary_key=True, on_delete=models.CASCADE, related_name="authenticator"
    )
    unit_id = models.BinaryField(max_length=16)
    sealed = models.BinaryField()
    newest = models.BigIntegerField()  # the step of time of the newest code taken: none up to it comes again
    added_on = models.DateField()

    def __str__(self) -> str:
        return f"since {self.added_on}"


class RecoveryCodeRow(models.Model):
    """One recovery code not used yet: its digest under a key of the key store. Used, it is gone."""

    digest = models.CharField(max_length=64, primary_key=True)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="recovery_codes")
    unit_id = models.BinaryField(max_length=16)

    def __str__(self) -> str:
        return "a recovery code"


class PasskeyRow(models.Model):
    """A passkey: its public half. `key` is the digest of the id by which a browser calls it."""

    key = models.CharField(max_length=64, primary_key=True)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="passkeys")
    name = models.CharField(max_length=100)  # what its owner calls it
    credential = models.BinaryField()  # id and public key, as WebAuthn puts them (6.5.2)
    counter = models.BigIntegerField()  # of its own uses, as it told last; 0 where it does not count
    newest = models.BigIntegerField()  # when the newest challenge it answered was made, microseconds of 1970
    added_on = models.DateField()

    def __str__(self) -> str:
        return self.name


class IdentityRow(models.Model):
    """Who opens an account by an OpenID provider: a digest of its address and of its name for them."""

    digest = models.CharField(max_length=64, primary_key=True)
    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="identity")
    added_on = models.DateField()

    def __str__(self) -> str:
        return f"since {self.added_on}"
