"""A rule that only exploring decides is left to the whole lint; every rule is looked at by one of the two."""

from tests.rulebook.test_edges import book

from duly.lint.whole import GRAPH_CHECKS, check_whole
from duly.rulebook.check import CHECKS, check
from duly.rulebook.finding import RULES, Finding, Severity

ACCEPTED = "".join(f'[[accepted]]\nrule = "{rule}"\nat = "nowhere"\nreason = "so"\n' for rule in RULES)


def idle(findings: tuple[Finding, ...]) -> set[str]:
    return {each.rule for each in findings if each.severity is Severity.NOTE and "finds nothing" in each.says}


def test_an_idle_acceptance_is_told_by_whoever_looks_at_its_rule() -> None:
    """While only the fields were looked at, that of a rule which exploring decides may still be needed."""
    accepting = book(ACCEPTED)
    assert idle(check(accepting)) == set(RULES) - set(GRAPH_CHECKS)
    assert idle(check_whole(accepting)) == set(RULES)


def test_every_rule_is_looked_at() -> None:
    assert set(RULES) == {*CHECKS, *GRAPH_CHECKS}
