"""Each key of a step, of an outcome and of a limit is read as it is written, and each slip in one is told."""

import pytest
from tests.rulebook.test_edges import book, faults
from tests.rulebook.test_edges_of_sections import ACT, DAYS, RECEIVED

from duly.rulebook.phrases import Consequence, GoesTo, NothingFollows, Reference, StepDone, TooLate
from duly.rulebook.steps import Force, Is, Per, Step


def act(line: str) -> Step:
    return book(f"{ACT}{line}\n").steps["act"]


def test_a_step() -> None:
    found = act(
        'title = "T"\nclause = "C"\nvague = "V"\nfee = "F"\nmajority = "all"\nforce = "aim"\nis = "report"\n'
        'per = "allegation"\ntimes = "any"\n'
        'within = "9 days after receive"\nif_late = ["too late", "nothing"]\nthen = "goes to two"\n'
        'not_before = "9 days beginning with receive"\nruns_on = true\neven_when_closed = true\n'
        'grounds = ["a", "b"]\nmust_state = "m"\nserve_on = ["respondent"]\nagreed_by = "complainant"\n'
        'not_the_people_of = ["receive"]\noutcomes = ["yes", "proved"]\n'
        'no_worse_than = { step = "receive", unless = "receive by officer" }\n'
        'extend = { by = "chair", at_most = "9 days", times = 2, grounds = ["ill"] }'
    )
    assert (found.title, found.clause, found.vague, found.fee) == ("T", "C", "V", "F")
    assert (found.majority, found.force, found.is_, found.per) == (
        "all",
        Force.AIM,
        Is.REPORT,
        Per.ALLEGATION,
    )
    assert (found.times, found.within, found.runs_on, found.even_when_closed) == (
        None,
        (RECEIVED,),
        True,
        True,
    )
    assert found.if_late == (Consequence(TooLate()), Consequence(NothingFollows()))
    assert found.then == (Consequence(GoesTo("two")),)
    assert (found.grounds, found.must_state, found.serve_on) == (("a", "b"), ("m",), ("respondent",))
    assert (found.agreed_by, found.not_the_people_of) == (("complainant",), ("receive",))
    assert (list(found.outcomes), found.adverse) == (["yes", "proved"], ("proved",))
    assert found.no_worse_than is not None
    assert found.no_worse_than.unless == Reference((StepDone("receive", None, "officer"),))
    assert found.extend is not None
    assert (found.extend.by, found.extend.at_most) == (("chair",), DAYS)
    assert (found.extend.times, found.extend.grounds) == (2, ("ill",))


def test_what_a_step_leaves_out() -> None:
    found = act("")
    assert (found.times, found.force, found.if_late, found.is_) == (1, Force.SHALL, None, None)
    assert (found.extend, found.no_worse_than, found.outcomes, found.adverse) == (None, None, {}, ())
    assert (found.runs_on, found.even_when_closed, found.per) == (False, False, None)
    extended = act('within = "9 days after receive"\nextend = { by = "chair", at_most = "9 days" }').extend
    assert extended is not None
    assert (extended.times, extended.grounds) == (1, ())
    assert act('outcomes = ["proved", "no"]\nadverse = []').adverse == ()
    assert act('outcomes = ["proved", "no"]\nadverse = ["no"]').adverse == ("no",)
    assert act("times = 1000").times == 1000


