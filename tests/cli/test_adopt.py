"""`duly adopt` on an office of its own: shown, adopted by whoever answers for it, verified and rebuilt."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.cli.machine import MARKERS, WRITER, Machine
from tests.running import ready

from duly.timetable.calendar import Calendar, read_calendar

ROOT = Path(__file__).parents[2]
TODAY = datetime.now(UTC).date()  # noqa: TID251 -- the commands read the clock, and so do we
WHY = "The cabinet announced it this morning."


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """An office under the example rulebook with two complaints of today."""
    made = Machine(tmp_path, more={"DULY_ZONE": "UTC"})
    made.done(
        "init",
        "--organisation",
        "Bands",
        "--password-from-stdin",
        "--sheet",
        made.sheet,
        typed="three quiet harbours\n",
    )
    ready.run(tmp_path / "stop", 2, *MARKERS, code=WRITER, environment=made.environment)
    return made


def late_holiday(folder: Path) -> Path:
    """England's calendar with the next working day closed."""
    text = (ROOT / "calendars/GB-ENG.toml").read_text()
    calendar = read_calendar(text)
    assert isinstance(calendar, Calendar)
    day = calendar.next_working(TODAY)
    file = folder / "late.toml"
    text = text.replace('edition = "1"', 'edition = "late"').replace("[days]", f'[days]\n{day} = "Mourning"')
    file.write_text(text)
    return file


def test_a_late_holiday_is_shown_case_by_case_and_then_adopted(machine: Machine, tmp_path: Path) -> None:
    file = late_holiday(tmp_path)

    shown = json.loads(machine.done("adopt", "--calendar", file, "--preview", "--json"))
    done = machine.done(
        "adopt", "--calendar", file, "--seen", shown["seen"], "--by", "secretary", "--because", WHY
    )
    again = machine.duly("adopt", "--calendar", file, "--preview")

    assert [case["fate"] for case in shown["cases"]] == ["recounted", "recounted"]
    assert shown["moving"] >= 2
    moved = next(clock for clock in shown["cases"][0]["clocks"] if clock["before"] != clock["after"])
    assert moved["before"] < moved["after"]
    assert "edition late" in done
    assert again.returncode == 1
    assert "adopted before" in again.stderr


def test_the_record_is_whole_after_it_and_its_indexes_are_as_it_says(
    machine: Machine, tmp_path: Path
) -> None:
    file = late_holiday(tmp_path)
    shown = json.loads(machine.done("adopt", "--calendar", file, "--preview", "--json"))
    machine.done("adopt", "--calendar", file, "--seen", shown["seen"], "--by", "secretary", "--because", WHY)

    assert json.loads(machine.done("record", "verify", "--json"))["ok"]
    assert json.loads(machine.done("record", "rebuild", "--json"))["changed"] == 0


def test_in_words_each_case_has_its_lines_and_the_last_says_how_to_adopt(
    machine: Machine, tmp_path: Path
) -> None:
    said = machine.done("adopt", "--calendar", late_holiday(tmp_path), "--preview").splitlines()

    assert said[0].startswith("The calendar GB-ENG, edition late, would govern from")
    assert any(" -> " in line for line in said)
    assert said[-1].startswith("To adopt it: the same command with --seen ")


def test_without_having_been_seen_by_nobody_or_without_reasons_nothing_is_adopted(
    machine: Machine, tmp_path: Path
) -> None:
    file = late_holiday(tmp_path)
    shown = json.loads(machine.done("adopt", "--calendar", file, "--preview", "--json"))

    unseen = machine.duly(
        "adopt", "--calendar", file, "--seen", "0" * 12, "--by", "secretary", "--because", WHY
    )
    nobody = machine.duly("adopt", "--calendar", file, "--seen", shown["seen"])
    silent = machine.duly("adopt", "--calendar", file, "--seen", shown["seen"], "--by", "secretary")

    assert [done.returncode for done in (unseen, nobody, silent)] == [1, 1, 1]
    assert "nothing was adopted" in unseen.stderr
    assert "--by LOGIN" in nobody.stderr
    assert "needs reasons" in silent.stderr


