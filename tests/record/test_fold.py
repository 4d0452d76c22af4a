"""What was done in a case, as a fold over its facts; knows no rulebook."""

from datetime import date

from duly.record.facts import (
    AllegationAdded,
    Assigned,
    Body,
    Channel,
    Corrected,
    Fact,
    FindingMade,
    Linked,
    Opened,
    PartyAdded,
    PartyRole,
    Relation,
    SanctionEnded,
    SanctionImposed,
    StepTaken,
    Told,
)
from duly.record.fold import CaseState, fold


def facts(*bodies: tuple[str, Body]) -> list[Fact]:
    return [
        Fact(
            chain="case/K7QH-3M2C",
            place=place,
            on=date.fromisoformat(on),
            noted_at=date(2026, 3, 2),
            by="AP-1",
            body=body,
        )
        for place, (on, body) in enumerate(bodies, start=1)
    ]


def test_nothing_done_is_an_empty_state() -> None:
    state = fold([])
    assert state == CaseState()
    assert (state.chain, state.head, state.last_on) == ("", 0, None)


def test_what_moves_the_marking_stands_by_day_and_within_a_day_by_place() -> None:
    state = fold(
        facts(
            ("2026-03-05", StepTaken(step="c")),
            ("2026-03-04", StepTaken(step="a")),
            ("2026-03-05", StepTaken(step="d")),
            ("2026-03-04", StepTaken(step="b")),
            ("2026-03-01", Told(to="C1", channel=Channel.WEB)),  # moves nothing
        )
    )
    assert [fact.place for fact in state.moves] == [2, 4, 1, 3]
    assert (state.head, state.last_on, state.chain) == (5, date(2026, 3, 5), "case/K7QH-3M2C")


def test_who_is_party_and_what_is_alleged_is_gathered() -> None:
    state = fold(
        facts(
            ("2026-03-02", Opened(edition="2026", rulebook="0a", calendar="0b")),
            ("2026-03-02", PartyAdded(tag="C1", role=PartyRole.COMPLAINANT, complaint="K1")),
            ("2026-03-02", PartyAdded(tag="C2", role=PartyRole.COMPLAINANT, complaint="K2")),
            ("2026-03-02", PartyAdded(tag="R", role=PartyRole.RESPONDENT)),
            ("2026-03-03", AllegationAdded(allegation="A1", conduct="bullying")),
            ("2026-03-04", Assigned(office="investigator", appointment="AP-2")),
            ("2026-03-05", Assigned(office="investigator", appointment="AP-3")),
            ("2026-03-06", Linked(chain="case/X", relation=Relation.FOLLOWS)),
        )
    )
    assert state.tags(PartyRole.COMPLAINANT) == ("C1", "C2")
    assert state.complaints == ("K1", "K2")
    assert list(state.allegations) == ["A1"]
    assert state.assigned == {"investigator": "AP-3"}
    assert [link.chain for link in state.links] == ["case/X"]
    assert state.opened is not None


def test_findings_and_sanctions_are_gathered_and_lifted() -> None:
    state = fold(
        facts(
            ("2026-03-02", FindingMade(allegation="A1", outcome="proved", step="find")),
            ("2026-03-03", SanctionImposed(sanction="suspension", step="decide", amount=3, unit="months")),
            ("2026-04-03", SanctionEnded(sanction=2, step="appeal")),
        )
    )
    assert [fact.place for fact in state.findings] == [1]
    assert [fact.place for fact in state.sanctions] == [2]
    assert state.lifted == {2: date(2026, 4, 3)}


def test_what_was_corrected_counts_in_nothing() -> None:
    state = fold(
        facts(
            ("2026-03-02", AllegationAdded(allegation="A1", conduct="bullying")),
            ("2026-03-03", FindingMade(allegation="A1", outcome="proved", step="find")),
            ("2026-03-04", StepTaken(step="find", outcome="proved")),
            ("2026-03-09", Corrected(corrects=2)),
            ("2026-03-09", Corrected(corrects=3)),
        )
    )
    assert state.findings == ()
    assert state.corrected == {2, 3}
    assert len(state.facts) == 5
    assert [fact.place for fact in state.moves] == [1]


def test_a_correction_that_was_corrected_takes_nothing_out() -> None:
    act = ("2026-03-02", StepTaken(step="a"))
    first, second, third = (("2026-03-09", Corrected(corrects=place)) for place in (1, 2, 3))
    assert [f.place for f in fold(facts(act, first)).moves] == []
    assert [f.place for f in fold(facts(act, first, second)).moves] == [1]
    assert [f.place for f in fold(facts(act, first, second, third)).moves] == []
