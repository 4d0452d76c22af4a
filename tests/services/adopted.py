"""Second editions and changed calendars of the small office, for tests of adopting them."""

from tests.services.office import ROOT

BANDS = (ROOT / "tests/rulebooks/village-bands.toml").read_text()
GB_ENG = (ROOT / "calendars/GB-ENG.toml").read_text()


def edition(name: str = "2027", since: str = "2026-04-01", *changes: tuple[str, str], mode: str = "") -> str:
    """The village bands' rulebook as another edition, in force from this day, with these texts replaced."""
    text = BANDS
    every = [
        ('edition       = "2026"', f'edition       = "{name}"'),
        ("in_force_from = 2026-01-01", f"in_force_from = {since}"),
        *changes,
    ]
    if mode:
        every.append(("finish the stage they are in", mode))
    for old, new in every:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def late_holiday(day: str = "2026-03-06", name: str = "late") -> str:
    """The calendar of England with one more closed day, as another edition."""
    lines = GB_ENG.splitlines()
    at = next(i for i, line in enumerate(lines) if line.startswith("edition"))
    lines[at] = f'edition = "{name}"'
    table = lines.index("[days]")
    return "\n".join([*lines[: table + 1], f'{day} = "Day of mourning"', *lines[table + 1 :], ""])
