"""Which fault is told, on which line and how often: where only a slight difference shows."""

import pytest
from tests.rulebook.test_edges import book, faults
from tests.rulebook.test_edges_of_lint import found, kept_apart

from duly.rulebook.countable import uncountable
from duly.rulebook.outline import outline
from duly.rulebook.phrases import At, Begins, Event, LaterOf, Reference, StepDone, StepDue, Which
from duly.rulebook.prose import say_reference, say_timing
from duly.rulebook.values import read_values

ACT = '[one.act]\nby = "officer"\n'
NOTE = '[one.note]\nby = "officer"\ntimes = "any"\n'
HEARING = '[one.set]\nby = "chair"\nsets = "{}"\n[day.{}]\n'


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('then = [\n"nothing",\n"goes to nowhere",\n]\n', 'there is no stage "nowhere".'),
        ('after = [\n"receive",\n"nowhere",\n]\n', 'there is no step "nowhere".'),
        ('serve_on = [\n"respondent",\n"nowhere",\n]\n', 'there is no office "nowhere".'),
        ('only_if = [\n"one is open",\n"nowhere is open",\n]\n', 'there is no stage or measure "nowhere".'),
        ('grounds = [\n"one",\n3,\n]\n', "I expected words in quotation marks, not a number."),
    ],
)
def test_a_fault_in_a_list_stands_on_the_line_of_its_member(line: str, says: str) -> None:
    (said,) = faults(ACT + line)
    assert said.startswith("line 22, ")
    assert says in said


def test_of_two_lines_that_disagree_the_earlier_gives_the_place_among_the_faults() -> None:
    said = faults('[one.act]\nby = "nobody"\n[one.officer]\nby = "chair"\n[one.more]\nby = "nobody"\n')
    assert [each[:7] for each in said] == ["line 12", "line 19", "line 23"]
    assert "line 12 and line 20: an office and a step" in said[0]


def test_a_heading_that_stands_twice_is_told_with_both_lines_and_hides_nothing_below() -> None:
    (said,) = faults(ACT + ACT + '[one.more]\nby = "chair"\n')
    assert said == 'line 18 and line 20: "one.act" stands twice. Keep one of them.'
    twice = read_values("[a.b]\nc = 1\n[a]\nd = 1\n[a]\n").faults
    assert [str(each) for each in twice] == ['line 3 and line 5: "a" stands twice. Keep one of them.']


def test_what_is_damaged_is_not_missed_in_a_list_of_tables_either() -> None:
    (said,) = faults('[[separate]]\noffices = ["officer" "chair"]\n')
    assert "a list is not closed, or a comma is missing in it." in said
    two = '[[separate]]\noffices = ["officer", "chair"]\n[[separate]]\noffices = ["officer" "chair"]\n'
    assert len(faults(two)) == 1


@pytest.mark.parametrize(
    ("steps", "says"),
    [
        ('[one]\nact = { by = "officer"\n[one.more]\nby = "chair"\nafter = ["act"]\n', "a list in braces"),
        (ACT + 'grounds = ["a" "b"]\n[one.more]\nby = "chair"\nafter = ["act: yes"]\n', "a list is not"),
        ('[measure.chair]\n' + ACT + 'then = "begins chair"\n', "an office and a measure are both"),
        ('[one.Act]\nby = "officer"\n[one.more]\nby = "chair"\nafter = ["act"]\n', '"Act" cannot be'),
    ],
)  # fmt: skip
def test_one_slip_is_one_fault_whatever_hangs_on_it(steps: str, says: str) -> None:
    (said,) = faults(steps)
    assert says in said


def test_a_name_that_is_repaired_is_known_with_its_line() -> None:
    said = faults('[one.Act]\nby = "officer"\n[one.more]\nby = "act"\n')
    assert "line 18, " in said[0]
    assert '"act" is a step (line 18), not an office.' in said[1]
    (long,) = faults(f'[one.{"A" * 61}]\nby = "officer"\n')
    assert long.endswith(f"beginning with a letter: {'a' * 60}.")


def test_a_step_called_as_a_stage_is_named_after_what_whoever_has_it_would_do() -> None:
    for by, verb in (('"officer"', "decide"), ('["officer", "respondent"]', "lodge")):
        (said,) = faults(f"[one.two]\nby = {by}\n")
        assert f'Call the step "{verb}-two".' in said


def test_a_name_that_is_known_is_told_as_what_it_is_and_not_as_a_day_nearly_called_so() -> None:
    (said,) = faults(HEARING.format("twa", "twa") + ACT + 'within = "9 days after two"\n')
    assert '"two" is a stage (line 2), not a step. Say "two begins" or "two ends".' in said


def test_an_answer_that_a_question_has_not_is_told() -> None:
    question = '[question.abroad]\nask = "?"\nanswers = ["no", "yes"]\n'
    (said,) = faults(question + ACT + 'only_if = "abroad is perhaps"\n')
    assert '"abroad" has no answer "perhaps". Say one of: no, yes.' in said
    book(question + ACT + 'only_if = "abroad is yes"\n')


