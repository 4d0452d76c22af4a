"""The whole rulebook in plain English, for a complainant, for a respondent, or for nobody in particular."""

from collections.abc import Iterator

from duly.compare.difference import listed
from duly.explain.bodies import (
    conduct,
    counting,
    fast_track,
    kept,
    measures,
    pauses,
    platform,
    published,
    sanctions,
)
from duly.explain.people import chosen, days, deciding, judging
from duly.explain.steps import done, is_partys, tell
from duly.explain.told import Reader, Section, Sentence, sentence
from duly.rulebook.book import Rulebook
from duly.rulebook.prose import say_limit, title, words
from duly.rulebook.steps import ANYTIME, Step

ROLES = ("complainant", "respondent")


def explain(book: Rulebook, role: str | None = None) -> tuple[Section, ...]:
    """`role` is one of ROLES; LookupError where the rulebook has no such party."""
    office = book.party_office(role) if role else None
    if role and office is None:
        raise LookupError(f"“{book.title}” has no {role}: no office of it is that party.")
    reader = Reader(office)
    sections = (
        *([_yours(book, reader), _owed(book, reader)] if reader.office else []),
        *_procedure(book, reader),
        chosen(book),
        days(book),
        counting(book),
        pauses(book, reader),
        measures(book),
        fast_track(book, reader),
        deciding(book, reader),
        judging(book),
        conduct(book),
        sanctions(book),
        platform(book),
        published(book),
        kept(book),
    )
    return tuple(section for section in sections if section.sentences)


def _yours(book: Rulebook, reader: Reader) -> Section:
    """What the reader may do, and by when: first, since it is what is asked first."""
    own = [step for step in book.steps.values() if reader.is_among(step.by)]
    return Section("What you may do, and by when", tuple(_own(book, step) for step in own))


def _own(book: Rulebook, step: Step) -> Sentence:
    times = f": {' and '.join(say_limit(timing) for timing in step.within)}" if step.within else ""
    place = " at any time" if step.home == ANYTIME and not step.within else ""
    while_ = f", in {words(step.home)}" if step.home != ANYTIME else ""
    return Sentence(sentence(f"{done(step)}{while_}{place}{times}"), step.clause or "")


def _owed(book: Rulebook, reader: Reader) -> Section:
    """What others owe the reader: what is served on them, with what it must state."""
    served = [step for step in book.steps.values() if reader.is_among(step.serve_on)]
    said: list[Sentence] = []
    for step in served:
        times = f", {' and '.join(say_limit(timing) for timing in step.within)}" if step.within else ""
        states = f". It must state {listed(step.must_state)}" if step.must_state else ""
        must = "must" if step.within and not is_partys(book, step) else "may"
        says = sentence(f"{reader.any_of(step.by)} {must} {done(step)}{times}{states}")
        said.append(Sentence(says, step.clause or ""))
    return Section("What is to reach you", tuple(said))


def _procedure(book: Rulebook, reader: Reader) -> Iterator[Section]:
    """Stage by stage in the order of the file, then measures, then what may be done at any time."""
    homes = dict.fromkeys((*book.stages, *book.measures, *(step.home for step in book.steps.values())))
    for home in homes:
        steps = [step for step in book.steps.values() if step.home == home]
        heading = "At any time" if home == ANYTIME else title(home)
        yield Section(heading, tuple(tell(book, step, reader) for step in steps))
