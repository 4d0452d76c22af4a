"""The lint's rules on times, by fields alone: L02, L04, L05, L06 (domain rules, section 2.2)."""

from collections.abc import Iterator

from duly.rulebook.book import Rulebook
from duly.rulebook.finding import Finding, finding
from duly.rulebook.phrases import Consequence
from duly.rulebook.steps import Extension, Is, Step
from duly.rulebook.walk import heading

VAGUE = (
    *("promptly", "as soon as practicable", "as soon as possible", "without delay", "without undue delay"),
    *("reasonable time", "reasonable period", "in due course", "forthwith", "exceptional circumstances"),
)
# A receipt comes from outside, and nobody owes it; the others are powers, not duties.
NOT_OWED = frozenset({Is.RECEIPT, Is.INTERIM_MEASURE, Is.LEAVING, Is.REOPENING})


def every_limit_can_be_counted(book: Rulebook) -> Iterator[Finding]:
    """L02: the counting and what follows; unit, trigger, calendar and owner are the reader's to see to."""
    if book.limits:
        missing = [key for key in ("last_day_closed", "day_ends") if f"counting.{key}" not in book.lines]
        if missing:
            says = f"[counting] does not say {' and '.join(missing)}: the last day of a time is not certain."
            remedy = (
                'Add last_day_closed = "next working day" and day_ends = "23:59 Europe/London", or your own.'
            )
            yield finding(book, "L02", "counting", says, remedy)
    for step in book.steps.values():
        if step.within or any(instead.within for instead in step.instead):
            yield from _consequence(book, step, heading(step), step.if_late)
    for limit in book.named_limits:
        if limit.part == 0 and limit.step in book.steps:
            yield from _consequence(book, book.steps[limit.step], f"limit.{limit.name}", limit.if_late)


def _consequence(
    book: Rulebook, step: Step, at: str, if_late: tuple[Consequence, ...] | None
) -> Iterator[Finding]:
    parties = [office for office in step.by if office in book.parties]
    if if_late is not None or (not parties and book.if_an_office_is_late is not None):
        return
    whose = parties[0] if parties else step.by[0] if step.by else "owner"
    says = f"[{at}] does not say what follows when the time of the {whose} has run out."
    remedy = 'Add if_late = "nothing", "too late", or what is to follow.'
    if not parties:
        remedy = 'Add if_late, or if_an_office_is_late = "tells overseer" under [defaults] for all of them.'
    yield finding(book, "L02", at, says, remedy, key="within")


def no_vague_times(book: Rulebook) -> Iterator[Finding]:
    """L04: vague words with no backstop, and steps of an office that nobody is ever late with."""
    timed = {limit.step for limit in book.named_limits}
    moving = {day.moves.by for day in book.days.values() if day.moves}
    for step in book.steps.values():
        has_time = step.within or step.name in timed
        is_of_office = not any(office in book.parties for office in step.by)
        at = heading(step)
        if step.vague and not has_time:
            says = f"“{step.vague}” gives no number and no backstop."
            remedy = 'Add within = "5 working days after ...", or accept this with a reason, to be published.'
            yield finding(book, "L04", at, says, remedy, key="vague")
        elif is_of_office and not has_time and step.is_ not in NOT_OWED and step.name not in moving:
            owner = " or ".join(step.by)
            says = f"[{at}] has no time: the {owner} can never be late with it."
            remedy = 'Add within = "... after ...", or accept this with a reason, which will be published.'
            yield finding(book, "L04", at, says, remedy)
    for at, key, text in _texts(book):
        for words in VAGUE:
            if words in text.casefold():
                says = f"“{words}” in {key} gives no number and no measure."
                yield finding(
                    book, "L04", at, says, "Say what is meant, or accept it with a reason.", key=key
                )


def _texts(book: Rulebook) -> Iterator[tuple[str, str, str]]:
    """(at, key, text) of the sentences that rights hang on."""
    for step in book.steps.values():
        at = heading(step)
        for text in step.grounds:
            yield at, "grounds", text
        for text in step.extend.grounds if step.extend else ():
            yield at, "extend", text
    for text in book.fast_track.criteria if book.fast_track else ():
        yield "fast_track", "criteria", text
    for name, conduct in book.conduct.items():
        if conduct.text:
            yield f"conduct.{name}", "text", conduct.text


def extensions_are_bounded(book: Rulebook) -> Iterator[Finding]:
    """L05: grounds, and an office that is not the late one's other self. Caps are seen to by the reader."""
    for step in book.steps.values():
        yield from _extension(book, step, step.extend, heading(step))
    for limit in book.named_limits:
        if limit.part == 0 and limit.step in book.steps:
            yield from _extension(book, book.steps[limit.step], limit.extend, f"limit.{limit.name}")


def _extension(book: Rulebook, step: Step, extend: Extension | None, at: str) -> Iterator[Finding]:
    if extend is None:
        return
    if not extend.grounds:
        says = f"[{at}] names no grounds on which more time may be given."
        remedy = 'Add grounds = ["illness"], or those of your rules, to extend.'
        yield finding(book, "L05", at, says, remedy, key="extend")
    owners = {*step.by, *(office for instead in step.instead for office in instead.by or ())}
    for name in extend.by:
        if name in book.parties:
            says = f"[{at}] lets a party, the {name}, decide on more time."
            yield finding(book, "L05", at, says, "Name an office that is no party.", key="extend")
        elif name in book.offices and book.offices[name].stands_in in owners:
            late = book.offices[name].stands_in
            says = (
                f"[{at}] lets the {name} give more time, and the {late}, who owes the step, stands in for it."
            )
            yield finding(book, "L05", at, says, "Name another office, or another stand-in.", key="extend")


def pauses_are_looked_at(book: Rulebook) -> Iterator[Finding]:
    """L06: the ground is the pause's name; cap and decider are seen to by the reader."""
    for name, pause in book.pauses.items():
        at = f"pause.{name}"
        if pause.review_every is None:
            says = f"[{at}] does not say how often the pause is looked at again."
            yield finding(
                book, "L06", at, says, 'Add review = "every 28 days", or as often as your rules say.'
            )
        parties = [office for office in pause.by if office in book.parties]
        if parties:
            says = f"[{at}] lets a party, the {parties[0]}, stop every clock of the case."
            yield finding(book, "L06", at, says, "Name an office that is no party.", key="by")
