"""The sections around the steps: who, how time is counted, and what happens outside the procedure."""

import re
from datetime import time
from enum import StrEnum

from duly.rulebook.book import (
    Accepted,
    Allowing,
    Conduct,
    Counting,
    DayRule,
    Example,
    Fairness,
    FastTrack,
    Held,
    Hold,
    LastDayClosed,
    Measure,
    Moves,
    Office,
    PauseRule,
    Platform,
    PlatformAnswer,
    Publication,
    Question,
    Retention,
    Sanction,
)
from duly.rulebook.fault import shown
from duly.rulebook.form import Form
from duly.rulebook.grammar import read_timing, read_timings
from duly.rulebook.lengths import read_length
from duly.rulebook.names import Kind
from duly.rulebook.phrases import Timing
from duly.vocabulary import Length, Unit

_SERVED = {"by_post": "posting", "by_e_mail": "sending", "by_web": "sending", "by_hand": "handing over"}
_SHORT = re.compile(r"(?:of )?at most (.+) leave closed days out\Z")
_LONGEST_SHORT = 30  # days
_DAY_ENDS = re.compile(r"([01]\d|2[0-3]):([0-5]\d) ([A-Za-z]+(?:/[A-Za-z0-9_+-]+)*)\Z")
_UNLESS = re.compile(r"(.+?),? unless (\S+) allows it\Z")
_OPEN_LONGER = re.compile(r"open longer than (.+)\Z")
_ASK_FIRST = re.compile(r"ask the (\S+) first\Z")
_ANSWER = re.compile(r"(?=[0-9_-]*[a-z])[a-z0-9_-]{1,80}\Z")  # as the record takes an answer
_FREE_ANSWERS = re.compile(r"(?:not )|.* (?:or|and|is|if) ")


def counting(form: Form) -> Counting:
    ends = form.text("day_ends")
    ends_at, zone = time(23, 59), "UTC"
    if ends is not None:
        match = _DAY_ENDS.match(ends)
        if match:
            ends_at, zone = time(int(match.group(1)), int(match.group(2))), match.group(3)
        else:
            says = "this is no time of day and zone."
            form.at("day_ends").note_said(ends, says, 'For instance "23:59 Europe/London".')
    last_day = form.choice("last_day_closed", LastDayClosed)
    served = {key: _takes_effect(form, key) for key in _SERVED}
    short_period = _short_period(form)
    form.finish("[counting]")
    return Counting(
        last_day_closed=last_day or LastDayClosed.STAYS,
        short_period=short_period,
        by_post=served["by_post"],
        by_e_mail=served["by_e_mail"],
        by_web=served["by_web"],
        by_hand=served["by_hand"],
        day_ends_at=ends_at,
        zone=zone,
    )


def _short_period(form: Form) -> int | None:
    """Up to how many days a period leaves closed days out; None where nothing is said of short ones."""
    said = form.text("short_periods")
    if said is None:
        return None
    spot, match = form.at("short_periods"), _SHORT.match(" ".join(said.split()))
    remedy = 'Say "at most 5 days leave closed days out".'
    if match is None:
        spot.note_said(said, "I do not know this.", remedy)
        return None
    length = read_length(match.group(1), spot, whole=said)
    if length is None:
        return None
    if length.unit is not Unit.DAYS or length.calendar is not None:
        spot.note_said(said, "how short a period is, is said in days.", remedy)
        return None
    if length.amount > _LONGEST_SHORT:
        spot.note_said(said, f"{length} are no short period.", f"Write at most {_LONGEST_SHORT} days.")
        return None
    return length.amount


def _takes_effect(form: Form, key: str) -> Length | None:
    """How long after it was sent what is served in this way takes effect."""
    said, act = form.text(key), _SERVED[key]
    match = re.match(rf"takes effect (.+) after {act}\Z", said) if said else None
    if match:
        return read_length(match.group(1), form.at(key), whole=said)
    if said is not None:
        remedy = f'Say "takes effect 2 working days after {act}".'
        form.at(key).note_said(said, "I do not know this.", remedy)
    return None


def office(name: str, form: Form) -> Office:
    found = Office(
        name=name,
        party=form.flag("party"),
        is_=_side(form),
        seats=form.whole("seats"),
        quorum=form.whole("quorum"),
        drawn=form.text("drawn"),
        majority=form.text("majority"),
        mix=form.texts("mix"),
        stands_in=form.name("stands_in", Kind.OFFICE),
        accountable=form.flag("accountable"),
    )
    form.finish("an office")
    if found.quorum is not None and found.seats is not None and found.quorum > found.seats:
        says = f"a quorum of {found.quorum} cannot sit on {found.seats} seats."
        form.note("quorum", says, f"Write at most {found.seats}.")
    if found.stands_in == name:
        form.note("stands_in", f"the {name} cannot stand in for itself.", "Name another office.")
    return found


