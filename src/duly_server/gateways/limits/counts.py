"""How often something was asked, counted in memory under names made with a key that is never stored.

One SQLite file in a folder in memory (place.py), shared by the processes of an office on one machine; where
there is no such folder each process counts in its own memory. Nothing of it reaches a disk, a backup or a
dump. Each machine counts for itself. The key is made when the first process starts, and again each day:
what was counted the day before is gone with it, so that no name of today is a name of yesterday.
"""

import hmac
import os
import secrets
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TypeVar

from duly_server.gateways.limits.place import FILE, hold

MOST_PAGES = 8192  # of 4 KiB: whoever asks from many networks fills 32 MB and no more
SWEPT_EVERY = 60  # seconds
_NAME = 16  # bytes
_TABLES = """
CREATE TABLE IF NOT EXISTS key (day TEXT NOT NULL PRIMARY KEY, key BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS counted (name BLOB NOT NULL PRIMARY KEY, free REAL NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS spent (number BLOB NOT NULL PRIMARY KEY, until REAL NOT NULL) WITHOUT ROWID;
"""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Budget:
    """`burst` times at once, and one more every `every` seconds."""

    burst: int
    every: float

    @property
    def span(self) -> float:
        return self.burst * self.every


class Counts:
    """Counts what is asked. `folder` lies in memory; without one this process counts alone.

    No fault of the counting stops anybody: what can't be counted is let through, and `on_fault` is told.
    """

    def __init__(self, folder: Path | None, *, on_fault: Callable[[Exception], None]) -> None:
        self._folder, self._on_fault = folder, on_fault
        self._lock = Lock()
        self._database: sqlite3.Connection | None = None
        self._process = self._held = -1
        self._day, self._key = "", b""
        self._swept = 0.0

    def take(self, what: str, whom: str, budget: Budget, *, at: float, day: str) -> float:
        """0.0 where this is within the budget, and it is counted; else the seconds until it would be.

        `at` in seconds since 1970. What is refused is not counted: asking again makes nobody wait longer.
        """
        return self._told(0.0, lambda: self._take(what, whom, budget, at, day))

    def give_back(self, what: str, whom: str, budget: Budget, *, at: float, day: str) -> None:
        """What was taken turned out to be none of what is limited."""
        self._told(None, lambda: self._give_back(what, whom, budget, at, day))

    def spend(self, number: bytes, *, until: float, at: float, day: str) -> bool:
        """True the first time for this number; it is remembered until then, also past midnight."""
        return self._told(True, lambda: self._spend(number, until, at, day))

    def close(self) -> None:
        with self._lock:
            self._shut()

    # --- inside: all of it under the lock -------------------------------------------------------------

    def _told(self, otherwise: T, does: Callable[[], T]) -> T:
        with self._lock:
            try:
                return does()
            except (sqlite3.Error, OSError) as fault:
                self._shut()
                self._on_fault(fault)
                return otherwise

    def _take(self, what: str, whom: str, budget: Budget, at: float, day: str) -> float:
        database = self._open(day, at)
        name = self._name(what, whom)
        # Whoever is over the limit only reads, so that a flood of refusals holds no lock.
        if wait := _wait(self._free(database, name, budget, at), budget, at):
            return wait
        with self._writing(database):
            free = self._free(database, name, budget, at)
            if wait := _wait(free, budget, at):
                return wait
            database.execute(
                "INSERT INTO counted VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET free = excluded.free",
                (name, free + budget.every),
            )
        return 0.0

    def _give_back(self, what: str, whom: str, budget: Budget, at: float, day: str) -> None:
        database = self._open(day, at)
        name = self._name(what, whom)
        with self._writing(database):
            database.execute("UPDATE counted SET free = free - ? WHERE name = ?", (budget.every, name))

    def _spend(self, number: bytes, until: float, at: float, day: str) -> bool:
        database = self._open(day, at)
        with self._writing(database):
            done = database.execute("INSERT OR IGNORE INTO spent VALUES (?, ?)", (number, until))
        return done.rowcount == 1

    def _free(self, database: sqlite3.Connection, name: bytes, budget: Budget, at: float) -> float:
        """When all that was taken will have come back; never before now, nor further off than it can be."""
        found = database.execute("SELECT free FROM counted WHERE name = ?", (name,)).fetchone()
        return min(max(found[0], at), at + budget.span) if found else at

    def _name(self, what: str, whom: str) -> bytes:
        """Under another key for each thing counted, so that nobody can be followed from one to the other."""
        return hmac.digest(self._key, f"{what}\0{whom}".encode("utf-8", "replace"), "sha256")[:_NAME]

    def _open(self, day: str, at: float) -> sqlite3.Connection:
        if self._database is None or self._process != os.getpid():
            self._database, self._day = self._opened(), ""
            self._process = os.getpid()
        if day != self._day:
            self._key = self._key_of(self._database, day)
            self._day = day
        if not 0 <= at - self._swept < SWEPT_EVERY:
            self._swept = at
            with self._writing(self._database):
                self._database.execute("DELETE FROM counted WHERE free < ?", (at,))
                self._database.execute("DELETE FROM spent WHERE until < ?", (at,))
        return self._database

    def _opened(self) -> sqlite3.Connection:
        if self._folder is not None and self._held < 0:
            self._held = hold(self._folder)
        where = ":memory:" if self._folder is None else str(self._folder / FILE)
        if self._folder is not None:
            os.close(os.open(where, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
        database = sqlite3.connect(where, timeout=1, isolation_level=None, check_same_thread=False)
        database.execute("PRAGMA journal_mode=MEMORY")
        database.execute("PRAGMA synchronous=OFF")
        database.execute("PRAGMA temp_store=MEMORY")
        database.execute("PRAGMA secure_delete=ON")
        database.execute(f"PRAGMA max_page_count={MOST_PAGES}")
        database.executescript(_TABLES)
        return database

    def _key_of(self, database: sqlite3.Connection, day: str) -> bytes:
        """The key of this day; whichever process comes first on it makes it and drops what was counted."""
        with self._writing(database):
            found = database.execute("SELECT key FROM key WHERE day = ?", (day,)).fetchone()
            if found:
                return bytes(found[0])
            key = secrets.token_bytes(32)
            database.execute("DELETE FROM key")
            database.execute("DELETE FROM counted")
            database.execute("INSERT INTO key VALUES (?, ?)", (day, key))
            return key

    @contextmanager
    def _writing(self, database: sqlite3.Connection) -> Iterator[None]:
        database.execute("BEGIN IMMEDIATE")
        try:
            yield
        except sqlite3.OperationalError as fault:
            database.rollback()
            if fault.sqlite_errorcode == sqlite3.SQLITE_FULL:  # begin anew: rather that than count no more
                database.execute("DELETE FROM counted")
                database.execute("DELETE FROM spent")
            raise
        except BaseException:
            database.rollback()
            raise
        else:
            database.commit()

    def _shut(self) -> None:
        if self._database is not None and self._process == os.getpid():
            self._database.close()
        self._database = None
        if self._held >= 0:
            os.close(self._held)
            self._held = -1


def _wait(free: float, budget: Budget, at: float) -> float:
    return max(0.0, free + budget.every - at - budget.span)
