"""What keeps `duly demo` and `duly serve` from starting is said before anything is made; they exit with 2."""

import os
import socket
from pathlib import Path

import pytest
from tests.running import ready

ROOT = Path(__file__).parents[2]
SHIPPED = ", ".join(sorted(path.name for path in (ROOT / "rulebooks").iterdir() if path.is_dir()))


def said(folder: Path, *options: str, office: str = "") -> tuple[int, str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("DULY_")}
    if office:  # a demo that was made there is served
        clean |= {"DULY_ORIGIN": office, "DULY_DEMO": "1"}
    own = {"DULY_HOME": str(folder / "data"), "DULY_KEYRING": str(folder / "keys")}
    done = ready.run(*options, environment={**clean, **own})
    assert "Traceback" not in done.stderr
    assert "CRITICAL" not in done.stderr
    return done.returncode, done.stderr.strip()


def demo(folder: Path, *options: str) -> tuple[int, str]:
    """Nothing was made: the folder is empty, or not even there."""
    made = folder / "office"
    answer = said(folder, "demo", "--folder", str(made), "--complaints", "2", *options)
    assert not list(made.rglob("*.sqlite*")), answer
    return answer


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (
            ("--rulebook", "nowhere"),
            f"There is no rulebook 'nowhere'. Name a file, a folder, or one of: {SHIPPED}.",
        ),
        (
            ("--today", "2026-13-01"),
            "“2026-13-01” is no day. Write it as year-month-day: --today 2026-03-26.",
        ),
        (("--port", "99999"), "“99999” is no port. Write a number from 1 to 65535, such as 8000."),
        (("--port", "many"), "“many” is no port. Write a number from 1 to 65535, such as 8000."),
        (
            ("--today", "2019-05-01"),
            "The example office can't be made for Wednesday 1 May 2019: the rulebook is in force from"
            " Wednesday 1 January 2020, and its calendar GB-ENG ends on Sunday 31 December 2028."
            " Choose a day from 2023-01-30 to 2027-11-27 with --today.",
        ),
        (("--today", "2040-01-01"), "Choose a day from 2023-01-30 to 2027-11-27 with --today."),
    ],
)
def test_a_demo_that_cannot_be_made_says_what_to_write_instead(
    tmp_path: Path, options: tuple[str, ...], says: str
) -> None:
    code, told = demo(tmp_path, *options)
    assert (code, told.endswith(says)) == (2, True), told


@pytest.mark.parametrize("day", ["2023-01-30", "2027-11-27"])
def test_the_first_and_the_last_day_it_names_can_be_made(tmp_path: Path, day: str) -> None:
    code, told = said(
        tmp_path, "demo", "--build-only", "--folder", str(tmp_path), "--complaints", "30", "--today", day
    )
    assert (code, told) == (0, "")


def test_an_unfair_rulebook_and_one_that_cannot_be_read_name_the_line(tmp_path: Path) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text("[rulebook\n", "utf-8")
    code, told = demo(tmp_path, "--rulebook", str(broken))
    assert code == 2
    assert told.startswith("line 1: ")


def test_a_port_that_somebody_listens_on_stops_both_before_anything_is_made(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        says = f"Something else listens on port {port} of 127.0.0.1 already."
        says = f"{says} End it, or choose another: --port 8001."
        assert demo(tmp_path, "--port", port) == (2, says)
        few = ("--build-only", "--folder", str(tmp_path), "--complaints", "2")
        assert said(tmp_path, "demo", *few) == (0, "")
        assert said(tmp_path, "serve", "--no-work", "--port", port, office="demo.invalid/office") == (2, says)
