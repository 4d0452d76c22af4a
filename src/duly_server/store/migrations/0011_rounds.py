"""When the worker last went round, for a monitor."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0010_second_factors"),
    ]

    operations = [
        migrations.CreateModel(
            name="RoundRow",
            fields=[
                ("name", models.CharField(max_length=16, primary_key=True, serialize=False)),
                ("ended_at", models.DateTimeField()),
                ("failed", models.PositiveIntegerField()),
            ],
        ),
    ]
