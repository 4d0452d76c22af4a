"""The form of the sift: what the rulebook asks of the step, and who is accused of what if it accepts."""

from collections.abc import Iterator, Sequence

from django import forms
from django.forms import BoundField
from django.http import QueryDict

from duly.procedure.acts import TakeStep
from duly.procedure.next_steps import NextStep
from duly.rulebook.prose import either, words
from duly.rulebook.steps import Step
from duly.timetable.milestones import accepting_outcomes
from duly.vocabulary import Problem
from duly_server.services.case_page import CasePage
from duly_server.services.intake import written
from duly_server.services.sift import Accused, Charge
from duly_server.web.desk.seals import REASONS, conflicts_url, no_conflict_field
from duly_server.web.desk.steps_asked import Group, long_text
from duly_server.web.desk.steps_fields import day_field
from duly_server.web.desk.steps_form import StepForm

_WHY = ("reason", "other")
_READING = (*_WHY, "no_conflict")
MOST = 12  # respondents, and allegations against each: a complaint with more is split by the office


class SiftForm(StepForm):
    """`counts` says how many allegations there is room for against each respondent."""

    def __init__(
        self,
        page: CasePage,
        step: Step,
        standing: Sequence[NextStep],
        *,
        counts: Sequence[int] = (1,),
        data: QueryDict | None = None,
    ) -> None:
        super().__init__(page, step, standing, data=data)
        self.counts = tuple(counts)
        self.fields["counts"] = forms.CharField(
            widget=forms.HiddenInput, required=False, initial=",".join(map(str, self.counts))
        )
        self.fields["reason"] = forms.ChoiceField(
            label="Why you need to read it",
            choices=[*((each, each) for each in REASONS), ("", "Another reason, written below")],
            required=False,
            initial=REASONS[0],
        )
        self.fields["other"] = forms.CharField(label="Another reason", required=False, max_length=2000)
        if url := conflicts_url(page):
            self.fields["no_conflict"] = no_conflict_field(url)
            self.fields["no_conflict"].required = False  # of the decision: what was read was read before
        for turn, charges in enumerate(self.counts):
            self.fields.update(self._accused_fields(turn, charges))
        asked = [name for name in self.fields if name.startswith(("name_", "conduct_", "alleged_"))]
        self.ask_for(*self.asked_for, *(name for name in asked if not name.startswith("conduct_on_")))

    def _accused_fields(self, turn: int, charges: int) -> dict[str, forms.Field]:
        conduct = [
            ("", "Choose a conduct"),
            *((each.name, each.title) for each in self.page.book.conduct.values()),
        ]
        made: dict[str, forms.Field] = {
            f"name_{turn}": forms.CharField(
                label="Name", required=False, max_length=200, help_text="Kept sealed."
            ),
            f"member_{turn}": forms.CharField(label="Membership number", required=False, max_length=60),
        }
        for each in range(charges):
            at, of_one = f"{turn}_{each}", f" {each + 1}" if charges > 1 else ""
            made[f"conduct_{at}"] = forms.ChoiceField(
                label=f"Allegation{of_one}: which conduct", choices=conduct, required=False
            )
            made[f"conduct_on_{at}"] = day_field("Day of the conduct", "If it is known.")
            made[f"alleged_{at}"] = long_text("What is alleged", help_text="Kept sealed.", rows=3)
        return made

    # --- what is decided ---------------------------------------------------------------------------------

    def accused(self) -> tuple[Accused, ...]:
        """Everybody named, each with what is alleged; lines left empty are nobody and nothing."""
        return tuple(
            Accused(
                name=name, member=self.text(f"member_{turn}"), charges=tuple(self._charges(turn, charges))
            )
            for turn, charges in enumerate(self.counts)
            if (name := self.text(f"name_{turn}"))
        )

    def _charges(self, turn: int, charges: int) -> Iterator[Charge]:
        for each in range(charges):
            at = f"{turn}_{each}"
            conduct, alleged = self.cleaned_data.get(f"conduct_{at}"), self.text(f"alleged_{at}")
            if conduct and alleged:
                on = self.cleaned_data.get(f"conduct_on_{at}")
                yield Charge(conduct=conduct, narrative=alleged, conduct_on=on)

    def clean(self) -> dict[str, object]:
        cleaned: dict[str, object] = super().clean() or self.cleaned_data
        if self.cleaned_data.get("outcome") in accepting_outcomes(self.page.book):
            for turn, charges in enumerate(self.counts):
                self._check(turn, charges)
        return cleaned

    def _check(self, turn: int, charges: int) -> None:
        """Half a line is a mistake; so is a respondent without an allegation, or one without a respondent."""
        names = [f"{stem}_{turn}_{each}" for each in range(charges) for stem in ("conduct", "alleged")]
        is_begun = any(self.cleaned_data.get(name) for name in names)
        is_named = bool(self.text(f"name_{turn}"))
        if is_begun and not is_named:
            self.add_error(f"name_{turn}", "Name the respondent.")
        for each in range(charges):
            conduct, alleged = f"conduct_{turn}_{each}", f"alleged_{turn}_{each}"
            is_first_of_named = is_named and each == 0
            if (self.text(alleged) or is_first_of_named) and not self.cleaned_data.get(conduct):
                self.add_error(conduct, "Choose the conduct that is alleged.")
            if (self.cleaned_data.get(conduct) or is_first_of_named) and not self.text(alleged):
                self.add_error(alleged, "Say what is alleged.")

    def taken(self) -> TakeStep:
        """The step with all that the rulebook asks of it."""
        found = self.acts()[0]
        if not isinstance(found, TakeStep):
            raise TypeError("the sift is a step")
        return found

    def why(self) -> str:
        """Why the complaint is to be read."""
        said = [str(self[name].value() or "") for name in _WHY]
        return written(" ".join(filter(None, said))).strip()

    def field_of(self, problem: Problem, turn: int) -> str | None:
        if problem.code == "nobody-accused":
            return "name_0"
        return super().field_of(problem, turn)

    # --- how it is laid out ------------------------------------------------------------------------------

    def groups(self) -> tuple[Group, ...]:
        apart = self._of_accused() | set(_READING)
        own = [field for field in self.visible_fields() if field.name not in apart]
        return (Group("", tuple(own)),)

    def _of_accused(self) -> set[str]:
        return {
            name for turn, charges in enumerate(self.counts) for name in self._accused_fields(turn, charges)
        }

    def respondents(self) -> tuple[Group, ...]:
        """One group for each respondent."""
        return tuple(
            Group(
                "Respondent" if len(self.counts) == 1 else f"Respondent {turn + 1}",
                tuple(self._bound_all(turn, charges)),
            )
            for turn, charges in enumerate(self.counts)
        )

    def _bound_all(self, turn: int, charges: int) -> Iterator[BoundField]:
        for name in self._accused_fields(turn, charges):
            yield self[name]

    def if_accepted(self) -> str:
        """ "If the outcome is “accepted”"."""
        outcomes = [f"“{words(name)}”" for name in accepting_outcomes(self.page.book)]
        return f"If the outcome is {either(outcomes)}" if outcomes else "If it is accepted"


def counts_from(text: str) -> tuple[int, ...]:
    """How many lines the form had, as it said; one respondent with one allegation for anything else."""
    parts = text.split(",")[:MOST]
    if not parts or not all(part.isascii() and part.isdigit() and len(part) < 3 for part in parts):
        return (1,)
    return tuple(min(max(int(part), 1), MOST) for part in parts)


def with_more(counts: Sequence[int], asked: str) -> tuple[int, ...]:
    """Room for another respondent ("respondent"), or another allegation against one ("allegation-0")."""
    more = list(counts)
    kind, _, turn = asked.partition("-")
    if kind == "respondent" and len(more) < MOST:
        more.append(1)
    elif kind == "allegation" and turn in map(str, range(len(more))):
        more[int(turn)] = min(more[int(turn)] + 1, MOST)
    return tuple(more)
