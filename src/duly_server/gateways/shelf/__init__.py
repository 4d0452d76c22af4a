"""Rulebooks, calendars and manual pages as files: those that are shipped, and those somebody names.

In a clone they lie at the top of the repository; in a wheel beside the code.
"""

from dataclasses import dataclass
from pathlib import Path

_PACKAGE = Path(__file__).parents[2]
_SHIPPED = _PACKAGE / "shipped"
_CLONE = _PACKAGE.parents[1]
LARGEST = 4 * 1024 * 1024  # bytes; no rulebook or calendar comes near


class NotOnShelfError(Exception):
    """No such file, or one that is no text; the message says what to name instead."""


@dataclass(frozen=True, slots=True)
class Text:
    """The text of a file, and where it came from (a name or a path, for messages)."""

    source: str
    text: str


def folder(kind: str) -> Path:
    """Where shipped files of a kind ("rulebooks", "calendars", "docs") lie."""
    shipped = _SHIPPED / kind
    return shipped if shipped.is_dir() else _CLONE / kind


def find_rulebook(name: str) -> Text:
    """A file, a folder (its newest edition by name), or the name of a shipped one."""
    for path in (Path(name), folder("rulebooks") / name):
        if path.is_file():
            return _read(path, name)
        if path.is_dir() and (editions := sorted(path.glob("*.toml"))):
            return _read(editions[-1], name)
    known = ", ".join(sorted(p.name for p in folder("rulebooks").iterdir() if p.is_dir()))
    raise NotOnShelfError(f"There is no rulebook {name!r}. Name a file, a folder, or one of: {known}.")


def find_scenarios(name: str) -> tuple[Text, ...]:
    """The files in `scenarios` beside the rulebook that `find_rulebook` finds, by their names."""
    for path in (Path(name), folder("rulebooks") / name):
        beside = (path if path.is_dir() else path.parent) / "scenarios"
        if path.exists() and (files := sorted(beside.glob("*.toml"))):
            return tuple(_read(each, each.name) for each in files)
    raise NotOnShelfError(
        f"There is no scenario beside {name!r}. Write some into a folder “scenarios” next to the rulebook."
    )


def find_calendar(name: str) -> Text:
    """A file, or the name of a shipped one ("GB-ENG")."""
    for path in (Path(name), folder("calendars") / f"{name}.toml"):
        if path.is_file():
            return _read(path, name)
    known = ", ".join(sorted(p.stem for p in folder("calendars").glob("*.toml")))
    raise NotOnShelfError(f"There is no calendar {name!r}. Name a file, or one of: {known}.")


def shipped_calendar(name: str) -> str | None:
    """The text of a calendar that travels with Duly; None if none of that name does."""
    path = folder("calendars") / f"{name}.toml"
    return _read(path, name).text if path.is_file() else None


def _read(path: Path, name: str) -> Text:
    if path.stat().st_size > LARGEST:
        raise NotOnShelfError(f"{name} is larger than {LARGEST // 2**20} MiB; no such file needs to be.")
    try:
        # Byte for byte: line ends count in the digest that a case pins.
        return Text(name, path.read_bytes().decode("utf-8"))
    except UnicodeDecodeError as fault:
        raise NotOnShelfError(f"{name} is not UTF-8 text (byte {fault.start}). Save it as UTF-8.") from fault
    except OSError as fault:
        raise NotOnShelfError(f"{name} can't be read: {fault.strerror}.") from fault
