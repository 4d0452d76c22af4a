"""The rulebook's conditions as conditions on bits, after `duly.timetable.marking` and `clockwork`."""

from collections.abc import Iterable

from duly.lint.asked import is_structural, steps_asked_about
from duly.lint.bits import CLOSED, Bits, clock_names, members
from duly.lint.logic import FALSE, TRUE, both, either, every, is_clear, is_set, opposite, some
from duly.lint.logic import Condition as Says
from duly.rulebook.book import Rulebook
from duly.rulebook.phrases import (
    Begins,
    Condition,
    Counted,
    Direction,
    Ends,
    Event,
    FixedDay,
    IsDone,
    IsOpen,
    IsOwed,
    LaterOf,
    Occasion,
    Part,
    QuestionIs,
    Reference,
    StepDone,
    StepDue,
    Test,
    Timing,
    Which,
)
from duly.rulebook.steps import Is, Limit, Outcome, Per, Step


def parts_of(timing: Timing) -> tuple[Part, ...]:
    return timing.parts if isinstance(timing, LaterOf) else (timing,)


def timings_of(limit: Limit) -> tuple[Timing, ...]:
    """The limit's own time, and each other it may have while an `instead` holds."""
    others = (each.within for each in limit.instead if each.within)
    return (limit.timing, *(within[min(limit.part, len(within) - 1)] for within in others))


