"""Rulebooks with a hole in fairness: L01 to L31, as far as exploring decides them."""

from tests.lint.making import (
    ASK,
    BOTH,
    CONFIRM,
    DAY,
    DECIDE_APPEAL,
    FIX,
    KEEP_LEFT_A,
    LEAVE,
    LEAVE_A,
    LOOK_AGAIN,
    NOTICE,
    PROVED,
    PROVED_A,
    REPORT,
    REPORT_AFTER,
    SANCTION,
    SHORTER_SIFT,
    SIFT,
    UNLESS,
    UNLESS_A,
    UPDATE,
    UPDATE_A,
    Hole,
    late,
)

OF_FAIRNESS = [
    # --- L01: nobody owes anything -----------------------------------------------------------------------
    Hole("L01", "V", "inquiry.report", ((FIX + "\n[day", "[day"),)),
    Hole("L01", "V", "hearing.find", ((SANCTION, 'vague = "soon"'),)),
    Hole(
        "L01",
        "V",
        "appeal.decide-appeal",
        ((DECIDE_APPEAL, ""), (', decide-appeal = "7 weeks after appeal begins"', "")),
    ),
    Hole(
        "L01",
        "V",
        "second-look.ask-second-look",
        ((LOOK_AGAIN + '\nif_late = "counts as look-again: accepted"', ""),),
    ),
    Hole("L01", "V", "intake.acknowledge", ((SIFT, ""), (SHORTER_SIFT, ""))),
    Hole("L01", "S", "closing.confirm-outcome", ((CONFIRM, 'vague = "soon"'),)),
    # --- L03: nobody is told -----------------------------------------------------------------------------
    Hole(
        "L03",
        "V",
        "intake.receive",
        (('if_an_office_is_late = "tells overseer"', 'if_an_office_is_late = "nothing"'),),
    ),
    late("L03", "decided.lodge-appeal", DECIDE_APPEAL),
    late("L03", "hearing.find", SANCTION),
    late("L03", "intake.acknowledge", SIFT),
    Hole("L03", "V", "inquiry.report", ((FIX + "\n[day", FIX + '\nif_late = "nothing"\n[day'),)),
    Hole("L03", "S", "decided.lodge-appeal", ((CONFIRM, CONFIRM + '\nif_late = "nothing"'),)),
    # --- L07: found against without notice ---------------------------------------------------------------
    Hole(
        "L07",
        "V",
        "hearing.find",
        (
            (
                'accepted = "goes to inquiry", dismissed = "goes',
                'accepted = "goes to hearing", dismissed = "goes',
            ),
        ),
    ),
    Hole(
        "L07",
        "V",
        "hearing.find",
        (
            (
                'outcomes = { dismissed = "closes the case as dismissed", accepted = "goes to inquiry" }',
                'outcomes = { dismissed = "closes the case as dismissed", accepted = "goes to hearing" }',
            ),
        ),
    ),
    Hole("L07", "V", "hearing.find", ((REPORT_AFTER, 'by      = "investigator"\n'),)),
    Hole(
        "L07", "V", "hearing.find", (("[inquiry.serve-notice]", '[inquiry.serve-notice]\nis = "progress"'),)
    ),
    Hole(
        "L07",
        "V",
        "hearing.find",
        (
            (
                "[intake.acknowledge]",
                '[intake.skip]\nby = "overseer"\nwithin = "9 weeks after receive"\n'
                'then = "goes to hearing"\n[intake.acknowledge]',
            ),
        ),
    ),
    Hole(
        "L07",
        "S",
        "hearing.find",
        (
            (
                'accepted = "goes to inquiry", dismissed = "goes',
                'accepted = "goes to hearing", dismissed = "goes',
            ),
            (
                'after   = ["serve-notice", "answer or time up", "draw-panel", "send-bundle"]',
                'after   = ["draw-panel"]',
            ),
            (
                'not_before = ["hearing-day", "14 clear days after serve-notice"]',
                'not_before = ["hearing-day"]',
            ),
        ),
    ),
    # --- L08: nobody tells the respondent ----------------------------------------------------------------
    Hole("L08", "V", "inquiry.serve-notice", ((NOTICE, 'within  = "20 weeks after inquiry begins"'),)),
    Hole(
        "L08",
        "V",
        "inquiry.serve-notice",
        ((SIFT, 'within  = "12 weeks after the first receive"'),),
    ),
    Hole(
        "L08",
        "V",
        "inquiry.serve-notice",
        (("[publication]", '[fairness]\nfirst_notice = "10 weeks"\n[publication]'),),
    ),
    Hole("L08", "V", "inquiry.serve-notice", ((LOOK_AGAIN, 'within  = "9 weeks after ask-second-look"'),)),
    Hole("L08", "V", "inquiry.serve-notice", ((ASK, 'within  = "2 months after second-look begins"'),)),
    Hole(
        "L08",
        "S",
        "inquiry.serve-notice",
        (
            ('within  = "5 working days after inquiry begins"', 'within  = "10 weeks after inquiry begins"'),
            ('serve-notice = "3 working days after inquiry begins", ', ""),
        ),
    ),
    Hole("L08", "V", "inquiry.serve-notice", ((NOTICE, 'vague   = "soon"'), (REPORT, 'vague = "soon"'))),
    # --- L09: found against unheard ----------------------------------------------------------------------
    Hole(
        "L09",
        "V",
        "hearing.find",
        (
            (REPORT_AFTER, 'by      = "investigator"\nafter = ["serve-notice"]\n'),
            (DAY, 'not_before = "20 days after fix-hearing"\n'),
        ),
    ),
    Hole("L09", "V", "hearing.find", ((DAY, ""),)),
    Hole("L09", "V", "hearing.find", ((DAY, 'not_before = "2 weeks after fix-hearing"\n'),)),
    Hole(
        "L09",
        "V",
        "hearing.find",
        (
            (
                'not_before = ["hearing-day", "14 clear days after disclose"]',
                'not_before = ["14 clear days after disclose"]',
            ),
        ),
    ),
    Hole(
        "L09",
        "V",
        "inquiry.answer",
        (
            (
                'within = "35 days after the latest serve-notice"',
                'within = "5 days after the latest serve-notice"',
            ),
        ),
    ),
    Hole(
        "L09",
        "S",
        "hearing.find",
        (
            ('after   = ["serve-notice", "answer or time up"]', 'after   = ["serve-notice"]'),
            (
                'within  = "20 working days after answer or time up"',
                'within  = "20 working days after serve-notice"',
            ),
            (', report = "15 working days after answer or time up"', ""),
            (
                'after   = ["serve-notice", "answer or time up", "draw-panel", "send-bundle"]',
                'after   = ["serve-notice", "draw-panel"]',
            ),
        ),
    ),
    # --- L11: no appeal ----------------------------------------------------------------------------------
    Hole(
        "L11",
        "V",
        "intake.sift",
        (
            (
                'dismissed = "goes to second-look" }\n[second',
                'dismissed = "closes the case as dismissed" }\n[second',
            ),
        ),
    ),
    Hole(
        "L11",
        "V",
        "hearing.decide-sanction",
        ((PROVED + 'then    = "goes to decided"', PROVED + 'then    = "closes the case as decided"'),),
    ),
    Hole(
        "L11", "V", "hearing.find", (("[decided.lodge-appeal]", '[decided.lodge-appeal]\nis = "progress"'),)
    ),
    Hole(
        "L11",
        "V",
        "intake.sift",
        (
            (
                'by      = "panel-chair"\n'
                'within  = "20 working days after ask-second-look"\n'
                'if_late = "counts as look-again: accepted"',
                'by      = "complaints-officer"\nwithin  = "20 working days after ask-second-look"',
            ),
        ),
    ),
    Hole(
        "L11",
        "V",
        "decided.lodge-appeal",
        (("[appeal.decide-appeal]", '[appeal.decide-appeal]\nis = "report"'),),
    ),
    Hole(
        "L11",
        "S",
        "receipt.sift",
        (
            (
                'dismissed = "goes to second-look" }\n\n# --- r 4.7',
                'dismissed = "closes the case as dismissed" }\n\n# --- r 4.7',
            ),
        ),
    ),
    # --- L12: for one side only --------------------------------------------------------------------------
    Hole("L12", "V", "decided.lodge-appeal", ((BOTH, 'by      = "respondent"'), (UNLESS, ""))),
    Hole("L12", "V", "decided.lodge-appeal", ((BOTH, 'by      = "complainant"'),)),
    Hole(
        "L12",
        "V",
        "decided.lodge-appeal",
        (
            (BOTH, 'by = "respondent"'),
            (UNLESS, ""),
            (
                "[appeal.decide-appeal]",
                '[decided.object]\nby = "complainant"\nis = "appeal"\n'
                'within = "7 days after serve-decision"\nif_late = "too late"\n'
                'then = "begins appeal if appeal is not open"\n[appeal.decide-appeal]',
            ),
        ),
    ),
    Hole("L12", "S", "decided.lodge-appeal", ((BOTH, 'by      = "respondent"'), (UNLESS_A, ""))),
    Hole("L12", "S", "decided.lodge-appeal", ((BOTH, 'by      = "complainant"'), (UNLESS_A, ""))),
    # --- L13: begins too soon ----------------------------------------------------------------------------
    Hole(
        "L13",
        "V",
        "sanction.suspension",
        (('begins = "when the time to appeal has run out"', 'begins = "1 day after it is served"'),),
    ),
    Hole(
        "L13",
        "V",
        "sanction.expulsion",
        (("expulsion  = {", 'expulsion  = { begins = "1 week after it is served",'),),
    ),
    *(
        Hole(
            "L13",
            "S",
            f"sanction.{name}",
            (
                (
                    f'clause = "{clause}", {bounds}begins = "when the time to appeal has run out"',
                    f'clause = "{clause}", {bounds}begins = "1 day after it is served"',
                ),
            ),
        )
        for name, clause, bounds in (
            ("office-bar", "r 10.4", 'from = "3 months", to = "2 years", '),
            ("suspension", "r 10.5", 'from = "1 month", to = "2 years", '),
            ("expulsion", "r 10.6", ""),
        )
    ),
    # --- L14: no appeal against a measure ----------------------------------------------------------------
    Hole(
        "L14",
        "V",
        "measure.interim-suspension",
        (
            (
                '[interim-suspension.appeal-suspension]\nby      = "respondent"',
                '[interim-suspension.appeal-suspension]\nby      = "presenter"',
            ),
        ),
    ),
    Hole(
        "L14",
        "V",
        "measure.interim-suspension",
        (
            (
                "[interim-appeal.decide-interim-appeal]                #  runs beside the main stages\n"
                'by      = "appeal-panel"',
                '[interim-appeal.decide-interim-appeal]\nby      = "panel-chair"',
            ),
        ),
    ),
    Hole(
        "L14",
        "V",
        "measure.interim-suspension",
        (
            (
                'lifted = ["ends interim-suspension", "ends interim-appeal"] }',
                'lifted = "ends interim-appeal" }',
            ),
            ('if_late = "counts as decide-interim-appeal: lifted"', 'if_late = "tells overseer"'),
        ),
    ),
    Hole(
        "L14",
        "V",
        "measure.interim-suspension",
        (('then    = "begins interim-appeal"', 'then    = "tells overseer"'),),
    ),
    Hole(
        "L14",
        "V",
        "measure.interim-suspension",
        (
            (
                "[interim-suspension.appeal-suspension]",
                '[interim-suspension.appeal-suspension]\nonly_if = ["interim-suspension is not open"]\n#',
            ),
        ),
    ),
    Hole(
        "L14",
        "A",
        "measure.interim-suspension",
        (
            (
                'by      = "appeal-panel"\nwithin  = "10 working days after interim-appeal begins"',
                'by      = "chair"\nwithin  = "10 working days after interim-appeal begins"',
            ),
        ),
    ),
    # --- L16: a sanction for nothing ---------------------------------------------------------------------
    Hole("L16", "V", "hearing.decide-sanction", ((PROVED, ""),)),
    Hole("L16", "V", "hearing.decide-sanction", ((PROVED, 'after   = ["first find"]\n'),)),
    Hole("L16", "V", "hearing.decide-sanction", (("[hearing.find]", '[hearing.find]\nis = "report"'),)),
    Hole("L16", "S", "hearing.decide-sanction", ((PROVED_A, ""),)),
    Hole("L16", "S", "hearing.decide-sanction", ((PROVED_A, 'after   = ["first find: not-proved"]\n'),)),
    # --- L21: closed without reasons ---------------------------------------------------------------------
    Hole(
        "L21",
        "V",
        "inquiry.report",
        (('no-case = "goes to second-look" }', 'no-case = "closes the case as dismissed" }'),),
    ),
    Hole(
        "L21",
        "V",
        "hearing.disclose",
        (
            (
                'within  = "14 clear days before hearing-day"',
                'within  = "14 clear days before hearing-day"\nthen = "closes the case as dismissed"',
            ),
        ),
    ),
    Hole(
        "L21",
        "V",
        "hearing.postpone",
        (("[hearing.postpone]\n", '[hearing.postpone]\nthen = "closes the case as dismissed"\n'),),
    ),
    Hole(
        "L21",
        "S",
        "second-look.look-again",
        (
            (
                'serve_on = ["complainant"]\nmust_state = ["reasons"]\n'
                "[second-look.look-again.outcome.accepted]",
                'serve_on = ["complainant"]\n[second-look.look-again.outcome.accepted]',
            ),
        ),
    ),
    Hole("L21", "S", "closing.confirm-outcome", (('must_state = ["what stands", "from when"]\n', ""),)),
    # --- L24: leaving ------------------------------------------------------------------------------------
    Hole("L24", "V", "anytime.leave", ((LEAVE, 'then    = "tells overseer"'),)),
    Hole("L24", "V", "anytime", (("[anytime.leave]", ""),)),
    Hole("L24", "V", "anytime.leave", ((LEAVE, LEAVE.replace('done"', 'done and serve-notice is done"')),)),
    Hole("L24", "S", "anytime.leave", ((LEAVE_A, 'then    = "tells overseer"'), (KEEP_LEFT_A, ""))),
    Hole("L24", "S", "anytime", (("[anytime.leave]", ""), (KEEP_LEFT_A, ""))),
    # --- L31: no word on progress ------------------------------------------------------------------------
    Hole("L31", "V", "anytime.update", ((UPDATE, UPDATE.replace("the case opens", "inquiry begins")),)),
    Hole("L31", "V", "anytime", (("[anytime.update]", ""),)),
    Hole("L31", "V", "anytime.update", ((UPDATE, 'during  = ["inquiry"]\n' + UPDATE),)),
    Hole("L31", "S", "anytime.update", ((UPDATE_A, UPDATE_A.replace("the case opens", "sift")),)),
    Hole("L31", "S", "anytime", (("[anytime.update]", ""),)),
]
