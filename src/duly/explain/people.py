"""Who decides, how a day is fixed, and how anybody is judged, in plain English."""

from duly.compare.difference import listed
from duly.explain.told import Reader, Section, Sentence, sentence
from duly.rulebook.book import DayRule, Office, Rulebook
from duly.rulebook.prose import say_consequences, say_timing, title, words


def deciding(book: Rulebook, reader: Reader) -> Section:
    """The offices that are bodies, who stands in, who may not be the same person, who answers for it all."""
    said = [_body(each, reader) for each in book.offices.values() if each.seats]
    for office in book.offices.values():
        if office.stands_in:
            said.append(f"The {words(office.stands_in)} stands in for the {words(office.name)}")
        if office.accountable:
            says = "answers for the timetable, and may not touch a live case"
            said.append(f"The {words(office.name)} {says}")
    for apart in book.separate:
        those = listed([f"the {words(each)}" for each in book.offices if each in apart])
        said.append(f"In one case no person may be more than one of these: {those}")
    if book.if_an_office_is_late:
        said.append(
            f"If an office is late, and nothing else is said, {say_consequences(book.if_an_office_is_late)}"
        )
    return Section("Who decides", tuple(Sentence(sentence(each)) for each in said))


def _body(office: Office, reader: Reader) -> str:
    parts = [f"{reader.name(office.name)} has {office.seats} seats"]
    parts += [f"decides with {office.quorum} present at least"] if office.quorum else []
    parts += [f"is drawn {office.drawn}"] if office.drawn else []
    parts += [f"needs a majority of {office.majority}"] if office.majority else []
    parts += [f"must have {listed(office.mix)}"] if office.mix else []
    return listed(parts)


def judging(book: Rulebook) -> Section:
    """The standard of proof, and what the rulebook says of who complains."""
    said: list[str] = []
    if book.proof is not None:
        burden = f"and it is for the {words(book.proof.burden)} to show it"
        said.append(f"A thing is found proved if it is {book.proof.standard}, {burden}")
    said += [f"An anonymous complaint: {book.anonymous}"] if book.anonymous else []
    said += [f"A complaint in return: {book.counter_complaints}"] if book.counter_complaints else []
    said += [f"Reprisals: {book.reprisals}"] if book.reprisals else []
    return Section("How it is judged", tuple(Sentence(sentence(each)) for each in said))


def chosen(book: Rulebook) -> Section:
    """Figures that the model rules left to the body, and what it chose."""
    said = [
        f"{title(each.name)}: {each.filled or 'not chosen yet'}; the model allows {each.least} to {each.most}"
        for each in book.blanks.values()
    ]
    return Section("Figures that were left open", tuple(Sentence(sentence(each)) for each in said))


def days(book: Rulebook) -> Section:
    """Days that are fixed: how early, how late, and how they are moved."""
    said = [sentence(each) for rule in book.days.values() for each in _day(rule)]
    return Section("Days that are fixed", tuple(map(Sentence, said)))


def _day(rule: DayRule) -> list[str]:
    name = f"The {words(rule.name)}"
    said = [f"{name} may not be earlier than {say_timing(each)}" for each in rule.not_before]
    said += [f"{name} may not be later than {say_timing(each)}" for each in rule.not_after]
    if rule.moves is not None:
        most = f", by {rule.moves.at_most} in all" if rule.moves.at_most else ""
        along = rule.moves.takes_along
        with_it = (
            f"; then the time to {listed([words(each) for each in along])} moves by as much" if along else ""
        )
        said.append(f"{name} is moved by “{words(rule.moves.by)}” only{most}{with_it}")
    return said
