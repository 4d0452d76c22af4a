"""A case under the Federation of Village Bands, taken to each of its stages on fixed days.

Closed days on the way: Good Friday 3 April, Easter Monday 6 April, 4 May and 25 May 2026.
"""

from tests.timetable.casebook import Casebook, opened

COMPLAINT = "C0MP-0001"


def acknowledged() -> Casebook:
    """Received on Mon 2 March, acknowledged on Tue 3 March."""
    return opened().step("2026-03-03", "acknowledge", key=COMPLAINT)


def dismissed() -> Casebook:
    return acknowledged().step("2026-03-04", "sift", "dismissed")


def accepted(*allegations: str) -> Casebook:
    """Accepted on Wed 4 March, with one allegation unless more are named."""
    case = acknowledged()
    for number in allegations or ("A1",):
        case.allegation("2026-03-04", number)
    return case.step("2026-03-04", "sift", "accepted")


def noticed(*allegations: str) -> Casebook:
    """The notice was served by hand on Thu 5 March: 21 days to answer, until Thu 26 March."""
    return accepted(*allegations).step("2026-03-05", "serve-notice")


def to_hearing(*allegations: str) -> Casebook:
    """Nobody answered; the report of Mon 30 March says that there is a case to answer."""
    return noticed(*allegations).step("2026-03-30", "report", "case-to-answer")


def fixed(*allegations: str) -> Casebook:
    """On Tue 31 March the hearing is fixed for Wed 22 April; disclosed on Wed 1 April."""
    case = to_hearing(*allegations).step("2026-03-31", "fix-hearing", hearing_day="2026-04-22")
    return case.step("2026-04-01", "disclose")


def found(*allegations: str) -> Casebook:
    """Every allegation was found proved at the hearing of Wed 22 April."""
    case = fixed(*allegations)
    for number in allegations or ("A1",):
        case.step("2026-04-22", "find", "proved", key=number)
    return case


def decided() -> Casebook:
    """A sanction was imposed on Fri 24 April."""
    return found().step("2026-04-24", "decide-sanction", "imposed")


def served() -> Casebook:
    """The decision was served on R on Mon 27 April and on C1 on Tue 28 April.

    Each has 21 days to appeal: R until Mon 18 May, C1 until Tue 19 May.
    """
    case = decided().step("2026-04-27", "serve-decision", key="R")
    return case.step("2026-04-28", "serve-decision", key="C1")


def appealed() -> Casebook:
    """R appealed on Mon 11 May."""
    return served().step("2026-05-11", "lodge-appeal", key="R", office="respondent")


def sent_back() -> Casebook:
    """The appeal panel sent the case back on Mon 1 June."""
    return appealed().step("2026-06-01", "decide-appeal", "sent-back")
