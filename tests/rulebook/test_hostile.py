"""Whatever the text: sentences with lines, in bounded time, and never a traceback."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from duly.rulebook.book import Rulebook
from duly.rulebook.fault import Unreadable
from duly.rulebook.read import read

HEAD = (
    'stages = ["a"]\n[rulebook]\nformat = 1\ntitle = "x"\nedition = "1"\nin_force_from = 2026-01-01\n'
    'calendar = "X"\n[office]\no = {}\n'
)
PIECES = (
    *('"', "[", "]", "{", "}", "\n", "=", "#", " or ", " if ", " and ", "\x00", '"""', "after ", "latest "),
    *("is due", "999999999999", "\n[hearing]\n", "{later_of=[]}"),
)
SLOW = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Processor time, not the clock on the wall: the machine may be busy with other things."""
    began = time.process_time()
    yield
    assert time.process_time() - began < seconds


def faults(text: str) -> list[str]:
    found = read(text)
    return [str(fault) for fault in found.problems] if isinstance(found, Unreadable) else []


def judge(text: str) -> None:
    """Either a book, or faults that a person can read and find."""
    found = read(text)
    if isinstance(found, Rulebook):
        return
    assert found.problems
    last = text.count("\n") + 1
    for fault in found.problems:
        assert 1 <= fault.line <= last
        assert fault.says
        assert len(str(fault)) < 700
        assert str(fault).isprintable()
    lines = [min(fault.line, fault.also or fault.line) for fault in found.problems]
    assert lines == sorted(lines)


@given(st.text())
@SLOW
def test_any_text(text: str) -> None:
    judge(text)


@given(st.text(alphabet="[]{}\"'=.,#\n\\ abs1-:0\x00é", max_size=80))
@SLOW
def test_text_that_looks_like_a_file(text: str) -> None:
    judge(text)


@st.composite
def edits(draw: st.DrawFn) -> Callable[[str], str]:
    """A few cuts, copies and insertions at random places."""
    places = st.floats(0, 1, allow_nan=False)
    pieces = draw(
        st.lists(
            st.tuples(
                places,
                st.integers(0, 40),
                st.one_of(
                    st.text(max_size=8),
                    st.sampled_from(PIECES),
                ),
            ),
            min_size=1,
            max_size=4,
        )
    )

    def edit(text: str) -> str:
        for place, cut, piece in pieces:
            at = int(place * len(text))
            text = text[:at] + piece + text[at + cut :]
        return text

    return edit


@given(edits())
@SLOW
def test_a_good_file_with_random_edits(example: str, edit: Callable[[str], str]) -> None:
    judge(edit(example))


def test_a_name_that_cannot_be_printed_is_suggested_without_what_cannot(example: str) -> None:
    changed = example.replace('"appeal", "interim-appeal"]', '"a\U0002fa1eppeal", "interim-appeal"]')
    said = faults(changed)
    judge(changed)
    assert any('Did you mean "a?ppeal"' in each for each in said)


@given(st.data())
@SLOW
def test_a_good_file_with_its_values_exchanged(example: str, data: st.DataObject) -> None:
    values = re.findall(r'"[^"\n]*"|\b\d+\b|true|\[[^\n\[\]]*\]', example)
    lines = example.split("\n")
    for _ in range(data.draw(st.integers(1, 4))):
        n = data.draw(st.integers(0, len(lines) - 1))
        value = data.draw(st.sampled_from(values))
        key, equals, _rest = lines[n].partition("=")
        lines[n] = f"{key}{equals} {value}" if equals else lines[n]
    judge("\n".join(lines))


def test_ten_million_characters_are_one_sentence(example: str) -> None:
    with within(1):
        assert faults(example * 1_100) == [
            f"line {(example * 60)[:500_000].count(chr(10)) + 1}, "
            "here the file passes 500,000 characters: too long for a rulebook. "
            "Keep each rulebook in a file of its own, and long documents outside it."
        ]


def test_ten_thousand_steps_are_one_sentence() -> None:
    text = HEAD + "".join(f'[a.s{n}]\nby = "o"\nwithin = "5 days after t"\n' for n in range(10_000))
    with within(5):
        assert faults(text) == [
            "line 6004, this is one of more than 2,000 stages, steps, offices and other names. "
            "Nobody can follow such a procedure: divide it into several rulebooks."
        ]


def test_absurd_lengths_are_refused_where_they_stand(changed: Callable[..., str]) -> None:
    text = changed(
        ("10 working days after inquiry begins", "1000000000000 working days after inquiry begins")
    )
    assert faults(text) == [
        'line 68, within = "1000000000000 working days after inquiry begins": '
        "1000000000000 working days is no time for people. Write a number from 1 to 36,600."
    ]


@pytest.mark.parametrize(
    "text",
    [
        "[" * 400_000,
        "a = " + "[" * 400_000,
        "a = " + "{a = " * 80_000,
        "a." * 200_000 + "a = 1",
        "[" + "a." * 200_000 + "a]",
        "x = " + "9" * 400_000,
        'a = """\n' * 60_000,
        "a = [\n" * 60_000,
        'a = ["b",\n' * 40_000,
        "x y z\n" * 70_000,
        "\x00" * 400_000,
        "\ud800",
        "".join(f"[k{n}]\n" for n in range(40_000)),
        "".join(f"[[k{n}]]\n" for n in range(40_000)),
        "".join(f"k{n} = 1\n" for n in range(40_000)),
        "a = 1\n" * 80_000,
        HEAD + "".join(f'[a.s{n}]\nby = "p{n}"\nwithin = "5 dayz"\nxy = 1\n' for n in range(1_900)),
        HEAD + '[a.s]\nby = "o"\nwithin = [' + '"14 days",' * 40_000 + "]\n",
        HEAD + "[a.s]\nby = [" + '"zzzz",' * 60_000 + "]\n",
        HEAD + '[a.s]\nby = "o"\nafter = "' + "s or " * 90_000 + 's"\n',
        HEAD
        + '[a.s]\nby = "o"\noutcomes = {'
        + ",".join(f'o{n} = "goes to b"' for n in range(20_000))
        + "}\n",
        HEAD + '[a.s]\nby = "o"\n' + "".join(f"k{n} = 1\n" for n in range(40_000)),
        HEAD + '[[separate]]\noffices = ["p", "q"]\n' * 12_000,
        HEAD + '[a.s]\nby = "o"\nwithin = "' + "9" * 400_000 + ' days after s"\n',
    ],
    ids=lambda text: repr(text[-24:]),
)
def test_hostile_files_take_seconds_at_most(text: str) -> None:
    with within(10):
        judge(text)


def test_the_example_is_read_at_once(example: str) -> None:
    read(example)
    began = time.process_time()
    for _ in range(5):
        read(example)
    assert (time.process_time() - began) / 5 < 0.1  # some 7 ms on an idle machine
