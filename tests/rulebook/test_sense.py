"""What each phrase allows and the book as a whole does not: due before allowed, recurring triggers, lapse."""

from collections.abc import Callable

import pytest

from duly.rulebook.book import Rulebook

Reads = Callable[..., Rulebook]
Says = Callable[..., list[str]]

NOT_BEFORE = 'not_before = ["hearing-day", "14 clear days after disclose"]'
WITHIN = 'within  = { later_of = ["14 days after hearing-day", "28 days after disclose"] }'


def find(within: str, not_before: str) -> tuple[tuple[str, str], ...]:
    return ((WITHIN, f"within = {within}"), (NOT_BEFORE, f"not_before = {not_before}"))


@pytest.mark.parametrize(
    ("within", "not_before", "says_so"),
    [
        (
            '"14 days after disclose"',
            '"14 clear days after disclose"',
            "day 14 after disclose but not before day 15",
        ),
        (
            '"15 days beginning with disclose"',
            '"15 days after disclose"',
            "day 14 after disclose but not before day 15",
        ),
        ('"disclose"', '"1 day after disclose"', "the very day of disclose but not before day 1 after it"),
        (
            '"2 weeks before hearing-day"',
            '"13 days before hearing-day"',
            "day 14 before hearing-day but not before day 13 before it",
        ),
        (
            '"9 days after disclose"',
            '"8 working days after disclose"',
            "day 9 after disclose but not before day 10",
        ),
        (
            '"28 days before hearing-day"',
            '"hearing-day"',
            "day 28 before hearing-day but not before the very day of it",
        ),
        (
            '"1 month after disclose"',
            '"32 days after disclose"',
            "day 31 after disclose but not before day 32",
        ),
        (
            '"1 month before hearing-day"',
            '"27 days before hearing-day"',
            "day 28 before hearing-day but not before day 27 before it",
        ),
        (
            '{ later_of = ["3 days after disclose", "5 days after disclose"] }',
            '"6 days after disclose"',
            "day 5 after disclose but not before day 6",
        ),
        (
            '"5 days after disclose"',
            '{ later_of = ["2 days after hearing-day", "6 days after disclose"] }',
            "day 5 after disclose but not before day 6",
        ),
        (
            '"5 days after the first disclose"',
            '"6 days after disclose"',
            "day 5 after disclose but not before day 6",
        ),
        (
            '"5 days after disclose or time up"',
            '"6 days after disclose or time up"',
            "day 5 after disclose or time up but not before day 6",
        ),
    ],
)
def test_due_before_it_is_allowed(says: Says, within: str, not_before: str, says_so: str) -> None:
    remedy = 'Lengthen "within" or shorten "not_before".'
    assert says(*find(within, not_before)) == [
        f"line 106, [hearing.find]: must be done by {says_so}. {remedy}"
    ]


@pytest.mark.parametrize(
    ("within", "not_before"),
    [
        ('"15 days after disclose"', '"14 clear days after disclose"'),  # on that one day
        ('"15 days beginning with disclose"', '"14 days after disclose"'),
        ('"8 days after disclose"', '"8 working days before disclose"'),
        ('"5 working days after disclose"', '"5 days after disclose"'),  # counted from a Sunday they agree
        ('"1 month after disclose"', '"31 days after disclose"'),
        ('"32 days after disclose"', '"1 month after disclose"'),
        ('"1 day after disclose"', '"9 days after hearing-day"'),  # other occasions: the lint explores those
        ('{ later_of = ["3 days after disclose", "5 days after hearing-day"] }', '"6 days after disclose"'),
        ('{ later_of = ["3 days after disclose", "7 days after disclose"] }', '"6 days after disclose"'),
        ('"5 days after the latest disclose"', '"6 days after the first disclose"'),
        ('"5 days after disclose or time up"', '"6 days after disclose"'),
        ('"24 hours after disclose"', '"9 days after disclose"'),
        ('"9 days after disclose"', '"24 hours after disclose"'),
        ('"1 day in season after disclose"', '"9 days after disclose"'),
        ('"2 days before hearing-day"', '"3 days before hearing-day"'),
    ],
)
def test_what_may_be_in_time_is_left_alone(reads: Reads, within: str, not_before: str) -> None:
    assert reads(*find(within, not_before)).steps["find"].not_before


def test_what_holds_instead_is_compared_too(says: Says) -> None:
    instead = f'{WITHIN}\ninstead = [{{ when = "abroad is yes", within = "12 days after disclose" }}]'
    assert says((WITHIN, instead)) == [
        "line 107, [hearing.find]: must be done by day 12 after disclose but not before day 15. "
        'Lengthen "within" or shorten "not_before".'
    ]


