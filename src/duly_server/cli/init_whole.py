"""An office is made whole or not at all: what `duly init` made before it broke off is taken away again."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from duly.vocabulary import Problem


class BrokenOffError(Exception):
    """The office could not be made; `problem` says why, and that the command may be given again."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(str(problem))


@contextmanager
def whole(file: Path, keyring: Path) -> Iterator[None]:
    """What comes about in it stays together: tables apart, which the next try goes on with.

    Where it breaks off, the file of settings and what lies in the keyring's folder are gone again, unless
    they were there before; nothing that they open was kept. Raises BrokenOffError for a disk or a database.
    """
    from django.db import Error, transaction  # noqa: PLC0415 -- only where an office is

    from duly_server.cli.office import migrate  # noqa: PLC0415 -- the same
    from duly_server.store.router import KEYS  # noqa: PLC0415 -- the same

    before = {file} if file.exists() else set[Path]()
    had_folder = keyring.is_dir()
    before |= set(keyring.iterdir()) if had_folder else set()
    is_whole = False
    try:
        migrate()
        with transaction.atomic(), transaction.atomic(using=KEYS):
            yield
        is_whole = True
    except Error as fault:
        raise BrokenOffError(_of_database(fault)) from None
    except OSError as fault:
        where = f" ({fault.filename})" if fault.filename else ""
        raise BrokenOffError(_problem(f"{fault.strerror or type(fault).__name__}{where}.")) from None
    finally:
        if not is_whole:
            there = keyring.iterdir() if keyring.is_dir() else ()
            for made in {file, *there} - before:
                made.unlink(missing_ok=True)
            if keyring.is_dir() and not had_folder:
                keyring.rmdir()


def _of_database(fault: Exception) -> Problem:
    """By its kind alone: what a database says may name a person or a password."""
    return _problem(f"the database can't be reached, or takes nothing ({type(fault).__name__}).")


def _problem(why: str) -> Problem:
    return Problem(
        code="init-broken-off",
        says=f"The office was not set up: {why} No key and no settings were kept.",
        remedy="Look at the disk, and at the address and the rights of the database; then give the same "
        "command again.",
    )
