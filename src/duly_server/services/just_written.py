"""Cases as this process has just written them: who wrote looks next, and nothing is worked out twice."""

from collections import OrderedDict
from threading import Lock
from typing import Generic, TypeVar

Written = TypeVar("Written")


class JustWritten(Generic[Written]):
    """At most so many, by record and by the digest of its head, which stands for all the facts before it."""

    def __init__(self, at_most: int) -> None:
        self._at_most = at_most
        self._kept: OrderedDict[tuple[str, bytes], Written] = OrderedDict()
        self._lock = Lock()

    def keep(self, chain: str, digest: bytes, written: Written) -> None:
        with self._lock:
            self._kept[chain, digest] = written
            while len(self._kept) > self._at_most:
                self._kept.popitem(last=False)

    def take(self, chain: str, digest: bytes) -> Written | None:
        """It is not kept any longer: whoever takes it has it."""
        with self._lock:
            return self._kept.pop((chain, digest), None)

    def forget(self) -> None:
        with self._lock:
            self._kept.clear()
