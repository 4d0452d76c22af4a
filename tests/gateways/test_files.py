"""Files handed in: read whole, unpacked within bounds, refused in words."""

import gzip
import hashlib
from pathlib import Path

import pytest

from duly_server.gateways.files import NotReadableError, read_file


def test_the_digest_is_of_the_file_as_it_lies_and_gz_is_unpacked(tmp_path: Path) -> None:
    plain, packed = tmp_path / "a.csv", tmp_path / "a.csv.gz"
    plain.write_bytes(b"a,b\n1,2\n")
    packed.write_bytes(gzip.compress(b"a,b\n") + gzip.compress(b"1,2\n"))
    assert read_file(plain).content == read_file(packed).content == b"a,b\n1,2\n"
    assert read_file(packed).name == "a.csv.gz"
    assert read_file(packed).digest == hashlib.sha256(packed.read_bytes()).hexdigest()


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    """T16: bounded memory, however small the file."""
    bomb = tmp_path / "bomb.csv.gz"
    bomb.write_bytes(gzip.compress(b"0" * 5_000_000))
    with pytest.raises(NotReadableError, match=r"unpacks to more than 1,000,000 bytes. Cut it"):
        read_file(bomb, most=1_000_000)
    assert len(read_file(bomb, most=5_000_000).content) == 5_000_000


def test_what_cannot_be_read_says_what_to_do(tmp_path: Path) -> None:
    torn = tmp_path / "torn.csv.gz"
    torn.write_bytes(gzip.compress(b"a,b\n" * 100)[:-9])
    for path, says in (
        (tmp_path / "none.csv", "There is no file"),
        (tmp_path, "is a folder"),
        (torn, "was cut short"),
    ):
        with pytest.raises(NotReadableError, match=says):
            read_file(path)
