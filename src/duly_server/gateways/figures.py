"""What this process has counted, for a monitor, and the text a monitor reads (Prometheus, text format 0.0.4).

A closed list of figures, and none that what a reporter does would move at that moment: a count that goes up
by one at 23:14 tells the minute of a report as well as a line of a log does (docs/decisions/013).
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from threading import Lock

BUCKETS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)  # seconds
STEP_OF_FAULTS = 5  # faults of public pages are told in steps of these, and once an hour
STEP_OF_WAITS = 10
HOUR = 3600

Labels = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure with what it says, its kind ("counter", "gauge", "histogram") and its values by labels."""

    name: str
    says: str
    kind: str
    values: tuple[tuple[str, Labels, float], ...]  # what follows the name, labels, value


def one(name: str, says: str, value: float, *, kind: str = "gauge") -> Figure:
    return Figure(name, says, kind, (("", {}, value),))


def by(name: str, says: str, label: str, values: Mapping[str, float], *, kind: str = "gauge") -> Figure:
    return Figure(name, says, kind, tuple(("", {label: key}, value) for key, value in values.items()))


def text(figures: Iterable[Figure]) -> str:
    """The figures as Prometheus reads them."""
    lines: list[str] = []
    for each in figures:
        lines += [f"# HELP {each.name} {each.says}", f"# TYPE {each.name} {each.kind}"]
        for suffix, labels, value in each.values:
            inside = ",".join(f'{name}="{said}"' for name, said in labels.items())
            lines.append(
                f"{each.name}{suffix}{{{inside}}} {value:g}"
                if inside
                else f"{each.name}{suffix} {value:.15g}"
            )
    return "\n".join([*lines, ""])


def magnitude(count: int) -> int:
    """0, 10, 100, 1000, ...: the largest that is not above the count; one more or less is seen by nobody."""
    return 0 if count < 10 else int(10 ** (len(str(count)) - 1))


@dataclass
class Counted:
    """What one process counts while it serves. Threads may share it."""

    _lock: Lock = field(default_factory=Lock)
    _desk: dict[str, int] = field(default_factory=lambda: dict.fromkeys(("2xx", "3xx", "4xx", "5xx"), 0))
    _took: list[int] = field(default_factory=lambda: [0] * (len(BUCKETS) + 1))
    _seconds: float = 0.0
    _waits: dict[str, int] = field(default_factory=dict[str, int])
    _faults: int = 0
    _faults_before: int = 0
    _hour: int = -1

    def desk(self, status: int, seconds: float) -> None:
        """A request of somebody who logs in was answered."""
        with self._lock:
            kind = f"{status // 100}xx"
            self._desk[kind] = self._desk.get(kind, 0) + 1
            self._took[bisect_left(BUCKETS, seconds)] += 1
            self._seconds += seconds

    def wait(self, lane: str) -> None:
        """Somebody was bidden to wait: over a limit, or every thread taken."""
        with self._lock:
            self._waits[lane] = self._waits.get(lane, 0) + 1

    def public_fault(self, *, at: float) -> None:
        """A page that needs no login failed. `at` in seconds since 1970."""
        with self._lock:
            self._turn(at)
            self._faults += 1

    def figures(self, lanes: Iterable[str], *, at: float) -> tuple[Figure, ...]:
        with self._lock:
            self._turn(at)
            waits = {lane: float(self._waits.get(lane, 0) // STEP_OF_WAITS * STEP_OF_WAITS) for lane in lanes}
            told = -(-self._faults_before // STEP_OF_FAULTS) * STEP_OF_FAULTS
            desk = {kind: float(count) for kind, count in self._desk.items()}
            took, seconds = tuple(self._took), self._seconds
        return (
            by("duly_desk_requests_total", "Requests at the desk answered.", "status", desk, kind="counter"),
            _histogram(
                "duly_desk_request_seconds", "Seconds these took, without standing in line.", took, seconds
            ),
            by("duly_waits_total", "People bidden to wait, in tens.", "lane", waits, kind="counter"),
            one(
                "duly_public_faults_total",
                "Failures of public pages until the last full hour, in fives.",
                float(told),
                kind="counter",
            ),
        )

    def _turn(self, at: float) -> None:
        """What failed in an hour is told when the hour is over."""
        hour = int(at // HOUR)
        if hour != self._hour:
            self._hour, self._faults_before = hour, self._faults


def _histogram(name: str, says: str, took: tuple[int, ...], seconds: float) -> Figure:
    sums = [sum(took[: turn + 1]) for turn in range(len(took))]
    values: list[tuple[str, Labels, float]] = [
        ("_bucket", {"le": f"{bound:g}"}, float(count))
        for bound, count in zip(BUCKETS, sums[:-1], strict=True)
    ]
    values += [
        ("_bucket", {"le": "+Inf"}, float(sums[-1])),
        ("_sum", {}, round(seconds, 3)),
        ("_count", {}, float(sums[-1])),
    ]
    return Figure(name, says, "histogram", tuple(values))
