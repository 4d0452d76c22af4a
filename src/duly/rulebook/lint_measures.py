"""The lint's rules on interim measures, reopening, pauses, the fast track and platforms, by fields."""

from collections.abc import Iterator

from duly.rulebook.book import FastTrack, Platform, Rulebook
from duly.rulebook.criteria import share
from duly.rulebook.finding import Finding, Severity, finding
from duly.rulebook.phrases import BeginsStage, EndsWhat, LaterOf, Timing, TooLate
from duly.rulebook.steps import Is, Step
from duly.rulebook.walk import heading

DECIDING = (Is.FINDING, Is.SANCTION, Is.APPEAL_DECISION)


def measures_are_bounded(book: Rulebook) -> Iterator[Finding]:
    """L14: criteria stated, a longest time, and a review that no pause stops and whose missing ends it."""
    for name, measure in book.measures.items():
        at = f"measure.{name}"
        if measure.at_most is None:
            says = f"{name} has no longest time."
            yield finding(book, "L14", at, says, 'Add at_most = "6 months", or as your rules say.')
        reviews = [step for step in book.steps.values() if name in step.stages and _ends(step, name)]
        if not reviews:
            says = f"No review of {name} is owed whose missing ends it."
            remedy = f'Give a step in [{name}] a time, and if_late = "ends {name}".'
            yield finding(book, "L14", at, says, remedy)
        for step in reviews:
            if not (step.runs_on or step.is_ in (Is.REVIEW, Is.PROGRESS)):
                says = f"A pause stops the time for {step.name}, and {name} goes on unseen."
                yield finding(book, "L14", heading(step), says, 'Add is = "review", or runs_on = true.')
        for step in book.steps.values():
            if _begins(step, name) and not _states(step):
                says = f"{step.name} need not say why {name} is necessary."
                remedy = 'Add must_state = ["why it is necessary", "why nothing less will do", ...].'
                yield finding(book, "L14", heading(step), says, remedy)


def _ends(step: Step, measure: str) -> bool:
    return any(isinstance(each.what, EndsWhat) and each.what.name == measure for each in step.if_late or ())


def _begins(step: Step, measure: str) -> bool:
    phrases = (*step.then, *(each for outcome in step.outcomes.values() for each in outcome.then))
    return any(isinstance(each.what, BeginsStage) and each.what.name == measure for each in phrases)


def _states(step: Step) -> bool:
    return bool(step.must_state) or any(outcome.must_state for outcome in step.outcomes.values())


def measures_are_credited(book: Rulebook) -> Iterator[Finding]:
    """L15: that a measure is no sanction the reader sees to, for one name is one thing."""
    for name, measure in book.measures.items():
        if measure.credit is None and book.sanctions:
            says = f"Time under {name} counts towards no sanction."
            remedy = f'Add credit = "{list(book.sanctions)[-1]}", or the sanction it is like.'
            yield finding(book, "L15", f"measure.{name}", says, remedy)


def reopening_is_bounded(book: Rulebook) -> Iterator[Finding]:
    """L25: listed grounds, an end (its own, or that of the records), and other people."""
    deciders = [step for kind in DECIDING for step in book.steps_that_are(kind)]
    for step in book.steps_that_are(Is.REOPENING):
        at = heading(step)
        if not step.grounds:
            says = f"[{at}] lists no grounds: anything would do."
            yield finding(
                book, "L25", at, says, 'Add grounds = ["new evidence", "fraud", "serious irregularity"].'
            )
        for ground in step.grounds:
            if "public" in ground.casefold() or "press" in ground.casefold().split():
                says = f"“{ground}” is no ground: it says nothing against the decision."
                yield finding(book, "L25", at, says, "Take it out.", key="grounds")
        has_end = bool(step.within) and any(isinstance(each.what, TooLate) for each in step.if_late or ())
        if not has_end and book.retention is None:
            says = f"[{at}] has no end: a case can be reopened for ever."
            remedy = (
                'Say how long records are kept ([retention]), or within = "..." and if_late = "too late".'
            )
            yield finding(book, "L25", at, says, remedy)
        same = [office for office in step.by if any(office in other.by for other in deciders)]
        if same and not {*step.not_the_people_of} & {other.name for other in deciders}:
            says = f"The {same[0]} decided, and decides whether it is decided again."
            remedy = f'Add not_the_people_of = ["{deciders[0].name}"], or name another office.'
            yield finding(book, "L25", at, says, remedy, key="by")


