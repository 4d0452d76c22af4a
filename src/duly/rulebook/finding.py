"""What the lint finds in a rulebook, and why each of its rules matters."""

from dataclasses import dataclass
from enum import StrEnum

from duly.rulebook.book import Rulebook


class Severity(StrEnum):
    """Errors keep a rulebook from coming into force; a warning may be accepted with a published reason."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Rule:
    """`severity` is that of what it mostly finds. `explores`: fields alone don't show all of it."""

    severity: Severity
    why: str
    explores: bool = False


RULES = {
    "L01": Rule(
        Severity.ERROR,
        "A case in which nobody owes anything is nobody's case, and lies until somebody remembers it.",
        explores=True,
    ),
    "L02": Rule(
        Severity.ERROR,
        "A time binds only if all count it the same way and know what follows when it has run out.",
    ),
    "L03": Rule(
        Severity.ERROR,
        "Nobody may be left waiting without an end because an office does nothing.",
        explores=True,
    ),
    "L04": Rule(
        Severity.WARNING,
        "Nobody can be late for “promptly”: what cannot be counted is the first to slip.",
    ),
    "L05": Rule(
        Severity.ERROR,
        "More time without a cap, a ground or somebody else's decision is no time limit at all.",
    ),
    "L06": Rule(
        Severity.ERROR,
        "A pause that nobody has to look at again is how cases are forgotten.",
    ),
    "L07": Rule(
        Severity.ERROR,
        "Nobody can answer a charge they were not told, nor one they were told in part.",
        explores=True,
    ),
    "L08": Rule(
        Severity.WARNING,
        "Who is complained of cannot keep their evidence while they do not know of the complaint.",
        explores=True,
    ),
    "L09": Rule(
        Severity.ERROR,
        "The side that must answer needs as much time as the side that asks.",
        explores=True,
    ),
    "L10": Rule(
        Severity.ERROR,
        "Whoever sifts, investigates, decides or hears the appeal must not be judging their own work.",
    ),
    "L11": Rule(
        Severity.ERROR,
        "Whoever decides can be wrong, and only other people will see it.",
        explores=True,
    ),
    "L12": Rule(
        Severity.WARNING,
        "An appeal for one side only tells the other that its case matters less.",
        explores=True,
    ),
    "L13": Rule(
        Severity.ERROR,
        "What has been suffered before an appeal succeeds cannot be given back.",
        explores=True,
    ),
    "L14": Rule(
        Severity.ERROR,
        "It binds somebody of whom nothing has been found: let it be short, looked at, and open to appeal.",
        explores=True,
    ),
    "L15": Rule(
        Severity.ERROR,
        "An interim measure is no punishment, and the time under it must count.",
    ),
    "L16": Rule(
        Severity.ERROR,
        "What was done is decided before what it deserves, or the second colours the first.",
        explores=True,
    ),
    "L17": Rule(
        Severity.ERROR,
        "Both sides must know before the hearing who has to prove what, and how surely.",
    ),
    "L18": Rule(
        Severity.ERROR,
        "A panel that cannot reach a majority, or cannot be filled, cannot decide.",
    ),
    "L19": Rule(
        Severity.WARNING,
        "Whoever picks the panel picks the outcome, or will be said to.",
    ),
    "L20": Rule(
        Severity.WARNING,
        "Whoever leads the body has an interest in how its cases end.",
    ),
    "L21": Rule(
        Severity.ERROR,
        "A decision without reasons cannot be understood, appealed or learned from.",
        explores=True,
    ),
    "L22": Rule(
        Severity.ERROR,
        "A ladder with an order and bounds lets a member know what may follow, and treats like cases alike.",
    ),
    "L23": Rule(
        Severity.WARNING,
        "What never ends and is never looked at again punishes long after it protects anybody.",
    ),
    "L24": Rule(
        Severity.ERROR,
        "Members who leave before a decision must not make the case vanish without a name.",
        explores=True,
    ),
    "L25": Rule(
        Severity.ERROR,
        "A decision that can be reopened for any reason, at any time, by anybody, was never made.",
    ),
    "L26": Rule(
        Severity.WARNING,
        "Memories fade; whoever is complained of must know how far back a complaint may go.",
    ),
    "L27": Rule(
        Severity.ERROR,
        "Nobody can be judged by a definition that is not there.",
    ),
    "L28": Rule(
        Severity.ERROR,
        "A clause that is numbered twice, or out of order, is cited wrongly sooner or later.",
    ),
    "L29": Rule(
        Severity.WARNING,
        "Nobody may be punished for speaking to an adviser, a doctor, a union or the police.",
    ),
    "L30": Rule(
        Severity.WARNING,
        "What belongs before the police or a safeguarding body must be able to go there.",
    ),
    "L31": Rule(
        Severity.WARNING,
        "Silence is what people on both sides of a complaint complain of most.",
        explores=True,
    ),
    "L32": Rule(
        Severity.WARNING,
        "Without a rule, what is published depends on who asks, and small numbers give people away.",
    ),
    "L33": Rule(
        Severity.WARNING,
        "What is kept without an end is kept for ever, and what may be needed must not be destroyed.",
    ),
    "L34": Rule(
        Severity.WARNING,
        "Some people can take part only with a companion, or if something is arranged differently.",
    ),
    "L35": Rule(
        Severity.ERROR,
        "A complaint about whoever handles complaints must have another way in.",
    ),
    "L36": Rule(
        Severity.ERROR,
        "Going faster may change dates and order, and nothing that protects anybody.",
    ),
    "L37": Rule(
        Severity.WARNING,
        "Guilt by association needs bounds: what is meant, what is not, until when.",
    ),
    "L38": Rule(
        Severity.NOTE,
        "Who cannot pay must know that before the time to appeal is over.",
    ),
    "L39": Rule(
        Severity.WARNING,
        "People who do not dare to give their name must know whether they will be heard.",
    ),
    "L40": Rule(
        Severity.WARNING,
        "Complaints are answered with complaints, and with revenge; both need a rule.",
    ),
    "N01": Rule(
        Severity.ERROR,
        "Whether a second notice gives new time must not depend on who reads the rule.",
        explores=True,
    ),
    "N02": Rule(
        Severity.ERROR,
        "A stage that begins with nothing owed in it may never go on.",
        explores=True,
    ),
    "N03": Rule(
        Severity.WARNING,
        "A time that is over before the step is allowed makes somebody late who did nothing wrong.",
        explores=True,
    ),
    "N04": Rule(
        Severity.ERROR,
        "A decision that counts as made in a stage that is over is no decision.",
        explores=True,
    ),
    "N05": Rule(
        Severity.ERROR,
        "What can never happen is a promise nobody can keep, or a slip of the pen.",
        explores=True,
    ),
    "N06": Rule(
        Severity.ERROR,
        "A case that cannot end keeps everybody in it for ever.",
        explores=True,
    ),
    "N07": Rule(
        Severity.ERROR,
        "A time that its owner can restart is no time.",
        explores=True,
    ),
    "N08": Rule(
        Severity.ERROR,
        "One side's silence must not cut off the other side's appeal.",
        explores=True,
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One finding. `at` is the dotted place it is about ("sanction.expulsion"), `line` where that stands.

    `accepted` is the reason for which the body accepts the warning, as the file gives it.
    """

    rule: str
    severity: Severity
    line: int
    says: str
    why: str
    remedy: str
    at: str = ""
    accepted: str | None = None


def finding(
    book: Rulebook,
    rule: str,
    at: str,
    says: str,
    remedy: str,
    *,
    key: str = "",
    severity: Severity | None = None,
) -> Finding:
    """A finding of this rule about the thing at `at`, on the line of its `key` if that is in the file.

    `severity` is that of the rule where nothing else is said.
    """
    place = f"{at}.{key}" if key else at
    return Finding(
        rule=rule,
        severity=severity or RULES[rule].severity,
        line=line_near(book, place),
        says=says,
        why=RULES[rule].why,
        remedy=remedy,
        at=at,
    )


def line_near(book: Rulebook, path: str) -> int:
    """The line of `path`, or of the nearest thing around it; of what is nowhere in it, that of the stages."""
    while path and path not in book.lines:
        path = path.rpartition(".")[0]
    return book.lines.get(path or "stages", 1)