@pytest.mark.parametrize(
    ("old", "new", "line", "again", "remedy"),
    [
        (
            '"28 days after the case closes"',
            '"28 days after update"',
            170,
            "[anytime.publish]: update can happen any number of times.",
            'Say "after the first update" or "after the latest update".',
        ),
        (
            '"28 days after the case closes"',
            '"28 days after the case closes or update"',
            170,
            "[anytime.publish]: update can happen any number of times.",
            'Say "after the first of the case closes or update" '
            'or "after the latest of the case closes or update".',
        ),
        (
            '"28 days after the case closes"',
            '"review-suspension is due"',
            170,
            "[anytime.publish]: review-suspension can be due again and again.",
            'Say "the first review-suspension is due" or "the latest review-suspension is due".',
        ),
        (
            '"21 days after fix-hearing"',
            '"21 days after serve-notice"',
            90,
            "[day.hearing-day]: serve-notice can happen 3 times.",
            'Say "after the first serve-notice" or "after the latest serve-notice".',
        ),
        (
            'not_after  = "8 weeks after hearing begins"',
            'not_after = "8 weeks after serve-notice"',
            91,
            "[day.hearing-day]: serve-notice can happen 3 times.",
            'Say "after the first serve-notice" or "after the latest serve-notice".',
        ),
        (
            "12 months before receive",
            "12 months before serve-notice",
            21,
            "[conduct.bullying]: serve-notice can happen 3 times.",
            'Say "before the first serve-notice" or "before the latest serve-notice".',
        ),
        (
            'decide-appeal = "7 weeks after appeal begins"',
            'decide-appeal = "7 weeks after serve-notice"',
            183,
            "[fast_track]: serve-notice can happen 3 times.",
            'Say "after the first serve-notice" or "after the latest serve-notice".',
        ),
    ],
)
def test_counted_from_what_comes_again(
    says: Says, old: str, new: str, line: int, again: str, remedy: str
) -> None:
    assert says((old, new)) == [f"line {line}, {again} {remedy}"]


def test_what_is_due_once_does_not_come_again(reads: Reads) -> None:
    """Three notices may be served, but the time for the first begins once."""
    book = reads(('"28 days after the case closes"', '"28 days after serve-notice is due"'))
    assert len(book.steps["publish"].within) == 1


LOOK_AGAIN = 'if_late = "counts as look-again: accepted"'
BY_PEOPLE = "which only people may decide, never time (R19)."


@pytest.mark.parametrize(
    ("changes", "says_so"),
    [
        (
            [(LOOK_AGAIN, 'if_late = "counts as look-again: accepted"\nadverse = ["accepted"]')],
            'line 63, if_late: "counts as look-again: accepted": accepted is a decision against a party, '
            f'{BY_PEOPLE} Say "tells overseer" instead.',
        ),
        (
            [(LOOK_AGAIN, f'{LOOK_AGAIN}\nthen = "begins interim-suspension"')],
            'line 63, if_late: "counts as look-again: accepted": '
            f"look-again begins interim-suspension, {BY_PEOPLE} "
            'Say "tells overseer" instead.',
        ),
        (
            [
                (
                    'if_late = ["ends interim-suspension", "tells overseer"]',
                    'if_late = "ends review-suspension"',
                )
            ],
            f'line 149, if_late: "ends review-suspension": this keeps interim-suspension, {BY_PEOPLE} '
            'Say "ends interim-suspension" or "tells overseer" instead.',
        ),
        (
            [
                (
                    "[retention]\n",
                    '[limit.long]\nfor = "report"\nwithin = "30 weeks after inquiry begins"\n'
                    'if_late = "counts as find: proved"\n[retention]\n',
                )
            ],
            f'line 201, if_late: "counts as find: proved": find is a finding, {BY_PEOPLE} '
            'Say "tells overseer" instead.',
        ),
        (
            [('case-to-answer = "goes to hearing"', 'case-to-answer = "counts as decide-sanction: imposed"')],
            'line 81, outcomes: "counts as decide-sanction: imposed": '
            f"decide-sanction is a sanction, {BY_PEOPLE} "
            'Say "tells overseer" instead.',
        ),
    ],
)
def test_no_decision_against_a_person_by_lapse_of_time(
    says: Says, changes: list[tuple[str, str]], says_so: str
) -> None:
    assert says(*changes) == [says_so]


def test_time_may_end_a_measure_and_begin_a_stage(reads: Reads) -> None:
    book = reads((LOOK_AGAIN, 'if_late = ["begins appeal", "ends interim-suspension"]'))
    assert len(book.steps["look-again"].if_late or ()) == 2


def test_whoever_has_the_step_when_a_question_says_so_cannot_give_itself_time_either(says: Says) -> None:
    extend = 'clause  = "F 4.1"\nextend = { by = "deputy-officer", at_most = "5 days" }'
    assert says(('clause  = "F 4.1"', extend)) == [
        'line 50, extend.by = "deputy-officer": the deputy-officer owes this step; '
        "it cannot give itself more time. Name another office."
    ]


def test_the_shorter_time_of_a_limit_is_judged_by_its_step(says: Says) -> None:
    limit = '[limit.second]\nfor = "answer"\nwithin = "8 weeks after inquiry begins"\n[retention]\n'
    shorter = 'shorter = { second = "7 weeks after inquiry begins", sift'
    assert says(("[retention]\n", limit), ("shorter = { sift", shorter)) == [
        'line 183, fast_track.shorter: "second" is the respondent\'s time. '
        "A fast track may shorten an office's time only."
    ]
