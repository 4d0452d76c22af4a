"""Each key of each section is read as it is written, and each slip in one is told."""

from datetime import date, time

import pytest
from tests.rulebook.test_edges import book, faults

from duly.rulebook.book import (
    Accepted,
    Allowing,
    Fairness,
    Held,
    Hold,
    LastDayClosed,
    Proof,
    RunningCases,
)
from duly.rulebook.fault import Unreadable
from duly.rulebook.phrases import (
    Consequence,
    Counted,
    Direction,
    Event,
    Reference,
    StepDone,
    Tells,
)
from duly.rulebook.read import read
from duly.vocabulary import Length, Unit

ACT = '[one.act]\nby = "officer"\n'
DAYS = Length(9, Unit.DAYS)
RECEIVED = Counted(DAYS, Direction.AFTER, Reference((StepDone("receive"),)))
TITLE = ('title = "A small book"', "")
HEAD = 'edition = "1"'


def closes(years: int) -> Counted:
    return Counted(Length(years, Unit.YEARS), Direction.AFTER, Reference((Event.CASE_CLOSES,)))


def test_everything_that_stands_under_rulebook() -> None:
    more = (
        f'{HEAD}\nreplaces = "0"\nrunning_cases = "stay"\nanonymous = "kept"\ncounter_complaints = "heard"\n'
        'reprisals = "forbidden"\nsource = "Print"\nchecked_on = 2026-02-03\nnot_verified = ["F 9"]\n'
        'proof = { standard = "sure", burden = "presenter" }'
    )
    found = book("", (HEAD, more))
    assert (found.title, found.edition, found.in_force_from) == ("A small book", "1", date(2020, 1, 1))
    assert (found.replaces, found.running_cases) == ("0", RunningCases.STAY)
    assert (found.anonymous, found.counter_complaints) == ("kept", "heard")
    assert (found.reprisals, found.source) == ("forbidden", "Print")
    assert (found.checked_on, found.not_verified) == (date(2026, 2, 3), ("F 9",))
    assert found.proof == Proof(standard="sure", burden="presenter")
    assert (found.calendar, found.stages) == ("GB-ENG", ("one", "two"))
    plain = book("")
    assert (plain.running_cases, plain.proof) == (RunningCases.FINISH_STAGE, None)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ((HEAD, ""), '[rulebook]: edition is missing. Add edition = "2026".'),
        (TITLE, '[rulebook]: title is missing. Add title = "Complaints and discipline".'),
        (("in_force_from = 2020-01-01", ""), "in_force_from is missing. Add in_force_from = 2026-01-01."),
        (('calendar = "GB-ENG"', ""), '[rulebook]: calendar is missing. Add calendar = "GB-ENG".'),
        (("format = 1", ""), "[rulebook]: format is missing. Add format = 1."),
        (("format = 1", "format = 2"), "this version of Duly reads format 1 only. Write format = 1."),
        ((HEAD, f"{HEAD}\ncolour = 1"), "[rulebook], colour: [rulebook] has no such key."),
        ((HEAD, 'edition = "a/b"'), 'edition: "a/b" holds more than letters from A to Z, digits, points'),
        ((HEAD, 'edition = "a/b"'), 'Write edition = "a-b".'),
        ((HEAD, 'edition = "é"'), 'For instance edition = "2026".'),
        ((HEAD, f'edition = "{"x" * 41}"'), "the text has 41 characters. Write from 1 to 40 characters"),
        ((HEAD, f'{HEAD}\nreplaces = "{"x" * 41}"'), "the text has 41 characters. Write from 1 to 40"),
        ((TITLE[0], f'title = "{"x" * 201}"'), "the text has 201 characters. Write from 1 to 200"),
        ((HEAD, f'{HEAD}\nsource = "{"x" * 2001}"'), "the text has 2,001 characters. Write from 1 to 2,000"),
        ((HEAD, f"{HEAD}\nproof = {{ burden = 'x' }}"), "proof: standard is missing."),
        ((HEAD, f"{HEAD}\nproof = {{ standard = 'x' }}"), 'burden is missing. Add burden = "presenter".'),
        (
            (HEAD, f"{HEAD}\nproof = {{ standard = 'x', burden = 'y', colour = 1 }}"),
            "proof has no such key. The keys of proof are: standard, burden.",
        ),
        ((HEAD, f"{HEAD}\nproof = 3"), 'I expected a table, not a number. Write proof = { one = "words" }.'),
        ((HEAD, f'{HEAD}\nchecked_on = "x"'), "I expected a day, not words. Write checked_on = 2026-01-31."),
        ((HEAD, f"{HEAD}\nsource = 3"), 'not a number. Write source = '),
        ((HEAD, f"{HEAD}\nsource = 3.5"), "not a number with a point."),
        ((HEAD, f"{HEAD}\nsource = false"), 'not true or false. Write source = "false".'),
        ((HEAD, f"{HEAD}\nsource = []"), 'not a list. Write source = "words".'),
        ((HEAD, f"{HEAD}\nsource = {{}}"), 'not a table. Write source = "words".'),
        ((HEAD, f"{HEAD}\nsource = 2026-01-01"), 'not a day. Write source = "2026-01-01".'),
        ((HEAD, f"{HEAD}\nsource = 10:00:00"), "not something else."),
        ((HEAD, f"{HEAD}\nsource = ' '"), "there are no words in it. Write from 1 to 2,000 characters"),
        ((HEAD, f"{HEAD}\nnot_verified = ['a', 3]"), 'not a number. Write not_verified = ["one", "two"].'),
        ((HEAD, f"{HEAD}\nnot_verified = ['a', ' ']"), "not words."),
        ((HEAD, f"{HEAD}\nnot_verified = ['a', 'b', 'a']"), '"a" stands twice. Keep one of them.'),
        ((HEAD, f"{HEAD}\nrunning_cases = 'moving'"), 'I do not know "moving". Say one of: '),
        ((HEAD, f"{HEAD}\nrunning_cases = 'stya'"), 'I do not know "stya". Did you mean "stay"?'),
        (('stages = ["one", "two"]', ""), 'stages is missing. Add stages = ["intake", "inquiry", "decided"]'),
        (('stages = ["one", "two"]', "stages = 3"), "I expected a list. Write stages ="),
        (('stages = ["one", "two"]', "stages = 'one'"), "I expected a list. Write stages ="),
        (('stages = ["one", "two"]', "stages = []"), "the list is empty. Write stages ="),
    ],
)  # fmt: skip
def test_what_is_wrong_under_rulebook(change: tuple[str, str], says: str) -> None:
    (said,) = faults("", change)
    assert says in said


