"""The log against the record: every fact has one number, its own leaf, and none is left out."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise

from duly.record import seal
from duly.record.facts import Fact
from duly.vocabulary.day import desk_day
from duly_server.store import raw
from duly_server.store.raw import RawChain, RawFact

LOG = "log"  # what stands where else the chain of a problem does; its place is then the number
IN_TIME = timedelta(days=2)  # a reporter's is promised by the end of the day after


def is_sound(chain: RawChain) -> bool:
    """Whether every fact of a chain has its number and its own leaf, in order. False: look closer.

    Only for a chain that is sound: the digests beside its facts are theirs.
    """
    _, _, _, digests, _, numbers, leaves, _ = zip(*chain.rows, strict=True)
    if None in numbers or list(map(seal.leaf, digests)) != list(leaves):
        return False
    return all(before <= after for before, after in pairwise(numbers))


def of_chain(
    facts: Sequence[RawFact], read: Callable[[bytes], Fact | None], *, on: date | None
) -> Iterator[tuple[int, str]]:
    """By place, what is wrong with the leaves of one chain. `on` is the day by which facts count as late."""
    latest, is_told = -1, False
    for row in facts:
        if row.number is None:
            if not row.waits:
                yield row.place, _LEFT_OUT
            elif on is not None and not is_told and (since := _late(read(row.data), on)) is not None:
                is_told = True  # what stands after it waits behind it
                yield row.place, _LATE.format(since=desk_day(since))
            continue
        if row.leaf != seal.leaf(seal.digest(row.data)):
            yield row.place, f"Number {row.number} of the log is not this fact: one of the two was altered."
        if row.number < latest:
            yield row.place, f"Number {row.number} of the log is before that of the fact before: altered."
        latest = row.number


def numbers() -> Iterator[tuple[str, int, str]]:
    """By chain and place, what is wrong with the numbers themselves."""
    for gap in raw.gaps():
        first, last = gap.before + 1, gap.number - 1
        yield LOG, first, f"Number {f'{first} to {last} are' if last > first else f'{first} is'} missing."
    for leaf in raw.leaves_of_no_fact():
        chain = leaf.chain.decode(errors="backslashreplace")
        yield chain, leaf.place, f"Number {leaf.number} of the log is of this fact, which is not there."


_LEFT_OUT = "This fact is not in the log and does not wait to be: duly record rebuild lets it wait."
_LATE = "This fact is not yet in the log, since {since}. Let duly work run."


def _late(fact: Fact | None, on: date) -> date | None:
    """The day the fact was noted, if it should long have its number."""
    if fact is None:
        return None
    noted = fact.noted_at
    day = noted.date() if isinstance(noted, datetime) else noted
    return day if day + IN_TIME < on else None
