"""The pages on history: the map they show can be read, and every key a map may have is named."""

import re
from pathlib import Path
from textwrap import dedent

from duly_server.services.history import mapping
from duly_server.services.history.mapping import FileMap, read_map

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/reference/import.md").read_text(encoding="utf-8")
HOWTO = (ROOT / "docs/howto/take-in-history.md").read_text(encoding="utf-8")


def test_the_map_of_the_guide_can_be_read() -> None:
    said = read_map(dedent(HOWTO.partition("```toml\n")[2].partition("```")[0]))
    assert isinstance(said, FileMap), said
    assert said.complaints is not None
    assert said.allegations is not None
    assert said.complaints.columns == ("No", "Day", "What", "Place")
    assert said.allegations.pending == ("open",)


def test_every_key_of_a_map_is_named() -> None:
    named = set(re.findall(r"`\[?([a-z0-9-]+)\]?`", PAGE))
    for table in ("complaints", "allegations"):
        keys = (*mapping._COLUMNS[table], *mapping._LABELLED[table], *mapping._WORDS[table])
        assert named >= {table, *keys}
    assert named >= {*mapping._TOP, *mapping._ENCODINGS}


def test_every_key_of_the_answer_is_named() -> None:
    answer = PAGE.partition("## What it answers")[2]
    assert set(re.findall(r"`([a-z]+)`", answer)) >= {
        *("read", "taken", "refused", "known", "complaints", "allegations", "findings", "pending"),
        *("problems", "file", "line", "says", "remedy"),
    }
