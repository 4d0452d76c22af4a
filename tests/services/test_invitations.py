"""An invitation opens one account once, within seven days; of its token nothing is kept."""

from datetime import UTC, datetime, timedelta

import pytest

from duly.vocabulary import Refused
from duly_server.services import invitations
from duly_server.services.invitations import accept, invite
from duly_server.store import accounts
from duly_server.store.models import InvitationRow

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
WEEK = timedelta(days=7)
PASSWORD = "three quiet harbours"

pytestmark = pytest.mark.django_db


@pytest.fixture
def somebody(db: None) -> accounts.Account:
    return accounts.find_or_make(accounts.placeholder(), name="Ada Winter", password=None)


def codes(found: object) -> list[str]:
    assert isinstance(found, Refused), found
    return [problem.code for problem in found.problems]


def test_it_opens_the_account_once(somebody: accounts.Account) -> None:
    token = invite(somebody.pk, at=AT)
    taken = accept(token, login="ada", password=PASSWORD, at=AT + WEEK - timedelta(seconds=1))
    assert not isinstance(taken, Refused)
    kept = accounts.by_login("ada")
    assert kept is not None
    assert kept.pk == somebody.pk
    assert kept.check_password(PASSWORD)
    assert codes(accept(token, login="eve", password=PASSWORD, at=AT)) == ["invitation-ended"]


def test_it_ends_after_seven_days(somebody: accounts.Account) -> None:
    token = invite(somebody.pk, at=AT)
    assert codes(accept(token, login="ada", password=PASSWORD, at=AT + WEEK)) == ["invitation-ended"]


def test_what_is_no_invitation_is_told_alike(somebody: accounts.Account) -> None:
    token = invite(somebody.pk, at=AT)
    assert codes(accept(token[:-1], login="a", password="x", at=AT)) == ["invitation-ended"]


def test_the_token_is_not_in_the_table(somebody: accounts.Account) -> None:
    token = invite(somebody.pk, at=AT)
    row = InvitationRow.objects.get()
    assert token not in (row.digest, row.pk)
    assert len(token) >= 43
    assert accounts.by_login(somebody.login) == somebody


@pytest.mark.parametrize(
    ("login", "password", "code"),
    [
        ("ab", PASSWORD, "login-unusable"),
        ("two words", PASSWORD, "login-unusable"),
        ("invited-0123", PASSWORD, "login-unusable"),
        ("taken", PASSWORD, "login-taken"),
        ("ada", "short", "password-weak"),
        ("ada", "123456789012345", "password-weak"),
        ("ada", "Ada Winter 1", "password-weak"),
    ],
)
def test_a_login_or_password_that_will_not_do_leaves_the_invitation(
    somebody: accounts.Account, login: str, password: str, code: str
) -> None:
    accounts.find_or_make("taken", name="Eve", password=None)
    token = invite(somebody.pk, at=AT)
    assert codes(accept(token, login=login, password=password, at=AT)) == [code]
    assert not isinstance(accept(token, login="ada", password=PASSWORD, at=AT), Refused)


def test_the_address_hides_the_token_from_every_server_on_the_way() -> None:
    made = invitations.link("https://complaints.example.org", "TOKEN")
    assert made == "https://complaints.example.org/invitation#TOKEN"
