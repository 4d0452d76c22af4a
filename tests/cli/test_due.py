"""`duly due` as scripts call it: what it prints, where, and the code it leaves with."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.timetable.recount import recounted

ROOT = Path(__file__).parents[2]
VILLAGE_BANDS = ROOT / "tests/rulebooks/village-bands.toml"
# No Django, no database driver, no cryptography: as in a bare `pip install duly`.
BARE = """
import sys
for missing in ("django", "psycopg", "cryptography", "argon2"):
    sys.modules[missing] = None
import argparse
from duly_server.cli import due
parser = argparse.ArgumentParser(prog="duly")
due.add_to(parser.add_subparsers(required=True))
found = parser.parse_args(sys.argv[1:])
sys.exit(found.run(found))
"""


def duly_due(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", BARE, "due", *arguments],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT / "src"), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
    )


def test_it_prints_the_date_and_its_working() -> None:
    found = duly_due(str(VILLAGE_BANDS), "answer", "--from", "2026-03-26")
    assert (found.returncode, found.stderr) == (0, "")
    assert found.stdout == (
        "Answer: 21 days after the latest serve notice.\n"
        "Calendar GB-ENG, edition 1.\n"
        "\n"
        "Due Thu 16 Apr 2026.\n"
        "  1. The latest serve notice: Thu 26 Mar 2026. Day 1 is Fri 27 Mar 2026.\n"
        "  2. Day 21 is Thu 16 Apr 2026.\n"
        "\n"
        "If “abroad” is answered yes: 35 days after the latest serve notice.\n"
    )


def test_a_delay_is_printed_with_its_working_too() -> None:
    found = duly_due(str(VILLAGE_BANDS), "find", "--from", "2026-06-01")
    assert "\nDue Mon 29 Jun 2026.\n" in found.stdout
    assert found.stdout.endswith(
        "Not before Tue 16 Jun 2026.\n"
        "  1. The hearing day: Mon 1 Jun 2026, that very day.\n"
        "  2. Disclose: Mon 1 Jun 2026. Of clear days both ends are left out.\n"
        "  3. The 14 clear days are Tue 2 Jun 2026 to Mon 15 Jun 2026. The earliest day is Tue 16 Jun 2026.\n"
    )


def test_json_is_the_answer_alone_with_each_day_of_the_count() -> None:
    found = duly_due(str(VILLAGE_BANDS), "acknowledge", "--from", "2026-04-02", "--json")
    assert (found.returncode, found.stderr) == (0, "")
    answer = json.loads(found.stdout)
    assert {key: answer[key] for key in ("due", "original", "earliest", "calendar")} == {
        "due": "2026-04-13",
        "original": "2026-04-13",
        "earliest": None,
        "calendar": "GB-ENG",
    }
    assert answer["steps"] == [
        {"on": "2026-04-02", "what": "counted from, not counted", "clause": "F 4.1"},
        {"on": "2026-04-03", "what": "closed: Good Friday", "clause": None},
        {"on": "2026-04-04", "what": "closed: Saturday", "clause": None},
        {"on": "2026-04-05", "what": "closed: Sunday", "clause": None},
        {"on": "2026-04-06", "what": "closed: Easter Monday", "clause": None},
        {"on": "2026-04-07", "what": "day 1", "clause": "F 4.1"},
        {"on": "2026-04-08", "what": "day 2", "clause": "F 4.1"},
        {"on": "2026-04-09", "what": "day 3", "clause": "F 4.1"},
        {"on": "2026-04-10", "what": "day 4", "clause": "F 4.1"},
        {"on": "2026-04-11", "what": "closed: Saturday", "clause": None},
        {"on": "2026-04-12", "what": "closed: Sunday", "clause": None},
        {"on": "2026-04-13", "what": "day 5, the date", "clause": "F 4.1"},
    ]
    assert answer["sentences"][0] == {
        "says": "Receive: Thu 2 Apr 2026. Day 1 is Tue 7 Apr 2026.",
        "clause": "F 4.1",
    }


@pytest.mark.parametrize("limit", ["acknowledge", "answer", "report", "find", "disclose", "decide-appeal"])
def test_the_explanation_in_the_json_suffices_to_count_the_day_again(limit: str) -> None:
    found = duly_due(str(VILLAGE_BANDS), limit, "--from", "2026-04-02", "--json")
    answer = json.loads(found.stdout)
    assert str(recounted(answer["explanation"])) == answer["due"]


def test_the_earliest_day_is_in_the_json() -> None:
    found = duly_due(str(VILLAGE_BANDS), "find", "--from", "2026-06-01", "--json")
    answer = json.loads(found.stdout)
    assert (answer["due"], answer["earliest"]) == ("2026-06-29", "2026-06-16")


def test_another_calendar_gives_another_date() -> None:
    found = duly_due(
        str(VILLAGE_BANDS), "acknowledge", "--from", "2026-04-02", "--calendar", "WEEKDAYS", "--json"
    )
    answer = json.loads(found.stdout)
    assert (answer["due"], answer["calendar"]) == ("2026-04-09", "WEEKDAYS")
    scotland = duly_due(
        str(VILLAGE_BANDS),
        "acknowledge",
        "--from",
        "2026-04-02",
        "--calendar",
        "calendars/GB-SCT.toml",
        "--json",
    )
    assert json.loads(scotland.stdout)["due"] == "2026-04-10"


def test_a_shipped_rulebook_is_asked_for_by_its_name() -> None:
    found = duly_due("example-association", "answer", "--from", "2026-03-26", "--json")
    answer = json.loads(found.stdout)
    assert (found.returncode, answer["due"]) == (0, "2026-04-20")


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["answer", "--from", "26/3/2026"], 2, "“26/3/2026” is no day. Write the day as year-month-day"),
        (["answer", "--from", "2026-02-30"], 2, "“2026-02-30” is no day. Write the day as year-month-day"),
        (["answer", "--from", "20260326"], 2, "“20260326” is no day."),
        (
            ["anwser", "--from", "2026-03-26"],
            2,
            "no step and no limit called “anwser”. Did you mean “answer”?",
        ),
        (["receive", "--from", "2026-03-26"], 2, "The rulebook sets no time for “receive”."),
        (["answer", "--from", "2026-03-26", "--calendar", "GB-XYZ"], 2, "There is no calendar 'GB-XYZ'."),
        (
            ["sift", "--from", "2028-12-20"],
            1,
            "The calendar GB-ENG (edition 1) knows the days from Sunday 1 January 2012 to "
            "Sunday 31 December 2028; 15 working days after Wednesday 20 December 2028 is outside it.",
        ),
    ],
)
def test_what_cannot_be_answered_is_said_in_words(arguments: list[str], code: int, says: str) -> None:
    found = duly_due(str(VILLAGE_BANDS), *arguments)
    assert (found.returncode, found.stdout) == (code, "")
    assert says in found.stderr
    assert "Traceback" not in found.stderr
    as_json = duly_due(str(VILLAGE_BANDS), *arguments, "--json")
    assert (as_json.returncode, as_json.stderr) == (code, "")
    (problem,) = json.loads(as_json.stdout)["problems"]
    assert problem["line"] is None
    assert problem["says"] in found.stderr


def test_a_rulebook_that_is_not_there_is_said_in_words() -> None:
    found = duly_due("no-such-body", "answer", "--from", "2026-03-26")
    assert (found.returncode, found.stdout) == (2, "")
    assert found.stderr.startswith("There is no rulebook 'no-such-body'.")


def test_every_fault_of_a_file_is_told_with_its_line(tmp_path: Path) -> None:
    broken = tmp_path / "broken.toml"
    text = VILLAGE_BANDS.read_text(encoding="utf-8")
    broken.write_text(text.replace("5 working days after receive", "5 work days after receive"), "utf-8")
    line = next(n for n, each in enumerate(text.splitlines(), 1) if "5 working days after receive" in each)
    found = duly_due(str(broken), "answer", "--from", "2026-03-26")
    assert found.returncode == 2
    assert found.stderr.startswith(f"{broken}, line {line}, ")
    as_json = duly_due(str(broken), "answer", "--from", "2026-03-26", "--json")
    assert [problem["line"] for problem in json.loads(as_json.stdout)["problems"]] == [line]


def test_a_calendar_with_faults_is_told_with_its_lines(tmp_path: Path) -> None:
    broken = tmp_path / "OURS.toml"
    broken.write_text('calendar = "OURS"\nedition = 1\n', "utf-8")
    found = duly_due(
        str(VILLAGE_BANDS), "answer", "--from", "2026-03-26", "--calendar", str(broken), "--json"
    )
    assert found.returncode == 2
    assert [problem["line"] for problem in json.loads(found.stdout)["problems"]] == [1, 1, 1, 1, 2]


def test_a_rulebook_whose_calendar_is_not_there_says_how_to_name_one(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.toml"
    text = VILLAGE_BANDS.read_text(encoding="utf-8").replace('"GB-ENG"', '"VILLAGE"')
    elsewhere.write_text(text, "utf-8")
    found = duly_due(str(elsewhere), "answer", "--from", "2026-03-26")
    assert found.returncode == 2
    assert "The rulebook counts by VILLAGE: name its file with --calendar." in found.stderr


def test_every_key_of_the_answer_is_on_its_page() -> None:
    page = (ROOT / "docs/reference/due.md").read_text(encoding="utf-8")
    found = duly_due(str(VILLAGE_BANDS), "answer", "--from", "2026-03-26", "--json")
    documented = [line.split("`")[1] for line in page.splitlines() if line.startswith("| `")]
    assert documented == list(json.loads(found.stdout))


def test_answers_and_days_of_single_triggers_are_taken() -> None:
    found = duly_due(str(VILLAGE_BANDS), "answer", "--from", "serve-notice=2026-03-26", "--set", "abroad=yes")
    assert (found.returncode, found.stderr) == (0, "")
    assert "Due Thu 30 Apr 2026." in found.stdout
    both = ("--from", "hearing-day=2026-06-01", "--from", "disclose=2026-05-01")
    found = duly_due(str(VILLAGE_BANDS), "find", *both, "--json")
    assert json.loads(found.stdout)["due"] == "2026-06-15"


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (("--from", "2026-03-26", "--from", "2026-03-27"), "Two days are given for every trigger."),
        (("--from", "2026-03-26", "--set", "abroad"), "“abroad” is no answer to a question."),
        (("--from", "2026-03-26", "--set", "abroad=no way"), "“no way” is no answer to “abroad”"),
        (("--from", "sift=2026-03-26"), "It is not counted from “sift”."),
        (("--from", "serve-notice=soon"), "“soon” is no day."),
    ],
)
def test_days_and_answers_that_mean_nothing_are_refused(more: tuple[str, ...], says: str) -> None:
    found = duly_due(str(VILLAGE_BANDS), "answer", *more)
    assert (found.returncode, found.stdout) == (2, "")
    assert found.stderr.startswith(says)