def test_a_file_without_its_heading_or_with_nothing_else() -> None:
    found = read('stages = ["one"]\n')
    assert isinstance(found, Unreadable)
    assert "line 1, [rulebook]: this heading is missing. Add it, with format, title, edition" in str(found)
    assert len(found.problems) == 1


def test_texts_are_as_long_as_they_may_be() -> None:
    found = book(
        "",
        (HEAD, f'edition = "{"x" * 40}"\nreplaces = "{"y" * 40}"\nsource = "{"z" * 2000}"'),
        (TITLE[0], f'title = "{"t" * 200}"'),
    )
    assert [len(each or "") for each in (found.edition, found.replaces, found.source, found.title)] == [
        *(40, 40, 2000, 200)
    ]


def test_how_time_is_counted() -> None:
    found = book(
        '[counting]\nlast_day_closed = "next working day"\nday_ends = "17:30 Europe/Vienna"\n'
        'short_periods = "of at most 30 days leave closed days out"\n'
        'by_post = "takes effect 2 days after posting"\nby_e_mail = "takes effect 3 days after sending"\n'
        'by_web = "takes effect 4 days after sending"\nby_hand = "takes effect 5 days after handing over"\n'
    ).counting
    assert (found.last_day_closed, found.short_period) == (LastDayClosed.NEXT_WORKING_DAY, 30)
    assert (found.day_ends_at, found.zone) == (time(17, 30), "Europe/Vienna")
    lengths = (found.by_post, found.by_e_mail, found.by_web, found.by_hand)
    assert lengths == tuple(Length(n, Unit.DAYS) for n in (2, 3, 4, 5))
    plain = book("").counting
    assert (plain.day_ends_at, plain.zone, plain.short_period) == (time(23, 59), "UTC", None)
    assert plain.last_day_closed is LastDayClosed.STAYS


