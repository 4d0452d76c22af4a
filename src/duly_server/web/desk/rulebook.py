"""The rulebook in force in plain words: each step with its clause, whose it is, by when, what follows."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from duly.explain.picture import picture
from duly.explain.whole import ROLES, explain
from duly.rulebook.book import Rulebook
from duly.rulebook.prose import (
    either,
    say_consequences,
    say_limit,
    say_reference,
    say_test,
    say_timing,
    title,
    words,
)
from duly.rulebook.steps import Step
from duly.timetable.calendar import Calendar
from duly_server.services.adopting.adopt import may_adopt
from duly_server.store import docket, editions
from duly_server.web.desk.frame import desk_frame
from duly_server.web.door import acting


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRow:
    """One step in words. `follows` are sentences; "" stands where the rulebook says nothing."""

    anchor: str
    title: str
    clause: str
    who: str
    when: tuple[str, ...]
    follows: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A stage, a measure, or what may be done at any time, with its steps in the order of the rulebook."""

    anchor: str
    title: str
    note: str
    steps: tuple[StepRow, ...]


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """`?edition=` asks for another adopted edition by its digest: the one a case is under.

    `?for=` asks for it as it is told to a party, "complainant" or "respondent".
    """
    book, calendar, edition = _asked(request)
    told_to = [role for role in ROLES if book.party_office(role)]
    context = {
        "desk": desk_frame(request, "rulebook"),
        "book": book,
        "calendar": f"{calendar.name} {calendar.edition}",
        "edition": edition,
        "told_to": told_to,
        "may_adopt": may_adopt(acting(request)) is not None,
        "coming": [each for each in editions.books() if each.in_force_from > acting(request).today],
    }
    role = request.GET.get("for", "")
    if role in told_to:
        told = {"role": role, "sections": explain(book, role)}
        return render(request, "desk/rulebook/told.html", context | told)
    conduct = tuple(book.conduct.values())
    return render(request, "desk/rulebook/page.html", context | {"places": places(book), "conduct": conduct})


@require_safe
def draw(request: HttpRequest) -> HttpResponse:
    """The procedure as a picture, of the same edition."""
    return HttpResponse(picture(_asked(request)[0]), content_type="image/svg+xml")


def _asked(request: HttpRequest) -> tuple[Rulebook, Calendar, str]:
    """The edition asked for, and its digest; that in force, and "", where none is or it was never adopted."""
    book, calendar = editions.in_force(acting(request).today)
    asked = request.GET.get("edition", "")
    if asked in docket.edition_digests():
        return editions.edition(asked), calendar, asked
    return book, calendar, ""


def places(book: Rulebook) -> tuple[Place, ...]:
    """Where steps stand: stages first, in their order, then measures, then what has no place of its own."""
    homes = dict.fromkeys((*book.stages, *book.measures, *(step.home for step in book.steps.values())))
    found: list[Place] = []
    for home in homes:
        steps = tuple(_row(book, step) for step in book.steps.values() if step.home == home)
        if steps:
            note = "a measure, no finding" if home in book.measures else ""
            found.append(Place(anchor=f"in-{home}", title=title(home), note=note, steps=steps))
    return tuple(found)


def _row(book: Rulebook, step: Step) -> StepRow:
    who = either([words(office) for office in step.by])
    return StepRow(
        anchor=step.name,
        title=title(step.name),
        clause=step.clause or "",
        who=f"the {who}" + (f", for each {step.per.value}" if step.per else ""),
        when=tuple(_when(book, step)),
        follows=tuple(_follows(step)),
    )


def _when(book: Rulebook, step: Step) -> list[str]:
    said = [f"after {say_reference(reference)}" for reference in step.after]
    said += [f"no earlier than {say_timing(timing)}" for timing in step.not_before]
    said += [f"only if {say_test(step.only_if)}"] if step.only_if.all_of else []
    for limit in book.limits:
        if limit.step == step.name:
            name = f"{words(limit.name)}: " if limit.name != step.name else ""
            said.append(f"{name}{say_limit(limit.timing)}")
    return said


def _follows(step: Step) -> list[str]:
    said = [f"Then {say_consequences(step.then)}."] if step.then else []
    said += [
        f"{title(outcome.name)}: {say_consequences(outcome.then)}." for outcome in step.outcomes.values()
    ]
    if step.if_late is not None:
        said.append(f"If it is late, {say_consequences(step.if_late)}.")
    return said
