"""What one phrase alone cannot show: does the book as a whole make sense?"""

from collections.abc import Iterator

from duly.rulebook import spoken
from duly.rulebook.book import Rulebook
from duly.rulebook.lapse import check_lapse
from duly.rulebook.names import Reading
from duly.rulebook.phrases import Closes, Reference, StepDone, StepDue
from duly.rulebook.steps import Extension, Step
from duly.rulebook.times_checked import check_order, check_triggers
from duly.rulebook.walk import following, heading, timings


def check_sense(book: Rulebook, reading: Reading) -> None:
    """Note everything in `book` that each of its phrases allows and all together do not."""
    check_triggers(book, reading)
    check_order(book, reading)
    check_lapse(book, reading)
    _check_never_late(book, reading)
    _check_timed(book, reading)
    _check_extensions(book, reading)
    _check_fast_track(book, reading)
    _check_days(book, reading)
    _check_retention(book, reading)


def has_time(step: Step, book: Rulebook) -> bool:
    """Whether the step can ever be due."""
    own = step.within or any(instead.within for instead in step.instead)
    return bool(own) or any(limit.step == step.name for limit in book.named_limits)


def _check_never_late(book: Rulebook, reading: Reading) -> None:
    for step in book.steps.values():
        place = heading(step)
        own = (
            step.within or any(instead.within for instead in step.instead) or f"{place}.within" in book.lines
        )
        keys = (("if_late", step.if_late), ("extend", step.extend))
        for key, value in () if own else keys:
            if value is not None:
                says = f'[{place}], {key}: this step has no "within", so it is never late.'
                reading.note(f"{place}.{key}", says, f'Add within = "...", or leave {key} out.')


def _check_timed(book: Rulebook, reading: Reading) -> None:
    """`x or time up`, `x is due` and `x is owed` need a time on x."""
    for reference, path, place in _references(book):
        for one in reference.any_of:
            asks = reference.or_time_up if isinstance(one, StepDone) else isinstance(one, StepDue)
            step = book.steps.get(one.step) if isinstance(one, StepDone | StepDue) else None
            if asks and step and not has_time(step, book) and f"{heading(step)}.within" not in book.lines:
                phrase = spoken.reference(reference)
                says = f'[{place}]: "{phrase}": {step.name} has no time that could run out.'
                reading.note(path, says, f'Give it one: within = "..." in [{heading(step)}].')


def _references(book: Rulebook) -> Iterator[tuple[Reference, str, str]]:
    for placed in timings(book):
        for reference in placed.references:
            yield reference, placed.path, placed.heading
    for step in book.steps.values():
        place = heading(step)
        for reference in step.after:
            yield reference, f"{place}.after", place
        for name, outcome in step.outcomes.items():
            for reference in outcome.after:
                yield reference, f"{place}.outcome.{name}.after", f"{place}.outcome.{name}"


def _check_extensions(book: Rulebook, reading: Reading) -> None:
    """Nobody gives more time to themselves."""
    for step in book.steps.values():
        _check_extension(step, step.extend, f"{heading(step)}.extend.by", reading)
    for limit in book.named_limits:
        step_of = book.steps.get(limit.step)
        if step_of and limit.part == 0:
            _check_extension(step_of, limit.extend, f"limit.{limit.name}.extend.by", reading)


def _check_extension(step: Step, extend: Extension | None, path: str, reading: Reading) -> None:
    owners = {*step.by, *(office for instead in step.instead for office in instead.by or ())}
    for office in extend.by if extend else ():
        if office in owners:
            says = f'extend.by = "{office}": the {office} owes this step; it cannot give itself more time.'
            reading.note(path, says, "Name another office.")


def _check_fast_track(book: Rulebook, reading: Reading) -> None:
    by_limit = {limit.name: limit.step for limit in book.named_limits}
    for name in book.fast_track.shorter if book.fast_track else ():
        step = book.steps.get(by_limit.get(name, name))
        path = f"fast_track.shorter.{name}"
        parties = [office for office in step.by if office in book.parties] if step else []
        if parties:
            whose = " and ".join(f"the {party}'s" for party in parties)
            says = f'fast_track.shorter: "{name}" is {whose} time.'
            reading.note(path, says, "A fast track may shorten an office's time only.")
        elif step and not has_time(step, book) and f"{heading(step)}.within" not in book.lines:
            says = f'fast_track.shorter: "{name}" has no time to shorten.'
            reading.note(path, says, f'Add within = "..." to [{heading(step)}], or leave it out here.')


def _check_days(book: Rulebook, reading: Reading) -> None:
    for name, day in book.days.items():
        setters = {step.name for step in book.steps.values() if name in step.sets}
        if not setters:
            remedy = f'Add sets = ["{name}"] to the step that fixes it.'
            reading.note(f"day.{name}", f"[day.{name}]: no step sets this day.", remedy)
        mover = book.steps.get(day.moves.by) if day.moves else None
        if mover and mover.name not in setters:
            says = f'[day.{name}], moves.by: the step "{mover.name}" does not set this day.'
            reading.note(f"day.{name}.moves.by", says, f'Add sets = ["{name}"] to [{heading(mover)}].')


def _check_retention(book: Rulebook, reading: Reading) -> None:
    """What is kept is named as cases are closed, or by an outcome."""
    closings = {
        each.consequence.what.words for each in following(book) if isinstance(each.consequence.what, Closes)
    }
    known = closings | {outcome for step in book.steps.values() for outcome in step.outcomes}
    for name in book.retention.keep if book.retention else ():
        if name not in known:
            remedy = reading.instead_of(
                name, sorted(closings), otherwise="Name a way in which a case closes."
            )
            reading.note(f"retention.{name}", f'[retention]: no case closes as "{name}".', remedy)
