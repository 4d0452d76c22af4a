"""The search for planted words finds them; without this, finding nothing would say nothing."""

import base64
from pathlib import Path

import pytest
from tests.leaks import packed, words_in, words_under

WORD = "Zorã Quarrywick"
FILLER = bytes(range(256))


@pytest.mark.parametrize("skipped", range(3))
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
def test_a_word_is_found_in_every_disguise(encoding: str, skipped: int) -> None:
    plain = b"x" * skipped + WORD.encode(encoding) + b"tail"
    looks = [plain, *packed(FILLER + plain)]
    if encoding == "utf-8":
        looks += [plain.hex().encode(), base64.b64encode(plain), base64.urlsafe_b64encode(plain)]
        looks += [WORD.lower().encode(), WORD.encode("ascii", "backslashreplace")]
    for each in looks:
        assert words_in(FILLER + each + FILLER, [WORD, "Nobody at all"]) == {WORD}


def test_a_word_is_found_in_files_and_in_their_names_but_not_where_one_does_not_look(tmp_path: Path) -> None:
    (tmp_path / "a/b").mkdir(parents=True)
    (tmp_path / "a/b/data").write_bytes(FILLER + WORD.encode() + FILLER)
    (tmp_path / f"{WORD}.txt").write_bytes(b"")
    (tmp_path / "keys").write_text(WORD)
    found = words_under([tmp_path], [WORD], but=[tmp_path / "keys"])
    assert set(found) == {str(tmp_path / "a/b/data"), str(tmp_path / f"{WORD}.txt")}
    assert words_in(FILLER * 4, [WORD]) == set()
