"""One step in plain English: whose it is, by when, what it must state, and what follows."""

from collections.abc import Iterator

from duly.compare.difference import listed
from duly.explain.told import Reader, Sentence, sentence
from duly.rulebook.book import Rulebook
from duly.rulebook.prose import (
    either,
    say_consequences,
    say_limit,
    say_reference,
    say_test,
    say_timing,
    words,
)
from duly.rulebook.steps import ANYTIME, Extension, Force, Limit, Outcome, Per, Step

TIMES = {1: "once", 2: "twice"}


def tell(book: Rulebook, step: Step, reader: Reader) -> Sentence:
    """Everything that the rulebook says of this step, in the order in which it is asked."""
    said = [*_what(book, step, reader), *_when(step), *_times(book, step, reader), *_how(step, reader)]
    said += _follows(step, reader)
    asked = [_asked(book, reader.spoken_to(each)) for each in said]
    return Sentence(" ".join(map(sentence, asked)), step.clause or "")


def _asked(book: Rulebook, said: str) -> str:
    """A question of the rulebook by its words, not by its name."""
    for name, question in book.questions.items():
        said = said.replace(f"“{words(name)}” is", f"“{question.ask}” is")
    return said


def done(step: Step) -> str:
    """What is done, as after "to"."""
    return step.title or words(step.name)


def is_partys(book: Rulebook, step: Step) -> bool:
    return set(step.by) <= book.parties


def _what(book: Rulebook, step: Step, reader: Reader) -> Iterator[str]:
    must = "may"
    if step.within and not is_partys(book, step):
        must = "must" if step.force is Force.SHALL else "aims to"
    if must == "aims to" and reader.is_among(step.by):
        must = "aim to"
    each = "" if step.per is None else f", for each {step.per.value}"
    if step.per is Per.PARTY and is_partys(book, step):
        each = ", each for themselves" if len(step.by) > 1 else ""
    times = f", {' and '.join(say_limit(timing) for timing in step.within)}" if step.within else ""
    yield f"{reader.any_of(step.by)} {must} {done(step)}{each}{times}"
    if step.vague:
        yield f"The rulebook says of its time only: “{step.vague}”"


def _when(step: Step) -> Iterator[str]:
    if step.home == ANYTIME and step.during:
        yield f"This can be done only while {either([words(stage) for stage in step.during])} is open"
    if step.after:
        yield f"It comes after {listed([say_reference(each) for each in step.after])}"
    if step.not_before:
        yield f"It may not be done before {listed([say_timing(each) for each in step.not_before])}"
    if step.only_if.all_of:
        yield f"It may be done only if {say_test(step.only_if)}"
    if step.times != 1:
        often = (
            "as often as it is needed"
            if step.times is None
            else f"{TIMES.get(step.times, f'{step.times} times')}"
        )
        yield f"It may be done {often}"
    if step.even_when_closed:
        yield "It may be done when the case is closed, too"


def _times(book: Rulebook, step: Step, reader: Reader) -> Iterator[str]:
    yield from _instead(step, reader)
    own = reader.is_among(step.by)
    if step.extend is not None:
        yield _extension(step.extend, reader, is_own=own)
    elif step.within and own:
        yield "Nobody may extend this time"
    for limit in book.named_limits:
        if limit.step == step.name:
            yield from _other_time(limit, reader)
    if step.runs_on:
        yield "A pause does not stop this time"


def _other_time(limit: Limit, reader: Reader) -> Iterator[str]:
    late = f"; if that has run out, {say_consequences(limit.if_late)}" if limit.if_late else ""
    yield f"There is another time for it ({words(limit.name)}): {say_limit(limit.timing)}{late}"
    if limit.extend is not None:
        yield _extension(limit.extend, reader, is_own=False)


def _instead(step: Step, reader: Reader) -> Iterator[str]:
    for other in step.instead:
        parts = [f"by {reader.any_of(other.by)}"] if other.by else []
        parts += [say_limit(timing) for timing in other.within or ()]
        yield f"While {say_test(other.when)}, it is done {' and '.join(parts)} instead"


def _extension(extend: Extension, reader: Reader, *, is_own: bool) -> str:
    often = TIMES.get(extend.times, f"{extend.times} times")
    grounds = (
        f", on the ground of {either([words(each) for each in extend.grounds])}" if extend.grounds else ""
    )
    more = "give you" if is_own else "extend it by"
    more = f"{more} up to {extend.at_most}{' more' if is_own else ''}"
    return f"{reader.any_of(extend.by)} may {more}, {often}{grounds}"


def _how(step: Step, reader: Reader) -> Iterator[str]:
    if step.serve_on:
        yield f"It is served on {listed([reader.name(each) for each in step.serve_on])}"
    if step.must_state:
        yield f"It must state {listed(step.must_state)}"
    if step.grounds:
        yield f"Its only grounds are: {either([*step.grounds])}"
    if step.sets:
        yield f"It fixes the {listed([words(day) for day in step.sets])}"
    if step.agreed_by:
        yield f"It needs the agreement of {listed([reader.name(each) for each in step.agreed_by])}"
    if step.majority:
        yield f"It needs this majority: {step.majority}"
    if step.not_the_people_of:
        of = either([words(each) for each in step.not_the_people_of])
        yield f"Nobody who took part in {of} may take part in it"
    if step.no_worse_than is not None:
        unless = step.no_worse_than.unless
        but = f", unless {say_reference(unless)} was done" if unless else ""
        yield f"Its outcome may not be worse than that of {words(step.no_worse_than.step)}{but}"
    if step.fee:
        yield f"Its fee: {step.fee}"


def _follows(step: Step, reader: Reader) -> Iterator[str]:
    if step.outcomes:
        yield f"It ends in {either([_outcome(each, reader) for each in step.outcomes.values()])}"
    if step.then:
        yield f"Then {say_consequences(step.then)}"
    if step.if_late is not None:
        who = "you do not do it" if reader.is_among(step.by) else "it is not done"
        yield f"If {who} in time, {say_consequences(step.if_late)}"


def _outcome(outcome: Outcome, reader: Reader) -> str:
    more = [say_consequences(outcome.then)] if outcome.then else []
    more += [f"after {say_reference(each)}" for each in outcome.after]
    more += [f"only if {say_test(outcome.only_if)}"] if outcome.only_if.all_of else []
    more += (
        [f"agreed by {listed([reader.name(each) for each in outcome.agreed_by])}"]
        if outcome.agreed_by
        else []
    )
    more += [f"by this majority: {outcome.majority}"] if outcome.majority else []
    more += [f"stating {listed(outcome.must_state)}"] if outcome.must_state else []
    return f"“{words(outcome.name)}”{f' ({chr(59).join(more)})' if more else ''}".replace(";", "; ")
