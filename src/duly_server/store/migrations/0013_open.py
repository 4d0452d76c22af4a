"""Duties and measures that say whether their case is open: counting them needs no look at it."""

from typing import Any

from django.db import migrations, models
from django.db.models import Exists, OuterRef, Q


def fill(apps: Any, schema_editor: Any) -> None:
    cases = apps.get_model("store", "CaseRow")
    not_open = cases.objects.filter(Q(closed_on__isnull=False) | Q(accepted_on__isnull=True))
    its = Exists(not_open.filter(reference=OuterRef("case_id")))
    for name in ("DutyRow", "MeasureRow"):
        apps.get_model("store", name).objects.filter(its).update(is_open=False)


class Migration(migrations.Migration):
    dependencies = [("store", "0012_counting")]

    operations = [
        migrations.AddField("DutyRow", "is_open", models.BooleanField(db_default=True)),
        migrations.AddField("MeasureRow", "is_open", models.BooleanField(db_default=True)),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RemoveIndex("DutyRow", "duties_paused"),
        migrations.AddIndex(
            "DutyRow",
            models.Index(
                name="duties_paused",
                fields=["edition", "case", "paused", "is_open"],
                condition=Q(paused=True, is_open=True),
            ),
        ),
        migrations.RemoveIndex("MeasureRow", "interim_by_end"),
        migrations.AddIndex(
            "MeasureRow",
            models.Index(
                name="interim_by_end",
                fields=["edition", "before", "case", "since", "is_interim", "is_open"],
                condition=Q(is_interim=True, is_open=True),
            ),
        ),
    ]
