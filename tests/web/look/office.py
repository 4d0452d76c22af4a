"""The rest of an invented office: frames, record, next steps, parties, docket, and the pages of a party."""

from dataclasses import dataclass

from django import forms
from tests.web.look.examples import TODAY, day

from duly.vocabulary import Problem, Refused
from duly_server.web.shared import chips
from duly_server.web.shared.chips import Chip, Glyph
from duly_server.web.shared.clock import ClockView, Pause
from duly_server.web.shared.fields import DayInput, DayParts, HintedCheckboxes, HintedRadios, LongText
from duly_server.web.shared.pages import (
    Count,
    DemoBar,
    DeskFrame,
    NavGroup,
    NavItem,
    Pager,
    PublicFrame,
    SearchBox,
    Tab,
    UserBlock,
)
from duly_server.web.shared.people import PartyRow
from duly_server.web.shared.refusal import Way, refusal
from duly_server.web.shared.status import Doing, PublicStep, StepState, WhoOwes
from duly_server.web.shared.steps import ClosedStep, NextSteps, OpenStep, Reason
from duly_server.web.shared.timeline import ClockEffect, EffectKind, Entry, Owed, Timeline

DESK = DeskFrame(
    nav=(
        NavGroup(
            (
                NavItem(label="Today", url="#today", count="5 late", is_late=True),
                NavItem(label="Docket", url="#docket", count="41", is_current=True),
                NavItem(label="Sift", url="#sift", count="5"),
                NavItem(label="Hearings", url="#hearings", count="3"),
            )
        ),
        NavGroup(
            (
                NavItem(label="Register", url="#register", count="12"),
                NavItem(label="Platform check", url="#platform"),
            ),
            "Register",
        ),
        NavGroup(
            (NavItem(label="Figures", url="#figures"), NavItem(label="Rulebook", url="#rules", count="2026")),
            "In public",
        ),
    ),
    user=UserBlock(
        name="Ilse Marrow",
        office="Case officer",
        organisation="Example Association",
        log_out_url="/log-out",
    ),
    date_line="Thursday 23 April 2026 · working day · calendar GB-ENG 2026",
    search=SearchBox("/desk/search", "Find a case, a clause, a letter"),
)
PUBLIC = PublicFrame(
    organisation="Example Association",
    links=(NavItem(label="Help", url="#help"),),
    leave_url="/elsewhere",
    checkpoint="Record checkpoint 23 April 2026",
    checkpoint_url="#checkpoint",
)
DEMO = DemoBar(
    says="An invented association on Thursday 23 April 2026. Nothing here is real.",
    next_day_url="/demo/next-day",
    people_url="/demo/people",
)

TIMELINE = Timeline(
    TODAY,
    entries=(
        Entry(
            on=day(4, 22),
            glyph=Glyph.LATE,
            title="Exhibit E8 not disclosed by Tue 21 Apr",
            by="case officer · breach recorded by the clock, overseer told",
            clause="r 7.4",
            place=20,
        ),
        Entry(
            on=day(4, 17),
            glyph=Glyph.EXTENDED,
            title="Answer window extended 5 working days",
            by="Suri Halloran, chair · ground: evidence still arriving",
            clause="r 6.5",
            place=18,
            effects=(
                ClockEffect(EffectKind.MOVES, before="22 Apr", after="29 Apr"),
                ClockEffect(EffectKind.SAYS, "both parties told the same day"),
            ),
        ),
        Entry(
            on=day(4, 8),
            glyph=Glyph.PAUSED,
            title="Answer window paused: portal out of service",
            by="Runa Eastlake, registrar",
            clause="r 4.6(d)",
            place=14,
        ),
        Entry(
            on=day(4, 1),
            glyph=Glyph.EYE,
            title="Contact about the case from outside",
            by="branch office-holder to sift officer, by e-mail · declined · the overseer sees this entry",
            place=12,
        ),
        Entry(
            on=day(3, 26),
            glyph=Glyph.DONE,
            title="Notice served on the respondent",
            by="Ilse Marrow · two allegations, seven exhibits, possible sanctions stated",
            place=9,
            effects=(
                ClockEffect(EffectKind.STOPS, "Serve notice, 1 day early"),
                ClockEffect(EffectKind.STARTS, "Answer, 15 working days, Mon 20 Apr"),
            ),
        ),
        Entry(
            on=day(3, 20),
            glyph=Glyph.DONE,
            title="Case opened on two allegations",
            by="Bram Castellane, sift officer · reasons given",
            place=6,
            text="Both allegations concern conduct by a member, on dates within the last year.",
            effects=(
                ClockEffect(EffectKind.STOPS, "Sift", late="2 working days late"),
                ClockEffect(EffectKind.STARTS, "Decision, 12 weeks"),
            ),
        ),
    ),
    owed=(
        Owed(on=day(6, 12), title="Decision owed", whose="panel", clause="r 9.1"),
        Owed(on=day(4, 29), title="Answer owed", whose="respondent", clause="r 6.2"),
    ),
)

