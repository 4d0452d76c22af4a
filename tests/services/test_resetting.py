"""Who lost all they came in by is let in anew by whoever appoints: a fact with a reason; an invitation."""

import base64
from datetime import UTC, date, datetime

from tests.services.office import SmallOffice
from tests.services.test_appointing import codes as refused_with
from tests.services.test_appointing import number_of

from duly.record.facts import SignInReset
from duly.vocabulary import Refused
from duly_server.services import codes, invitations, resetting
from duly_server.services.appointing import Made
from duly_server.services.premises import premises
from duly_server.store import factors
from duly_server.store.accounts import Account, by_login
from duly_server.store.models import FactRow, InvitationRow

DAY = "2026-03-02"
AT = datetime(2026, 3, 2, 10, 30, tzinfo=UTC)
REASON = "She came to the office; the telephone was stolen."
LOST = "investigator-1"


def account(login: str = LOST) -> Account:
    found = by_login(login)
    assert found is not None
    return found


def equipped(login: str = LOST) -> None:
    """A password, an app and recovery codes."""
    theirs = account(login)
    theirs.set_password("three quiet harbours")
    theirs.save()
    offered = codes.offer(theirs, office="x", at=AT)
    step = int(AT.timestamp()) // codes.STEP
    code = codes.code_at(base64.b32decode(offered.key), step)
    assert not isinstance(codes.confirm(theirs, offered.held, code, on=AT.date(), at=AT), Refused)


def reset(office: SmallOffice, *, by: str = "president", number: str = "", reason: str = REASON) -> object:
    return resetting.reset(office.acting(by, DAY), number or number_of(LOST), reason=reason)


def test_all_of_it_is_gone_and_the_fact_says_who_ordered_it_and_why(small_office: SmallOffice) -> None:
    equipped()
    before = account().get_session_auth_hash()
    made = reset(small_office)
    assert isinstance(made, Made)
    theirs = account()
    assert factors.held(theirs.pk) == factors.Held(None, (), 0, None)
    assert not theirs.has_usable_password()
    assert theirs.get_session_auth_hash() != before
    fact = premises().journal.read("office")[-1]
    assert fact.body == SignInReset(appointment=number_of(LOST))
    assert fact.by == number_of("president-1")
    assert REASON in str(premises().journal.open_parts(["office"]))
    assert all(REASON.encode() not in bytes(row.fact) for row in FactRow.objects.all())
    assert made.token
    taken = invitations.accept(made.token, login=LOST, password="four other harbours", at=AT)
    assert not isinstance(taken, Refused)
    assert taken.pk == theirs.pk


def test_a_reason_typed_in_pieces_is_kept_as_the_record_keeps_text(small_office: SmallOffice) -> None:
    assert isinstance(reset(small_office, reason="Ame\u0301lie rang."), Made)
    head = premises().journal.read("office")[-1]
    assert premises().journal.open_part("office", head.place, "reasons")["text"] == "Am\u00e9lie rang."


def test_the_next_reset_ends_the_invitation_of_the_one_before(small_office: SmallOffice) -> None:
    equipped()
    first, second = reset(small_office), reset(small_office)
    assert isinstance(first, Made)
    assert isinstance(second, Made)
    assert InvitationRow.objects.count() == 1
    ended = invitations.accept(first.token or "", login=LOST, password="four other harbours", at=AT)
    assert refused_with(ended) == ["invitation-ended"]


def test_each_refusal_is_in_words_and_takes_nothing_away(small_office: SmallOffice) -> None:
    equipped()
    equipped("president-1")
    facts = FactRow.objects.count()
    assert refused_with(reset(small_office, by="panel-chair")) == ["not-yours-to-appoint"]
    assert refused_with(reset(small_office, number=number_of("president-1"))) == ["reset-of-oneself"]
    assert refused_with(reset(small_office, number="K7Q-H3P")) == ["unknown-appointment"]
    assert refused_with(reset(small_office, reason=" \n")) == ["no-reason"]
    assert refused_with(reset(small_office, reason="x" * 2001)) == ["no-reason"]
    assert FactRow.objects.count() == facts
    assert factors.has_any(account().pk)
    assert factors.has_any(account("president-1").pk)
    assert account().check_password("three quiet harbours")


def test_who_never_came_in_is_invited_again_instead(small_office: SmallOffice) -> None:
    Account.objects.filter(login=LOST).update(login="invited-0123")
    assert refused_with(reset(small_office, number=number_of("invited-0123"))) == ["not-come-yet"]


def test_the_only_secretary_is_let_in_anew_on_the_machine(small_office: SmallOffice) -> None:
    equipped("president-1")
    day = date.fromisoformat(DAY)
    made = resetting.reset_on_the_machine("president-1", reason=REASON, on=day, at=AT)
    assert isinstance(made, Made)
    assert premises().journal.read("office")[-1].by == "time"
    assert not factors.has_any(account("president-1").pk)
    nobody = resetting.reset_on_the_machine("nobody", reason=REASON, on=day, at=AT)
    assert refused_with(nobody) == ["unknown-appointment"]


def test_who_never_came_in_is_found_by_name_or_office_on_the_machine(small_office: SmallOffice) -> None:
    """The first officer's invitation was lost: nobody can log in who could invite them again."""
    Account.objects.filter(login="president-1").update(login="invited-0123")
    day = date.fromisoformat(DAY)
    tokens = []
    for who in ("invited-0123", "holder of  President-1", "president", "President"):
        made = resetting.reset_on_the_machine(who, reason="The letter was lost.", on=day, at=AT)
        assert isinstance(made, Made), who
        tokens.append(made.token or "")
    last = tokens.pop()
    for token in tokens:
        ended = invitations.accept(token, login="ada", password="four other harbours", at=AT)
        assert refused_with(ended) == ["invitation-ended"]
    taken = invitations.accept(last, login="ada", password="four other harbours", at=AT)
    assert not isinstance(taken, Refused)
    assert taken.name == "Holder of president-1"
    assert premises().journal.read("office")[-1].by == "time"


def test_where_several_are_meant_nobody_is_reset(small_office: SmallOffice) -> None:
    equipped()
    Account.objects.filter(login__in=[LOST, "president-1"]).update(name="Ada Winter")
    several = resetting.reset_on_the_machine("Ada Winter", reason=REASON, on=AT.date(), at=AT)
    assert refused_with(several) == ["several-meant"]
    assert isinstance(several, Refused)
    assert LOST in several.problems[0].says
    assert factors.has_any(account().pk)


def test_what_no_page_can_show_is_left_out_and_alone_is_no_reason(small_office: SmallOffice) -> None:
    equipped()
    assert refused_with(reset(small_office, reason="\0")) == ["no-reason"]
    assert isinstance(reset(small_office, reason="a\0b"), Made)
