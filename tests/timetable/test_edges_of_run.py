"""What a fact brings about for whoever joins later, for what is served, and for what ran out."""

import pytest
from tests.timetable.casebook import Casebook
from tests.timetable.small_books import small_case

from duly.record.facts import Channel

TELL = '[one.tell]\nby = "officer"\nper = "{}"\nwithin = "9 days after receive"\n'


def dues(case: Casebook, on: str, step: str) -> dict[str | None, str]:
    return {clock.key: str(clock.due) for clock in case.at(on).clocks if clock.step == step}


def test_a_party_that_joins_later_has_its_own_time_from_that_day_and_once() -> None:
    case = small_case(TELL.format("party")).party("2026-03-05", "C2", "complainant")
    expected = {"C1": "2026-03-11", "R": "2026-03-11", "C2": "2026-03-14"}
    assert dues(case, "2026-03-05", "tell") == expected
    case.party("2026-03-07", "C2", "complainant")
    assert dues(case, "2026-03-07", "tell") == expected


@pytest.mark.parametrize("by_receipt", [True, False])
def test_a_complaint_that_joins_has_its_own_time_whether_it_is_received_or_named(by_receipt: bool) -> None:
    case = small_case(TELL.format("complaint").replace("after receive", "after the case opens"))
    if by_receipt:
        case.step("2026-03-05", "receive", key="K2")
    else:
        case.party("2026-03-05", "C2", "complainant", complaint="K2")
    assert dues(case, "2026-03-05", "tell").get("K2") == "2026-03-14"


@pytest.mark.parametrize(
    ("step", "channel", "due"),
    [
        ("serve", Channel.POST, "2026-03-15"),
        ("serve", Channel.E_MAIL, "2026-03-12"),
        ("serve", None, "2026-03-12"),
        ("send", Channel.POST, "2026-03-12"),
    ],
)
def test_what_is_served_by_post_takes_effect_later_and_what_is_no_notice_at_once(
    step: str, channel: Channel | None, due: str
) -> None:
    steps = (
        '[counting]\nby_post = "takes effect 3 days after posting"\n'
        '[one.serve]\nby = "officer"\nis = "notice"\n[one.send]\nby = "officer"\n'
        f'[one.reply]\nby = "respondent"\nwithin = "9 days after {step}"\nif_late = "nothing"\n'
    )
    case = small_case(steps).step("2026-03-03", step, channel=channel)
    assert dues(case, "2026-03-03", "reply") == {None: due}
