"""A rulebook in plain pieces, and the text that says the same: one for the reference, one for the reader.

Nothing here comes from the reader or the engine: `text_of` writes the words of the format down, so that the
same pieces are read by `duly.rulebook.read` and lived through by the reference.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Occ:
    """One occasion. `kind` is step, begins, ends, due, day, opens or closes."""

    kind: str
    name: str = ""
    outcome: str | None = None
    by: str | None = None


@dataclass(frozen=True)
class Ref:
    any_of: tuple[Occ, ...]
    which: str = ""  # "", "first", "latest"
    time_up: bool = False


@dataclass(frozen=True)
class Part:
    """`n` is None for a bare reference: that very day."""

    ref: Ref
    n: int | None = None
    unit: str = "days"
    way: str = "after"


Time = tuple[Part, ...]  # several parts: the later of them


@dataclass(frozen=True)
class Claim:
    """`kind` is question, open, owed or done."""

    kind: str
    name: str = ""
    answer: str = ""
    ref: Ref | None = None
    no: bool = False


Test = tuple[tuple[Claim, ...], ...]  # all of any of


@dataclass(frozen=True)
class Phrase:
    verb: str
    name: str = ""
    outcome: str = ""
    when: Test = ()


@dataclass(frozen=True)
class Instead:
    when: Test
    by: tuple[str, ...] | None = None
    within: tuple[Time, ...] | None = None


@dataclass
class Step:
    name: str
    section: str  # a stage, a measure, or "anytime"
    by: tuple[str, ...]
    stages: tuple[str, ...] = ()
    after: tuple[Ref, ...] = ()
    not_before: tuple[Time, ...] = ()
    only_if: Test = ()
    within: tuple[Time, ...] = ()
    if_late: tuple[Phrase, ...] | None = None
    instead: tuple[Instead, ...] = ()
    outcomes: dict[str, tuple[Phrase, ...]] = field(default_factory=dict)
    outcome_after: dict[str, tuple[Ref, ...]] = field(default_factory=dict)
    then: tuple[Phrase, ...] = ()
    per: str | None = None
    times: int | None = 1  # None: any
    sets: tuple[str, ...] = ()
    closed_too: bool = False
    runs_on: bool = False
    extend: bool = False


@dataclass
class Limit:
    """A second time on a step, with another consequence."""

    name: str
    step: str
    within: Time
    if_late: tuple[Phrase, ...]


@dataclass
class Book:
    stages: list[str]
    steps: dict[str, Step]
    limits: list[Limit]
    measures: dict[str, tuple[int | None, tuple[str, ...]]]  # at most so many days, ends with
    pauses: dict[str, int]
    questions: dict[str, tuple[str, str]]
    rolls: bool
    default_late: bool
    days: dict[str, tuple[str, tuple[str, ...]] | None]  # moved by whom, what goes along
    short: int = 0  # a period of at most so many days leaves closed days out


PARTIES = {"complainant": "C1", "respondent": "R"}
OFFICES = ("officer", "chair", "panel", "overseer")


# --- the words --------------------------------------------------------------------------------------------


def say_occ(occ: Occ) -> str:
    match occ.kind:
        case "step":
            by = f" by {occ.by}" if occ.by else ""
            return (f"{occ.name}: {occ.outcome}" if occ.outcome else occ.name) + by
        case "begins" | "ends":
            return f"{occ.name} {occ.kind}"
        case "due":
            return f"{occ.name} is due"
        case "day":
            return occ.name
        case kind:
            return f"the case {kind}"


def say_ref(ref: Ref) -> str:
    which = {
        "": "",
        "first": "the first ",
        "latest": "the latest of " if len(ref.any_of) > 1 else "the latest ",
    }
    end = " or time up" if ref.time_up else ""
    return which[ref.which] + " or ".join(map(say_occ, ref.any_of)) + end


def say_part(part: Part) -> str:
    said = say_ref(part.ref)
    if part.n is None:
        return said
    unit = part.unit[:-1] if part.n == 1 else part.unit
    return f"{part.n} {unit} {part.way} {said}"


def _quoted(texts: list[str]) -> str:
    return "[" + ", ".join(f'"{text}"' for text in texts) + "]"


def say_time(time: Time) -> str:
    if len(time) == 1:
        return f'"{say_part(time[0])}"'
    return f"{{ later_of = {_quoted([say_part(part) for part in time])} }}"


def say_claim(claim: Claim) -> str:
    no = "not " if claim.no else ""
    match claim.kind:
        case "question":
            return f"{claim.name} is {no}{claim.answer}"
        case "open" | "owed":
            return f"{claim.name} is {no}{claim.kind}"
        case _:
            assert claim.ref is not None
            return f"{say_ref(claim.ref)} is {no}done"


def say_test(test: Test) -> str:
    return " and ".join(" or ".join(map(say_claim, some)) for some in test)


def say_phrase(phrase: Phrase) -> str:
    said = {
        "goes": f"goes to {phrase.name}",
        "begins": f"begins {phrase.name}",
        "ends": f"ends {phrase.name}",
        "closes": f"closes the case as {phrase.name}",
        "counts": f"counts as {phrase.name}: {phrase.outcome}",
        "linked": "starts a linked case",
        "tells": f"tells {phrase.name}",
        "late": "too late",
        "nothing": "nothing",
    }[phrase.verb]
    return said + (f" if {say_test(phrase.when)}" if phrase.when else "")


def say_phrases(phrases: tuple[Phrase, ...]) -> str:
    return _quoted([say_phrase(phrase) for phrase in phrases])


def _times(times: tuple[Time, ...]) -> str:
    return say_time(times[0]) if len(times) == 1 else "[" + ", ".join(map(say_time, times)) + "]"


def _instead(each: Instead) -> str:
    by = f", by = {_quoted(list(each.by))}" if each.by else ""
    within = f", within = {_times(each.within)}" if each.within else ""
    return f'{{ when = "{say_test(each.when)}"{by}{within} }}'


def _step(step: Step) -> list[str]:
    lines = [f"[{step.section}.{step.name}]", f"by = {_quoted(list(step.by))}"]
    if step.section == "anytime" and step.stages:
        lines.append(f"during = {_quoted(list(step.stages))}")
    if step.after:
        lines.append(f"after = {_quoted([say_ref(ref) for ref in step.after])}")
    if step.not_before:
        lines.append(f"not_before = {_times(step.not_before)}")
    if step.only_if:
        lines.append(f"only_if = {_quoted([say_test((some,)) for some in step.only_if])}")
    if step.within:
        lines.append(f"within = {_times(step.within)}")
    if step.if_late is not None:
        lines.append(f"if_late = {say_phrases(step.if_late)}")
    if step.instead:
        lines.append(f"instead = [{', '.join(map(_instead, step.instead))}]")
    if step.extend:
        lines.append('extend = { by = "overseer", at_most = "90 days", times = 5, grounds = ["illness"] }')
    if step.then:
        lines.append(f"then = {say_phrases(step.then)}")
    if step.per:
        lines.append(f'per = "{step.per}"')
    if step.times != 1:
        lines.append(f"times = {step.times}" if step.times else 'times = "any"')
    if step.sets:
        lines.append(f"sets = {_quoted(list(step.sets))}")
    if step.closed_too:
        lines.append("even_when_closed = true")
    if step.runs_on:
        lines.append("runs_on = true")
    plain = [name for name in step.outcomes if name not in step.outcome_after]
    if plain:
        said = ", ".join(f"{name} = {say_phrases(step.outcomes[name])}" for name in plain)
        lines.append(f"outcomes = {{ {said} }}")
    for name, refs in step.outcome_after.items():
        lines.append(f"[{step.section}.{step.name}.outcome.{name}]")
        lines.append(f"after = {_quoted([say_ref(ref) for ref in refs])}")
        lines.append(f"then = {say_phrases(step.outcomes[name])}")
    return lines


def text_of(book: Book) -> str:
    """The rulebook as somebody would write it."""
    closed = "next working day" if book.rolls else "stays"
    lines = [
        f"stages = {_quoted(book.stages)}",
        "[rulebook]",
        "format = 1",
        'title = "A book at random"',
        'edition = "1"',
        "in_force_from = 2020-01-01",
        'calendar = "GB-ENG"',
        "[counting]",
        f'last_day_closed = "{closed}"',
    ]
    if book.short:
        days = "day" if book.short == 1 else "days"
        lines.append(f'short_periods = "at most {book.short} {days} leave closed days out"')
    if book.default_late:
        lines += ["[defaults]", 'if_an_office_is_late = "tells overseer"']
    lines += ["[office]", *(f"{party} = {{ party = true }}" for party in PARTIES)]
    lines += [f"{office} = {{{' accountable = true ' * (office == 'overseer')}}}" for office in OFFICES]
    if book.questions:
        lines.append("[question]")
    for name, answers in book.questions.items():
        lines.append(f'{name} = {{ ask = "Is it so?", answers = {_quoted(list(answers))} }}')
    lines += ["[one.receive]", 'by = "officer"', 'is = "receipt"']
    for step in book.steps.values():
        if step.name != "receive":
            lines += _step(step)
    for limit in book.limits:
        lines += [f"[limit.{limit.name}]", f'for = "{limit.step}"', f"within = {say_time(limit.within)}"]
        lines.append(f"if_late = {say_phrases(limit.if_late)}")
    for name, (at_most, ends_with) in book.measures.items():
        lines.append(f"[measure.{name}]")
        if at_most is not None:
            lines.append(f'at_most = "{at_most} days"')
        if ends_with:
            lines.append(f"ends_with = {_quoted(list(ends_with))}")
    for name, moved in book.days.items():
        lines.append(f"[day.{name}]")
        if moved is not None:
            along = f", takes_along = {_quoted(list(moved[1]))}" if moved[1] else ""
            lines.append(f'moves = {{ by = "{moved[0]}", at_most = "90 days"{along} }}')
    for name, days in book.pauses.items():
        lines += [f"[pause.{name}]", 'by = "overseer"', f'at_most = "{days} days"']
    return "\n".join(lines) + "\n"
