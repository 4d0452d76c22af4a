"""The lint: what a readable rulebook says, or leaves unsaid, that is not fair to those it binds.

These are the rules that fields alone decide. Errors keep a rulebook from coming into force; a warning may be
accepted in the file with a reason, which is then published beside it.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

from duly.rulebook import lint_fairness, lint_times
from duly.rulebook.book import Accepted, Rulebook
from duly.rulebook.finding import RULES, Finding, Severity

CHECKS: dict[str, Callable[[Rulebook], Iterator[Finding]]] = {
    "L02": lint_times.every_limit_can_be_counted,
    "L04": lint_times.no_vague_times,
    "L05": lint_times.extensions_are_bounded,
    "L06": lint_times.pauses_are_looked_at,
    "L10": lint_fairness.duties_are_separate,
    "L17": lint_fairness.proof_is_stated,
    "L22": lint_fairness.the_ladder_is_bounded,
    "L23": lint_fairness.nothing_lasts_unseen,
    "L32": lint_fairness.publication_is_ruled,
    "L33": lint_fairness.retention_is_ruled,
    "L39": lint_fairness.anonymity_is_ruled,
}
_ORDER = list(Severity)


def check(book: Rulebook) -> tuple[Finding, ...]:
    """Every finding, errors first, then by line; accepted warnings are among them, with their reason."""
    found = [_accepted(each, book) for check_one in CHECKS.values() for each in check_one(book)]
    found += _idle_acceptances(found, book)
    return tuple(sorted(found, key=lambda each: (_ORDER.index(each.severity), each.line, each.rule)))


def has_errors(findings: tuple[Finding, ...]) -> bool:
    return any(each.severity is Severity.ERROR for each in findings)


def _accepted(one: Finding, book: Rulebook) -> Finding:
    reason = next((each.reason for each in book.accepted if _is_about(each, one)), None)
    return replace(one, accepted=reason) if one.severity is Severity.WARNING else one


def _is_about(accepted: Accepted, one: Finding) -> bool:
    """The place may be written in full ("sanction.expulsion"), as a heading, or by its last name alone."""
    at = accepted.at.strip("[]")
    return accepted.rule == one.rule and at in (one.at, one.at.rpartition(".")[2])


def _idle_acceptances(found: list[Finding], book: Rulebook) -> Iterator[Finding]:
    """Notes on what is accepted and cannot be, or no longer needs to be."""
    for n, each in enumerate(book.accepted):
        rule = RULES.get(each.rule)
        about = [one for one in found if _is_about(each, one)]
        if rule is None or (about and rule.severity is Severity.WARNING):
            continue
        says = f"{each.rule} is an error: it cannot be accepted."
        remedy = "Mend what it finds, and take this [[accepted]] out."
        if rule.severity is not Severity.ERROR:
            says = f"{each.rule} finds nothing at “{each.at}” that could be accepted."
            remedy = "Take this [[accepted]] out, or write its place as the finding does."
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
