#!/usr/bin/env python3
"""Start here: `python3 run.py demo` opens an example office, `python3 run.py check` runs every check.

Needs Python 3.11 or newer with pip, and nothing else: what is missing it installs, and says so in a line.
Only the standard library is used, since at this point nothing is installed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple, NoReturn

ROOT = Path(__file__).resolve().parent
TOOLS = ROOT / ".tools"
UV = "uv==0.13.9"
USAGE = """\
python3 run.py demo [OPTIONS]    an example office in your browser (the options are those of `duly demo`)
python3 run.py check             format, lint, types, layers, and all tests on SQLite and on PostgreSQL
python3 run.py check --quick     the same without the browser and without PostgreSQL, for every day"""

CHROMIUM_NAMES = (
    "/usr/bin/chromium",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)


def main(arguments: Sequence[str]) -> int:
    """Do what the first word says; the answer is the exit code."""
    if sys.version_info < (3, 11):  # noqa: UP036 -- started by whatever Python is there, not by ours
        _stop(f"Duly needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
    if arguments[:1] == ["demo"]:
        return _demo(arguments[1:])
    if arguments in (["check"], ["check", "--quick"]):
        os.chdir(ROOT)
        return _check(quick="--quick" in arguments)
    print(USAGE)
    return 0 if arguments in (["help"], ["--help"], ["-h"]) else 2


def _demo(options: Sequence[str]) -> int:
    uv, environment = _ready()
    command = [uv, "run", "--project", str(ROOT), "--no-dev", "--extra", "server", "duly", "demo", *options]
    if os.name == "posix":  # in its place: whoever ends this process ends the office, not only its starter
        os.execve(uv, command, environment)  # noqa: S606 -- the program and its words are our own
    try:
        return subprocess.call(command, env=environment)
    except KeyboardInterrupt:
        return 130


class Part(NamedTuple):
    """One check: what it is called and how it is run."""

    name: str
    command: Sequence[str]


def _check(*, quick: bool) -> int:
    uv, environment = _ready()
    if subprocess.call([uv, "sync", "--quiet", "--inexact"], env=environment):
        _stop("The libraries could not be installed: uv says why above.")
    failed = [] if quick or _found_browser(uv, environment) else ["browser"]
    if not quick:
        print("PostgreSQL: a real one, among the libraries; the tests start it and end it", flush=True)

    run = [uv, "run", "--no-sync"]
    writers = [_run(Part(part.name, [*run, *part.command]), environment) for part in _format_and_lint()]
    with ThreadPoolExecutor(max_workers=2) as two:
        readers = two.map(lambda p: _run(Part(p.name, [*run, *p.command]), environment), _types_and_layers())
    failed += [name for name, code in (*writers, *readers) if code]

    # The last line printed is to be pytest's own: what failed is said before the report of the whole suite.
    whole_suite = [*run, "pytest", *(["-m", "not browser"] if quick else [])]
    if quick:
        _say_what_failed(failed)
        code = subprocess.call(whole_suite, env=environment)
    else:
        code = _test_on_both(whole_suite, environment, failed)
    return 1 if failed or code else 0


def _format_and_lint() -> list[Part]:
    """They mend what they can, so one after the other; the build machine is only told what is wrong."""
    only_look = bool(os.environ.get("CI"))
    check = ["--check"] if only_look else []
    templates = sorted(str(path) for path in Path("src").glob("**/templates/**/*.html"))
    parts = [
        Part("lint", ["ruff", "check", "--quiet", *([] if only_look else ["--fix"])]),
        Part("format", ["ruff", "format", "--quiet", *check]),
    ]
    if templates:
        parts.append(Part("templates", ["djade", "--target-version", "5.2", *check, *templates]))
    return parts


def _types_and_layers() -> list[Part]:
    return [
        Part("types: mypy", ["mypy"]),
        Part("types: pyright", ["pyright"]),
        Part("layers", ["lint-imports", "--no-cache", "--no-logo"]),
    ]


def _run(part: Part, environment: Mapping[str, str]) -> tuple[str, int]:
    started = time.monotonic()
    done = subprocess.run(
        part.command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    print(f"=== {part.name}: {'FAILED' if done.returncode else 'ok'}, {time.monotonic() - started:.0f} s")
    if done.returncode:
        print(done.stdout, flush=True)
    return part.name, done.returncode


def _test_on_both(whole_suite: Sequence[str], environment: Mapping[str, str], failed: list[str]) -> int:
    """The tests on PostgreSQL are watched; those on SQLite run in two processes and report at the end."""
    # What touches no database, or only looks at pages, would run a second time for nothing.
    which = ["-m", "touches_database and not looks"]
    on_postgresql = [*whole_suite, "-o", "cache_dir=.pytest_cache/postgresql", *which]
    with tempfile.TemporaryFile() as report:
        # File by file, as tests/conftest.py orders them: those that take long begin first.
        on_sqlite = [*whole_suite, "--numprocesses", "2", "--dist", "loadfile", "--no-loadscope-reorder"]
        other = subprocess.Popen(on_sqlite, env=environment, stdout=report, stderr=subprocess.STDOUT)
        print("=== tests on PostgreSQL (those on SQLite run beside them and report after them)", flush=True)
        if subprocess.call(on_postgresql, env={**environment, "DULY_TEST_DATABASE": "postgresql"}):
            failed.append("tests on PostgreSQL")
        code = other.wait()
        _say_what_failed(failed)
        report.seek(0)
        shutil.copyfileobj(report, sys.stdout.buffer)
        sys.stdout.flush()
    return code


def _say_what_failed(failed: Sequence[str]) -> None:
    print(f"=== FAILED so far: {', '.join(failed)}" if failed else "=== all is well so far")
    print("=== all tests, on SQLite", flush=True)


def _ready() -> tuple[str, dict[str, str]]:
    """Where uv is and what to run it with; both are made if they are not there."""
    environment = dict(os.environ, UV_PYTHON_DOWNLOADS="never", DULY_TEST_DATABASE="sqlite")
    if not (ROOT / ".venv").exists():
        print(
            "Installing Duly and its libraries into .venv, at the versions pyproject.toml names", flush=True
        )
        environment.setdefault("UV_PYTHON", sys.executable)
    return _uv(), environment


def _uv() -> str:
    own = str(TOOLS / "bin" / "uv")
    for candidate in (shutil.which("uv"), own):
        if candidate and Path(candidate).exists() and _works([candidate, "--version"]):
            return candidate
    print(f"Installing {UV} into .tools, with pip", flush=True)
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--upgrade", "--target", str(TOOLS), UV]
    pip += ["--disable-pip-version-check", "--root-user-action=ignore"]
    if subprocess.call(pip) or not _works([own, "--version"]):
        _stop(
            "uv could not be installed. Install pip (on Debian: apt-get install python3-pip) and try again."
        )
    return own


def _found_browser(uv: str, environment: dict[str, str]) -> bool:
    """Put a Chromium's path into DULY_CHROMIUM, installing one if there is none; False if that failed."""
    if not environment.get("DULY_CHROMIUM"):
        environment["DULY_CHROMIUM"] = _chromium_here() or _install_chromium(uv, environment)
    browser = environment["DULY_CHROMIUM"]
    print(
        f"Browser: {browser}"
        if browser
        else "No browser, and none could be installed: install Chromium "
        "(on Debian: apt-get install chromium) or put the path of one into DULY_CHROMIUM.",
        flush=True,
    )
    return bool(browser)


