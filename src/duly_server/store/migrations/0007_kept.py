"""How many limits each case kept in each month; `record rebuild` fills it for the cases that are there."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0006_log")]

    operations = [
        migrations.CreateModel(
            name="KeptRow",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "case_id", "month", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="kept",
                        to="store.caserow",
                    ),
                ),
                ("month", models.DateField()),
                ("ended", models.PositiveIntegerField()),
                ("kept", models.PositiveIntegerField()),
            ],
            options={"indexes": [models.Index(name="kept_by_month", fields=["month", "case"])]},
        ),
    ]
