"""The form of a step, made from the rulebook alone: no step, stage, office or outcome is known by name."""

from collections.abc import Mapping, Sequence

from django import forms
from django.forms import BoundField
from django.http import QueryDict

from duly.people import Actor
from duly.procedure.acts import Act, TakeStep
from duly.procedure.next_steps import NextStep, actor_for
from duly.procedure.step_rules import NEED_REASONS
from duly.record.facts import Channel
from duly.rulebook.prose import words
from duly.rulebook.steps import Per, Step
from duly.vocabulary import Length, Problem, Unit
from duly_server.services.case_page import CasePage
from duly_server.web.desk.steps_asked import ActForm, Group, choices_of, long_text
from duly_server.web.desk.steps_fields import (
    READ,
    bounds_of_day,
    boxes,
    day_field,
    outcomes,
    paper_fields,
    radios,
    sanction_fields,
)

# Which field a reason of the rules is about. What is not here no field can mend: it is a refusal.
_FIELDS: Mapping[str, str] = {
    "missing-key": "key",
    "missing-outcome": "outcome",
    "unknown-outcome": "outcome",
    "must-state": "stated",
    "missing-served-on": "served_on",
    "missing-channel": "channel",
    "missing-ground": "ground",
    "missing-reasons": "reasons",
    "not-agreed": "agreed_by",
    "no-quorum": "present",
    "not-a-member": "present",
    "missing-sanction": "sanction",
    "unknown-sanction": "sanction",
    "sanction-without-outcome": "sanction",
    "missing-length": "amount",
    "no-length": "amount",
    "outside-bounds": "amount",
    "outside-range": "departs",
    "in-the-future": "on",
}
_OF_DAYS = ("missing-day", "day-past", "day-too-early", "day-too-late", "no-room")
_OF_EACH = ("outcome", "reasons")


