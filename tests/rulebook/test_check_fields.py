"""Each rule that fields or words decide: a rulebook that trips it, on its line, and one that does not."""

from collections.abc import Callable

import pytest

from duly.rulebook.book import Rulebook
from duly.rulebook.check import check
from duly.rulebook.finding import RULES, Finding

Reads = Callable[..., Rulebook]
Changed = Callable[..., str]
Change = tuple[str, str]

ANSWER = 'within  = "21 days after the latest serve-notice"'
ABROAD = 'instead = [{ when = "abroad is yes", within = "35 days after the latest serve-notice" }]\n'
PANEL = 'panel              = { seats = 3, quorum = 3, drawn = "by lot", majority = "more than half", mix'
APPEAL_PANEL = 'appeal-panel       = { seats = 3, quorum = 3, drawn = "by lot", majority = "more than half" }'
STANDS_IN = 'complaints-officer = { stands_in = "deputy-officer" }'
CRITERIA = 'criteria = ["open longer than 26 weeks", "the respondent\'s office ends within 6 months"]'
SHORTER = 'sift = "5 working days after the first receive"'
GROUNDS = 'grounds = ["new evidence", "fraud", "serious irregularity"]\n'
MUST_STATE = (
    'must_state = ["why it is necessary", "why nothing less will do", "that nothing has been found"]\n'
)
SECOND = (
    '[conduct.second]\nclause = "{}"\nrange = ["reminder"]\n'
    'too_old = "1 year before receive, unless panel-chair allows it"\n'
)
SECRET = (
    '[conduct.telling]\nclause = "F 2.2"\ntext = "Passing on what is confidential{}."\nrange = ["reminder"]\n'
    'too_old = "1 year before receive, unless panel-chair allows it"\n'
)
OFFICE = "[office]\n"
SUSPENSION = 'suspension = { from = "1 month"'
REMINDER = "reminder   = { spent"
REVIEW = "[interim-suspension.review-suspension]"

