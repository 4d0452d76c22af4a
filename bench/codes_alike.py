"""T18: whether the time of a look-up tells a right receipt code from a wrong one.

`uv run python -m bench.codes_alike` looks up 2,000 right and 2,000 wrong codes, in random order within each
pair, before and after the worker has made the digests slow, and asks by a permutation test whether the
median difference could be chance. It ends with 1 if it could not. A planted difference shows what it can see.
"""

import argparse
import secrets
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from statistics import median

from bench.an_office import furnished

DAY = date(2026, 3, 2)
AT = datetime(2026, 3, 2, 10, tzinfo=UTC)
ALMOST_SURE = 0.001  # of a sound look-up one run in a thousand is called unsound
TURNS = 2000
PLANTED = 0.0005  # seconds; what a database answer read or not could come to


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pairs", type=int, default=2000)
    pairs: int = parser.parse_args().pairs
    with tempfile.TemporaryDirectory() as home:
        furnished(Path(home))
        from duly_server.services.intake import Report, submit
        from duly_server.services.receipt_codes import complaint_of
        from duly_server.services.work import work

        codes = [submit(_report(Report), on=DAY).code for _ in range(20)]
        sound = True
        print(f"{'':24}{'right ms':>9} {'wrong ms':>9} {'differ µs':>10} {'chance':>8}")
        for state in ("as handed out", "after the worker"):
            sound &= _told(state, _measured(codes, pairs, lambda code: complaint_of(code, on=DAY)))
            work(today=DAY, at=AT)
        planted = _measured(codes, max(200, pairs // 2), lambda code: _slower(complaint_of(code, on=DAY)))
        seen = not _told(f"planted, {PLANTED * 1e6:.0f} µs", planted)
    print("Times tell nothing." if sound else "TIMES TELL A RIGHT CODE FROM A WRONG ONE.")
    print("A planted difference was seen." if seen else "Too noisy: even a planted difference was not seen.")
    return 0 if sound and seen else 1


def _report(report: Callable[..., object]) -> object:
    from duly.record.facts import Naming

    return report(narrative="It happened.", about="Somebody.", naming=Naming.ANONYMOUS)


def _slower(found: str | None) -> str | None:
    if found is not None:
        time.sleep(PLANTED)
    return found


def _measured(
    codes: Sequence[str], pairs: int, look_up: Callable[[str], str | None]
) -> tuple[list[float], list[float]]:
    """Seconds for right codes and for wrong ones, pair by pair."""
    from duly.record.references import receipt_code_from

    chance = Random(18)  # noqa: S311 -- an order to measure in
    right, wrong = list[float](), list[float]()
    for turn in range(pairs + 20):
        jobs = [
            (codes[turn % len(codes)], right, True),
            (receipt_code_from(secrets.token_bytes(16), 5), wrong, False),
        ]
        chance.shuffle(jobs)
        for code, times, is_known in jobs:
            began = time.perf_counter()
            found = look_up(code)
            took = time.perf_counter() - began
            assert (found is not None) is is_known
            if turn >= 20:  # the first are warming up
                times.append(took)
    return right, wrong


def _told(what: str, times: tuple[list[float], list[float]]) -> bool:
    """Prints the measurement; whether chance alone could have made it."""
    right, wrong = times
    differences = [a - b for a, b in zip(right, wrong, strict=True)]
    chance = _probability(differences)
    ms = [1000 * median(each) for each in times]
    print(
        f"{what:24}{ms[0]:>9.3f} {ms[1]:>9.3f} {1e6 * median(differences):>10.1f} {chance:>8.4f}", flush=True
    )
    return chance >= ALMOST_SURE


def _probability(differences: Sequence[float]) -> float:
    """How often a median as far from nothing comes of swapping right and wrong within pairs by chance."""
    flip = Random(4711)  # noqa: S311 -- a permutation test, the same each time
    seen = abs(median(differences))
    as_far = sum(
        abs(median(d if flip.random() < 0.5 else -d for d in differences)) >= seen for _ in range(TURNS)
    )
    return (as_far + 1) / (TURNS + 1)


if __name__ == "__main__":
    sys.exit(main())
