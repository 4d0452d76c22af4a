"""One limit of a rulebook counted from one day, outside any case: what it would be, with its working."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from duly.rulebook.book import Rulebook
from duly.rulebook.nearness import nearest
from duly.rulebook.phrases import At, Condition, Counted, LaterOf, Part, QuestionIs, Test, Timing
from duly.rulebook.prose import say_reference, say_test, say_timing, title
from duly.rulebook.steps import Limit
from duly.timetable.calendar import Calendar
from duly.timetable.counted_day import CountedDay
from duly.timetable.explanation import Count, Explanation, count, that_day
from duly.timetable.starts import Starts, names_of, references
from duly.timetable.working import Working, explain_count
from duly.vocabulary import Because, Problem, Refused
from duly.vocabulary.day import desk_day

_FEW = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class OneLimit:
    """The answer about a step or a `[limit]`.

    `due` is None where it has no last day, `earliest` where it has no delay.
    `says` is its times in words; `working` belongs to the one that binds (the earliest of several), `others`
    to the rest; `explanation` is the working of the one that binds as data, which suffice to count it again;
    `otherwise` says which other times hold under which condition.
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
    explanation: Explanation | None = None


def explain_limit(
    book: Rulebook,
    name: str,
    start: date | Starts,
    *,
    calendar: Calendar,
    answers: Mapping[str, str] = MappingProxyType({}),
    written: Callable[[date], str] = desk_day,
) -> OneLimit | Refused:
    """The step or `[limit]` called `name`, each of its times counted as if its trigger were on `start`.

    `answers` to questions choose between its times; a question that is left out has its first answer.
    Refused if the rulebook has no such limit, question or answer, no time for it, or a trigger has no day.
    Raises what `last_day` raises.
    """
    limits = _limits(book, name)
    step = book.steps.get(limits[0].step if limits else name)
    if step is None:
        return Refused((_no_such(book, name),))
    if not limits and not step.not_before:
        return Refused((_no_time(book, name),))
    starts = start if isinstance(start, Starts) else Starts(start)
    chosen = [_chosen(book, limit, answers) for limit in limits]
    timings = [(timing, limit.clause) for limit, timing in zip(limits, chosen, strict=True)]
    every = [*(timing for timing, _ in timings), *step.not_before]
    if against := [
        *_unknown_answers(book, answers),
        *_unknown_starts(starts, every),
        *_no_day(starts, every),
    ]:
        return Refused(tuple(against))
    counting = _Counting(book, starts, calendar, written)
    by_due = sorted(
        ((counting.of(timing, clause), timing) for timing, clause in timings), key=lambda each: each[0].due
    )
    found = [working for working, _ in by_due]
    waits = tuple(counting.of(timing, step.clause, earliest=True) for timing in step.not_before)
    return OneLimit(
        name=name,
        clause=limits[0].clause if limits else step.clause,
        says=tuple(say_timing(timing) for timing, _ in timings),
        due=found[0].due if found else None,
        original=found[0].original if found else None,
        earliest=max((wait.due for wait in waits), default=None),
        working=found[0] if found else None,
        others=tuple(found[1:]),
        waits=waits,
        otherwise=tuple(_otherwise(limits, chosen)),
        explanation=counting.as_data(by_due[0][1]) if by_due else None,
    )


def _chosen(book: Rulebook, limit: Limit, answers: Mapping[str, str]) -> Timing:
    """The limit's own time, or that of the first `instead` whose test the answers alone meet."""
    for other in limit.instead:
        if other.within and _is_met(book, other.when, answers):
            return other.within[min(limit.part, len(other.within) - 1)]  # as in a case: Marking.timing_of
    return limit.timing


def _is_met(book: Rulebook, test: Test, answers: Mapping[str, str]) -> bool:
    return all(any(_holds(book, each, answers) for each in some) for some in test.all_of)


