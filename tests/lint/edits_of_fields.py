"""Edits that trip the rules which fields and words decide, and those on the graph's own faults (N01 to N08).

Each rulebook has nothing of the rule before the edit.
"""

from tests.lint.editing import ATHLETICS, COMMITTEE, LANDLORD, PARTY, UNION, VEREIN, WHISTLE, Change, edit

LODGE = "decided.lodge-appeal"
NOT_OWED = " if lodge-appeal is not owed and appeal is not open"
GROUNDS = ', grounds = ["illness", "companion away", "away at a competition", "an adjustment is needed"]'
PLATFORM = (
    '[platform]\noffices = ["president"]\nact = "speaking"\nmeasures = { ban = "no" }\ndefence = "a check"\n'
)
SECRET = (
    '[conduct.telling]\nclause = "2.4"\ntext = "Passing on what is confidential."\nrange = ["reminder"]\n'
)
TOO_OLD = 'too_old = "12 months before receive, unless chair allows it"\n'

OF_FIELDS = (
    edit(
        "L02",
        ATHLETICS,
        "stand-down.review-suspension",
        "within",
        Change(
            "stand-down.review-suspension",
            'if_late = ["ends stand-down", "ends stand-down-appeal", "tells welfare-officer"]\n',
        ),
        Change("defaults"),
    ),
    edit("L02", UNION, "charge.answer", "within", Change("charge.answer", 'if_late = "tells presenter"\n')),
    edit(
        "L04",
        LANDLORD,
        "remedies.put-right",
        "vague",
        Change("remedies.put-right", 'within  = "6 weeks after remedies begins"', 'vague   = "promptly"'),
    ),
    edit(
        "L04",
        PARTY,
        "panel-stage.draw-panel",
        "[panel-stage.draw-panel]",
        Change("panel-stage.draw-panel", 'within  = "5 working days after panel-stage begins"\n'),
    ),
    edit("L05", ATHLETICS, "comments.answer", "extend", Change("comments.answer", GROUNDS, "")),
    edit(
        "L05",
        WHISTLE,
        "follow-up.statement",
        "extend",
        Change("follow-up.statement", 'by = "channel"', 'by = "reporter"'),
    ),
    edit(
        "L06",
        UNION,
        "pause.tribunal",
        "[pause.tribunal]",
        Change("pause.tribunal", 'review  = "every 28 days"\n'),
    ),
    edit(
        "L06",
        VEREIN,
        "pause.ermittlungen",
        "by",
        Change("pause.ermittlungen", '"zweitpruefer"', '"gegenseite"'),
    ),
    edit(
        "L17",
        COMMITTEE,
        "rulebook",
        "[rulebook]",
        Change("rulebook", 'proof         = { standard = "more likely than not", burden = "case-lead" }\n'),
    ),
    edit(
        "L18",
        ATHLETICS,
        "office.panel",
        "panel",
        Change("", "panel              = { seats = 3", "panel              = { seats = 4"),
    ),
    edit(
        "L18",
        PARTY,
        "office.review-board",
        "review-board",
        Change("", "review-board      = { seats = 3, quorum = 3, ", "review-board      = { seats = 3, "),
    ),
    edit(
        "L19",
        UNION,
        "office.appeals-committee",
        "appeals-committee",
        Change(
            "",
            'appeals-committee = { seats = 3, quorum = 3, drawn = "by lot among Council members", ',
            "appeals-committee = { seats = 3, quorum = 3, ",
        ),
    ),
    edit("L20", LANDLORD, "stage-two.answer-two", "by", Change("defaults", "board-member", "director")),
    edit(
        "L20",
        VEREIN,
        "nachpruefung.nachpruefen",
        "by",
        Change("nachpruefung.nachpruefen", '"zweitpruefer"', '"vorstand"'),
    ),
    edit("L22", ATHLETICS, "sanction.ban", "ban", Change("", 'to = "12 months", ', "")),
    edit(
        "L22",
        UNION,
        "conduct.funds",
        "range",
        Change("conduct.funds", '["censure", "expulsion"]', '["expulsion", "censure"]'),
    ),
    edit(
        "L23",
        PARTY,
        "sanction.expulsion",
        "expulsion",
        Change("", ', ask_again = "5 years after it began"', ""),
    ),
    edit(
        "L26",
        LANDLORD,
        "conduct.service",
        "[conduct.service]",
        Change("conduct.service", 'too_old = "12 months before receive, unless complaints-lead allows it"\n'),
    ),
    edit(
        "L26",
        ATHLETICS,
        "conduct.safety",
        "too_old",
        Change("conduct.safety", ", unless chair allows it", ""),
    ),
    edit(
        "L27",
        COMMITTEE,
        "conduct.unwanted-contact",
        "[conduct.unwanted-contact]",
        Change("conduct.unwanted-contact", 'clause  = "2.2"\n'),
        Change(
            "conduct.unwanted-contact",
            'text    = "Going on writing to or approaching somebody who has asked for it to stop."\n',
        ),
    ),
    edit(
        "L28", VEREIN, "conduct.vergeltung", "clause", Change("conduct.vergeltung", "§ 2 Nr. 3", "§ 2 Nr. 1")
    ),
    edit(
        "L29",
        ATHLETICS,
        "conduct.telling",
        "[conduct.telling]",
        Change("", "\n[office]", "\n" + SECRET + TOO_OLD + "[office]"),
    ),
    edit(
        "L32",
        WHISTLE,
        "publication",
        "[publication]",
        Change("publication", 'reply   = "14 days before publishing"\n'),
    ),
    edit("L32", LANDLORD, "publication", "stages", Change("publication")),
    edit(
        "L33",
        UNION,
        "retention",
        "[retention]",
        Change("retention", 'refused = "1 year after the case closes"\n'),
    ),
    edit(
        "L34",
        ATHLETICS,
        "rulebook",
        "[rulebook]",
        Change("comments.answer", ', "an adjustment is needed"', ""),
    ),
    edit(
        "L37",
        ATHLETICS,
        "platform",
        "[platform]",
        Change("", "\n[publication]", "\n" + PLATFORM + "[publication]"),
    ),
    edit(
        "L38",
        VEREIN,
        "spruch.beschwerde-einlegen",
        "[spruch.beschwerde-einlegen]",
        Change("spruch.beschwerde-einlegen", 'fee     = "none"\n'),
    ),
    edit(
        "L39",
        PARTY,
        "rulebook",
        "[rulebook]",
        Change("rulebook", 'anonymous     = "kept for information, opens no case by itself"\n'),
    ),
    edit(
        "L40",
        UNION,
        "rulebook",
        "[rulebook]",
        Change(
            "rulebook", 'reprisals     = "misconduct (3.3), and no defence that the complaint was wrong"\n'
        ),
    ),
    # --- N01 to N08 --------------------------------------------------------------------------------------
    edit(
        "N01",
        LANDLORD,
        "stage-two.acknowledge-two",
        "within",
        Change("answered.ask-stage-two", "goes to stage-two", "goes to answered"),
    ),
    edit(
        "N02",
        WHISTLE,
        "conclusion.close",
        "[conclusion.close]",
        Change("conclusion.close", 'within  = "5 working days after conclusion begins"\n'),
    ),
    edit(
        "N04",
        COMMITTEE,
        "second-look.look-again",
        "if_late",
        Change(
            "second-look.look-again",
            '"counts as look-again: taken-up-after-all"',
            '"counts as triage: taken-up"',
        ),
    ),
    edit(
        "N05",
        PARTY,
        "response.submit",
        "[response.submit]",
        Change("response.submit", '["serve-notice", "answer or time up"]', '["serve-notice", "publish"]'),
    ),
    edit(
        "N07",
        VEREIN,
        "verfahren.verhandeln",
        "within",
        Change("verfahren.verhandeln", '"schiedsgericht"', '"gegenseite"'),
    ),
    edit("N08", ATHLETICS, LODGE, "if_late", Change(LODGE, NOT_OWED, "")),
)
