"""Who stands out of which case: nobody does yet."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0014_adopting")]

    operations = [
        migrations.CreateModel(
            name="ConflictRow",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "appointment",
                        "case_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("appointment", models.CharField(max_length=64)),
                (
                    "case",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=models.CASCADE,
                        related_name="conflicts",
                        to="store.caserow",
                    ),
                ),
            ],
        ),
    ]
