"""Adoptions in the order in which they were recorded, and files that somebody thinks of adopting."""

from typing import Any

from django.db import migrations, models

from duly.record import codec
from duly.record.facts import CalendarAdopted, RulebookAdopted


def fill(apps: Any, schema_editor: Any) -> None:
    facts = apps.get_model("store", "FactRow")
    kinds = (RulebookAdopted.KIND, CalendarAdopted.KIND)
    for place, data in facts.objects.filter(chain="office", kind__in=kinds).values_list("place", "fact"):
        body = codec.fact_from_record(bytes(data)).body
        if isinstance(body, RulebookAdopted):
            apps.get_model("store", "EditionRow").objects.filter(digest=body.rulebook).update(place=place)
        elif isinstance(body, CalendarAdopted):
            apps.get_model("store", "CalendarRow").objects.filter(digest=body.digest).update(place=place)


class Migration(migrations.Migration):
    dependencies = [("store", "0013_open")]

    operations = [
        migrations.AddField("EditionRow", "place", models.PositiveIntegerField(db_default=0)),
        migrations.AddField("CalendarRow", "place", models.PositiveIntegerField(db_default=0)),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.CreateModel(
            name="ProposedRow",
            fields=[
                ("digest", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("is_calendar", models.BooleanField()),
                ("text", models.BinaryField()),
                ("beside", models.BinaryField(default=b"")),
                ("proposed_on", models.DateField()),
                ("looked", models.TextField(default="")),
                ("heads", models.CharField(default="", max_length=64)),
            ],
        ),
    ]
