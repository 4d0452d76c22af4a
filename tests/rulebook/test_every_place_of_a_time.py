"""A time that cannot be counted, or cannot be right, is found wherever in the file it stands."""

import pytest
from tests.rulebook.test_edges import book, faults

from duly.rulebook.countable import uncountable

ACT = '[one.act]\nby = "officer"\n'
NAMED = '[limit.backstop]\nfor = "act"\nif_late = "nothing"\n'
EXTEND = 'extend = {{ by = "chair", at_most = "{}" }}\n'


TRACK = '[fast_track]\nby = "chair"\ncriteria = ["ill"]\n'
SETS = ACT + 'sets = "hearing"\n'


@pytest.mark.parametrize(
    ("steps", "place"),
    [
        (ACT + 'within = "{} after receive"\n', "[one.act], within"),
        (ACT + 'within = ["9 days after receive", "{} after receive"]\n', "[one.act.within], 1"),
        (ACT + 'not_before = "{} after receive"\n', "[one.act], not_before"),
        (
            ACT + 'instead = [{{ when = "receive is done", within = "{} after receive" }}]\n',
            "[one.act.instead.0], within",
        ),
        (ACT + 'within = "9 days after receive"\n' + EXTEND, "[one.act.extend], at_most"),
        (ACT + NAMED + 'within = "{} after receive"\n', "[limit.backstop], within"),
        (
            ACT + NAMED + 'within = "9 days after receive"\n'
            'instead = [{{ when = "receive is done", within = "{} after receive" }}]\n',
            "[limit.backstop.instead.0], within",
        ),
        (ACT + NAMED + 'within = "9 days after receive"\n' + EXTEND, "[limit.backstop.extend], at_most"),
        (SETS + '[day.hearing]\nnot_before = "{} after receive"\n', "[day.hearing], not_before"),
        (SETS + '[day.hearing]\nnot_after = "{} after receive"\n', "[day.hearing], not_after"),
        (
            SETS + '[day.hearing]\nmoves = {{ by = "act", at_most = "{}" }}\n',
            "[day.hearing.moves], at_most",
        ),
        ('[measure.ban]\nat_most = "{}"\n', "[measure.ban], at_most"),
        ('[pause.police]\nby = "chair"\nat_most = "{}"\n', "[pause.police], at_most"),
        (
            '[pause.police]\nby = "chair"\nat_most = "9 days"\nreview = "every {}"\n',
            "[pause.police], review",
        ),
        ('[conduct.rude]\ntoo_old = "{} before receive"\n', "[conduct.rude], too_old"),
        (
            ACT + 'within = "9 days after receive"\n' + TRACK + 'shorter = {{ act = "{} after receive" }}\n',
            "[fast_track.shorter], act",
        ),
        ('[sanction]\nbar = {{ begins = "{} after it is served" }}\n', "[sanction.bar], begins"),
        ('[counting]\nby_post = "takes effect {} after posting"\n', "[counting], by_post"),
        ('[counting]\nby_e_mail = "takes effect {} after sending"\n', "[counting], by_e_mail"),
        ('[counting]\nby_web = "takes effect {} after sending"\n', "[counting], by_web"),
        ('[counting]\nby_hand = "takes effect {} after handing over"\n', "[counting], by_hand"),
    ],
)
def test_hours_without_a_zone_and_days_of_a_season_are_found_wherever_they_stand(
    steps: str, place: str
) -> None:
    line = 18 + steps[: steps.index("{}")].count("\n")
    assert uncountable(book(steps.format("14 days"))) == ()
    (hours,) = uncountable(book(steps.format("48 hours")))
    assert (hours.line, hours.says) == (
        line,
        f"{place}: “48 hours”: hours are counted in a time zone, and [counting] names none.",
    )
    assert hours.remedy == 'Add day_ends = "23:59 Europe/London" to [counting], or say it in days.'
    (season,) = uncountable(book(steps.format("9 days in season")))
    assert (season.line, season.says) == (
        line,
        f"{place}: “9 days in season”: no clock counts by such a calendar yet.",
    )
    assert season.remedy == "Say it in days, for instance “9 days”, or in working days."


def test_hours_can_be_counted_where_the_day_ends_in_a_zone() -> None:
    steps = ACT + 'within = "48 hours after receive"\n[counting]\nday_ends = "{} Europe/London"\n'
    assert uncountable(book(steps.format("23:59"))) == ()
    assert uncountable(book(steps.format("17:00"))) == ()


