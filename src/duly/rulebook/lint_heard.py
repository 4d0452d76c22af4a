"""The lint's rules on notice, answer, finding and sanction, by fields: L07, L09, L16, L21."""

import re
from collections.abc import Iterator

from duly.rulebook.book import Rulebook
from duly.rulebook.finding import Finding, Severity, finding
from duly.rulebook.lengths_compared import shortest_days
from duly.rulebook.phrases import Counted, LaterOf, Timing
from duly.rulebook.steps import Is, Per, Step
from duly.rulebook.walk import heading
from duly.vocabulary import Length, Unit

# What a notice tells (L07): words of the format, as its phrases are, whatever language the texts are in.
PARTICULARS = ("who", "what", "when", "where", "conduct", "possible sanctions", "evidence")
LEAST = Length(7, Unit.DAYS)
LEAST_OTHER_OUTCOMES = 3  # not proved, withdrawn, outside the rules


def notices_say_everything(book: Rulebook) -> Iterator[Finding]:
    """L07: the seven things."""
    if not any(step.adverse for step in book.steps.values()):
        return
    for step in book.steps_that_are(Is.NOTICE):
        missing = [word for word in PARTICULARS if not any(_gives(each, word) for each in step.must_state)]
        if missing:
            says = f"[{heading(step)}] need not state {_and(missing)}."
            words = ", ".join(f"“{word}”" for word in missing)
            remedy = f'Add {words} to its must_state, alone or beside your own words: "... ({missing[0]})".'
            yield finding(book, "L07", heading(step), says, remedy, key="must_state")


def _gives(entry: str, word: str) -> bool:
    """It is the word, begins with it, or has it in brackets: "wer (who)". "Somewhere" is no "where"."""
    said = entry.casefold()
    return f"({word})" in said or re.match(rf"{word}\b", said) is not None


def _and(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def answers_have_time(book: Rulebook) -> Iterator[Finding]:
    """L09: a week at the least, and no less than the office gave itself to make the charge."""
    findings = [step for step in book.steps_that_are(Is.FINDING) if step.adverse]
    answers = book.steps_that_are(Is.ANSWER)
    if findings and not answers:
        says = "The respondent is given no time to answer before the finding."
        remedy = 'Add a step with by = "respondent", is = "answer" and within = "21 days after ...".'
        yield finding(book, "L09", heading(findings[0]), says, remedy)
    charge = max((days for step in book.steps_that_are(Is.NOTICE) for days in windows(step)), default=0.0)
    for step in answers:
        at, own = heading(step), list(windows(step))
        if not own:
            says = f"[{at}] has no time: it is never up, and never certain."
            yield finding(book, "L09", at, says, 'Add within = "21 days after serve-notice".')
        elif min(own) < _least(book):
            says = f"The respondent may have less than {book.fairness.least_answer or LEAST} to answer."
            yield finding(book, "L09", at, says, 'Write within = "14 days after ...", or more.', key="within")
        elif min(own) < charge:
            says = "The respondent has less time to answer the charge than the office has to make it."
            remedy = "Lengthen the time to answer, or shorten the time for the notice."
            yield finding(book, "L09", at, says, remedy, key="within")


def _least(book: Rulebook) -> float:
    return shortest_days(book.fairness.least_answer or LEAST)


def windows(step: Step) -> Iterator[float]:
    """The lengths of the step's own times, in days at the least, whatever the answers to questions are."""
    for timing in (*step.within, *(t for each in step.instead for t in each.within or ())):
        lengths = [shortest_days(part.length) for part in _parts(timing) if isinstance(part, Counted)]
        if lengths:
            yield max(lengths)


def _parts(timing: Timing) -> tuple[object, ...]:
    return timing.parts if isinstance(timing, LaterOf) else (timing,)


def sanctions_have_a_step(book: Rulebook) -> Iterator[Finding]:
    """L16: what was done and what it deserves are two decisions."""
    if book.sanctions and not book.steps_that_are(Is.SANCTION):
        says = "There are sanctions, and no step decides on them: finding and sanction would be one decision."
        remedy = 'Add a step with is = "sanction" after the finding.'
        yield finding(book, "L16", "sanction", says, remedy)


def findings_cover_everything(book: Rulebook) -> Iterator[Finding]:
    """L21: each allegation has a finding of its own, and there is one for whatever became of it."""
    for step in book.steps_that_are(Is.FINDING):
        at = heading(step)
        if step.per is not Per.ALLEGATION:
            says = f"[{at}] is one finding for everything that is alleged."
            yield finding(book, "L21", at, says, 'Add per = "allegation".')
        others = [outcome for outcome in step.outcomes if outcome not in step.adverse]
        if step.outcomes and len(others) < LEAST_OTHER_OUTCOMES:
            several = "outcome" if len(others) == 1 else "outcomes"
            says = f"[{at}] has {len(others) or 'no'} {several} besides what is proved."
            remedy = "Have one each for not proved, for withdrawn, and for what lies outside the rules."
            yield finding(book, "L21", at, says, remedy, key="outcomes", severity=Severity.WARNING)
