"""The fields of a step's form, each from what the rulebook says of the step."""

from collections.abc import Mapping, Sequence

from django import forms

from duly.record.facts import Channel, Naming, SanctionImposed
from duly.rulebook.book import Sanction
from duly.rulebook.phrases import At
from duly.rulebook.prose import either, say_consequences, say_timing, title, words
from duly.rulebook.steps import Is, Outcome, Step
from duly.vocabulary import Unit
from duly_server.services.case_page import CasePage
from duly_server.web.desk.case_happened import length_of
from duly_server.web.desk.steps_asked import choices_of
from duly_server.web.shared.fields import DayInput, HintedCheckboxes, HintedRadios

LENGTHS = (Unit.DAYS, Unit.WEEKS, Unit.MONTHS, Unit.YEARS)
READ = "The parties will read them. They are kept sealed."


def sanction_fields(page: CasePage, step: Step) -> dict[str, forms.Field]:
    ladder = page.book.sanctions
    made: dict[str, forms.Field] = {}
    if step.is_ in (Is.SANCTION, Is.APPEAL_DECISION) and ladder:
        hints = {name: _bounds_of(rung) for name, rung in ladder.items()}
        none = [("", "None")]
        made["sanction"] = radios("Sanction", [*none, *choices_of(tuple(ladder))], hints)
        made["amount"] = forms.IntegerField(
            label="Length",
            required=False,
            min_value=1,
            max_value=9999,
            help_text="Only for a sanction that has a length.",
        )
        units = [(unit.value, unit.value) for unit in LENGTHS]
        made["unit"] = forms.ChoiceField(
            label="Counted in", choices=units, required=False, initial=Unit.MONTHS.value
        )
        made["departs"] = forms.BooleanField(
            label="It leaves the range for what was proved; the reasons explain why", required=False
        )
    if step.is_ is Is.APPEAL_DECISION and page.state.sanctions:
        made["lifts"] = boxes("Sanctions that end with this decision", _imposed(page))
    return made


def _imposed(page: CasePage) -> list[tuple[str, str]]:
    return [
        (str(fact.place), f"{title(fact.body.sanction)}{length_of(fact.body)} (fact {fact.place})")
        for fact in page.state.sanctions
        if isinstance(fact.body, SanctionImposed) and fact.place not in page.state.lifted
    ]


def paper_fields(page: CasePage, step: Step) -> dict[str, forms.Field]:
    made: dict[str, forms.Field] = {}
    tags, nameless = _addressees(page, step.serve_on)
    if tags:
        reads = f"{either(nameless)} gave no name, and reads it by the code." if nameless else ""
        made["served_on"] = boxes("Served on", tags, initial=[tag for tag, _ in tags], help_text=reads)
    if nameless and not tags:
        made["channel"] = _served_how((Channel.WEB,), f"{either(nameless)} gave no name and no address.")
    elif step.serve_on or step.is_ is Is.NOTICE:
        made["channel"] = _served_how(tuple(Channel))
    must = _must_state(step)
    if must:
        hints = {phrase: f"for the outcome “{words(which)}”" for phrase, which in must.items() if which}
        made["stated"] = boxes("It states", phrases(tuple(must)), hints=hints)
    if step.grounds:
        made["ground"] = radios("Ground", phrases(step.grounds))
    return made


def _served_how(channels: tuple[Channel, ...], help_text: str = "") -> forms.ChoiceField:
    how = [("", "Choose how"), *((each.value, each.value) for each in channels)]
    if channels == (Channel.WEB,):
        how[1] = (Channel.WEB.value, "web: on the page that the code of the complaint opens")
    return forms.ChoiceField(label="Served how", choices=how, required=False, help_text=help_text)


def _addressees(page: CasePage, offices: tuple[str, ...]) -> tuple[list[tuple[str, str]], list[str]]:
    """Who it can be served on, and who gave no name: no letter reaches those, they look it up by code."""
    roles = {page.book.role_of(office) for office in offices}
    named: list[tuple[str, str]] = []
    nameless: list[str] = []
    for tag, party in page.state.parties.items():
        if party.role.value not in roles:
            continue
        if party.naming is Naming.ANONYMOUS:
            nameless.append(tag)
        else:
            named.append((tag, f"{tag}, {party.role.value}"))
    return named, nameless


def bounds_of_day(page: CasePage, day: str) -> str:
    rule = page.book.days.get(day)
    if rule is None:
        return ""
    first = [f"no earlier than {say_timing(timing)}" for timing in rule.not_before]
    last = [f"no later than {say_timing(timing)}" for timing in rule.not_after]
    said = ", ".join([*first, *last])
    return f"{said[:1].upper()}{said[1:]}." if said else ""


def phrases(of_rulebook: Sequence[str]) -> list[tuple[str, str]]:
    """Phrases of the rulebook as choices: they are sent as they are written there."""
    return [(phrase, phrase[:1].upper() + phrase[1:]) for phrase in of_rulebook]


def outcomes(step: Step, label: str) -> forms.ChoiceField:
    hints = {name: _what_follows(step, outcome) for name, outcome in step.outcomes.items()}
    return radios(label, choices_of(tuple(step.outcomes)), hints)


def _what_follows(step: Step, outcome: Outcome) -> str:
    """ "Then the case goes to hearing. Needs the agreement of the respondent." """
    phrases = (*step.then, *outcome.then)
    said = [f"Then {say_consequences(phrases)}."] if phrases else []
    if outcome.agreed_by:
        said.append(f"Needs the agreement of the {either([words(office) for office in outcome.agreed_by])}.")
    return " ".join(said)


def _must_state(step: Step) -> dict[str, str]:
    """What it must state: each phrase, with the outcome it belongs to ("" for all)."""
    found = dict.fromkeys(step.must_state, "")
    for name, outcome in step.outcomes.items():
        for phrase in outcome.must_state:
            found.setdefault(phrase, name)
    return found


def _bounds_of(rung: Sanction) -> str:
    said: list[str] = []
    if rung.least or rung.most:
        said.append(f"From {rung.least or 'any length'} to {rung.most or 'any length'}.")
    if rung.begins is not None:
        when = "when " if isinstance(rung.begins, At) else ""
        said.append(f"Begins {when}{say_timing(rung.begins)}.")
    return " ".join([*said, *([rung.clause] if rung.clause else [])])


def radios(
    label: str, choices: Sequence[tuple[str, str]], hints: Mapping[str, str] | None = None
) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, required=False, widget=HintedRadios(hints=hints))


def boxes(
    label: str,
    choices: Sequence[tuple[str, str]],
    *,
    initial: Sequence[str] = (),
    hints: Mapping[str, str] | None = None,
    help_text: str = "",
) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        choices=choices,
        required=False,
        initial=list(initial),
        help_text=help_text,
        widget=HintedCheckboxes(hints=hints),
    )


def day_field(label: str, help_text: str = "", *, required: bool = False) -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=required,
        widget=DayInput,
        error_messages={
            "invalid": "Give the day as 2026-04-23.",
            "required": f"Give {label[:1].lower()}{label[1:]}.",
        },
    )
