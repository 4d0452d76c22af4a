"""Every kind of fault, in the words a secretary reads (faults.toml)."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

CHANGES: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "faults.toml").read_text())["change"]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change["says"][0].partition(": ")[0])
def test_what_the_reader_says(change: dict[str, Any], says: Callable[..., list[str]]) -> None:
    assert says((change["old"], change["new"])) == change["says"]
