"""Two officers, a browser each, send the same form at the same moment: one acts, the other loses nothing."""

from datetime import UTC, date, datetime

import pytest
from tests.services.office import ROOT, SmallOffice
from tests.services.test_casework import SEVEN, accepted
from tests.web.browser import OpenPage
from tests.web.desk.officer import set_day
from tests.web.walk.conftest import OpenOffice
from tests.web.walk.eyes import Eyes
from tests.web.walk.people import PASSWORD, Officer

from duly.procedure.acts import TakeStep
from duly.record.facts import AllegationAdded, Fact, StepTaken
from duly_server.services import casework, setup
from duly_server.services.premises import premises
from duly_server.store.models import CaseRow, DutyRow

pytestmark = pytest.mark.browser

VILLAGE = (ROOT / "tests/rulebooks/village-bands.toml").read_text()
OFFICE = "complaints-officer"
NAMES = {f"{OFFICE}-1": f"Holder of {OFFICE}-1", f"{OFFICE}-2": "Io Tarn"}


def two_officers(eyes: Eyes, office: SmallOffice, day: str) -> tuple[Officer, Officer]:
    """Two people who hold the same office, both at the desk on this day."""
    since, at = date(2026, 1, 1), datetime(2026, 1, 1, 9, tzinfo=UTC)
    login = f"{OFFICE}-2"
    setup.appoint(login, OFFICE, name=NAMES[login], since=since, at=at, on=since, password=PASSWORD)
    set_day(day)
    both = tuple(Officer(eyes, login=login) for login in NAMES)
    for each in both:
        each.log_in()
    return both[0], both[1]


def send_at_once(button: str, *both: Officer) -> tuple[Officer, Officer]:
    """Both press before either is answered; whose act was recorded, and who was told that it was not."""
    for each in both:
        press = each.page.locator("main").get_by_role("button", name=button, exact=True).last
        press.click(no_wait_after=True)
    for each in both:
        each.page.locator(".refusal, .recorded, .said").first.wait_for()
    told = [each for each in both if each.page.locator(".refusal").count()]
    assert len(told) == 1, [each.words for each in both]
    return next(each for each in both if each not in told), told[0]


def check_told(told: Officer, did: Officer, recorded: str) -> None:
    """In words, who acted first and what they did; what can be done now; all that was typed is kept."""
    said = told.shown.refusal()
    assert "Someone else acted first" in said
    assert f"{NAMES[did.login]}, complaints officer, recorded “{recorded}”." in said
    assert "Nothing of yours was recorded. What you wrote is kept below." in said


def facts(reference: str) -> tuple[Fact, ...]:
    return premises().journal.read(f"case/{reference}")


@pytest.mark.parametrize("has_script", [True, False], ids=["with script", "without script"])
def test_both_serve_the_notice(open_office: OpenOffice, open_page: OpenPage, has_script: bool) -> None:
    served = open_office(VILLAGE)
    eyes = Eyes(served.address, open_page, has_script)
    reference = accepted(served.office)
    before = len(facts(reference))
    both = two_officers(eyes, served.office, "2026-03-26")
    for each in both:
        each.open_step(reference, "serve-notice")
        each.fill({"channel": "post", "stated": SEVEN, "reasons": f"By hand too. {each.login}\nAnd <b>."})
    did, told = send_at_once("Record", *both)
    check_told(told, did, "serve notice")
    eyes.look(told.page)
    notices = [f for f in facts(reference) if isinstance(f.body, StepTaken) and f.body.step == "serve-notice"]
    assert len(notices) == 1
    assert len(facts(reference)) == before + 1
    assert DutyRow.objects.filter(case_id=reference, step="answer").count() == 1
    kept = told.page.locator("main")
    assert kept.locator("#id_reasons").input_value() == f"By hand too. {told.login}\nAnd <b>."
    assert kept.locator("[name=channel]").input_value() == "post"
    assert kept.locator("[name=stated]:checked").count() == len(SEVEN)
    told.follow(told.page.get_by_role("link", name="see what was recorded"))
    assert told.page.url.endswith(f"/desk/cases/{reference}#fact-{before + 1}")
    assert NAMES[did.login] in told.page.locator(f"#fact-{before + 1}").inner_text()
    assert eyes.found == []


def test_both_sift_and_no_respondent_gets_two_cases(open_office: OpenOffice, open_page: OpenPage) -> None:
    served = open_office(VILLAGE)
    eyes = Eyes(served.address, open_page)
    receipt = served.office.complaint("2026-03-02")
    intake = served.office.acting(OFFICE, "2026-03-03")
    casework.take(intake, receipt.case, TakeStep(step="acknowledge", key=receipt.complaint))
    both = two_officers(eyes, served.office, "2026-03-04")
    for each in both:
        each.open(f"/desk/sift/{receipt.case}")
        each.press("Add another respondent")
        each.fill({"outcome": "accepted", "reasons": f"Within the rules. {each.login}"})
        for turn, name in enumerate(("Bo Lind", "Cy Marsh")):
            each.fill(
                {f"name_{turn}": name, f"conduct_{turn}_0": "bullying", f"alleged_{turn}_0": "Mockery."}
            )
    did, told = send_at_once("Record the decision", *both)
    check_told(told, did, "sift")
    assert CaseRow.objects.count() == 2
    for reference in CaseRow.objects.values_list("reference", flat=True):
        assert sum(isinstance(fact.body, AllegationAdded) for fact in facts(reference)) == 1
    assert told.page.locator("#id_reasons").input_value() == f"Within the rules. {told.login}"
    assert told.page.locator("#id_name_1").input_value() == "Cy Marsh"
    assert eyes.found == []
