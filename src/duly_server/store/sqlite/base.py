"""SQLite without row numbers.

A table's hidden row number counts the rows in the order they came, and so tells when an anonymous report was
made between two others (threats 2.7). Every table whose key is not a running number is therefore made
WITHOUT ROWID, and stays so when Django rebuilds it in a later migration.
"""

from typing import Any

from django.db import models
from django.db.backends.sqlite3 import base, schema


class SchemaEditor(schema.DatabaseSchemaEditor):
    def table_sql(self, model: type[models.Model]) -> tuple[str, list[Any]]:
        sql, params = super().table_sql(model)
        if isinstance(model._meta.pk, models.AutoField):
            return sql, params
        return f"{sql} WITHOUT ROWID", params


class DatabaseWrapper(base.DatabaseWrapper):
    SchemaEditorClass = SchemaEditor
