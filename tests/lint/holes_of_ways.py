"""Rulebooks with a hole in the ways of a case: N01 to N08."""

from tests.lint.making import (
    ASK,
    CLOSES_AS_DECIDED,
    CLOSING,
    DECIDE_APPEAL,
    FIX,
    NOTICE,
    PROVED,
    REPORT,
    SANCTION,
    SERVED,
    SHORTER_SIFT,
    SIFT,
    TOO_LATE,
    Hole,
    begins_at,
    late,
    note,
)

OF_WAYS = [
    # --- N01: first or latest? ---------------------------------------------------------------------------
    *(note(step) for step in ("report", "ask-second-look", "find", "fix-hearing", "decide-appeal")),
    note("report", "S"),
    # --- N02: a stage without a clock --------------------------------------------------------------------
    begins_at("hearing.fix-hearing", "10 working days after report", FIX),
    begins_at("hearing.fix-hearing", "30 weeks after the first receive", FIX),
    begins_at("second-look.ask-second-look", "14 days after sift: dismissed", ASK),
    begins_at("decided.serve-decision", "5 working days after decide-sanction", SERVED.split("\n")[0]),
    begins_at(
        "inquiry.serve-notice",
        "10 working days after sift",
        NOTICE,
        "V",
        (REPORT, 'within  = "12 weeks after the latest serve-notice"'),
    ),
    begins_at(
        "second-look.serve-dismissal",
        "3 working days after sift: dismissed",
        'within  = "3 working days after second-look begins"',
        "A",
    ),
    # --- N03: late for nothing ---------------------------------------------------------------------------
    Hole(
        "N03",
        "V",
        "intake.sift",
        ((SIFT, 'within  = "3 working days after the first receive"'), (SHORTER_SIFT, "")),
    ),
    Hole("N03", "V", "inquiry.report", ((REPORT, 'within  = "6 weeks after inquiry begins"'),)),
    Hole(
        "N03",
        "V",
        "decided.serve-decision",
        ((SERVED.split("\n")[0], 'within  = "16 weeks after inquiry begins"'),),
    ),
    Hole(
        "N03",
        "V",
        "appeal.decide-appeal",
        (
            (DECIDE_APPEAL, 'within  = "1 week after appeal begins"'),
            (', decide-appeal = "7 weeks after appeal begins"', ""),
        ),
    ),
    Hole(
        "N03",
        "V",
        "hearing.find",
        (
            (
                'within  = { later_of = ["14 days after hearing-day", "28 days after disclose"] }',
                'within  = "5 weeks after fix-hearing"',
            ),
        ),
    ),
    Hole(
        "N03",
        "S",
        "receipt.sift",
        (
            (
                'within  = "10 working days after the first acknowledge or time up"',
                'within  = "4 working days after the case opens"',
            ),
            ('shorter = { sift = "5 working days after the first acknowledge or time up", ', "shorter = { "),
        ),
    ),
    # --- N04: deemed outside its stage -------------------------------------------------------------------
    Hole(
        "N04",
        "V",
        "second-look.look-again",
        (('if_late = "counts as look-again: accepted"', 'if_late = "counts as sift: accepted"'),),
    ),
    Hole(
        "N04",
        "V",
        "second-look.ask-second-look",
        (
            (
                'if_late = "closes the case as dismissed"',
                'if_late = ["counts as sift: accepted", "closes the case as dismissed"]',
            ),
        ),
    ),
    late("N04", "intake.sift", SIFT, "counts as look-again: accepted"),
    late("N04", "decided.serve-decision", SERVED.split("\n")[0], "counts as look-again: accepted"),
    late("N04", "appeal.decide-appeal", DECIDE_APPEAL, "counts as sift: accepted"),
    Hole(
        "N04",
        "S",
        "second-look.look-again",
        (('"counts as look-again: accepted if report is not done"', '"counts as sift: accepted"'),),
    ),
    # --- N05: never --------------------------------------------------------------------------------------
    Hole(
        "N05",
        "V",
        "hearing.postpone",
        (
            (
                'by      = "panel-chair"\nafter   = ["fix-hearing"]',
                'by      = "panel-chair"\nafter   = ["publish"]',
            ),
        ),
    ),
    Hole("N05", "V", "hearing.decide-sanction", ((PROVED, PROVED + 'only_if = ["hearing is not open"]\n'),)),
    Hole("N05", "V", "inquiry.answer", (("[inquiry.answer]\n", '[inquiry.answer]\nafter = ["report"]\n'),)),
    Hole(
        "N05",
        "V",
        "interim-suspension.appeal-suspension",
        (
            (
                "[interim-suspension.appeal-suspension]\n",
                '[interim-suspension.appeal-suspension]\nonly_if = ["interim-suspension is not open"]\n',
            ),
        ),
    ),
    Hole(
        "N05",
        "V",
        "appeal.decide-appeal",
        (('then    = "begins appeal if appeal is not open"', 'then    = "begins appeal if appeal is open"'),),
    ),
    Hole(
        "N05",
        "S",
        "anytime.withdraw",
        (("[anytime.withdraw]", '[anytime.withdraw]\nafter = ["publish"]\n#'),),
    ),
    # --- N06: stuck --------------------------------------------------------------------------------------
    Hole(
        "N06", "V", "decided.lodge-appeal", ((f'if_late = ["too late", {TOO_LATE}]', 'if_late = "too late"'),)
    ),
    Hole(
        "N06",
        "V",
        "second-look.look-again",
        (
            (
                'outcomes = { dismissed = "closes the case as dismissed", accepted',
                'outcomes = { dismissed = "nothing", accepted',
            ),
            ('if_late = "counts as look-again: accepted"', 'if_late = "tells overseer"'),
        ),
    ),
    Hole(
        "N06",
        "V",
        "hearing.find",
        (('outcomes = { none = "goes to decided" }', 'outcomes = { none = "nothing" }'),),
    ),
    Hole(
        "N06",
        "V",
        "appeal.decide-appeal",
        (('changed = "closes the case as decided", sent-back', 'changed = "ends decided", sent-back'),),
    ),
    Hole(
        "N06",
        "S",
        "decided.lodge-appeal",
        (
            ('then    = "closes the case as decided"', 'then    = "tells overseer"'),
            ('decided = "6 years after the case closes"\n', ""),
        ),
    ),
    # --- N07: restarting one's own time ------------------------------------------------------------------
    Hole(
        "N07",
        "V",
        "inquiry.report",
        (
            (REPORT, 'within  = "12 weeks after the latest serve-notice"'),
            (
                '[inquiry.serve-notice]\nby      = "complaints-officer"',
                '[inquiry.serve-notice]\nby      = "investigator"',
            ),
        ),
    ),
    Hole(
        "N07",
        "V",
        "hearing.disclose",
        (
            (
                '[hearing.postpone]\nby      = "panel-chair"',
                '[hearing.postpone]\ntimes = "any"\nby      = "presenter"',
            ),
            (
                'within  = "14 clear days before hearing-day"',
                'within  = "14 days after the latest of fix-hearing or postpone"',
            ),
        ),
    ),
    Hole(
        "N07",
        "V",
        "appeal.decide-appeal",
        (
            (DECIDE_APPEAL, 'within  = "10 weeks after the latest of appeal begins or update"'),
            (', decide-appeal = "7 weeks after appeal begins"', ""),
            (
                "[anytime.update]                                     # at any time while the case is open\n"
                'by      = "complaints-officer"',
                '[anytime.update]\nby      = "appeal-panel"',
            ),
        ),
    ),
    Hole(
        "N07",
        "V",
        "hearing.decide-sanction",
        (
            (SANCTION, 'within  = "14 days after the latest of find or update"'),
            (
                "[anytime.update]                                     # at any time while the case is open\n"
                'by      = "complaints-officer"',
                '[anytime.update]\nby      = "panel"',
            ),
        ),
    ),
    Hole(
        "N07",
        "S",
        "inquiry.report",
        (
            (
                'within  = "20 working days after answer or time up"',
                'within  = "20 working days after the latest update"',
            ),
            (', report = "15 working days after answer or time up"', ""),
            (
                'title   = "tell both sides how the case goes"\nby      = "case-officer"',
                'title   = "tell both sides how the case goes"\nby      = "investigator"',
            ),
        ),
    ),
    # --- N08: one side cuts off the other ----------------------------------------------------------------
    Hole("N08", "V", "decided.lodge-appeal", ((TOO_LATE, CLOSES_AS_DECIDED),)),
    Hole("N08", "V", "decided.lodge-appeal", ((TOO_LATE, TOO_LATE.replace(" and appeal is not open", "")),)),
    Hole(
        "N08",
        "V",
        "decided.lodge-appeal",
        ((TOO_LATE, TOO_LATE.replace("lodge-appeal is not owed and ", "")),),
    ),
    Hole("N08", "S", "decided.lodge-appeal", ((CLOSING, '"goes to closing"'),)),
    Hole(
        "N08", "S", "decided.lodge-appeal", ((CLOSING, CLOSING.replace("lodge-appeal is not owed and ", "")),)
    ),
]
