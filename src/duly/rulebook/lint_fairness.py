"""The lint's rules on people, proof, sanctions and what is told, by fields alone: L10 to L39."""

from collections.abc import Iterator
from itertools import combinations

from duly.rulebook.book import Rulebook, Sanction
from duly.rulebook.finding import Finding, finding
from duly.rulebook.phrases import Closes
from duly.rulebook.steps import Is, Step
from duly.rulebook.walk import following, heading
from duly.vocabulary import Length, Unit

# L10: these four are done by different people.
APART = {
    Is.SIFT: "sifts complaints",
    Is.REPORT: "investigates",
    Is.FINDING: "finds",
    Is.APPEAL_DECISION: "decides appeals",
}
_DAYS = {Unit.WEEKS: 7.0, Unit.MONTHS: 30.4, Unit.YEARS: 365.2, Unit.HOURS: 1 / 24, Unit.WORKING_DAYS: 1.4}


def duties_are_separate(book: Rulebook) -> Iterator[Finding]:
    """L10: whoever sifts, investigates, finds and decides appeals are kept apart in one `[[separate]]`."""
    duties = [
        (step, office) for kind in APART for step in book.steps_that_are(kind) for office in _offices(step)
    ]
    told: set[frozenset[str]] = set()
    for (one, first), (other, second) in combinations(duties, 2):
        pair = frozenset((first, second))
        if one.is_ is other.is_ or first in book.parties or second in book.parties or pair in told:
            continue
        at = heading(other)
        if first == second:
            told.add(pair)
            says = f"The {first} {_does(one)} and {_does(other)} in the same case."
            yield finding(book, "L10", at, says, f"Give [{at}] to another office.", key="by")
        elif not any(pair <= apart for apart in book.separate):
            told.add(pair)
            says = f"Nothing keeps a holder of {first} from acting as {second} in the same case."
            remedy = f'Put "{first}" and "{second}" together into the offices of one [[separate]].'
            yield finding(book, "L10", at, says, remedy, key="by")


def _offices(step: Step) -> list[str]:
    return list(dict.fromkeys([*step.by, *(name for each in step.instead for name in each.by or ())]))


def _does(step: Step) -> str:
    return APART[step.is_] if step.is_ else step.name


def proof_is_stated(book: Rulebook) -> Iterator[Finding]:
    """L17."""
    if book.proof is None:
        says = "The rulebook states neither the standard nor the burden of proof."
        remedy = 'Add proof = { standard = "more likely than not", burden = "presenter" } to [rulebook].'
        yield finding(book, "L17", "rulebook", says, remedy)


def the_ladder_is_bounded(book: Rulebook) -> Iterator[Finding]:
    """L22: the order is that of the file; here the bounds, and the range of each conduct."""
    if not book.sanctions:
        if book.steps_that_are(Is.SANCTION):
            says = "Sanctions are decided, but no [sanction] says which there are."
            yield finding(book, "L22", "sanction", says, "Add [sanction], with the lightest first.")
        return
    for name, sanction in book.sanctions.items():
        yield from _bounds(book, f"sanction.{name}", name, sanction)
    ladder = list(book.sanctions)
    for name, conduct in book.conduct.items():
        at = f"conduct.{name}"
        places = [ladder.index(each) for each in conduct.range if each in ladder]
        if not conduct.range:
            says = f"[{at}] does not say which sanctions it may meet."
            yield finding(book, "L22", at, says, f'Add range = ["{ladder[0]}", "{ladder[-1]}"], or narrower.')
        elif places != sorted(places):
            ordered = ", ".join(f'"{ladder[place]}"' for place in sorted(places))
            says = f"The range of [{at}] does not run from the lightest to the gravest."
            yield finding(book, "L22", at, says, f"Write range = [{ordered}].", key="range")


def _bounds(book: Rulebook, at: str, name: str, sanction: Sanction) -> Iterator[Finding]:
    least, most = sanction.least, sanction.most
    if least is not None and most is None:
        says = f"A {name} lasts {least} or longer, without an end."
        yield finding(book, "L22", at, says, 'Add to = "2 years", or the longest your rules allow.')
    elif least is not None and most is not None and _days(least) > _days(most):
        says = f"The shortest {name} ({least}) is longer than the longest ({most})."
        yield finding(book, "L22", at, says, "Exchange from and to.")


def _days(length: Length) -> float:
    return length.amount * _DAYS.get(length.unit, 1.0)


def nothing_lasts_unseen(book: Rulebook) -> Iterator[Finding]:
    """L23."""
    for name, sanction in book.sanctions.items():
        if sanction.most is None and sanction.spent is None and sanction.ask_again is None:
            says = f"{name.capitalize()} has no end, is never spent, and is never looked at again."
            remedy = (
                'Add ask_again = "5 years after it began" or spent = "...", or accept this with a reason.'
            )
            yield finding(book, "L23", f"sanction.{name}", says, remedy)


def publication_is_ruled(book: Rulebook) -> Iterator[Finding]:
    """L32."""
    if book.publication is None:
        says = "Nothing says what is published about cases."
        remedy = "Add [publication] with what, small_numbers and reply."
        yield finding(book, "L32", "publication", says, remedy)
        return
    if book.publication.reply is None:
        says = "Nobody is told before something about them is published."
        yield finding(book, "L32", "publication", says, 'Add reply = "14 days before publishing".')
    if not any(step.within for step in book.steps_that_are(Is.PUBLICATION)):
        says = "Nobody owes the publication by any time."
        remedy = 'Add a step that is = "publication", with by and within.'
        yield finding(book, "L32", "publication", says, remedy)


def retention_is_ruled(book: Rulebook) -> Iterator[Finding]:
    """L33."""
    if book.retention is None:
        says = "Nothing says how long records of cases are kept."
        remedy = 'Add [retention], with a line such as dismissed = "1 year after the case closes".'
        yield finding(book, "L33", "retention", says, remedy)
        return
    if book.retention.hold is None:
        says = "Nobody can stop records from being destroyed while they are needed."
        remedy = 'Add hold = { by = "overseer", review = "every year" }.'
        yield finding(book, "L33", "retention", says, remedy)
    closings = dict.fromkeys(
        each.consequence.what.words for each in following(book) if isinstance(each.consequence.what, Closes)
    )
    for words in closings:
        if words not in book.retention.keep:
            says = f"Nothing says how long a case closed as “{words}” is kept."
            key = words if "-" in words or words.isalpha() else f'"{words}"'
            remedy = f'Add {key} = "1 year after the case closes", or as long as it is needed.'
            yield finding(book, "L33", "retention", says, remedy)


def anonymity_is_ruled(book: Rulebook) -> Iterator[Finding]:
    """L39."""
    if book.anonymous is None:
        says = "Nothing says what becomes of an anonymous complaint."
        remedy = (
            'Add anonymous = "kept for information, opens no case by itself" to [rulebook], or your rule.'
        )
        yield finding(book, "L39", "rulebook", says, remedy)
