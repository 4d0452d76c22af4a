"""The last guard of what a fact names: only what the edition that its case carries contains (threats 3.2).

The shapes of `duly.record` keep out sentences and addresses, but a name in lower case looks like a slug. The
rules refuse what a rulebook does not know long before; this holds whoever appends, whatever they forgot.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from duly.record.bodies import Names, names_in, slug
from duly.record.facts import IMPORT, TIME, Fact, Opened, PartyRole
from duly.record.references import is_appointment
from duly.record.shapes import BodyError
from duly.rulebook.book import Rulebook
from duly_server.store.batch import NewFact

CASE = "case/"
_NO_OFFICER = frozenset((TIME, IMPORT, *(role.value for role in PartyRole)))


def check_by(facts: Sequence[NewFact]) -> None:
    """Raises BodyError where `by` is neither a party's role, an appointment, "time" nor "import"."""
    for fact in facts:
        if fact.by not in _NO_OFFICER and not is_appointment(fact.by):
            raise BodyError("by: only a party's role, an appointment, time or import may stand here.")


def names_a_book(facts: Sequence[NewFact]) -> bool:
    """Whether anything in these facts is a name that an edition must know."""
    return any(fact.office or names_in(fact.body) for fact in facts)


def pin_in(facts: Sequence[NewFact | Fact]) -> str:
    """The digest of the rulebook that these first facts of a case pin. Raises BodyError if they pin none."""
    body = facts[0].body
    if not isinstance(body, Opened):
        raise BodyError("A case begins with the edition it pins: nothing else can come first.")
    return body.rulebook


def check_names(
    facts: Sequence[NewFact], book: Rulebook, others: Callable[[], Iterable[Rulebook]] = tuple
) -> None:
    """Raises BodyError, without repeating it, for the first name that this edition does not contain.

    `others` are the editions that the case may have passed under: asked for only where a name needs one.
    """
    known = _known(book)
    for fact in facts:
        for field, whose, name in _named(fact):
            if name not in known[whose] and not any(name in _known(each)[whose] for each in others()):
                raise BodyError(f"{field}: the edition that this case carries has no such {whose}.")


def _named(fact: NewFact) -> Iterator[tuple[str, Names, str]]:
    if fact.office is not None:
        yield "office", Names.OFFICE, fact.office
    for field, whose, name in names_in(fact.body):
        yield f"{fact.body.KIND}, {field}", whose, name


def _known(book: Rulebook) -> Mapping[Names, frozenset[str]]:
    """Worked out once for each edition: a digest is that of a file, which never changes."""
    if book.digest not in _worked_out:
        _worked_out[book.digest] = _names_of(book)
    return _worked_out[book.digest]


_worked_out: dict[str, Mapping[Names, frozenset[str]]] = {}


def _names_of(book: Rulebook) -> dict[Names, frozenset[str]]:
    steps, limits = tuple(book.steps.values()), book.limits
    outcomes = [outcome for step in steps for outcome in step.outcomes.values()]
    extensions = [limit.extend for limit in limits if limit.extend is not None]
    extensions += [step.extend for step in steps if step.extend is not None]
    stated = [step.must_state for step in steps] + [outcome.must_state for outcome in outcomes]
    return {
        Names.STEP: frozenset(book.steps),
        Names.OUTCOME: frozenset(outcome.name for outcome in outcomes),
        Names.CONDUCT: frozenset(book.conduct),
        Names.QUESTION: frozenset(book.questions),
        Names.ANSWER: frozenset(answer for each in book.questions.values() for answer in each.answers),
        Names.SANCTION: frozenset(book.sanctions),
        Names.PAUSE: frozenset(book.pauses),
        Names.LIMIT: frozenset(limit.name for limit in limits),
        Names.DAY: frozenset(book.days).union(*(step.sets for step in steps)),
        Names.STATED: _slugs(stated),
        Names.GROUND: _slugs([each.grounds for each in steps] + [each.grounds for each in extensions]),
        Names.OFFICE: frozenset(book.offices),
    }


def _slugs(phrases: Iterable[tuple[str, ...]]) -> frozenset[str]:
    return frozenset(slug(phrase) for some in phrases for phrase in some)
