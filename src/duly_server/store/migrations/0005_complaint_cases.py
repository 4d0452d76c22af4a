"""A complaint points to every case it led to, not to the first alone."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SECOND_FACT = 2  # what a complaint opened stands in its second fact


def point_to_the_first(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """The cases that are known; `record rebuild` puts in those that the record says besides."""
    alias = editor.connection.alias
    links = apps.get_model("store", "ComplaintCaseRow")
    complaints = apps.get_model("store", "ComplaintRow")._default_manager.using(alias)
    known = complaints.filter(case__isnull=False).values_list("reference", "case_id")
    links._default_manager.using(alias).bulk_create(
        (links(complaint=complaint, case_id=case, place=SECOND_FACT) for complaint, case in known.iterator()),
        batch_size=500,
    )


class Migration(migrations.Migration):
    dependencies = [("store", "0004_stayed")]

    operations = [
        migrations.CreateModel(
            name="ComplaintCaseRow",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "complaint", "case_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("complaint", models.CharField(max_length=16)),
                (
                    "case",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="complaint_links",
                        to="store.caserow",
                    ),
                ),
                ("place", models.PositiveIntegerField()),
            ],
        ),
        migrations.RunPython(point_to_the_first, migrations.RunPython.noop),
    ]
