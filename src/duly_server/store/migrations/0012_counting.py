"""Columns and indexes by which the desk counts to a thousand and stops; filled for the cases that are there."""

from typing import Any

from django.db import migrations, models
from django.db.models import Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

OPEN = Q(closed_on__isnull=True, accepted_on__isnull=False)
AT_ONCE = 500


def fill(apps: Any, schema_editor: Any) -> None:
    cases, duties, assigned = (
        apps.get_model("store", name) for name in ("CaseRow", "DutyRow", "AssignmentRow")
    )
    its = Subquery(cases.objects.filter(reference=OuterRef("case_id")).values("edition")[:1])
    for rows in (duties, apps.get_model("store", "MeasureRow")):
        rows.objects.update(edition=Coalesce(its, Value("")))
    closed = cases.objects.filter(reference=OuterRef("case_id"), closed_on__isnull=False)
    owing = duties.objects.filter(case_id=OuterRef("case_id"))
    assigned.objects.filter(Exists(closed), ~Exists(owing)).update(is_live=False)
    # Owed by one office, as nearly every duty is, and by nobody in the case: all at once.
    here = assigned.objects.filter(case_id=OuterRef("reference"), office=OuterRef("owed_by"))
    cases.objects.filter(~Exists(here)).exclude(owed_by="").update(unheld=F("owed_by"))
    for case in cases.objects.filter(owed_by__contains=" ").iterator(AT_ONCE):
        held = set(assigned.objects.filter(case_id=case.reference).values_list("office", flat=True))
        case.unheld = " ".join(office for office in case.owed_by.split() if office not in held)
        case.save(update_fields=["unheld"])
    here = assigned.objects.filter(case_id=OuterRef("case_id"), office=OuterRef("offices"))
    duties.objects.filter(~Exists(here)).update(is_given=False)
    for duty in duties.objects.filter(offices__contains=" ").iterator(AT_ONCE):
        held = set(assigned.objects.filter(case_id=duty.case_id).values_list("office", flat=True))
        found = duties.objects.filter(pk=duty.pk)
        found.update(is_given=any(office in held for office in duty.offices.split()))


class Migration(migrations.Migration):
    dependencies = [("store", "0011_rounds")]

    operations = [
        migrations.AddField("AssignmentRow", "is_live", models.BooleanField(db_default=True)),
        migrations.AddField("CaseRow", "unheld", models.TextField(blank=True, db_default="")),
        migrations.AddField("DutyRow", "edition", models.CharField(db_default="", max_length=64)),
        migrations.AddField("DutyRow", "is_given", models.BooleanField(db_default=True)),
        migrations.AddField("MeasureRow", "edition", models.CharField(db_default="", max_length=64)),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            "AssignmentRow",
            models.Index(name="assigned_and_live", fields=["appointment", "case"], condition=Q(is_live=True)),
        ),
        migrations.AddIndex(
            "CaseRow",
            models.Index(
                name="docket_counted",
                fields=["edition", "due_on", "accepted_on", "closed_on"],
                condition=OPEN,
            ),
        ),
        migrations.AddIndex(
            "CaseRow",
            models.Index(
                name="docket_sift_counted",
                fields=["edition", "received_on", "accepted_on", "closed_on"],
                condition=Q(closed_on__isnull=True, accepted_on__isnull=True),
            ),
        ),
        migrations.AddIndex(
            "DutyRow",
            models.Index(
                name="duties_given_to_nobody",
                fields=["edition", "offices", "due_on"],
                condition=Q(is_party=False, is_given=False),
            ),
        ),
        migrations.AddIndex(
            "CaseRow",
            models.Index(
                name="docket_unheld", fields=["edition", "unheld", "accepted_on", "closed_on"], condition=OPEN
            ),
        ),
        migrations.AddIndex(
            "DutyRow",
            models.Index(
                name="duties_of_offices",
                fields=["edition", "due_on", "is_party", "paused"],
                condition=Q(is_party=False, paused=False),
            ),
        ),
        migrations.AddIndex(
            "DutyRow",
            models.Index(
                name="duties_of_parties",
                fields=["edition", "due_on", "is_party", "paused"],
                condition=Q(is_party=True, paused=False),
            ),
        ),
        migrations.AddIndex(
            "DutyRow",
            models.Index(
                name="duties_asked_of_parties",
                fields=["edition", "started_on", "is_party", "paused"],
                condition=Q(is_party=True, paused=False),
            ),
        ),
        migrations.AddIndex(
            "DutyRow",
            models.Index(name="duties_paused", fields=["edition", "case"], condition=Q(paused=True)),
        ),
        migrations.AddIndex(
            "MeasureRow",
            models.Index(
                name="interim_by_end", fields=["edition", "before", "case"], condition=Q(is_interim=True)
            ),
        ),
    ]
