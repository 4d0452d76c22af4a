"""`decide` on corrections: who, with what goes with the fact, and never to undo the end of a case."""

import pytest
from tests.procedure.desk import REASONS, Desk, officer, party
from tests.timetable import village
from tests.timetable.casebook import day

from duly.procedure.acts import Correct
from duly.record.facts import Corrected, Expired
from duly.sanctions import restrictions

OFFICER = officer("complaints-officer")


def last(desk: Desk) -> Correct:
    return Correct(place=len(desk.casebook.facts), parts=REASONS)


def test_a_mistake_is_taken_out_by_a_new_fact_with_reasons() -> None:
    desk = Desk(village.noticed())
    (made,) = desk.allowed("2026-03-06", last(desk), OFFICER)
    assert (made.body, made.parts) == (Corrected(corrects=len(desk.casebook.facts)), REASONS)
    desk.do("2026-03-06", last(desk), OFFICER)
    assert [clock.step for clock in desk.marking("2026-03-06").clocks if clock.step == "answer"] == []


@pytest.mark.parametrize(
    ("act", "expected"),
    [
        (Correct(place=5), ["missing-reasons"]),
        (Correct(place=99, parts=REASONS), ["nothing-to-correct"]),
        (Correct(place=1, parts=REASONS), ["first-fact"]),
    ],
)
def test_what_is_asked_of_a_correction(act: Correct, expected: list[str]) -> None:
    assert Desk(village.noticed()).codes("2026-03-06", act, OFFICER) == expected


def test_what_was_taken_out_is_not_taken_out_again() -> None:
    desk = Desk(village.noticed())
    place = len(desk.casebook.facts)
    desk.do("2026-03-06", last(desk), OFFICER)
    assert desk.codes("2026-03-06", Correct(place=place, parts=REASONS), OFFICER) == ["nothing-to-correct"]


def test_by_the_office_that_acted_or_those_who_deal_with_the_parties() -> None:
    desk = Desk(village.to_hearing())
    for actor, expected in (
        (officer("investigator"), []),
        (OFFICER, []),
        (officer("panel"), ["wrong-office"]),
        (party("respondent", "R"), ["wrong-office"]),
    ):
        assert desk.codes("2026-03-31", last(desk), actor) == expected


def test_no_party_takes_out_what_it_did() -> None:
    desk = Desk(village.noticed()).take("2026-03-10", "answer")
    assert desk.codes("2026-03-11", last(desk), party("respondent", "R")) == ["wrong-office"]
    assert desk.codes("2026-03-11", last(desk), OFFICER) == []


def test_what_time_noted_is_corrected_by_a_named_person() -> None:
    case = village.noticed().note("2026-03-27", Expired(step="answer", due=day("2026-03-26")), by="time")
    desk = Desk(case)
    assert desk.codes("2026-03-30", last(desk), officer("overseer")) == []
    assert desk.codes("2026-03-30", last(desk), OFFICER) == []
    assert desk.codes("2026-03-30", last(desk), officer("panel")) == ["wrong-office"]


def test_with_a_sanction_goes_the_typed_fact_beside_it() -> None:
    desk = Desk(village.fixed()).take("2026-04-22", "find", "proved", key="A1")
    place = len(desk.casebook.facts) + 1
    desk.take(
        "2026-04-24",
        "decide-sanction",
        "imposed",
        sanction="expulsion",
        length=None,
        departs=True,
    )
    assert [r.measure for r in restrictions(desk.marking("2026-04-24"))] == ["expulsion"]
    desk.do("2026-04-24", Correct(place=place, parts=REASONS), officer("panel"))
    assert desk.casebook.case.corrected == {place, place + 1}
    assert restrictions(desk.marking("2026-04-24")) == ()


def test_with_a_finding_goes_its_own_and_not_that_of_the_next() -> None:
    desk = Desk(village.fixed("A1", "A2"))
    place = len(desk.casebook.facts) + 1
    desk.take("2026-04-22", "find", "proved", key="A1").take("2026-04-22", "find", "proved", key="A2")
    desk.do("2026-04-22", Correct(place=place, parts=REASONS), officer("panel"))
    assert [getattr(f.body, "allegation", "") for f in desk.casebook.case.findings] == ["A2"]


def test_in_a_closed_case_a_mistake_is_mended_and_the_end_is_not_undone() -> None:
    desk = Desk(village.served())  # closed on 20 May
    served = next(f.place for f in desk.casebook.facts if getattr(f.body, "step", "") == "serve-decision")
    assert desk.codes("2026-05-21", Correct(place=served, parts=REASONS), OFFICER) == ["closed"]
    sanction = next(f.place for f in desk.casebook.facts if getattr(f.body, "step", "") == "disclose")
    assert desk.codes("2026-05-21", Correct(place=sanction, parts=REASONS), OFFICER) == []
