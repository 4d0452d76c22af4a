"""The ten likeliest mistakes of the format (section 7), word for word, in the example.

The sixth, a stage that begins again with nothing owed in it, is for the lint.
"""

from collections.abc import Callable

Says = Callable[..., list[str]]


def test_1_a_misspelt_step(says: Says) -> None:
    assert says(('"answer or time up"', '"anwser or time up"')) == [
        'line 79, [inquiry.report], after: there is no step "anwser". Did you mean "answer" (line 71)?'
    ]


def test_2_a_unit_that_is_none(says: Says) -> None:
    assert says(('"5 working days after receive"', '"5 work days after receive"')) == [
        'line 48, within = "5 work days after receive": I do not know "work days". '
        'Say "working days" (the calendar GB-ENG) or "days".'
    ]


def test_3_a_length_counted_from_nothing(says: Says) -> None:
    assert says(('within  = "21 days after the latest serve-notice"', 'within = "14 days"')) == [
        'line 73, within = "14 days": fourteen days after what? For instance "14 days after serve-notice".'
    ]


def test_4_counted_from_what_can_happen_again(says: Says) -> None:
    assert says(("21 days after the latest serve-notice", "21 days after serve-notice")) == [
        "line 73, [inquiry.answer]: serve-notice can happen 3 times. "
        'Say "after the first serve-notice" or "after the latest serve-notice".'
    ]


def test_5_due_before_it_is_allowed(says: Says) -> None:
    later_of = '{ later_of = ["14 days after hearing-day", "28 days after disclose"] }'
    assert says((later_of, '"12 days after disclose"')) == [
        "line 106, [hearing.find]: must be done by day 12 after disclose but not before day 15. "
        'Lengthen "within" or shorten "not_before".'
    ]


def test_7_more_time_given_to_oneself(says: Says) -> None:
    extend = 'outcomes = ["proved", "not-proved", "withdrawn", "outside-the-rules"]'
    assert says((extend, f'extend = {{ by = "panel", at_most = "14 days" }}\n{extend}')) == [
        'line 107, extend.by = "panel": the panel owes this step; it cannot give itself more time. '
        "Name another office."
    ]


def test_8_a_phrase_that_follows_nothing(says: Says) -> None:
    assert says(('case-to-answer = "goes to hearing"', 'case-to-answer = "goto hearing"')) == [
        'line 81, outcomes: "goto hearing": what follows must be one of: goes to, begins, ends, '
        "closes the case as, counts as, starts, tells, too late, nothing. "
        'Say "goes to hearing".'
    ]


def test_9_one_name_for_two_things(says: Says, example: str) -> None:
    step = example[example.index("[appeal.decide-appeal]") :].split("[anytime.suspend]")[0]
    assert says(
        ("[decided.lodge-appeal]", "[decided.appeal]"),
        ("if lodge-appeal is not owed", "if appeal is not owed"),
        (step, step.replace("lodge-appeal", "appeal")),
    ) == ['line 1 and line 120: a stage and a step are both called "appeal". Call the step "lodge-appeal".']


def test_10_a_fast_track_through_a_partys_time(says: Says) -> None:
    faster = 'shorter = { answer = "5 days after the latest serve-notice", sift'
    assert says(("shorter = { sift", faster)) == [
        'line 183, fast_track.shorter: "answer" is the respondent\'s time. '
        "A fast track may shorten an office's time only."
    ]


def test_all_of_them_at_once_each_with_its_line(says: Says) -> None:
    found = says(
        ('"answer or time up"', '"anwser or time up"'),
        ('"5 working days after receive"', '"5 work days after receive"'),
        ('within  = "21 days after the latest serve-notice"', 'within = "14 days"'),
        ('case-to-answer = "goes to hearing"', 'case-to-answer = "goto hearing"'),
        ('edition       = "2026"', "edition = 2026"),
        ('by = "overseer", review = "every year"', 'by = "oversear", review = "every year"'),
    )
    assert [fault.partition(",")[0] for fault in found] == [
        *("line 5", "line 48", "line 73", "line 79", "line 81", "line 201")
    ]
