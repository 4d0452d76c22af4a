"""Facts for the tests of the store."""

from datetime import UTC, date, datetime

from duly.record.facts import Channel, StepTaken
from duly.record.references import reference_from
from duly_server.store.batch import Batch, NewFact, Part

CASE = f"case/{reference_from(b'a case of the tests')}"
OTHER = f"case/{reference_from(b'another case of them')}"
THURSDAY = date(2026, 4, 2)
TEN = datetime(2026, 4, 2, 10, 0, tzinfo=UTC)
BY = "time"


def text(words: str) -> Part:
    return {"v": 1, "text": words}


def step(name: str = "serve-notice", **parts: Part) -> NewFact:
    body = StepTaken(step=name, channel=Channel.POST, days={"hearing": date(2026, 5, 1)})
    return NewFact(on=THURSDAY, noted_at=TEN, by=BY, body=body, parts=parts)


def batch(*facts: NewFact, expected: int = 0, chain: str = CASE) -> Batch:
    return Batch(chain, expected, facts)
