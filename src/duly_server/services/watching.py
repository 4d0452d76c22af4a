"""The figures of the office for a monitor: whether it is well, and what waits; nothing of what it holds."""

from datetime import date, datetime
from importlib.metadata import version

from django.db import Error

from duly_server.gateways.figures import Figure, by, magnitude, one
from duly_server.services.health import Part, failing
from duly_server.store import backlog, rounds


def figures(*, today: date, at: datetime) -> tuple[Figure, ...]:
    """Alike from every process of the office. What the database does not answer is left out."""
    failed = failing(at=at)
    found = [
        by("duly_info", "The version that runs.", "version", {version("duly"): 1.0}),
        by("duly_well", "Whether this part is well.", "part", {p: float(p not in failed) for p in Part}),
    ]
    if Part.DATABASE in failed or Part.TABLES in failed:
        return tuple(found)
    try:
        last, waiting = rounds.last(), backlog.counts(today=today, at=at)
    except Error:
        return tuple(found)
    if last is not None:
        age = max(0.0, (at - last.ended_at).total_seconds())
        found += [
            one("duly_worker_round_age_seconds", "Since the worker's last round was noted.", float(int(age))),
            one("duly_worker_failed_tasks", "Tasks of that round that failed.", float(last.failed)),
        ]
    found.append(
        by(
            "duly_backlog",
            "What waits for the worker, by order of magnitude.",
            "what",
            {what: float(magnitude(count)) for what, count in waiting.items()},
        )
    )
    return tuple(found)