def _chromium_here() -> str:
    return next((found for name in CHROMIUM_NAMES if (found := shutil.which(name))), "")


def _install_chromium(uv: str, environment: Mapping[str, str]) -> str:
    as_root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if shutil.which("apt-get") and (not as_root or (shutil.which("sudo") and _works(["sudo", "-n", "true"]))):
        print("Installing Chromium, with apt-get", flush=True)
        apt = [
            *as_root,
            "env",
            "DEBIAN_FRONTEND=noninteractive",
            "apt-get",
            "-qq",
            "-o",
            "DPkg::Lock::Timeout=120",
        ]
        subprocess.call([*apt, "update"])
        if _works([*apt, "install", "-y", "--no-install-recommends", "chromium", "fonts-liberation"]):
            return _chromium_here()
    print("Installing Chromium, with playwright", flush=True)
    if _works([uv, "run", "--no-sync", "playwright", "install", "chromium"], environment):
        ask = "from playwright.sync_api import sync_playwright as started\n"
        ask += "with started() as browsers: print(browsers.chromium.executable_path)"
        asked = [uv, "run", "--no-sync", "python", "-c", ask]
        return subprocess.run(asked, env=environment, capture_output=True, text=True).stdout.strip()
    return ""


def _works(command: Sequence[str], environment: Mapping[str, str] | None = None) -> bool:
    """Whether it ran to a good end; what it printed is shown only if it did not."""
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    if done.returncode:
        print(done.stdout, done.stderr, sep="", file=sys.stderr)
    return done.returncode == 0


def _stop(sentence: str) -> NoReturn:
    print(sentence, file=sys.stderr)
    raise SystemExit(1)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
