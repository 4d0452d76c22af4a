"""The manual's files read and rendered: Markdown without any HTML in it, links among its pages kept right."""

import posixpath
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

from duly_server.gateways.shelf import folder

KINDS = {
    "tutorial": "To learn it",
    "howto": "To get something done",
    "explanation": "To understand it",
    "reference": "To look something up",
    "decisions": "Why it is built so",
}
_NAME = re.compile(r"[A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True)
class ManualPage:
    """One page: its title as plain text, its text as HTML that is safe to show."""

    title: str
    body: SafeString


@dataclass(frozen=True, slots=True)
class Entry:
    title: str
    url: str


def front() -> ManualPage | None:
    """What stands above the contents: docs/index.md."""
    path = folder("docs") / "index.md"
    return _rendered(path, "", path.stat().st_mtime_ns) if path.is_file() else None


def contents() -> tuple[tuple[str, tuple[Entry, ...]], ...]:
    """Every kind that has pages, and these in the order of their titles; decisions by number."""
    found: list[tuple[str, tuple[Entry, ...]]] = []
    for kind, heading in KINDS.items():
        paths = sorted((folder("docs") / kind).glob("*.md"))
        entries = [
            Entry(page.title, reverse("help-page", args=[kind, path.stem]))
            for path in paths
            if _NAME.fullmatch(path.stem) and (page := read(kind, path.stem))
        ]
        if kind != "decisions":
            entries.sort(key=lambda entry: entry.title.casefold())
        if entries:
            found.append((heading, tuple(entries)))
    return tuple(found)


def read(kind: str, name: str) -> ManualPage | None:
    """The page, None if there is none. The name is of letters, digits and hyphens: no path leads out."""
    if kind not in KINDS or not _NAME.fullmatch(name):
        return None
    path = folder("docs") / kind / f"{name}.md"
    return _rendered(path, kind, path.stat().st_mtime_ns) if path.is_file() else None


@lru_cache(maxsize=256)
def _rendered(path: Path, kind: str, _changed: int) -> ManualPage:
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = markdown.parse(path.read_text("utf-8"))
    _name_headings(tokens)
    for token in tokens:
        for child in token.children or []:
            if child.type == "link_open":
                child.attrs["href"] = _address(str(child.attrs.get("href", "")), kind)
    body = markdown.renderer.render(tokens, markdown.options, {})
    # Made by markdown-it with HTML switched off: what the file holds of it stands there escaped.
    return ManualPage(_title(tokens, path), mark_safe(body))  # noqa: S308 -- see above


def _title(tokens: Sequence[Token], path: Path) -> str:
    for token, after in pairwise(tokens):
        if token.type == "heading_open" and token.tag == "h1":
            return _plain(after)
    return path.stem.replace("-", " ")


def _name_headings(tokens: Sequence[Token]) -> None:
    seen: set[str] = set()
    for token, after in pairwise(tokens):
        if token.type == "heading_open":
            name = re.sub(r"[^\w]+", "-", _plain(after).casefold()).strip("-")
            if name and name not in seen:
                seen.add(name)
                token.attrs["id"] = name


def _plain(token: Token) -> str:
    return "".join(child.content for child in token.children or [])


def _address(href: str, kind: str) -> str:
    """The address of another page of the manual; any other link as it is."""
    parts = urlsplit(href)
    if parts.scheme or parts.netloc or not parts.path.endswith(".md"):
        return href
    where = posixpath.normpath(posixpath.join(kind, parts.path))
    folder_, _, name = where.rpartition("/")
    stem = name.removesuffix(".md")
    if folder_ in KINDS and _NAME.fullmatch(stem):
        return reverse("help-page", args=[folder_, stem]) + (f"#{parts.fragment}" if parts.fragment else "")
    return reverse("help") if where == "index.md" else href
