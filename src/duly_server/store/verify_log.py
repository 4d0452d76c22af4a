"""The log against the record: every fact has one number, its own leaf, and none is left out."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from duly.record import seal
from duly.record.facts import Fact
from duly.vocabulary.day import desk_day
from duly_server.store import raw
from duly_server.store.raw import RawFact

LOG = "log"  # what stands where else the chain of a problem does; its place is then the number
IN_TIME = timedelta(days=2)  # a reporter's is promised by the end of the day after


def of_chain(
    chain: bytes, facts: Sequence[RawFact], readable: Mapping[int, Fact], *, on: date | None
) -> Iterator[tuple[int, str]]:
    """By place, what is wrong with the leaves of one chain. `on` is the day by which facts count as late."""
    waiting = raw.waiting(chain) if any(row.number is None for row in facts) else []
    latest, is_told = -1, False
    for row in facts:
        if row.number is None:
            if not any(first <= row.place <= last for first, last in waiting):
                yield row.place, _LEFT_OUT
            elif not is_told and (since := _late(readable.get(row.place), on)) is not None:
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
    expected = 0
    for leaf in raw.leaves():
        if leaf.number > expected:
            missing = (
                f"{expected} to {leaf.number - 1} are" if leaf.number - 1 > expected else f"{expected} is"
            )
            yield LOG, expected, f"Number {missing} missing."
        expected = leaf.number + 1
    for leaf in raw.leaves_of_no_fact():
        chain = leaf.chain.decode(errors="backslashreplace")
        yield chain, leaf.place, f"Number {leaf.number} of the log is of this fact, which is not there."


_LEFT_OUT = "This fact is not in the log and does not wait to be: duly record rebuild lets it wait."
_LATE = "This fact is not yet in the log, since {since}. Let duly work run."


def _late(fact: Fact | None, on: date | None) -> date | None:
    """The day the fact was noted, if it should long have its number."""
    if fact is None or on is None:
        return None
    noted = fact.noted_at
    day = noted.date() if isinstance(noted, datetime) else noted
    return day if day + IN_TIME < on else None
