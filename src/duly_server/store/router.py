"""Which table lives in which database."""

from typing import Any

from django.db import models

KEYS = "keys"


class KeysApart:
    """The app `keys` and nothing else lives in the database `keys`: there is no query over both."""

    def db_for_read(self, model: type[models.Model], **hints: Any) -> str:
        return KEYS if model._meta.app_label == KEYS else "default"

    def db_for_write(self, model: type[models.Model], **hints: Any) -> str:
        return self.db_for_read(model)

    def allow_relation(self, first: models.Model, second: models.Model, **hints: Any) -> bool:
        return (first._meta.app_label == KEYS) == (second._meta.app_label == KEYS)

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return (app_label == KEYS) == (db == KEYS)
