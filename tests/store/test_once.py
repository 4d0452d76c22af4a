"""A small table is read once while a page is made, and never longer."""

from threading import Thread

import pytest

from duly_server.store import once


class Table:
    """Counts how often it is read."""

    def __init__(self) -> None:
        self.read = 0

    def __call__(self) -> int:
        self.read += 1
        return self.read


def test_outside_a_reading_everything_is_read_afresh() -> None:
    table = Table()
    assert [once.once("t", table), once.once("t", table)] == [1, 2]


def test_within_a_reading_each_table_is_read_once_and_the_next_reads_afresh() -> None:
    table, other = Table(), Table()
    with once.reading():
        assert [once.once("t", table), once.once("t", table), once.once("o", other)] == [1, 1, 1]
    with once.reading():
        assert once.once("t", table) == 2


def test_what_is_written_is_forgotten() -> None:
    table = Table()
    with once.reading():
        once.once("t", table)
        once.forget("t")
        once.forget("never read")
        assert once.once("t", table) == 2
    once.forget("t")


def test_a_reading_that_fails_leaves_nothing_behind() -> None:
    table = Table()
    with once.reading():
        assert once.once("t", table) == 1
        with pytest.raises(ZeroDivisionError), once.reading():
            once.once("o", lambda: 1 // 0)
        assert once.once("t", table) == 1
    assert once.once("t", table) == 2


def test_a_reading_is_nobody_elses() -> None:
    table, found = Table(), list[int]()
    with once.reading():
        once.once("t", table)
        other = Thread(target=lambda: found.append(once.once("t", table)))
        other.start()
        other.join()
    assert found == [2]