STEPS = NextSteps(
    open=(
        OpenStep(
            title="Disclose exhibit E8 to both parties",
            button="Disclose",
            url="#disclose",
            says="Owed, 2 working days late.",
            clause="r 7.4",
            is_late=True,
        ),
        OpenStep(
            title="Record the respondent’s answer",
            button="Record",
            url="#record",
            says="Owed by the respondent until Wed 29 April.",
            clause="r 6.2",
        ),
    ),
    closed=(
        ClosedStep(
            title="Make a finding",
            reasons=(
                Reason(
                    "The answer window runs until Wed 29 April.",
                    "Opens Thu 30 April, or earlier if the respondent waives the rest in writing.",
                    "r 8.1",
                ),
            ),
        ),
        ClosedStep(
            title="End the interim suspension",
            reasons=(
                Reason(
                    "Not yours to do: it belongs to the chair.",
                    clause="r 15.4",
                    ask="Ask the chair",
                    ask_url="#ask",
                ),
            ),
        ),
    ),
)
REFUSAL = refusal(
    "The finding was not recorded",
    Refused(
        (
            Problem(
                code="before-its-time",
                says="The answer window runs until Wed 29 April; the respondent has not waived it.",
                clause="r 8.1",
            ),
        )
    ),
    you_can=(Way("record a finding from Thu 30 April"), Way("record a written waiver", "#waiver")),
)
PARTIES = (
    PartyRow(tag="C1", role="Complainant", note="asked to be named to the panel only", seal_url="#seal-c1"),
    PartyRow(tag="C2", role="Complainant", note="anonymous: no name is held", has_name=False),
    PartyRow(tag="R", role="Respondent", note="member; holds a branch office", name="Corin Ashby-Holt"),
)


@dataclass(frozen=True)
class DocketLine:
    reference: str
    conduct: str
    owed: str
    office: str
    holder: str
    chip: Chip
    due: str
    original: str
    clock: ClockView
    is_late: bool = False


DOCKET = (
    DocketLine(
        "K7QH-3M2C",
        "Harassment",
        "Serve the decision",
        "Panel",
        "O. Quill",
        chips.late(6, ""),
        "Wed 15 Apr",
        "1 Apr",
        ClockView(started_on=day(1, 20), due_on=day(4, 15), original_on=day(4, 1)),
        is_late=True,
    ),
    DocketLine(
        "P2XD-90RV",
        "Misuse of funds",
        "Investigator’s report",
        "Investigator",
        "P. Wolde",
        chips.late(5, ""),
        "Thu 16 Apr",
        "9 Apr",
        ClockView(
            started_on=day(3, 13),
            due_on=day(4, 16),
            original_on=day(4, 9),
            pauses=(Pause(day(3, 22), day(3, 27)),),
        ),
        is_late=True,
    ),
    DocketLine(
        "9TCM-H4WA",
        "Bringing into disrepute",
        "Serve the notice",
        "Case officer",
        "I. Marrow",
        chips.due_today("today"),
        "Thu 23 Apr",
        "",
        ClockView(started_on=day(4, 16), due_on=day(4, 23)),
    ),
    DocketLine(
        "B6FY-77KE",
        "Breach of confidence",
        "Answer on time request",
        "Sift officer",
        "B. Castellane",
        chips.left(2, ""),
        "Mon 27 Apr",
        "",
        ClockView(started_on=day(4, 15), due_on=day(4, 27)),
    ),
    DocketLine(
        "VN3S-1QJ8",
        "Discrimination",
        "Answer to the notice",
        "Respondent",
        "",
        chips.paused(),
        "Fri 8 May",
        "15 Apr",
        ClockView(
            started_on=day(3, 30),
            due_on=day(5, 8),
            original_on=day(4, 15),
            is_partys=True,
            pauses=(Pause(day(4, 20)),),
        ),
    ),
    DocketLine(
        "E5ZG-W0D7",
        "Bringing into disrepute",
        "Appeal decision",
        "Appeal panel",
        "T. Rennard-Oke",
        chips.left(52, ""),
        "Wed 8 Jul",
        "",
        ClockView(started_on=day(4, 8), due_on=day(7, 8)),
    ),
)
TABS = (
    Tab(label="All open", url="#all", count="41", is_current=True),
    Tab(label="Mine", url="#mine", count="9"),
    Tab(label="Late", url="#late", count="4"),
    Tab(label="Due this week", url="#week", count="7"),
    Tab(label="Waiting on a party", url="#waiting", count="6"),
    Tab(label="Paused", url="#paused", count="3"),
    Tab(label="Interim suspensions", url="#suspensions", count="2"),
)
COUNTS = (
    Count(number="5", words="late", url="#late", detail="longest 6 working days", glyph="late", tone="late"),
    Count(
        number="7",
        words="due by Wed 29 Apr",
        url="#soon",
        detail="2 of them today",
        glyph="soon",
        tone="soon",
    ),
    Count(
        number="6",
        words="waiting on a party",
        url="#waiting",
        detail="longest 11 working days",
        glyph="party",
    ),
    Count(
        number="3",
        words="paused",
        url="#paused",
        detail="1 review due Mon 27 Apr",
        glyph="paused",
        tone="pause",
    ),
    Count(number="2", words="interim suspensions", detail="1 review due today"),
    Count(number="86%", words="kept since 1 April", detail="31 of 36 time limits"),
)
PAGER = Pager(
    says="6 of 41, to E5ZG-W0D7 (due Wed 8 Jul)",
    first_url="?",
    next_url="?after=E5ZG",
    next_label="Next 35",
    note="New cases do not shift these pages: each page starts after the last row of the one before.",
)

