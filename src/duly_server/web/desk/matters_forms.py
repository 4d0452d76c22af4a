"""The forms of what is recorded beside steps: more time, pauses, answers, waivers, parties, corrections."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import ClassVar

from django import forms
from django.http import QueryDict

from duly.procedure.acts import (
    Act,
    AddAllegation,
    AddParty,
    AnswerQuestion,
    Assign,
    Correct,
    DeclareConflict,
    Extend,
    FastTrack,
    Part,
    Pause,
    Resume,
    Waive,
)
from duly.record.facts import Conflict, Naming, PartyRole
from duly.rulebook.book import Conduct, Question
from duly.rulebook.prose import say_timing, title, words
from duly.rulebook.steps import Limit
from duly.vocabulary import Problem
from duly_server.services.case_page import CasePage
from duly_server.services.intake import written
from duly_server.web.desk.case_happened import what_happened
from duly_server.web.desk.steps_asked import ActForm, choices_of, long_text
from duly_server.web.desk.steps_fields import READ, day_field, phrases, radios
from duly_server.web.shared.days import short_day

CONFLICTS: Mapping[str, str] = {
    Conflict.PARTY: "I am a party or a witness in it, or in a matter it is linked with",
    Conflict.CLOSE: "I am close to one of them: household, family, friendship, or a quarrel",
    Conflict.WORK: "I share an employer, a branch or a group with one of them",
    Conflict.EARLIER: "I took part in the matter before, in another role",
    Conflict.SPOKE: "I said or signed something about it in public",
    Conflict.OTHER: "Something else that a fair observer would think may bias me",
}


class MatterForm(ActForm):
    """`mends` says which field a reason of the rules is about."""

    mends: ClassVar[Mapping[str, str]] = {}

    def field_of(self, problem: Problem, turn: int) -> str | None:
        return {"missing-reasons": "reasons", "in-the-future": "on", **self.mends}.get(problem.code)


class ExtensionForm(MatterForm):
    mends: ClassVar[Mapping[str, str]] = {
        "missing-ground": "ground",
        "not-later": "until",
        "over-the-cap": "until",
    }

    def __init__(self, page: CasePage, limit: Limit, key: str | None, data: QueryDict | None) -> None:
        super().__init__(page, data)
        self.limit, self.key = limit, key
        self.fields["until"] = day_field("The new last day", "Later than the day that stands.", required=True)
        grounds = limit.extend.grounds if limit.extend else ()
        if grounds:
            self.fields["ground"] = radios("Ground", phrases(grounds))
        self.fields["reasons"] = long_text("Reasons", help_text=READ)
        self.ask_for("ground", "reasons")

    def acts(self) -> Sequence[Act]:
        until: date = self.cleaned_data["until"]
        return [
            Extend(
                step=self.limit.step,
                until=until,
                ground=self.cleaned_data.get("ground") or None,
                key=self.key,
                limit=None if self.limit.name == self.limit.step else self.limit.name,
                parts=self.reasons(),
            )
        ]


class PauseForm(MatterForm):
    """A pause begins, or with `over` the clocks run again: the day given is the first that counts.

    With `goes_on` it lasts already, and was reviewed.
    """

    def __init__(
        self,
        page: CasePage,
        pause: str,
        data: QueryDict | None,
        *,
        over: bool = False,
        goes_on: bool = False,
    ) -> None:
        super().__init__(page, data)
        self.pause, self.over = pause, over
        if over:
            self.fields["on"].label = "The first day that counts again"
        elif goes_on:
            self.fields["on"].label = "The day of the review"
        else:
            self.fields["on"].label = "The first day that does not count"
        self.fields["reasons"] = long_text("Reasons", help_text=READ)
        if not over:
            self.ask_for("reasons")

    def acts(self) -> Sequence[Act]:
        if self.over:
            return [Resume(pause=self.pause, parts=self.reasons())]
        return [Pause(pause=self.pause, parts=self.reasons())]


class AnswerForm(MatterForm):
    mends: ClassVar[Mapping[str, str]] = {"unknown-answer": "answer"}

    def __init__(self, page: CasePage, question: Question, data: QueryDict | None) -> None:
        super().__init__(page, data)
        self.question = question
        self.fields["answer"] = radios(question.ask, choices_of(question.answers))
        self.ask_for("answer")

    def acts(self) -> Sequence[Act]:
        return [AnswerQuestion(question=self.question.name, answer=self.cleaned_data["answer"])]


class WaiverForm(MatterForm):
    def __init__(self, page: CasePage, step: str, key: str | None, data: QueryDict | None) -> None:
        super().__init__(page, data)
        self.step, self.key = step, key
        self.fields["on"].label = "The day the party gave up the rest of its time, in writing"

    def acts(self) -> Sequence[Act]:
        return [Waive(step=self.step, key=self.key)]


class ConflictForm(MatterForm):
    """It holds from now on, and whatever others recorded meanwhile."""

    def __init__(self, page: CasePage, data: QueryDict | None) -> None:
        super().__init__(page, data)
        del self.fields["on"]
        self.fields["seen"].required = False
        self.fields["conflict"] = forms.ChoiceField(
            label="What it is",
            choices=list(CONFLICTS.items()),
            widget=forms.RadioSelect,
            error_messages={"required": "Choose what comes nearest."},
        )
        self.fields["reasons"] = long_text(
            "More about it", help_text="Only if you want to. It is kept sealed.", rows=3
        )

    def clean(self) -> dict[str, object]:
        return {**(super().clean() or self.cleaned_data), "on": self.page.today, "seen": None}

    def acts(self) -> Sequence[Act]:
        return [DeclareConflict(conflict=Conflict(self.cleaned_data["conflict"]), parts=self.reasons())]


class FastTrackForm(MatterForm):
    mends: ClassVar[Mapping[str, str]] = {
        "unknown-criterion": "criterion",
        "criterion-not-met": "criterion",
    }

    def __init__(self, page: CasePage, data: QueryDict | None) -> None:
        super().__init__(page, data)
        track = page.book.fast_track
        criteria = track.criteria if track else ()
        numbered = [(str(turn), each[:1].upper() + each[1:]) for turn, each in enumerate(criteria, start=1)]
        self.fields["criterion"] = radios("Criterion", numbered)
        self.fields["reasons"] = long_text("Reasons", help_text=READ)
        self.ask_for("criterion", "reasons")

    def acts(self) -> Sequence[Act]:
        return [FastTrack(criterion=int(self.cleaned_data.get("criterion") or 0), parts=self.reasons())]


class PartyForm(MatterForm):
    """Who it is stands sealed, under a key of its own."""

    role = forms.ChoiceField(
        label="Role",
        choices=[(role.value, title(role.value)) for role in PartyRole],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a role."},
    )
    naming = forms.ChoiceField(
        label="Name",
        choices=[
            (Naming.NAMED.value, "Named"),
            (Naming.CONFIDENTIAL.value, "Named, to be kept from the respondent"),
            (Naming.ANONYMOUS.value, "Anonymous: no name is held"),
        ],
        widget=forms.RadioSelect,
        initial=Naming.NAMED.value,
        error_messages={"required": "Choose whether a name is held."},
    )
    name = forms.CharField(
        label="Name", required=False, max_length=200, help_text="Kept sealed. Leave empty if anonymous."
    )
    member = forms.CharField(
        label="Membership number", required=False, max_length=60, help_text="Kept sealed."
    )
    contact = forms.CharField(
        label="How to reach them", required=False, max_length=400, help_text="Kept sealed."
    )
    mends: ClassVar[Mapping[str, str]] = {"second-respondent": "role"}

    def clean_name(self) -> str:
        name = written(self.cleaned_data["name"]).strip()
        if not name and self.data.get("naming") != Naming.ANONYMOUS.value:
            raise forms.ValidationError("Write the name, or choose that no name is held.")
        return name

    def acts(self) -> Sequence[Act]:
        naming = Naming(self.cleaned_data["naming"])
        identity: Part | None = None
        if naming is not Naming.ANONYMOUS:
            said = {name: self.text(name) for name in ("name", "member", "contact")}
            identity = {"v": 1, **{name: value for name, value in said.items() if value}}
        return [AddParty(role=PartyRole(self.cleaned_data["role"]), naming=naming, identity=identity)]


class AllegationForm(MatterForm):
    mends: ClassVar[Mapping[str, str]] = {"unknown-conduct": "conduct"}

    def __init__(self, page: CasePage, data: QueryDict | None) -> None:
        super().__init__(page, data)
        self.fields["conduct"] = conduct_field(page)
        self.fields["conduct_on"] = day_field("Day of the conduct", "If it is known.")
        self.fields["narrative"] = long_text(
            "What is alleged", help_text="The particulars, as they will be put. Kept sealed."
        )
        self.ask_for("conduct", "narrative")

    def clean(self) -> dict[str, object]:
        cleaned: dict[str, object] = super().clean() or self.cleaned_data
        if not self.text("narrative"):
            self.add_error("narrative", "Say what is alleged.")
        if not self.cleaned_data.get("conduct"):
            self.add_error("conduct", "Choose a conduct.")
        return cleaned

    def acts(self) -> Sequence[Act]:
        return [
            AddAllegation(
                conduct=self.cleaned_data["conduct"],
                conduct_on=self.cleaned_data.get("conduct_on"),
                parts={"narrative": {"v": 1, "text": self.text("narrative")}},
            )
        ]


def conduct_field(page: CasePage, label: str = "Conduct") -> forms.ChoiceField:
    """The rulebook's definitions of misconduct, each with its text, from when it is too old, and clause."""
    conduct = page.book.conduct.values()
    hints = {each.name: " ".join(filter(None, (each.text, _too_old(each), each.clause))) for each in conduct}
    return radios(label, [(each.name, each.title) for each in conduct], hints)


