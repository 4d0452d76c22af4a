"""Every comment that silences a check says why, and no test is set aside."""

import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CODE = sorted(
    [*ROOT.glob("*.py"), *(p for d in ("src", "tests", "checks", "bench") for p in (ROOT / d).rglob("*.py"))]
)

SILENCES = re.compile(
    r"#\s*(?:flake8|isort|mypy|noqa|nosec|pragma|pyright|ruff|type:\s*ignore)\b", re.IGNORECASE
)
WITH_REASON = re.compile(
    r"# noqa: [A-Z]+\d+(?:, ?[A-Z]+\d+)* -- \w.{7,}"
    r"|# (?:type|pyright): ignore\[[\w, -]+\]  # \w.{7,}"
)
# A test that is set aside proves nothing: it is mended or removed.
SET_ASIDE = re.compile(
    r"\bmark\.(?:skip|skipif|xfail)\b|\bpytest\.(?:skip|xfail|importorskip)\b|\bSkipTest\b"
)


def _unexcused(source: str) -> Iterator[str]:
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        silences = token.type == tokenize.COMMENT and SILENCES.search(token.string)
        if silences and not WITH_REASON.fullmatch(token.string):
            yield token.string


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_excuse_has_its_reason(path: Path) -> None:
    assert list(_unexcused(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "path", [p for p in CODE if p != Path(__file__).resolve()], ids=lambda p: str(p.relative_to(ROOT))
)
def test_no_test_is_set_aside(path: Path) -> None:
    assert SET_ASIDE.findall(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "comment",
    [
        "# noqa",
        "# noqa: S101",
        "# noqa: S101 because of this",
        "# noqa -- the reason is here",
        "# type: ignore",
        "# type: ignore[attr-defined]",
        "# type: ignore  # the stubs are wrong here",
        "# ruff: noqa",
        "# mypy: ignore-errors",
        "# pyright: basic",
        "# pragma: no cover",
    ],
)
def test_an_excuse_without_a_reason_is_found(comment: str) -> None:
    assert list(_unexcused(f"x = 1  {comment}\n")) == [comment]


@pytest.mark.parametrize(
    "comment",
    [
        "# noqa: S101 -- the type checker needs to hear it",
        "# noqa: S603, S607 -- the command is ours, word for word",
        "# type: ignore[attr-defined]  # the stubs lack it",
        "# the type of person who ignores a letter",
    ],
)
def test_an_excuse_with_a_reason_is_let_through(comment: str) -> None:
    assert list(_unexcused(f"x = 1  {comment}\n")) == []
