"""The lint by fields alone: each rule finds its hole in the example of the format, and nothing else."""

from collections.abc import Callable

import pytest

from duly.rulebook.book import Rulebook
from duly.rulebook.check import CHECKS, check, has_errors
from duly.rulebook.finding import RULES, Severity

Reads = Callable[..., Rulebook]
Change = tuple[str, str]

# What the example of the format leaves open: a companion's needs, answers to complaints, who else could act,
# a cap on the fast track, the records of cases left before notice, and what an appeal costs.
ALREADY = [
    *("L34 2", "L40 2", "L40 2", "L35 29", "L35 30", "L35 31", "L35 34", "L36 180", "L33 198"),
    "L38 120",
]


def found(book: Rulebook) -> list[str]:
    return [f"{each.rule} {each.line}" for each in check(book)]


def test_the_example_has_no_error(reads: Reads) -> None:
    book = reads()
    assert found(book) == ALREADY
    assert not has_errors(check(book))


PROOF = 'proof         = { standard = "more likely than not", burden = "presenter" }\n'
ANONYMOUS = 'anonymous     = "kept for information, opens no case by itself"\n'
SEPARATE = (
    'offices = ["complaints-officer", "investigator", "presenter", "panel-chair", "panel", "appeal-panel", '
)


@pytest.mark.parametrize(
    ("rule", "line", "changes", "says"),
    [
        (
            "L02",
            58,
            [('if_late = "closes the case as dismissed"\n', "")],
            "[second-look.ask-second-look] does not say what follows when the time of the complainant "
            "has run out.",
        ),
        (
            "L02",
            12,
            [('last_day_closed = "next working day"\n', "")],
            "[counting] does not say last_day_closed: the last day of a time is not certain.",
        ),
        (
            "L02",
            200,
            [
                (
                    "[retention]\n",
                    '[limit.second]\nfor = "answer"\nwithin = "5 weeks after inquiry begins"\n[retention]\n',
                )
            ],
            "[limit.second] does not say what follows when the time of the respondent has run out.",
        ),
        (
            "L04",
            51,
            [
                ('within  = "15 working days after the first receive"\n', ""),
                ('sift = "5 working days after the first receive", ', ""),
            ],
            "[intake.sift] has no time: the complaints-officer can never be late with it.",
        ),
        (
            "L04",
            54,
            [
                ('within  = "15 working days after the first receive"\n', 'vague = "promptly"\n'),
                ('sift = "5 working days after the first receive", ', ""),
            ],
            "“promptly” gives no number and no backstop.",
        ),
        (
            "L04",
            174,
            [('grounds = ["new evidence", "fraud"', 'grounds = ["Exceptional circumstances", "fraud"')],
            "“exceptional circumstances” in grounds gives no number and no measure.",
        ),
        (
            "L05",
            76,
            [(', grounds = ["illness", "adviser away"]', "")],
            "[inquiry.answer] names no grounds on which more time may be given.",
        ),
        (
            "L05",
            76,
            [('extend  = { by = "panel-chair"', 'extend  = { by = "complainant"')],
            "[inquiry.answer] lets a party, the complainant, decide on more time.",
        ),
        (
            "L05",
            76,
            [("panel-chair        = {}", 'panel-chair        = { stands_in = "respondent" }')],
            "[inquiry.answer] lets the panel-chair give more time, and the respondent, who owes the step, "
            "stands in for it.",
        ),
        (
            "L06",
            176,
            [('review  = "every 28 days"\n', "")],
            "[pause.police] does not say how often the pause is looked at again.",
        ),
        (
            "L06",
            177,
            [('[pause.police]\nby      = "panel-chair"', '[pause.police]\nby      = "respondent"')],
            "[pause.police] lets a party, the respondent, stop every clock of the case.",
        ),
        (
            "L10",
            128,
            [
                ('by      = "appeal-panel"\nafter', 'by      = "panel"\nafter'),
                ('not_the_people_of = ["find"]\n', ""),
            ],
            "The panel finds and decides appeals in the same case.",
        ),
        (
            "L17",
            2,
            [(PROOF, "")],
            "The rulebook states neither the standard nor the burden of proof.",
        ),
        (
            "L22",
            186,
            [('from = "1 month", to = "2 years"', 'from = "1 month"')],
            "A suspension lasts 1 month or longer, without an end.",
        ),
        (
            "L22",
            186,
            [('from = "1 month", to = "2 years"', 'from = "100 weeks", to = "1 year"')],
            "The shortest suspension (100 weeks) is longer than the longest (1 year).",
        ),
        (
            "L22",
            20,
            [('range   = ["reminder", "suspension"]', 'range   = ["suspension", "reminder"]')],
            "The range of [conduct.bullying] does not run from the lightest to the gravest.",
        ),
        (
            "L22",
            18,
            [('range   = ["reminder", "suspension"]\n', "")],
            "[conduct.bullying] does not say which sanctions it may meet.",
        ),
        (
            "L23",
            187,
            [(', ask_again = "5 years after it began"', "")],
            "Expulsion has no end, is never spent, and is never looked at again.",
        ),
        (
            "L32",
            194,
            [('reply   = "14 days before publishing"\n', "")],
            "Nobody is told before something about them is published.",
        ),
        (
            "L32",
            193,
            [
                (
                    'even_when_closed = true\nwithin  = "28 days after the case closes"\n',
                    "even_when_closed = true\n",
                )
            ],
            "Nobody owes the publication by any time.",
        ),
        (
            "L33",
            198,
            [('hold    = { by = "overseer", review = "every year" }\n', "")],
            "Nobody can stop records from being destroyed while they are needed.",
        ),
        (
            "L39",
            2,
            [(ANONYMOUS, "")],
            "Nothing says what becomes of an anonymous complaint.",
        ),
    ],
)
def test_each_hole_is_found_on_its_line(
    reads: Reads, rule: str, line: int, changes: list[Change], says: str
) -> None:
    findings = [each for each in check(reads(*changes)) if each.says == says]
    assert [each.rule for each in findings] == [rule]
    only = findings[0]
    assert (only.severity, only.why, only.accepted) == (RULES[rule].severity, RULES[rule].why, None)
    assert only.remedy
    assert only.line == line


