"""Everything that somebody may send, sent as nobody should: no fault of ours, and nothing half saved.

Each kind of person follows the links and meets the forms of their pages (tests/faults/walked.py). Then each
field of each form is sent with what it was not made for, each part of each address is replaced, and each
route is asked by every method. What succeeds is undone, and before that the record must verify. A spread of
values is tried each day, and all of them come round; with DULY_TEST_LONG=1 all of them in all fields. The day
is printed where it fails: DULY_TEST_DAY with that number tries the same once more.
"""

import os
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import TypeVar
from urllib.parse import quote, urlencode

import pytest
from django.db import connection, models, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, get_resolver
from pytest_django import Settings
from tests.faults.walked import METHODS, Form, Visitor, answers_of, html_of, kind_of, of_a_day
from tests.services.adopted import edition, late_holiday
from tests.services.history.handed import ALLEGATIONS, COMPLAINTS, taken
from tests.services.office import instant
from tests.services.test_adopting import adopted
from tests.web.desk.officer import Desk, log_in, set_day
from tests.web.desk.test_steps import served
from tests.web.public.reporter import Reporter

from duly_server.services import case_page, keeping, setup
from duly_server.services.adopting.proposal import Proposal, propose
from duly_server.store import accounts
from duly_server.store.accounts import by_login
from duly_server.store.models import (
    Account,
    AppointmentRow,
    CaseRow,
    ComplaintRow,
    DraftRow,
    FactRow,
    InvitationRow,
    OutboxRow,
    ReceiptRow,
    SavedView,
    SealedPart,
)

