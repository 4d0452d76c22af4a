"""What is left of an office whose server is killed again and again while people write to it.

`uv run python -m bench.kill_nine --complaints 1000 --acts 500 --database postgresql` makes an office with
`duly init`, serves it with `duly serve`, and kills it with SIGKILL while eight complaints are being sent at a
time, and while eight officers record steps, half of them the same step of the same case: all its processes at
once, then the one that answers alone, then the one that started the others.
Whoever gets no answer asks again, as people do. Afterwards every receipt that was shown must open its
complaint, nothing may be there twice or gone, each officer who lost must have been told by whom, the record
must verify, and every fact must have a number of the log. It ends with 1 if any of that does not hold.
"""

import argparse
import os
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from bench.office_under_fire import Office, made_on_postgresql, made_on_sqlite
from bench.under_fire import Acts, Complaints

WAYS = ("all", "web", "main")
ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--complaints", type=int, default=1000)
    parser.add_argument("--acts", type=int, default=500)
    parser.add_argument("--kills", type=int, default=10, help="in each half")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    given = parser.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "duly_server.conf.settings"
    sys.path[:0] = [str(ROOT), str(ROOT / "src")]
    with tempfile.TemporaryDirectory() as folder, ExitStack() as until_done:
        home = Path(folder)
        made = made_on_sqlite if given.database == "sqlite" else made_on_postgresql
        office = until_done.enter_context(made(home))
        return 0 if held(office, given.complaints, given.acts, given.kills) else 1


def held(office: Office, complaints: int, acts: int, kills: int) -> bool:
    ways = [WAYS[turn % len(WAYS)] for turn in range(kills)]
    sent, done = Complaints(office, complaints, ways), Acts(office, acts, ways)
    office.serving.start()
    try:
        for each in (sent, done):
            each.run()
            print(each.says(), flush=True)
        began = time.perf_counter()
        faults = office.faults_of_the_record()
        print(f"{len(office.noted)} facts, {office.numbers} numbers of the log; ", end="")
        print(f"verified and rebuilt in {time.perf_counter() - began:.0f} s", flush=True)
        faults += [*sent.faults(), *done.faults()]
    finally:
        office.serving.stop()
    for fault in faults:
        print(f"  NO  {fault}")
    print("It holds." if not faults else "IT DOES NOT HOLD.")
    return not faults


if __name__ == "__main__":
    sys.exit(main())
