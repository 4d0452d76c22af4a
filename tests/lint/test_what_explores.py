"""A rule that only exploring decides is left to the whole lint; every rule is looked at by one of the two."""

from duly.lint.whole import GRAPH_CHECKS
from duly.rulebook.check import CHECKS
from duly.rulebook.finding import RULES


def test_each_rule_says_whether_the_graph_is_asked_for_it() -> None:
    """An acceptance of such a rule is not called idle while only the fields were looked at."""
    assert {name for name, rule in RULES.items() if rule.explores} == set(GRAPH_CHECKS)


def test_every_rule_is_looked_at() -> None:
    assert set(RULES) == {*CHECKS, *GRAPH_CHECKS}
