"""The page of a code follows the case, admits what was late, and never shows what anybody wrote."""

import re
from datetime import date

from tests.services.conftest import furnish
from tests.services.office import ROOT, SmallOffice, instant
from tests.web.public.reporter import Reporter, heading, set_day, text

from duly.procedure.acts import Extend, FastTrack, Pause, Resume, TakeStep
from duly.record.facts import Channel, Told
from duly_server.gateways.keys import FileKeyRing
from duly_server.services import casework, premises, sift, work
from duly_server.services.sift import Accused, Charge
from duly_server.store.batch import Batch, NewFact
from duly_server.store.models import ComplaintRow
from duly_server.web.public.status_told import _COMING

SEVEN = ("who", "what", "when", "where", "conduct", "possible sanctions", "evidence")
WRITTEN = {
    "narrative": "Quillfeather told everybody at the bandstand",
    "about": "Bartholomew Quillfeather",
    "when": "On Shrovetide morning",
    "where": "Behind the bandstand",
    "name": "Wilhelmina Oddsworth",
    "contact": "wilhelmina@oddsworth.example",
}


def sent(reporter: Reporter, naming: str = "named") -> tuple[str, str, str]:
    """The code, the complaint and its case."""
    reporter.fill_in(naming, **WRITTEN)
    code = reporter.send()
    row = ComplaintRow.objects.get()
    return code, row.reference, str(row.case_id)


def because(text: str) -> dict[str, dict[str, object]]:
    return {"reasons": {"v": 1, "text": text}}


def accused(name: str, conduct: str = "bullying") -> Accused:
    return Accused(name=name, charges=(Charge(conduct=conduct, narrative="Mockery."),))


def shows_nothing_written(page: str) -> None:
    for words in WRITTEN.values():
        for word in words.split():
            if word not in ("On", "the", "at", "told", "everybody", "Behind", "morning"):
                assert word not in page, word


def shipped() -> SmallOffice:
    return furnish((ROOT / "rulebooks/example-association/2026.toml").read_text())


def served(office: SmallOffice, complaint: str, case: str) -> None:
    """Received on 2 March, acknowledged on the 4th, accepted on the 20th, the notice served on the 26th."""
    intake = office.acting("intake", "2026-03-04")
    casework.take(intake, case, TakeStep(step="acknowledge", key=complaint))
    sift.settle(
        office.acting("sift-officer", "2026-03-20"),
        case,
        outcome="accepted",
        reasons="Within the rules.",
        accused=[accused("Bo Lind", conduct="harassment")],
        taken=TakeStep(step="sift", stated=("reasons",)),
    )
    stated = office.book.steps["serve-notice"].must_state
    notice = TakeStep(step="serve-notice", served_on=("R",), channel=Channel.HAND, stated=stated)
    casework.take(office.acting("case-officer", "2026-03-26"), case, notice)


def test_the_state_changes_as_the_case_goes_on(reporter: Reporter, small_office: SmallOffice) -> None:
    code, complaint, case = sent(reporter)
    seen: list[str] = []

    def look(day: str) -> str:
        set_day(day)
        response = reporter.status(code)
        assert response.status_code == 200
        assert response.headers["Cache-Control"] == "no-store"
        page = text(response)
        shows_nothing_written(page)
        seen.append(heading(response))
        return page

    def take(office: str, day: str, *acts: TakeStep | Extend) -> None:
        casework.take(small_office.acting(office, day), case, *acts)

    look("2026-03-02")
    take("complaints-officer", "2026-03-04", TakeStep(step="acknowledge", key=complaint))
    look("2026-03-04")
    sift.settle(
        small_office.acting("complaints-officer", "2026-03-20"),
        case,
        outcome="accepted",
        reasons="Quillfeather is a member.",
        accused=[accused("Bartholomew Quillfeather")],
    )
    assert "Accepted as a case" in look("2026-03-20")
    notice = TakeStep(step="serve-notice", served_on=("R",), channel=Channel.HAND, stated=SEVEN)
    take("complaints-officer", "2026-03-26", notice)
    page = look("2026-03-26")
    assert "The person you complained about</dd>" in page
    assert "Thursday 16 April 2026" in page
    take(
        "panel-chair",
        "2026-04-10",
        Extend(step="answer", until=date(2026, 4, 23), ground="illness", parts=because("Ill.")),
    )
    page = look("2026-04-10")
    assert "Thursday 23 April 2026" in page
    assert "At first it was Thursday 16 April 2026. It moved: more time was given." in page
    set_day("2026-04-24")
    work.work(today=date(2026, 4, 24), at=instant(date(2026, 4, 24)))
    look("2026-04-24")
    take(
        "investigator",
        "2026-04-27",
        TakeStep(step="report", outcome="case-to-answer", parts=because("Quillfeather did.")),
    )
    look("2026-04-27")
    take("panel-chair", "2026-04-28", TakeStep(step="fix-hearing", days={"hearing-day": date(2026, 6, 1)}))
    take("presenter", "2026-05-01", TakeStep(step="disclose"))
    take(
        "panel",
        "2026-06-02",
        TakeStep(
            step="find",
            key="A1",
            outcome="proved",
            present=_panel(small_office, "2026-06-02"),
            parts=because("Proved."),
        ),
    )
    assert "Findings were made" in look("2026-06-02")
    take(
        "panel",
        "2026-06-03",
        TakeStep(
            step="decide-sanction",
            outcome="none",
            present=_panel(small_office, "2026-06-03"),
            parts=because("None."),
        ),
    )
    assert "It was decided what follows" in look("2026-06-03")
    assert len(seen) == len(dict.fromkeys(seen)) + 1  # only more time changes no heading
    assert seen[0] == "We have your complaint"


