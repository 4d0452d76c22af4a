"""Why a restore is refused, in words, each with what to do."""

from pathlib import Path

from duly.vocabulary import Problem
from duly_server.services.backup import DATA


def no_keys() -> Problem:
    return Problem(
        code="keys-backup-missing",
        says="The data alone is not enough: names and stories in it are sealed, and the keys are not in it.",
        remedy="Name the backup of the keys with --keys; it was made with duly backup --keys.",
    )


def not_of_these_keys(path: Path) -> Problem:
    return Problem(
        code="not-of-these-keys",
        says=f"{path} was not made by the office whose keys these are.",
        remedy="Take the data and the keys of one office.",
    )


def other_kind(path: Path, kind: str) -> Problem:
    other = "keys" if kind == DATA else "data"
    return Problem(
        code="other-kind",
        says=f"{path} is a backup of the {other}, not of the {kind}.",
        remedy="The data comes first; the keys follow --keys.",
    )


def other_origin(origin: str, here: str) -> Problem:
    return Problem(
        code="other-origin",
        says=f"This is the office whose log is {origin}; the settings name {here}.",
        remedy=f"Set DULY_ORIGIN to {origin}, as it was.",
    )


def taken() -> Problem:
    return Problem(
        code="office-there-already",
        says="There is an office in the databases that the settings name. Nothing was changed.",
        remedy="Name another data folder or empty databases. Whether a backup is good, --rehearse says.",
    )


def newer(migration: str) -> Problem:
    return Problem(
        code="newer-release",
        says=f"The backup and the databases don't meet: {migration} is known to one side alone.",
        remedy="Restore with the release that made the backup or a newer one, into databases without tables.",
    )


def keys_too_old(lost: int) -> Problem:
    return Problem(
        code="keys-too-old",
        says=f"{lost} sealed parts of the data have no key in the backup of the keys: it is the older one.",
        remedy="Use a backup of the keys made after that of the data. If there is none, --accept-loss brings "
        "in the rest; those parts stay closed for ever.",
    )
