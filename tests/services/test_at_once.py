"""Several at once, each with a connection of their own, on either database: one acts, the others are told."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from threading import Barrier, Thread

import pytest
from django.db import connections
from tests.databases import OfficeDatabases
from tests.services.conftest import furnish
from tests.services.office import ROOT, SmallOffice, instant
from tests.services.test_casework import SEVEN, accepted

from duly.procedure.acts import AddAllegation, Proposed, TakeStep
from duly.record.facts import AllegationAdded, Channel, Expired, Fact, StepTaken
from duly.timetable.marking import Marking
from duly_server.gateways.keys import FileKeyRing
from duly_server.services import casework, keeping, sift, work
from duly_server.services.acting import Acting
from duly_server.services.casework import ActedFirstError, Case
from duly_server.services.premises import premises
from duly_server.services.sift import Accused, Charge
from duly_server.store.agenda import Claim
from duly_server.store.models import CaseRow, ComplaintRow, DutyRow, FactRow

NOTICE = TakeStep(step="serve-notice", served_on=("R",), channel=Channel.E_MAIL, stated=SEVEN)
UPDATE = TakeStep(step="update")


@pytest.fixture
def office(fresh_office_db: OfficeDatabases, keyring: FileKeyRing) -> Iterator[SmallOffice]:
    """The village bands, in a database where everybody commits."""
    yield furnish((ROOT / "tests/rulebooks/village-bands.toml").read_text())
    connections.close_all()


def at_once(*acts: Callable[[], object]) -> list[object]:
    """What each answered or raised; they begin at the same moment, in threads of their own."""
    answers: list[object] = [None] * len(acts)
    start = Barrier(len(acts))

    def run(turn: int) -> None:
        start.wait()
        try:
            answers[turn] = acts[turn]()
        except Exception as raised:
            answers[turn] = raised
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(turn,)) for turn in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def check_one_acted(answers: list[object]) -> None:
    """All the others were told so, by name; nobody met anything else."""
    told = [each for each in answers if isinstance(each, ActedFirstError)]
    assert len(told) == len(answers) - 1, answers
    for each in told:
        assert each.says.startswith("Someone else acted first: Holder of ")
        assert each.says.endswith("Nothing of yours was recorded.")


def check_in_order(on: str) -> None:
    """The record holds together, and every index says what it says."""
    assert list(keeping.verify_record()) == []
    assert keeping.rebuild(on=date.fromisoformat(on)).changed == 0


def facts(reference: str) -> tuple[Fact, ...]:
    return premises().journal.read(f"case/{reference}")


def test_of_six_who_take_the_same_step_one_does_and_nothing_is_doubled(office: SmallOffice) -> None:
    reference = accepted(office)
    officer = office.acting("complaints-officer", "2026-03-26")
    seen = casework.read(officer, reference).state.head

    def serve() -> object:
        return casework.take(officer, reference, NOTICE, seen=seen)

    check_one_acted(at_once(*[serve] * 6))
    assert len(facts(reference)) == seen + 1
    assert DutyRow.objects.filter(case_id=reference, step="answer").count() == 1
    assert CaseRow.objects.get(reference=reference).head == seen + 1
    check_in_order("2026-03-26")


def test_whoever_acts_otherwise_at_the_same_moment_is_told_too(office: SmallOffice) -> None:
    reference = accepted(office)
    officer = office.acting("complaints-officer", "2026-03-26")
    seen = casework.read(officer, reference).state.head
    acts = (NOTICE, UPDATE, AddAllegation(conduct="bullying"))

    def do(act: TakeStep | AddAllegation) -> Callable[[], object]:
        return lambda: casework.take(officer, reference, act, seen=seen)

    check_one_acted(at_once(*map(do, acts)))
    assert len(facts(reference)) == seen + 1
    check_in_order("2026-03-26")


def test_of_four_who_sift_one_makes_the_cases_and_no_respondent_gets_two(office: SmallOffice) -> None:
    receipt = office.complaint("2026-03-02")
    officer = office.acting("complaints-officer", "2026-03-04")
    casework.take(officer, receipt.case, TakeStep(step="acknowledge", key=receipt.complaint))
    seen = casework.read(officer, receipt.case).state.head
    accused = [
        Accused(name=name, charges=(Charge(conduct="bullying", narrative="Mockery."),))
        for name in ("Bo Lind", "Cy Marsh")
    ]

    def settle() -> object:
        return sift.settle(
            officer,
            receipt.case,
            outcome="accepted",
            reasons="Within the rules.",
            accused=accused,
            seen=seen,
        )

    check_one_acted(at_once(*[settle] * 4))
    references = set(CaseRow.objects.values_list("reference", flat=True))
    assert len(references) == 2
    chains = FactRow.objects.filter(chain__startswith="case/").values_list("chain", flat=True)
    assert set(chains) == {f"case/{reference}" for reference in references}
    for reference in references:
        assert sum(isinstance(fact.body, AllegationAdded) for fact in facts(reference)) == 1
    check_in_order("2026-03-04")


def test_cases_apart_do_not_hinder_each_other(office: SmallOffice) -> None:
    references = [accepted(office) for _ in range(4)]
    officer = office.acting("complaints-officer", "2026-03-26")

    def serve(reference: str) -> Callable[[], object]:
        return lambda: len(casework.take(officer, reference, NOTICE))

    assert at_once(*map(serve, references)) == [1] * 4
    check_in_order("2026-03-26")


def test_complaints_that_come_at_once_are_all_taken_in(office: SmallOffice) -> None:
    codes = at_once(*[lambda: office.complaint("2026-03-02").code] * 5)
    assert len({code for code in codes if isinstance(code, str)}) == 5, codes
    assert ComplaintRow.objects.count() == CaseRow.objects.count() == 5
    check_in_order("2026-03-02")


def test_two_workers_and_an_officer_note_what_ran_out_once(office: SmallOffice) -> None:
    reference = accepted(office)
    casework.take(office.acting("complaints-officer", "2026-03-26"), reference, NOTICE)
    day = date(2026, 4, 17)  # the answer was due the day before
    officer = office.acting("complaints-officer", day.isoformat())

    def look() -> object:
        return work.work(today=day, at=instant(day))

    answers = at_once(look, look, lambda: casework.take(officer, reference, UPDATE))
    assert all(isinstance(each, int | tuple | ActedFirstError) for each in answers), answers
    look()
    assert ran_out(reference) == ["update", "answer"]
    check_in_order(day.isoformat())


def test_whoever_acts_before_the_worker_came_does_not_keep_it_from_noting_what_ran_out(
    office: SmallOffice,
) -> None:
    reference = accepted(office)
    casework.take(office.acting("complaints-officer", "2026-03-26"), reference, NOTICE)
    day = date(2026, 4, 17)
    casework.take(office.acting("complaints-officer", day.isoformat()), reference, UPDATE)
    assert work.work(today=day, at=instant(day)) == 1
    assert ran_out(reference) == ["update", "answer"]
    assert work.work(today=day, at=instant(day)) == 0


def ran_out(reference: str) -> list[str]:
    return [fact.body.step for fact in facts(reference) if isinstance(fact.body, Expired)]


def test_a_worker_that_read_before_an_officer_acted_does_not_put_the_index_back(
    office: SmallOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It looked, found nothing to note, and meanwhile the notice went out."""
    reference = accepted(office)
    day = date(2026, 3, 26)
    officer = office.acting("complaints-officer", day.isoformat())
    serving = Thread(target=_serve, args=(officer, reference))
    found = work.expiries

    def while_an_officer_acts(marking: Marking) -> tuple[Proposed, ...]:
        serving.start()
        serving.join(timeout=10)
        return found(marking)

    monkeypatch.setattr(work, "expiries", while_an_officer_acts)
    work.look_at(Claim(f"case/{reference}", ""), today=day, at=instant(day))
    serving.join()
    assert isinstance(facts(reference)[-1].body, StepTaken)
    assert CaseRow.objects.get(reference=reference).head == len(facts(reference))
    check_in_order(day.isoformat())


def test_what_is_rebuilt_while_an_officer_acts_is_what_the_record_then_says(
    office: SmallOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    reference = accepted(office)
    officer = office.acting("complaints-officer", "2026-03-26")
    serving = Thread(target=_serve, args=(officer, reference))
    folded = casework.of_facts

    def while_an_officer_acts(read: Sequence[Fact]) -> Case:
        if not serving.ident:
            serving.start()
            serving.join(timeout=1)  # it waits for the rebuilding, or is done before that
        return folded(read)

    monkeypatch.setattr(casework, "of_facts", while_an_officer_acts)
    keeping.rebuild(on=officer.today)
    serving.join()
    assert CaseRow.objects.get(reference=reference).head == len(facts(reference)) == 8
    check_in_order("2026-03-26")


def _serve(officer: Acting, reference: str) -> None:
    try:
        casework.take(officer, reference, NOTICE)
    finally:
        connections.close_all()
