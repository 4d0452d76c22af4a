"""Times that became longer, shorter or others, and whom that harms."""

from collections.abc import Sequence
from dataclasses import dataclass

from duly.compare.difference import Differences
from duly.rulebook.lengths_compared import longest_days, shortest_days
from duly.rulebook.phrases import Counted, Direction, Timing
from duly.rulebook.prose import say_limit, say_reference, say_timing
from duly.vocabulary import Length

Parties = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stake:
    """Whose time it is: the parties who owe the step; none of them where an office does."""

    owners: Parties
    parties: Parties

    def of(self, turn: int) -> tuple[Parties, Parties]:
        """(worse, better) where time is gained (1) or lost (-1); (0) where it can't be told.

        More of a party's own time is good for it; more of an office's time is a longer wait for all of them.
        """
        if turn == 0:
            return (), ()
        gains = turn > 0
        if self.owners:
            return ((), self.owners) if gains else (self.owners, ())
        return (self.parties, ()) if gains else ((), self.parties)


def turn_of(old: Length, new: Length) -> int:
    """1 where the new length is longer whatever the calendar, -1 where it is shorter, 0 where it depends."""
    if (old.unit, old.calendar) == (new.unit, new.calendar):
        return (new.amount > old.amount) - (new.amount < old.amount)
    if old.calendar or new.calendar:
        return 0
    return int(shortest_days(new) > longest_days(old)) - int(longest_days(new) < shortest_days(old))


def from_to(old: Length, new: Length) -> str:
    """ "falls from 14 to 7 days", "changes from 1 month to 30 days" where it depends on the month."""
    verb = {1: "rises", -1: "falls", 0: "changes"}[turn_of(old, new)]
    same = (old.unit, old.calendar) == (new.unit, new.calendar) and old.amount != 1
    return f"{verb} from {old.amount if same else old} to {new}"


def compare_times(
    to: Differences, path: str, what: str, old: Sequence[Timing], new: Sequence[Timing], stake: Stake
) -> None:
    """`what` begins the sentence: "The time to answer"."""
    if tuple(old) == tuple(new):
        return
    if not old or not new:
        times = " and ".join(map(say_limit, new or old))
        if new:
            to.add(path, f"{what} is now {times}; before, there was none.")
        else:
            to.add(path, f"{what} is gone: it was {times}.")
        return
    if len(old) != len(new):
        was, now = (" and ".join(map(say_limit, each)) for each in (old, new))
        to.add(path, f"{what} is now {now}; it was {was}.")
        return
    for before, after in zip(old, new, strict=True):
        if before != after:
            _one(to, path, what, before, after, stake)


def _one(to: Differences, path: str, what: str, old: Timing, new: Timing, stake: Stake) -> None:
    match old, new:
        case Counted(), Counted() if (old.direction, old.reference) == (new.direction, new.reference):
            turn = turn_of(old.length, new.length)
            if old.direction is Direction.BEFORE:
                turn = -turn  # more days before a day leave less time
            worse, better = stake.of(turn)
            counted = f"{new.direction.value} {say_reference(new.reference)}"
            to.add(path, f"{what} {from_to(old.length, new.length)} {counted}.", worse=worse, better=better)
        case _:
            to.add(path, f"{what} is now {say_limit(new)}; it was {say_limit(old)}.")


def compare_bounds(
    to: Differences, path: str, what: str, old: Sequence[Timing], new: Sequence[Timing]
) -> None:
    """Days before or after which something may not be: no time of anybody's."""
    if tuple(old) != tuple(new):
        was, now = (" and ".join(map(say_timing, each)) or "free" for each in (old, new))
        to.add(path, f"{what} is now {now}; it was {was}.")


def compare_length(
    to: Differences,
    path: str,
    what: str,
    old: Length | None,
    new: Length | None,
    *,
    longer_harms: Parties = (),
    shorter_harms: Parties = (),
) -> None:
    """A length by itself: "The longest that the police pause may last rises from 20 to 26 weeks."."""
    if old == new:
        return
    if old is None or new is None:
        turn = -1 if old is None else 1  # without a bound it may be as long as it likes
        says = (
            f"{what} is now {new}; it had no bound." if old is None else f"{what} has no bound; it was {old}."
        )
    else:
        turn = turn_of(old, new)
        says = f"{what} {from_to(old, new)}."
    harmed, helped = (longer_harms, shorter_harms) if turn > 0 else (shorter_harms, longer_harms)
    to.add(path, says, worse=harmed if turn else (), better=helped if turn else ())
