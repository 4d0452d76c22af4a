"""Edits that trip the rules on being told, being heard, and a finding before a sanction."""

from tests.lint.editing import ATHLETICS, CARPENTRIES, COMMITTEE, PARTY, UNION, VEREIN, WHISTLE, Change, edit

OF_HEARING = (
    # --- L07: found against without notice ---------------------------------------------------------------
    edit(
        "L07", UNION, "hearing.find", "[hearing.find]", Change("charge.serve-charge", 'is      = "notice"\n')
    ),
    edit(
        "L07",
        ATHLETICS,
        "hearing.find",
        "[hearing.find]",
        Change("intake.sift", "goes to comments", "goes to hearing"),
        Change("hearing.find", 'after   = ["serve-notice", "answer or time up"]\n'),
    ),
    edit(
        "L07",
        PARTY,
        "panel-stage.find",
        "[panel-stage.find]",
        Change("second-look.look-again", 'accepted = "goes to response"', 'accepted = "goes to panel-stage"'),
        Change(
            "panel-stage.find",
            'after   = ["serve-notice", "answer or time up", "draw-panel"]',
            'after   = ["draw-panel"]',
        ),
    ),
    edit(
        "L07",
        COMMITTEE,
        "answering.serve-notice",
        "must_state",
        Change("answering.serve-notice", '"where", '),
    ),
    edit(
        "L07",
        VEREIN,
        "verfahren.zustellen",
        "must_state",
        Change("verfahren.zustellen", '"Beweismittel (evidence)", '),
    ),
    edit(
        "L07",
        VEREIN,
        "verfahren.feststellen",
        "[verfahren.fest",
        Change(
            "verfahren.feststellen",
            'after   = ["zustellen", "stellungnehmen or time up"]',
            'after   = ["eingehen"]',
        ),
        Change(
            "verfahren.feststellen",
            'within  = "4 weeks after stellungnehmen or time up"',
            'within  = "4 weeks after verfahren begins"',
        ),
    ),
    # --- L08: nobody tells the respondent ----------------------------------------------------------------
    edit(
        "L08",
        WHISTLE,
        "follow-up.tell-person",
        "within",
        Change("follow-up.tell-person", "14 days", "12 weeks"),
    ),
    edit(
        "L08",
        UNION,
        "charge.serve-charge",
        "within",
        Change("second-look.ask-second-look", "14 days", "3 months"),
    ),
    edit(
        "L08",
        COMMITTEE,
        "answering.serve-notice",
        "[answering.serve-notice]",
        Change("answering.serve-notice", 'within  = "3 days after answering begins"\n'),
    ),
    edit(
        "L08",
        VEREIN,
        "verfahren.zustellen",
        "within",
        Change(
            "schlichtung.einladen",
            'serve_on = ["beschwerdeseite", "gegenseite"]',
            'serve_on = ["beschwerdeseite"]',
        ),
    ),
    edit(
        "L08",
        ATHLETICS,
        "comments.serve-notice",
        "within",
        Change("intake.sift", "14 days after the first receive", "11 weeks after the first receive"),
    ),
    edit(
        "L08",
        PARTY,
        "response.serve-notice",
        "within",
        Change("second-look.look-again", "10 working days", "3 months"),
    ),
    # --- L09: found against unheard ----------------------------------------------------------------------
    edit("L09", WHISTLE, "follow-up.statement", "within", Change("follow-up.statement", "14 days", "6 days")),
    edit("L09", ATHLETICS, "comments.answer", "within", Change("comments.serve-notice", "7 days", "15 days")),
    edit(
        "L09",
        COMMITTEE,
        "resolving.find",
        "[resolving.find]",
        Change("answering.answer", "after serve-notice", "after answering begins"),
    ),
    edit(
        "L09",
        PARTY,
        "panel-stage.find",
        "[panel-stage.find]",
        Change(
            "response.submit", 'after   = ["serve-notice", "answer or time up"]', 'after   = ["serve-notice"]'
        ),
        Change("response.submit", "after answer or time up", "after serve-notice"),
        Change("panel-stage.find", '"answer or time up", '),
    ),
    edit(
        "L09",
        UNION,
        "charge.answer",
        "within",
        Change("charge.answer", '"42 days after serve-charge"', '"5 days after serve-charge"'),
    ),
    edit(
        "L09",
        VEREIN,
        "verfahren.feststellen",
        "[verfahren.feststellen]",
        Change("verfahren.stellungnehmen", 'is      = "answer"\n'),
    ),
    # --- L16: a sanction for nothing ---------------------------------------------------------------------
    edit(
        "L16",
        UNION,
        "hearing.decide-sanction",
        "[hearing.decide-sanction]",
        Change("hearing.decide-sanction.outcome.imposed", 'after   = ["first find: proved"]\n'),
    ),
    edit(
        "L16",
        VEREIN,
        "verfahren.massnahme",
        "[verfahren.massnahme]",
        Change(
            "verfahren.massnahme.outcome.verhaengt",
            "first feststellen: erwiesen",
            "first feststellen: nicht-erwiesen",
        ),
    ),
    edit(
        "L16",
        PARTY,
        "panel-stage.decide-sanction",
        "[panel-stage.decide-sanction]",
        Change("panel-stage.decide-sanction.outcome.imposed", "first find: proved", "first find"),
    ),
    edit(
        "L16",
        COMMITTEE,
        "resolving.decide-sanction",
        "[resolving.decide-sanction]",
        Change("resolving.find", 'adverse = ["violation"]\n'),
    ),
    edit(
        "L16",
        ATHLETICS,
        "hearing.decide-sanction",
        "[hearing.decide-sanction]",
        Change("hearing.decide-sanction.outcome.imposed", "first find: proved", "appoint"),
    ),
    edit("L16", CARPENTRIES, "sanction", "[sanction]", Change("review.resolve", 'is      = "sanction"\n')),
)
