"""A finding made anew: what was answered, or could have been, in an earlier round is not asked again."""

import pytest
from tests.procedure.desk import Desk, officer
from tests.procedure.test_decide_outcomes import CARELESS, JUDGE, careless

ROUNDS = (
    '[one.go]\nby = "officer"\ntimes = "any"\nthen = "goes to two"\n'
    '[two.back]\nby = "officer"\ntimes = "any"\nthen = "goes to one"\n'
    '[one.note]\nby = "respondent"\ntimes = "any"\nwithin = "2 days after receive"\nif_late = "nothing"\n'
)


@pytest.mark.parametrize(("answered", "codes"), [("2026-03-05", []), (None, [])])
def test_sent_back_to_the_stage_of_the_answer_it_was_heard_before(
    answered: str | None, codes: list[str]
) -> None:
    """Served on 3 March, nine days end on the 12th; answered, or not."""
    case = careless(CARELESS + ROUNDS).step("2026-03-03", "serve")
    if answered:
        case.step(answered, "reply")
    case.step("2026-03-16", "go").step("2026-03-17", "back")
    assert Desk(case).codes("2026-03-17", JUDGE, officer("chair")) == codes


def test_sent_back_before_the_time_to_answer_was_up_nobody_was_heard() -> None:
    """Another time of the respondent's ran out meanwhile, which is no time to answer."""
    case = careless(CARELESS + ROUNDS).step("2026-03-03", "serve")
    case.step("2026-03-06", "go").step("2026-03-07", "back")
    assert Desk(case).codes("2026-03-07", JUDGE, officer("chair")) == ["not-heard"]
