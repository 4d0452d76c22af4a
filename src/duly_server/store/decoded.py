"""Facts from their bytes, read once."""

from functools import lru_cache

from duly.record import codec
from duly.record.facts import Fact


@lru_cache(maxsize=8192)
def fact_from(data: bytes) -> Fact:
    """The fact in these bytes, which stand in the record. What never changes need not be read twice."""
    return codec.fact_from_record(data)
