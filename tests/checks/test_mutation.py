"""The mutants are what somebody might have written, and the command tells which of them no test notices."""

import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from checks.mutation.mutants import Mutant, mutants
from checks.mutation.patching import UnreachableError, patch

ROOT = Path(__file__).parents[2]
SUMS = '''"""Sums."""

LEAST = 3
WORDS = "at least three"


def is_enough(amounts: list[int], least: int = 0) -> bool:
    """Whether they come to enough."""
    if not amounts:
        return False
    return sum(amounts) >= LEAST + least and all(each > 0 for each in amounts)


class Sum:
    def __init__(self) -> None:
        self.amounts: list[int] = []

    @property
    def largest(self) -> int:
        return max(self.amounts)

    def add(self, amount: int) -> None:
        self.amounts.append(amount)
'''


def changes(source: str) -> list[tuple[str, str, str]]:
    return [(each.owner, each.was, each.becomes) for each in mutants(source)]


def module(source: str) -> ModuleType:
    made = ModuleType("sums_of_the_test")
    exec(compile(source, "sums_of_the_test.py", "exec"), vars(made))  # noqa: S102 -- written in this file
    return made


def outcome_of(folder: Path, tests: str, *more: str) -> "subprocess.CompletedProcess[str]":
    """What the command says of `some_sums` in this folder, shown to one test that says `tests`."""
    text = f"from some_sums import is_enough\n\n\ndef test_it() -> None:\n    {tests}\n"
    (folder / "test_sums.py").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "checks.mutation", "some_sums", "--tests", str(folder), *more]
    env = {"PYTHONPATH": f"{folder}:src", "PYTHONDONTWRITEBYTECODE": "1", "PATH": ""}
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)


def the(owner: str, becomes: str) -> Mutant:
    return next(each for each in mutants(SUMS) if (each.owner, each.becomes) == (owner, becomes))


def test_mutants_are_made_of_functions_and_constants_and_not_of_texts() -> None:
    made = changes(SUMS)
    assert ("LEAST", "3", "4") in made
    assert ("is_enough", "not amounts", "amounts") in made
    assert ("is_enough", "return False", "return None") in made
    assert ("is_enough", "False", "True") in made
    assert ("is_enough", "sum(amounts) >= LEAST + least", "sum(amounts) > LEAST + least") in made
    assert ("is_enough", "LEAST + least", "LEAST - least") in made
    assert ("is_enough", "each > 0", "each >= 0") in made
    assert ("is_enough", "all((each > 0 for each in amounts))", "any((each > 0 for each in amounts))") in made
    assert ("Sum.largest", "max(self.amounts)", "min(self.amounts)") in made
    assert ("Sum.add", "self.amounts.append(amount)", "pass") in made
    assert not [each for each in made if each[0] == "WORDS" or "Whether" in each[1]]


@pytest.mark.parametrize(
    ("line", "becomes"),
    [
        ("while a and b:\n        pass", ["not (a and b)", "a or b"]),
        ("return [x for x in a if b(x)]", ["return None", "not b(x)"]),
        ("return a if b is None else a - 1", ["return None", "b is not None", "a + 1", "2"]),
        ("for x in a:\n        continue", ["break"]),
        ("a += 1", ["pass", "a -= 1", "2"]),
        ("raise ValueError(a)", ["pass"]),
        ("return f'{a + 1}'", ["return None"]),
        ("return a in b", ["return None", "a not in b"]),
        ("return a == b", ["return None", "a != b"]),
    ],
)
def test_what_a_line_may_become(line: str, becomes: list[str]) -> None:
    assert [each for _, _, each in changes(f"def f(a, b):\n    {line}\n")] == becomes


def test_a_mutant_takes_the_place_of_what_is_there() -> None:
    sums = module(SUMS)
    whole = sums.Sum()
    patch(sums, SUMS, the("is_enough", "sum(amounts) > LEAST + least"))
    assert not sums.is_enough([1, 2])
    patch(sums, SUMS, the("Sum.largest", "min(self.amounts)"))
    whole.amounts = [1, 2]
    assert whole.largest == 1
    patch(sums, SUMS, the("LEAST", "4"))
    assert sums.LEAST == 4
    with pytest.raises(UnreachableError):
        patch(module("LEAST = 3"), SUMS, the("Sum.add", "pass"))


@pytest.mark.parametrize(
    ("tests", "alive"),
    [
        ("assert is_enough([1, 2]) is True\n    assert is_enough([1]) is False", "each >= 0"),
        ("assert is_enough([1, 3]) is not is_enough([])", "sum(amounts) > LEAST + least"),
    ],
)
def test_the_command_tells_what_no_test_notices(tmp_path: Path, tests: str, alive: str) -> None:
    (tmp_path / "some_sums.py").write_text(SUMS.partition("class")[0], encoding="utf-8")
    done = outcome_of(tmp_path, tests)
    assert done.returncode == 1, done.stderr
    told = done.stdout.rpartition("some_sums: ")[2]
    assert f"-> {alive}  [survived, 1]" in told
    assert "-> sum(amounts) < LEAST + least  [survived" not in told


def test_what_was_seen_of_a_module_is_forgotten_when_the_module_is_another(tmp_path: Path) -> None:
    """Else the mutants of the new lines would be shown to the tests that passed over the old ones."""
    source, kept = SUMS.partition("class")[0], tmp_path / "seen.json"
    test, folder = "assert is_enough([1, 2]) is True", tmp_path / "sums"
    folder.mkdir()
    for text in (source, source.replace('"""Sums."""', '"""Sums."""' + "\n" * 40)):
        (folder / "some_sums.py").write_text(text, encoding="utf-8")
        told = outcome_of(folder, test, "--seen", str(kept), "--only", "is_enough").stdout
        assert "killed: is_enough: return sum(amounts)" in told
        assert "no test passes there: is_enough: return sum(amounts)" not in told


def test_what_survived_is_tried_again_alone(tmp_path: Path) -> None:
    (tmp_path / "some_sums.py").write_text(SUMS.partition("class")[0], encoding="utf-8")
    told = outcome_of(tmp_path, "assert is_enough([1, 3])").stdout
    printed = tmp_path / "printed.txt"
    printed.write_text(told, encoding="utf-8")
    again = outcome_of(
        tmp_path, "assert is_enough([1, 2]) and not is_enough([])", "--again", str(printed)
    ).stdout
    tried = [line for line in again.splitlines() if line.startswith("some_sums:") and "mutants" not in line]
    assert 0 < len(tried) == told.count("some_sums:") - told.count(" killed: ") - 1
    assert "killed: is_enough: sum(amounts) >= LEAST + least -> sum(amounts) > LEAST + least" in again