def test_what_cannot_be_counted_is_told_in_the_order_of_the_file() -> None:
    steps = (
        '[counting]\nby_post = "takes effect 48 hours after posting"\n'
        + ACT
        + 'within = ["48 hours after receive", "24 hours after receive"]\n'
        '[blank.window]\nfrom = "14 days"\nto = "28 days"\nask = "How long?"\n'
        '[one.reply]\nby = "respondent"\nwithin = "{window} after receive"\n'
    )
    found = uncountable(book(steps))
    assert [each.line for each in found] == [19, 22, 22, 23]
    assert found[-1].says == "[blank], window: it is not filled (How long?)."
    assert found[-1].remedy == 'Write is = "14 days", or more, up to 28 days.'


AGAIN = '[one.note]\nby = "officer"\ntimes = {times}\n'


@pytest.mark.parametrize(
    ("steps", "place"),
    [
        (ACT + 'within = "9 days after note"\n', "[one.act]"),
        (ACT + 'not_before = "9 days after note"\n', "[one.act]"),
        (ACT + 'instead = [{ when = "receive is done", within = "9 days after note" }]\n', "[one.act]"),
        (ACT + NAMED + 'within = "9 days after note"\n', "[limit.backstop]"),
        (ACT + NAMED + 'within = ["9 days after receive", "8 days after note"]\n', "[limit.backstop]"),
        (
            ACT + NAMED + 'within = "9 days after receive"\n'
            'instead = [{ when = "receive is done", within = "9 days after note" }]\n',
            "[limit.backstop]",
        ),
        (SETS + '[day.hearing]\nnot_before = "9 days after note"\n', "[day.hearing]"),
        (SETS + '[day.hearing]\nnot_after = "9 days after note"\n', "[day.hearing]"),
        ('[conduct.rude]\ntoo_old = "9 days before note"\n', "[conduct.rude]"),
        (
            ACT + 'within = "9 days after receive"\n' + TRACK + 'shorter = { act = "9 days after note" }\n',
            "[fast_track]",
        ),
    ],
)
def test_a_time_from_what_may_happen_again_says_which_wherever_it_stands(steps: str, place: str) -> None:
    word = "before" if "too_old" in steps else "after"
    for times, often in (('"any"', "any number of times"), ("2", "2 times")):
        (said,) = faults(AGAIN.format(times=times) + steps)
        assert f"{place}: note can happen {often}. " in said
        assert said.endswith(f'Say "{word} the first note" or "{word} the latest note".')
    book(AGAIN.format(times="1") + steps)
    book(
        AGAIN.format(times="2")
        + steps.replace("after note", "after the first note").replace("before note", "before the latest note")
    )


def test_the_latest_of_several_is_told_with_of() -> None:
    (said,) = faults(AGAIN.format(times="2") + ACT + 'within = "9 days after receive or note"\n')
    assert said.endswith('Say "after the first of receive or note" or "after the latest of receive or note".')
    (said,) = faults(AGAIN.format(times="2") + ACT + 'within = "note"\n')
    assert said.endswith('Say "the first note" or "the latest note".')


def test_what_is_due_again_and_again_is_no_one_day() -> None:
    often = AGAIN.format(times='"any"') + 'within = "9 days after the latest of receive or note"\n'
    (said,) = faults(often + ACT + 'within = "9 days after note is due"\n')
    assert "note can be due again and again." in said
    book(
        AGAIN.format(times="1")
        + 'within = "9 days after receive"\n'
        + ACT
        + 'within = "9 days after note is due"\n'
    )
    book(
        AGAIN.format(times='"any"')
        + 'within = "9 days after receive"\n'
        + ACT
        + 'within = "9 days after note is due"\n'
    )
    book(
        AGAIN.format(times='"any"')
        + 'within = "9 days after the latest receive"\n'
        + ACT
        + 'within = "9 days after note is due"\n'
    )


