"""What no template may hold: style or script of its own, an address elsewhere, a complaint in a title."""

import re
from pathlib import Path

import pytest

WEB = Path(__file__).parents[3] / "src" / "duly_server" / "web"
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
# Text goes out escaped: a template that says otherwise would need a very good reason.
FORBIDDEN = {
    "a style attribute": re.compile(r"\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "a script of its own": re.compile(r"<script\b(?![^>]*\bsrc=)", re.IGNORECASE),
    "a handler attribute": re.compile(r"\son[a-z]+\s*=", re.IGNORECASE),
    "an address elsewhere": re.compile(r"(?:https?:)?//(?!www\.w3\.org/)[\w.-]+\.\w", re.IGNORECASE),
    "a javascript address": re.compile(r"javascript:", re.IGNORECASE),
    "unescaped text": re.compile(r"\|\s*safe\b|\{%\s*autoescape\s+off"),
}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(WEB)))
def test_a_template_holds_nothing_that_the_policy_forbids(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert {what: found.findall(text) for what, found in FORBIDDEN.items() if found.search(text)} == {}


@pytest.mark.parametrize(
    "text",
    [
        '<p style="color: red">',
        "<style>p {}</style>",
        "<script>alert(1)</script>",
        '<a onclick="go()">',
        '<img src="https://example.org/a.png">',
        '<script src="//cdn.example.org/x.js">',
        '<a href="javascript:go()">',
        "{{ text|safe }}",
    ],
)
def test_what_is_forbidden_is_found(text: str) -> None:
    assert any(found.search(text) for found in FORBIDDEN.values())


@pytest.mark.parametrize("path", sorted((WEB / "static").rglob("*.*")), ids=lambda path: path.name)
def test_a_static_file_loads_nothing_from_elsewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert FORBIDDEN["an address elsewhere"].findall(text) == []
    assert "@import" not in text


@pytest.mark.parametrize("path", sorted((WEB / "static").rglob("*.css")), ids=lambda path: path.name)
def test_a_sheet_is_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 200


def test_every_glyph_and_mark_has_its_symbol() -> None:
    from duly_server.web.shared.chips import Glyph
    from duly_server.web.shared.drawing import BarSize, MarkKind

    sprite = (WEB / "templates" / "shared" / "sprite.html").read_text(encoding="utf-8")
    ids = set(re.findall(r'<(?:symbol|g) id="([\w-]+)"', sprite))
    glyphs = {f"g-{glyph.value}" for glyph in Glyph}
    marks = {f"c-{mark.value}-{size.value}" for mark in MarkKind for size in BarSize}
    assert ids == glyphs | marks