class Conditions:
    def __init__(self, book: Rulebook, bits: Bits) -> None:
        self.book = book
        self.bits = bits
        self.asked_about = steps_asked_about(book)

    # --- play --------------------------------------------------------------------------------------------

    def in_play(self, step: Step) -> Says:
        closed = self.bits.bit(*CLOSED)
        if step.even_when_closed:
            return either(is_set(closed), both(is_clear(closed), self._open_for(step)))
        return both(is_clear(closed), self._open_for(step))

    def _open_for(self, step: Step) -> Says:
        gone = self.bits.of.get(("gone", step.name))
        not_gone = is_clear(gone) if gone else TRUE
        if not step.stages:
            return not_gone
        return both(not_gone, some(is_set(self.bits.bit("open", stage)) for stage in step.stages))

    def not_shut(self, step: Step, member: str) -> Says:
        door = self.bits.of.get(("shut", step.name, member))
        return is_clear(door) if door else TRUE

    def may_act(self, step: Step, member: str) -> Says:
        """Whether a party may do it, leaving aside days that are still to come."""
        return every(
            (
                self.in_play(step),
                self.not_shut(step, member),
                *(self.holds(ref, member, step.per) for ref in step.after),
                self.test(step.only_if),
                *(self.known(timing, member, step.per) for timing in step.not_before),
            )
        )

    def enabled(self, step: Step, member: str) -> list[Says]:
        """All that must hold for the step, as the engine's objections have it."""
        return [
            self.in_play(step),
            self.not_shut(step, member),
            self._times_left(step, member),
            self._triggered(step, member),
            *(self.holds(ref, member, step.per) for ref in step.after),
            *(self.known(timing, member, step.per) for timing in step.not_before),
            self.test(step.only_if),
        ]

    def allows(self, step: Step, member: str, outcome: Outcome) -> list[Says]:
        return [
            *(self.holds(ref, member, step.per) for ref in outcome.after),
            self.test(outcome.only_if),
        ]

    def _times_left(self, step: Step, member: str) -> Says:
        """Done fewer than so many times, or owed now; more than twice counts as twice."""
        if step.times is None or self.is_power(step):
            return TRUE
        name = ("mark", step.name, member, "", "") if step.times == 1 else ("twice", step.name, member)
        return either(is_clear(self.bits.bit(*name)), self.owed(step, member))

    def _triggered(self, step: Step, member: str) -> Says:
        """The trigger of one of its own times has come; a `before` and `is due` ask for none."""
        ways: list[Says] = []
        for limit in self.book.own_limits[step.name]:
            for timing in timings_of(limit):
                needed = [part for part in parts_of(timing) if _is_trigger(part, step)]
                ways.append(every(self.holds(part.reference, member, step.per) for part in needed))
        return some(ways) if ways else TRUE

    def is_power(self, step: Step) -> bool:
        """Nobody owes it, nothing asks whether it was done, and it may be taken without moving the case.

        Then whether it was taken before makes no other marking; `times` is left aside.
        """
        phrases = [*step.then, *(each for outcome in step.outcomes.values() for each in outcome.then)]
        return (
            not any(limit.step == step.name for limit in self.book.limits)
            and not step.sets
            and step.name not in self.asked_about
            and not any(is_structural(phrase.what) and not phrase.when.all_of for phrase in phrases)
            and step.is_ is not Is.RECEIPT
        )

    # --- truth -------------------------------------------------------------------------------------------

    def holds(self, ref: Reference, member: str, per: Per | None) -> Says:
        return some(self._occurred(occasion, ref, member, per) for occasion in ref.any_of)

    def _occurred(self, occasion: Occasion, ref: Reference, member: str, per: Per | None) -> Says:
        match occasion:
            case StepDone():
                other = self.book.steps[occasion.step]
                same = per is not None and other.per is per
                if ref.or_time_up:
                    which = (member,) if same else members(self.book, other)
                    return every(
                        either(self.done(StepDone(other.name), each), self.out_of_time(other, each))
                        for each in which
                    )
                if same and member in members(self.book, other):
                    return self.done(occasion, member)
                return self._done(occasion, Which.UNSAID if same else ref.which)
            case Begins(stage=stage):
                return is_set(self.bits.bit("begun", stage))
            case Ends(stage=stage):
                return is_set(self.bits.bit("ended", stage))
            case StepDue(step=step):
                return self._has_last_day(self.book.steps[step], member)
            case FixedDay(day=day):
                return is_set(self.bits.bit("day", day))
            case Event.CASE_OPENS:
                return TRUE
            case Event.CASE_CLOSES:
                return is_set(self.bits.bit(*CLOSED))
            case _:
                return FALSE

    def known(self, timing: Timing, member: str, per: Per | None) -> Says:
        """The day that the time counts from is known."""
        return every(self.holds(part.reference, member, per) for part in parts_of(timing))

    def done(self, done: StepDone, member: str) -> Says:
        return is_set(self.bits.bit("mark", done.step, member, done.outcome or "", self._by(done, member)))

    def _by(self, done: StepDone, member: str) -> str:
        """What a side did for itself was done by its office."""
        own = done.by is not None and self.book.role_of(done.by) == member
        return "" if done.by is None or own else done.by

    def _done(self, done: StepDone, which: Which) -> Says:
        """By all of a group; with `first` or `latest` by one of it."""
        step = self.book.steps[done.step]
        role = self.book.role_of(done.by) if done.by is not None and step.per is Per.PARTY else None
        whom = tuple(each for each in members(self.book, step) if role is None or each == role)
        if not whom:
            return FALSE
        together = every if which is Which.UNSAID else some
        return together(self.done(done, each) for each in whom)

    def out_of_time(self, step: Step, member: str) -> Says:
        ups = [
            self.bits.bit("up", limit.name, str(limit.part), member)
            for limit in self.book.own_limits[step.name]
        ]
        return some(is_set(bit) for bit in ups)

    def _has_last_day(self, step: Step, member: str) -> Says:
        whom = (member,) if member in members(self.book, step) else members(self.book, step)
        return some(
            some((self.owed(step, each), self.done(StepDone(step.name), each), self.out_of_time(step, each)))
            for each in whom
        )

    def owed(self, step: Step, member: str | None = None) -> Says:
        return some(is_set(bit) for bit in self.runs(step, member))

    def runs(self, step: Step, member: str | None = None) -> Iterable[int]:
        for limit in self.book.limits:
            if limit.step == step.name:
                for each, name in clock_names(self.book, limit):
                    if member in (None, each):
                        yield self.bits.bit("run", *name)

    # --- tests -------------------------------------------------------------------------------------------

    def test(self, test: Test) -> Says:
        return every(some(self._condition(each) for each in several) for several in test.all_of)

    def _condition(self, condition: Condition) -> Says:
        found = self._claim(condition)
        return opposite(found) if condition.negated else found

    def _claim(self, condition: Condition) -> Says:
        match condition.claim:
            case QuestionIs(question=question, answer=answer):
                return is_set(self.bits.bit("answer", question, answer))
            case IsOpen(name=name):
                return is_set(self.bits.bit("open", name))
            case IsOwed(step=step):
                one = self.book.steps[step]
                return either(self.owed(one), self._will_be_owed(one))
            case IsDone(reference=reference):
                return self.holds(reference, "", None)

    def _will_be_owed(self, step: Step) -> Says:
        """A side's time that has not begun, because an office still owes that side what it counts from."""
        if step.per is not Per.PARTY:
            return FALSE
        owed_for = [
            self.book.steps[occasion.step]
            for limit in self.book.own_limits[step.name]
            for part in parts_of(limit.timing)
            for occasion in part.reference.any_of
            if isinstance(occasion, StepDone) and self.book.steps[occasion.step].per is Per.PARTY
        ]
        return some(
            every(
                (
                    self.in_play(step),
                    self.owed(trigger, each),
                    self.not_shut(step, each),
                    opposite(either(self.done(StepDone(step.name), each), self.out_of_time(step, each))),
                )
            )
            for trigger in owed_for
            for each in members(self.book, step)
        )


def _is_trigger(part: Part, step: Step) -> bool:
    """Whether it asks for more than that the step's own stage is open."""
    if isinstance(part, Counted) and part.direction is Direction.BEFORE:
        return False
    if len(step.stages) == 1 and Begins(step.stages[0]) in part.reference.any_of:
        return False
    return not any(isinstance(occasion, StepDue) for occasion in part.reference.any_of)
