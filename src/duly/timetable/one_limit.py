"""One limit of a rulebook counted from one day, outside any case: what it would be, with its working."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from duly.rulebook.book import Rulebook
from duly.rulebook.nearness import nearest
from duly.rulebook.phrases import At, Counted, LaterOf, Part, Timing
from duly.rulebook.prose import say_reference, say_test, say_timing, title
from duly.rulebook.steps import Limit
from duly.timetable.calendar import Calendar
from duly.timetable.counted_day import CountedDay
from duly.timetable.working import Working, explain_count
from duly.vocabulary import Because, Problem, Refused
from duly.vocabulary.day import desk_day

_FEW = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class OneLimit:
    """The answer about a step or a `[limit]`.

    `due` is None where it has no last day, `earliest` where it has no delay.
    `says` is its times in words; `working` belongs to the one that binds (the earliest of several), `others`
    to the rest; `otherwise` says which other times hold under which condition.
    """

    name: str
    clause: str | None
    says: tuple[str, ...]
    due: date | None
    original: date | None
    earliest: date | None
    working: Working | None
    others: tuple[Working, ...] = ()
    waits: tuple[Working, ...] = ()
    otherwise: tuple[str, ...] = ()


def explain_limit(
    book: Rulebook,
    name: str,
    start: date,
    *,
    calendar: Calendar,
    written: Callable[[date], str] = desk_day,
) -> OneLimit | Refused:
    """The step or `[limit]` called `name`, each of its times counted as if its trigger were on `start`.

    Refused if the rulebook has no such limit, or no time for it. Raises what `last_day` raises.
    """
    limits = _limits(book, name)
    step = book.steps.get(limits[0].step if limits else name)
    if step is None:
        return Refused((_no_such(book, name),))
    if not limits and not step.not_before:
        return Refused((_no_time(book, name),))
    counting = _Counting(book, start, calendar, written)
    found = sorted((counting.of(limit.timing, limit.clause) for limit in limits), key=lambda each: each.due)
    waits = tuple(counting.of(timing, step.clause, earliest=True) for timing in step.not_before)
    return OneLimit(
        name=name,
        clause=limits[0].clause if limits else step.clause,
        says=tuple(say_timing(limit.timing) for limit in limits),
        due=found[0].due if found else None,
        original=found[0].original if found else None,
        earliest=max((wait.due for wait in waits), default=None),
        working=found[0] if found else None,
        others=tuple(found[1:]),
        waits=waits,
        otherwise=tuple(_otherwise(limits)),
    )


def _limits(book: Rulebook, name: str) -> list[Limit]:
    return [limit for limit in book.limits if limit.name == name]


def _no_such(book: Rulebook, name: str) -> Problem:
    known = dict.fromkeys([*book.steps, *(limit.name for limit in book.named_limits)])
    near = nearest(name, known)
    return Problem(
        code="no-such-limit",
        says=f"This rulebook has no step and no limit called “{name}”.",
        remedy=f"Did you mean “{near}”?" if near else _name_one(book),
    )


def _no_time(book: Rulebook, name: str) -> Problem:
    on_it = [limit.name for limit in book.named_limits if limit.step == name]
    remedy = f"Its time has a name of its own: ask for “{on_it[0]}”." if on_it else _name_one(book)
    return Problem(code="no-time", says=f"The rulebook sets no time for “{name}”.", remedy=remedy)


def _name_one(book: Rulebook) -> str:
    timed = list(dict.fromkeys(limit.name for limit in book.limits))
    more = " and others" if len(timed) > _FEW else ""
    return (
        f"Name one that has a time: {', '.join(timed[:_FEW])}{more}." if timed else "It sets no times at all."
    )


def _otherwise(limits: Sequence[Limit]) -> list[str]:
    """The times that hold instead, said once for all the limits that share them."""
    said = [
        f"If {say_test(instead.when)}: {'; '.join(map(say_timing, instead.within))}."
        for limit in limits
        for instead in limit.instead
        if instead.within is not None
    ]
    return list(dict.fromkeys(said))


@dataclass(frozen=True, slots=True)
class _Counting:
    book: Rulebook
    start: date
    calendar: Calendar
    written: Callable[[date], str]

    def of(self, timing: Timing, clause: str | None, *, earliest: bool = False) -> Working:
        if not isinstance(timing, LaterOf):
            return self._part(timing, clause, earliest=earliest)
        parts = [self._part(part, clause, earliest=earliest) for part in timing.parts]
        latest = max(parts, key=lambda each: each.due)
        end = Because(f"The later of these is {self.written(latest.due)}.", clause)
        sentences = (*(sentence for part in parts for sentence in part.sentences), end)
        return replace(latest, sentences=sentences)

    def _part(self, part: Part, clause: str | None, *, earliest: bool) -> Working:
        match part:
            case Counted(length=length, direction=direction, reference=reference):
                return explain_count(
                    length,
                    direction,
                    self.start,
                    calendar=self.calendar,
                    rules=self.book.counting,
                    clause=clause,
                    what=f"{title(say_reference(reference))}:",
                    earliest=earliest,
                    written=self.written,
                )
            case At(reference=reference):
                says = f"{title(say_reference(reference))}: {self.written(self.start)}, that very day."
                day = CountedDay(self.start, "due")
                return Working(
                    due=self.start, original=self.start, steps=(day,), sentences=(Because(says, clause),)
                )
