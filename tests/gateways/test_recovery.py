"""The recovery key and its sheet: read back from paper, every slip named, the private half stored nowhere."""

import json
import stat
from datetime import date
from pathlib import Path

import pytest

from duly_server.gateways import age
from duly_server.gateways.keys import FileKeyRing, KeysRefusedError, recovery, sheet

APRIL = date(2026, 4, 23)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return FileKeyRing.create(tmp_path / "keys", on=APRIL).folder


@pytest.fixture(scope="module")
def private() -> str:
    return age.new_pair()[0]


def _typed(private: str) -> list[str]:
    return sheet.groups(private)


def _said(text: str) -> list[str]:
    with pytest.raises(KeysRefusedError) as refused:
        sheet.private_from(text)
    assert all(problem.remedy for problem in refused.value.problems)
    return [problem.says for problem in refused.value.problems]


def test_a_sheet_gives_back_its_key(private: str) -> None:
    printed = sheet.text_of(private, above="RECOVERY SHEET\n\nOffice 3, Group 7")
    assert sheet.private_from(printed) == private
    assert sheet.private_from(printed.lower()) == private
    assert sheet.private_from(" ".join(_typed(private))) == private
    assert sheet.private_from("\n".join(f"{group[:4]}-{group[4:]}" for group in _typed(private))) == private


def test_the_letters_are_those_of_the_key_itself(private: str) -> None:
    found = _typed(private)
    assert sheet.HEAD + "".join(group[:4] for group in found[:-1]) + found[-1] == private


def test_zero_and_the_letter_o_are_one_and_so_are_l_i_and_1(private: str) -> None:
    typed = " ".join(_typed(private))
    assert sheet.private_from(typed.replace("0", "O").replace("L", "1")) == private
    assert sheet.private_from(typed.replace("0", "o").replace("L", "i")) == private


def test_every_single_slip_in_a_group_is_named_with_the_group(private: str) -> None:
    found = _typed(private)
    for turn in range(13):
        for place in range(5):
            for letter in sheet.LETTERS.replace(found[turn][place], ""):
                slipped = found[turn][:place] + letter + found[turn][place + 1 :]
                typed = [*found[:turn], slipped, *found[turn + 1 :]]
                assert _said(" ".join(typed)) == [f"Group {turn + 1} of the recovery sheet is mistyped."]


def test_every_swap_of_two_letters_is_named(private: str) -> None:
    found = _typed(private)
    swaps = 0
    for turn, group in enumerate(found[:-1]):
        for one in range(5):
            for other in range(one):
                letters = list(group)
                letters[one], letters[other] = letters[other], letters[one]
                if "".join(letters) != group:
                    swaps += 1
                    typed = [*found[:turn], "".join(letters), *found[turn + 1 :]]
                    assert _said(" ".join(typed)) == [f"Group {turn + 1} of the recovery sheet is mistyped."]
    assert swaps > 60


def test_two_groups_in_the_wrong_order_are_named(private: str) -> None:
    found = _typed(private)
    found[2], found[6] = found[6], found[2]
    assert _said(" ".join(found)) == [f"Group {turn} of the recovery sheet is mistyped." for turn in (3, 7)]


def test_a_group_too_few_or_too_short_is_said(private: str) -> None:
    found = _typed(private)
    assert _said(" ".join(found[1:])) == ["A recovery sheet has 14 groups; here are 13."]
    assert _said("") == ["A recovery sheet has 14 groups; here are 0."]
    assert _said(" ".join([found[0][:4], *found[1:]])) == ["Group 1 of the recovery sheet is mistyped."]
    assert _said(" ".join([*found[:-1], found[-1][:5]])) == ["Group 14 of the recovery sheet is mistyped."]


def test_what_is_said_of_a_slip_holds_nothing_of_the_key(private: str) -> None:
    found = _typed(private)
    typed = ["B" + found[0][1:], *found[1:]]
    said = " ".join(_said(" ".join(typed)))
    assert not any(group in said or group[1:] in said for group in typed)


def test_the_private_half_is_stored_nowhere(folder: Path) -> None:
    private = recovery.make(folder, on=APRIL)
    letters = private.removeprefix(sheet.HEAD)
    kept = b"".join(path.read_bytes() for path in sorted(folder.iterdir())).decode().upper()
    assert letters[-6:] not in kept
    assert not any(letters[at : at + 8] in kept for at in range(len(letters) - 8))
    assert recovery.find(folder).public == age.public_of(private)
    assert stat.S_IMODE((folder / "recovery.json").stat().st_mode) == 0o600


def test_six_letters_are_asked_back(folder: Path) -> None:
    private = recovery.make(folder, on=APRIL)
    assert recovery.find(folder).confirmed_on is None
    assert not recovery.confirm(folder, "qqqqqq", on=APRIL)
    assert recovery.find(folder).confirmed_on is None
    typed = sheet.last_group(private).lower()
    assert recovery.confirm(folder, f" {typed[:3]} {typed[3:]}\n", on=APRIL)
    assert recovery.find(folder).confirmed_on == APRIL


def test_a_new_sheet_must_be_confirmed_anew_and_is_made_only_when_asked(folder: Path) -> None:
    first = recovery.make(folder, on=APRIL)
    recovery.confirm(folder, sheet.last_group(first), on=APRIL)
    with pytest.raises(KeysRefusedError, match="cannot be printed again"):
        recovery.make(folder, on=APRIL)
    second = recovery.make(folder, on=APRIL, replace=True)
    assert recovery.find(folder).public == age.public_of(second) != age.public_of(first)
    assert recovery.find(folder).confirmed_on is None


def test_none_is_made_without_a_keyring_and_none_is_found(tmp_path: Path) -> None:
    with pytest.raises(KeysRefusedError, match="duly init"):
        recovery.make(tmp_path, on=APRIL)
    with pytest.raises(KeysRefusedError, match="duly recovery sheet"):
        recovery.find(FileKeyRing.create(tmp_path / "keys", on=APRIL).folder)


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"format": "duly-recovery/2"}', json.dumps({"format": 1})])
def test_a_damaged_file_is_said(folder: Path, text: str) -> None:
    recovery.make(folder, on=APRIL)
    (folder / "recovery.json").write_text(text)
    with pytest.raises(KeysRefusedError, match="cannot be used"):
        recovery.find(folder)