@pytest.mark.parametrize(
    ("within", "not_before", "short", "days"),
    [
        ("13 days", "14 days", "", (13, 14)),
        ("14 days", "14 days", "", None),
        ("27 days", "1 month", "", (27, 28)),
        ("28 days", "1 month", "", None),
        ("1 month", "31 days", "", None),
        ("1 month", "32 days", "", (31, 32)),
        ("1 year", "366 days", "", None),
        ("1 year", "367 days", "", (366, 367)),
        ("364 days", "1 year", "", (364, 365)),
        ("365 days", "1 year", "", None),
        ("2 weeks", "14 days", "", None),
        ("2 weeks", "15 days", "", (14, 15)),
        ("13 days", "2 weeks", "", (13, 14)),
        ("14 clear days", "15 days", "", None),
        ("14 clear days", "16 days", "", (15, 16)),
        ("14 days", "14 clear days", "", (14, 15)),
        ("48 hours", "9 days", "", None),
        ("9 days", "240 hours", "", None),
        ("9 days in season", "20 days", "", None),
        ("4 days", "5 working days", "", (4, 5)),
        ("5 days", "5 working days", "", None),
        ("7 days", "6 working days", "", (7, 8)),
        ("8 days", "6 working days", "", None),
        ("5 working days", "19 days", "", None),
        ("5 working days", "20 days", "", (19, 20)),
        ("249 working days", "361 days", "", None),
        ("249 working days", "362 days", "", (361, 362)),
        ("250 working days", "374 days", "", None),
        ("250 working days", "375 days", "", (374, 375)),
        ("1 week", "23 days", "7 days", None),
        ("1 week", "24 days", "7 days", (23, 24)),
        ("5 days", "19 days", "5 days", None),
        ("5 days", "20 days", "5 days", (19, 20)),
    ],
)
def test_nothing_is_due_before_it_is_allowed(
    within: str, not_before: str, short: str, days: tuple[int, int] | None
) -> None:
    """Working days: a weekend in each five but the first, and in other closed days a dozen a year."""
    steps = ACT + f'within = "{within} after receive"\nnot_before = "{not_before} after receive"\n'
    if short:
        steps += f'[counting]\nshort_periods = "at most {short} leave closed days out"\n'
    if days is None:
        book(steps)
    else:
        (said,) = faults(steps)
        assert f"must be done by day {days[0]} after receive but not before day {days[1]}." in said


@pytest.mark.parametrize(
    ("within", "not_before", "says"),
    [
        ("14 days after the first receive", "15 days after receive", "not before day 15."),
        ("14 days after the latest receive", "15 days after receive", None),
        ("14 days after receive", "15 days after act", None),
        ("15 days beginning with receive", "15 days after receive", "by day 14 after receive"),
        ("16 days beginning with receive", "15 days after receive", None),
        ("receive", "1 day after receive", "by the very day of receive but not before day 1 after it."),
        ("1 day after receive", "receive", None),
        ("receive", "receive", None),
        (
            "2 days before receive",
            "1 day before receive",
            "by day 2 before receive but not before day 1 before it.",
        ),
        ("1 day before receive", "2 days before receive", None),
        ("1 month before receive", "28 days before receive", None),
        ("1 month before receive", "27 days before receive", "by day 28 before receive"),
    ],
)
def test_both_are_counted_from_the_same_occasion(within: str, not_before: str, says: str | None) -> None:
    steps = ACT + f'within = "{within}"\nnot_before = "{not_before}"\n'
    if says is None:
        book(steps)
    else:
        (said,) = faults(steps)
        assert says in said


def test_the_later_of_several_is_due_when_the_latest_of_them_is() -> None:
    steps = (
        ACT
        + 'within = {{ later_of = ["9 days after receive", "{}"] }}\nnot_before = "14 days after receive"\n'
    )
    book(steps.format("14 days after receive"))
    book(steps.format("5 days after act"))
    assert len(faults(steps.format("13 days after receive"))) == 1
    floors = (
        ACT
        + 'within = "{}"\nnot_before = {{ later_of = ["9 days after receive", "14 days after receive"] }}\n'
    )
    book(floors.format("14 days after receive"))
    (said,) = faults(floors.format("8 days after receive"))
    assert "not before day 9." in said
    assert len(faults(floors.format("13 days after receive"))) == 1


def test_a_time_that_holds_instead_is_not_due_before_it_is_allowed_either() -> None:
    (said,) = faults(
        ACT + 'not_before = "14 days after receive"\n'
        'instead = [{ when = "receive is done", within = "13 days after receive" }]\n'
    )
    assert "must be done by day 13 after receive but not before day 14." in said
