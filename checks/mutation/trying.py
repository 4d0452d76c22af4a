"""Shows each mutant of a module to the tests that pass over its line, in a process of its own."""

import importlib
import os
import re
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

import pytest

from checks.mutation import seen
from checks.mutation.mutants import Mutant, mutants
from checks.mutation.patching import UnreachableError, patch

_FOUND, _SURVIVED, _NOT_MADE = 1, 0, 9
_PATIENCE = 4  # a mutant may make a test take so many times as long, and some seconds more
_SECONDS_MORE = 5


class Fate(StrEnum):
    KILLED = "killed"
    STOPPED = "killed by the clock"
    SURVIVED = "survived"
    UNSEEN = "no test passes there"
    NOT_MADE = "could not be made"


@dataclass(frozen=True, slots=True)
class Tried:
    mutant: Mutant
    fate: Fate
    tests: int


@dataclass(slots=True)
class Trying:
    """A plugin of pytest: instead of the tests it runs the mutants of `modules` (by file) against them.

    `budget` is how many seconds of tests one mutant is shown at the most. `only` are functions and constants,
    `again` mutants as `survivors` gives them: no others are tried. What each test passes over is kept in the
    file `kept`, for the next time that the modules are the same.
    """

    modules: dict[str, str]
    budget: float
    only: frozenset[str] = frozenset()
    again: frozenset[str] | None = None
    kept: Path | None = None
    tried: dict[str, list[Tried]] = field(default_factory=dict)
    failing: list[str] = field(default_factory=list)
    digests: dict[str, str] = field(default_factory=dict)
    _outcome: seen.Outcome = field(default_factory=seen.Outcome)
    _killers: dict[str, str] = field(default_factory=dict)
    _kills: Counter[tuple[str, str]] = field(default_factory=Counter)
    _rarity: dict[str, dict[str, int]] = field(default_factory=dict)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        session.config.pluginmanager.register(self._outcome)
        items = {item.nodeid: item for item in session.items if not _asks_for_more(item)}
        # as imported just now
        sources = {path: Path(path).read_text(encoding="utf-8") for path in self.modules}
        self.digests = {path: seen.digest_of(source) for path, source in sources.items()}
        known = self._watch(items)
        self.failing = [name for name, one in known.items() if not one.passes]
        known = {name: one for name, one in known.items() if one.passes}
        for path in self.modules:
            self.tried[path] = list(self._of_module(path, sources[path], items, known))
        return True

    def _watch(self, items: dict[str, pytest.Item]) -> dict[str, seen.Seen]:
        """In a process of its own too: what a test leaves in a cache would hide a mutant."""
        files = list(self.modules)
        known = seen.read(self.kept, self.digests) if self.kept and self.kept.exists() else {}
        unknown = [item for name, item in items.items() if name not in known]
        with tempfile.TemporaryDirectory() as folder:
            told = Path(folder) / "seen.json"
            child = _forked()
            if child == 0:
                seen.write(told, self.digests, seen.watched(unknown, files, self._outcome))
                os._exit(0)
            os.waitpid(child, 0)
            known |= seen.read(told, self.digests)
        if self.kept and unknown:
            seen.write(self.kept, self.digests, known)
        return {name: one for name, one in known.items() if name in items}

    def _of_module(
        self, path: str, source: str, items: dict[str, pytest.Item], known: dict[str, seen.Seen]
    ) -> Iterator[Tried]:
        name = self.modules[path]
        for mutant in mutants(source):
            shown = f"{mutant.owner}: {mutant.was} -> {mutant.becomes}"
            if self.only and mutant.owner not in self.only:
                continue
            if self.again is not None and f"{name} {shown}" not in self.again:
                continue
            over = self._over(path, mutant, known)
            fate = self._fate(path, source, mutant, [items[each] for each in over], known)
            yield Tried(mutant, fate, len(over))
            print(f"{name}:{mutant.line} {fate.value}: {shown}", flush=True)

    def _over(self, path: str, mutant: Mutant, known: dict[str, seen.Seen]) -> list[str]:
        """The tests that pass over it: those that found others, then short ones that go where few do."""
        lines = range(mutant.line, mutant.last + 1)
        over = [
            name
            for name, one in known.items()
            if (path in one.lines and (mutant.is_constant or any(line in lines for line in one.lines[path])))
        ]
        last = self._killers.get(f"{path} {mutant.owner}")
        rare = self._rare(path, known)
        over.sort(key=lambda name: (name != last, -self._kills[path, name], rare[name] * known[name].took))
        spent, some = 0.0, list[str]()
        for name in over:
            spent += known[name].took
            if some and spent > self.budget:
                break
            some.append(name)
        return some

    def _rare(self, path: str, known: dict[str, seen.Seen]) -> dict[str, int]:
        """By how few tests the least visited line is visited that each of them passes over in this file."""
        if path not in self._rarity:
            visits = Counter(line for one in known.values() for line in one.lines.get(path, ()))
            self._rarity[path] = {
                name: min(visits[line] for line in one.lines[path])
                for name, one in known.items()
                if one.lines.get(path)
            }
        return self._rarity[path]

    def _fate(
        self, path: str, source: str, mutant: Mutant, items: list[pytest.Item], known: dict[str, seen.Seen]
    ) -> Fate:
        if not items:
            return Fate.UNSEEN
        told, tell = os.pipe()
        child = _forked()
        if child == 0:
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            os._exit(self._shown(self.modules[path], source, mutant, items, tell, known))
        os.close(tell)
        with os.fdopen(told) as reading:
            killer = reading.read()
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if killer:
            self._killers[f"{path} {mutant.owner}"] = killer
            self._kills[path, killer] += 1
        fates = {_FOUND: Fate.KILLED, _SURVIVED: Fate.SURVIVED, _NOT_MADE: Fate.NOT_MADE}
        return fates.get(status, Fate.STOPPED)

    def _shown(
        self,
        name: str,
        source: str,
        mutant: Mutant,
        items: list[pytest.Item],
        tell: int,
        known: dict[str, seen.Seen],
    ) -> int:
        """The exit code of the process that was made for this."""
        try:
            patch(importlib.import_module(name), source, mutant)
        except UnreachableError:
            return _NOT_MADE
        except Exception:  # a constant that cannot even be worked out is noticed by whoever imports it
            return _FOUND
        for item, following in zip(items, [*items[1:], None], strict=True):
            signal.alarm(_SECONDS_MORE + round(known[item.nodeid].took * _PATIENCE))
            try:
                passes = seen.run(item, following, self._outcome)
            except BaseException:  # whatever a mutant raises through pytest itself
                passes = False
            if not passes:
                os.write(tell, item.nodeid.encode())
                return _FOUND
        return _SURVIVED


def survivors(printed: str) -> frozenset[str]:
    """By module and change what no test noticed in an earlier run; lines may have moved since."""
    fates = "|".join((Fate.SURVIVED, Fate.UNSEEN))
    found = re.finditer(rf"^([a-z_.]+):\d+ (?:{fates}): (.+)$", printed, re.MULTILINE)
    return frozenset(f"{each.group(1)} {each.group(2)}" for each in found)


def _asks_for_more(item: pytest.Item) -> bool:
    """Databases and browsers are not shared between processes; and no rule of the house asks for one."""
    return bool(item.get_closest_marker("touches_database") or item.get_closest_marker("browser"))


def _forked() -> int:
    """As `os.fork`. What is waiting to be printed is printed once, and what a mutant's tests print never."""
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if child == 0:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
    return child
