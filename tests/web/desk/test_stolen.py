"""T02: who has the databases and runs the office's own program on them, without the keys, learns no name."""

from datetime import date
from pathlib import Path

import pytest
from tests.services.test_casework import accepted
from tests.web.desk.officer import Desk

from duly_server.gateways.keys import FileKeyRing
from duly_server.services import premises
from duly_server.store.batch import PartAt, Unopened

WRITTEN = ("Bo Lind", "Mockery.", "Ada Winter", "ada@example.org", "mocked a player", "Within the rules")


def test_with_other_keys_the_docket_keeps_its_shape_and_nothing_that_was_written_opens(
    desk: Desk, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    reference = accepted(desk.office)
    officer = desk.as_("complaints-officer", "2026-03-26")
    url = f"/desk/cases/{reference}/seals?party=R"
    assert "Bo Lind" in officer.send(url, {"other": "To write to him.", "no_conflict": "on"}, 200).words
    thief = FileKeyRing.create(tmp_path / "a thief's", on=date(2026, 3, 1))
    stolen = premises.move_in(thief).journal
    pages = [officer.get(address) for address in ("/desk/", "/desk/docket", f"/desk/cases/{reference}")]
    assert reference in pages[1].words
    facts = len(stolen.read(f"case/{reference}"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(officer.client, "raise_request_exception", False)
        said = officer.client.post(url, {"seals": ["case:5:R"], "other": "To see what is in it."})
    for html in [*(page.html for page in pages), said.content.decode(), *capfd.readouterr()]:
        assert [word for word in WRITTEN if word in html] == []
    parts = stolen.open_parts([f"case/{reference}"])
    assert PartAt(f"case/{reference}", 5, "R") in parts
    assert all(isinstance(part, Unopened) for at, part in parts.items() if at.place <= 7)
    assert len(stolen.read(f"case/{reference}")) == facts  # nor is anything noted in the office's name
