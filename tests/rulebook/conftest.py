"""The example of the format, and a way to change it and see what the reader says."""

from collections.abc import Callable
from pathlib import Path

import pytest

from duly.rulebook.book import Rulebook
from duly.rulebook.fault import Unreadable
from duly.rulebook.read import read

Change = tuple[str, str]


@pytest.fixture(scope="session")
def example() -> str:
    """The text of the complete example of the format."""
    return (Path(__file__).parent.parent / "rulebooks" / "village-bands.toml").read_bytes().decode()


@pytest.fixture(scope="session")
def changed(example: str) -> Callable[..., str]:
    """The example with each (old, new) replaced; the old text must stand in it exactly once."""

    def change(*changes: Change) -> str:
        text = example
        for old, new in changes:
            assert text.count(old) == 1, (old, text.count(old))
            text = text.replace(old, new)
        return text

    return change


@pytest.fixture(scope="session")
def says(changed: Callable[..., str]) -> Callable[..., list[str]]:
    """All faults of the example with these changes, as a reader sees them."""

    def faults(*changes: Change) -> list[str]:
        found = read(changed(*changes))
        assert isinstance(found, Unreadable), "the reader found nothing wrong"
        return [str(fault) for fault in found.problems]

    return faults


@pytest.fixture(scope="session")
def reads(changed: Callable[..., str]) -> Callable[..., Rulebook]:
    """The example with these changes, read."""

    def book(*changes: Change) -> Rulebook:
        found = read(changed(*changes))
        assert isinstance(found, Rulebook), str(found)
        return found

    return book
