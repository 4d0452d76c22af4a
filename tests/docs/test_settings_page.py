"""docs/reference/settings.md has a heading for each setting, and for nothing else."""

import re
from pathlib import Path

from duly_server.gateways.office_file.keys import KEYS, OIDC_SECRET, SECRET
from duly_server.web.public.manual import read

ROOT = Path(__file__).parents[2]
NO_SETTINGS = {"Which wins"}


def test_every_setting_has_its_heading() -> None:
    source = (ROOT / "src/duly_server/conf/settings.py").read_text(encoding="utf-8")
    page = (ROOT / "docs/reference/settings.md").read_text(encoding="utf-8")
    settings = re.findall(r'environ\.get\(\s*"(DULY_\w+)"', source)
    assert settings
    wanted = {*settings, *(key.variable for key in KEYS), SECRET, OIDC_SECRET}
    headings = re.findall(r"^## (.+)$", page, flags=re.MULTILINE)
    assert sorted(headings) == sorted(wanted | NO_SETTINGS)


def test_the_page_that_a_key_names_is_there_and_names_the_key() -> None:
    page = read("reference", "settings")
    assert page is not None
    for key in KEYS:
        path, _, anchor = key.page.partition("#")
        assert path == "/help/reference/settings"
        section = page.body.partition(f'<h2 id="{anchor}">')[2].partition("<h2")[0]
        assert f"Key: <code>{key.path.rpartition('.')[2]}</code>" in section, key.path
