"""The services of systemd: read by systemd itself where it is there, their words by Duly, and run."""

import json
import re
import shutil
import subprocess
import time
from pathlib import Path

import pytest
from tests.cli.machine import Machine
from tests.deploy.units import PROGRAM, ROOT, UNITS, command_of, environment_of, settings_of, understood
from tests.running.over_http import OverHttp
from tests.running.processes import Process, Web

from duly_server.gateways.keys.sheet import last_group, private_from
from duly_server.gateways.office_file.keys import KEYS

PAGE = (ROOT / "docs/howto/run-it-for-real.md").read_text("utf-8")
VARIABLES = {key.variable for key in KEYS} | set(
    re.findall(
        r'environ\.get\(\s*"(DULY_\w+)"', (ROOT / "src/duly_server/conf/settings.py").read_text("utf-8")
    )
)
# Without these the page promises too much.
HARDENED = {
    "NoNewPrivileges": "yes",
    "CapabilityBoundingSet": "",
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "PrivateTmp": "yes",
    "PrivateDevices": "yes",
    "UMask": "0077",
    "LimitCORE": "0",
    "MemorySwapMax": "0",
    "RuntimeDirectory": "duly",
    "RuntimeDirectoryPreserve": "yes",
    "StateDirectoryMode": "0700",
    "User": "duly",
}


def test_there_are_the_two_that_the_page_names() -> None:
    assert [unit.name for unit in UNITS] == ["duly-work.service", "duly.service"]
    assert all(f"deploy/{unit.name}" in PAGE for unit in UNITS)


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_duly_knows_each_word_and_each_variable(unit: Path) -> None:
    done = understood(command_of(unit))
    assert done.run.__module__ == f"duly_server.cli.{command_of(unit)[0]}"
    assert environment_of(unit).keys() <= VARIABLES
    with pytest.raises(SystemExit):
        understood([*command_of(unit), "--no-such-word"])


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_it_may_write_where_it_must_and_nowhere_else(unit: Path) -> None:
    said = settings_of(unit)
    assert {key: said[key][-1] for key in HARDENED} == HARDENED
    places = {f"/var/lib/{name}" for name in said["StateDirectory"][0].split()}
    home, keyring = (environment_of(unit)[name] for name in ("DULY_HOME", "DULY_KEYRING"))
    assert home in places
    assert str(Path(keyring).parent) in places - {home}
    assert "ReadWritePaths" not in said


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_systemd_understands_it(unit: Path, tmp_path: Path) -> None:
    """By its own program, with another program in Duly's place; where there is no systemd, by its shape."""
    text = unit.read_text("utf-8")
    assert re.findall(r"^\[(\w+)\]$", text, re.MULTILINE) == ["Unit", "Service", "Install"]
    assert all(re.fullmatch(r"|#.*|\[\w+\]|[A-Z]\w+=.*", line) for line in text.splitlines())
    program = shutil.which("systemd-analyze")
    if program is None:
        return
    copy = tmp_path / unit.name
    copy.write_text(text.replace(PROGRAM, "/bin/true"))
    verified = subprocess.run([program, "verify", str(copy)], capture_output=True, text=True, check=False)
    assert (verified.returncode, verified.stderr) == (0, "")
    judged = subprocess.run(
        [program, "security", "--offline=true", "--threshold=20", str(copy)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert judged.returncode == 0, judged.stdout[-400:]  # of 100; 20 is what systemd calls OK
    copy.write_text(copy.read_text() + "ProtectSystm=strict\n")
    slip = subprocess.run([program, "verify", str(copy)], capture_output=True, text=True, check=False)
    assert "ProtectSystm" in slip.stderr


def test_the_office_works_by_the_words_and_variables_of_both_units(tmp_path: Path) -> None:
    """Set up as the page says, then both commands as they stand in the units, in folders of the test."""
    web_unit, work_unit = UNITS[1], UNITS[0]
    places = {"/var/lib/duly-keys": str(tmp_path / "keys"), "/var/lib/duly": str(tmp_path / "data")}

    def moved(unit: Path) -> dict[str, str]:
        said = environment_of(unit)
        for here, there in places.items():
            said = {name: value.replace(here, there, 1) for name, value in said.items()}
        return {**said, "RUNTIME_DIRECTORY": str(tmp_path)}

    for there in places.values():
        Path(there).mkdir(mode=0o700)
    machine = Machine(tmp_path, more=moved(web_unit))
    init = re.search(r"duly init .*$", PAGE, re.MULTILINE)
    assert init is not None
    words = init[0].replace("my-rules.toml", "example-association").split()[1:]
    machine.done(*words, "--password-from-stdin", "--sheet", machine.sheet, typed="a long password\n")
    refused = machine.refused(*command_of(web_unit))
    assert "duly recovery confirm" in refused  # people come by an address that is not this machine's
    machine.done("recovery", "confirm", last_group(private_from(machine.sheet.read_text())))
    web = Web(tuple(word for word in command_of(web_unit) if word not in ("--port", "8000")), moved(web_unit))
    worker = Process(tuple(command_of(work_unit)), moved(work_unit))
    try:
        before = time.monotonic() + 60
        while OverHttp([web.port]).get("/health/ready").content != b"ready\n":
            assert time.monotonic() < before, web.said + worker.said
            time.sleep(0.3)
        assert OverHttp([web.port]).get("/complain/").status_code == 200
    finally:
        said = [json.loads(line)["event"] for line in (web.stop() + worker.stop()).splitlines()]
    assert sorted(said) == ["serving", "stopped", "stopped", "working"]


def test_every_command_on_the_page_is_one_of_dulys() -> None:
    joined = PAGE.replace("\\\n", " ")
    words = re.findall(r"^ {4,}(?:/opt/duly/bin/)?duly (.*)$", joined, re.MULTILINE)
    words += re.findall(r"^ {4}podman run .*? duly( .*)?$", joined, re.MULTILINE)
    assert len(words) >= 5
    for said in words:
        understood(said.split() or ["serve"])
