"""The lint's rules on who decides, by fields alone: L18, L19, L20 and L35."""

from collections.abc import Iterator

from duly.rulebook.book import Office, Rulebook
from duly.rulebook.finding import Finding, Severity, finding
from duly.rulebook.steps import Is, Step
from duly.rulebook.walk import heading

DECIDING = (Is.FINDING, Is.SANCTION, Is.APPEAL_DECISION)
# A complaint about whoever has one of these would have to pass the one it is about.
GATES = (Is.RECEIPT, Is.ACKNOWLEDGEMENT, Is.SIFT)


def panels_can_decide(book: Rulebook) -> Iterator[Finding]:
    """L18: a majority is possible, a quorum is named, and a seat that falls empty can be filled."""
    for name, office in book.offices.items():
        if office.party or office.seats is None or office.seats < 2:
            continue
        at = f"office.{name}"
        if office.seats % 2 == 0 and "casting" not in (office.majority or "").casefold():
            says = f"The {name} has {office.seats} seats: its votes can be equal."
            remedy = f"Write seats = {office.seats + 1}, or name a casting vote in its majority."
            yield finding(book, "L18", at, says, remedy)
        if office.quorum is None:
            says = f"Nothing says how many of the {name} must be there for it to decide."
            yield finding(book, "L18", at, says, f"Add quorum = {office.seats // 2 + 1}, or more.")
        elif office.quorum == office.seats and not office.drawn and not office.stands_in:
            says = f"Nobody replaces a member of the {name} who is away, and without one it cannot decide."
            remedy = 'Add stands_in = "...", say how it is drawn, or lower the quorum.'
            yield finding(book, "L18", at, says, remedy)


def panels_are_drawn(book: Rulebook) -> Iterator[Finding]:
    """L19: how a panel is chosen is stated; whether that is fair is for people to judge."""
    for name in dict.fromkeys(office for step in _deciding(book) for office in step.by):
        office = book.offices[name]
        if office.seats is not None and office.seats > 1 and not office.drawn:
            says = f"Nothing says how the {name} is chosen."
            remedy = 'Add drawn = "by lot", "by rota", or by criteria that are published.'
            yield finding(book, "L19", f"office.{name}", says, remedy)


def leaders_do_not_decide(book: Rulebook) -> Iterator[Finding]:
    """L20: whoever answers for the timetable has no part in a case, and whoever is told decides none."""
    for step in book.steps.values():
        for name in _offices(step):
            if name in book.offices and book.offices[name].accountable:
                says = f"The {name}, who answers for the timetable, has a part in cases: {step.name}."
                remedy = (
                    "Give the step to another office, or accept this with a reason, which will be published."
                )
                yield finding(book, "L20", heading(step), says, remedy, key="by")
    told: set[frozenset[str]] = set()
    for step in _deciding(book):
        for name in step.by:
            for watcher in book.watchers:
                pair = frozenset((name, watcher))
                if pair in told or (name != watcher and any(pair <= apart for apart in book.separate)):
                    continue
                told.add(pair)
                says = (
                    f"The {watcher}, who is told when an office is late, may sit as {name} in the same case."
                )
                remedy = f'Put "{name}" and "{watcher}" together into the offices of one [[separate]].'
                if name == watcher:  # no body can be kept apart from itself
                    says = f"The {name}, who is told when an office is late, decides in a case: {step.name}."
                    remedy = f"Let another office be told, or give [{heading(step)}] to another."
                yield finding(book, "L20", heading(step), says, remedy, key="by")


def there_is_another_way_in(book: Rulebook) -> Iterator[Finding]:
    """L35: an error at the door, where a complaint about the officer would stop; further on a warning."""
    told: set[str] = set()
    for step in book.steps.values():
        if len(step.by) != 1 or step.by[0] in book.parties or any(each.by for each in step.instead):
            continue
        name = step.by[0]
        if _has_another(book, book.offices[name]) or name in told:
            continue
        told.add(name)
        is_gate = any(other.is_ in GATES for other in book.steps.values() if name in other.by)
        severity = Severity.ERROR if is_gate else Severity.WARNING
        says = f"If the complaint is about the {name}, nobody else can take {step.name}."
        remedy = f'Give {name} a stands_in, or the step an instead: {{ when = "... is yes", by = "..." }}.'
        yield finding(book, "L35", f"office.{name}", says, remedy, severity=severity)


def _has_another(book: Rulebook, office: Office) -> bool:
    """Somebody stands in who is no party, or another can be drawn."""
    stands_in = office.stands_in is not None and office.stands_in not in book.parties
    return stands_in or (bool(office.drawn) and (office.seats or 1) > 1)


def _deciding(book: Rulebook) -> Iterator[Step]:
    return (step for kind in DECIDING for step in book.steps_that_are(kind))


def _offices(step: Step) -> list[str]:
    return list(dict.fromkeys([*step.by, *(name for each in step.instead for name in each.by or ())]))