class _Side(StrEnum):
    COMPLAINANT = "complainant"
    RESPONDENT = "respondent"


def _side(form: Form) -> str | None:
    """Which party an office is, where its name does not say so."""
    side = form.choice("is", _Side) if "is" in form else None
    if side is not None and form.values.get("party") is not True:
        form.note("is", "only a party is one side or the other.", "Add party = true, or leave it out.")
    return None if side is None else side.value


def separate(form: Form) -> frozenset[str]:
    offices = form.names("offices", Kind.OFFICE, needed='offices = ["investigator", "panel"]')
    if len(offices) == 1:
        form.note("offices", "one office alone is separate from nobody.", "Name two or more.")
    form.finish("[[separate]]")
    return frozenset(offices)


def question(name: str, form: Form) -> Question:
    ask = form.text("ask", needed='ask = "Does the respondent live abroad?"')
    answers = form.texts("answers")
    if "answers" not in form:
        form.note_missing("answers", 'answers = ["no", "yes"]')
    elif len(answers) < 2:
        form.note("answers", "a question needs two answers or more.", 'Write answers = ["no", "yes"].')
    for answer in answers:
        if _FREE_ANSWERS.match(f"{answer} "):
            says = f'"{shown(answer)}" would be misread in a test.'
            form.note("answers", says, 'Choose an answer without "not", "or", "and", "is" and "if".')
        elif not _ANSWER.match(answer):
            plain = re.sub(r"[^a-z0-9_-]+", "-", answer.casefold()).strip("-")
            says = f'"{shown(answer)}" cannot stand in the record.'
            instead = f'Write "{plain}"' if _ANSWER.match(plain) else 'Write one like "abroad"'
            remedy = f"{instead}: small letters from a to z, digits and hyphens."
            form.note("answers", says, remedy)
    form.finish("a question")
    return Question(name=name, ask=ask or "", answers=answers)


def day(name: str, form: Form) -> DayRule:
    not_before = form.timings("not_before")
    not_after = form.timings("not_after")
    inner = form.form("moves")
    moves = None
    if inner is not None:
        by = inner.name("by", Kind.STEP, needed='by = "postpone"')
        at_most = inner.length("at_most")
        takes_along = inner.names("takes_along", Kind.STEP)
        inner.finish("moves")
        moves = Moves(by=by, at_most=at_most, takes_along=takes_along) if by else None
    form.finish("a day")
    return DayRule(name=name, not_before=not_before, not_after=not_after, moves=moves)


def measure(name: str, form: Form) -> Measure:
    found = Measure(
        name=name,
        at_most=form.length("at_most"),
        ends_with=form.names("ends_with", Kind.STEP),
        credit=form.name("credit", Kind.SANCTION),
        clause=form.text("clause"),
    )
    form.finish("a measure")
    return found


def pause(name: str, form: Form) -> PauseRule | None:
    by = form.names("by", Kind.OFFICE, needed='by = "panel-chair"')
    at_most = form.length("at_most", needed='at_most = "26 weeks"')
    review, clause = form.every("review"), form.text("clause")
    form.finish("a pause")
    if at_most is None:
        return None
    return PauseRule(name=name, by=by, at_most=at_most, review_every=review, clause=clause)


def conduct(name: str, form: Form) -> Conduct:
    examples: dict[str, Example] = {}
    inner = form.part("example")
    for key in inner:
        one = inner.form(key)
        if one is not None:
            examples[key] = _example(one)
    found = Conduct(
        name=name,
        title=form.text("title", most=200) or name.replace("-", " ").capitalize(),
        text=form.text("text", most=20_000),
        clause=form.text("clause"),
        range=form.names("range", Kind.SANCTION),
        too_old=_allowing("too_old", form),
        examples=examples,
    )
    form.finish("a conduct")
    return found


def _example(form: Form) -> Example:
    text = form.text("text", needed='text = "Mocking a player, repeatedly"')
    adopted = form.text("adopted", needed='adopted = "yes"')
    caveat = form.text("caveat")
    form.finish("an example")
    return Example(text=text or "", adopted=adopted or "", caveat=caveat)


def _allowing(key: str, form: Form) -> Allowing | None:
    """A time outside the steps, with the ending `unless OFFICE allows it`."""
    said = form.text(key)
    if said is None:
        return None
    match = _UNLESS.match(said)
    if " unless " in said and not match:
        words = said[said.index("unless ") :]
        remedy = 'Say "unless panel-chair allows it".'
        form.at(key).note_said(said, f'I do not know "{shown(words)}".', remedy)
        return None
    if match:
        form.at(key).is_name(match.group(2), Kind.OFFICE)
    timing = read_timing(match.group(1) if match else said, form.at(key), outside=True)
    return None if timing is None else Allowing(timing=timing, unless=match.group(2) if match else None)


