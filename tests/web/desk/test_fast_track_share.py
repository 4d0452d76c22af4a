"""The form of the fast track says when the share the rulebook allows is taken; sending it is refused."""

import pytest
from tests.services.conftest import furnish
from tests.services.test_casework import accepted
from tests.services.test_fast_track_share import CAPPED, on_it, put
from tests.web.desk.officer import Desk

from duly_server.gateways.keys import FileKeyRing

TODAY = "2026-04-01"
FULL = "As many cases are on the fast track as the rulebook allows (1 in 3 of the open)."
ASKED = {"criterion": "2", "reasons": "He leaves office in May."}


@pytest.fixture
def capped(db: None, keyring: FileKeyRing, day: None) -> Desk:
    """The desk of the village bands, with at most one in three of the open cases on the fast track."""
    return Desk(furnish(CAPPED))


def test_the_form_says_that_the_share_is_taken_and_sending_it_is_refused(capped: Desk) -> None:
    first, second = accepted(capped.office), accepted(capped.office)
    chair = capped.as_("panel-chair", TODAY)
    url = f"/desk/cases/{second}/fast-track"
    assert FULL not in chair.get(url).words
    put(capped.office, first, "2026-03-31")
    assert FULL in chair.get(url).words
    assert FULL in chair.send(url, ASKED, 422).refusal()
    assert on_it([first, second]) == 1


def test_where_there_is_room_it_is_put_on_it(capped: Desk) -> None:
    cases = [accepted(capped.office) for _ in range(6)]
    put(capped.office, cases[0], "2026-03-31")
    chair = capped.as_("panel-chair", TODAY)
    assert FULL not in chair.get(f"/desk/cases/{cases[1]}/fast-track").words
    chair.send(f"/desk/cases/{cases[1]}/fast-track", ASKED)
    assert on_it(cases) == 2
