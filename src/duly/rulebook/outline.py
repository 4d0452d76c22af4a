"""Where each heading and key of a TOML text stands; the standard reader gives values without their lines.

The scan is linear and keeps in step with TOML up to an error; there it finds its feet again at the next line
that looks like a heading or a key, so that one slip does not hide the rest of the file.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass, field

DEEPEST = 8  # parts of a dotted name; lists and tables within each other

_BLANK = re.compile(r"[ \t]*")
_SPACE = re.compile(r"[ \t\r\n]*(?:#[^\n]*[ \t\r\n]*)*")
_LINE_END = re.compile(r"[ \t]*(?:#[^\n]*)?\r?(?:\n|\Z)")
_PART = re.compile(r"""[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\[^\n])*"|'[^'\n]*'""")
_WORDS = re.compile(
    r'''"""(?:[^"\\]|\\.|"(?!""))*""""{0,2}|\'\'\'(?:[^']|'(?!\'\'))*\'\'\''{0,2}'''
    r"""|"(?!"")(?:[^"\\\n]|\\[^\n])*"|'(?!\'\')[^'\n]*\'""",
    re.DOTALL,
)
_SCALAR = re.compile(r"[^,\]}\n#\"'\[{]+")
_START = re.compile(
    r"""^[ \t]*(?:\[\[?[A-Za-z0-9_."' \t-]+\]?\]?[ \t]*(?:\#[^\n]*)?$"""
    r"""|(?:[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*')[ \t]*[.=])""",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A heading, or a key with its value. Lines count from 1 and both belong to it; `path` is dotted."""

    first: int
    last: int
    start: int
    end: int
    path: str
    is_heading: bool
    is_broken: bool


@dataclass(slots=True)
class Outline:
    """`lines` maps dotted paths to lines (list members by number: "separate.0.offices"); `headings` likewise.

    `too_deep` is the first line on which something lies deeper than any rulebook needs; the scan ends there.
    """

    lines: dict[str, int] = field(default_factory=dict[str, int])
    headings: dict[str, int] = field(default_factory=dict[str, int])
    statements: list[Statement] = field(default_factory=list[Statement])
    too_deep: int | None = None


def outline(text: str) -> Outline:
    """The outline of `text`, which uses "\\n" for its line ends."""
    scan = _Scan(text)
    try:
        scan.run()
    except _TooDeepError:
        scan.found.too_deep = scan.line()
    return scan.found


class _LostError(Exception):
    """Here the text is no TOML."""


class _TooDeepError(Exception):
    pass


class _Scan:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.found = Outline()
        self.heading = ""
        self.path = ""
        self.members: dict[str, int] = {}
        self.line_ends = [match.start() for match in re.finditer("\n", text)]

    def line(self, at: int | None = None) -> int:
        return bisect_right(self.line_ends, (self.at if at is None else at) - 1) + 1

    def run(self) -> None:
        while True:
            self._skip(_SPACE)
            if self.at >= len(self.text):
                return
            start, is_heading, is_broken = self.at, self.text[self.at] == "[", False
            self.path = "" if is_heading else f"{self.heading}.?".lstrip(".")
            try:
                self._heading() if is_heading else self._pair(self.heading)
                self._must(_LINE_END)
            except _LostError:
                is_broken = True
                self._find_feet(start)
            last = self.line(max(start, self.at - 1))
            self.found.statements.append(
                Statement(
                    first=self.line(start),
                    last=last,
                    start=start,
                    end=self.at,
                    path=self.path,
                    is_heading=is_heading,
                    is_broken=is_broken,
                )
            )

    def _find_feet(self, start: int) -> None:
        end = self.text.find("\n", start)
        after = _START.search(self.text, end + 1) if end >= 0 else None
        self.at = after.start() if after else len(self.text)

    def _heading(self) -> None:
        is_list = self.text.startswith("[[", self.at)
        line = self.line()
        self.at += 2 if is_list else 1
        path = self._key()
        self._must_be("]]" if is_list else "]")
        if is_list:
            self.members[path] = self.members.get(path, -1) + 1
            path = f"{path}.{self.members[path]}"
        self._mark("", path, line)
        self.found.headings.setdefault(path, line)
        self.heading = self.path = path

    def _pair(self, above: str) -> None:
        line = self.line()
        key = self._key()
        self._mark(above, key, line)
        path = f"{above}.{key}" if above else key
        self.path = path
        self._must_be("=")
        self._skip(_BLANK)
        self._value(path, 1)

    def _key(self) -> str:
        parts: list[str] = []
        while True:
            self._skip(_BLANK)
            part = self._must(_PART)
            parts.append(part.strip("\"'"))
            self._skip(_BLANK)
            if len(parts) > DEEPEST:
                raise _TooDeepError
            if not self.text.startswith(".", self.at):
                return ".".join(parts)
            self.at += 1

    def _value(self, path: str, depth: int) -> None:
        if depth > DEEPEST:
            raise _TooDeepError
        opening = self.text[self.at : self.at + 1]
        if opening == "[":
            self._list(path, depth)
        elif opening == "{":
            self._table(path, depth)
        elif opening and opening in "\"'":
            self._must(_WORDS)
        else:
            self._must(_SCALAR)

    def _list(self, path: str, depth: int) -> None:
        self.at += 1
        member = 0
        while not self._ends_with("]"):
            self.found.lines.setdefault(f"{path}.{member}", self.line())
            self._value(f"{path}.{member}", depth + 1)
            member += 1
            self._comma_or("]")

    def _table(self, path: str, depth: int) -> None:
        self.at += 1
        while not self._ends_with("}"):
            line = self.line()
            key = self._key()
            self._mark(path, key, line)
            self._must_be("=")
            self._skip(_BLANK)
            self._value(f"{path}.{key}", depth + 1)
            self._comma_or("}")

    def _ends_with(self, closing: str) -> bool:
        self._skip(_SPACE)
        if self.text.startswith(closing, self.at):
            self.at += 1
            return True
        return False

    def _comma_or(self, closing: str) -> None:
        self._skip(_SPACE)
        if self.text.startswith(",", self.at):
            self.at += 1
        elif not self.text.startswith(closing, self.at):
            raise _LostError

    def _mark(self, above: str, key: str, line: int) -> None:
        path = above
        for part in key.split("."):
            path = f"{path}.{part}" if path else part
            self.found.lines.setdefault(path, line)

    def _skip(self, pattern: re.Pattern[str]) -> None:
        match = pattern.match(self.text, self.at)
        self.at = match.end() if match else self.at

    def _must(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.text, self.at)
        if match is None:
            raise _LostError
        self.at = match.end()
        return match.group()

    def _must_be(self, wanted: str) -> None:
        if not self.text.startswith(wanted, self.at):
            raise _LostError
        self.at += len(wanted)
