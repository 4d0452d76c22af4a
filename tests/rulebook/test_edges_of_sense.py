"""What phrases allow one by one and not together, where only a slight difference shows."""

import pytest
from tests.rulebook.test_edges import book, faults

from duly.rulebook.cross import has_time
from duly.rulebook.phrases import Event

ACT = '[one.act]\nby = "officer"\n'
WITHIN = 'within = "9 days after receive"\n'
INSTEAD = 'instead = [{ when = "receive is done", within = "9 days after receive" }]\n'
NAMED = '[limit.backstop]\nfor = "act"\nif_late = "nothing"\n'
OTHER = '[one.other]\nby = "chair"\n'


@pytest.mark.parametrize(
    ("steps", "is_timed"),
    [
        (ACT, False),
        (ACT + WITHIN, True),
        (ACT + INSTEAD, True),
        (ACT + 'instead = [{ when = "receive is done", by = "chair" }]\n', False),
        (ACT + NAMED + WITHIN, True),
        (ACT + OTHER + NAMED.replace('"act"', '"other"') + WITHIN, False),
    ],
)
def test_a_step_is_due_by_its_own_time_or_by_one_instead_or_by_a_named_limit(
    steps: str, is_timed: bool
) -> None:
    found = book(steps)
    assert has_time(found.steps["act"], found) is is_timed
    waiting = '[one.wait]\nby = "chair"\nafter = ["act or time up"]\n'
    due = waiting.replace("or time up", "is due")
    for after in (waiting, due):
        if is_timed:
            book(steps + after)
        else:
            (said,) = faults(steps + after)
            assert "act has no time that could run out. Give it one: within" in said


@pytest.mark.parametrize(
    ("steps", "place"),
    [
        ('within = "9 days after act is due"\n', "[one.wait]"),
        ('outcomes = ["yes"]\n[one.wait.outcome.no]\nafter = ["act or time up"]\n', "[one.wait.outcome.no]"),
        ('after = ["receive", "act or time up"]\n', "[one.wait]"),
    ],
)
def test_a_time_that_cannot_run_out_is_found_wherever_it_is_waited_for(steps: str, place: str) -> None:
    (said,) = faults(ACT + '[one.wait]\nby = "chair"\n' + steps)
    assert place in said
    assert "act has no time that could run out." in said
    book(ACT + WITHIN + '[one.wait]\nby = "chair"\n' + steps)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("if_late", '"nothing"'),
        ("extend", '{ by = "chair", at_most = "9 days", grounds = ["illness"] }'),
    ],
)
def test_what_is_never_late_has_nothing_to_say_of_being_late(key: str, value: str) -> None:
    (said,) = faults(f"{ACT}{key} = {value}\n")
    assert f'[one.act], {key}: this step has no "within", so it is never late.' in said
    book(f"{ACT}{WITHIN}{key} = {value}\n")
    book(f"{ACT}{INSTEAD}{key} = {value}\n")


EXTEND = 'extend = { by = "chair", at_most = "9 days" }\n'


@pytest.mark.parametrize(
    "steps",
    [
        '[one.act]\nby = "chair"\n' + WITHIN + EXTEND,
        '[one.act]\nby = ["officer", "chair"]\n' + WITHIN + EXTEND,
        ACT + 'instead = [{ when = "receive is done", by = "chair" }]\n' + WITHIN + EXTEND,
        '[one.act]\nby = "chair"\n' + NAMED + WITHIN + EXTEND,
        '[one.act]\nby = "chair"\n'
        + NAMED
        + 'within = ["8 days after receive", "9 days after receive"]\n'
        + EXTEND,
    ],
)
def test_nobody_gives_more_time_to_themselves(steps: str) -> None:
    (said,) = faults(steps)
    assert 'extend.by = "chair": the chair owes this step; it cannot give itself more time.' in said
    line = 18 + steps[: steps.index("extend")].count("\n")
    assert said.startswith(f"line {line}, ")
    book(steps.replace('by = "chair", at_most', 'by = "overseer", at_most'))


TRACK = '[fast_track]\nby = "chair"\ncriteria = ["ill"]\nshorter = {{ {} = "5 days after receive" }}\n'


