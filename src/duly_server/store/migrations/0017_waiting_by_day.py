"""The last day of a reporter's that waits for its number is found at once."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0016_withdrawn")]

    operations = [
        migrations.AlterField("WaitingRow", "day", models.DateField(null=True, db_index=True)),
    ]
