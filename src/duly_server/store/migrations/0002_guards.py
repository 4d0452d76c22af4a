"""Puts up the guards of the record. A later migration that rebuilds these tables must put them up again."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from duly_server.store import guards


def raise_guards(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in guards.raising(editor.connection.vendor, "facts", "parts"):
        editor.execute(statement, params=None)


def lower_guards(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in guards.lowering(editor.connection.vendor, "facts", "parts"):
        editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("store", "0001_initial")]
    operations = [migrations.RunPython(raise_guards, lower_guards)]
