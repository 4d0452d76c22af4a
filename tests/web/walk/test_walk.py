"""The main thing in a real browser: from a report to a sanction in force, and what its code shows meanwhile.

Under the shipped rulebook anonymously, with and without script; named under the format's own example, and
under the shipped one with every name in it another.
"""

from dataclasses import dataclass

import pytest
from tests.rulebooks.renaming import renamed
from tests.services.office import ROOT
from tests.web.browser import OpenPage
from tests.web.desk.officer import Desk
from tests.web.walk.conftest import BEGINS, OpenOffice
from tests.web.walk.eyes import Eyes
from tests.web.walk.people import Officer
from tests.web.walk.walking import Walk

from duly.record.facts import FindingMade, SanctionImposed
from duly.rulebook.prose import title
from duly.rulebook.steps import Is
from duly.vocabulary.day import desk_day
from duly_server.services.intake import Receipt
from duly_server.services.premises import premises
from duly_server.store.models import ComplaintRow

pytestmark = pytest.mark.browser

VILLAGE = (ROOT / "tests/rulebooks/village-bands.toml").read_text()
EXAMPLE = (ROOT / "rulebooks/example-association/2026.toml").read_text()

# What the code shows, in this order; between them may stand what a rulebook has of its own.
STAGES = [
    "We have your complaint",
    "We are deciding whether the rules let us deal with your complaint",
    "Your complaint was accepted, and the person it is about is to be told",
    "The person you complained about has your complaint and has time to answer",
    "Your complaint is being looked into",
    "It is being decided what is found",
    "Findings have been made, and what follows from them is being decided",
    "There is a decision, and time to appeal against it",
    "Your complaint was closed as “decided”",
]


@dataclass(frozen=True, kw_only=True)
class Way:
    rulebook: str
    naming: str
    answers: bool
    """Whether the respondent answers, or lets the time run out."""
    has_script: bool = True


WAYS = {
    "anonymous": Way(rulebook=EXAMPLE, naming="anonymous", answers=False),
    "anonymous, without script": Way(rulebook=EXAMPLE, naming="anonymous", answers=False, has_script=False),
    "named, the format's own example": Way(rulebook=VILLAGE, naming="named", answers=True),
    "named, every name another": Way(rulebook=renamed(EXAMPLE), naming="confidential", answers=True),
}


# Without script the pages are the same, and so is what a database is asked: on PostgreSQL one of each pair.
ON_SQLITE_ONLY = ("anonymous, without script", "named, the format's own example")


@pytest.mark.parametrize(
    "way",
    [
        pytest.param(way, id=name, marks=[pytest.mark.looks] if name in ON_SQLITE_ONLY else [])
        for name, way in WAYS.items()
    ],
)
def test_from_a_report_to_a_sanction_in_force(open_office: OpenOffice, open_page: OpenPage, way: Way) -> None:
    served = open_office(way.rulebook)
    eyes = Eyes(served.address, open_page, way.has_script, is_thorough=way.rulebook is EXAMPLE)
    walk = Walk(
        Desk(served.office),
        Receipt(code="", complaint="", case="", received_on=BEGINS, digest=b""),
        BEGINS,
        eyes=eyes,
    )
    report(walk, way.naming)
    open_the_case(walk)
    hear_the_other_side(walk, answers=way.answers)
    find_and_sanction(walk)
    see_it_in_force(walk)
    assert in_order(STAGES, walk.told), walk.told
    assert eyes.found == []
    assert eyes.asked > 100


def report(walk: Walk, naming: str) -> None:
    walk.reporter.report(naming)
    walk.look_up()
    row = ComplaintRow.objects.get()
    assert row.reference in walk.reporter.words
    walk.receipt = Receipt(
        code=walk.reporter.code,
        complaint=row.reference,
        case=str(row.case_id),
        received_on=BEGINS,
        digest=b"",
    )


def open_the_case(walk: Walk) -> None:
    walk.act(walk.step(Is.ACKNOWLEDGEMENT), walk.receipt.complaint)
    walk.look_up()
    walk.sift()
    walk.go_on(Is.NOTICE)
    walk.look_up()


def hear_the_other_side(walk: Walk, *, answers: bool) -> None:
    """The notice goes out; then an answer is written down, or the last day of it goes by."""
    walk.act(walk.step(Is.NOTICE))
    walk.look_up()
    answer = walk.step(Is.ANSWER)
    if answers:
        walk.act(answer)
        assert "Said in writing." not in walk.case_officer.words
    else:
        last = walk.let_run_out(answer)
        said = walk.case_officer.words.partition("facts and clocks in one line")[2]
        assert f"“{title(answer.name)}” not done by {desk_day(last)} noted by the clock" in said
    walk.go_on(Is.REPORT)
    walk.look_up()


def find_and_sanction(walk: Walk) -> None:
    walk.go_on(Is.FINDING)
    walk.look_up()
    walk.act(walk.step(Is.FINDING))
    walk.go_on(Is.SANCTION)
    walk.look_up()
    walk.act(walk.step(Is.SANCTION))
    facts = [fact.body for fact in premises().journal.read(f"case/{walk.reference}")]
    found = [body for body in facts if isinstance(body, FindingMade)]
    assert [body.allegation for body in found] == list(walk.marking.allegations)
    assert sum(isinstance(body, SanctionImposed) for body in facts) == 1


def see_it_in_force(walk: Walk) -> None:
    """Stayed while somebody may appeal; on the register from the day after, and not as at the day before."""
    officer = walk.case_officer
    officer.open_case(walk.reference)
    assert "sanction stayed until no appeal is left" in officer.words
    officer.open("/desk/register")
    assert on_register(officer)["found"] == []
    walk.go_on(Is.APPEAL)
    while walk.do_one():
        pass  # each side is told before its time runs
    walk.look_up()
    last = walk.let_run_out(walk.step(Is.APPEAL))
    officer = walk.case_officer
    officer.open("/desk/register")
    suspension = title([each for each in walk.book.sanctions.values() if each.most][-1].name)
    assert on_register(officer) == {"found": [f"{suspension} {walk.reference}"], "stayed": []}
    officer.fill({"on": last.isoformat()})
    officer.press("Show")
    assert f"No sanction is in force on {desk_day(last)}." in officer.words
    assert on_register(officer) == {"found": [], "stayed": [f"{suspension} {walk.reference}"]}
    officer.open_case(walk.reference)
    assert "sanction in force" in officer.words
    while walk.do_one():
        pass  # what is still owed until the case is closed
    walk.look_up()


def on_register(officer: Officer) -> dict[str, list[str]]:
    """What stands in each part of the register: the measure and its case."""
    return {
        part: [
            f"{row.locator('th').inner_text()} {row.locator('.reference').inner_text()}"
            for row in officer.page.locator(f"section[aria-labelledby={part}] tbody tr").all()
        ]
        for part in ("found", "stayed")
    }


def in_order(wanted: list[str], said: list[str]) -> bool:
    """Each of `wanted` was said, the one before the other."""
    left = iter(said)
    return all(any(one == each for each in left) for one in wanted)