def test_a_fast_track_shortens_the_time_of_an_office_and_of_one_that_has_one() -> None:
    book(ACT + WITHIN + TRACK.format("act"))
    book(ACT + INSTEAD + TRACK.format("act"))
    book(ACT + NAMED + WITHIN + TRACK.format("backstop"))
    (said,) = faults(ACT + TRACK.format("act"))
    assert 'fast_track.shorter: "act" has no time to shorten.' in said
    (said,) = faults('[one.act]\nby = ["officer", "respondent"]\n' + WITHIN + TRACK.format("act"))
    assert 'fast_track.shorter: "act" is the respondent\'s time.' in said
    reply = '[one.act]\nby = ["complainant", "respondent"]\n' + NAMED + WITHIN
    (said,) = faults(reply + TRACK.format("backstop"))
    assert "\"backstop\" is the complainant's and the respondent's time." in said


def test_a_day_is_set_by_a_step_and_moved_by_one_that_sets_it() -> None:
    sets = '[one.act]\nby = "officer"\nsets = "hearing"\n'
    moves = '[day.hearing]\nmoves = { by = "other", at_most = "9 days" }\n'
    (said,) = faults(ACT + "[day.hearing]\n")
    assert '[day.hearing]: no step sets this day. Add sets = ["hearing"]' in said
    (said,) = faults(sets + OTHER + moves)
    assert 'the step "other" does not set this day. Add sets = ["hearing"] to [one.other].' in said
    book(sets + OTHER + 'sets = "hearing"\n' + moves)


def test_what_is_kept_is_named_as_cases_close_or_by_an_outcome() -> None:
    closing = '[one.act]\nby = "officer"\nthen = "closes the case as over"\noutcomes = ["yes", "no"]\n'
    keep = '[retention]\n{} = "1 year after the case closes"\n'
    for name in ("over", "yes", "no"):
        book(closing + keep.format(name))
    (said,) = faults(closing + keep.format("ovre"))
    assert '[retention]: no case closes as "ovre". Did you mean "over"?' in said
    (said,) = faults(ACT + keep.format("over"))
    assert '[retention]: no case closes as "over". Name a way in which a case closes.' in said


def test_each_occasion_knows_the_times_that_may_start_from_it() -> None:
    """By the kinds of the engine: whoever records one of these looks at these times, and at no other."""
    starting = {
        ("step", "receive"): "9 days after receive",
        ("begins", "one"): "9 days after one begins",
        ("ends", "one"): "9 days after one ends",
        ("due", "other"): "9 days after other is due",
        ("day", "hearing"): "9 days before hearing",
        ("opens", ""): "9 days after the case opens",
        ("closes", ""): "9 days after the case closes",
    }
    other = '[one.other]\nby = "officer"\nsets = "hearing"\nwithin = "3 days after receive"\n[day.hearing]\n'
    for token, within in starting.items():
        for steps in (
            f'within = "{within}"\n',
            f'within = {{ later_of = ["{within}", "2 days after other"] }}\n',
            f'within = "2 days after other"\ninstead = [{{ when = "one is open", within = "{within}" }}]\n',
        ):
            found = book(f"{other}{ACT}{steps}").limits_by_occasion
            assert "act" in [limit.name for limit in found[token]]
            assert all(
                "act" not in [one.name for one in found.get(each, ())] for each in starting if each != token
            )
    up = book(other + ACT + 'within = "9 days after other or time up"\n').limits_by_occasion
    assert [limit.name for limit in up["up", "other"]] == ["act"]
    track = ACT + 'within = "9 days after one begins"\n' + TRACK.format("act")
    assert [limit.name for limit in book(track).limits_by_occasion["step", "receive"]] == ["act"]
    assert ("step", Event.CASE_OPENS) not in up


@pytest.mark.parametrize(
    ("said", "steps"),
    [
        ('after = ["act is due"]\n', ("act",)),
        ('only_if = ["act is due is done"]\n', ("act",)),
        ('only_if = ["one is open or act is due is done"]\nafter = ["receive"]\n', ("act",)),
        ('after = ["act"]\n', ()),
        ('after = ["act or time up"]\nonly_if = ["act is not owed"]\n', ()),
    ],
)
def test_whose_last_day_lets_another_step_be_done(said: str, steps: tuple[str, ...]) -> None:
    assert book(ACT + WITHIN + OTHER + said).last_days_awaited == steps


@pytest.mark.parametrize(
    ("said", "is_conditioned"),
    [
        ('after = ["receive"]\n', True),
        ('not_before = "9 days after receive"\n', True),
        ('only_if = ["one is open"]\n', True),
        ('after = ["receive"]\nnot_before = "9 days after receive"\n', True),
        ("", False),
    ],
)
def test_what_may_be_barred_though_it_is_in_play(said: str, is_conditioned: bool) -> None:
    assert ("act" in book(ACT + said).conditioned) is is_conditioned
