import datetime
import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Account",
            fields=[
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("login", models.CharField(max_length=150, unique=True)),
                ("name", models.CharField(max_length=200)),
                ("is_active", models.BooleanField(default=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="AgendaRow",
            fields=[
                ("chain", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("wakes_at", models.DateTimeField(db_index=True)),
                ("lease", models.CharField(blank=True, max_length=32)),
            ],
        ),
        migrations.CreateModel(
            name="CalendarRow",
            fields=[
                ("digest", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("calendar", models.CharField(max_length=100)),
                ("edition", models.CharField(max_length=100)),
                ("adopted_on", models.DateField()),
                ("text", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="DraftRow",
            fields=[
                ("id", models.BinaryField(max_length=16, primary_key=True, serialize=False)),
                ("sealed", models.BinaryField()),
                ("expires_on", models.DateField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name="EditionRow",
            fields=[
                ("digest", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("edition", models.CharField(max_length=200)),
                ("in_force_from", models.DateField()),
                ("adopted_on", models.DateField()),
                ("offices", models.TextField(blank=True)),
                ("text", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="FactRow",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "chain", "place", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("chain", models.CharField(max_length=64)),
                ("place", models.PositiveIntegerField()),
                ("kind", models.CharField(max_length=64)),
                ("digest", models.BinaryField(max_length=32)),
                ("fact", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="PartyToken",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "token",
                        "role",
                        "case",
                        "tag",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("token", models.BinaryField(max_length=32)),
                ("role", models.CharField(max_length=16)),
                ("case", models.CharField(db_index=True, max_length=16)),
                ("tag", models.CharField(max_length=16)),
            ],
        ),
        migrations.CreateModel(
            name="SealedPart",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "chain",
                        "place",
                        "name",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("chain", models.CharField(max_length=64)),
                ("place", models.PositiveIntegerField()),
                ("name", models.CharField(max_length=64)),
                ("unit_id", models.BinaryField(max_length=16)),
                ("sealed", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="AppointmentRow",
            fields=[
                ("number", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("office", models.CharField(max_length=100)),
                ("since", models.DateField()),
                ("before", models.DateField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="appointments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CaseRow",
            fields=[
                ("reference", models.CharField(max_length=16, primary_key=True, serialize=False)),
                ("edition", models.CharField(max_length=64)),
                ("calendar", models.CharField(max_length=64)),
                ("received_on", models.DateField()),
                ("accepted_on", models.DateField(null=True)),
                ("closed_on", models.DateField(null=True)),
                ("closed_as", models.CharField(blank=True, max_length=100)),
                ("stages", models.TextField(blank=True)),
                ("conduct", models.CharField(blank=True, max_length=100)),
                ("owner", models.CharField(blank=True, max_length=64)),
                ("head", models.PositiveIntegerField()),
                ("owed_step", models.CharField(blank=True, max_length=100)),
                ("owed_by", models.TextField(blank=True)),
                ("due_on", models.DateField(default=datetime.date(9999, 12, 31))),
                ("original_on", models.DateField(null=True)),
                ("started_on", models.DateField(null=True)),
                ("state", models.CharField(blank=True, max_length=32)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("accepted_on__isnull", False), ("closed_on__isnull", True)),
                        fields=["due_on", "reference"],
                        name="docket_late_first",
                    ),
                    models.Index(
                        condition=models.Q(("accepted_on__isnull", True), ("closed_on__isnull", True)),
                        fields=["received_on", "reference"],
                        name="docket_sift",
                    ),
                    models.Index(
                        condition=models.Q(("closed_on__isnull", False)),
                        fields=["closed_on", "reference"],
                        name="docket_closed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AssignmentRow",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "case_id", "office", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("office", models.CharField(max_length=100)),
                ("appointment", models.CharField(db_index=True, max_length=64)),
                (
                    "case",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="assignments",
                        to="store.caserow",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="OutboxRow",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("kind", models.CharField(max_length=64)),
                ("chain", models.CharField(max_length=64)),
                ("place", models.PositiveIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "Waiting"), ("sent", "Sent"), ("given up", "Given Up")],
                        default="waiting",
                        max_length=16,
                    ),
                ),
                (
                    "wakes_at",
                    models.DateTimeField(default=datetime.datetime(1970, 1, 1, 0, 0, tzinfo=datetime.UTC)),
                ),
                ("lease", models.CharField(blank=True, max_length=32)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "waiting")),
                        fields=["wakes_at", "id"],
                        name="outbox_waiting",
                    ),
                    models.Index(fields=["chain", "place"], name="outbox_by_fact"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReceiptRow",
            fields=[
                ("h", models.BinaryField(max_length=32, primary_key=True, serialize=False)),
                (
                    "state",
                    models.CharField(
                        choices=[("fast", "Fast"), ("slow", "Slow")], default="fast", max_length=8
                    ),
                ),
                ("complaint", models.CharField(db_index=True, max_length=16)),
                ("ends_on", models.DateField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("state", "fast")), fields=["h"], name="receipts_to_slow")
                ],
            },
        ),
        migrations.CreateModel(
            name="ComplaintRow",
            fields=[
                ("reference", models.CharField(max_length=16, primary_key=True, serialize=False)),
                ("received_on", models.DateField()),
                ("naming", models.CharField(blank=True, max_length=16)),
                ("channel", models.CharField(blank=True, max_length=16)),
                ("is_history", models.BooleanField(default=False)),
                ("state", models.CharField(blank=True, max_length=32)),
                (
                    "case",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="complaints",
                        to="store.caserow",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["is_history", "received_on", "reference"], name="complaints_by_day")
                ],
            },
        ),
        migrations.CreateModel(
            name="DutyRow",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "case_id",
                        "step",
                        "key",
                        "limit",
                        "part",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("step", models.CharField(max_length=100)),
                ("key", models.CharField(blank=True, max_length=64)),
                ("limit", models.CharField(max_length=100)),
                ("part", models.PositiveSmallIntegerField(default=0)),
                ("offices", models.TextField()),
                ("is_party", models.BooleanField()),
                ("due_on", models.DateField()),
                ("original_on", models.DateField()),
                ("started_on", models.DateField()),
                ("paused", models.BooleanField(default=False)),
                (
                    "case",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="duties",
                        to="store.caserow",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["due_on", "case"], name="duties_by_day")],
            },
        ),
        migrations.CreateModel(
            name="MeasureRow",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "case_id",
                        "party",
                        "measure",
                        "turn",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("party", models.CharField(max_length=16)),
                ("measure", models.CharField(max_length=100)),
                ("turn", models.PositiveSmallIntegerField(default=1)),
                ("is_interim", models.BooleanField()),
                ("since", models.DateField()),
                ("before", models.DateField(null=True)),
                ("review_due_on", models.DateField(null=True)),
                ("ended_on", models.DateField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="measures",
                        to="store.caserow",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["before", "since"], name="register_by_end")],
            },
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("name", models.CharField(max_length=100)),
                ("query", models.TextField(blank=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved_views",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("account", "name"), name="saved_view_name")],
            },
        ),
    ]
