"""Which tests pass over which lines, and how long each takes: so that a mutant is shown only to those."""

import json
import sys
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path
from time import perf_counter
from types import CodeType, FrameType
from typing import Any

import pytest


@dataclass(slots=True)
class Seen:
    """Of one test: the seconds it takes, whether it passes, and the lines it passes over, by file."""

    took: float
    passes: bool
    lines: dict[str, list[int]] = field(default_factory=dict)


class Watch:
    """Notes the lines of these files while a test runs. Nothing but functions of theirs is slowed down."""

    def __init__(self, files: list[str]) -> None:
        self.files = frozenset(files)
        self.lines: dict[str, set[int]] = {}

    def __enter__(self) -> "Watch":
        self.lines = {}
        sys.settrace(self._called)
        return self

    def __exit__(self, *_: object) -> None:
        sys.settrace(None)

    def _called(self, frame: FrameType, event: str, _: Any) -> Any:
        code: CodeType = frame.f_code
        if code.co_filename not in self.files:
            return None
        lines = self.lines.setdefault(code.co_filename, set())
        lines.add(frame.f_lineno)

        def within(inner: FrameType, event: str, _: Any) -> Any:
            lines.add(inner.f_lineno)
            return within

        return within


class Outcome:
    """A plugin that remembers whether anything failed since it was asked to forget."""

    def __init__(self) -> None:
        self.failed = False

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.failed = self.failed or report.failed


def run(item: pytest.Item, following: pytest.Item | None, outcome: Outcome) -> bool:
    """Whether it passes."""
    outcome.failed = False
    item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
    return not outcome.failed


def watched(items: list[pytest.Item], files: list[str], outcome: Outcome) -> dict[str, Seen]:
    """Runs them all: by the name of each test what was seen of it."""
    watch, found = Watch(files), dict[str, Seen]()
    for item, following in zip(items, [*items[1:], None], strict=bool(items)):
        start = perf_counter()
        with watch:
            passes = run(item, following, outcome)
        lines = {name: sorted(several) for name, several in watch.lines.items()}
        found[item.nodeid] = Seen(perf_counter() - start, passes, lines)
    return found


def write(kept: Path, digests: dict[str, str], known: dict[str, Seen]) -> None:
    """`digests` are of the files as they were imported: they may have changed meanwhile."""
    text = {"of": digests, "seen": {name: asdict(one) for name, one in known.items()}}
    kept.write_text(json.dumps(text), encoding="utf-8")


def read(kept: Path, digests: dict[str, str]) -> dict[str, Seen]:
    """Nothing, if one of the files was not watched or is another by now."""
    text = json.loads(kept.read_text(encoding="utf-8"))
    if any(text["of"].get(name) != digest for name, digest in digests.items()):
        return {}
    return {name: Seen(**one) for name, one in text["seen"].items()}


def digest_of(source: str) -> str:
    return sha256(source.encode()).hexdigest()
