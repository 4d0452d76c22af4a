"""A rulebook in plain English: nothing of it is left out, and the reader is "you"."""

import re
from pathlib import Path

import pytest
from tests.rulebooks.renaming import renamed

from duly.explain.told import Reader, Section
from duly.explain.whole import ROLES, explain
from duly.rulebook.book import Rulebook
from duly.rulebook.prose import title, words
from duly.rulebook.read import read

ROOT = Path(__file__).parents[2]
BANDS = (ROOT / "tests/rulebooks/village-bands.toml").read_text("utf-8")
EXAMPLE = (ROOT / "rulebooks/example-association/2026.toml").read_text("utf-8")
BOOKS = {"bands": BANDS, "example": EXAMPLE, "every name another": renamed(EXAMPLE)}


def book(text: str) -> Rulebook:
    found = read(text)
    assert isinstance(found, Rulebook), "\n".join(map(str, found.problems))
    return found


def whole(sections: tuple[Section, ...]) -> str:
    return "\n".join(
        f"{section.heading}\n" + "\n".join(f"{each.says} ({each.clause})" for each in section.sentences)
        for section in sections
    )


def of(sections: tuple[Section, ...], heading: str) -> list[str]:
    (found,) = [section for section in sections if section.heading == heading]
    return [each.says for each in found.sentences]


@pytest.mark.parametrize("role", [None, *ROLES])
@pytest.mark.parametrize("name", BOOKS)
def test_nothing_that_binds_anybody_is_left_out(name: str, role: str | None) -> None:
    rulebook = book(BOOKS[name])
    said = whole(explain(rulebook, role))
    for step in rulebook.steps.values():
        assert (step.title or words(step.name)) in said.replace("\n", " ") or title(step.name) in said, (
            step.name
        )
        assert step.clause is None or f"({step.clause})" in said
        for state in (*step.must_state, *step.grounds):
            assert state in said, state
        for outcome in step.outcomes:
            assert f"“{words(outcome)}”" in said, outcome
    for length in re.findall(r'"(\d+ (?:clear |working )?(?:days?|weeks?|months?|years?))', BOOKS[name]):
        assert length in said, length
    for office in rulebook.offices.values():
        spoken = Reader(rulebook.party_office(role) if role else None).name(office.name)
        if any(office.name in step.by for step in rulebook.steps.values()):
            assert spoken.casefold() in said.casefold(), office.name
    for member in (*rulebook.sanctions.values(), *rulebook.measures.values()):
        assert title(member.name) in said
    for conduct in rulebook.conduct.values():
        assert conduct.title in said
    for number in re.findall(r"(?:seats|quorum|times|small_numbers) *= *(\d+)", BOOKS[name]):
        assert re.search(rf"\b({number}|{({'1': 'once', '2': 'twice'}).get(number, number)})\b", said), number
    assert rulebook.proof is None or rulebook.proof.standard in said


@pytest.mark.parametrize("name", BOOKS)
def test_the_reader_is_never_named_as_somebody_else(name: str) -> None:
    rulebook = book(BOOKS[name])
    for role in ROLES:
        office = rulebook.party_office(role)
        assert office is not None
        for section in explain(rulebook, role):
            for each in section.sentences:
                assert not re.search(rf"\b[Tt]he {words(office)} (may|must|is told)\b", each.says), each.says
        assert "you" not in re.findall(r"\w+", whole(explain(rulebook)).casefold())


def test_a_respondent_is_told_first_what_they_may_do_and_what_is_to_reach_them() -> None:
    sections = explain(book(EXAMPLE), "respondent")
    assert [section.heading for section in sections[:3]] == [
        "What you may do, and by when",
        "What is to reach you",
        "Receipt",
    ]
    assert of(sections, "What you may do, and by when") == [
        "Answer, in inquiry: within 15 working days after serve notice.",
        "Lodge appeal, in decided: within 14 days after serve decision.",
        "Appeal against the suspension, in interim suspension: within 14 days after the beginning of interim"
        " suspension.",
    ]
    assert of(sections, "What is to reach you")[0] == (
        "The case officer must serve notice, within 5 working days after the beginning of inquiry. It "
        "must state who, what, when, where, conduct, possible sanctions and evidence."
    )


def test_a_time_is_told_with_who_may_give_more_and_what_follows() -> None:
    answer = of(explain(book(EXAMPLE), "respondent"), "Inquiry")[1]
    assert answer == (
        "You may answer, within 15 working days after serve notice. While “Does the respondent live "
        "outside the United Kingdom?” is answered yes, it is done within 25 working days after serve "
        "notice instead. The chair may give you up to 5 working days more, once, on the ground of "
        "evidence still arriving, illness, adviser or companion away or an adjustment is needed. If you "
        "do not do it in time, the investigator is told."
    )
    to_nobody = of(explain(book(EXAMPLE)), "Inquiry")[1]
    assert to_nobody.startswith("The respondent may answer, within 15 working days after serve notice.")
    assert "The chair may extend it by up to 5 working days, once" in to_nobody
    assert "If it is not done in time, the investigator is told." in to_nobody


def test_an_office_that_aims_is_not_said_to_have_to() -> None:
    aiming = EXAMPLE.replace(
        'within  = "5 working days after receive"',
        'force = "aim"\nwithin  = "5 working days after receive"',
        1,
    )
    receipt = of(explain(book(aiming)), "Receipt")
    assert receipt[1].startswith("The intake aims to acknowledge, for each complaint, within 5 working days")


def test_appealing_is_each_sides_own() -> None:
    appeal = next(
        each for each in of(explain(book(EXAMPLE), "complainant"), "Decided") if "lodge appeal" in each
    )
    assert appeal.startswith("You or the respondent may lodge appeal, each for themselves, within 14 days")
    assert "Nobody may extend this time." in appeal


def test_of_a_party_that_the_rulebook_does_not_have_nothing_is_told() -> None:
    alone = BANDS.replace(
        "complainant        = { party = true }", 'complainant        = { party = true, is = "respondent" }'
    )
    rulebook = read(alone)
    if isinstance(rulebook, Rulebook):
        with pytest.raises(LookupError, match="has no complainant"):
            explain(rulebook, "complainant")
