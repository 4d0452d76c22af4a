"""Restoring an office, and rehearsing that.

Both files were read to their last line before. The tables come in, both databases in one go; migrations
newer than the backup follow; then the record is verified and the indexes are made afresh.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connections, transaction

from duly.record.facts import Restored
from duly_server.gateways import backup_file
from duly_server.gateways.backup_file import BackupRefusedError
from duly_server.gateways.keys import copies
from duly_server.services import keeping
from duly_server.services.backup import DATA
from duly_server.services.premises import move_in
from duly_server.services.recovery import note
from duly_server.services.restoring import refused
from duly_server.services.restoring.papers import Papers, Say, WithoutKeyring, read_whole
from duly_server.store.backup import indexes, loading
from duly_server.store.router import KEYS


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What came of it: rows by table, records read, and everything that is not as it should be."""

    rows: dict[str, int]
    records: int
    problems: tuple[str, ...]


def restore(papers: Papers, *, on: date, at: datetime, say: Say, accept_loss: bool = False) -> Found:
    """Set the office up where the settings say, and note it in its record.

    Raises BackupRefusedError and KeysRefusedError, and then nothing of the backup is there.
    """
    if papers.origin != settings.DULY_ORIGIN:
        raise BackupRefusedError(refused.other_origin(papers.origin, settings.DULY_ORIGIN))
    folder = Path(settings.DULY_KEYRING)
    copies.require_room(folder, papers.keyring)
    settings.DULY_HOME.mkdir(parents=True, exist_ok=True)
    facts = _bring_in(papers, say=say, accept_loss=accept_loss)
    move_in(copies.put_back(folder, papers.keyring))
    found = _look(papers, say=say, afresh=False)
    note(Restored(backup=papers.of_data.sha256, taken_on=papers.on, facts=facts), on=on, at=at)
    return found


def rehearse(papers: Papers, *, say: Say, accept_loss: bool = False) -> Found:
    """The same in databases of the moment, with the keys in memory alone; the indexes are made from nothing.

    The settings must lead to a temporary place. Raises as `restore`.
    """
    _bring_in(papers, say=say, accept_loss=accept_loss)
    settings.DULY_ORIGIN = papers.origin
    move_in(copies.in_memory(papers.keyring))
    return _look(papers, say=say, afresh=True)


def _bring_in(papers: Papers, *, say: Say, accept_loss: bool) -> int:
    """The rows of both backups into both databases: all or nothing; then newer migrations. Counts facts."""
    try:
        for alias in ("default", KEYS):
            loading.require_empty(alias)
        states = {
            alias: loading.migrate_to(alias, whole.head["migrations"])
            for alias, whole in (("default", papers.of_data), (KEYS, papers.of_keys))
        }
    except loading.TakenError:
        raise BackupRefusedError(refused.taken()) from None
    except loading.NewerReleaseError as newer:
        raise BackupRefusedError(refused.newer(str(newer))) from None
    shown = _shown(say, papers.rows)
    into = {alias: loading.Loader(alias, apps, progress=shown) for alias, apps in states.items()}
    with transaction.atomic(), transaction.atomic(using=KEYS):
        for path, alias, kind in ((papers.keys, KEYS, KEYS), (papers.data, "default", DATA)):
            receiver = WithoutKeyring(into[alias]) if alias == KEYS else into[alias]
            if read_whole(path, kind, receiver, papers.private).signed != papers.signed(kind):
                raise BackupRefusedError(backup_file.damaged(path, "It changed while it was read."))
            if unlike := into[alias].unlike():
                raise BackupRefusedError(backup_file.damaged(path, f"Not as it was: {', '.join(unlike)}."))
        lost = indexes.parts_without_key()
        if lost and not accept_loss:
            raise BackupRefusedError(refused.keys_too_old(lost))
    for alias in connections:
        call_command("migrate", database=alias, verbosity=0, interactive=False)
    return into["default"].counted().get("store_factrow", 0)


def _look(papers: Papers, *, say: Say, afresh: bool) -> Found:
    say("Verifying every chain and every sealed part.")
    problems = [f"{each.chain} {each.place}: {each.says}" for each in keeping.verify_record()]
    say("Making the indexes afresh from the record.")
    before = indexes.tallies()
    if afresh:
        indexes.empty()
    rebuilt = keeping.rebuild(on=papers.on)
    for table, was in before.items():
        now = indexes.tallies([table])[table]
        if now != was:
            problems.append(
                f"Index {table}: {was.count} rows in the backup, {now.count} made afresh; they differ."
            )
    if rebuilt.changed and not afresh:
        problems.append(f"{rebuilt.changed} index rows were not as the record says; they are now.")
    return Found(rows=papers.rows, records=rebuilt.read, problems=tuple(problems))


def _shown(say: Say, of: Mapping[str, int]) -> Callable[[str, int], object]:
    def progress(table: str, done: int) -> None:
        if done % 5000 == 0 or (done == of[table] and done > 5000):
            say(f"  {table}: {done} of {of[table]} rows")

    return progress