def test_every_two_duties_need_a_separation(reads: Reads) -> None:
    findings = check(reads((SEPARATE, 'offices = ["presenter", "panel-chair", ')))
    assert [each.says for each in findings if each.rule == "L10"] == [
        "Nothing keeps a holder of complaints-officer from acting as investigator in the same case.",
        "Nothing keeps a holder of complaints-officer from acting as panel in the same case.",
        "Nothing keeps a holder of investigator from acting as panel in the same case.",
        "Nothing keeps a holder of complaints-officer from acting as appeal-panel in the same case.",
        "Nothing keeps a holder of investigator from acting as appeal-panel in the same case.",
        "Nothing keeps a holder of panel from acting as appeal-panel in the same case.",
    ]
    assert has_errors(findings)


def test_an_office_is_covered_by_the_default_and_missed_without_it(reads: Reads) -> None:
    findings = check(reads(('[defaults]\nif_an_office_is_late = "tells overseer"\n', "")))
    late = [each.at for each in findings if each.rule == "L02"]
    assert late[:3] == ["intake.acknowledge", "intake.sift", "inquiry.serve-notice"]
    assert "inquiry.answer" not in late
    assert "anytime.publish" in late


def test_sections_that_are_not_there(reads: Reads, example: str) -> None:
    start, end = example.index("[publication]"), len(example)
    findings = check(reads((example[start:end], "")))
    assert [each.says for each in findings if each.rule in ("L32", "L33")] == [
        "Nothing says what is published about cases.",
        "Nothing says how long records of cases are kept.",
    ]


@pytest.mark.parametrize("at", ["sanction.expulsion", "[sanction.expulsion]", "expulsion"])
def test_a_warning_is_accepted_with_its_reason(reads: Reads, at: str) -> None:
    accepted = f'[[accepted]]\nrule = "L23"\nat = "{at}"\nreason = "Our members decided so."\n[publication]'
    findings = check(reads((', ask_again = "5 years after it began"', ""), ("[publication]", accepted)))
    assert [(each.rule, each.accepted) for each in findings if each.rule in ("L23", "L33")] == [
        ("L23", "Our members decided so."),
        ("L33", None),
    ]


def test_what_cannot_be_accepted_or_need_not_be_is_noted(reads: Reads) -> None:
    entry = '[[accepted]]\nrule = "{}"\nat = "{}"\nreason = "Because."\n'
    entries = entry.format("L17", "rulebook") + entry.format("L23", "expulsion") + entry.format("L08", "x")
    findings = check(reads((PROOF, ""), ("[publication]", entries + "[publication]")))
    assert [(each.rule, each.severity) for each in findings if each.rule in ("L08", "L17", "L23")] == [
        ("L17", Severity.ERROR),
        ("L17", Severity.NOTE),
        ("L23", Severity.NOTE),  # L08 is decided by exploring, which is not asked here
    ]
    notes = [each.says for each in findings if each.severity is Severity.NOTE and each.rule != "L38"]
    assert notes == [
        "L17 is an error: it cannot be accepted.",
        "L23 finds nothing at “expulsion” that could be accepted.",
    ]


def test_a_note_is_accepted_as_well(reads: Reads) -> None:
    accepted = '[[accepted]]\nrule = "L38"\nat = "lodge-appeal"\nreason = "It is free."\n[publication]'
    findings = check(reads(("[publication]", accepted)))
    assert [each.accepted for each in findings if each.rule == "L38"] == ["It is free."]


def test_every_check_has_its_rule() -> None:
    assert list(CHECKS) == [rule for rule in RULES if rule in CHECKS]
    assert [rule for rule, one in RULES.items() if not one.explores] == [
        rule for rule in CHECKS if not RULES[rule].explores
    ]
