"""The container file: what it copies is there, what it runs Duly knows, and a wheel can be built of it."""

import json
import re
import tomllib
from pathlib import Path

from tests.deploy.units import DEPLOY, ROOT, understood
from tests.running.processes import DULY

from duly_server.gateways.office_file.keys import KEYS

TEXT = (DEPLOY / "Containerfile").read_text("utf-8")
WORDS = {"FROM", "RUN", "WORKDIR", "COPY", "USER", "ENV", "VOLUME", "EXPOSE", "HEALTHCHECK", "STOPSIGNAL"}
WORDS |= {"ENTRYPOINT", "CMD"}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def lines() -> list[tuple[str, str]]:
    found = [line for line in TEXT.splitlines() if line and not line.startswith("#")]
    return [(word, rest) for word, _, rest in (line.partition(" ") for line in found)]


def said(word: str) -> list[str]:
    return [rest for each, rest in lines() if each == word]


def copied() -> list[str]:
    return [source for rest in said("COPY") for source in rest.split()[:-1]]


def test_it_is_made_of_words_that_a_builder_knows() -> None:
    assert {word for word, _ in lines()} <= WORDS
    assert len(said("ENTRYPOINT")) == len(said("CMD")) == 1


def test_what_it_copies_is_there_and_is_all_that_the_wheel_is_made_of() -> None:
    assert all((ROOT / path).exists() for path in copied())
    of_wheel = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]
    needed = [*of_wheel["packages"], *of_wheel["force-include"], *PROJECT["project"]["license-files"]]
    needed += [PROJECT["project"]["readme"], "pyproject.toml"]
    for path in needed:
        assert any(path == each or Path(path).is_relative_to(each) for each in copied()), path
    assert not any(each in (".", "tests", "deploy", ".git") for each in copied())


def test_duly_knows_what_it_runs_and_what_it_sets() -> None:
    entry, command = json.loads(said("ENTRYPOINT")[0]), json.loads(said("CMD")[0])
    assert entry == ["duly"]
    assert entry[0] in PROJECT["project"]["scripts"]
    assert DULY[-1].startswith("from duly_server.cli.entry import main")
    done = understood(command)
    assert (done.host, done.port, done.no_work) == ("0.0.0.0", 8000, True)  # noqa: S104 -- inside its own network
    assert said("EXPOSE") == ["8000"]
    set_there = dict(each.split("=", 1) for each in said("ENV"))
    assert set_there.keys() <= {"DULY_HOME", *(key.variable for key in KEYS)}
    volumes = said("VOLUME")
    assert set_there["DULY_HOME"] in volumes
    assert any(Path(set_there["DULY_KEYRING"]).is_relative_to(each) for each in volumes)
    made = next(each for each in said("RUN") if each.startswith("install "))
    assert all(volume in made.split() for volume in volumes)


def test_it_runs_as_a_user_without_rights_and_is_asked_whether_it_is_alive() -> None:
    assert said("USER") == ["10001"]
    assert "--uid 10001" in TEXT
    (health,) = said("HEALTHCHECK")
    code = json.loads(health.partition("CMD ")[2])[2]
    assert "http://127.0.0.1:8000/health'" in code
    compile(code, "health", "exec")


def test_its_python_and_its_uv_are_ours() -> None:
    pythons = set(re.findall(r"^FROM docker\.io/library/python:(3\.\d+)-slim", TEXT, re.MULTILINE))
    assert len(pythons) == 1
    least = tuple(map(int, re.findall(r"\d+", PROJECT["project"]["requires-python"])))
    assert tuple(map(int, pythons.pop().split("."))) >= least
    (uv,) = re.findall(r"uv==[\d.]+", TEXT)
    assert f'UV = "{uv}"' in (ROOT / "run.py").read_text("utf-8")
    assert "--extra server" in TEXT
    assert PROJECT["project"]["optional-dependencies"]["server"]
