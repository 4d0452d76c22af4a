"""docs/reference/settings.md has a heading for each setting, and for nothing else."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_setting_has_its_heading() -> None:
    source = (ROOT / "src/duly_server/conf/settings.py").read_text(encoding="utf-8")
    page = (ROOT / "docs/reference/settings.md").read_text(encoding="utf-8")
    settings = re.findall(r'environ\.get\(\s*"(DULY_\w+)"', source)
    assert settings
    assert sorted(re.findall(r"^## (.+)$", page, flags=re.MULTILINE)) == sorted(settings)
