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
from duly_server.gateways.keys import KeyRing, copies
from duly_server.services import keeping
from duly_server.services.backup import DATA
from duly_server.services.premises import move_in
from duly_server.services.recovery import note
from duly_server.services.restoring import refused
from duly_server.services.restoring.papers import Papers, Say, WithoutKeyring, read_whole
from duly_server.store.backup import indexes, loading, snapshot
from duly_server.store.router import KEYS


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What came of it: rows by table, records read, and everything that is not as it should be."""

    rows: dict[str, int]
    records: int
    problems: tuple[str, ...]
    migrated: bool  # the backup is of an older release


def restore(papers: Papers, *, on: date, at: datetime, say: Say, accept_loss: bool = False) -> Found:
    """Set the office up where the settings say, and note it in its record.

    Raises BackupRefusedError and KeysRefusedError, and then nothing of the backup is there.
    """
    if papers.origin != settings.DULY_ORIGIN:
        raise BackupRefusedError(refused.other_origin(papers.origin, settings.DULY_ORIGIN))
    folder = Path(settings.DULY_KEYRING)
    copies.require_room(folder, papers.keyring)
    settings.DULY_HOME.mkdir(mode=0o700, parents=True, exist_ok=True)
    _bring_in(papers, lambda: copies.put_back(folder, papers.keyring), say=say, accept_loss=accept_loss)
    found = _look(papers, say=say, afresh=False)
    facts = papers.rows.get("store_factrow", 0)
    note(Restored(backup=papers.of_data.sha256, taken_on=papers.on, facts=facts), on=on, at=at)
    return found


def rehearse(papers: Papers, *, say: Say, accept_loss: bool = False) -> Found:
    """The same in databases of the moment, with the keys in memory alone; the indexes are made from nothing.

    The settings must lead to a temporary place. Raises as `restore`.
    """
    settings.DULY_ORIGIN = papers.origin
    _bring_in(papers, lambda: copies.in_memory(papers.keyring), say=say, accept_loss=accept_loss)
    return _look(papers, say=say, afresh=True)


def _bring_in(papers: Papers, keyring: Callable[[], KeyRing], *, say: Say, accept_loss: bool) -> None:
    """The rows of both backups into both databases, all or nothing; then newer migrations.

    The keyring is put there last before the commit: keys without an office are waste, the other way is loss.
    """
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
        move_in(keyring())
    for alias in connections:
        call_command("migrate", database=alias, verbosity=0, interactive=False)


def _look(papers: Papers, *, say: Say, afresh: bool) -> Found:
    say("Verifying every chain and every sealed part.")
    problems = [
        f"{each.chain} {each.place}: {each.says}"
        for each in keeping.verify_record(seen=_every(1000, say, "chains verified"))
    ]
    say("Making the indexes afresh from the record.")
    seen = _every(1000, say, "records read")
    migrated = papers.of_data.head["migrations"] != snapshot.migrations("default")
    if migrated:  # tables that came later have nothing in them yet to compare with
        keeping.rebuild(on=papers.on, seen=seen)
    before = indexes.tallies()
    if afresh:
        indexes.empty()
    rebuilt = keeping.rebuild(on=papers.on, seen=seen)
    for table, was in before.items():
        now = indexes.tallies([table])[table]
        if now != was:
            problems.append(
                f"Index {table}: {was.count} rows in the backup, {now.count} made afresh; they differ."
            )
    if rebuilt.changed and not afresh:
        problems.append(f"{rebuilt.changed} index rows were not as the record says; they are now.")
    return Found(rows=papers.rows, records=rebuilt.read, problems=tuple(problems), migrated=migrated)


def _every(often: int, say: Say, what: str) -> Callable[[int], object]:
    """Says how far it is, now and then."""
    said = 0

    def seen(count: int) -> None:
        nonlocal said
        if count // often != said:
            said = count // often
            say(f"  {count} {what}")

    return seen


def _shown(say: Say, of: Mapping[str, int]) -> Callable[[str, int], object]:
    def progress(table: str, done: int) -> None:
        if done % 5000 == 0 or (done == of[table] and done > 5000):
            say(f"  {table}: {done} of {of[table]} rows")

    return progress
