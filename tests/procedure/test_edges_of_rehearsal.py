"""What a rehearsal brings beside the words of its scenario, where only a slight difference shows."""

from datetime import date

import pytest
from tests.procedure.test_rehearsal import START, bands
from tests.timetable.casebook import calendar
from tests.timetable.small_books import FRAME

from duly.procedure.rehearsal import played, rehearse
from duly.procedure.scenario import Scenario, read_scenarios
from duly.record.facts import Channel, Naming, StepTaken
from duly.rulebook.book import Rulebook
from duly.rulebook.read import read
from duly.timetable.calendar import Calendar

__all__ = ["bands"]

PARTIES = (
    '{ on = 2026-03-02, party = "complainant", complaint = "K1" },\n'
    '{ on = 2026-03-02, step = "receive" },\n'
    '{ on = 2026-03-03, party = "respondent" },\n'
)


def scenario(does: str, expects: str = "") -> Scenario:
    head = '[[scenario]]\nname = "One"\nsays = "As far as it goes."\n'
    found = read_scenarios(f"{head}does = [{does}]\nexpects = [{expects}]\n")
    assert isinstance(found, tuple), str(found)
    return found[0]


def book(steps: str, *changes: tuple[str, str]) -> Rulebook:
    text = FRAME.format(stages='"one", "two"', steps=steps)
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    found = read(text)
    assert isinstance(found, Rulebook), str(found)
    return found


def goes(of: Rulebook, does: str, expects: str = "") -> list[str]:
    """Every difference of this scenario, in which two parties are named first."""
    return [str(each) for each in rehearse(scenario(PARTIES + does, expects), book=of, calendar=calendar())]


@pytest.mark.parametrize(
    ("does", "says"),
    [
        ('extend = "find", key = "A1", until = 2026-04-20', "“more time for find A1” was refused."),
        ('extend = "dance", until = 2026-04-20', "The rulebook has no step “dance”."),
        ('resume = "police"', "“resume police” was refused."),
        ('question = "abroad", answer = "perhaps"', "“answer to abroad” was refused."),
        ('question = "abroad"', "“answer to abroad” was refused."),
        ('allegation = "dancing"', "“dancing” was refused."),
        ('waive = "dance"', "The rulebook has no step “dance”."),
        ('waive = "answer", refused = "never"', "“waiver of answer” was expected to be refused."),
        ('party = "complainant", refused = "never"', "“complainant” was expected to be refused."),
        ('pause = "police", refused = "never"', "“pause police” was expected to be refused."),
        ('fast_track = 2, refused = "never"', "“fast track” was expected to be refused."),
        ('fast_track = 9', "“fast track” was refused."),
    ],
)  # fmt: skip
def test_each_kind_of_act_is_called_by_its_name(
    does: str, says: str, bands: tuple[Rulebook, Calendar]
) -> None:
    found = read_scenarios(f"{START}  {{ on = 2026-03-20, {does} }},\n]\nexpects = []\n")
    assert isinstance(found, tuple), str(found)
    (difference,) = rehearse(found[0], book=bands[0], calendar=bands[1])
    assert difference.on == date(2026, 3, 20)
    assert difference.says.startswith(says)


def test_differences_are_told_by_day_whether_of_what_is_done_or_of_what_is_expected() -> None:
    of = book('[one.act]\nby = "chair"\nwithin = "10 days after receive"\n')
    assert [
        each.partition(":")[0]
        for each in goes(
            of,
            '{ on = 2026-03-05, step = "dance" }, { on = 2026-03-09, step = "jump" }',
            '{ on = 2026-03-04, limit = "act", due = 2026-03-30 }, '
            '{ on = 2026-03-07, limit = "act", due = 2026-03-30 }',
        )
    ] == ["Wed 4 Mar 2026", "Thu 5 Mar 2026", "Sat 7 Mar 2026", "Mon 9 Mar 2026"]


