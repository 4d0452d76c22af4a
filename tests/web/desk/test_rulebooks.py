"""The same pages carry a case from its receipt to the register under rulebooks that share no name."""

from datetime import date

import pytest
from tests.services.conftest import furnish
from tests.services.office import ROOT
from tests.web.desk.journey import Journey
from tests.web.desk.officer import Desk, set_day
from tests.web.public.test_renamed import renamed

from duly.rulebook.prose import title, words
from duly.rulebook.steps import Is
from duly_server.gateways.keys import FileKeyRing
from duly_server.services import work

VILLAGE = (ROOT / "tests/rulebooks/village-bands.toml").read_text()
EXAMPLE = (ROOT / "rulebooks/example-association/2026.toml").read_text()


def with_other_names(text: str) -> str:
    """Every stage, step, office and outcome renamed; what is against a party by its name is said so."""
    rules, called = renamed(text)
    return rules.replace('is = "sanction"', f'is = "sanction"\nadverse = ["{called["imposed"]}"]')


RULEBOOKS = {
    "the format's own example": VILLAGE,
    "the Example Association": EXAMPLE,
    "the same, every name another": with_other_names(EXAMPLE),
}


@pytest.fixture(params=RULEBOOKS.values(), ids=RULEBOOKS.keys())
def journey(request: pytest.FixtureRequest, db: None, keyring: FileKeyRing, day: None) -> Journey:
    """A complaint received on Monday 2 March 2026."""
    desk = Desk(furnish(request.param))
    return Journey(desk, desk.office.complaint("2026-03-02"), date(2026, 3, 2))


def test_a_complaint_goes_its_way_to_the_register_by_the_pages_alone(journey: Journey) -> None:
    acknowledge = journey.step(Is.ACKNOWLEDGEMENT)
    journey.act(acknowledge, journey.receipt.complaint)
    journey.sift()
    journey.go_on(Is.NOTICE)
    notice = journey.step(Is.NOTICE)
    officer = journey.officer(journey.office_of(notice))
    case_url = f"/desk/cases/{journey.reference}"
    assert f"Owed next: {title(notice.name)}. Your duty." in officer.get(case_url).words
    journey.act(notice)
    waiting = officer.get(case_url).words
    answer = journey.step(Is.ANSWER)
    assert f"{title(answer.name)} respondent" in waiting
    journey.go_on(Is.FINDING)
    journey.act(journey.step(Is.FINDING))
    journey.go_on(Is.SANCTION)
    journey.act(journey.step(Is.SANCTION))
    decided = officer.get(case_url).words
    assert "sanction stayed until no appeal is left" in decided
    assert "No sanction is in force" in officer.get("/desk/register").words
    journey.go_on(Is.APPEAL)
    while journey.do_one():
        pass  # each side is told before its time runs
    appeal = journey.step(Is.APPEAL).name
    last = max(c.due for c in journey.marking.clocks if c.step == appeal and c.is_running and c.due)
    journey.day = date.fromordinal(last.toordinal() + 1)
    set_day(journey.day.isoformat())
    me = journey.desk.office.acting(journey.office_of(notice), journey.day.isoformat())
    work.work(today=me.today, at=me.at)
    found = officer.get("/desk/register").words.partition("Sanctions imposed after")[2]
    assert f"Suspension R, name sealed {journey.reference}" in found
    assert "sanction in force" in officer.get(case_url).words


def test_steps_out_of_order_by_others_and_before_their_time_are_refused_by_name_and_clause(
    journey: Journey,
) -> None:
    journey.act(journey.step(Is.ACKNOWLEDGEMENT), journey.receipt.complaint)
    journey.sift()
    journey.go_on(Is.NOTICE)
    journey.act(journey.step(Is.NOTICE))
    find, report = journey.step(Is.FINDING), journey.step(Is.REPORT)
    officer = journey.officer(journey.office_of(journey.step(Is.NOTICE)))
    for step, says in (
        (find, f"“{title(find.name)}” belongs to {words(find.stages[0])}; the case is in"),
        (report, f"“{title(report.name)}” belongs to the {words(report.by[0])}, not to the"),
        (report, f"The time for “{words(journey.step(Is.ANSWER).name)}” runs until"),
    ):
        url = f"/desk/cases/{journey.reference}/steps/{step.name}"
        refused = officer.post(url, journey.filled(officer.get(url), step), 422).refusal()
        assert f"“{title(step.name)}” was not recorded" in refused
        assert says in refused
        assert step.clause is None or step.clause in refused


def test_whatever_is_closed_says_why_on_the_case_page(journey: Journey) -> None:
    journey.act(journey.step(Is.ACKNOWLEDGEMENT), journey.receipt.complaint)
    journey.sift()
    officer = journey.officer(journey.office_of(journey.step(Is.NOTICE)))
    said = officer.get(f"/desk/cases/{journey.reference}").words.partition("What may happen next")[2]
    gone = journey.marking.ended.keys() - journey.marking.open.keys()
    for step in journey.book.steps.values():
        if not step.stages or not set(step.stages) <= gone:
            assert title(step.name) in said