def test_a_text_that_is_too_long_or_no_text_is_told_on_its_line_also_behind_a_blank_one() -> None:
    (long,) = read_values("\n" + "#" * 500_000).faults
    assert long.line == 2
    (no_text,) = read_values("\n\ud800").faults
    assert no_text.line == 2


@pytest.mark.parametrize(("slips", "is_whole"), [(100, True), (101, False)])
def test_of_a_long_file_fewer_slips_are_told(slips: int, is_whole: bool) -> None:
    """Five million characters are read again at the most: a file of 50,000 a hundred times."""
    text = "".join(f"k{n:04} = x\n" for n in range(slips))
    found = read_values(text + "#" * (49_999 - len(text)))
    assert (found.whole, len(found.faults)) == (is_whole, slips)


def test_lines_of_tables_in_braces_without_blanks() -> None:
    assert outline("x = {a=1,b=2}\n[[y]]\n").lines == {"x": 1, "x.a": 1, "x.b": 1, "y": 2, "y.0": 2}


@pytest.mark.parametrize(("number", "is_told"), [(100, False), (101, True)])
def test_a_step_has_at_most_a_hundred_outcomes_and_a_file_a_hundred_groups(
    number: int, is_told: bool
) -> None:
    table = ", ".join(f'o{n} = "nothing"' for n in range(number))
    apart = '[[separate]]\noffices = ["officer", "chair"]\n' * number
    for steps, says in (
        (f"{ACT}outcomes = {{ {table} }}\n", "101 outcomes. Keep them to 100."),
        (apart, "the list has 101 members. Keep it to 100."),
    ):
        if is_told:
            (said,) = faults(steps)
            assert says in said
        else:
            book(steps)


def test_a_time_of_several_names_the_part_that_does_not_say_which() -> None:
    (said,) = faults(NOTE + ACT + 'within = { later_of = ["receive", "9 days after note"] }\n')
    assert said.endswith('Say "after the first note" or "after the latest note".')
    two = '{ later_of = ["9 days after the first note", "9 days beginning with note"] }'
    (said,) = faults(f"{NOTE}{ACT}within = {two}\n")
    assert said.endswith('Say "beginning with the first note" or "beginning with the latest note".')


@pytest.mark.parametrize(
    ("within", "not_before", "says"),
    [
        ('"1 day after receive"', '"2 days after receive"', "by day 1 after receive but not before day 2."),
        ('"13 days after receive"', '"15 days beginning with receive"', "but not before day 14."),
        ('"14 days after receive"', '"15 days beginning with receive"', None),
        ('"26 days after receive"', '"1 month beginning with receive"', "not before day 27."),
        ('"27 days after receive"', '"1 month beginning with receive"', None),
        ('{ later_of = ["48 hours after receive", "receive"] }', '"14 days after receive"', None),
    ],
)  # fmt: skip
def test_a_floor_is_counted_as_its_words_say(within: str, not_before: str, says: str | None) -> None:
    steps = f"{ACT}within = {within}\nnot_before = {not_before}\n"
    if says is None:
        book(steps)
    else:
        (said,) = faults(steps)
        assert says in said


@pytest.mark.parametrize(("days", "is_read"), [(20, True), (21, False)])
def test_clear_days_of_a_short_period_leave_out_both_ends(days: int, is_read: bool) -> None:
    short = '[counting]\nshort_periods = "at most 5 days leave closed days out"\n'
    steps = f'{ACT}within = "5 clear days after receive"\nnot_before = "{days} days after receive"\n{short}'
    if is_read:
        book(steps)
    else:
        assert "by day 20 after receive but not before day 21." in faults(steps)[0]


def test_times_outside_the_steps_may_count_from_what_is_served_or_began() -> None:
    sections = (
        '[conduct.rude]\ntoo_old = "9 days before it began"\n[sanction]\nbar = { begins = "it was served" }\n'
        '[one.end]\nby = "officer"\nthen = "closes the case as over"\n'
        '[retention]\nover = "1 year after it ended"\n'
    )
    read = book(sections)
    rude, bar, kept = read.conduct["rude"].too_old, read.sanctions["bar"].begins, read.retention
    assert rude is not None
    assert bar == At(Reference((Event.SERVED,)))
    assert kept is not None
    assert "1 year after" in say_timing(kept.keep["over"])


@pytest.mark.parametrize(
    ("reference", "said"),
    [
        (Reference((Event.CASE_OPENS,)), "the receipt of the complaint"),
        (Reference((Event.CASE_CLOSES,)), "the end of the case"),
        (Reference((Event.SERVED,)), Event.SERVED.value),
        (Reference((StepDue("act"),)), "the last day for act"),
        (Reference((StepDone("act"), Begins("one")), Which.LATEST), "the later of the latest act"),
    ],
)  # fmt: skip
def test_an_occasion_in_plain_words(reference: Reference, said: str) -> None:
    assert say_reference(reference).startswith(said)
    both = LaterOf((At(reference), At(Reference((StepDone("act"),)))))
    assert say_timing(both).endswith(" and act")


