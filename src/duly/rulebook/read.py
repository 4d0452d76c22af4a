"""From the text of a file to a rulebook, or to every fault that keeps it from being one."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import TypeVar

from duly.rulebook import sections
from duly.rulebook.blanks import blank, fill
from duly.rulebook.book import Counting, Fairness, Proof, Rulebook, RunningCases
from duly.rulebook.cross import check_sense
from duly.rulebook.fault import Fault, Unreadable, shown
from duly.rulebook.form import Form
from duly.rulebook.gather import gather, homes
from duly.rulebook.mend import mend_headings
from duly.rulebook.names import Kind, Reading, Spot
from duly.rulebook.phrases import Consequence
from duly.rulebook.steps import ANYTIME, Limit, Step
from duly.rulebook.steps_read import limits, step
from duly.rulebook.values import DAMAGED, Values, as_list, as_table, read_values

FORMAT = 1

T = TypeVar("T")


def read(text: str) -> Rulebook | Unreadable:
    """The edition written in `text`, or all that is wrong with it: never an exception, in bounded time.

    `text` is the whole file, decoded, its line ends as they are: the digest is taken over its UTF-8 bytes.
    """
    found = read_values(text)
    reading = Reading(found.outline.lines, found.outline.headings, faults=found.faults)
    book = _rulebook(text, found, reading) if found.whole else None
    if book is None or reading.faults:
        return Unreadable(_in_order(reading))
    return book


def _in_order(reading: Reading) -> tuple[Fault, ...]:
    """By line, each once, and not more than anybody would read."""
    ordered = sorted(
        dict.fromkeys(reading.faults), key=lambda fault: min(fault.line, fault.also or fault.line)
    )
    if reading.more:
        says = f"and {reading.more:,} more faults in this file."
        ordered.append(Fault(ordered[-1].line, says, "Mend these first."))
    return tuple(ordered)


def _rulebook(text: str, found: Values, reading: Reading) -> Rulebook | None:
    mend_headings(found.values, reading)
    file = Form(found.values, Spot(reading, "", ""))
    head = file.form("rulebook")
    if head is None:
        head = Form({"?": DAMAGED}, Spot(reading, "rulebook", "rulebook"))
        if "rulebook" not in file:
            head.spot.note(
                "this heading is missing.", "Add it, with format, title, edition, in_force_from, calendar."
            )
    calendar = head.mark("calendar", needed='calendar = "GB-ENG"') or ""
    reading.calendar = calendar
    stages = _stages(file)
    if not stages or not gather(found.values, reading):
        return None
    _check_headings(file)
    blanks = _each(file, "blank", blank)
    fill(file, blanks)
    book = _book(head, file, stages, calendar, sha256(text.encode()).hexdigest())
    file.finish("the file", remedies=_top_level)
    check_sense(book, reading)
    return replace(book, blanks=blanks)


def _stages(file: Form) -> tuple[str, ...]:
    """The stages; none if nothing that could be said about the rest of the file would help."""
    example = 'stages = ["intake", "inquiry", "decided"]'
    if "stages" not in file:
        file.note_missing("stages", f"{example} as the first line")
    elif as_list(file.values["stages"]) is None and file.values["stages"] is not DAMAGED:
        file.note("stages", "I expected a list.", f"Write {example}.")
        return ()
    stages = file.texts("stages")
    if as_list(file.values.get("stages")) == []:
        file.note("stages", "the list is empty.", f"Write {example}.")
    return stages


def _check_headings(file: Form) -> None:
    """Every table at the top is a section of the format, or a stage or measure with its steps."""
    names = file.spot.reading.names
    for key in homes(file.values):
        if key != ANYTIME and names.kinds.get(key) not in (Kind.STAGE, Kind.MEASURE):
            file.at(key).is_name(key, Kind.STAGE, Kind.MEASURE)
        for inner, value in (as_table(file.values[key]) or {}).items():
            if as_table(value) is None and value is not DAMAGED:
                remedy = f"Put what belongs to a step under its heading, [{key}.STEP]."
                file.at(key).under(inner).note("this key stands in no step.", remedy)


def _top_level(key: str) -> str:
    return f'Put "{shown(key)}" under the heading it belongs to: [rulebook], or the heading of a step.'


def _steps(file: Form) -> dict[str, Step]:
    """The steps in the order of the file."""
    reading = file.spot.reading
    found: dict[str, Step] = {}
    tables = {home: table for home in homes(file.values) if (table := file.form(home)) is not None}
    for name, home in reading.names.order:
        form = tables[home].form(name)
        if form is not None and name not in found:
            found[name] = step(name, home, reading.line(form.spot.path), form)
    return found


def _each(file: Form, section: str, reader: Callable[[str, Form], T | None]) -> dict[str, T]:
    """Every named table of a section, read."""
    found: dict[str, T] = {}
    table = file.part(section)
    for name in table:
        form = table.form(name)
        read_one = None if form is None else reader(name, form)
        if read_one is not None:
            found[name] = read_one
    return found


def _one(file: Form, section: str, reader: Callable[[Form], T]) -> T | None:
    form = file.form(section)
    return None if form is None else reader(form)


def _limits(file: Form) -> tuple[Limit, ...]:
    found = _each(file, "limit", limits)
    return tuple(limit for several in found.values() for limit in several)


def _if_an_office_is_late(file: Form) -> tuple[Consequence, ...] | None:
    form = file.form("defaults")
    if form is None:
        return None
    following = form.following("if_an_office_is_late") if "if_an_office_is_late" in form else None
    form.finish("[defaults]")
    return following


def _was(file: Form) -> dict[str, str]:
    form = file.part("was")
    found: dict[str, str] = {}
    for stage in form:
        old = form.text(stage)
        if form.at(stage).is_name(stage, Kind.STAGE) and old is not None:
            found[stage] = old
    return found


def _proof(head: Form) -> Proof | None:
    form = head.form("proof")
    if form is None:
        return None
    standard = form.text("standard", needed='standard = "more likely than not"')
    burden = form.text("burden", needed='burden = "presenter"')
    form.finish("proof")
    return Proof(standard=standard or "", burden=burden or "")


def _check_format(head: Form) -> None:
    if "format" not in head:
        head.note_missing("format", f"format = {FORMAT}")
    elif head.whole("format") not in (None, FORMAT):
        head.note("format", "this version of Duly reads format 1 only.", "Write format = 1.")


def _book(head: Form, file: Form, stages: tuple[str, ...], calendar: str, digest: str) -> Rulebook:
    _check_format(head)
    edition = head.mark("edition", needed='edition = "2026"')
    in_force_from = head.day("in_force_from", needed="in_force_from = 2026-01-01")
    read_one = [sections.accepted(form) for form in file.forms("accepted")]
    book = Rulebook(
        title=head.text("title", needed='title = "Complaints and discipline"', most=200) or "",
        edition=edition or "",
        in_force_from=in_force_from or date.min,
        calendar=calendar,
        digest=digest,
        stages=stages,
        steps=_steps(file),
        offices=_each(file, "office", sections.office),
        replaces=head.text("replaces", most=40),
        running_cases=head.choice("running_cases", RunningCases) or RunningCases.FINISH_STAGE,
        proof=_proof(head),
        anonymous=head.text("anonymous"),
        counter_complaints=head.text("counter_complaints"),
        reprisals=head.text("reprisals"),
        source=head.text("source"),
        checked_on=head.day("checked_on"),
        not_verified=head.texts("not_verified"),
        counting=_one(file, "counting", sections.counting) or Counting(),
        if_an_office_is_late=_if_an_office_is_late(file),
        separate=tuple(sections.separate(form) for form in file.forms("separate")),
        questions=_each(file, "question", sections.question),
        days=_each(file, "day", sections.day),
        measures=_each(file, "measure", sections.measure),
        pauses=_each(file, "pause", sections.pause),
        named_limits=_limits(file),
        conduct=_each(file, "conduct", sections.conduct),
        fast_track=_one(file, "fast_track", sections.fast_track),
        sanctions=_each(file, "sanction", sections.sanction),
        platform=_one(file, "platform", sections.platform),
        publication=_one(file, "publication", sections.publication),
        retention=_one(file, "retention", sections.retention),
        was=_was(file),
        fairness=_one(file, "fairness", sections.fairness) or Fairness(),
        accepted=tuple(each for each in read_one if each is not None),
        lines=file.spot.reading.lines,
    )
    head.finish("[rulebook]")
    return book