def test_an_outcome_has_its_own_table_or_stands_in_the_list() -> None:
    found = act(
        'outcomes = { yes = "goes to two", no = "nothing" }\n[one.act.outcome.no]\nafter = ["receive"]\n'
        'only_if = "two is open"\nagreed_by = ["respondent"]\nmajority = "all"\nmust_state = ["why"]\n'
        '[one.act.outcome.other]\nthen = "goes to two"'
    ).outcomes
    assert list(found) == ["yes", "no", "other"]
    assert found["yes"].then == (Consequence(GoesTo("two")),)
    assert found["no"].then == (Consequence(NothingFollows()),)
    assert found["no"].after == (Reference((StepDone("receive"),)),)
    assert len(found["no"].only_if.all_of) == 1
    assert (found["no"].agreed_by, found["no"].majority) == (("respondent",), "all")
    assert found["no"].must_state == ("why",)
    assert found["other"].then == (Consequence(GoesTo("two")),)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("colour = 1", "a step has no such key."),
        ('during = ["two"]', 'this step has its home in "one". Leave the key out, or put the step under'),
        ('times = "many"', 'times = "many": I do not know this. Write times = 3, or times = "any".'),
        ("times = 0", "Write a number from 1 to 1,000."),
        ("times = 1001", "Write a number from 1 to 1,000."),
        ('adverse = ["proved"]', '"act" has no outcomes, so none is "proved".'),
        ("outcomes = 3", 'I expected a list or a table. Write outcomes = ["proved", "not-proved"].'),
        ('outcomes = ["No!"]', '"No!" cannot be the name of an outcome. Use small letters'),
        ('outcomes = { yes = "nothing" }\noutcome.yes.then = "nothing"', 'what follows "yes" is said in "'),
        ("outcomes = ['yes']\noutcome.yes.colour = 1", "an outcome has no such key."),
        ('instead = { by = "chair" }', 'when is missing. Add when = "abroad is yes".'),
        ('instead = { when = "two is open" }', "what holds instead is missing. Add by or within."),
        ('instead = { when = "two is open", by = "chair", a = 1 }', "instead has no such key."),
        ("instead = [3]", 'I expected a table, not a number. Write instead = [{ one = "words" }].'),
        ('within = "9 days after receive"\nextend = { by = "chair" }', 'at_most is missing. Add at_most ='),
        ('within = "9 days after receive"\nextend = { at_most = "9 days" }', 'by is missing. Add by = "pa'),
        ('within = "9 days after receive"\nextend = { by = "chair", at_most = "9 days", a = 1 }', "extend"),
        ('no_worse_than = { unless = "receive" }', 'step is missing. Add step = "decide-sanction".'),
        ('no_worse_than = { step = "receive", a = 1 }', "no_worse_than has no such key."),
        ("even_when_closed = 1", "I expected true or false, not a number. Write even_when_closed = true."),
        ('is = "dance"', 'I do not know "dance".'),
        ("title = 3", 'Write title = "3".'),
        (f'title = "{"x" * 201}"', "the text has 201 characters."),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_step(line: str, says: str) -> None:
    (said,) = faults(f"{ACT}{line}\n")
    assert says in said


def test_the_parts_of_a_named_limit() -> None:
    limits = (
        ACT + '[limit.backstop]\nfor = "act"\nif_late = "too late"\nclause = "C"\nforce = "aim"\n'
        'within = ["9 days after receive", "20 days after receive"]\n'
        'instead = [{ when = "two is open", within = "9 days after receive" }]\n'
        'extend = { by = "chair", at_most = "9 days" }\n'
    )
    first, second = book(limits).named_limits
    assert (first.name, first.step, first.part, second.part) == ("backstop", "act", 0, 1)
    assert (first.timing, first.if_late, first.clause) == (RECEIVED, (Consequence(TooLate()),), "C")
    assert (first.force, len(first.instead), first.extend is not None) == (Force.AIM, 1, True)


@pytest.mark.parametrize(
    ("limit", "says"),
    [
        ('within = "9 days after receive"\n', 'for is missing. Add for = "report".'),
        ('for = "act"\n', 'within is missing. Add within = "26 weeks after inquiry begins".'),
        ('for = "act"\nwithin = "9 days after receive"\ncolour = 1\n', "a limit has no such key."),
    ],
)
def test_what_is_wrong_in_a_limit(limit: str, says: str) -> None:
    (said,) = faults(f"{ACT}[limit.backstop]\n{limit}")
    assert says in said