OWES = WhoOwes(
    who="The member you complained about",
    by_on="Wednesday 29 April 2026",
    distance="4 working days from today",
    story="At first it was 20 April. It moved twice: our website was down for two days, and the chair allowed"
    " five more.",
    why_url="?why=answer",
)
WAY = (
    PublicStep(title="Received", says="Monday 2 March", state=StepState.DONE),
    PublicStep(
        title="Accepted as a case",
        says="Friday 20 March. That was 2 working days late. Our sift officer was ill; we should have passed"
        " it on, and we are sorry.",
        state=StepState.DONE,
    ),
    PublicStep(title="The member answers", says="By Wednesday 29 April 2026.", state=StepState.NOW),
    PublicStep(title="Investigator reports", says="By Friday 29 May at the latest.", state=StepState.COMING),
    PublicStep(
        title="Panel decides",
        says="By Friday 12 June at the latest. You will get the reasons in writing.",
        state=StepState.COMING,
        clause="Rule 9.1",
    ),
)
DOINGS = (
    Doing(label="Send us something more", url="#more"),
    Doing(label="Tell us someone is putting pressure on you", url="#pressure"),
    Doing(
        label="Appeal",
        reason="Opens when a decision has been served on you. You then have 14 days.",
        clause="Rule 13.1",
    ),
)

NAMING = (
    ("named", "Yes, and you may tell the member"),
    ("confidential", "Yes, but keep it from the member"),
    ("anonymous", "No, I want to stay anonymous"),
)
HINTS = {
    "named": "The member will know who complained. This is the quickest way to a finding.",
    "confidential": "Only the case officer and the panel will know. If the case cannot be decided fairly"
    " without telling the member, we will ask you first, and you may say no.",
    "anonymous": "We will not know who you are. We can look into it, but we may not be able to make a finding"
    " on your word alone. Your receipt code is the only way back to us.",
}


class NamingForm(forms.Form):
    """One question a page."""

    naming = forms.ChoiceField(
        label="Do you want to give your name?",
        help_text="You can change this later, in one direction: from anonymous to named.",
        choices=NAMING,
        widget=HintedRadios(hints=HINTS),
        error_messages={"required": "Choose whether to give your name"},
    )


class EveryFieldForm(forms.Form):
    """Every kind of field, for the desk and the public alike."""

    title = forms.CharField(label="In a few words", help_text="Without names.")
    account = forms.CharField(label="What happened", max_length=400, widget=LongText(rows=3, most=400))
    on = forms.DateField(
        label="When it happened",
        help_text="For example, 27 3 2026",
        widget=DayParts(),
        error_messages={"invalid": "Write the day as numbers, for example 27 3 2026"},
    )
    served = forms.DateField(label="Day of service", widget=DayInput(), required=False)
    channel = forms.ChoiceField(label="How", choices=[("post", "by post"), ("hand", "by hand")])
    stated = forms.MultipleChoiceField(
        label="What the notice states",
        choices=[("matters", "the matters"), ("sanctions", "the possible sanctions")],
        widget=HintedCheckboxes(hints={"sanctions": "Each that the rules allow."}),
    )
    kept = forms.BooleanField(label="I have kept it")
