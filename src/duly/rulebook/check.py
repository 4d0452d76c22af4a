"""The lint: what a readable rulebook says, or leaves unsaid, that is not fair to those it binds.

These are the rules that fields alone decide. Errors keep a rulebook from coming into force; a warning may be
accepted in the file with a reason, which is then published beside it.
"""

from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import replace

from duly.rulebook import (
    lint_fairness,
    lint_heard,
    lint_measures,
    lint_people,
    lint_texts,
    lint_times,
)
from duly.rulebook.book import Accepted, Rulebook
from duly.rulebook.finding import RULES, Finding, Severity

CHECKS: dict[str, Callable[[Rulebook], Iterator[Finding]]] = {
    "L02": lint_times.every_limit_can_be_counted,
    "L04": lint_times.no_vague_times,
    "L05": lint_times.extensions_are_bounded,
    "L06": lint_times.pauses_are_looked_at,
    "L07": lint_heard.notices_say_everything,
    "L09": lint_heard.answers_have_time,
    "L10": lint_fairness.duties_are_separate,
    "L14": lint_measures.measures_are_bounded,
    "L15": lint_measures.measures_are_credited,
    "L16": lint_heard.sanctions_have_a_step,
    "L17": lint_fairness.proof_is_stated,
    "L18": lint_people.panels_can_decide,
    "L19": lint_people.panels_are_drawn,
    "L20": lint_people.leaders_do_not_decide,
    "L21": lint_heard.findings_cover_everything,
    "L22": lint_fairness.the_ladder_is_bounded,
    "L23": lint_fairness.nothing_lasts_unseen,
    "L25": lint_measures.reopening_is_bounded,
    "L26": lint_texts.old_conduct_is_bounded,
    "L27": lint_texts.charges_have_definitions,
    "L28": lint_texts.clauses_are_in_order,
    "L29": lint_texts.secrecy_has_exceptions,
    "L30": lint_measures.referral_stops_the_clocks,
    "L32": lint_fairness.publication_is_ruled,
    "L33": lint_fairness.retention_is_ruled,
    "L34": lint_texts.people_can_take_part,
    "L35": lint_people.there_is_another_way_in,
    "L36": lint_measures.fast_track_changes_dates_only,
    "L37": lint_measures.platforms_are_bounded,
    "L38": lint_measures.appeals_say_what_they_cost,
    "L39": lint_fairness.anonymity_is_ruled,
    "L40": lint_texts.answering_back_is_ruled,
}
_ORDER = list(Severity)


def check(book: Rulebook) -> tuple[Finding, ...]:
    """Every finding by fields alone, errors first, then by line; accepted warnings with their reason.

    What is accepted of rules that only exploring decides is left to the whole lint (`duly.lint`).
    """
    asked = [name for name, rule in RULES.items() if not rule.explores]
    return settled(book, by_fields(book), asked=asked)


def by_fields(book: Rulebook) -> list[Finding]:
    """As found, before anything is accepted."""
    return [each for check_one in CHECKS.values() for each in check_one(book)]


def settled(book: Rulebook, found: Iterable[Finding], *, asked: Container[str]) -> tuple[Finding, ...]:
    """In order, each warning with the reason it is accepted for; and notes on idle acceptances of `asked`."""
    told = [_accepted(each, book) for each in dict.fromkeys(found)]
    told += _idle_acceptances(told, book, asked)
    return tuple(sorted(told, key=lambda each: (_ORDER.index(each.severity), each.line, each.rule)))


def has_errors(findings: tuple[Finding, ...]) -> bool:
    return any(each.severity is Severity.ERROR for each in findings)


def _accepted(one: Finding, book: Rulebook) -> Finding:
    reason = next((each.reason for each in book.accepted if _is_about(each, one)), None)
    return one if one.severity is Severity.ERROR else replace(one, accepted=reason)


def _is_about(accepted: Accepted, one: Finding) -> bool:
    """The place may be written in full ("sanction.expulsion"), as a heading, or by its last name alone."""
    at = accepted.at.strip("[]")
    return accepted.rule == one.rule and at in (one.at, one.at.rpartition(".")[2])


def _idle_acceptances(found: list[Finding], book: Rulebook, asked: Container[str]) -> Iterator[Finding]:
    """Notes on what is accepted and cannot be, or no longer needs to be."""
    for n, each in enumerate(book.accepted):
        rule = RULES.get(each.rule)
        about = {one.severity for one in found if _is_about(each, one)}
        may_stand = about - {Severity.ERROR} or (not about and each.rule not in asked)
        if rule is None or may_stand:
            continue
        says = f"{each.rule} finds nothing at “{each.at}” that could be accepted."
        remedy = "Take this [[accepted]] out, or write its place as the finding does."
        if Severity.ERROR in about:
            says = f"{each.rule} is an error: it cannot be accepted."
            remedy = "Mend what it finds, and take this [[accepted]] out."
        line = book.lines.get(f"accepted.{n}", 1)
        yield Finding(
            rule=each.rule,
            severity=Severity.NOTE,
            line=line,
            says=says,
            why=rule.why,
            remedy=remedy,
            at=each.at,
        )
