"""Edits that trip the rules on other people: whoever looks again, and whoever decides in their place."""

from tests.lint.editing import (
    ASSOCIATION,
    ATHLETICS,
    COMMITTEE,
    LANDLORD,
    PARTY,
    UNION,
    VEREIN,
    WHISTLE,
    Change,
    before_sanctions,
    edit,
)

BOTH = 'by      = ["respondent", "complainant"]'
UNLESS = 'no_worse_than = { step = "decide-sanction", unless = "first lodge-appeal by complainant" }\n'
FAST = '[fast_track]\nby = "{by}"\n{criteria}at_most = "1 in 10"\nshorter = {{ {shorter} }}\n'
CRITERIA = 'criteria = ["open longer than 26 weeks"]\n'
CRITERIA_THERE = (
    'criteria = ["open longer than 26 weeks", "a party\'s health makes waiting harmful", '
    '"the respondent\'s office ends within 6 months"]\n'
)
REOPEN = '[anytime.reopen]\nby = "{by}"\neven_when_closed = true\n{rest}then = "starts a linked case"\n'


def fast(by: str, shorter: str, criteria: str = CRITERIA) -> Change:
    return before_sanctions(FAST.format(by=by, shorter=shorter, criteria=criteria))


OF_PEOPLE = (
    # --- L10: one hand twice -----------------------------------------------------------------------------
    edit(
        "L10",
        VEREIN,
        "verfahren.feststellen",
        "by",
        Change("verfahren.feststellen", '"schiedsgericht"', '"zulassungsstelle"'),
    ),
    edit(
        "L10",
        LANDLORD,
        "stage-two.answer-two",
        "by",
        Change("stage-two.answer-two", 'by      = "director"', 'by      = "complaints-officer"'),
    ),
    edit(
        "L10",
        WHISTLE,
        "follow-up.conclude",
        "by",
        Change("follow-up.conclude", 'by      = "investigator"', 'by      = "second-assessor"'),
    ),
    edit(
        "L10",
        UNION,
        "hearing.find",
        "by",
        Change("", '"deputy-registrar", "panel", ', '"deputy-registrar", '),
    ),
    edit(
        "L10",
        PARTY,
        "appeal.decide-appeal",
        "by",
        Change("appeal.decide-appeal", '"appeal-panel"', '"registrar"'),
    ),
    # --- L11: no appeal ----------------------------------------------------------------------------------
    edit(
        "L11",
        VEREIN,
        "eingang.zulassen",
        "outcomes",
        Change(
            "nachpruefung.nachpruefen",
            'doch-zugelassen = "goes to schlichtung"',
            'doch-zugelassen = "closes the case as abgewiesen"',
        ),
        Change(
            "nachpruefung.nachpruefen",
            'if_late = ["tells vertrauensperson", "counts as nachpruefen: doch-zugelassen"]',
            'if_late = "closes the case as abgewiesen"',
        ),
    ),
    edit(
        "L11",
        WHISTLE,
        "intake.assess",
        "outcomes",
        Change("second-look.look-again", 'by      = "reviewer"', 'by      = "assessor"'),
        Change("second-look.look-again", ', "counts as look-again: accepted"'),
    ),
    edit(
        "L11",
        LANDLORD,
        "answered.ask-stage-two",
        "[answered.ask-stage-two]",
        Change("stage-two.answer-two", 'is      = "appeal decision"\n'),
    ),
    edit(
        "L11",
        ATHLETICS,
        "hearing.decide-sanction",
        "[hearing.decide-sanction]",
        Change("hearing.decide-sanction.outcome.imposed", "goes to decided", "closes the case as decided"),
    ),
    edit(
        "L11",
        PARTY,
        "panel-stage.find",
        "[panel-stage.find]",
        Change(
            "verification.verify", 'verified = "goes to decided"', 'verified = "closes the case as decided"'
        ),
    ),
    edit(
        "L11",
        COMMITTEE,
        "reported.triage",
        "outcomes",
        Change(
            "reported.triage",
            'outside = "goes to second-look"',
            'outside = "closes the case as outside the code"',
        ),
    ),
    # --- L12: for one side only --------------------------------------------------------------------------
    edit(
        "L12",
        ATHLETICS,
        "decided.lodge-appeal",
        "by",
        Change("decided.lodge-appeal", BOTH, 'by      = "respondent"'),
        Change("", UNLESS),
    ),
    edit(
        "L12",
        PARTY,
        "decided.lodge-appeal",
        "by",
        Change("decided.lodge-appeal", BOTH, 'by      = "complainant"'),
    ),
    edit(
        "L12",
        UNION,
        "decided.lodge-appeal",
        "by",
        Change("decided.lodge-appeal", BOTH, 'by      = "respondent"'),
        Change("", UNLESS),
    ),
    edit(
        "L12",
        COMMITTEE,
        "resolved.lodge-appeal",
        "by",
        Change("resolved.lodge-appeal", '["person-reported", "reporter"]', '"reporter"'),
    ),
    edit(
        "L12",
        VEREIN,
        "spruch.beschwerde-einlegen",
        "by",
        Change("spruch.beschwerde-einlegen", '["gegenseite", "beschwerdeseite"]', '"beschwerdeseite"'),
    ),
    # --- L25: reopened for ever --------------------------------------------------------------------------
    edit(
        "L25",
        UNION,
        "anytime.reopen",
        "by",
        Change("anytime.reopen", 'not_the_people_of = ["find", "decide-sanction", "decide-appeal"]\n'),
    ),
    edit("L25", PARTY, "anytime.reopen", "[anytime.reopen]", Change("retention")),
    edit("L25", PARTY, "anytime.reopen", "grounds", Change("anytime.reopen", '"fraud"', '"public outcry"')),
    edit(
        "L25",
        ATHLETICS,
        "anytime.reopen",
        "[anytime.reopen]",
        before_sanctions(REOPEN.format(by="welfare-officer", rest="")),
    ),
    edit(
        "L25",
        VEREIN,
        "anytime.wiederaufnehmen",
        "by",
        before_sanctions(
            REOPEN.format(by="schiedsgericht", rest='is = "reopening"\ngrounds = ["neue Beweise"]\n').replace(
                "reopen]", "wiederaufnehmen]"
            )
        ),
    ),
    edit(
        "L25",
        ASSOCIATION,
        "anytime.reopen",
        "[anytime.reopen]",
        Change("anytime.reopen", 'grounds = ["new evidence", "fraud", "serious irregularity"]\n'),
    ),
    # --- L35: no other way in ----------------------------------------------------------------------------
    edit(
        "L35",
        ATHLETICS,
        "office.second-reader",
        "second-reader",
        Change("office", 'second-reader      = { stands_in = "other-reader" }', "second-reader      = {}"),
    ),
    edit(
        "L35", UNION, "office.registrar", "registrar", Change("office", 'stands_in = "deputy-registrar"', "")
    ),
    edit(
        "L35",
        WHISTLE,
        "office.channel",
        "channel",
        Change(
            "intake.receive", 'instead = [{ when = "about-the-channel is yes", by = "deputy-channel" }]\n'
        ),
        Change("office", 'stands_in = "deputy-channel"', ""),
    ),
    edit(
        "L35", LANDLORD, "office.director", "director", Change("office", 'stands_in = "second-director"', "")
    ),
    edit(
        "L35",
        VEREIN,
        "office.schlichter",
        "schlichter",
        Change("office", 'stands_in = "ersatzschlichter"', ""),
    ),
    edit("L35", PARTY, "office.reviewer", "reviewer", Change("office", 'stands_in = "second-reviewer"', "")),
    # --- L36: a fast track that is another track ---------------------------------------------------------
    edit(
        "L36",
        ASSOCIATION,
        "fast_track",
        "[fast_track]",
        Change(
            "fast_track",
            CRITERIA_THERE,
        ),
    ),
    edit(
        "L36",
        ASSOCIATION,
        "fast_track",
        "shorter",
        Change("fast_track", "3 working days after inquiry begins", "3 working days after sift"),
    ),
    edit(
        "L36",
        ATHLETICS,
        "fast_track",
        "[fast_track]",
        fast("chair", 'sift = "7 days after the first receive"', criteria=""),
    ),
    edit("L36", PARTY, "fast_track", "shorter", fast("reviewer", 'find = "5 working days after draw-panel"')),
    edit("L36", UNION, "fast_track", "shorter", fast("reviewer", 'refer = "3 days after answer"')),
    edit("L36", COMMITTEE, "fast_track", "shorter", fast("chair", 'report = "3 days after serve-notice"')),
)
