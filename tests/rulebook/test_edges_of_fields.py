"""The lint's rules on times, people, notices and texts, where only a slight difference shows."""

import pytest
from tests.rulebook.test_edges_of_lint import found

from duly.rulebook.finding import Severity

ACT = '[one.act]\nby = "{by}"\n'
OFFICER, REPLY = ACT.format(by="officer"), ACT.format(by="respondent")
WITHIN = 'within = "9 days after receive"\n'
INSTEAD = 'instead = [{ when = "receive is done", within = "9 days after receive" }]\n'
NAMED = '[limit.backstop]\nfor = "act"\nwithin = ["9 days after receive", "20 days after receive"]\n'
COUNTING = '[counting]\nlast_day_closed = "next working day"\nday_ends = "23:59 Europe/London"\n'
TOLD = '[defaults]\nif_an_office_is_late = "tells overseer"\n'


def says(rule: str, steps: str, *changes: tuple[str, str]) -> list[str]:
    return [each.says for each in found(rule, steps, *changes)]


@pytest.mark.parametrize(
    ("counting", "missing"),
    [
        ("", "last_day_closed and day_ends"),
        ('[counting]\nlast_day_closed = "next working day"\n', "day_ends"),
        ('[counting]\nday_ends = "23:59 Europe/London"\n', "last_day_closed"),
        (COUNTING, None),
    ],
)
def test_the_counting_is_asked_for_where_something_is_counted(counting: str, missing: str | None) -> None:
    timed = REPLY + WITHIN + 'if_late = "nothing"\n' + counting
    sentence = f"[counting] does not say {missing}: the last day of a time is not certain."
    assert says("L02", timed) == ([sentence] if missing else [])
    assert says("L02", REPLY + counting) == []


@pytest.mark.parametrize(
    ("steps", "at", "whose"),
    [
        (REPLY + WITHIN, "one.act", "respondent"),
        (REPLY + INSTEAD, "one.act", "respondent"),
        (REPLY + NAMED, "limit.backstop", "respondent"),
        (REPLY + WITHIN + TOLD, "one.act", "respondent"),
        (OFFICER + WITHIN, "one.act", "officer"),
        (OFFICER + NAMED, "limit.backstop", "officer"),
        ('[one.act]\nby = ["chair", "officer"]\n' + WITHIN, "one.act", "chair"),
        ('[one.act]\nby = ["chair", "respondent"]\n' + WITHIN + TOLD, "one.act", "respondent"),
        (OFFICER + WITHIN + TOLD, None, ""),
        (OFFICER + NAMED + TOLD, None, ""),
        (OFFICER, None, ""),
        (REPLY + NAMED + 'if_late = "nothing"\n', None, ""),
        (REPLY + WITHIN + 'if_late = "nothing"\n', None, ""),
    ],
)
def test_what_follows_is_asked_for_once_for_each_time(steps: str, at: str | None, whose: str) -> None:
    told = found("L02", steps + COUNTING)
    sentence = f"[{at}] does not say what follows when the time of the {whose} has run out."
    assert [each.says for each in told] == ([sentence] if at else [])
    for each in told:
        for_all = 'if_an_office_is_late = "tells overseer" under [defaults] for all of them.'
        assert (for_all in each.remedy) is (whose in ("officer", "chair"))


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        (OFFICER, ["[one.act] has no time: the officer can never be late with it."]),
        ('[one.act]\nby = ["chair", "panel"]\n', ["[one.act] has no time: the chair or panel can never be"]),
        (OFFICER + WITHIN, []),
        (OFFICER + NAMED, []),
        (REPLY, []),
        ('[one.act]\nby = ["officer", "respondent"]\n', []),
        (OFFICER + 'is = "reopening"\n', []),
        (OFFICER + 'sets = "h"\n[day.h]\nmoves = { by = "act" }\n', []),
        (OFFICER + 'vague = "soon"\n', ["“soon” gives no number and no backstop."]),
        (REPLY + 'vague = "soon"\n', ["“soon” gives no number and no backstop."]),
        (OFFICER + WITHIN + 'vague = "soon"\n', []),
        (REPLY + 'grounds = ["as he comes forthwith"]\n', ["“forthwith” in grounds gives no number"]),
        (
            REPLY + WITHIN + 'extend = { by = "chair", at_most = "9 days", grounds = ["ill promptly"] }\n',
            ["“promptly” in extend gives no number"],
        ),
        (
            '[fast_track]\nby = "chair"\ncriteria = ["In due course"]\n',
            ["“in due course” in criteria gives no number"],
        ),
        ('[conduct.rude]\ntext = "Not answering promptly"\n', ["“promptly” in text gives no number"]),
        ('[conduct.rude]\nclause = "promptly"\n', []),
    ],
)  # fmt: skip
def test_an_office_has_a_time_and_no_time_is_vague(steps: str, told: list[str]) -> None:
    said = says("L04", steps)
    assert len(said) == len(told), said
    assert all(one.startswith(other) for one, other in zip(said, told, strict=True)), said


