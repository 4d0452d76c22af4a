"""A page of history is read by an index of history alone; the one of every complaint served no list."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0008_invitations")]

    operations = [
        migrations.AddIndex(
            model_name="complaintrow",
            index=models.Index(
                condition=models.Q(("is_history", True)),
                fields=["received_on", "reference"],
                name="complaints_of_history",
            ),
        ),
        migrations.RemoveIndex(model_name="complaintrow", name="complaints_by_day"),
    ]
