"""What is measured, against what: `uv run python -m bench`, each pair measured in the same run.

The tables, and what they say of this release, are in docs/reference/speed.md.
"""

import os
import subprocess
import sys
from collections.abc import Sequence

PAIRS = {"docket": "bench.docket", "intake": "bench.intake", "record": "bench.record"}
SMALL = {
    "docket": ["--sizes", "2000", "--rounds", "2"],
    "intake": ["--rounds", "2"],
    "record": ["--rounds", "2"],
}
USAGE = f"python -m bench [{' | '.join(PAIRS)}] [--database sqlite | postgresql] [--small]"


def main(arguments: Sequence[str]) -> int:
    """Each pair in a process of its own, on both databases unless one is named; the exit code of the first
    that fails. `--small` only shows that everything runs: nothing it prints means anything."""
    names = [each for each in arguments if each in PAIRS]
    rest = [each for each in arguments if each not in PAIRS and each != "--small"]
    if rest and (len(rest) != 2 or rest[0] != "--database"):
        print(USAGE)
        return 2
    vendors = rest[1:] or ["sqlite", "postgresql"]
    for name in names or PAIRS:
        for vendor in vendors:
            small = SMALL[name] if "--small" in arguments else []
            command = [sys.executable, "-m", PAIRS[name], "--database", vendor, *small]
            done = subprocess.run(command, check=False, env=dict(os.environ))
            if done.returncode:
                return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
