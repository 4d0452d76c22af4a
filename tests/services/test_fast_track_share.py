"""The share of the docket that may be on the fast track binds whoever decides about one case as well."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial

import pytest
from tests.databases import OfficeDatabases
from tests.services.conftest import furnish
from tests.services.office import ROOT, SmallOffice, instant
from tests.services.test_at_once import at_once
from tests.services.test_casework import accepted

from duly.procedure.acts import FastTrack, TakeStep
from duly.procedure.ordering import objection_to_one_more
from duly.record.facts import Fact, FastTracked
from duly.vocabulary import Length, Refused, Unit
from duly_server.gateways.keys import FileKeyRing
from duly_server.services import casework, ordering, work
from duly_server.services.acting import Acting
from duly_server.services.casework import UnableToActError
from duly_server.services.ordering import Asked
from duly_server.services.premises import premises
from duly_server.store import held

RULES = (ROOT / "tests/rulebooks/village-bands.toml").read_text()
CAPPED = RULES.replace("[fast_track]\n", '[fast_track]\nat_most = "1 in 3"\n')
BECAUSE = {"reasons": {"v": 1, "text": "He leaves office in May."}}
TRACK = FastTrack(criterion=2, parts=BECAUSE)
OLD = Asked(longer_than=Length(26, Unit.WEEKS))


@pytest.fixture
def office(db: None, keyring: FileKeyRing) -> SmallOffice:
    """The village bands, with at most one in three of the open cases on the fast track."""
    return furnish(CAPPED)


@pytest.fixture
def everybody_commits(fresh_office_db: OfficeDatabases, keyring: FileKeyRing) -> Iterator[SmallOffice]:
    from django.db import connections

    yield furnish(CAPPED)
    connections.close_all()


def chair(office: SmallOffice, on: str = "2026-04-01") -> Acting:
    return office.acting("panel-chair", on)


def opened(office: SmallOffice, cases: int, on: str = "2026-03-10") -> list[str]:
    return [office.complaint(on).case for _ in range(cases)]


def put(office: SmallOffice, reference: str, on: str = "2026-04-01") -> tuple[Fact, ...]:
    return casework.take(chair(office, on), reference, TRACK)


def refused(office: SmallOffice, reference: str, on: str = "2026-04-01") -> str:
    with pytest.raises(UnableToActError) as refusal:
        put(office, reference, on)
    (problem,) = refusal.value.problems
    assert problem.code == "fast-track-full"
    return f"{problem}"


def on_it(references: list[str]) -> int:
    facts = (fact for each in references for fact in premises().journal.read(f"case/{each}"))
    return sum(isinstance(fact.body, FastTracked) for fact in facts)


def test_when_the_share_is_taken_no_other_case_is_put_on_it(office: SmallOffice) -> None:
    cases = [accepted(office), *opened(office, 5)]
    put(office, cases[0])
    put(office, cases[1])
    assert "(1 in 3 of the open)" in refused(office, cases[2])
    assert on_it(cases) == 2


def test_no_count_is_told_to_whoever_may_not_see_every_case(office: SmallOffice) -> None:
    cases = opened(office, 3)
    put(office, cases[0])
    said = refused(office, cases[1]).replace("1 in 3", "")
    assert not any(each.isdigit() for each in said)


def test_one_is_possible_however_few_are_open(office: SmallOffice) -> None:
    (first, second) = opened(office, 2)
    put(office, first)
    refused(office, second)


def test_a_case_that_is_closed_frees_its_place(office: SmallOffice) -> None:
    cases = opened(office, 4)
    put(office, cases[0])
    refused(office, cases[1])
    officer = office.acting("complaints-officer", "2026-04-01")
    casework.take(officer, cases[0], TakeStep(step="leave"))
    put(office, cases[1])


def test_what_an_order_has_yet_to_reach_counts_as_on_it(office: SmallOffice) -> None:
    old, young = opened(office, 1, "2026-03-02"), opened(office, 2, "2026-08-20")
    president = office.acting("president", "2026-09-01")
    assert not isinstance(ordering.order(president, OLD, "They have waited."), Refused)
    refused(office, young[0], "2026-09-01")
    work.work(today=date(2026, 9, 1), at=instant(date(2026, 9, 1)))
    refused(office, young[0], "2026-09-01")
    assert on_it([*old, *young]) == 0


def test_nor_does_a_second_order_count_what_the_first_has_yet_to_reach_once_more(office: SmallOffice) -> None:
    opened(office, 1, "2026-03-02"), opened(office, 2, "2026-08-20")
    president = office.acting("president", "2026-09-01")
    assert not isinstance(ordering.order(president, OLD, "They have waited."), Refused)
    counted = ordering.counted(OLD, on=date(2026, 9, 1)).cases
    assert (counted.open, counted.meets, counted.already) == (3, 0, 1)


def test_a_case_that_is_to_be_decided_by_a_day_is_one_of_them_and_may_have_the_shorter_times(
    office: SmallOffice,
) -> None:
    old, young = opened(office, 1, "2026-03-02"), opened(office, 2, "2026-08-20")
    president = office.acting("president", "2026-09-01")
    by_day = replace(OLD, shorter=False, decide_by=date(2026, 12, 31))
    assert not isinstance(ordering.order(president, by_day, "They have waited."), Refused)
    work.work(today=date(2026, 9, 1), at=instant(date(2026, 9, 1)))
    refused(office, young[0], "2026-09-01")
    put(office, old[0], "2026-09-01")


def test_without_a_cap_there_is_none(db: None, keyring: FileKeyRing) -> None:
    office = furnish(RULES)
    cases = opened(office, 3)
    for each in cases:
        put(office, each)
    assert on_it(cases) == 3


@pytest.mark.parametrize(
    ("on_it", "of", "is_refused"),
    [(0, 1, False), (1, 5, True), (1, 6, False), (2, 6, True), (1, 1, True), (0, 0, False)],
)
def test_one_more_is_one_too_many_from_the_share_on(on_it: int, of: int, is_refused: bool) -> None:
    from duly.rulebook.book import Rulebook
    from duly.rulebook.read import read

    book = read(CAPPED)
    assert isinstance(book, Rulebook)
    assert (objection_to_one_more(book, on_it, of=of) is not None) is is_refused
    assert objection_to_one_more(replace(book, fast_track=None), on_it, of=of) is None


def test_of_several_at_once_no_more_get_on_it_than_may(everybody_commits: SmallOffice) -> None:
    cases = opened(everybody_commits, 6)
    answers = at_once(*(partial(put, everybody_commits, each) for each in cases))
    full = [each for each in answers if isinstance(each, UnableToActError)]
    assert (on_it(cases), len(full)) == (2, 4), answers


def test_an_order_and_a_single_act_at_once_count_each_other(everybody_commits: SmallOffice) -> None:
    opened(everybody_commits, 1, "2026-03-02")
    young = opened(everybody_commits, 2, "2026-08-20")
    president = everybody_commits.acting("president", "2026-09-01")
    order, single = at_once(
        lambda: ordering.order(president, OLD, "They have waited."),
        lambda: put(everybody_commits, young[0], "2026-09-01"),
    )
    assert isinstance(order, Refused) is not isinstance(single, UnableToActError), (order, single)


def test_it_is_held_within_a_transaction_only(everybody_commits: SmallOffice) -> None:
    with pytest.raises(ValueError, match="within a transaction"):
        held.fast_track()
