"""For each rule that exploring decides, at least five rulebooks with a hole that it must find.

Each is made by editing one of two rulebooks, the example of the format (V) or the Example Association's (A),
in another place. S is A in which nobody can be suspended, which has a tenth of its markings. A change is
(old, new); the old text stands there once. An old text that is a heading alone takes the whole block with it.
"""

import re
from typing import NamedTuple

from tests.timetable.casebook import ROOT

PATHS = {
    "V": ROOT / "tests/rulebooks/village-bands.toml",
    "A": ROOT / "rulebooks/example-association/2026.toml",
}


class Hole(NamedTuple):
    """`at` is the place that the finding names."""

    rule: str
    base: str
    at: str
    changes: tuple[tuple[str, str], ...]


def text_of(hole: Hole) -> str:
    text = base(hole.base)
    for old, new in hole.changes:
        if not new and re.fullmatch(r"\[[a-z.-]+\]", old):
            old = block(text, old)
        assert text.count(old) == 1, (hole.rule, old, text.count(old))
        text = text.replace(old, new)
    return text


def base(name: str) -> str:
    if name != "S":
        return PATHS[name].read_text(encoding="utf-8")
    only_if = 'only_if = ["interim-suspension is {}open"]'
    assert base("A").count(only_if.format("not ")) == 1
    return base("A").replace(only_if.format("not "), only_if.format(""))


def block(text: str, heading: str) -> str:
    """From the heading to the next one."""
    start = text.index(f"\n{heading}") + 1
    after = re.search(r"^\[", text[start + 1 :], re.MULTILINE)
    return text[start : start + 1 + after.start()] if after else text[start:]


FIX = 'within  = "10 working days after hearing begins"'
DECIDE_APPEAL = 'within  = "10 weeks after appeal begins"'
LOOK_AGAIN = 'within  = "20 working days after ask-second-look"'
NOTICE = 'within  = "10 working days after inquiry begins"'
REPORT = 'within  = "12 weeks after inquiry begins"'
ASK = 'within  = "14 days after second-look begins"'
SIFT = 'within  = "15 working days after the first receive"'
CONFIRM = 'within  = "5 working days after closing begins"'
SANCTION = 'within  = "14 days after find"'
SERVED = 'within  = "5 working days after decided begins"\nmust_state'
REPORT_AFTER = 'by      = "investigator"\nafter   = ["serve-notice", "answer or time up"]\n'
TOO_LATE = '"closes the case as decided if lodge-appeal is not owed and appeal is not open"'
CLOSING = '"goes to closing if lodge-appeal is not owed and appeal is not open"'
SHORTER_SIFT = 'sift = "5 working days after the first receive", '
UPDATE = 'within  = "6 weeks after the latest of the case opens or update"'
UPDATE_A = 'within  = "28 days after the latest of the case opens or update"'
LEAVE = 'then    = "closes the case as left before notice if serve-notice is not done"'
LEAVE_A = LEAVE.replace('done"', 'done and amend-notice is not done"')
KEEP_LEFT_A = '"left before notice" = "2 years after the case closes"\n'
PROVED = 'after   = ["first find: proved"]\n'
PROVED_A = 'after   = ["first find: proved or find: proved-in-part"]\n'
DAY = 'not_before = "21 days after fix-hearing"\n'
SUSPENDED = 'ends interim-suspension", "ends interim-appeal"] }\n\n[anytime.update]'
UNLESS = 'no_worse_than = { step = "decide-sanction", unless = "lodge-appeal by complainant" }\n'
UNLESS_A = 'no_worse_than = { step = "decide-sanction", unless = "first lodge-appeal by complainant" }\n'
BOTH = 'by      = ["respondent", "complainant"]'
ANYTIME = "[anytime.leave]"
CLOSES_AS_DECIDED = '"closes the case as decided"'


def late(rule: str, at: str, where: str, what: str = "nothing") -> Hole:
    """The time on the line `where` says itself what follows."""
    return Hole(rule, "V", at, ((where, f'{where}\nif_late = "{what}"'),))


def note(step: str, base: str = "V") -> Hole:
    """A step of no stage that counts from another that can happen again while this is owed."""
    added = f'[anytime.note]\nby = "overseer"\nwithin = "90 weeks after {step}"\n\n'
    return Hole("N01", base, "anytime.note", ((ANYTIME, added + ANYTIME),))


def begins_at(home: str, new: str, where: str, base: str = "V", *more: tuple[str, str]) -> Hole:
    return Hole("N02", base, home, ((where, f'within  = "{new}"'), *more))