def _too_old(conduct: Conduct) -> str:
    """Until when it is dealt with, and which office may allow older conduct by alleging it itself."""
    if conduct.too_old is None:
        return ""
    unless = conduct.too_old.unless
    allowed = f", unless the {words(unless)} allows it and writes it down" if unless else ""
    return f"Too old: {say_timing(conduct.too_old.timing)}{allowed}."


class AssignmentForm(MatterForm):
    mends: ClassVar[Mapping[str, str]] = {"not-a-holder": "appointment"}

    def __init__(self, page: CasePage, office: str, data: QueryDict | None) -> None:
        super().__init__(page, data)
        self.office = office
        self.fields["on"].label = "From which day"
        self.fields["appointment"] = radios(
            f"Who is {title(office).lower()} in this case", page.holders(office)
        )
        self.ask_for("appointment")

    def acts(self) -> Sequence[Act]:
        return [Assign(office=self.office, appointment=self.cleaned_data.get("appointment") or "")]


class CorrectionForm(MatterForm):
    """A fact is never edited: a correction is a new fact that names the old one."""

    mends: ClassVar[Mapping[str, str]] = {"nothing-to-correct": "place", "first-fact": "place"}

    def __init__(self, page: CasePage, data: QueryDict | None, *, place: str = "") -> None:
        super().__init__(page, data)
        known = [("", "Choose a fact")]
        known += [
            (str(fact.place), f"{fact.place} · {short_day(fact.on)} · {what_happened(page, fact)}")
            for fact in reversed(page.state.facts)
            if fact.place not in page.state.corrected
        ]
        self.fields["on"].label = "The day of the correction"
        self.fields["place"] = forms.ChoiceField(
            label="Which fact is mistaken", choices=known, initial=place, required=False
        )
        self.fields["reasons"] = long_text("What is wrong with it", help_text=READ)
        self.ask_for("place", "reasons")

    def acts(self) -> Sequence[Act]:
        return [Correct(place=int(self.cleaned_data.get("place") or 0), parts=self.reasons())]
