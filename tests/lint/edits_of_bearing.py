"""Edits that trip the rules on what binds somebody while a case goes on, and after it."""

from tests.lint.editing import (
    ASSOCIATION,
    ATHLETICS,
    COMMITTEE,
    PARTY,
    UNION,
    VEREIN,
    Change,
    before_sanctions,
    edit,
)

APPEAL_OVER = 'begins = "when the time to appeal has run out"'
MEASURE = """[anytime.suspend]
by      = "reviewer"
after   = ["{notice}"]
only_if = ["stand-back is not open"]
must_state = ["why it is necessary"]
then    = "begins stand-back"
[measure.stand-back]
at_most = "8 weeks"
ends_with = ["decide-sanction"]
[stand-back.review-suspension]
by      = "reviewer"
times   = "any"
within  = "14 days after the latest of stand-back begins or review-suspension"
if_late = "ends stand-back"
outcomes = {{ continued = "nothing", lifted = "ends stand-back" }}
[stand-back.object]
by      = "respondent"
[stand-back.hear-objection]
by      = "registrar"
after   = ["object"]
within  = "7 days after object"
outcomes = {{ kept = "nothing", lifted-after-all = "ends stand-back" }}
"""
STATED = (
    'must_state = ["why it is necessary", "why nothing less will do", "that it is without prejudice", '
    '"how to appeal against it"]\n'
)


OF_BEARING = (
    # --- L13: begins too soon ----------------------------------------------------------------------------
    edit(
        "L13",
        ATHLETICS,
        "sanction.ban",
        "ban",
        Change(
            "", f'to = "12 months", {APPEAL_OVER}', 'to = "12 months", begins = "3 days after it is served"'
        ),
    ),
    edit(
        "L13",
        COMMITTEE,
        "sanction.removal",
        "removal",
        Change("", f'clause = "9.4", {APPEAL_OVER}, ', 'clause = "9.4", '),
    ),
    edit(
        "L13",
        PARTY,
        "sanction.suspension",
        "suspension",
        Change("", f'to = "2 years", {APPEAL_OVER}', 'to = "2 years", begins = "1 day after it is served"'),
    ),
    edit(
        "L13",
        UNION,
        "sanction.expulsion",
        "expulsion",
        Change(
            "", f'clause = "10.3", {APPEAL_OVER}', 'clause = "10.3", begins = "1 week after it is served"'
        ),
    ),
    edit(
        "L13",
        VEREIN,
        "sanction.ausschluss",
        "ausschluss",
        Change(
            "", f'clause = "§ 9 Nr. 3", {APPEAL_OVER}', 'clause = "§ 9 Nr. 3", begins = "when it is served"'
        ),
    ),
    # --- L14: a measure without bounds -------------------------------------------------------------------
    edit(
        "L14",
        ATHLETICS,
        "measure.stand-down",
        "[measure.stand-down]",
        Change("measure.stand-down", 'at_most = "8 weeks"\n'),
    ),
    edit(
        "L14",
        ATHLETICS,
        "anytime.suspend",
        "[anytime.suspend]",
        Change(
            "anytime.suspend",
            STATED,
        ),
    ),
    edit(
        "L14",
        COMMITTEE,
        "measure.step-back",
        "[measure.step-back]",
        Change("step-back-appeal.decide-on-step-back", 'by      = "appeal-group"', 'by      = "duty-member"'),
        Change("step-back.confirm", 'by      = "chair"', 'by      = "duty-member"'),
        Change("step-back.review-suspension", 'by      = "chair"', 'by      = "duty-member"'),
    ),
    edit(
        "L14",
        COMMITTEE,
        "step-back.confirm",
        "[step-back.confirm]",
        Change("step-back.confirm", "runs_on = true\n"),
    ),
    edit(
        "L14",
        ASSOCIATION,
        "measure.interim-suspension",
        "[measure.interim",
        Change(
            "interim-suspension.review-suspension",
            'if_late = ["ends interim-suspension", "ends interim-appeal", "tells overseer"]',
            'if_late = "tells overseer"',
        ),
    ),
    # --- L15: time that counts towards nothing -----------------------------------------------------------
    edit(
        "L15",
        ATHLETICS,
        "measure.stand-down",
        "[measure.stand-down]",
        Change("measure.stand-down", 'credit  = "ban"\n'),
    ),
    edit(
        "L15",
        COMMITTEE,
        "measure.step-back",
        "[measure.step-back]",
        Change("measure.step-back", 'credit  = "suspension"\n'),
    ),
    edit(
        "L15",
        ASSOCIATION,
        "measure.interim-suspension",
        "[measure.interim-suspension]",
        Change("measure.interim-suspension", 'credit  = "suspension"\n'),
    ),
    edit(
        "L15",
        PARTY,
        "measure.stand-back",
        "[measure.stand-back]",
        before_sanctions(MEASURE.format(notice="serve-notice")),
    ),
    edit(
        "L15",
        UNION,
        "measure.stand-back",
        "[measure.stand-back]",
        before_sanctions(MEASURE.format(notice="serve-charge")),
    ),
)
