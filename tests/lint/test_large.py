"""Rulebooks with a thousand steps: the lint answers, or says in a finding that it could not follow it all."""

from pathlib import Path

import pytest

from duly.lint import effects, graph, timed
from duly.lint.look import Look
from duly.lint.whole import check_whole
from duly.rulebook.book import Rulebook
from duly.rulebook.finding import Finding
from duly.rulebook.read import read

ROOT = Path(__file__).parents[2]
BANDS = (ROOT / "tests/rulebooks/village-bands.toml").read_text()
STEPS = 1000


def with_steps(by: str, within: str) -> Rulebook:
    """The village bands with so many more steps in one stage; `{n}` is the number of each, `{m}` one less."""
    more = "".join(
        f'[inquiry.extra-{n}]\nby = "{by}"\n{within.format(n=n, m=n - 1) if n else ""}' for n in range(STEPS)
    )
    book = read(BANDS + more)
    assert isinstance(book, Rulebook), book
    return book


def not_followed(book: Rulebook) -> list[str]:
    found: tuple[Finding, ...] = check_whole(book)
    return [one.says for one in found if "can't be explored" in one.says]


@pytest.fixture(autouse=True)
def in_less_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bounds are lower here: what is tried is that each of them ends it."""
    monkeypatch.setattr(graph, "MOST_MARKINGS", 2000)
    monkeypatch.setattr("duly.lint.whole.MOST_MARKINGS", 2000)


def last_moments(book: Rulebook) -> tuple[timed.Timed, timed.Longest | None]:
    """Without exploring the rest: it needs no graph."""
    made = graph.machine(book)
    return Look(graph.Graph(made, effects.Effects(made))).last_moments()


def test_a_thousand_times_that_run_beside_each_other_are_followed_to_their_end() -> None:
    """The run of last moments is as deep as there are times: no stack of calls is."""
    book = with_steps("investigator", 'within = "5 days after inquiry begins"\n')

    _, longest = last_moments(book)

    assert longest is not None
    assert longest.has_end


def test_a_thousand_times_beside_each_other_end_in_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timed, "MOST_MOMENTS", 100)
    book = with_steps("investigator", 'within = "5 days after inquiry begins"\n')

    assert not_followed(book) == [
        "This procedure can't be explored to its end: it has more than 2,000 markings."
    ]


def test_a_thousand_steps_without_a_time_are_explored_whole() -> None:
    assert not_followed(with_steps("investigator", "")) == []


def test_a_thousand_times_one_after_another_end_in_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(graph, "MOST_WORK", 200_000)
    monkeypatch.setattr(timed, "MOST_WORK", 200_000)

    assert not_followed(with_steps("investigator", 'within = "5 days after extra-{m}"\n')) == [
        "This procedure can't be explored to its end: there are too many ways through it."
    ]


@pytest.mark.parametrize(
    ("module", "bound"),
    [(graph, "MOST_EDGES"), (graph, "MOST_TRIED"), (graph, "MOST_WORK")],
    ids=["edges", "moves tried", "work"],
)
def test_each_bound_ends_the_exploring(monkeypatch: pytest.MonkeyPatch, module: object, bound: str) -> None:
    monkeypatch.setattr(module, bound, 100)
    book = read(BANDS)
    assert isinstance(book, Rulebook)

    assert not graph.explore(book).is_whole


@pytest.mark.parametrize("bound", ["MOST_MOMENTS", "MOST_HELD", "MOST_WORK"])
def test_each_bound_ends_the_run_of_last_moments(monkeypatch: pytest.MonkeyPatch, bound: str) -> None:
    monkeypatch.setattr(timed, bound, 100)
    book = read(BANDS)
    assert isinstance(book, Rulebook)

    assert Look(graph.explore(book)).last_moments()[1] is None


def test_a_rulebook_of_usual_size_comes_nowhere_near_a_bound() -> None:
    book = read((ROOT / "rulebooks/example-association/2026.toml").read_text())
    assert isinstance(book, Rulebook)
    run, longest = last_moments(book)

    assert longest is not None
    assert run.effects.work < timed.MOST_WORK / 100
