"""Files from the shelf come as they are, and what is not there is said with what there is."""

import hashlib
from pathlib import Path

import pytest

from duly.timetable.calendar import Calendar, read_calendar
from duly_server.gateways.shelf import NotOnShelfError, find_calendar, find_rulebook, folder


def test_line_ends_stay_so_that_the_digest_is_that_of_the_file(tmp_path: Path) -> None:
    data = (folder("calendars") / "GB-ENG.toml").read_bytes().replace(b"\n", b"\r\n")
    path = tmp_path / "crlf.toml"
    path.write_bytes(data)
    calendar = read_calendar(find_calendar(str(path)).text)
    assert isinstance(calendar, Calendar)
    assert calendar.digest == hashlib.sha256(data).hexdigest()


def test_a_folder_gives_its_newest_edition(tmp_path: Path) -> None:
    for edition in ("2023", "2026"):
        (tmp_path / f"{edition}.toml").write_text(edition)
    assert find_rulebook(str(tmp_path)).text == "2026"


@pytest.mark.parametrize("find", [find_rulebook, find_calendar])
def test_what_is_not_there_is_said_with_what_there_is(find: object) -> None:
    assert callable(find)
    with pytest.raises(NotOnShelfError, match=r"Name a file.*or one of"):
        find("nowhere")


def test_a_file_that_is_no_text_is_refused_with_the_place(tmp_path: Path) -> None:
    path = tmp_path / "latin.toml"
    path.write_bytes(b'title = "caf\xe9"')
    with pytest.raises(NotOnShelfError, match="not UTF-8 text"):
        find_rulebook(str(path))