EXTEND = 'extend = {{ by = "{}", at_most = "9 days"{} }}\n'


@pytest.mark.parametrize(
    ("steps", "changes", "told"),
    [
        (OFFICER + WITHIN + EXTEND.format("chair", ""), (), ["[one.act] names no grounds on which"]),
        (OFFICER + NAMED + EXTEND.format("chair", ""), (), ["[limit.backstop] names no grounds on which"]),
        (OFFICER + WITHIN + EXTEND.format("chair", ', grounds = ["ill"]'), (), []),
        (
            OFFICER + WITHIN + EXTEND.format("respondent", ', grounds = ["ill"]'),
            (),
            ["[one.act] lets a party, the respondent, decide on more time."],
        ),
        (
            OFFICER + WITHIN + EXTEND.format("chair", ', grounds = ["ill"]'),
            (("chair = {}", 'chair = { stands_in = "officer" }'),),
            ["[one.act] lets the chair give more time, and the officer, who owes the step, stands in"],
        ),
        (
            OFFICER + WITHIN + EXTEND.format("chair", ', grounds = ["ill"]'),
            (("chair = {}", 'chair = { stands_in = "panel" }'),),
            [],
        ),
        (
            OFFICER + 'instead = [{ when = "receive is done", by = "panel" }]\n' + WITHIN
            + EXTEND.format("chair", ', grounds = ["ill"]'),
            (("chair = {}", 'chair = { stands_in = "panel" }'),),
            ["[one.act] lets the chair give more time, and the panel, who owes the step, stands in"],
        ),
    ],
)  # fmt: skip
def test_more_time_has_grounds_and_is_given_by_another(
    steps: str, changes: tuple[tuple[str, str], ...], told: list[str]
) -> None:
    said = says("L05", steps, *changes)
    assert len(said) == len(told), said
    assert all(one.startswith(other) for one, other in zip(said, told, strict=True)), said


@pytest.mark.parametrize(
    ("panel", "told"),
    [
        ("{ seats = 1 }", []),
        ("{}", []),
        ("{ seats = 2, quorum = 1 }", ["The panel has 2 seats: its votes can be equal."]),
        ('{ seats = 2, quorum = 1, majority = "a Casting vote" }', []),
        ('{ seats = 2, quorum = 1, majority = "all" }', ["The panel has 2 seats: its votes can be equal."]),
        ("{ seats = 3 }", ["Nothing says how many of the panel must be there for it to decide."]),
        ("{ seats = 3, quorum = 2 }", []),
        ("{ seats = 3, quorum = 3 }", ["Nobody replaces a member of the panel who is away, and without one"]),
        ('{ seats = 3, quorum = 3, drawn = "by lot" }', []),
        ('{ seats = 3, quorum = 3, stands_in = "chair" }', []),
    ],
)
def test_a_panel_can_decide(panel: str, told: list[str]) -> None:
    said = says("L18", "", ("panel = {}", f"panel = {panel}"))
    assert len(said) == len(told), said
    assert all(one.startswith(other) for one, other in zip(said, told, strict=True)), said


def test_an_even_panel_wants_one_more_and_more_than_half_of_it_there() -> None:
    (even,) = found("L18", "", ("panel = {}", "panel = { seats = 4, quorum = 3 }"))
    assert even.remedy == "Write seats = 5, or name a casting vote in its majority."
    (quorum,) = found("L18", "", ("panel = {}", "panel = { seats = 5 }"))
    assert quorum.remedy == "Add quorum = 3, or more."


@pytest.mark.parametrize(
    ("panel", "is_told"),
    [("{}", False), ("{ seats = 1 }", False), ("{ seats = 2 }", True), ('{ seats = 3, drawn = "x" }', False)],
)
def test_how_a_panel_is_chosen_is_asked_of_those_that_decide(panel: str, is_told: bool) -> None:
    change = ("panel = {}", f"panel = {panel}")
    finds = '[one.find]\nby = "panel"\n'
    assert says("L19", finds, change) == (["Nothing says how the panel is chosen."] if is_told else [])
    assert says("L19", '[one.note]\nby = "panel"\n', change) == []
    twice = finds + '[one.decide-sanction]\nby = "panel"\n'
    assert len(says("L19", twice, change)) == is_told