def _holds(book: Rulebook, condition: Condition, answers: Mapping[str, str]) -> bool:
    """What only a case can tell (a stage that is open, a step that is done) does not hold outside one."""
    match condition.claim:
        case QuestionIs(question=name, answer=answer):
            holds = answers.get(name, book.questions[name].answers[0]) == answer
            return holds is not condition.negated
        case _:
            return False


def _unknown_answers(book: Rulebook, answers: Mapping[str, str]) -> Iterator[Problem]:
    for name, answer in answers.items():
        question = book.questions.get(name)
        if question is None:
            known = ", ".join(book.questions) or "none"
            says = f"This rulebook asks no question called “{name}”."
            yield Problem(code="no-such-question", says=says, remedy=f"Its questions are: {known}.")
        elif answer not in question.answers:
            says = f"“{answer}” is no answer to “{name}” ({question.ask})."
            remedy = f"Its answers are: {', '.join(question.answers)}."
            yield Problem(code="no-such-answer", says=says, remedy=remedy)


def _unknown_starts(starts: Starts, timings: Sequence[Timing]) -> Iterator[Problem]:
    """A trigger that is named and that none of its times counts from was meant to change something."""
    known = _triggers(timings)
    for name in starts.named:
        if name not in known:
            says = f"It is not counted from “{name}”."
            yield Problem(
                code="no-such-trigger", says=says, remedy=f"It is counted from: {', '.join(known)}."
            )


def _no_day(starts: Starts, timings: Sequence[Timing]) -> Iterator[Problem]:
    for reference in starts.missing(timings):
        says = f"It is counted from {say_reference(reference)}, too, and no day was given for that."
        remedy = f"Give one: {names_of(reference)[0]}=2026-03-26."
        yield Problem(code="no-day", says=says, remedy=remedy)


def _triggers(timings: Iterable[Timing]) -> list[str]:
    named = (name for timing in timings for one in references(timing) for name in names_of(one))
    return list(dict.fromkeys(named))


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


def _otherwise(limits: Sequence[Limit], chosen: Sequence[Timing]) -> list[str]:
    """The times that hold under another condition, said once for all the limits that share them."""
    said: list[str] = []
    for limit, timing in zip(limits, chosen, strict=True):
        if timing != limit.timing:
            said.append(f"Otherwise: {say_timing(limit.timing)}.")
        said += [
            f"If {say_test(instead.when)}: {'; '.join(map(say_timing, instead.within))}."
            for instead in limit.instead
            if instead.within is not None and instead.within != (timing,)
        ]
    return list(dict.fromkeys(said))


@dataclass(frozen=True, slots=True)
class _Counting:
    book: Rulebook
    starts: Starts
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

    def as_data(self, timing: Timing) -> Explanation:
        counts = tuple(map(self._count, timing.parts if isinstance(timing, LaterOf) else (timing,)))
        return Explanation(counts, (), None, max(each.due for each in counts))

    def _count(self, part: Part) -> Count:
        start = self._start(part)
        if isinstance(part, At):
            return that_day(start)
        return count(part.length, part.direction, start, calendar=self.calendar, rules=self.book.counting)

    def _start(self, part: Part) -> date:
        start = self.starts.of(part.reference)
        if start is None:
            raise LookupError(f"no day for {say_reference(part.reference)}")  # asked for before, by _no_day
        return start

    def _part(self, part: Part, clause: str | None, *, earliest: bool) -> Working:
        start = self._start(part)
        match part:
            case Counted(length=length, direction=direction, reference=reference):
                return explain_count(
                    length,
                    direction,
                    start,
                    calendar=self.calendar,
                    rules=self.book.counting,
                    clause=clause,
                    what=f"{title(say_reference(reference))}:",
                    earliest=earliest,
                    written=self.written,
                )
            case At(reference=reference):
                says = f"{title(say_reference(reference))}: {self.written(start)}, that very day."
                day = CountedDay(start, "due")
                return Working(due=start, original=start, steps=(day,), sentences=(Because(says, clause),))
