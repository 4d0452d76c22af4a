"""Days of a body's own on top of a shipped calendar, as `duly due`, `duly init` and its office take them."""

import json
from datetime import date
from pathlib import Path

import pytest
from tests.cli.test_due import VILLAGE_BANDS, duly_due
from tests.cli.test_init import Place
from tests.timetable.test_calendar_on_top import OWN

from duly.vocabulary import Refused
from duly_server.cli.adoptable import Adoptable, adoptable

# What an office counts by once it was set up, asked in a process of its own.
IN_FORCE = """
from datetime import date
from duly_server.cli.office import open_office
open_office()
from duly_server.store.editions import in_force
_, days = in_force(date(2026, 12, 1))
print(days.edition, days.name_of(date(2026, 12, 24)), days.name_of(date(2026, 4, 3)), sep=";")
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "ours.toml"
    path.write_text(OWN, "utf-8")
    return path


def test_due_counts_by_both(own: Path) -> None:
    found = duly_due(
        str(VILLAGE_BANDS), "acknowledge", "--from", "2026-12-21", "--calendar", str(own), "--json"
    )
    answer = json.loads(found.stdout)
    assert (found.returncode, answer["calendar"]) == (0, "GB-ENG")
    closed = {step["on"]: step["what"] for step in answer["steps"] if step["what"].startswith("closed")}
    assert closed["2026-12-24"] == "closed: Office closed"
    assert closed["2026-12-25"] == "closed: Christmas Day"
    assert answer["due"] == "2026-12-31"


def test_due_tells_a_fault_by_the_line_of_the_file(own: Path) -> None:
    own.write_text(OWN.replace('on_top_of = "GB-ENG"', 'on_top_of = "GB-XYZ"'), "utf-8")
    found = duly_due(str(VILLAGE_BANDS), "acknowledge", "--from", "2026-12-22", "--calendar", str(own))
    assert found.returncode == 2
    assert found.stderr.startswith(f"{own}, line 2, on_top_of: there is no calendar GB-XYZ to lie on.")


def test_an_office_adopts_one_file_that_says_all(own: Path) -> None:
    found = adoptable("example-association", str(own))
    assert isinstance(found, Adoptable)
    assert "on_top_of" not in found.calendar
    assert found.days.name_of(date(2026, 12, 24)) == "Office closed"


def test_an_office_does_not_adopt_one_with_faults(own: Path) -> None:
    own.write_text(OWN.replace("2026-12-31", "2029-12-31"), "utf-8")
    found = adoptable("example-association", str(own))
    assert isinstance(found, Refused)
    assert [problem.says for problem in found.problems] == [
        "line 6: last: GB-ENG knows no day after Sunday 31 December 2028."
    ]


def test_a_calendar_that_the_rulebook_does_not_name_is_refused_and_never_adopted_in_vain() -> None:
    found = adoptable("example-association", "WEEKDAYS")
    assert isinstance(found, Refused)
    assert [(problem.code, problem.says, problem.remedy) for problem in found.problems] == [
        (
            "calendar-of-another-name",
            "The rulebook counts by GB-ENG, and this calendar is called WEEKDAYS.",
            'Write calendar = "GB-ENG" in its file, or name WEEKDAYS in the rulebook.',
        )
    ]


def test_an_office_that_was_set_up_with_it_counts_by_both(own: Path, tmp_path: Path) -> None:
    place = Place(tmp_path)
    done = place.init("--calendar", str(own))
    assert done.returncode == 0, done.stderr
    assert place.python(IN_FORCE).stdout == "1-bands-2026;Office closed;Good Friday\n"


def test_scenarios_are_played_by_both(own: Path, tmp_path: Path) -> None:
    """With nothing closed besides, they hold; closed through all of spring, they part."""
    place, words = Place(tmp_path), ("rulebook", "test", "example-association", "--calendar", str(own))
    years = OWN.replace("2026-01-01", "2012-01-01").replace("2026-12-31", "2028-12-31")
    own.write_text(years.partition("[days]")[0], "utf-8")
    assert place.duly(*words).returncode == 0
    spring = "".join(f'2026-{month:02}-{day:02} = "Spring"\n' for month in (3, 4) for day in range(1, 31))
    own.write_text(years.partition("[days]")[0] + "[days]\n" + spring, "utf-8")
    assert place.duly(*words).returncode == 1
    own.write_text(years.replace('on_top_of = "GB-ENG"', 'on_top_of = "GB-XYZ"'), "utf-8")
    refused = place.duly(*words)
    assert refused.returncode == 2
    assert "line 2, on_top_of: there is no calendar GB-XYZ to lie on." in refused.stderr