# rule, the changes to the example, what stands on the line that is named, the beginning of what is said.
TRIPPED: list[tuple[str, list[Change], str, str]] = [
    (
        "L07",
        [('"what", "when", ', "")],
        'must_state = ["who"',
        "[inquiry.serve-notice] need not state what and when.",
    ),
    (
        "L07",
        [('"where", "conduct", "possible sanctions"', '"somewhere", "misconduct", "sanctions"')],
        'must_state = ["who"',
        "[inquiry.serve-notice] need not state where, conduct and possible sanctions.",
    ),
    (
        "L09",
        [("[publication]", '[fairness]\nleast_answer = "30 days"\n[publication]')],
        'within  = "21 days',
        "The respondent may have less than 30 days to answer.",
    ),
    (
        "L09",
        [(ANSWER, ANSWER.replace("21", "6"))],
        'within  = "6 days',
        "The respondent may have less than 7 days",
    ),
    (
        "L09",
        [(ANSWER, ANSWER.replace("21", "13"))],
        'within  = "13 days',
        "The respondent has less time to answer the charge than the office has to make it.",
    ),
    (
        "L09",
        [('by      = "respondent"\nwithin', 'by      = "respondent"\nis = "progress"\nwithin')],
        "[hearing.find]",
        "The respondent is given no time to answer before the finding.",
    ),
    (
        "L14",
        [('at_most = "6 months"\n', "")],
        "[measure.interim-suspension]",
        "interim-suspension has no longest time.",
    ),
    (
        "L14",
        [('if_late = ["ends interim-suspension", "tells overseer"]', 'if_late = "tells overseer"')],
        "[measure.interim-suspension]",
        "No review of interim-suspension is owed whose missing ends it.",
    ),
    (
        "L14",
        [(f"{REVIEW}\n", f'{REVIEW}\nis = "report"\n')],
        REVIEW,
        "A pause stops the time for review-suspension",
    ),
    (
        "L14",
        [(MUST_STATE, "")],
        "[anytime.suspend]",
        "suspend need not say why interim-suspension is necessary.",
    ),
    (
        "L15",
        [('credit  = "suspension"\n', "")],
        "[measure.interim-suspension]",
        "Time under interim-suspension counts",
    ),
    (
        "L16",
        [("[hearing.decide-sanction]\n", '[hearing.decide-sanction]\nis = "report"\n')],
        "[sanction]",
        "There are sanctions, and no step decides on them",
    ),
    (
        "L18",
        [(PANEL, PANEL.replace("seats = 3", "seats = 4"))],
        "panel              =",
        "The panel has 4 seats",
    ),
    (
        "L18",
        [(PANEL, PANEL.replace("quorum = 3, ", ""))],
        "panel              =",
        "Nothing says how many of the panel",
    ),
    (
        "L18",
        [(PANEL, PANEL.replace('drawn = "by lot", ', ""))],
        "panel              =",
        "Nobody replaces a member",
    ),
    (
        "L19",
        [(PANEL, PANEL.replace('drawn = "by lot", ', ""))],
        "panel              =",
        "Nothing says how the panel is chosen.",
    ),
    (
        "L20",
        [('[hearing.disclose]\nby      = "presenter"', '[hearing.disclose]\nby      = "president"')],
        'by      = "president"',
        "The president, who answers for the timetable, has a part in cases: disclose.",
    ),
    (
        "L20",
        [('"panel", "appeal-panel", "overseer"]', '"panel", "appeal-panel"]')],
        'by      = "panel"',
        "The overseer, who is told when an office is late, may sit as panel in the same case.",
    ),
    (
        "L20",
        [('if_an_office_is_late = "tells overseer"', 'if_an_office_is_late = "tells appeal-panel"')],
        'by      = "appeal-panel"',
        "The appeal-panel, who is told when an office is late, decides in a case: decide-appeal.",
    ),
    (
        "L21",
        [('by      = "panel"\nper     = "allegation"\n', 'by      = "panel"\n')],
        "[hearing.find]",
        "[hearing.find] is one finding for everything that is alleged.",
    ),
    (
        "L21",
        [
            (
                'outcomes = ["proved", "not-proved", "withdrawn", "outside-the-rules"]',
                'outcomes = ["proved", "not-proved"]',
            )
        ],
        'outcomes = ["proved", "not-proved"]',
        "[hearing.find] has 1 outcome besides what is proved.",
    ),
    ("L25", [(GROUNDS, "")], "[anytime.reopen]", "[anytime.reopen] lists no grounds"),
    (
        "L25",
        [('["new evidence", "fraud"', '["public interest", "fraud"')],
        'grounds = ["public',
        "“public interest” is no ground",
    ),
    (
        "L25",
        [('[anytime.reopen]\nby      = "overseer"', '[anytime.reopen]\nby      = "panel"')],
        'by      = "panel"\neven',
        "The panel decided, and decides whether it is decided again.",
    ),
    (
        "L26",
        [('too_old = "12 months before receive, unless panel-chair allows it"\n', "")],
        "[conduct.bullying]",
        "Nothing says how long after it",
    ),
    (
        "L26",
        [("receive, unless panel-chair allows it", "receive")],
        "too_old",
        "Nobody can allow a later complaint",
    ),
    (
        "L27",
        [('clause  = "F 2.1"\n', ""), ("example.mockery = {", "# {")],
        "[conduct.bullying]",
        "bullying is not defined",
    ),
    (
        "L28",
        [(OFFICE, SECOND.format("F 2.1") + OFFICE)],
        'clause = "F 2.1"',
        "second is clause F 2.1, and bullying",
    ),
    (
        "L28",
        [(OFFICE, SECOND.format("F 1.9") + SECOND.replace("second", "third").format("F 1.8") + OFFICE)],
        'clause = "F 1.8"',
        "third is clause F 1.8",
    ),
    ("L29", [(OFFICE, SECRET.format("") + OFFICE)], "[conduct.telling]", "telling punishes telling"),
    (
        "L30",
        [('[pause.police]\nby      = "panel-chair"\nat_most = "26 weeks"\nreview  = "every 28 days"\n', "")],
        "stages",
        "Nothing lets a case wait for the police",
    ),
    (
        "L34",
        [('"adviser away"', '"travel"')],
        "[rulebook]",
        "No ground, no question and no text speaks of a companion",
    ),
    (
        "L35",
        [(STANDS_IN, "complaints-officer = {}")],
        "complaints-officer = {}",
        "If the complaint is about the complaints-officer",
    ),
    ("L36", [(CRITERIA, "criteria = []")], "[fast_track]", "The fast track has no criteria."),
    (
        "L36",
        [(SHORTER, 'sift = "5 working days after intake begins"')],
        "shorter =",
        "On the fast track sift counts from something else",
    ),
    (
        "L37",
        [('except  = ["courts", "hustings arranged by others", "being there by accident"]\n', "")],
        "[platform]",
        "The rule on shared platforms has no exceptions.",
    ),
    (
        "L37",
        [('defence = "a check on the day that showed no entry"\n', "")],
        "[platform]",
        "Nobody can be sure beforehand",
    ),
    (
        "L37",
        [(', ask_again = "5 years after it began"', "")],
        "measures = {",
        "An entry for expulsion has no end",
    ),
]