def test_the_record_played_is_numbered_and_leaves_out_what_was_refused() -> None:
    of = book('[one.act]\nby = "officer"\n[two.end]\nby = "officer"\n')
    does = PARTIES + '{ on = 2026-03-04, step = "end" }, { on = 2026-03-05, step = "act" }'
    case = played(scenario(does), book=of, calendar=calendar())
    assert [fact.place for fact in case.facts] == [1, 2, 3, 4]
    assert [fact.on for fact in case.facts] == [date(2026, 3, day) for day in (2, 2, 3, 5)]
    assert [fact.on for fact in case.facts] == [fact.noted_at for fact in case.facts]
    assert {fact.chain for fact in case.facts} == {"case/SCENARIO"}
    assert [fact.body.step for fact in case.facts if isinstance(fact.body, StepTaken)] == ["receive", "act"]


TIMED = (
    '[one.act]\nby = "officer"\nwithin = "10 days after receive"\n'
    '[one.serve]\nby = "officer"\nis = "notice"\n'
    '[limit.backstop]\nfor = "act"\nwithin = "20 days after receive"\nif_late = "nothing"\n'
)
EXTEND = 'extend = {{ by = "{by}", at_most = "14 days", grounds = ["illness"] }}\n'


@pytest.mark.parametrize(
    ("by", "at", "said", "expects"),
    [
        ("chair", "10 days after receive\"\n", "", 'limit = "act", due = 2026-03-20'),
        ("chair", 'if_late = "nothing"\n', ', limit = "backstop"', 'limit = "backstop", due = 2026-03-27'),
    ],
)  # fmt: skip
def test_more_time_is_given_by_whoever_may_give_it(by: str, at: str, said: str, expects: str) -> None:
    """12 March and eight days more; 22 March, a Sunday, to the 27th."""
    of = book(TIMED.replace(at, at + EXTEND.format(by=by)))
    until = expects.rpartition(" ")[2]
    more = f'{{ on = 2026-03-06, extend = "act", until = {until}, ground = "illness"{said} }}'
    assert goes(of, more, f"{{ on = 2026-03-06, {expects} }}") == []


def test_where_nobody_may_give_more_time_the_first_owing_asks_in_vain() -> None:
    (said,) = goes(book(TIMED), '{ on = 2026-03-06, extend = "act", until = 2026-03-20, ground = "illness" }')
    assert "“more time for act” was refused." in said


WAYS = (
    '[one.serve]\nby = "officer"\nis = "notice"\nserve_on = ["respondent"]\n'
    '[one.answer]\nby = ["chair", "respondent", "complainant"]\n'
    'within = "10 days after serve"\nif_late = "nothing"\n'
    '[one.act]\nby = "chair"\nwithin = "10 days after serve"\n'
    '[question.abroad]\nask = "Abroad?"\nanswers = ["no", "yes"]\n'
    '[pause.police]\nby = ["overseer", "chair"]\nat_most = "20 days"\n'
    '[fast_track]\nby = ["panel", "chair"]\ncriteria = ["old", "ill"]\nat_most = "1 in 2"\n'
    'shorter = { act = "5 days after serve" }\n'
)


@pytest.mark.parametrize(
    ("does", "expects"),
    [
        ('{ on = 2026-03-04, step = "serve" }', '{ on = 2026-03-04, limit = "act", due = 2026-03-14 }'),
        (
            '{ on = 2026-03-04, step = "serve" }, { on = 2026-03-05, fast_track = 1 }',
            '{ on = 2026-03-05, limit = "act", due = 2026-03-09 }',
        ),
        (
            '{ on = 2026-03-04, step = "serve" }, { on = 2026-03-05, pause = "police" },'
            '{ on = 2026-03-10, resume = "police" }',
            '{ on = 2026-03-10, limit = "act", due = 2026-03-19 }',
        ),
        (
            '{ on = 2026-03-04, step = "serve" }, { on = 2026-03-05, waive = "answer" }',
            '{ on = 2026-03-05, limit = "act", due = 2026-03-14 }',
        ),
        ('{ on = 2026-03-04, question = "abroad", answer = "yes" }', '{ on = 2026-03-04, case = "open" }'),
    ],
)
def test_each_act_is_done_by_the_first_office_that_the_rulebook_gives_it_to(does: str, expects: str) -> None:
    assert goes(book(WAYS), does, expects) == []


