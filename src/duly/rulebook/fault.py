"""What is wrong with a file, where, and what to write instead."""

from dataclasses import dataclass

SHOWN = 60


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that keeps a file from being read.

    `line` counts from 1; `says` begins with the place in the file and says what is wrong; `remedy` says what
    to write instead; `path` is dotted ("inquiry.report.after"); `also` is the other line where two disagree.
    """

    line: int
    says: str
    remedy: str
    path: str = ""
    also: int | None = None

    def __str__(self) -> str:
        if self.also is None:
            return f"line {self.line}, {self.says} {self.remedy}".strip()
        first, second = sorted((self.line, self.also))
        return f"line {first} and line {second}: {self.says} {self.remedy}".strip()


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why a file is not a rulebook: every fault of it, in the order of its lines."""

    problems: tuple[Fault, ...]

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))


def shown(text: str, most: int = SHOWN) -> str:
    """`text` on one line, cut to `most` characters, whatever cannot be printed as "?": safe in a sentence."""
    start = " ".join(text[: most * 4].split())
    plain = "".join(letter if letter.isprintable() else "?" for letter in start)
    if len(plain) > most or len(text) > most * 4:
        return plain[: most - 1] + "…"
    return plain
