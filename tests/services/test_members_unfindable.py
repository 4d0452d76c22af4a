"""T03: whoever has every table and the whole list of members finds nobody in it without the keys.

First by guessing: each member's name and number against whatever digest stands in any column. Then by
joining: from what a table says of a person to every row that shares a value with it, and on from there.
"""

import hashlib
import hmac
import json
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime
from uuid import UUID

import pytest
from django.apps import apps
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from tests.services.office import SmallOffice, instant

from duly.procedure.acts import TakeStep
from duly.record import codec, seal
from duly.record.facts import PartyRole
from duly_server.services import casework, parties, sift, work
from duly_server.services.example.names import MEMBERS, member_name, membership_number
from duly_server.services.premises import premises
from duly_server.services.sift import Accused, Charge
from duly_server.store import accounts, envelope
from duly_server.store.models import FactRow, PartyToken, SealedPart

NUMBER = 271_828  # complains in one case and answers in another
NAME, MEMBER = member_name(NUMBER), membership_number(NUMBER)
NO_SALT = "\0" * seal.SALT_LENGTH
IDENTITY = {"v": 1, "name": NAME, "member": MEMBER}


@pytest.fixture
def office(small_office: SmallOffice) -> SmallOffice:
    """Two cases: a member complained in one and is accused in the other, and has an account of the office."""
    accounts.find_or_make(MEMBER, name=NAME, password="a long one for him")
    client = Client()
    assert client.login(username=MEMBER, password="a long one for him")
    for complainant, accused in ((NAME, "Bo Lind"), ("Ada Winter", NAME)):
        receipt = small_office.complaint("2026-03-02", name=complainant)
        officer = small_office.acting("complaints-officer", "2026-03-04")
        casework.take(officer, receipt.case, TakeStep(step="acknowledge", key=receipt.complaint))
        sift.settle(
            small_office.acting("complaints-officer", "2026-03-20"),
            receipt.case,
            outcome="accepted",
            reasons="Within the rules.",
            accused=[
                Accused(
                    name=accused,
                    member=MEMBER if accused == NAME else "",
                    charges=(Charge(conduct="bullying", narrative="Mockery."),),
                )
            ],
        )
    work.work(today=date(2026, 3, 20), at=instant(date(2026, 3, 20)))
    return small_office


# --- by guessing -------------------------------------------------------------------------------------------


def guesses() -> Iterator[bytes]:
    """The digests of all members that need no key and no salt: how a careless office would keep them."""
    names: set[str] = set()
    for number in range(1, MEMBERS + 1):
        name, member = member_name(number), membership_number(number)
        names.add(name)
        yield from _of_one("member", member)
        yield _digest(f'duly/part/1\0{NO_SALT}{{"member":"{member}","name":"{name}","v":1}}')
        yield _digest(f'duly/part/1\0{{"member":"{member}","name":"{name}","v":1}}')
    for name in names:
        yield from _of_one("name", name)
        yield _digest(f'duly/part/1\0{NO_SALT}{{"name":"{name}","v":1}}')
        yield _digest(f'duly/part/1\0{{"name":"{name}","v":1}}')


def _of_one(field: str, said: str) -> Iterator[bytes]:
    plain = said.casefold()
    yield _digest(said)
    yield _digest(plain)
    yield _digest(f"duly/party/1\0{field}\0{plain}")
    yield hmac.digest(b"", f"duly/party/1\0{field}\0{plain}".encode(), "sha256")


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


def everything_digested() -> set[bytes]:
    """Every value of any column, and of any fact, that could be a digest."""
    found: set[bytes] = set()
    for _, values in rows():
        for value in values:
            if len(value) == 64 and set(value) <= set("0123456789abcdef"):
                found.add(bytes.fromhex(value))
    return found


def test_no_member_of_all_is_found_by_guessing(office: SmallOffice) -> None:
    digests = everything_digested()
    with_the_keys = {token for role in PartyRole for token in parties.tokens(role, IDENTITY)}
    assert len(digests & with_the_keys) == 3  # name complaining, name and number accused: they are there
    salt, commitment = salt_and_commitment_of(NAME)
    assert commitment in digests
    assert seal.commit(salt, IDENTITY) == commitment  # with the salt one guess would do
    assert salt not in digests
    assert not any(salt in bytes(row.sealed) for row in SealedPart.objects.all())
    assert [guess.hex() for guess in guesses() if guess in digests] == []


