"""An office from before there was a log: all its facts wait for a number, and get one."""

from datetime import timedelta
from io import StringIO

from django.core.management import call_command
from tests.databases import OfficeDatabases
from tests.store.sample import CASE, OTHER, THURSDAY, batch, step

from duly_server.gateways.keys import FileKeyRing
from duly_server.store import leaves
from duly_server.store.journal import DjangoJournal
from duly_server.store.models import LeafRow, WaitingRow
from duly_server.store.units import UnitKeys
from duly_server.store.verify import verify


def test_the_facts_of_an_older_office_wait_for_a_number(
    fresh_office_db: OfficeDatabases, keyring: FileKeyRing
) -> None:
    journal = DjangoJournal("office.example/duly", UnitKeys(keyring))
    journal.append([batch(step(), step()), batch(step(), chain=OTHER)])
    for target in (["store", "0005"], []):
        call_command("migrate", *target, verbosity=0, interactive=False, stdout=StringIO())
    rows = set(WaitingRow.objects.values_list("chain", "place", "last", "day"))
    assert rows == {(CASE, 1, 2, None), (OTHER, 1, 1, None)}
    assert list(verify(journal)) == []
    assert leaves.number(today=THURSDAY + timedelta(days=1)) == 3
    assert sorted(LeafRow.objects.values_list("number", flat=True)) == [0, 1, 2]
    assert list(verify(journal)) == []
