"""`duly check` as scripts call it: every fault or finding at once, and exit codes to rely on."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.rulebooks_shipped.pinned import FINDINGS

from duly.rulebook.finding import RULES

ROOT = Path(__file__).parents[2]
VILLAGE_BANDS = ROOT / "tests/rulebooks/village-bands.toml"
# No Django, no database driver, no cryptography: as in a bare `pip install duly`.
BARE = """
import sys
for missing in ("django", "psycopg", "cryptography", "argon2"):
    sys.modules[missing] = None
from duly_server.cli.entry import main
main(sys.argv[1:])
"""


def duly_check(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", BARE, "check", *arguments],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT / "src"), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
    )


def changed(folder: Path, *changes: tuple[str, str]) -> str:
    """A file with the example of the format, changed; the path of it."""
    text = VILLAGE_BANDS.read_text("utf-8")
    for old, new in changes:
        assert text.count(old) == 1
        text = text.replace(old, new)
    path = folder / "changed.toml"
    path.write_text(text, "utf-8")
    return str(path)


def test_warnings_alone_leave_with_zero() -> None:
    found = duly_check(str(VILLAGE_BANDS))
    assert (found.returncode, found.stderr) == (0, "")
    assert found.stdout.startswith(
        "Complaints and discipline in the Federation of Village Bands, edition 2026\n\nline 2, L34 warning: "
    )
    assert (
        "\n"
        "line 198, L33 warning: Nothing says how long a case closed as “left before notice” is kept.\n"
        '    Add "left before notice" = "1 year after the case closes", or as long as it is needed.\n'
        "    Why: What is kept without an end is kept for ever, "
        "and what may be needed must not be destroyed.\n"
    ) in found.stdout
    last = found.stdout.splitlines()[-1]
    assert last.startswith("No errors, ")
    assert last.endswith(" warnings, 1 note: it may come into force.")


def test_what_fields_show_is_said_before_what_only_exploring_shows() -> None:
    said = duly_check(str(VILLAGE_BANDS)).stdout
    assert 0 < said.index(" L33 warning") < said.index(" L03 warning")


IN_SEASON = ('within  = "5 working days after receive"', 'within  = "9 days in season after receive"')


def test_a_time_that_no_clock_counts_is_remarked_with_its_line_and_is_no_fault(tmp_path: Path) -> None:
    """Decision 009: it is read and checked, and no office can adopt it, which duly init says as well."""
    book = changed(tmp_path, IN_SEASON)
    line = Path(book).read_text("utf-8").splitlines().index(IN_SEASON[1]) + 1
    found = duly_check(book)
    assert (found.returncode, found.stderr) == (0, "")
    remark, rest = found.stdout.split("\n\n")[1:3]
    assert remark.splitlines() == [
        f"line {line}, not to be adopted yet: [intake.acknowledge], within: “9 days in season”: "
        "no clock counts by such a calendar yet.",
        "    Say it in days, for instance “9 days”, or in working days.",
        "    Why: A clock that nothing counts would never be due; duly init refuses such a rulebook.",
    ]
    assert rest.startswith("line ")
    assert found.stdout.splitlines()[-1].endswith(
        ": it may come into force. No office can adopt it yet, though: see the remarks at its head."
    )
    answer = json.loads(duly_check(book, "--json").stdout)
    assert [(each["line"], each["remedy"]) for each in answer["not_adoptable"]] == [
        (line, "Say it in days, for instance “9 days”, or in working days.")
    ]
    assert answer["findings"]


def test_a_rulebook_that_can_be_adopted_has_no_such_remark() -> None:
    assert "adopt" not in duly_check(str(VILLAGE_BANDS)).stdout
    assert "not_adoptable" not in json.loads(duly_check(str(VILLAGE_BANDS), "--json").stdout)


def test_findings_as_json_have_their_documented_keys() -> None:
    found = duly_check(str(VILLAGE_BANDS), "--json")
    assert (found.returncode, found.stderr) == (0, "")
    findings = json.loads(found.stdout)["findings"]
    assert [each for each in findings if each["rule"] == "L33"] == [
        {
            "rule": "L33",
            "severity": "warning",
            "line": 198,
            "says": "Nothing says how long a case closed as “left before notice” is kept.",
            "why": "What is kept without an end is kept for ever, "
            "and what may be needed must not be destroyed.",
            "remedy": 'Add "left before notice" = "1 year after the case closes", '
            "or as long as it is needed.",
            "at": "retention",
            "accepted": None,
        }
    ]


def test_an_error_leaves_with_one(tmp_path: Path) -> None:
    proof = 'proof         = { standard = "more likely than not", burden = "presenter" }\n'
    path = changed(tmp_path, (proof, ""))
    found = duly_check(path)
    assert found.returncode == 1
    assert "line 2, L17 error: The rulebook states neither the standard nor the burden" in found.stdout
    last = found.stdout.splitlines()[-1]
    assert last.startswith("1 error, ")
    assert last.endswith(" it can’t come into force.")
    assert duly_check(path, "--json").returncode == 1


def test_an_accepted_warning_is_shown_with_its_reason(tmp_path: Path) -> None:
    accepted = '[[accepted]]\nrule = "L33"\nat = "retention"\nreason = "Nothing was found."\n[retention]'
    path = changed(tmp_path, ("[retention]", accepted))
    found = duly_check(path)
    assert found.returncode == 0
    assert "    Accepted: Nothing was found.\n" in found.stdout
    assert found.stdout.endswith(" warnings (1 accepted), 1 note: it may come into force.\n")


def test_what_cannot_be_read_leaves_with_two_and_every_fault(tmp_path: Path) -> None:
    path = changed(
        tmp_path,
        ('"answer or time up"', '"anwser or time up"'),
        ('by      = "investigator"', 'by      = "inspector"'),
    )
    found = duly_check(path)
    assert (found.returncode, found.stdout) == (2, "")
    assert found.stderr.splitlines() == [
        f'{path}, line 78, [inquiry.report], by: there is no office "inspector". '
        "Name an office of this file.",
        f'{path}, line 79, [inquiry.report], after: there is no step "anwser". '
        'Did you mean "answer" (line 71)?',
    ]
    asked = duly_check(path, "--json")
    problems: list[dict[str, Any]] = json.loads(asked.stdout)["problems"]
    assert (asked.returncode, asked.stderr) == (2, "")
    assert [(each["line"], sorted(each)) for each in problems] == [
        (78, ["line", "remedy", "says"]),
        (79, ["line", "remedy", "says"]),
    ]
    assert problems[1]["says"] == '[inquiry.report], after: there is no step "anwser".'
    assert problems[1]["remedy"] == 'Did you mean "answer" (line 71)?'


@pytest.mark.parametrize("json_or_not", [(), ("--json",)])
def test_what_is_not_there_is_said_with_what_there_is(json_or_not: tuple[str, ...]) -> None:
    found = duly_check("no-such-book", *json_or_not)
    assert found.returncode == 2
    assert "example-association" in (found.stdout if json_or_not else found.stderr)


@pytest.mark.parametrize(
    "folder", sorted(path.name for path in (ROOT / "rulebooks").iterdir() if path.is_dir())
)
def test_every_shipped_rulebook_may_come_into_force_but_encodings_of_texts_with_holes(folder: str) -> None:
    """Which these are, and every hole they have, is pinned beside the rulebooks' own tests."""
    found = duly_check(folder, "--json")
    assert (found.returncode, found.stderr) == (1 if folder in FINDINGS else 0, "")
    errors = any(each["severity"] == "error" for each in json.loads(found.stdout)["findings"])
    assert errors is (folder in FINDINGS)


def test_the_manual_names_every_rule_and_every_key() -> None:
    page = (ROOT / "docs/reference/check.md").read_text(encoding="utf-8")
    rules = [line.split("|")[1:3] for line in page.splitlines() if line.startswith(("| L", "| N"))]
    assert [(rule.strip(), severity.strip()) for rule, severity in rules] == [
        (name, rule.severity.value) for name, rule in RULES.items()
    ]
    findings = json.loads(duly_check(str(VILLAGE_BANDS), "--json").stdout)["findings"]
    assert all(f"| `{key}` |" in page for key in findings[0])
