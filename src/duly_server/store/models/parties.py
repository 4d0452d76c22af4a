"""The way from a person to the cases they are a party to: only with the key of the role."""

from django.db import models


class PartyToken(models.Model):
    """A keyed digest of who is behind a party, one key per role, so that tokens do not join across roles.

    The key of the table begins with the token: its order tells nothing of the order of entry.
    """

    pk = models.CompositePrimaryKey("token", "role", "case", "tag")
    token = models.BinaryField(max_length=32)
    role = models.CharField(max_length=16)
    case = models.CharField(max_length=16, db_index=True)  # a reference
    tag = models.CharField(max_length=16)

    def __str__(self) -> str:
        return f"{self.role} of {self.case}"
