"""Edits that trip the rules on who owes what, and on how a case goes on and ends."""

from tests.lint.editing import (
    ATHLETICS,
    COMMITTEE,
    LANDLORD,
    NOTTING,
    PARTY,
    UNION,
    VEREIN,
    WHISTLE,
    Change,
    edit,
)

LEFT = '"left before notice" = "1 year after the case closes"\n'
TWO_YEARS = '"left before notice" = "2 years after the case closes"\n'
LOOK_AGAIN = (
    'within  = "10 working days after ask-second-look"\nclause  = "4.6"\n'
    'if_late = ["tells ombudsperson", "counts as look-again: accepted"]\n'
)
CLOSES = '"closes the case as decided if lodge-appeal is not owed and appeal is not open"'


OF_WAYS = (
    # --- L01: nobody owes anything -----------------------------------------------------------------------
    edit(
        "L01",
        ATHLETICS,
        "hearing.find",
        "[hearing.find]",
        Change("hearing.decide-sanction", 'within  = "7 days after find"\n'),
    ),
    edit(
        "L01",
        VEREIN,
        "beschwerde.beschwerde-entscheiden",
        "[beschwerde.besch",
        Change("beschwerde.beschwerde-entscheiden", 'within  = "3 months after beschwerde begins"\n'),
    ),
    edit(
        "L01",
        LANDLORD,
        "answered.ask-stage-two",
        "[answered.ask",
        Change("remedies.put-right", 'within  = "6 weeks after remedies begins"\n'),
    ),
    edit(
        "L01",
        PARTY,
        "second-look.ask-second-look",
        "[second-look.ask",
        Change(
            "second-look.look-again",
            LOOK_AGAIN,
        ),
    ),
    edit(
        "L01",
        COMMITTEE,
        "reported.triage",
        "[reported.triage]",
        Change("reported.triage", 'outside = "goes to second-look"', 'outside = "nothing"'),
    ),
    edit(
        "L01",
        WHISTLE,
        "conclusion.close",
        "[conclusion.close]",
        Change("conclusion.close", 'by      = "channel"', 'by      = "reporter"'),
    ),
    # --- L03: silence without an end ---------------------------------------------------------------------
    edit("L03", LANDLORD, "stage-one.take-on", "[stage-one.take-on]", Change("defaults")),
    edit("L03", COMMITTEE, "reported.triage", "[reported.triage]", Change("defaults")),
    edit(
        "L03",
        NOTTING,
        "told.tell-member",
        "[told.tell-member]",
        Change("told.appeal-decision", 'if_late = "closes the case as decided"', 'if_late = "nothing"'),
    ),
    edit(
        "L03",
        VEREIN,
        "eingang.zulassen",
        "[eingang.zulassen]",
        Change("nachpruefung.mitteilen", 'within  = "1 week after nachpruefung begins"\n'),
    ),
    edit(
        "L03",
        UNION,
        "second-look.ask-second-look",
        "[second-look.ask",
        Change("second-look.look-again", 'by      = "reviewer"', 'by      = "complainant"'),
        Change(
            "second-look.look-again",
            'if_late = ["tells scrutineer", "counts as look-again: accepted"]',
            'if_late = "nothing"',
        ),
    ),
    edit(
        "L03",
        ATHLETICS,
        "decided.lodge-appeal",
        "[decided.lodge-appeal]",
        Change("appeal.decide-appeal", 'clause  = "7.3"', 'if_late = "nothing"'),
    ),
    # --- L21: closed without reasons ---------------------------------------------------------------------
    edit(
        "L21",
        UNION,
        "charge.refer",
        "[charge.refer]",
        Change("charge.refer", "goes to hearing", "closes the case as refused"),
    ),
    edit(
        "L21",
        VEREIN,
        "schlichtung.schlichten",
        "[schlichtung.schlichten]",
        Change(
            "schlichtung.schlichten", 'must_state = ["was vereinbart ist, oder dass nichts vereinbart ist"]\n'
        ),
    ),
    edit(
        "L21",
        LANDLORD,
        "remedies.put-right",
        "[remedies.put-right]",
        Change("remedies.put-right", 'must_state = ["what was done", "how to reach the Ombudsman"]\n'),
    ),
    edit(
        "L21",
        WHISTLE,
        "conclusion.close",
        "[conclusion.close]",
        Change(
            "conclusion.close",
            'must_state = ["what was done", "reasons", "which authorities take reports"]\n',
        ),
    ),
    edit(
        "L21",
        ATHLETICS,
        "second-look.look-again",
        "[second-look.look-again]",
        Change("second-look.look-again", 'must_state = ["reasons"]\n'),
    ),
    edit(
        "L21",
        PARTY,
        "panel-stage.find",
        "[panel-stage.find]",
        Change("panel-stage.find", 'per     = "allegation"\n'),
    ),
    # --- L24: who leaves ---------------------------------------------------------------------------------
    edit(
        "L24",
        VEREIN,
        "anytime",
        "[anytime.unterrichten]",
        Change("anytime.austreten", 'is      = "leaving"\n'),
    ),
    edit(
        "L24",
        LANDLORD,
        "anytime.leave",
        "[anytime.leave]",
        Change("anytime.leave", 'outcomes = { goes-on = "nothing" }'),
    ),
    edit(
        "L24", ATHLETICS, "anytime", "[anytime.suspend]", Change("anytime.leave"), Change("retention", LEFT)
    ),
    edit(
        "L24",
        PARTY,
        "anytime.leave",
        "[anytime.leave]",
        Change(
            "anytime.leave",
            'then    = "closes the case as left before notice if serve-notice is not done"',
            'then    = "tells ombudsperson"',
        ),
        Change("retention", TWO_YEARS),
    ),
    edit(
        "L24",
        COMMITTEE,
        "anytime.leave",
        "[anytime.leave]",
        Change(
            "anytime.leave",
            "if serve-notice is not done",
            "if serve-notice is not done and serve-notice is done",
        ),
    ),
    edit(
        "L24",
        WHISTLE,
        "anytime",
        "[anytime.feedback]",
        Change("anytime.leave"),
        Change("retention", '"nothing left to do" = "3 years after the case closes"\n'),
    ),
    # --- L30: no way to wait -----------------------------------------------------------------------------
    edit("L30", VEREIN, "pause", "stages", Change("pause.ermittlungen")),
    edit("L30", WHISTLE, "pause", "stages", Change("pause.authority")),
    edit("L30", COMMITTEE, "pause", "stages", Change("pause.police")),
    edit("L30", LANDLORD, "pause", "stages", Change("pause.safeguarding")),
    edit("L30", PARTY, "pause", "stages", Change("pause.police")),
    edit("L30", UNION, "pause", "stages", Change("pause.police"), Change("pause.tribunal")),
    # --- L31: no word on progress ------------------------------------------------------------------------
    edit(
        "L31",
        UNION,
        "anytime.update",
        "within",
        Change("anytime.update", "the latest of the case opens or update", "hearing begins"),
    ),
    edit(
        "L31",
        VEREIN,
        "anytime",
        "[anytime.unterrichten]",
        Change("anytime.unterrichten", 'is      = "progress"\n'),
    ),
    edit(
        "L31",
        WHISTLE,
        "anytime.update",
        "[anytime.update]",
        Change("anytime.update", 'within  = "6 weeks after the latest of the case opens or update"\n'),
    ),
    edit("L31", ATHLETICS, "anytime", "[anytime.suspend]", Change("anytime.update")),
    edit(
        "L31",
        LANDLORD,
        "anytime.update",
        "within",
        Change("anytime.update", "the latest of the case opens or update", "the case opens"),
        Change("anytime.update", 'times   = "any"\n'),
    ),
    edit(
        "L31",
        COMMITTEE,
        "anytime.update",
        "within",
        Change(
            "anytime.update",
            'times   = "any"\n',
            'times   = "any"\nduring  = ["answering", "resolving", "resolved", "appeal"]\n',
        ),
    ),
    # --- N03: late for nothing ---------------------------------------------------------------------------
    edit(
        "N03",
        UNION,
        "second-look.tell-refusal",
        "within",
        Change("second-look.tell-refusal", "after second-look begins", "after charge begins"),
    ),
    edit(
        "N03",
        VEREIN,
        "schlichtung.schlichten",
        "within",
        Change("schlichtung.schlichten", "after schlichtung begins", "after eingang begins"),
    ),
    edit(
        "N03",
        COMMITTEE,
        "second-look.look-again",
        "within",
        Change("second-look.look-again", "after ask-second-look", "after answering begins"),
    ),
    edit(
        "N03",
        PARTY,
        "receipt.assess",
        "within",
        Change("receipt.assess", '"15 working days after', '"4 working days after'),
    ),
    edit(
        "N03",
        ATHLETICS,
        "hearing.find",
        "within",
        Change("hearing.find", "3 working days after hearing-day", "10 days after hearing begins"),
    ),
    edit(
        "N03",
        WHISTLE,
        "follow-up.conclude",
        "within",
        Change("follow-up.conclude", '"9 weeks after', '"3 weeks after'),
    ),
    # --- N06: stuck --------------------------------------------------------------------------------------
    edit(
        "N06",
        VEREIN,
        "spruch.beschwerde-einlegen",
        "[spruch.besch",
        Change("spruch.beschwerde-einlegen", "begins beschwerde if", "nothing if"),
    ),
    edit(
        "N06",
        PARTY,
        "panel-stage.decide-sanction",
        "[panel-stage.dec",
        Change("verification.verify", 'verified = "goes to decided"', 'verified = "nothing"'),
    ),
    edit(
        "N06",
        WHISTLE,
        "follow-up.conclude",
        "[follow-up.conclude]",
        Change("conclusion.close", '"closes the case as followed up"', '"nothing"'),
        Change("retention", '"followed up" = "3 years after the case closes"\n'),
    ),
    edit(
        "N06", COMMITTEE, "resolved.lodge-appeal", "[resolved.lodge-appeal]", Change("appeal.decide-appeal")
    ),
    edit(
        "N06",
        ATHLETICS,
        "decided.lodge-appeal",
        "[decided.lodge-appeal]",
        Change(
            "decided.lodge-appeal",
            f", {CLOSES}",
        ),
    ),
    edit(
        "N06",
        UNION,
        "receipt.examine",
        "[receipt.examine]",
        Change("hearing.decide-sanction", "goes to decided", "nothing"),
        Change("hearing.decide-sanction.outcome.imposed", "goes to decided", "nothing"),
    ),
)