def _panel(office: SmallOffice, day: str) -> tuple[str, ...]:
    return tuple(
        number
        for seat in (1, 2, 3)
        for number in office.acting("panel", day, seat).viewer.numbers(date.fromisoformat(day))
    )


def test_what_was_late_is_admitted_and_stays(reporter: Reporter, small_office: SmallOffice) -> None:
    code, complaint, case = sent(reporter)
    set_day("2026-03-11")
    page = text(reporter.status(code))
    assert "2 working days late" in page
    assert "we are sorry" in page
    set_day("2026-03-12")
    work.work(today=date(2026, 3, 12), at=instant(date(2026, 3, 12)))
    assert "The overseer has been told." in text(reporter.status(code))
    officer = small_office.acting("complaints-officer", "2026-03-12")
    casework.take(officer, case, TakeStep(step="acknowledge", key=complaint))
    page = text(reporter.status(code))
    assert "That was 3 working days late: we had until Monday 9 March 2026." in page


def test_a_dismissal_says_what_can_be_done_and_until_when(
    reporter: Reporter, small_office: SmallOffice
) -> None:
    code, complaint, case = sent(reporter)
    officer = small_office.acting("complaints-officer", "2026-03-04")
    casework.take(officer, case, TakeStep(step="acknowledge", key=complaint))
    sift.settle(
        small_office.acting("complaints-officer", "2026-03-06"),
        case,
        outcome="dismissed",
        reasons="Bandstand quarrel.",
        accused=[],
    )
    set_day("2026-03-06")
    response = reporter.status(code)
    assert heading(response) == "You can decide whether to take the next step"
    assert "You, if you wish" in text(response)
    assert "until Friday 20 March 2026" in text(response)
    assert "Decided: dismissed" in text(response)
    set_day("2026-03-23")
    closed = reporter.status(code)
    assert heading(closed) == "Your complaint was closed as “dismissed”"


def test_steps_are_said_in_the_words_of_the_rulebook_and_never_by_their_names(
    db: None, keyring: FileKeyRing, reporter_alone: Reporter
) -> None:
    """Dismissed, told so, and time to ask for a second look: three steps that nothing else has words for."""
    office = shipped()
    code, complaint, case = sent(reporter_alone)
    casework.take(office.acting("intake", "2026-03-04"), case, TakeStep(step="acknowledge", key=complaint))
    step = office.book.steps["sift"]
    stated = (*step.must_state, *step.outcomes["dismissed"].must_state)
    sifting = office.acting("sift-officer", "2026-03-06")
    taken = TakeStep(step="sift", stated=stated)
    sift.settle(sifting, case, outcome="dismissed", reasons="Bandstand quarrel.", accused=[], taken=taken)
    set_day("2026-03-06")
    assert heading(reporter_alone.status(code)) == "The next step: tell the complainant why it was dismissed"
    tell = office.book.steps["serve-dismissal"]
    told = TakeStep(step="serve-dismissal", served_on=("C1",), channel=Channel.E_MAIL, stated=tell.must_state)
    casework.take(office.acting("case-officer", "2026-03-09"), case, told)
    set_day("2026-03-09")
    page = reporter_alone.status(code)
    assert heading(page) == "You can decide whether to ask for a second look"
    assert "If you wish, you can ask for a second look until" in text(page)
    assert "Done: tell the complainant why it was dismissed" in text(page)
    for name in office.book.steps:
        if "-" in name:
            assert name.replace("-", " ") not in text(page).lower(), name
            assert name not in text(page), name


