"""What Django alone takes: a table, a view and a template that know nothing of Duly.

The list is that of the fifty most overdue cases, with as many cells as the docket has, drawn by a template
that is filled up to the size of the docket's page. No middleware, no login, no counts, no choice of who sees
what.
"""

import secrets
import uuid
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import ClassVar

from django import forms
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, connections, models, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template import Context, Template
from django.test import override_settings
from django.urls import path

CELLS = ("reference", "conduct", "owed", "whose", "holder", "due_on", "original_on", "state")


class BareCase(models.Model):
    """One case of the bare table."""

    reference = models.CharField(max_length=16, primary_key=True)
    conduct = models.CharField(max_length=100)
    owed = models.CharField(max_length=100)
    whose = models.CharField(max_length=100)
    holder = models.CharField(max_length=100)
    due_on = models.DateField()
    original_on = models.DateField()
    closed_on = models.DateField(null=True)
    state = models.CharField(max_length=32)

    class Meta:
        app_label = "bench"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                name="bare_overdue",
                fields=["due_on", "reference"],
                condition=models.Q(closed_on__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class BareComplaint(models.Model):
    """What a bare form takes in: the first of its two rows."""

    id = models.UUIDField(primary_key=True)
    received_on = models.DateField()
    narrative = models.TextField()
    about = models.TextField()

    class Meta:
        app_label = "bench"

    def __str__(self) -> str:
        return str(self.id)


class BareReceipt(models.Model):
    """The second: a code, and the complaint it stands for."""

    code = models.CharField(max_length=32, primary_key=True)
    complaint = models.UUIDField()

    class Meta:
        app_label = "bench"

    def __str__(self) -> str:
        return self.code


class BareForm(forms.Form):
    narrative = forms.CharField()
    about = forms.CharField()


def make_tables(*tables: type[models.Model]) -> None:
    with connection.schema_editor() as editor:
        for table in tables:
            editor.create_model(table)


_template: Template


def fill_up(size: int, today: date) -> None:
    """Make the template so long that its page has about this many bytes."""
    global _template
    _template = Template(_rows(0))
    bare = len(_template.render(Context({"cases": _overdue(), "today": today})).encode())
    _template = Template(_rows(max(0, (size - bare) // 50)))


def _rows(filler: int) -> str:
    days = '|date:"D j M"'
    cells = "".join(f"<td>{{{{ case.{name}{days if name.endswith('_on') else ''} }}}}</td>" for name in CELLS)
    late = "{% if case.due_on < today %} class=late{% endif %}"
    row = f"<tr{late}>{cells}<td>{'x' * filler}</td></tr>"
    return f"<table>{{% for case in cases %}}{row}{{% endfor %}}</table>"


def _overdue() -> list[BareCase]:
    return list(BareCase.objects.filter(closed_on__isnull=True).order_by("due_on", "reference")[:50])


def overdue(request: HttpRequest) -> HttpResponse:
    return HttpResponse(_template.render(Context({"cases": _overdue(), "today": date(2026, 6, 1)})))


BEGUN = "begun"  # another database: SQLite as Django sets it up where nobody says otherwise


def begin(file: Path) -> None:
    """A file of its own with SQLite's own settings: a journal that is rolled back, and full durability."""
    connections.settings[BEGUN] = connections.configure_settings(
        {"default": {}, BEGUN: {"ENGINE": "django.db.backends.sqlite3", "NAME": str(file)}}
    )[BEGUN]
    with connections[BEGUN].schema_editor() as editor:
        for table in (BareComplaint, BareReceipt):
            editor.create_model(table)


def complain(request: HttpRequest, using: str = "default") -> HttpResponse:
    """Two rows in one transaction."""
    form = BareForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=400)
    complaint, code = uuid.uuid4(), secrets.token_hex(16)
    with transaction.atomic(using=using):
        BareComplaint.objects.using(using).create(
            id=complaint, received_on=date(2026, 6, 1), **form.cleaned_data
        )
        BareReceipt.objects.using(using).create(code=code, complaint=complaint)
    return HttpResponseRedirect(f"/bare?code={code}")


urlpatterns = [
    path("bare", overdue),
    path("bare/complain", complain),
    path("bare/begun", complain, {"using": BEGUN}),
]


def own_addresses(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """The only middleware: it says where the addresses are."""

    def respond(request: HttpRequest) -> HttpResponse:
        request.urlconf = __name__  # type: ignore[attr-defined]  # what Django looks for
        return get_response(request)

    return respond


# What `django-admin startproject` writes down, in its order.
STARTED_WITH = (
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
)


def handler(middleware: Sequence[str] = ()) -> WSGIHandler:
    """Django with this middleware, by default none, at the addresses of this module."""
    with override_settings(MIDDLEWARE=["bench.bare.own_addresses", *middleware]):
        return WSGIHandler()
