"""What the tables may hold, and what no column may lead to."""

from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models

from duly_server.store.models import Account

OURS = [*apps.get_app_config("store").get_models(), *apps.get_app_config("keys").get_models()]


@pytest.mark.django_db
def test_the_migrations_make_the_tables_as_they_are_declared() -> None:
    said = StringIO()
    call_command("makemigrations", "--check", "--dry-run", stdout=said)
    assert "No changes detected" in said.getvalue()


KNOWN_TO = {
    "AppointmentRow", "AuthenticatorRow", "IdentityRow", "InvitationRow", "PasskeyRow", "RecoveryCodeRow",
    "SavedView",
}  # fmt: skip


def test_accounts_are_known_to_appointments_saved_views_and_what_lets_them_in_alone() -> None:
    """T03: no column leads from a person to a case they are a party to."""
    knows = {
        model.__name__
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey) and field.related_model is Account
    }
    assert knows == KNOWN_TO
    named = [
        f"{model.__name__}.{field.name}"
        for model in OURS
        for field in model._meta.concrete_fields
        if any(word in field.name for word in ("account", "person", "member", "email", "address", "phone"))
    ]
    assert set(named) == {f"{model}.account" for model in KNOWN_TO}


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_no_table_has_a_running_number(model: type[models.Model]) -> None:
    assert not [field for field in model._meta.concrete_fields if isinstance(field, models.AutoField)]


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_no_row_keeps_the_instant_it_was_made_but_what_the_worker_claims_and_what_officers_are_given(
    model: type[models.Model],
) -> None:
    instants = {f.name for f in model._meta.concrete_fields if isinstance(f, models.DateTimeField)}
    assert instants <= {"wakes_at", "last_login", "ends_at", "ended_at"}  # an invitation, a round