def test_every_step_of_the_shipped_rulebook_has_words_for_the_public(db: None, keyring: FileKeyRing) -> None:
    steps = shipped().book.steps.values()
    without = [step.name for step in steps if step.title is None and step.is_ not in _COMING]
    assert without == ["receive"]


def test_a_message_of_the_office_is_shown_and_nothing_else_that_is_sealed(
    reporter: Reporter, small_office: SmallOffice
) -> None:
    code, complaint, _ = sent(reporter)
    chain = f"complaint/{complaint}"
    head = premises.premises().journal.heads([chain])[chain].place
    day = date(2026, 3, 3)
    told = [
        NewFact(
            on=day,
            noted_at=instant(day),
            by="K7Q-H3P",
            body=Told(to=to, channel=Channel.WEB),
            parts={"narrative": {"v": 1, "text": words}},
        )
        for to, words in (("reporter", "Was anybody else there?\n<b>Tell us.</b>"), ("R", "Not for you."))
    ]
    premises.premises().journal.append([Batch(chain, head, told)])
    set_day("2026-03-03")
    page = text(reporter.status(code))
    assert "Was anybody else there?<br>&lt;b&gt;Tell us.&lt;/b&gt;" in page
    assert "Not for you." not in page
    shows_nothing_written(page)


def test_what_binds_the_other_person_meanwhile_is_not_shown(
    db: None, keyring: FileKeyRing, reporter_alone: Reporter
) -> None:
    office = shipped()
    code, complaint, case = sent(reporter_alone, "anonymous")
    served(office, complaint, case)
    step = office.book.steps["suspend"]
    suspend = TakeStep(
        step="suspend",
        stated=step.must_state,
        served_on=("R",),
        channel=Channel.HAND,
        parts=because("Safety."),
    )
    casework.take(office.acting("chair", "2026-03-30"), case, suspend)
    contest = TakeStep(step="appeal-suspension", on_behalf="respondent", channel=Channel.POST)
    casework.take(office.acting("case-officer", "2026-04-01"), case, contest)
    set_day("2026-04-02")
    page = text(reporter_alone.status(code)).lower()
    assert "suspen" not in page
    assert "interim" not in page


def test_under_the_shipped_rulebook_the_promises_are_those_of_the_rules(
    db: None, keyring: FileKeyRing, day: None, reporter_alone: Reporter
) -> None:
    shipped()
    set_day("2026-04-23")
    reporter_alone.fill_in("anonymous")
    code = reporter_alone.send()
    page = text(reporter_alone.get("/complain/receipt"))
    # The picture of the receipt gives the same two days for the same day of receipt.
    assert "By Thursday 30 April 2026 at the latest: 5 working days." in page
    assert "By Friday 15 May 2026 at the latest." in page
    assert "By Thursday 21 May 2026 at the latest: every 28 days." in page
    assert "14 days" in text(reporter_alone.status(code))


def test_the_case_of_the_pictures_has_the_dates_of_the_pictures(
    db: None, keyring: FileKeyRing, reporter_alone: Reporter
) -> None:
    """Received on 2 March, sifted late, served on the 26th, paused for two days, extended once."""
    office = shipped()
    code, complaint, case = sent(reporter_alone, "anonymous")
    served(office, complaint, case)

    def take(who: str, day: str, act: Extend | Pause | Resume) -> None:
        casework.take(office.acting(who, day), case, act)

    take("registrar", "2026-04-08", Pause(pause="portal", parts=because("Down.")))
    take("registrar", "2026-04-10", Resume(pause="portal"))
    more = Extend(step="answer", until=date(2026, 4, 29), ground="illness", parts=because("Ill."))
    take("chair", "2026-04-17", more)
    set_day("2026-04-23")
    page = re.sub(r"<[^>]+>", "", text(reporter_alone.status(code)))
    for said in (
        "Friday 20 March 2026. That was 2 working days late: we had until Wednesday 18 March 2026.",
        "Thursday 26 March 2026. We had until Friday 27 March 2026.",
        "Wednesday 29 April 20264 working days from today",
        "At first it was Monday 20 April 2026. It moved: more time was given and the case was paused.",
        "paused from Wednesday 8 April 2026 until Friday 10 April 2026",
        "By Monday 15 June 2026.",
        "You should have heard from us by Monday 30 March 2026. That is late, and we are sorry.",
        "Withdraw",
        "Appeal. Its time begins after this step: send both sides the decision. You then have 14 days.",
    ):
        assert said in page, said