def second_edition(folder: Path) -> Path:
    """The example rulebook as edition 2027, in force in thirty days."""
    text = (ROOT / "rulebooks/example-association/2026.toml").read_text()
    since = TODAY + timedelta(days=30)
    lines = [
        f"in_force_from = {since}"
        if line.startswith("in_force_from")
        else 'edition = "2027"'
        if line.startswith("edition")
        else line
        for line in text.splitlines()
    ]
    file = folder / "2027.toml"
    file.write_text("\n".join(lines))
    return file


def test_a_second_edition_that_finishes_the_stage_is_adopted_for_its_day(
    machine: Machine, tmp_path: Path
) -> None:
    file = second_edition(tmp_path)

    shown = json.loads(machine.done("adopt", file, "--preview", "--json"))
    machine.done("adopt", file, "--seen", shown["seen"], "--by", "secretary", "--because", WHY)

    assert {case["fate"] for case in shown["cases"]} == {"waits"}
    assert (shown["since"], shown["moving"]) == ((TODAY + timedelta(days=30)).isoformat(), 0)


def test_what_was_adopted_is_withdrawn_once_it_was_seen_what_that_does(
    machine: Machine, tmp_path: Path
) -> None:
    file = second_edition(tmp_path)
    shown = json.loads(machine.done("adopt", file, "--preview", "--json"))
    machine.done("adopt", file, "--seen", shown["seen"], "--by", "secretary", "--because", WHY)

    in_words = machine.done("adopt", "--withdraw", "2027").splitlines()
    shown = json.loads(machine.done("adopt", "--withdraw", "2027", "--json"))
    unseen = machine.duly(
        "adopt", "--withdraw", "2027", "--seen", "0" * 12, "--by", "secretary", "--because", WHY
    )
    done = json.loads(
        machine.done(
            "adopt",
            "--withdraw",
            "2027",
            "--seen",
            shown["seen"],
            "--by",
            "secretary",
            "--because",
            WHY,
            "--json",
        )
    )
    again = machine.duly("adopt", "--withdraw", "2027")

    assert "edition 2027, withdrawn, would not govern from" in in_words[0]
    assert any(
        line.endswith("stays under edition 2026, and does not go under 2027 later.") for line in in_words
    )
    assert in_words[-1].startswith("To withdraw it: the same command with --seen ")
    assert {(case["edition"], case["edition_then"]) for case in shown["cases"]} == {("2027", "2026")}
    assert "nothing was withdrawn" in unseen.stderr
    assert (done["since"], done["cases"]) == (shown["since"], 2)
    assert again.returncode == 1
    assert "Nothing that stands was adopted as 2027." in again.stderr
    assert json.loads(machine.done("record", "verify", "--json"))["ok"]
    assert json.loads(machine.done("record", "rebuild", "--json"))["changed"] == 0


def test_what_governs_is_not_withdrawn(machine: Machine) -> None:
    edition = machine.duly("adopt", "--withdraw", "2026")
    calendar = machine.duly("adopt", "--withdraw", "GB-ENG 1", "--json")

    assert (edition.returncode, calendar.returncode) == (1, 1)
    assert "governs since" in edition.stderr
    assert [each["code"] for each in json.loads(calendar.stdout)["problems"]] == ["edition-counts-by-it"]


def test_a_file_that_is_not_there_or_has_an_error_of_the_lint_is_refused(
    machine: Machine, tmp_path: Path
) -> None:
    missing = machine.duly("adopt", tmp_path / "none.toml", "--preview")
    broken = tmp_path / "broken.toml"
    broken.write_text("[rulebook]\n")

    assert missing.returncode == 2
    assert machine.duly("adopt", broken, "--preview").returncode == 1
