"""What `duly due` answers: one limit counted from one day with its working, or why there is none."""

import argparse
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from duly.rulebook.book import Rulebook
from duly.rulebook.fault import Fault, Unreadable
from duly.rulebook.prose import title
from duly.rulebook.read import read
from duly.timetable.calendar import Calendar, DayOutsideCalendarError, whole_calendar
from duly.timetable.counted_day import CountedDay
from duly.timetable.counting import CannotCountError
from duly.timetable.explanation import plain
from duly.timetable.one_limit import OneLimit, explain_limit
from duly.timetable.starts import Starts
from duly.timetable.working import Working
from duly.vocabulary import Refused
from duly.vocabulary.day import desk_day
from duly_server.cli.office import say
from duly_server.gateways.shelf import NotOnShelfError, Text, find_calendar, find_rulebook, shipped_calendar
from duly_server.store.zones import zone_named

FINE, REFUSED, UNUSABLE = 0, 1, 2
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class _StoppedError(Exception):
    """There is no answer; `problems` say why, `code` is what the command leaves with."""

    def __init__(self, code: int, problems: Sequence[Fault], source: str | None = None) -> None:
        self.code, self.problems, self.source = code, problems, source


def run(arguments: argparse.Namespace) -> int:
    """Print the answer, or what stands in its way: 1 if the day is refused, 2 if what was named is no use."""
    try:
        starts, answers = _starts(arguments.starts), _answers(arguments.answers)
        book = _rulebook(arguments.rulebook)
        calendar = _calendar(arguments.calendar, book)
        found = _counted(book, arguments.limit, starts, calendar, answers)
    except _StoppedError as stopped:
        _say_why_not(stopped, as_json=arguments.json)
        return stopped.code
    if arguments.json:
        say(json.dumps(_as_json(found, calendar), ensure_ascii=False, indent=2))
    else:
        for line in _as_text(found, calendar):
            say(line)
    return FINE


# --- what was named -------------------------------------------------------------------------------------


def _starts(said: Sequence[str]) -> Starts:
    """Each as DATE, which may be said once, or as TRIGGER=DATE."""
    every = [text for text in said if "=" not in text]
    if len(every) > 1:
        raise _stopped(
            UNUSABLE, "Two days are given for every trigger.", "Say of which: --from TRIGGER=2026-03-26."
        )
    named = {name.strip(): _day(text.strip()) for name, text in _pairs(text for text in said if "=" in text)}
    return Starts(_day(every[0]) if every else None, named)


def _answers(said: Sequence[str]) -> dict[str, str]:
    if unpaired := [text for text in said if "=" not in text]:
        raise _stopped(
            UNUSABLE, f"“{unpaired[0]}” is no answer to a question.", "Write --set QUESTION=ANSWER."
        )
    return {name.strip(): answer.strip() for name, answer in _pairs(said)}


def _pairs(said: Iterable[str]) -> Iterator[tuple[str, str]]:
    for text in said:
        name, _, value = text.partition("=")
        yield name, value


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None:
        raise _stopped(
            UNUSABLE, f"“{text}” is no day.", "Write the day as year-month-day: --from 2026-03-26."
        )
    return day


def _rulebook(name: str) -> Rulebook:
    try:
        found = find_rulebook(name)
    except NotOnShelfError as missing:
        raise _stopped(UNUSABLE, str(missing), "") from missing
    book = read(found.text)
    if isinstance(book, Unreadable):
        raise _unreadable(book, found)
    return book


def _calendar(named: str | None, book: Rulebook) -> Calendar:
    try:
        found = find_calendar(named or book.calendar)
    except NotOnShelfError as missing:
        remedy = "" if named else f"The rulebook counts by {book.calendar}: name its file with --calendar."
        raise _stopped(UNUSABLE, str(missing), remedy) from missing
    whole = whole_calendar(found.text, shipped_calendar)
    if isinstance(whole, Unreadable):
        raise _unreadable(whole, found)
    return replace(whole.days, zones=zone_named)


def _counted(
    book: Rulebook, limit: str, starts: Starts, calendar: Calendar, answers: Mapping[str, str]
) -> OneLimit:
    try:
        found = explain_limit(book, limit, starts, calendar=calendar, answers=answers)
    except (DayOutsideCalendarError, CannotCountError) as refused:
        raise _stopped(REFUSED, refused.says, refused.remedy) from refused
    if isinstance(found, Refused):
        raise _StoppedError(UNUSABLE, [Fault(0, each.says, each.remedy) for each in found.problems])
    return found


def _stopped(code: int, says: str, remedy: str) -> _StoppedError:
    return _StoppedError(code, [Fault(0, says, remedy)])


def _unreadable(found: Unreadable, text: Text) -> _StoppedError:
    return _StoppedError(UNUSABLE, found.problems, text.source)


def _say_why_not(stopped: _StoppedError, *, as_json: bool) -> None:
    if as_json:
        problems = [{"line": p.line or None, "says": p.says, "remedy": p.remedy} for p in stopped.problems]
        say(json.dumps({"problems": problems}, ensure_ascii=False, indent=2))
        return
    for problem in stopped.problems:
        place = f"{stopped.source}, " if stopped.source else ""
        words = str(problem) if problem.line else f"{problem.says} {problem.remedy}".strip()
        print(f"{place}{words}", file=sys.stderr)  # noqa: T201 -- this is what a command does


# --- the answer ------------------------------------------------------------------------------------------


def _as_json(found: OneLimit, calendar: Calendar) -> dict[str, object]:
    working = found.working or max(found.waits, key=lambda wait: wait.due)
    return {
        "due": _iso(found.due),
        "original": _iso(found.original),
        "earliest": _iso(found.earliest),
        "calendar": calendar.name,
        "steps": [_step(step, found.clause) for step in working.steps],
        "explanation": plain(found.explanation),
        "sentences": [{"says": each.says, "clause": each.clause} for each in working.sentences],
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _step(step: CountedDay, clause: str | None) -> dict[str, str | None]:
    """A counted day rests on the limit's clause, a closed one on the calendar alone."""
    number = f"day {step.number}" if step.number is not None else ""
    match step.kind:
        case "trigger":
            what = "counted from, not counted" if not number else f"counted from, {number}"
        case "due":
            what = f"{number}, the date" if number else "the date"
        case "closed":
            what = f"closed: {step.name}"
        case "paused":
            what = "paused"
        case "counted":
            what = number or "left out"
    return {"on": step.on.isoformat(), "what": what, "clause": None if step.kind == "closed" else clause}


def _as_text(found: OneLimit, calendar: Calendar) -> Iterator[str]:
    clause = f" ({found.clause})" if found.clause else ""
    yield f"{title(found.name)}{clause}: {'; '.join(found.says) or 'no last day'}."
    yield f"Calendar {calendar.name}, edition {calendar.edition}."
    if found.working is not None:
        yield ""
        yield f"Due {desk_day(found.working.due)}."
        yield from _numbered([found.working])
    for other in found.others:
        yield f"Another of its times ends later, on {desk_day(other.due)}."
        yield from _numbered([other])
    if found.earliest is not None:
        yield ""
        yield f"Not before {desk_day(found.earliest)}."
        yield from _numbered(found.waits)
    if found.otherwise:
        yield ""
        yield from found.otherwise


def _numbered(workings: Iterable[Working]) -> Iterator[str]:
    sentences = (sentence for working in workings for sentence in working.sentences)
    for number, sentence in enumerate(sentences, start=1):
        yield f"  {number}. {sentence}"