@pytest.mark.parametrize(
    ("steps", "says"),
    [
        ('[counting]\nday_ends = "25:00 Europe/London"\n', "this is no time of day and zone. For instance"),
        ('[counting]\nby_post = "in 2 days"\n', 'Say "takes effect 2 working days after posting".'),
        ('[counting]\nby_post = "takes effect soon after posting"\n', "a length is a number and a unit."),
        ('[counting]\nshort_periods = "5 days"\n', 'Say "at most 5 days leave closed days out".'),
        ('[counting]\nshort_periods = "at most 31 days leave closed days out"\n', "31 days are no short p"),
        ('[counting]\nshort_periods = "at most 1 week leave closed days out"\n', "is said in days."),
        ('[counting]\nshort_periods = "at most 9 days in season leave closed days out"\n', "is said in da"),
        ('[counting]\nshort_periods = "at most x days leave closed days out"\n', "a length is a number"),
        ("[counting]\ncolour = 1\n", "[counting] has no such key."),
        ("[defaults]\ncolour = 1\n", "[defaults] has no such key."),
        ('[[separate]]\noffices = ["officer"]\n', "one office alone is separate from nobody. Name two or "),
        ("[[separate]]\n", 'offices is missing. Add offices = ["investigator", "panel"].'),
        ("[[separate]]\noffices = []\n", 'the list is empty. Write offices = ["investigator", "panel"].'),
        ('[[separate]]\noffices = ["officer", "chair"]\ncolour = 1\n', "[[separate]] has no such key."),
        ('[question.abroad]\nanswers = ["no", "yes"]\n', "ask is missing. Add ask ="),
        ('[question.abroad]\nask = "?"\n', 'answers is missing. Add answers = ["no", "yes"].'),
        ('[question.abroad]\nask = "?"\nanswers = ["no"]\n', "a question needs two answers or more."),
        ('[question.abroad]\nask = "?"\nanswers = ["no", "or so"]\n', '"or so" cannot stand in the record.'),
        ('[question.abroad]\nask = "?"\nanswers = ["no", "yes or no"]\n', "would be misread in a test."),
        ('[question.abroad]\nask = "?"\nanswers = ["no", "not yes"]\n', "would be misread in a test."),
        ('[question.abroad]\nask = "?"\nanswers = ["no", "Yes!"]\n', 'Write "yes": small letters from a t'),
        ('[question.abroad]\nask = "?"\nanswers = ["no", "é"]\n', 'Write one like "abroad": small letters'),
        ('[question.abroad]\nask = "?"\nanswers = ["no", "yes"]\ncolour = 1\n', "a question has no such k"),
        (ACT + 'sets = "h"\n[day.h]\ncolour = 1\n', "a day has no such key."),
        (ACT + 'sets = "h"\n[day.h]\nmoves = { at_most = "9 days" }\n', 'by is missing. Add by = "postpon'),
        (ACT + 'sets = "h"\n[day.h]\nmoves = { by = "act", colour = 1 }\n', "moves has no such key."),
        ("[measure.ban]\ncolour = 1\n", "a measure has no such key."),
        ('[measure.ban]\ncredit = "act"\n', 'there is no sanction "act". This file has no sanction yet: a'),
        ('[measure.ban]\nends_with = ["dance"]\n', 'there is no step "dance".'),
        ('[pause.ill]\nat_most = "9 days"\n', 'by is missing. Add by = "panel-chair".'),
        ('[pause.ill]\nby = "chair"\n', 'at_most is missing. Add at_most = "26 weeks".'),
        ('[pause.ill]\nby = "chair"\nat_most = "9 days"\ncolour = 1\n', "a pause has no such key."),
        ("[conduct.rude]\ncolour = 1\n", "a conduct has no such key."),
        (f'[conduct.rude]\ntitle = "{"x" * 201}"\n', "the text has 201 characters."),
        (f'[conduct.rude]\ntext = "{"x" * 20_001}"\n', "the text has 20,001 characters."),
        ('[conduct.rude]\nexample.a = { adopted = "yes" }\n', 'text is missing. Add text = "Mocking'),
        ('[conduct.rude]\nexample.a = { text = "x" }\n', 'adopted is missing. Add adopted = "yes".'),
        ('[conduct.rude]\nexample.a = { text = "x", adopted = "yes", b = 1 }\n', "an example has no such "),
        ('[conduct.rude]\ntoo_old = "9 days before receive unless"\n', "I do not know"),
        ('[conduct.rude]\ntoo_old = "9 days before receive unless so"\n', 'I do not know "unless so".'),
        (
            '[conduct.rude]\ntoo_old = "9 days before receive unless two allows it"\n',
            '"two" is a stage (line 2), not an office.',
        ),
        ('[fast_track]\ncriteria = ["ill"]\n', 'by is missing. Add by = "panel-chair".'),
        ('[fast_track]\nby = "chair"\ncriteria = ["open longer than 9 moons"]\n', 'I do not know "moons".'),
        ('[fast_track]\nby = "chair"\nshorter = { dance = "9 days after receive" }\n', 'shorter: there is'),
        ('[fast_track]\nby = "chair"\ncriteria = ["ill"]\ncolour = 1\n', "[fast_track] has no such key."),
        ('[platform]\nact = "x"\n', 'offices is missing. Add offices = ["president"].'),
        ('[platform]\noffices = "chair"\n', 'act is missing. Add act = "speaking on the same programme".'),
        ('[platform]\noffices = "chair"\nact = "x"\ncolour = 1\n', "[platform] has no such key."),
        (
            '[measure.ban]\n[platform]\noffices = "chair"\nact = "x"\nmeasures = { ban = "perhaps" }\n',
            'I do not know this answer. Say "no", "yes" or "ask the overseer first".',
        ),
        (
            '[measure.ban]\n[platform]\noffices = "chair"\nact = "x"\n'
            'measures = { ban = "ask the two first" }\n',
            '"two" is a stage (line 2), not an office.',
        ),
        (
            '[platform]\noffices = "chair"\nact = "x"\nmeasures = { act = "no" }\n',
            'there is no measure or sanction "act".',
        ),
        ("[publication]\nsmall_numbers = 5\n", 'what is missing. Add what = ["conduct", "finding", "sanct'),
        ('[publication]\nwhat = ["finding"]\n', "small_numbers is missing. Add small_numbers = 5."),
        ('[publication]\nwhat = ["finding"]\nsmall_numbers = 0\n', "Write a number from 1 to 1,000."),
        ('[publication]\nwhat = ["finding"]\nsmall_numbers = 1001\n', "Write a number from 1 to 1,000."),
        ('[publication]\nwhat = ["finding"]\nsmall_numbers = true\n', "a whole number, not true or false."),
        ('[publication]\nwhat = ["finding"]\nsmall_numbers = 5\ncolour = 1\n', "[publication] has no such"),
        ('[retention]\nhold = { review = "every year" }\n', 'by is missing. Add by = "overseer".'),
        ('[retention]\nhold = { by = "chair" }\n', 'review is missing. Add review = "every year".'),
        ('[retention]\nhold = { by = "chair", review = "every year", a = 1 }\n', "hold has no such key."),
        ("[fairness]\ncolour = 1\n", "[fairness] has no such key."),
        ('[[accepted]]\nat = "x"\nreason = "y"\n', 'rule is missing. Add rule = "L23".'),
        ('[[accepted]]\nrule = "L23"\nreason = "y"\n', 'at is missing. Add at = "sanction.expulsion".'),
        ('[[accepted]]\nrule = "L23"\nat = "x"\n', 'reason is missing. Add reason = "...".'),
        ('[[accepted]]\nrule = "L23"\nat = "x"\nreason = "y"\na = 1\n', "[[accepted]] has no such key."),
        ('[sanction]\nbar = { held = { falls_due_on = "x" } }\n', 'for_up_to is missing. Add for_up_to = '),
        ('[sanction]\nbar = { held = { for_up_to = "2 years" } }\n', "falls_due_on is missing. Add falls_"),
        (
            '[sanction]\nbar = { held = { for_up_to = "2 years", falls_due_on = "x", a = 1 } }\n',
            "held has no such key.",
        ),
        ("[sanction]\nbar = { a = 1 }\n", "a sanction has no such key."),
        ("[sanction]\nbar = 3\n", "I expected a table, not a number."),
        (
            '[sanction]\nbar = { spent = ["9 days after it ended", "9 days after it began"] }\n',
            "only one time may stand here. Keep one of them.",
        ),
        ('[was]\nthree = "four"\n', 'there is no stage "three".'),
        ("[three]\na = 1\n", "this key stands in no step. Put what belongs to a step under its heading,"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_section(steps: str, says: str) -> None:
    said = faults(steps)
    assert any(says in each for each in said), said
    if "three]" not in steps and "accepted = " not in steps:
        assert len(said) == 1, said


@pytest.mark.parametrize(
    ("office", "says"),
    [
        ("{ seats = 3, quorum = 4 }", "a quorum of 4 cannot sit on 3 seats. Write at most 3."),
        ('{ stands_in = "chair" }', "the chair cannot stand in for itself. Name another office."),
        (
            '{ is = "respondent" }',
            "only a party is one side or the other. Add party = true, or leave it out.",
        ),
        ('{ party = true, is = "boss" }', 'I do not know "boss". Say one of: complainant, respondent.'),
        ('{ party = "yes" }', "I expected true or false, not words. Write chair.party = true."),
        ("{ colour = 1 }", "an office has no such key."),
        ("{ seats = 0 }", "the number is out of bounds."),
    ],
)
def test_what_is_wrong_with_an_office(office: str, says: str) -> None:
    (said,) = faults("", ("chair = {}", f"chair = {office}"))
    assert says.replace("chair.party", "party") in said.replace("chair.party", "party")


def test_an_office() -> None:
    words = (
        '{ seats = 3, quorum = 3, drawn = "by lot", majority = "all", mix = ["a", "b"], stands_in = "panel" }'
    )
    found = book("", ("chair = {}", f"chair = {words}")).offices["chair"]
    assert (found.seats, found.quorum, found.drawn, found.majority) == (3, 3, "by lot", "all")
    assert (found.mix, found.stands_in, found.party, found.accountable) == (("a", "b"), "panel", False, False)


def test_the_sections_around_the_steps() -> None:
    found = book(
        '[one.act]\nby = "officer"\nsets = "hearing"\nwithin = "20 days after receive"\n'
        'then = "closes the case as over"\n'
        '[day.hearing]\nnot_before = "9 days after receive"\nnot_after = ["9 days after receive"]\n'
        'moves = { by = "act", at_most = "9 days", takes_along = ["act"] }\n'
        '[measure.ban]\nat_most = "9 days"\nends_with = ["act"]\ncredit = "bar"\nclause = "1"\n'
        '[pause.ill]\nby = ["chair"]\nat_most = "9 days"\nreview = "every 9 days"\nclause = "2"\n'
        '[conduct.very-rude]\ntext = "T"\nclause = "3"\nrange = ["bar"]\n'
        'too_old = "9 days after receive, unless chair allows it"\n'
        'example.a = { text = "x", adopted = "with a caveat", caveat = "c" }\n'
        '[fast_track]\nby = "chair"\ncriteria = ["open longer than 9 days", "ill"]\nat_most = "1 in 2"\n'
        'shorter = { act = "9 days after receive" }\nclause = "4"\n'
        '[platform]\noffices = ["chair"]\nact = "speaking"\nexcept = ["courts"]\n'
        'measures = { ban = "ask the overseer first", bar = "no" }\ndefence = "d"\nclause = "5"\n'
        '[publication]\nwhat = ["finding"]\nsmall_numbers = 7\nreply = "r"\nclause = "6"\n'
        '[retention]\nover = "6 years after the case closes"\n'
        'hold = { by = "chair", review = "every 9 days" }\n'
        'clause = "7"\n'
        '[fairness]\nfirst_notice = "9 days"\nleast_answer = "9 days"\n'
        '[was]\ntwo = "second"\n'
        '[[accepted]]\nrule = "L23"\nat = "x"\nreason = "y"\n'
        '[sanction]\nbar = { from = "9 days", to = "9 days", majority = "all", clause = "8",'
        ' begins = "9 days after receive", spent = "9 days after receive",'
        ' ask_again = "9 days after receive",'
        ' held = { for_up_to = "9 days", falls_due_on = "f" } }\n'
        '[defaults]\nif_an_office_is_late = "tells overseer"\n'
    )
    day, ban, ill = found.days["hearing"], found.measures["ban"], found.pauses["ill"]
    assert (day.not_before, day.not_after) == ((RECEIVED,), (RECEIVED,))
    assert day.moves is not None
    assert (day.moves.by, day.moves.at_most, day.moves.takes_along) == ("act", DAYS, ("act",))
    assert (ban.at_most, ban.ends_with, ban.credit, ban.clause) == (DAYS, ("act",), "bar", "1")
    assert (ill.by, ill.at_most, ill.review_every, ill.clause) == (("chair",), DAYS, DAYS, "2")
    rude = found.conduct["very-rude"]
    assert (rude.title, rude.text, rude.clause, rude.range) == ("Very rude", "T", "3", ("bar",))
    assert rude.too_old == Allowing(timing=RECEIVED, unless="chair")
    assert (rude.examples["a"].text, rude.examples["a"].adopted, rude.examples["a"].caveat) == (
        *("x", "with a caveat", "c"),
    )
    track = found.fast_track
    assert track is not None
    assert (track.by, track.criteria) == (("chair",), ("open longer than 9 days", "ill"))
    assert (track.at_most, track.shorter, track.clause) == ("1 in 2", {"act": (RECEIVED,)}, "4")
    platform, publication, retention = found.platform, found.publication, found.retention
    assert platform is not None
    assert (platform.offices, platform.act, platform.exceptions) == (("chair",), "speaking", ("courts",))
    assert platform.measures == {"ban": "ask the overseer first", "bar": "no"}
    assert (platform.defence, platform.clause) == ("d", "5")
    assert publication is not None
    assert (publication.what, publication.small_numbers) == (("finding",), 7)
    assert (publication.reply, publication.clause) == ("r", "6")
    assert retention is not None
    assert (retention.keep, retention.clause) == ({"over": closes(6)}, "7")
    assert retention.hold == Hold(by="chair", review_every=DAYS)
    assert found.fairness == Fairness(first_notice=DAYS, least_answer=DAYS)
    assert found.was == {"two": "second"}
    assert found.accepted == (Accepted(rule="L23", at="x", reason="y"),)
    bar = found.sanctions["bar"]
    assert (bar.least, bar.most, bar.majority, bar.clause) == (DAYS, DAYS, "all", "8")
    assert (bar.begins, bar.spent, bar.ask_again) == (RECEIVED, RECEIVED, RECEIVED)
    assert bar.held == Held(for_up_to=DAYS, falls_due_on="f")
    assert found.if_an_office_is_late == (Consequence(Tells("overseer")),)


def test_what_is_left_out_of_a_section() -> None:
    found = book(
        '[conduct.rude]\ntitle = "Being rude"\ntoo_old = "9 days after receive"\n[sanction]\nbar = {}\n'
        '[[accepted]]\nrule = "L23"\nat = "x"\nreason = "y"\n'
        '[[accepted]]\nrule = "L24"\nat = "x"\nreason = "y"\n'
    )
    assert found.conduct["rude"].title == "Being rude"
    assert found.conduct["rude"].too_old == Allowing(timing=RECEIVED, unless=None)
    assert found.sanctions["bar"].held is None
    assert [each.rule for each in found.accepted] == ["L23", "L24"]
    assert (found.fast_track, found.platform, found.publication, found.retention) == (None,) * 4
    assert (found.if_an_office_is_late, found.was, found.fairness) == (None, {}, Fairness())


def test_a_misspelt_key_is_guessed() -> None:
    (said,) = faults(ACT + 'claus = "1"\n')
    assert 'a step has no such key. Did you mean "clause"?' in said
    (said,) = faults("", ('stages = ["one", "two"]', 'stages = ["one", "two"]\ncolour = 1'))
    assert 'Put "colour" under the heading it belongs to: [rulebook], or the heading of a step.' in said