LATE = '[defaults]\nif_an_office_is_late = "tells {}"\n'


def test_whoever_is_told_of_a_late_office_decides_no_case() -> None:
    finds = '[one.find]\nby = ["panel", "chair"]\n'
    apart = '[[separate]]\noffices = ["panel", "overseer"{}]\n'
    sits = "The overseer, who is told when an office is late, may sit as {} in the same case."
    assert says("L20", finds + LATE.format("overseer")) == [sits.format("panel"), sits.format("chair")]
    assert says("L20", finds + LATE.format("overseer") + apart.format("")) == [sits.format("chair")]
    assert says("L20", finds + LATE.format("overseer") + apart.format(', "chair"')) == []
    own = "The chair, who is told when an office is late, decides in a case: find."
    kept = '[[separate]]\noffices = ["panel", "chair"]\n'
    assert says("L20", finds + LATE.format("chair") + kept) == [own]
    assert says("L20", '[one.note]\nby = "panel"\n' + LATE.format("overseer")) == []
    both = finds + '[one.decide-sanction]\nby = "panel"\n'
    assert len(says("L20", both + LATE.format("overseer"))) == 2


def test_whoever_answers_for_the_timetable_has_no_part_in_a_case() -> None:
    answers = ("chair = {}", "chair = { accountable = true }")
    part = "The chair, who answers for the timetable, has a part in cases: {}."
    assert says("L20", '[one.note]\nby = "officer"\n', answers) == []
    assert says("L20", '[one.note]\nby = "chair"\n', answers) == [part.format("note")]
    instead = 'instead = [{ when = "receive is done", by = "chair" }]\n'
    assert says("L20", '[one.note]\nby = "officer"\n' + instead, answers) == [part.format("note")]


@pytest.mark.parametrize(
    ("chair", "steps", "is_told"),
    [
        ("{}", '[one.act]\nby = "chair"\n', True),
        ('{ stands_in = "panel" }', '[one.act]\nby = "chair"\n', False),
        ('{ stands_in = "respondent" }', '[one.act]\nby = "chair"\n', True),
        ('{ drawn = "by lot" }', '[one.act]\nby = "chair"\n', True),
        ('{ drawn = "by lot", seats = 1 }', '[one.act]\nby = "chair"\n', True),
        ('{ drawn = "by lot", seats = 2 }', '[one.act]\nby = "chair"\n', False),
        ("{ seats = 3 }", '[one.act]\nby = "chair"\n', True),
        ("{}", '[one.act]\nby = ["chair", "panel"]\n', False),
        (
            "{}",
            '[one.act]\nby = "chair"\ninstead = [{ when = "receive is done", by = "panel" }]\n',
            False,
        ),
        (
            "{}",
            '[one.act]\nby = "chair"\nwithin = "8 days after receive"\n'
            'instead = [{ when = "receive is done", within = "9 days after receive" }]\n',
            True,
        ),
        ("{}", '[one.reply]\nby = "respondent"\n[one.act]\nby = "chair"\n', True),
        ("{}", '[one.act]\nby = "chair"\n[one.more]\nby = "chair"\n', True),
    ],
)
def test_a_complaint_about_whoever_acts_goes_another_way(chair: str, steps: str, is_told: bool) -> None:
    told = found("L35", steps, ("chair = {}", f"chair = {chair}"))
    about = [each for each in told if "about the chair" in each.says]
    assert [each.says for each in about] == (
        ["If the complaint is about the chair, nobody else can take act."] if is_told else []
    )
    assert all(each.severity is Severity.WARNING for each in about)
    (gate,) = [each for each in told if "about the officer" in each.says]
    assert gate.severity is Severity.ERROR


NOTICE = '[one.serve-notice]\nby = "officer"\nmust_state = [{}]\n[one.find]\nby = "panel"\noutcomes = [{}]\n'
SEVEN = '"who", "what", "when", "where", "conduct", "possible sanctions", "evidence"'


