"""What the rules do not allow is refused by the services as by the pages, in words and with its clause.

Under the Example Association, whose every rule has a clause.
"""

import pytest
from tests.services.conftest import furnish
from tests.services.office import ROOT, SmallOffice
from tests.services.test_casework import SEVEN
from tests.web.desk.pictured import TODAY, pictured

from duly.procedure.acts import TakeStep
from duly.record.facts import Channel
from duly_server.gateways.keys import FileKeyRing
from duly_server.services import casework, sift
from duly_server.services.casework import NoSuchCaseError, UnableToActError
from duly_server.services.premises import premises
from duly_server.services.sift import Accused, Charge

REASONS = {"reasons": {"v": 1, "text": "It is plain."}}
FIND = TakeStep(step="find", key="A1", outcome="proved", stated=("reasons",), parts=REASONS)
REPORT = TakeStep(
    step="report",
    outcome="case-to-answer",
    served_on=("C1", "R"),
    channel=Channel.E_MAIL,
    stated=("reasons for each allegation",),
    parts=REASONS,
)
END = TakeStep(step="end-suspension", stated=("reasons",), parts=REASONS)
NOTICE = TakeStep(step="serve-notice", served_on=("R",), channel=Channel.E_MAIL, stated=SEVEN)
ACCUSED = Accused(name="Bo Lind", charges=(Charge(conduct="harassment", narrative="Mockery."),))


@pytest.fixture
def office(db: None, keyring: FileKeyRing) -> SmallOffice:
    return furnish((ROOT / "rulebooks/example-association/2026.toml").read_text())


def refused(office: SmallOffice, reference: str, who: str, act: TakeStep, on: str = TODAY) -> str:
    """Why not, every reason; nothing was recorded."""
    before = premises().journal.read(f"case/{reference}")
    with pytest.raises(UnableToActError) as refusal:
        casework.take(office.acting(who, on), reference, act)
    assert premises().journal.read(f"case/{reference}") == before
    return str(refusal.value)


@pytest.mark.parametrize(
    ("who", "act", "says", "clause"),
    [
        ("panel", FIND, "“Find” belongs to hearing; the case is in inquiry and disclosure.", "r 8.1"),
        ("case-officer", END, "“End suspension” belongs to the chair, not to the case officer.", "r 15.4"),
        ("investigator", REPORT, "The time for “answer” runs until Wed 29 Apr 2026.", "r 7.2"),
    ],
    ids=["out of order", "by the wrong office", "before its delay"],
)
def test_a_step_that_may_not_be_taken_now(
    office: SmallOffice, who: str, act: TakeStep, says: str, clause: str
) -> None:
    said = refused(office, pictured(office), who, act)
    assert says in said
    assert f"({clause})" in said


def test_a_step_in_a_closed_case(office: SmallOffice) -> None:
    receipt = office.complaint("2026-03-02")
    casework.take(office.acting("registrar", "2026-03-03"), receipt.case, TakeStep(step="leave"))
    said = refused(office, receipt.case, "case-officer", NOTICE, "2026-03-04")
    assert "The case was closed on Tue 3 Mar 2026 as “left before notice”, by “Leave”. (r 12.4)" in said
    assert "(r 5.1)" not in said


def test_a_decision_of_the_sift_before_what_it_comes_after_and_by_another_office(office: SmallOffice) -> None:
    receipt = office.complaint("2026-03-02")

    def settle(who: str) -> str:
        with pytest.raises(UnableToActError) as refusal:
            sift.settle(
                office.acting(who, "2026-03-03"),
                receipt.case,
                outcome="accepted",
                reasons="Within the rules.",
                accused=[ACCUSED],
                taken=TakeStep(step="sift", stated=("reasons",)),
            )
        return str(refusal.value)

    assert "“Sift” comes after acknowledge." in settle("sift-officer")
    assert "(r 4.3)" in settle("sift-officer")
    assert "“Sift” belongs to the sift officer, not to the intake." in settle("intake")


def test_a_case_that_is_not_there(office: SmallOffice) -> None:
    with pytest.raises(NoSuchCaseError):
        casework.take(office.acting("case-officer", TODAY), "0000-0000", NOTICE)
