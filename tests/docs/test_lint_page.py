"""The page on the rules of the lint has an entry for each, with its severity and why it matters."""

from pathlib import Path

from duly.rulebook.finding import RULES

PAGE = (Path(__file__).parents[2] / "docs/reference/lint.md").read_text(encoding="utf-8")


def test_each_rule_has_its_entry_in_order() -> None:
    entries = PAGE.split("\n## ")[1:]
    assert [entry.split("\n")[0] for entry in entries] == list(RULES)
    for entry, rule in zip(entries, RULES.values(), strict=True):
        assert entry.split("\n\n")[1].startswith(f"{rule.severity.value.capitalize()}: ")
        assert rule.why in entry
        assert "\n\nHow: " in entry
        assert "\n\nInstead: " in entry