class StepForm(ActForm):
    """One step of one case. With `key` for that member of its group alone.

    A step with outcomes for each allegation asks for several at once: one act for each that is decided.
    """

    def __init__(
        self,
        page: CasePage,
        step: Step,
        standing: Sequence[NextStep],
        *,
        key: str | None = None,
        data: QueryDict | None = None,
    ) -> None:
        super().__init__(page, data)
        self.step, self.key, self.standing = step, key, standing
        members = page.marking.members(step)
        self.each: tuple[str, ...] = ()
        if step.per is Per.ALLEGATION and step.outcomes:
            self.each = (key,) if key else members
        self.behalf = self._behalf()
        self.fields.update(self._made(members))
        self.ask_for(*self._needed())

    # --- the fields --------------------------------------------------------------------------------------

    def _made(self, members: tuple[str, ...]) -> dict[str, forms.Field]:
        step = self.step
        made: dict[str, forms.Field] = {}
        if step.per is not None and self.key is None and not self.each:
            made["key"] = radios(f"For which {step.per.value}", [(each, each) for each in members])
        if len(self.behalf) > 1:
            made["on_behalf"] = radios("Who did it", choices_of(self.behalf))
        for each in self.each:
            made[f"outcome_{each}"] = outcomes(step, f"Outcome for {each}")
            made[f"reasons_{each}"] = long_text(f"Reasons for {each}", help_text=READ, rows=4)
        if step.outcomes and not self.each:
            made["outcome"] = outcomes(step, "Outcome")
        for day in step.sets:
            made[f"day_{day}"] = day_field(f"The {words(day)}", bounds_of_day(self.page, day))
        made |= sanction_fields(self.page, step)
        made |= paper_fields(self.page, step)
        made |= self._people_fields()
        if self.behalf:
            made["narrative"] = long_text("What they said or sent", help_text="Kept sealed.")
        elif not self.each:
            made["reasons"] = long_text("Reasons", help_text=READ)
        return made

    def _needed(self) -> tuple[str, ...]:
        """What the rules will ask for."""
        always = ("key", "on_behalf", "outcome", "served_on", "channel", "stated", "ground")
        days = tuple(f"day_{day}" for day in self.step.sets)
        reasons = ("reasons",) if self.step.is_ in NEED_REASONS and not self.behalf else ()
        of_each = tuple(f"{name}_{each}" for each in self.each for name in _OF_EACH)
        return (*always, *days, *reasons, *of_each)

    def _people_fields(self) -> dict[str, forms.Field]:
        step, made = self.step, dict[str, forms.Field]()
        agreeing = dict.fromkeys(
            [*step.agreed_by, *(o for each in step.outcomes.values() for o in each.agreed_by)]
        )
        if agreeing:
            made["agreed_by"] = boxes("Who agreed", choices_of(tuple(agreeing)))
        actor = self._actor()
        office = self.page.book.offices.get(actor.office) if actor else None
        if actor and office and office.quorum and office.quorum > 1 and not self.behalf:
            others = [
                (number, name)
                for number, name in self.page.holders(office.name)
                if self.page.roll.person(number) != actor.person
            ]
            made["present"] = boxes(
                "Who was there beside you",
                others,
                help_text=f"The {words(office.name)} decides with at least {office.quorum} members."
                if step.decides
                else "",
            )
        return made

    # --- who ---------------------------------------------------------------------------------------------

    def _actor(self) -> Actor | None:
        if not self.page.actors:
            return None
        if self.standing:
            return self.standing[0].actor
        page = self.page
        return actor_for(page.marking, self.step, actors=page.actors, roll=page.roll, today=page.today)

    def _behalf(self) -> tuple[str, ...]:
        """The parties whose step it is, where the viewer writes down what a party did; none otherwise."""
        if not any(each.for_party for each in self.standing) or any(each.is_mine for each in self.standing):
            return ()
        book = self.page.book
        parties = tuple(
            office for office in self.page.marking.offices_of(self.step) if office in book.parties
        )
        party = self.page.state.parties.get(self.key or "") if self.step.per is Per.PARTY else None
        if party is None:
            return parties
        return tuple(office for office in parties if book.role_of(office) == party.role.value) or parties

    def _on_behalf(self, key: str | None) -> str | None:
        if len(self.behalf) <= 1:
            return next(iter(self.behalf), None)
        return self.cleaned_data.get("on_behalf") or self._of_member(key)

    def _of_member(self, key: str | None) -> str | None:
        party = self.page.state.parties.get(key or "")
        role = party.role.value if party else ""
        return next((o for o in self.behalf if self.page.book.role_of(o) == role), None)

    # --- the acts ----------------------------------------------------------------------------------------

    def _decided(self) -> list[str]:
        """The allegations that an outcome was chosen for. With none the first stands for all: the rules then
        say that an outcome is missing, beside whatever else they have against it."""
        chosen = [each for each in self.each if self.cleaned_data.get(f"outcome_{each}")]
        return chosen or list(self.each[:1])

    def acts(self) -> Sequence[Act]:
        if not self.each:
            key = self.key or self.cleaned_data.get("key") or None
            return [self._act(key, self.cleaned_data.get("outcome") or None, "reasons")]
        return [
            self._act(each, self.cleaned_data.get(f"outcome_{each}") or None, f"reasons_{each}")
            for each in self._decided()
        ]

    def _act(self, key: str | None, outcome: str | None, reasons: str) -> TakeStep:
        given = self.cleaned_data
        parts = dict(self.reasons(reasons))
        if self.text("narrative"):
            parts["narrative"] = {"v": 1, "text": self.text("narrative")}
        channel = given.get("channel")
        amount = given.get("amount")
        return TakeStep(
            step=self.step.name,
            outcome=outcome,
            key=key,
            days={day: on for day in self.step.sets if (on := given.get(f"day_{day}"))},
            served_on=tuple(given.get("served_on") or ()),
            channel=Channel(channel) if channel else None,
            stated=tuple(given.get("stated") or ()),
            ground=given.get("ground") or None,
            agreed_by=tuple(given.get("agreed_by") or ()),
            present=tuple(given.get("present") or ()),
            sanction=given.get("sanction") or None,
            length=Length(amount, Unit(given.get("unit") or Unit.MONTHS.value)) if amount else None,
            departs=bool(given.get("departs")),
            lifts=tuple(int(place) for place in given.get("lifts") or ()),
            on_behalf=self._on_behalf(key),
            parts=parts,
        )

    def field_of(self, problem: Problem, turn: int) -> str | None:
        if problem.code in _OF_DAYS:
            days = [f"day_{day}" for day in self.step.sets]
            empty = [name for name in days if not self.cleaned_data.get(name)]
            return next(iter(empty if problem.code == "missing-day" else days), None)
        name = _FIELDS.get(problem.code)
        if self.each and name in _OF_EACH:
            return f"{name}_{self._decided()[turn]}"
        return name

    def groups(self) -> tuple[Group, ...]:
        """The day, then each allegation under its own heading, then the rest."""
        of_each = {f"{name}_{each}" for each in self.each for name in _OF_EACH}
        rest = [field for field in self.visible_fields() if field.name not in of_each | {"on"}]
        allegations = [
            Group(self._each_heading(each), self._bound(f"outcome_{each}", f"reasons_{each}"))
            for each in self.each
        ]
        names = [field.name for field in rest]
        at = names.index("amount") if "amount" in names else len(rest)
        groups = [
            Group("", (self["on"],)),
            *allegations,
            Group("", tuple(rest[:at])),
            Group("", tuple(rest[at : at + 2]), is_line=True),
            Group("", tuple(rest[at + 2 :])),
        ]
        return tuple(group for group in groups if group.fields)

    def _each_heading(self, allegation: str) -> str:
        added = self.page.state.allegations.get(allegation)
        conduct = self.page.book.conduct.get(added.conduct) if added else None
        return f"{allegation} · {conduct.title}" if conduct else allegation

    def _bound(self, *names: str) -> tuple[BoundField, ...]:
        return tuple(self[name] for name in names)
