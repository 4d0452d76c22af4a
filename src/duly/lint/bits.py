"""What a marking without dates is made of: one bit for each thing that is so or is not."""

from collections.abc import Iterator

from duly.rulebook.book import Rulebook
from duly.rulebook.phrases import TooLate
from duly.rulebook.steps import Limit, Per, Step

Name = tuple[str, ...]
CLOSED: Name = ("closed",)
ROLES = ("complainant", "respondent")


class Bits:
    """Gives each name a bit when it is first asked for; after `freeze` nothing new is given.

    Names: ("open", X), ("begun", X) and ("ended", X) of stages and measures; ("mark", step, member, outcome,
    office) of acts in this round, the last two "" for any; ("twice", step, member); ("gone", step) ended
    singly; ("shut", step, member); ("day", D) fixed; ("answer", question, answer); and of a limit's clock,
    each with its name, part and member: "run" (late or not), "up" (ran out in this round), "wait" (of a party
    that may not act yet) and "started" (in the round of its trigger). ("seen", WHAT) are of the observers.
    """

    def __init__(self) -> None:
        self.of: dict[Name, int] = {}
        self._is_frozen = False

    def bit(self, *name: str) -> int:
        """The bit of this name; 0 if there is none and none is given any more."""
        found = self.of.get(name)
        if found is None:
            if self._is_frozen:
                return 0
            found = self.of[name] = 1 << len(self.of)
        return found

    def freeze(self) -> None:
        self._is_frozen = True

    def forget(self, mask: int) -> None:
        """These bits matter to nothing: nobody sets them any more."""
        self.of = {name: bit for name, bit in self.of.items() if not bit & mask}

    def all(self, *start: str) -> int:
        """Every bit whose name begins so."""
        return sum(bit for name, bit in self.of.items() if name[: len(start)] == start)


def members(book: Rulebook, step: Step) -> tuple[str, ...]:
    """For whom the step is taken: once (""), for one complaint or allegation, or for each side."""
    if step.per is None:
        return ("",)
    if step.per is not Per.PARTY:
        return ("one",)
    own = tuple(dict.fromkeys(role for office in step.by if (role := book.role_of(office)) in ROLES))
    return own or tuple(role for role in ROLES if book.party_office(role))


def clock_names(book: Rulebook, limit: Limit) -> Iterator[tuple[str, Name]]:
    """(member, the name of its clock) for each member of the limit's step."""
    for member in members(book, book.steps[limit.step]):
        yield member, (limit.name, str(limit.part), member)


def is_of_party(book: Rulebook, limit: Limit) -> bool:
    return book.parties.issuperset(book.steps[limit.step].by)


def shuts(limit: Limit) -> bool:
    return any(isinstance(each.what, TooLate) for each in limit.if_late or ())