def test_each_pair_of_offices_is_told_once_also_where_they_have_several_duties() -> None:
    said = kept_apart(sift="officer", report="chair", find="officer", appeal="chair")
    assert said == [
        "Nothing keeps a holder of officer from acting as chair in the same case.",
        "The officer sifts complaints and finds in the same case.",
        "The chair investigates and decides appeals in the same case.",
    ]


def test_an_office_that_has_a_duty_instead_of_another_has_it_too() -> None:
    steps = (
        '[one.sift]\nby = "officer"\n[one.report]\nby = "chair"\n'
        'instead = [{ when = "sift is done", by = "officer" }]\n'
        '[[separate]]\noffices = ["officer", "chair"]\n'
    )
    says = "The officer sifts complaints and investigates in the same case."
    assert [each.says for each in found("L10", steps)] == [says]


def test_a_limit_of_one_time_has_its_extension_looked_at() -> None:
    limit = (
        '[limit.backstop]\nfor = "act"\nwithin = "9 days after receive"\n'
        'extend = { by = "chair", at_most = "9 days" }\n'
    )
    (told,) = found("L05", ACT + limit)
    assert told.says.startswith("[limit.backstop] names no grounds")


def test_of_two_who_are_told_of_a_late_office_each_is_kept_apart() -> None:
    steps = (
        '[defaults]\nif_an_office_is_late = ["tells overseer", "tells chair"]\n[one.find]\nby = "panel"\n'
        '[[separate]]\noffices = ["panel", "overseer"]\n'
    )
    says = "The chair, who is told when an office is late, may sit as panel in the same case."
    assert [each.says for each in found("L20", steps)] == [says]


def test_where_no_notice_has_a_time_the_answer_is_compared_with_none() -> None:
    steps = '[one.answer]\nby = "respondent"\nwithin = "12 hours after receive"\n'
    assert found("L09", steps + '[fairness]\nleast_answer = "12 hours"\n') == []


@pytest.mark.parametrize(
    ("step", "decides"),
    [
        ("", False),
        ('is = "finding"\n', True),
        ('is = "answer"\noutcomes = ["yes", "no"]\n', False),
        ('is = "notice"\nthen = "goes to two"\n', False),
        ('outcomes = ["yes", "no"]\n', True),
        ('then = "goes to two"\n', True),
        ('then = ["tells chair", "goes to two"]\n', True),
        ('then = "tells chair"\n', False),
    ],
)
def test_what_is_a_decision_and_what_is_a_paper(step: str, decides: bool) -> None:
    """A quorum is asked of a decision alone."""
    assert book(ACT + step).steps["act"].decides is decides


def test_a_named_limit_begins_no_measure_by_itself() -> None:
    limit = '[limit.backstop]\nfor = "act"\nwithin = "9 days after receive"\nif_late = "begins ban"\n'
    (said,) = faults("[measure.ban]\n" + ACT + limit)
    assert "this begins ban, which only people may decide, never time (R19)." in said


@pytest.mark.parametrize(
    ("outcome", "line"),
    [
        ('outcomes = { yes = "counts as find: proved" }\n', 23),
        ('[one.act.outcome.yes]\nmajority = "all"\nthen = "counts as find: proved"\n', 25),
    ],
)
def test_what_an_outcome_may_not_count_as_is_told_where_it_stands(outcome: str, line: int) -> None:
    (said,) = faults('[one.find]\nby = "panel"\noutcomes = ["proved", "not-proved"]\n' + ACT + outcome)
    assert said.startswith(f"line {line}, ")
    assert "find is" in said


def test_a_zone_that_the_machine_does_not_know_is_told() -> None:
    zoned = book('[counting]\nday_ends = "23:59 Europe/Atlantis"\n')
    (told,) = uncountable(zoned, is_zone=lambda zone: zone != "Europe/Atlantis")
    assert told.line == 19
    assert told.says == "[counting], day_ends: there is no time zone “Europe/Atlantis” here."
    assert uncountable(zoned, is_zone=lambda zone: True) == uncountable(zoned) == ()


def test_an_office_may_be_asked_before_somebody_speaks() -> None:
    platform = '[platform]\noffices = ["chair"]\nact = "x"\nmeasures = { ban = "ask the chair first" }\n'
    read = book("[measure.ban]\n" + platform).platform
    assert read is not None
    assert read.measures == {"ban": "ask the chair first"}


def test_a_step_is_in_play_in_its_stage_or_during_those_it_names() -> None:
    steps = book(ACT + '[anytime.note]\nby = "officer"\nduring = ["two"]\n').steps
    assert (steps["act"].stages, steps["note"].stages) == (("one",), ("two",))