def test_a_date_that_the_fast_track_moved_says_so_with_its_rule(
    db: None, keyring: FileKeyRing, reporter_alone: Reporter
) -> None:
    office = shipped()
    code, complaint, case = sent(reporter_alone, "anonymous")
    casework.take(office.acting("intake", "2026-03-04"), case, TakeStep(step="acknowledge", key=complaint))
    track = FastTrack(criterion=2, parts=because("Waiting does harm."))
    casework.take(office.acting("chair", "2026-03-05"), case, track)
    set_day("2026-03-06")
    page = re.sub(r"<[^>]+>", "", text(reporter_alone.status(code)))
    assert "Wednesday 11 March 2026" in page
    was = "At first it was Wednesday 18 March 2026. It moved: the case was put on the fast track."
    assert was in page
    assert "The rule gives 5 working days." in page
    assert (
        "The case was put on the fast track on Thursday 5 March 2026: "
        "otherwise the rule would give 10 working days."
    ) in page
    assert page.count("r 16.1") == 1
    assert "Waiting does harm" not in page


def test_the_page_of_a_closed_case_says_until_when_its_code_opens_it(
    reporter: Reporter, small_office: SmallOffice
) -> None:
    code, complaint, case = sent(reporter)
    officer = small_office.acting("complaints-officer", "2026-03-04")
    casework.take(officer, case, TakeStep(step="acknowledge", key=complaint))
    sift.settle(officer, case, outcome="accepted", reasons="Within.", accused=[accused("Cy Marsh")])
    set_day("2026-03-23")
    assert "Your code opens this page until" not in text(reporter.status(code))
    casework.take(small_office.acting("complaints-officer", "2026-03-23"), case, TakeStep(step="leave"))
    assert "Your code opens this page until Monday 20 April 2026." in text(reporter.status(code))
    set_day("2026-04-20")
    assert reporter.status(code).status_code == 200
    set_day("2026-04-21")
    over = reporter.status(code)
    assert over.status_code == 400
    assert "We know no complaint with this code." in text(over)


def test_a_complaint_about_two_people_tells_where_each_case_is_and_names_nobody(
    reporter: Reporter, small_office: SmallOffice
) -> None:
    code, complaint, case = sent(reporter)
    officer = small_office.acting("complaints-officer", "2026-03-04")
    casework.take(officer, case, TakeStep(step="acknowledge", key=complaint))
    first, second = sift.settle(
        small_office.acting("complaints-officer", "2026-03-20"),
        case,
        outcome="accepted",
        reasons="Both are members.",
        accused=[accused("Bartholomew Quillfeather"), accused("Cy Marsh")],
    )
    notice = TakeStep(step="serve-notice", served_on=("R",), channel=Channel.HAND, stated=SEVEN)
    casework.take(small_office.acting("complaints-officer", "2026-03-26"), second, notice)
    told = NewFact(
        on=date(2026, 3, 27),
        noted_at=instant(date(2026, 3, 27)),
        by=small_office.acting("complaints-officer", "2026-03-27").actors()[0].by,
        body=Told(to="C1", channel=Channel.WEB),
        parts={"narrative": {"v": 1, "text": "We wrote to both."}},
    )
    head = casework.read_record(f"case/{second}").state.head
    premises.premises().journal.append([Batch(f"case/{second}", head, [told])])
    set_day("2026-03-30")
    response = reporter.status(code)
    page = text(response)
    assert heading(response) == "Your complaint led to two cases"
    one, two = page.partition("Second case</h2>")[::2]
    assert "First case</h2>" in one
    assert "Your complaint was accepted, and the person it is about is to be told." in one
    assert "Tuesday 7 April 2026" in one
    assert "The person you complained about has your complaint and has time to answer." in two
    assert "Thursday 16 April 2026" in two
    assert page.count("We wrote to both.") == 1
    for never in ("Quillfeather", "Marsh", first, second):
        assert never not in page.replace(complaint, "")
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    case_of_one = re.findall(r'aria-label="(Who owes[^"]*)"', page)
    assert len(set(case_of_one)) == 2


def test_no_word_of_the_page_hangs_on_a_step_of_one_rulebook() -> None:
    """The page's own sentences are found by `is`; the names of steps come from the rulebook alone."""
    code = "".join(path.read_text() for path in (ROOT / "src/duly_server/web/public").glob("status*.py"))
    for name in (
        "serve-notice",
        "second-look",
        "lodge-appeal",
        "sift-officer",
        "case-officer",
        "decide-sanction",
    ):
        assert name not in code
