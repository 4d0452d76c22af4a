"""How long due dates take: `uv run python -m bench.dates`, in turns with numpy's `busday_offset`.

A million starts over twenty years, ten working days each, one calendar with eight holidays a year. The
columnar engine (`duly_lab.due_days`) gives the days alone, its table made afresh each turn; the scalar one
(`duly.timetable.explanation`) gives each with its explanation as data. Aims: the columnar at most a tenth of
`busday_offset` on the same input, the scalar at least 100,000 a second.
"""

import argparse
from collections.abc import Callable
from datetime import date
from statistics import median
from time import perf_counter

import numpy as np
from tests.timetable.feasts import from_easter, nth

from duly.rulebook.book import Counting
from duly.rulebook.phrases import Direction
from duly.timetable.calendar import Calendar
from duly.timetable.counting import last_day
from duly.timetable.explanation import count
from duly.vocabulary import Length, Unit
from duly_lab.due_days import due_days

YEARS = range(2009, 2030)
TEN = Length(10, Unit.WORKING_DAYS)
RULES = Counting()
MONDAY = 0


def calendar() -> Calendar:
    """Twenty-one years of weekends and eight holidays, so that starts may lie in twenty of them."""
    days: dict[date, str] = {}
    for year in YEARS:
        days |= {
            date(year, 1, 1): "New Year’s Day",
            from_easter(year, -2): "Good Friday",
            from_easter(year, 1): "Easter Monday",
            nth(1, MONDAY, year, 5): "Early May",
            nth(-1, MONDAY, year, 5): "Spring",
            nth(-1, MONDAY, year, 8): "Summer",
            date(year, 12, 25): "Christmas Day",
            date(year, 12, 26): "Boxing Day",
        }
    first, last = date(YEARS.start, 1, 1), date(YEARS.stop - 1, 12, 31)
    return Calendar(name="bench", edition="1", source="computed", first=first, last=last, days=days)


def seconds(work: Callable[[], object], times: int) -> list[float]:
    took: list[float] = []
    for _ in range(times):
        begun = perf_counter()
        work()
        took.append(perf_counter() - begun)
    return took


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dates", type=int, default=1_000_000)
    parser.add_argument("--turns", type=int, default=7)
    arguments = parser.parse_args()
    days, n = calendar(), arguments.dates
    first = np.datetime64(days.first)
    starts = first + np.random.default_rng(2026).integers(0, 20 * 365, size=n)
    holidays = np.array(sorted(days.days), dtype="datetime64[D]")
    theirs = np.busdaycalendar(holidays=holidays)
    some: list[date] = starts[: max(1, n // 10)].tolist()

    def columnar() -> np.ndarray:
        return due_days(TEN, Direction.AFTER, calendar=days, rules=RULES).of(starts)

    def numpys() -> np.ndarray:
        # Ours counts from the day after a closed start, as theirs does with "preceding".
        return np.busday_offset(starts, 10, roll="preceding", busdaycal=theirs)

    def scalar() -> None:
        for start in some:
            count(TEN, Direction.AFTER, start, calendar=days, rules=RULES)

    def bare() -> None:
        for start in some:
            last_day(TEN, Direction.AFTER, start, calendar=days, rules=RULES)

    assert (columnar() == numpys()).all()
    turns = [
        [seconds(each, 1)[0] for each in (columnar, numpys, scalar, bare)] for _ in range(arguments.turns)
    ]
    ours, busday, explained, alone = (median(column) for column in zip(*turns, strict=True))
    ratio = median(turn[0] / turn[1] for turn in turns)
    print(f"{n:,} due dates, {arguments.turns} turns, medians")
    print(f"numpy.busday_offset      {1e9 * busday / n:8.1f} ns each")
    print(f"columnar                 {1e9 * ours / n:8.1f} ns each, {ratio:.3f} of it (aim: <= 0.1)")
    print(f"scalar, explained        {len(some) / explained:10,.0f} a second (aim: >= 100,000)")
    print(f"scalar, the day alone    {len(some) / alone:10,.0f} a second")


if __name__ == "__main__":
    main()
