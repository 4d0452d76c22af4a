"""An office made with `duly init` and served by `duly serve`, one for all tests of a module.

Everything in it happens to real processes; the tests only ask, as browsers do, and look at the record with
the office's own commands. Its clock goes on by a day whenever the record is counted, and never back.
"""

from collections.abc import Iterator

import pytest
from bench.office_under_fire import Office, made
from tests.databases import Templates
from tests.services.conftest import keyring, small_office
from tests.web.desk.conftest import day, desk

__all__ = ["day", "desk", "keyring", "small_office"]


@pytest.fixture(scope="module")
def office(database_templates: Templates, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("office")
    databases = database_templates.fresh(folder / "data")
    found = made(folder, databases.environment)
    found.serving.start()
    try:
        yield found
    finally:
        found.serving.stop()
        database_templates.drop(databases)