@pytest.mark.parametrize(
    ("stated", "outcomes", "missing"),
    [
        (SEVEN, '"proved"', None),
        (SEVEN.replace('"who", ', ""), '"proved"', "who"),
        (SEVEN.replace('"who", "what", ', ""), '"proved"', "who and what"),
        (SEVEN.replace('"who", "what", "when", ', ""), '"proved"', "who, what and when"),
        (SEVEN.replace('"who"', '"wer (who)"'), '"proved"', None),
        (SEVEN.replace('"who"', '"Who it was"'), '"proved"', None),
        (SEVEN.replace('"who"', '"whoever"'), '"proved"', "who"),
        (SEVEN.replace('"who"', '"someone who"'), '"proved"', "who"),
        ("", '"over"', None),
    ],
)
def test_a_notice_states_seven_things(stated: str, outcomes: str, missing: str | None) -> None:
    steps = NOTICE.format(stated, outcomes)
    assert says("L07", steps) == ([f"[one.serve-notice] need not state {missing}."] if missing else [])


ANSWER = '[one.serve-notice]\nby = "officer"\n{notice}[one.answer]\nby = "respondent"\n{answer}'
FINDS = '[one.find]\nby = "panel"\noutcomes = ["proved", "not-proved"]\n'


@pytest.mark.parametrize(
    ("notice", "answer", "told"),
    [
        ("", "7 days", None),
        ("", "6 days", "The respondent may have less than 7 days to answer."),
        ("7 days", "7 days", None),
        ("8 days", "7 days", "The respondent has less time to answer the charge than the office has"),
        ("", "1 week", None),
        ("10 days", "7 working days", "The respondent has less time"),
        ("", "", "[one.answer] has no time: it is never up, and never certain."),
    ],
)
def test_an_answer_has_a_week_and_the_time_of_the_charge(notice: str, answer: str, told: str | None) -> None:
    lines = {
        "notice": f'within = "{notice} after receive"\n' if notice else "",
        "answer": f'within = "{answer} after serve-notice"\n' if answer else "",
    }
    said = says("L09", ANSWER.format(**lines) + FINDS)
    assert len(said) == (told is not None), said
    assert told is None or said[0].startswith(told)


def test_of_several_times_to_answer_the_shortest_counts_and_of_the_later_of_two_the_longest() -> None:
    short = "The respondent may have less than 7 days to answer."
    several = 'within = ["9 days after receive", "6 days after receive"]\n'
    assert says("L09", ANSWER.format(notice="", answer=several) + FINDS) == [short]
    later = 'within = { later_of = ["9 days after receive", "6 days after receive"] }\n'
    assert says("L09", ANSWER.format(notice="", answer=later) + FINDS) == []
    days = 'within = { later_of = ["two begins", "6 days after receive"] }\n'
    assert says("L09", ANSWER.format(notice="", answer=days) + FINDS) == [short]
    instead = WITHIN + INSTEAD.replace("9", "6")
    assert says("L09", ANSWER.format(notice="", answer=instead) + FINDS) == [short]
    charge = 'within = ["8 days after receive", "6 days after receive"]\n'
    nine = 'within = "7 days after receive"\n'
    assert len(says("L09", ANSWER.format(notice=charge, answer=nine) + FINDS)) == 1
    notices = (
        nine.replace("7", "6")
        + '[two.again]\nby = "officer"\nis = "notice"\nwithin = "8 days after receive"\n'
    )
    assert len(says("L09", ANSWER.format(notice=notices, answer=nine) + FINDS)) == 1
    assert says("L09", FINDS) == ["The respondent is given no time to answer before the finding."]


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        ('[one.find]\nby = "panel"\nper = "allegation"\n', []),
        ('[one.find]\nby = "panel"\n', ["[one.find] is one finding for everything that is alleged."]),
        (
            '[one.find]\nby = "panel"\nper = "allegation"\noutcomes = ["proved"]\n',
            ["[one.find] has no outcomes besides what is proved."],
        ),
        (
            '[one.find]\nby = "panel"\nper = "allegation"\noutcomes = ["proved", "not"]\n',
            ["[one.find] has 1 outcome besides what is proved."],
        ),
        (
            '[one.find]\nby = "panel"\nper = "allegation"\noutcomes = ["proved", "a", "b"]\n',
            ["[one.find] has 2 outcomes besides what is proved."],
        ),
        ('[one.find]\nby = "panel"\nper = "allegation"\noutcomes = ["proved", "a", "b", "c"]\n', []),
    ],
)
def test_a_finding_is_for_each_allegation_and_for_whatever_became_of_it(steps: str, told: list[str]) -> None:
    assert says("L21", steps) == told