IS_LONG = os.environ.get("DULY_TEST_LONG") == "1"
TODAY = int(os.environ.get("DULY_TEST_DAY") or time.time() // 86_400)  # noqa: TID251 -- others each day
OTHER_CASE = "OTHER"  # stands for the reference of another case
VALUES = [
    "", " ", "\0", "before\0after", "-1", "0", "²", "٣", "1e999", "NaN", "9" * 400, "2147483648",
    "9223372036854775808", "0001-01-01", "9999-12-31", "99999-01-01", "2026-02-30", "2026-04-23T10:00",
    "x" * 30_000,
    "1," * 3000, OTHER_CASE, "case:1:R", "case:²:R", "more:allegation-²", "C1",
    "'; DROP TABLE store_factrow; --",
    "../../etc/passwd", "\r\nSet-Cookie: x=1", "{{ 7 }}{% now %}", "<script>alert(1)</script>", "\u202eback",
    "\ufeff", "e\u0301", "null", "[]", '{"v": 1}', "on", "true", "respondent", "K7QH-3M2C",
]  # fmt: skip
UNKNOWN = {
    "by": "time",
    "office": "overseer",
    "chain": "office",
    "place": "1",
    "noted_at": "1999-01-01",
    "x": "²",
}
PARAMETERS = (
    "view",
    "after",
    "before",
    "q",
    "key",
    "column",
    "state",
    "next",
    "question",
    "why",
    "new",
    "change",
)
FORM = "application/x-www-form-urlencoded"
BODIES = [
    (b"a=%FF%FE&b=%ED%A0%80", FORM),
    (b"\xff\xfe", FORM),
    (b'{"v": 1, "by": "time"}', "application/json"),
    (b"<a/>", "application/xml"),
    (b"no boundary", "multipart/form-data"),
    (
        b"--b\r\nContent-Disposition: form-data; name=a\r\n\r\n\xff\r\n--b--\r\n",
        "multipart/form-data; boundary=b",
    ),
    (b"a=1", f"{FORM}; charset=utf-16"),
    ("&".join(f"f{n}=x" for n in range(2000)).encode(), FORM),
]
OFFICES = ("complaints-officer", "panel-chair", "president")  # whose pages are walked every day
KEPT: tuple[type[models.Model], ...] = (
    FactRow, SealedPart, CaseRow, ComplaintRow, DraftRow, ReceiptRow, OutboxRow, SavedView, Account,
    AppointmentRow, InvitationRow,
)  # fmt: skip


@pytest.fixture(autouse=True)
def the_day_is_told() -> None:
    """pytest shows it where a test fails, and nowhere else."""
    print(f"DULY_TEST_DAY={TODAY} tries the same values once more.")  # noqa: T201 -- for whoever reads a failure


def test_in_time_every_value_is_sent_in_every_field() -> None:
    fields = ["by", "on", "reasons", "office", "key"]
    every = [(name, value) for name in fields for value in VALUES]
    days = range(TODAY, TODAY + len(every))
    sent = [pair for day in days for pair in of_a_day(every, 4, "a form", day=day)]
    assert set(sent) == set(every)
    assert of_a_day(every, 4, "a form", day=TODAY) != of_a_day(every, 4, "a form", day=TODAY + 1)
    assert of_a_day(every, 4, "a form", day=TODAY) != of_a_day(every, 4, "another", day=TODAY)


@pytest.fixture
def visitors(desk: Desk, unlimited: None) -> list[Visitor]:
    """Everybody who may meet a page of the office, each at its start; a case that is served, and others."""
    case = served(desk)
    sift = desk.office.complaint("2026-03-25").case
    taken(COMPLAINTS, ALLEGATIONS)
    set_day(DAY.isoformat())
    history = ComplaintRow.objects.filter(is_history=True)[0].reference
    ahead = adopted(desk.office, edition("2027", "2026-12-01", mode="stay"), DAY.isoformat())
    holiday = propose(late_holiday(), on=DAY)
    assert isinstance(holiday, Proposal)
    everywhere = [f"/{each.pattern}" for each in routes() if not each.pattern.converters]
    ours = (f"/desk/cases/{case}", f"/desk/sift/{sift}", f"/desk/history/{history}", *nouns(case))
    ours += (f"/desk/rulebook/new/{holiday.digest}", f"/desk/rulebook/withdraw/{ahead.proposal.digest}")
    inside = tuple(each for each in everywhere if IS_LONG or each.startswith(("/desk", "/signing-in")))
    outside = [each for each in everywhere if each.startswith(("/complain", "/status"))]
    found = [Visitor("public", Client(), tuple(everywhere)), *reporters(everywhere if IS_LONG else outside)]
    invited = accounts.placeholder()
    setup.appoint(invited, "overseer", name="Ida Moor", since=DAY, at=instant(DAY), on=DAY)
    every = [name for name, office in desk.office.book.offices.items() if not office.party]
    for office in every if IS_LONG else OFFICES:
        client = Client()
        log_in(client, f"{office}-1")
        found.append(Visitor(office, client, ("/desk/", *ours, *inside)))
    coming = Client()
    account = by_login("overseer-1")
    assert account is not None
    coming.force_login(account)
    return [*found, Visitor("without a second factor", coming, ("/signing-in", "/signing-in/first"))]


def routes() -> list[URLPattern]:
    found: list[URLPattern] = []
    waiting = list(get_resolver().url_patterns)
    while waiting:
        each = waiting.pop()
        if isinstance(each, URLPattern):
            found.append(each)
        else:
            waiting += each.url_patterns
    return found


def nouns(case: str) -> list[str]:
    """The addresses within a case that take no further part."""
    within = "desk/cases/<str:reference>/"
    patterns = [str(each.pattern) for each in routes() if str(each.pattern).startswith(within)]
    return [f"/desk/cases/{case}/{each.removeprefix(within)}" for each in patterns if each.count("<") == 1]


def reporters(everywhere: list[str]) -> Iterator[Visitor]:
    """Somebody in the middle of a complaint, somebody with a receipt, and somebody who looks a code up."""
    writing, sent, looking = (
        Reporter(Client()),
        Reporter(Client()),
        Visitor("by code", Client(), ("/status",)),
    )
    writing.fill_in("named")
    yield Visitor("writing", writing.client, tuple(each for each in everywhere if "complain" in each))
    sent.fill_in()
    code = sent.send()
    yield Visitor("with a receipt", sent.client, ("/complain/receipt", *everywhere))
    looking.learn(html_of(looking.client.post("/status", {"code": code})), "/status")
    yield looking


def kept() -> tuple[int, ...]:
    """How many rows of each there are: one question, for it is asked before and after every request."""
    tables = [model._meta.db_table for model in KEPT]
    counts = ", ".join(f"(SELECT count(*) FROM {table})" for table in tables)  # noqa: S608 -- names of ours
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {counts}")
        return tuple(cursor.fetchone())


@contextmanager
def undone() -> Iterator[None]:
    """At its end everything is as before."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    case_page.forget()


VERIFIED = count(1)
Met = TypeVar("Met")
Tried = TypeVar("Tried")
A_FEW = ("complaints-officer", "president")
DAY = date(2026, 3, 27)


@dataclass(frozen=True)
class Asked:
    method: str
    address: str
    said: Mapping[str, object] | bytes = b""
    kind: str = FORM

    def by(self, client: Client) -> HttpResponse:
        if isinstance(self.said, bytes):
            return client.generic(self.method, self.address, self.said, content_type=self.kind)
        if self.method == "POST":
            return client.post(self.address, self.said)
        return client.get(f"{self.address.partition('?')[0]}?{urlencode(self.said, doseq=True)}")


def ask(visitor: Visitor, what: Asked) -> int:
    """The status of an answer that is none of a fault; a fault itself is raised by the client.

    Of what is refused nothing may stay; of what was taken the record must verify.
    """
    with undone():
        before = kept()
        answer = what.by(visitor.fresh())
        status = answer.status_code
        assert status in answers_of(what.address), (visitor.who, what, status)
        assert "\n" not in str(answer.headers.get("Location", ""))
        html = html_of(answer) if not answer.streaming else ""
        assert "Traceback" not in html, (visitor.who, what)
        is_changed = kept() != before
        assert not is_changed or status < 400, (visitor.who, what, "half saved")
        if is_changed and (IS_LONG or next(VERIFIED) % 8 == 0):
            assert list(keeping.verify_record()) == [], (visitor.who, what)
    return status


def one_of_each(found: Iterable[tuple[Visitor, Met, object]]) -> Iterator[tuple[Visitor, Met]]:
    """Each shape as whoever met it first."""
    known = set[object]()
    for visitor, met, shape in found:
        if shape not in known:
            known.add(shape)
            yield visitor, met


def some(values: Sequence[Tried], most: int, *place: str) -> Sequence[Tried]:
    """All of these in the long run, else what comes round today."""
    return values if IS_LONG else of_a_day(values, most, *place, day=TODAY)


def hostile(form: Form, other: str) -> Iterator[Mapping[str, object]]:
    """What to send instead of what the form was made for; every day some of it, of a few fields."""
    usual, place = form.plausible, (kind_of(form.action), str(len(form.fields)))
    every = [(name, value) for name in usual for value in VALUES]
    for name, value in some(every, min(len(usual), 4), *place):
        yield {**usual, name: other if value == OTHER_CASE else value}
    yield {}
    name, (start,) = next(iter(usual), "x"), of_a_day(range(9), 1, "start", *place, day=TODAY)
    odd: list[Mapping[str, object]] = [
        {**usual, **UNKNOWN},
        {**usual, name: [usual.get(name, ""), "²", "x"]},
        dict(zip(usual, VALUES[start:], strict=False)),
        {each: value for each, value in usual.items() if each != name},
    ]
    yield from some(odd, 1, "odd", *place)


def forms_take_what_they_were_not_made_for_or_refuse_it(walked: list[Visitor]) -> None:
    other = CaseRow.objects.order_by("reference").last()
    assert other is not None
    tried, recorded = 0, 0
    for visitor, form in one_of_each((v, form, shape) for v in walked for shape, form in v.forms.items()):
        for said in hostile(form, other.reference):
            status = ask(visitor, Asked(form.method, form.action, said))
            tried += 1
            recorded += status == 303
    assert tried > 150
    assert recorded > 5  # some of it is what somebody may well mean


def routes_bear_any_body_any_method_and_any_parameter(walked: list[Visitor]) -> None:
    shown = [(visitor, found, route) for visitor in walked for route, found in visitor.shown.items()]
    asked = [(visitor, found, route) for visitor in walked for route, found in visitor.addresses.items()]
    for visitor, found in one_of_each([*shown, *asked]):
        address = found.partition("?")[0]
        place = kind_of(address)
        for method in some(METHODS, 1, "method", place):
            ask(visitor, Asked(method, address))
        for body, kind in some(BODIES, 1, "body", place):
            ask(visitor, Asked("POST", address, body, kind))
        for value in some(VALUES, 1, "parameter", place):
            ask(visitor, Asked("GET", address, dict.fromkeys(PARAMETERS, value)))


def addresses_bear_any_part(walked: list[Visitor]) -> None:
    other = str(CaseRow.objects.values_list("reference", flat=True).last())
    parts = [(value, method) for value in VALUES if value.strip() for method in ("GET", "POST")]
    for visitor in walked if IS_LONG else [each for each in walked if each.who in A_FEW]:
        for each in routes():
            if not each.pattern.converters:
                continue
            pattern = str(each.pattern)
            for value, method in of_a_day(parts, 20 if IS_LONG else 1, pattern, visitor.who, day=TODAY):
                named = quote((other if value == OTHER_CASE else value)[:200], safe="")
                ask(visitor, Asked(method, f"/{filled(pattern, named)}"))


def filled(pattern: str, value: str) -> str:
    head, _, rest = pattern.partition("<")
    while rest:
        _, _, tail = rest.partition(">")
        more, _, rest = tail.partition("<")
        head += value + more
    return head


def test_nothing_that_anybody_may_send_is_a_fault_of_ours_or_half_saved(visitors: list[Visitor]) -> None:
    for visitor in visitors:
        visitor.walk()
    reached = {route for visitor in visitors for route in visitor.addresses}
    assert {str(each.name) for each in routes()} - reached == set()
    forms_take_what_they_were_not_made_for_or_refuse_it(visitors)
    routes_bear_any_body_any_method_and_any_parameter(visitors)
    addresses_bear_any_part(visitors)
    assert list(keeping.verify_record()) == []
    assert keeping.rebuild(on=DAY).changed == 0


@pytest.mark.usefixtures("small_office", "day", "unlimited")
def test_neither_is_anything_in_the_demo(settings: Settings) -> None:
    settings.DULY_DEMO = True
    visitor = Visitor("in the demo", Client(), ("/demo/people",))
    visitor.walk()
    assert {"demo-become", "demo-next-day"} <= visitor.addresses.keys() | {"demo-next-day"}
    for form in (*visitor.forms.values(), Form("/demo/next-day", "POST")):
        if form.action.startswith("/demo/"):
            for said in hostile(form, ""):
                ask(visitor, Asked(form.method, form.action, said))
                set_day(DAY.isoformat())