def salt_and_commitment_of(name: str) -> tuple[bytes, bytes]:
    """Of the respondent so called, as only the office's own keys give them."""
    journal = premises().journal
    for row in SealedPart.objects.filter(name="R"):
        fact = codec.fact_from_record(bytes(FactRow.objects.get(chain=row.chain, place=row.place).fact))
        commitment = dict(fact.parts)["R"]
        unit = journal.keys.find([bytes(row.unit_id)])[bytes(row.unit_id)]
        assert isinstance(unit, envelope.Unit)
        aad = envelope.associated_data(
            origin=journal.origin, chain=row.chain, place=row.place, part="R", commitment=commitment
        )
        salt, content = envelope.open_part(unit, aad, bytes(row.sealed), commitment=commitment)
        if json.loads(content)["name"] == name:
            return salt, commitment
    raise AssertionError("Nobody of this name is a respondent.")


def test_the_tokens_of_one_member_in_two_roles_have_nothing_in_common(office: SmallOffice) -> None:
    tokens = [parties.tokens(role, IDENTITY) for role in PartyRole]
    assert len(frozenset().union(*tokens)) == 6
    standing = Counter(bytes(row.token) for row in PartyToken.objects.all())
    assert max(standing.values()) == 1


# --- by joining --------------------------------------------------------------------------------------------


def rows() -> Iterator[tuple[str, frozenset[str]]]:
    """Every row of every table of both databases: its table, and each value in it, however deep, as text."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.app_label in ("contenttypes", "auth"):
            continue  # Django's own lists of tables and permissions
        for row in model._base_manager.using("keys" if model._meta.app_label == "keys" else "default"):
            values = [getattr(row, field.attname) for field in model._meta.concrete_fields]
            if model.__name__ == "Session":
                values.append(SessionStore().decode(row.session_data))
            yield model.__name__, frozenset(_texts(values))


def _texts(value: object) -> Iterator[str]:
    match value:
        case dict():
            for each in value.items():
                yield from _texts(list(each))
        case list() | tuple():
            for each in value:
                yield from _texts(each)
        case bytes() | memoryview():
            data = bytes(value)
            yield data.hex()
            with suppress(ValueError):  # most bytes are no JSON: digests, and what is sealed
                yield from _texts(json.loads(data))
        case UUID():
            yield from (str(value), value.hex)
        case str():
            yield from (value, *value.replace("/", " ").split())
        case date() | datetime():
            yield value.isoformat()
        case _:
            yield str(value)


def reached(start: set[str]) -> list[tuple[str, frozenset[str]]]:
    """Every row to which shared values lead from these, one after another.

    A value that stands in more than a handful of rows (a day, a kind, an office's name) leads nowhere.
    """
    table = list(rows())
    often = Counter(value for _, values in table for value in values)
    known, found = set(start), list[tuple[str, frozenset[str]]]()
    while True:
        new = [row for row in table if row not in found and row[1] & known]
        if not new:
            return found
        found += new
        known |= {v for _, values in new for v in values if len(v) > 5 and often[v] <= 40 and not _is_day(v)}


def _is_day(value: str) -> bool:
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def test_no_join_leads_from_a_member_to_a_case_they_are_a_party_to(office: SmallOffice) -> None:
    account = accounts.by_login(MEMBER)
    assert account is not None
    found = reached({NAME, MEMBER, str(account.pk), account.pk.hex})
    assert sorted(table for table, _ in found) == ["Account", "Session"]


def test_the_same_joins_lead_from_an_officer_to_what_they_did(office: SmallOffice) -> None:
    """Else finding no way would say nothing: by their appointments, officers are found in what they did."""
    account = accounts.by_login("complaints-officer-1")
    assert account is not None
    tables = {table for table, _ in reached({str(account.pk)})}
    assert {"Account", "AppointmentRow", "FactRow", "CaseRow", "PartyToken", "SealedPart"} <= tables
