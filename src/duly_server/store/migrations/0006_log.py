"""The log: numbers of facts, and what waits for one. Every fact that is there waits from now on.

Those of a reporter too, of today even: all are numbered together, shuffled with everything there is.
"""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from duly_server.store import guards

LET_ALL_WAIT = """
    INSERT INTO store_waitingrow (chain, place, last, day)
    SELECT chain, MIN(place), MAX(place), NULL FROM store_factrow GROUP BY chain"""


def let_all_wait(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in (*guards.raising(editor.connection.vendor, "leaves"), LET_ALL_WAIT):
        editor.execute(statement, params=None)


def lower_guards(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in guards.lowering(editor.connection.vendor, "leaves"):
        editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("store", "0005_complaint_cases")]

    operations = [
        migrations.CreateModel(
            name="LeafRow",
            fields=[
                ("number", models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                ("chain", models.CharField(max_length=64)),
                ("place", models.PositiveIntegerField()),
                ("leaf", models.BinaryField(max_length=32)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("chain", "place"), name="leaf_of_a_fact")],
            },
        ),
        migrations.CreateModel(
            name="WaitingRow",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "chain", "place", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("chain", models.CharField(max_length=64)),
                ("place", models.PositiveIntegerField()),
                ("last", models.PositiveIntegerField()),
                ("day", models.DateField(null=True)),
            ],
        ),
        migrations.RunPython(let_all_wait, lower_guards),
    ]
