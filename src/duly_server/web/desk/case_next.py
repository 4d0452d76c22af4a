"""What may happen next in a case: each open step and matter, and each closed one with its reasons."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import urlencode

from django.urls import reverse

from duly.procedure.acts import Extend, FastTrack, Pause, Resume, Waive
from duly.procedure.next_steps import NextStep
from duly.rulebook.prose import either, title, words
from duly.timetable.clock import Clock
from duly.vocabulary import Problem
from duly_server.services.case_matters import MatterNow, matters_now
from duly_server.services.case_page import CasePage
from duly_server.web.desk.case_limits import offices_in_words, working_days
from duly_server.web.shared.chips import counted
from duly_server.web.shared.days import desk_day
from duly_server.web.shared.steps import ClosedStep, NextSteps, OpenStep, Reason


def next_steps_of(page: CasePage, steps: Sequence[NextStep]) -> NextSteps:
    """Owed and late, owed, allowed; then closed. Members of one group that stand alike share a row.

    What is over is left out: `case_over` has it.
    """
    groups = _alike(each for each in steps if not each.is_over)
    now = matters_now(page)
    return NextSteps(
        open=(
            *(_open(page, group) for group in groups if group[0].is_open),
            *(_open_matter(page, matter) for matter in now if matter.is_open),
        ),
        closed=(
            *(_closed(page, group) for group in groups if not group[0].is_open and not _is_later(group)),
            *_closed_matters(now),
            *_later(page, [group for group in groups if _is_later(group)]),
        ),
    )


def _alike(steps: Iterable[NextStep]) -> list[list[NextStep]]:
    """In their order: steps of one name with the same day, the same offices and the same reasons."""
    found: dict[tuple[object, ...], list[NextStep]] = {}
    for step in steps:
        due = tuple(clock.due for clock in step.owed)
        found.setdefault((step.step.name, due, step.offices, step.against), []).append(step)
    return list(found.values())


# --- steps -----------------------------------------------------------------------------------------------


def _open(page: CasePage, group: list[NextStep]) -> OpenStep:
    first = group[0]
    return OpenStep(
        title=_titled(page, group),
        button="Record",
        url=step_url(page.reference, first.step.name, first.key if len(group) == 1 else None),
        says=_says(page, first),
        clause=first.step.clause or "",
        is_late=bool(first.owed) and first.owed[0].is_late and not first.owed[0].is_party,
    )


def _closed(page: CasePage, group: list[NextStep]) -> ClosedStep:
    return ClosedStep(title=_titled(page, group), reasons=reasons(group[0].against))


def reasons(problems: Iterable[Problem]) -> tuple[Reason, ...]:
    """Why it is closed, how or when it opens, the clause; the day is said once."""
    return tuple(Reason(problem.says, _opens(problem), problem.clause or "") for problem in problems)


def _opens(problem: Problem) -> str:
    says_when = problem.remedy.startswith("Opens")
    day = f"Opens {desk_day(problem.opens_on)}." if problem.opens_on and not says_when else ""
    return " ".join(filter(None, (day, problem.remedy)))


def _is_later(group: list[NextStep]) -> bool:
    """Its stage is not open: that is reason enough, and the same for all of that stage."""
    return any(problem.code == "not-in-stage" for problem in group[0].against)


def _later(page: CasePage, groups: list[list[NextStep]]) -> Iterator[ClosedStep]:
    """The steps of a stage that is not open share a row: the reason once, then each with whose it is."""
    stages: defaultdict[tuple[str, ...], list[list[NextStep]]] = defaultdict(list)
    for group in groups:
        stages[group[0].step.stages].append(group)
    now = " and ".join(words(stage) for stage in page.marking.open if stage in page.book.stages)
    for names, of_stage in stages.items():
        named = either([words(name) for name in names])
        why = Reason(f"The case is in {now or 'no stage'}.", f"They open when {named} begins.")
        each = (
            Reason(
                f"{_titled(page, group)}: {offices_in_words(group[0].offices)}.",
                clause=group[0].step.clause or "",
            )
            for group in of_stage
        )
        yield ClosedStep(title=f"Steps of {named}", reasons=(why, *each))


def _titled(page: CasePage, group: list[NextStep]) -> str:
    step = group[0].step
    keys = [each.key for each in group if each.key]
    if not keys or len(page.marking.members(step)) < 2:
        return title(step.name)
    return f"{title(step.name)} · {', '.join(keys)}"


def _says(page: CasePage, step: NextStep) -> str:
    """Who owes it and by when, or whose it is to do."""
    clock = step.owed[0] if step.owed else None
    if clock is None:
        return "" if step.is_mine else f"What the {offices_in_words(step.offices)} did can be written down."
    by = "" if step.is_mine else f" by the {offices_in_words(step.offices)}"
    if clock.due is None:
        return f"Owed{by}; no day can be given yet."
    if clock.is_late:
        return f"Owed{by}, {late_in_words(page, clock)}."
    return f"Owed{by} until {desk_day(clock.due)}."


def late_in_words(page: CasePage, clock: Clock) -> str:
    """ "2 working days late"; "late" where no working day has passed."""
    days = working_days(page.calendar, clock.due, page.today) if clock.due else None
    return f"{counted(days)} late" if days else "late"


def step_url(reference: str, step: str, key: str | None = None) -> str:
    """The page on which a step of a case is taken."""
    url = reverse("desk-case-step", args=[reference, step])
    return f"{url}?{urlencode({'key': key})}" if key else url


# --- matters ---------------------------------------------------------------------------------------------


def _open_matter(page: CasePage, matter: MatterNow) -> OpenStep:
    return OpenStep(
        title=matter_title(matter),
        button="Record",
        url=matter_url(page.reference, matter),
        says=_matter_says(matter),
        clause=matter.clause or "",
    )


def _closed_matters(now: Iterable[MatterNow]) -> Iterator[ClosedStep]:
    """Those of one kind that are closed for the same reasons share a row: four pauses make one line."""
    found: defaultdict[tuple[str, tuple[str, ...]], list[MatterNow]] = defaultdict(list)
    for matter in now:
        if not matter.is_open:
            found[_kind(matter), tuple(problem.says for problem in matter.against)].append(matter)
    for (kind, _), group in found.items():
        several = f"{kind}: {', '.join(_about(matter) for matter in group)}"
        said = matter_title(group[0]) if len(group) == 1 else several
        yield ClosedStep(title=said, reasons=reasons(group[0].against))


def _kind(matter: MatterNow) -> str:
    match matter.act:
        case Extend():
            return "Extend a time"
        case Pause():
            return "Pause the case" if matter.review is None else "Review a pause"
        case Resume():
            return "Let the clocks run again"
        case FastTrack():
            return "Put on the fast track"
        case Waive():
            return "Record a written waiver"


def _about(matter: MatterNow) -> str:
    match matter.act:
        case Extend(step=step, key=key, limit=limit):
            return words(limit or step) + (f" of {key}" if key else "")
        case Waive(step=step, key=key):
            return words(step) + (f" of {key}" if key else "")
        case Pause(pause=pause) | Resume(pause=pause):
            return words(pause)
        case FastTrack():
            return ""


def matter_title(matter: MatterNow) -> str:
    about = _about(matter)
    match matter.act:
        case Extend():
            return f"Extend the time for “{about}”"
        case Waive():
            return f"Record a written waiver of the time for “{about}”"
        case Pause():
            return f"Pause the case: {about}" if matter.review is None else f"Review the pause: {about}"
        case Resume():
            return f"Let the clocks run again: {about} is over"
        case FastTrack():
            return "Put the case on the fast track"


def _matter_says(matter: MatterNow) -> str:
    clock, review = matter.clock, matter.review
    if review is not None:
        return f"Owed by {desk_day(review.due)}." if review.due else "Owed; no day can be given yet."
    if clock is None or clock.due is None:
        return ""
    return f"Now until {desk_day(clock.due)}."


def matter_url(reference: str, matter: MatterNow) -> str:
    """The page on which a matter is recorded."""
    match matter.act:
        case Extend(step=step, key=key, limit=limit):
            return about_url(reference, "extensions", limit=limit or step, key=key)
        case Waive(step=step, key=key):
            return about_url(reference, "waivers", step=step, key=key)
        case Pause(pause=pause):
            return about_url(reference, "pauses", pause=pause)
        case Resume(pause=pause):
            return about_url(reference, "resumptions", pause=pause)
        case FastTrack():
            return about_url(reference, "fast-track")


def about_url(reference: str, noun: str, **query: str | None) -> str:
    """The page of one kind of matter, with what it is about as its query."""
    url = reverse(f"desk-case-{noun}", args=[reference])
    given = {name: value for name, value in query.items() if value}
    return f"{url}?{urlencode(given)}" if given else url