def referral_stops_the_clocks(book: Rulebook) -> Iterator[Finding]:
    """L30: a case can wait for the police or a safeguarding body."""
    if not book.pauses:
        says = "Nothing lets a case wait for the police, or for a safeguarding body."
        remedy = 'Add [pause.police] with by, at_most = "26 weeks" and review = "every 28 days".'
        yield finding(book, "L30", "pause", says, remedy)


def fast_track_changes_dates_only(book: Rulebook) -> Iterator[Finding]:
    """L36: published criteria, a cap, and the same occasions, so that the graph stays the same."""
    track = book.fast_track
    if track is None:
        return
    if not track.criteria:
        says = "The fast track has no criteria."
        remedy = 'Add criteria = ["open longer than 26 weeks"], or yours.'
        yield finding(book, "L36", "fast_track", says, remedy)
    if track.at_most is None:
        says = "Nothing caps how many cases may be on the fast track: what all are on is none."
        yield finding(book, "L36", "fast_track", says, 'Add at_most = "1 in 10".', severity=Severity.WARNING)
    elif share(track.at_most) is None:
        says = f"I do not know how many “{track.at_most}” is."
        yield finding(book, "L36", "fast_track", says, 'Say "1 in 10" or "10 per cent".', key="at_most")
    yield from _other_occasions(book, track)


def _other_occasions(book: Rulebook, track: FastTrack) -> Iterator[Finding]:
    for name, shorter in track.shorter.items():
        own = {
            one
            for limit in book.limits
            if limit.name == name
            for timing in (limit.timing, *(t for each in limit.instead for t in each.within or ()))
            for one in _occasions(timing)
        }
        others = [one for timing in shorter for one in _occasions(timing) if one not in own]
        if own and others:
            says = f"On the fast track {name} counts from something else: more than a date would change."
            remedy = "Count from what its own time counts from, and shorten the length only."
            yield finding(book, "L36", "fast_track", says, remedy, key=f"shorter.{name}")


def _occasions(timing: Timing) -> Iterator[object]:
    for part in timing.parts if isinstance(timing, LaterOf) else (timing,):
        for one in part.reference.any_of:
            yield one, part.reference.or_time_up


def platforms_are_bounded(book: Rulebook) -> Iterator[Finding]:
    """L37, where the rulebook has such a rule at all."""
    rule = book.platform
    if rule is None:
        return
    if not rule.exceptions:
        says = "The rule on shared platforms has no exceptions."
        remedy = (
            'Add except = ["courts", "hustings arranged by others", "being there by accident"], or yours.'
        )
        yield finding(book, "L37", "platform", says, remedy)
    if rule.defence is None:
        says = "Nobody can be sure beforehand that they keep the rule on shared platforms."
        remedy = 'Add defence = "a check on the day that showed no entry".'
        yield finding(book, "L37", "platform", says, remedy)
    yield from _endless(book, rule)


def _endless(book: Rulebook, rule: Platform) -> Iterator[Finding]:
    for name in rule.measures:
        measure, rung = book.measures.get(name), book.sanctions.get(name)
        ends = measure is not None and measure.at_most is not None
        if rung is not None:
            ends = rung.most is not None or rung.ask_again is not None or rung.spent is not None
        if not ends:
            says = f"An entry for {name} has no end and no day on which it is looked at again."
            remedy = "Give it a longest time, or a day on which the person may ask again."
            yield finding(book, "L37", "platform", says, remedy, key=f"measures.{name}")


def appeals_say_what_they_cost(book: Rulebook) -> Iterator[Finding]:
    """L38."""
    for step in book.steps_that_are(Is.APPEAL):
        if step.fee is None:
            says = f"Nothing says what {step.name} costs, or that it costs nothing."
            remedy = 'Add fee = "none", or the sum, who need not pay it, and when it is given back.'
            yield finding(book, "L38", heading(step), says, remedy)
