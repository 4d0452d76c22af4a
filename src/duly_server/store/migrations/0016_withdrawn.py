"""Adoptions that were withdrawn before their first day."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0015_conflicts")]

    operations = [
        migrations.AddField("EditionRow", "withdrawn", models.PositiveIntegerField(db_default=0)),
        migrations.AddField("CalendarRow", "withdrawn", models.PositiveIntegerField(db_default=0)),
    ]
