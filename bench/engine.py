"""How long the rules take for a case of 200 facts: `uv run python -m bench.engine`.

The case is one under the Federation of Village Bands (tests/rulebooks/village-bands.toml): received,
accepted, noticed, reported, heard, decided, appealed and sent back again and again, with progress told in
between. The aim is under 2 milliseconds for its state and all its clocks once one more fact is noted: a case
that was read is remembered as it stood, and only that fact is run through (`duly.timetable.remembered`).
"""

import argparse
import cProfile
import pstats
from collections.abc import Callable
from copy import copy, deepcopy
from datetime import date
from statistics import median
from time import process_time

from tests.procedure.desk import Desk, officer
from tests.timetable import village
from tests.timetable.casebook import Casebook

from duly.procedure import next_steps
from duly.record.fold import fold
from duly.timetable.remembered import Remembered
from duly.timetable.state import state

FACTS = 200
ROUNDS = 40


def long_case(facts: int = FACTS) -> Casebook:
    """A case with this many facts: rounds of hearing and appeal, with progress told every few days."""
    case = village.sent_back()
    on = date(2026, 6, 2)
    while len(case.facts) < facts:
        for step, outcome, key, days in (
            ("fix-hearing", None, None, 1),
            ("disclose", None, None, 23),
            ("find", "proved", "A1", 1),
            ("decide-sanction", "none", None, 1),
            ("serve-decision", None, "R", 0),
            ("serve-decision", None, "C1", 1),
            ("lodge-appeal", None, "R", 20),
            ("decide-appeal", "sent-back", None, 1),
        ):
            office = "respondent" if step == "lodge-appeal" else None
            if step == "fix-hearing":
                case.step(str(on), step, hearing_day=str(date.fromordinal(on.toordinal() + 22)))
            else:
                case.step(str(on), step, outcome, key=key, office=office)
            on = date.fromordinal(on.toordinal() + days)
            for _ in range(3):
                case.step(str(on), "update")
    del case.facts[facts:]
    return case


def one_more(case: Casebook, on: date) -> Callable[[], object]:
    """The case was read with all its facts but the last; then that is noted."""
    remembered, before = Remembered(), fold(case.facts[:-1])
    remembered.state(before, case.book, case.calendar, on=on)
    known = copy(remembered)

    def work() -> object:
        return copy(known).state(case.case, case.book, case.calendar, on=on)

    return work


def again(case: Casebook, on: date) -> Callable[[], object]:
    """The case was read with all its facts, and is read from the journal once more: other objects."""
    remembered = Remembered()
    remembered.state(fold(case.facts), case.book, case.calendar, on=on)
    read = fold(deepcopy(case.facts))
    return lambda: remembered.state(read, case.book, case.calendar, on=on)


def measured(work: Callable[[], object], times: int = ROUNDS) -> float:
    """The median of so many runs, in milliseconds of the processor: what else runs is not counted."""
    work()
    took: list[float] = []
    for _ in range(times):
        start = process_time()
        work()
        took.append(process_time() - start)
    return 1000 * median(took)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--profile", action="store_true", help="show where the time of state() goes")
    arguments = parser.parse_args()
    case = long_case()
    folded, on = case.case, case.facts[-1].on
    marking = state(folded, case.book, case.calendar, on=on)
    desk = Desk(case)
    actors = [officer(office) for office in case.book.offices if office not in case.book.parties]
    roll = desk.roll
    print(f"{len(case.facts)} facts, {len(marking.clocks)} clocks, {len(marking.irregular)} irregular")
    for name, work in (
        ("fold", lambda: fold(case.facts)),
        ("state, read for the first time", lambda: state(folded, case.book, case.calendar, on=on)),
        ("state, after one more fact", one_more(case, on)),
        ("state, read again", again(case, on)),
        ("next_steps", lambda: next_steps(marking, actors=actors, roll=roll, today=on)),
    ):
        print(f"{name:32}{measured(work):8.2f} ms")
    if arguments.profile:
        profile = cProfile.Profile()
        profile.runcall(lambda: [state(folded, case.book, case.calendar, on=on) for _ in range(20)])
        pstats.Stats(profile).sort_stats("tottime").print_stats(25)


if __name__ == "__main__":
    main()