def fast_track(form: Form) -> FastTrack:
    by = form.names("by", Kind.OFFICE, needed='by = "panel-chair"')
    criteria = form.texts("criteria")
    for criterion in criteria:
        longer = _OPEN_LONGER.match(criterion)
        if longer:
            read_length(longer.group(1), form.at("criteria"), whole=criterion)
    shorter: dict[str, tuple[Timing, ...]] = {}
    inner = form.part("shorter")
    for key in inner:
        spot = inner.at(key).shown_as("shorter")
        if spot.is_name(key, Kind.STEP, Kind.LIMIT):
            shorter[key] = read_timings(inner.take(key), spot)
    at_most, clause = form.text("at_most"), form.text("clause")
    form.finish("[fast_track]")
    return FastTrack(by=by, criteria=criteria, shorter=shorter, at_most=at_most, clause=clause)


def platform(form: Form) -> Platform:
    measures: dict[str, str] = {}
    inner = form.part("measures")
    for key in inner:
        answer = _platform_answer(key, inner)
        if answer is not None:
            measures[key] = answer
    found = Platform(
        offices=form.names("offices", Kind.OFFICE, needed='offices = ["president"]'),
        act=form.text("act", needed='act = "speaking on the same programme"') or "",
        exceptions=form.texts("except"),
        measures=measures,
        defence=form.text("defence"),
        clause=form.text("clause"),
    )
    form.finish("[platform]")
    return found


def _platform_answer(key: str, form: Form) -> str | None:
    spot = form.at(key)
    spot.is_name(key, Kind.MEASURE, Kind.SANCTION)
    said = form.text(key)
    if said is None or said in set(PlatformAnswer):
        return said
    asked = _ASK_FIRST.match(said)
    if asked:
        spot.is_name(asked.group(1), Kind.OFFICE)
        return said
    spot.note_said(said, "I do not know this answer.", 'Say "no", "yes" or "ask the overseer first".')
    return None


def publication(form: Form) -> Publication:
    what = form.texts("what")
    if "what" not in form:
        form.note_missing("what", 'what = ["conduct", "finding", "sanction"]')
    small = form.whole("small_numbers")
    if "small_numbers" not in form:
        form.note_missing("small_numbers", "small_numbers = 5")
    reply, clause = form.text("reply"), form.text("clause")
    form.finish("[publication]")
    return Publication(what=what, small_numbers=small or 1, reply=reply, clause=clause)


def retention(form: Form) -> Retention:
    inner = form.form("hold")
    hold = None
    if inner is not None:
        by = inner.name("by", Kind.OFFICE, needed='by = "overseer"')
        review = inner.every("review")
        if "review" not in inner:
            inner.note_missing("review", 'review = "every year"')
        inner.finish("hold")
        hold = Hold(by=by, review_every=review) if by and review else None
    clause = form.text("clause")
    keep: dict[str, Timing] = {}
    for key in [key for key in form if key not in ("hold", "clause")]:
        timing = form.timing(key, outside=True)
        if timing is not None:
            keep[key] = timing
    return Retention(keep=keep, hold=hold, clause=clause)


def fairness(form: Form) -> Fairness:
    """How soon the respondent hears of the case, and how long they have to answer at the least."""
    found = Fairness(first_notice=form.length("first_notice"), least_answer=form.length("least_answer"))
    form.finish("[fairness]")
    return found


def accepted(form: Form) -> Accepted | None:
    rule = form.text("rule", needed='rule = "L23"')
    at = form.text("at", needed='at = "sanction.expulsion"')
    reason = form.text("reason", needed='reason = "..."')
    form.finish("[[accepted]]")
    return Accepted(rule=rule, at=at, reason=reason) if rule and at and reason else None


def sanction(name: str, form: Form) -> Sanction:
    inner = form.form("held")
    held = None
    if inner is not None:
        for_up_to = inner.length("for_up_to", needed='for_up_to = "2 years"')
        falls_due_on = inner.text("falls_due_on", needed='falls_due_on = "another sanction in that time"')
        inner.finish("held")
        held = Held(for_up_to=for_up_to, falls_due_on=falls_due_on) if for_up_to and falls_due_on else None
    found = Sanction(
        name=name,
        least=form.length("from"),
        most=form.length("to"),
        begins=form.timing("begins", outside=True),
        spent=form.timing("spent", outside=True),
        held=held,
        majority=form.text("majority"),
        ask_again=form.timing("ask_again", outside=True),
        clause=form.text("clause"),
    )
    form.finish("a sanction")
    return found
