"""The manual at /help: every page, no HTML that a file might hold, every link leading somewhere."""

import re
from pathlib import Path

import pytest
from django.test import Client
from tests.services.office import ROOT
from tests.web.public.reporter import heading, text

from duly_server.web.public import manual

PAGES = sorted(
    f"/help/{path.parent.name}/{path.stem}"
    for kind in manual.KINDS
    for path in (ROOT / "docs" / kind).glob("*.md")
)


def test_the_contents_name_every_page() -> None:
    page = text(Client().get("/help"))
    assert [address for address in PAGES if f'href="{address}"' not in page] == []
    assert PAGES


@pytest.mark.parametrize("address", PAGES)
def test_a_page_of_the_manual_is_shown_and_its_links_lead_somewhere(address: str) -> None:
    response = Client().get(address)
    assert response.status_code == 200
    page = text(response)
    assert page.count("<h1") == 1
    assert heading(response)
    for link in re.findall(r'href="(/help/[^"#]+)(?:#[^"]*)?"', page):
        assert Client().get(link).status_code == 200, link
    assert re.findall(r'href="[^"]*\.md[^"]*"', page) == []


def test_what_a_file_holds_of_html_is_shown_and_not_obeyed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "howto").mkdir()
    hostile = "# A <script>alert(1)</script>\n\n<img src=x onerror=alert(1)>\n\n[go](javascript:alert(1))\n"
    (tmp_path / "howto/hostile.md").write_text(hostile)
    monkeypatch.setattr(manual, "folder", lambda _: tmp_path)
    page = text(Client().get("/help/howto/hostile"))
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<img" not in page
    assert 'href="javascript' not in page
    assert "<title>A &lt;script&gt;" in page


@pytest.mark.parametrize("address", ["/help/pictures/desk", "/help/howto/none", "/help/decisions/index"])
def test_no_other_file_is_served(address: str) -> None:
    assert Client().get(address).status_code == 404