RUDE = "[conduct.rude]\n{}\n[conduct.loud]\n{}\n"


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ("F 2.1", "F 2.2", False),
        ("F 2.2", "F 2.1", True),
        ("F 2.2", "F 2.2", True),
        ("F 2.9", "F 2.10", False),
        ("F 2.9", "F 3.1", False),
        ("F 3.1", "F 2.9", False),
        ("F 2a", "F 2b", False),
        ("F 2B", "F 2a", True),
        ("3", "2", True),
        ("3", "2.1", False),
        ("", "2.1", False),
    ],
)
def test_clauses_rise_within_their_article(first: str, second: str, told: bool) -> None:
    lines = [f'clause = "{each}"' if each else "" for each in (first, second)]
    sentence = f"loud is clause {second}, and rude, before it, is clause {first}."
    assert says("L28", RUDE.format(*lines)) == ([sentence] if told else [])


def test_what_has_no_clause_is_passed_over() -> None:
    steps = '[conduct.a]\nclause = "2"\n[conduct.b]\n[conduct.c]\nclause = "1"\n'
    assert says("L28", steps) == ["c is clause 1, and a, before it, is clause 2."]


@pytest.mark.parametrize(
    ("conduct", "told"),
    [
        ('text = "Passing on secrecy"', True),
        ('title = "Breach of Confidentiality"', True),
        ('text = "Confidential, but not to a lawyer"', False),
        ('text = "Confidential"\nexample.a = { text = "Telling the police", adopted = "no" }', False),
        ('text = "x"\nexample.a = { text = "Confidential", adopted = "yes" }', True),
        (
            'text = "Confidential"\nexample.a = { text = "x", adopted = "yes", caveat = "A doctor may" }',
            False,
        ),
        ('text = "Being rude"', False),
    ],
)
def test_a_charge_of_telling_says_whom_one_may_tell(conduct: str, told: bool) -> None:
    assert bool(says("L29", f"[conduct.rude]\n{conduct}\n")) is told


COMPANION = "No ground, no question and no text speaks of a companion or an adviser."


@pytest.mark.parametrize(
    "steps",
    [
        OFFICER + 'grounds = ["companion away"]\n',
        OFFICER + 'must_state = ["that a Friend may come"]\n',
        OFFICER + WITHIN + EXTEND.format("chair", ', grounds = ["companion away"]'),
        OFFICER + NAMED + EXTEND.format("chair", ', grounds = ["companion away"]'),
        '[question.helped]\nask = "Is somebody accompanied?"\nanswers = ["no", "yes"]\n',
        '[fast_track]\nby = "chair"\ncriteria = ["the adviser is away"]\n',
    ],
)
def test_somebody_may_come_along_wherever_it_is_said(steps: str) -> None:
    assert COMPANION not in says("L34", steps)
    assert len(says("L34", steps)) == 1
    assert COMPANION in says("L34", OFFICER)


@pytest.mark.parametrize(
    ("conduct", "is_told"),
    [
        ('text = "x"', False),
        ('clause = "1"', False),
        ('example.a = { text = "x", adopted = "yes" }', False),
        ('title = "Rude"', True),
    ],
)
def test_what_may_be_found_is_defined(conduct: str, is_told: bool) -> None:
    said = says("L27", f"[conduct.rude]\n{conduct}\n")
    assert said == (["rude is not defined: it has no text, no clause and no example."] if is_told else [])
    assert says("L27", FINDS) == ["There are findings, and no [conduct] says of what."]
    assert says("L27", "") == []


@pytest.mark.parametrize(
    ("publication", "told"),
    [
        ('[one.publish]\nby = "officer"\nwithin = "9 days after receive"\n', 0),
        ('[one.publish]\nby = "officer"\n', 1),
        (
            '[one.publish]\nby = "officer"\n[one.more]\nby = "officer"\nis = "publication"\n'
            'within = "9 days after receive"\n',
            0,
        ),
        ("", 1),
    ],
)
def test_somebody_owes_the_publication(publication: str, told: int) -> None:
    section = '[publication]\nwhat = ["finding"]\nsmall_numbers = 5\n'
    assert len(says("L32", publication + section + 'reply = "14 days"\n')) == told
    assert len(says("L32", publication + section)) == told + 1
    assert says("L32", publication) == ["Nothing says what is published about cases."]


def test_every_way_of_closing_that_is_kept_is_not_asked_for() -> None:
    closing = '[one.end]\nby = "officer"\noutcomes = '
    closing += '{ a = "closes the case as over", b = "closes the case as done" }\n'
    keep = (
        '[retention]\nhold = { by = "chair", review = "every year" }\nover = "1 year after the case closes"\n'
    )
    assert says("L33", closing + keep) == ["Nothing says how long a case closed as “done” is kept."]
    assert says("L33", closing) == ["Nothing says how long records of cases are kept."]