def test_what_the_scenario_leaves_open_is_brought() -> None:
    """A notice by e-mail to the respondent alone; a complainant named; the chair's first ground."""
    of = book(
        WAYS + '[one.look]\nby = "chair"\ngrounds = ["illness", "absence"]\nmust_state = ["why"]\n'
        'agreed_by = ["respondent"]\n'
    )
    does = '{ on = 2026-03-04, step = "serve" }, { on = 2026-03-04, step = "look" }'
    case = played(scenario(PARTIES + does), book=of, calendar=calendar())
    assert [party.naming for party in case.parties.values()] == [Naming.NAMED, Naming.NAMED]
    _, serve, look = (fact for fact in case.facts if isinstance(fact.body, StepTaken))
    assert isinstance(serve.body, StepTaken)
    assert (serve.body.served_on, serve.body.channel) == (("R",), Channel.E_MAIL)
    assert isinstance(look.body, StepTaken)
    assert (look.body.ground, look.body.stated) == ("illness", ("why",))
    assert look.body.agreed_by == ("respondent",)
    assert [(each.by, each.office) for each in (serve, look)] == [
        ("officer-1", "officer"),
        ("chair-1", "chair"),
    ]


SANCTIONS = (
    '[conduct.rude]\nclause = "1"\ntext = "Rudeness"\nrange = ["bar"]\n'
    '[one.find]\nby = "panel"\nper = "allegation"\noutcomes = ["proved", "not-proved"]\n'
    '[one.decide-sanction]\nby = "panel"\noutcomes = ["none", "imposed"]\n'
    '[sanction]\nbar = { from = "1 month", to = "2 years" }\n'
)


@pytest.mark.parametrize(
    ("length", "says"),
    [
        ("1 month", None),
        ("6 months", None),
        ("3 years", "was refused."),
        ("six months", "“six months” is no length: for instance “6 months”."),
        ("6 moons", "“6 moons” is no length: for instance “6 months”."),
        ("6", "“6” is no length: for instance “6 months”."),
    ],
)
def test_how_long_a_sanction_lasts_is_read_in_singular_and_plural(length: str, says: str | None) -> None:
    of = book(SANCTIONS)
    does = (
        '{ on = 2026-03-04, allegation = "rude" }, '
        '{ on = 2026-03-05, step = "decide-sanction", outcome = "imposed", '
        f'sanction = "bar", length = "{length}" }}'
    )
    found = goes(of, does)
    assert len(found) == (0 if says is None else 1), found
    assert says is None or says in found[0]


@pytest.mark.parametrize(("seats", "quorum"), [(3, 1), (3, 2), (3, 3), (1, 1)])
def test_a_quorum_is_present(seats: int, quorum: int) -> None:
    of = book(
        '[one.act]\nby = "panel"\noutcomes = ["yes", "no"]\n',
        ("panel = {}", f"panel = {{ seats = {seats}, quorum = {quorum} }}"),
    )
    does = '{ on = 2026-03-04, step = "act", outcome = "yes" }'
    case = played(scenario(PARTIES + does), book=of, calendar=calendar())
    (taken,) = (f.body for f in case.facts if isinstance(f.body, StepTaken) and f.body.step == "act")
    assert taken.present == tuple(f"panel-{n}" for n in range(2, quorum + 1))


def test_a_party_acts_under_the_tag_that_is_said_or_else_the_first() -> None:
    of = book(
        '[one.reply]\nby = "complainant"\ntimes = "any"\n[one.own]\nby = "complainant"\nper = "party"\n'
    )
    does = (
        '{ on = 2026-03-04, party = "complainant", complaint = "K2" }, '
        '{ on = 2026-03-05, step = "own", key = "C2" }, { on = 2026-03-06, step = "own", key = "C1" },'
        '{ on = 2026-03-07, step = "reply" }'
    )
    assert goes(of, does) == []