# rule, changes after which it finds nothing at all in the example.
KEPT: list[tuple[str, list[Change]]] = [
    *((rule, []) for rule in ("L07", "L09", "L14", "L15", "L16", "L18", "L19", "L20", "L21", "L25", "L26")),
    *((rule, []) for rule in ("L27", "L28", "L30", "L37")),
    ("L07", [('"who", "what", "when"', '"wer (who)", "was (What)", "when, to the day"')]),
    ("L18", [(PANEL, PANEL.replace("seats = 3", "seats = 4").replace("half", "half, the chair casting"))]),
    ("L18", [(APPEAL_PANEL, "appeal-panel = { seats = 3, quorum = 2 }")]),
    ("L28", [(OFFICE, SECOND.format("F 2.10") + OFFICE)]),
    ("L28", [(OFFICE, SECOND.format("G 1") + OFFICE)]),
    ("L29", [(OFFICE, SECRET.format(", but not to a doctor") + OFFICE)]),
    ("L34", [('"adviser away"', '"adviser away", "an adjustment is needed"')]),
    (
        "L35",
        [
            ("investigator       = {}", 'investigator       = { stands_in = "deputy-officer" }'),
            ("presenter          = {}", 'presenter          = { stands_in = "deputy-officer" }'),
            ("panel-chair        = {}", 'panel-chair        = { stands_in = "deputy-officer" }'),
            ("overseer           = {}", 'overseer           = { stands_in = "deputy-officer" }'),
        ],
    ),
    ("L36", [(CRITERIA, CRITERIA + '\nat_most = "1 in 10"')]),
    ("L38", [("[decided.lodge-appeal]", '[decided.lodge-appeal]\nfee = "none"\n#')]),
    (
        "L40",
        [
            (
                "anonymous     =",
                'counter_complaints = "a case of its own"\nreprisals = "misconduct"\nanonymous =',
            )
        ],
    ),
]


def of(rule: str, book: Rulebook) -> list[Finding]:
    return [each for each in check(book) if each.rule == rule]


@pytest.mark.parametrize(("rule", "changes", "on", "says"), TRIPPED)
def test_a_hole_is_found_on_its_line(
    reads: Reads, changed: Changed, rule: str, changes: list[Change], on: str, says: str
) -> None:
    text = changed(*changes)
    found = [each for each in of(rule, reads(*changes)) if each.says.startswith(says)]
    assert len(found) == 1, [each.says for each in of(rule, reads(*changes))]
    assert text.splitlines()[found[0].line - 1].startswith(on.split("\n")[0])
    assert found[0].why == RULES[rule].why
    assert found[0].remedy
    assert says not in [each.says for each in of(rule, reads())]


@pytest.mark.parametrize(("rule", "changes"), KEPT)
def test_a_rulebook_that_keeps_it_is_not_spoken_of(reads: Reads, rule: str, changes: list[Change]) -> None:
    assert of(rule, reads(*changes)) == []


def test_every_rule_of_fields_is_tripped_and_kept() -> None:
    tested = {"L02", "L04", "L05", "L06", "L10", "L17", "L22", "L23", "L32", "L33", "L39"}  # test_check
    fields = {rule for rule, one in RULES.items() if not one.explores} - tested
    assert fields <= {rule for rule, *_ in TRIPPED} | {"L38", "L40"}
    assert fields <= {rule for rule, _ in KEPT}


def test_what_an_appeal_costs_and_how_complaints_are_answered_is_asked_for(reads: Reads) -> None:
    assert [each.says for each in of("L38", reads())] == [
        "Nothing says what lodge-appeal costs, or that it costs nothing."
    ]
    assert [each.says for each in of("L40", reads())] == [
        "Nothing says what becomes of a complaint made in answer to one.",
        "Nothing says what becomes of whoever is treated worse for complaining.",
    ]
