"""The function by which a role that owns no table has the receipt codes' one written anew."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from duly_server.store import scrubbing


def make(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in scrubbing.making(editor.connection.vendor):
        editor.execute(statement, params=None)


def unmake(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in scrubbing.unmaking(editor.connection.vendor):
        editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("store", "0017_waiting_by_day")]
    operations = [migrations.RunPython(make, unmake)]
