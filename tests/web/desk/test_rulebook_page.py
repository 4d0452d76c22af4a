"""The page of the rulebook: as a table, as a picture, and as it is told to either party."""

import xml.etree.ElementTree as ET

from tests.web.desk.officer import Desk

from duly.explain.whole import explain

TODAY = "2026-03-02"


def test_the_procedure_is_drawn_on_it_and_stands_by_itself(example_desk: Desk) -> None:
    officer = example_desk.as_("case-officer", TODAY)
    page = officer.get("/desk/rulebook")
    assert '<img src="/desk/rulebook/procedure.svg" alt="The procedure, stage by stage.' in page.html
    drawn = officer.client.get("/desk/rulebook/procedure.svg")
    assert (drawn.status_code, drawn["Content-Type"]) == (200, "image/svg+xml")
    root = ET.fromstring(drawn.content)  # noqa: S314 -- what we drew ourselves
    names = [each.text for each in root.iter() if each.get("class") == "name"]
    assert len(names) == len(example_desk.office.book.steps)


def test_it_is_told_to_either_party_with_every_clause(example_desk: Desk) -> None:
    officer = example_desk.as_("case-officer", TODAY)
    for role in ("complainant", "respondent"):
        assert f"/desk/rulebook?for={role}" in officer.get("/desk/rulebook").links()
        page = officer.get(f"/desk/rulebook?for={role}")
        for section in explain(example_desk.office.book, role):
            assert section.heading in page.words
            for each in section.sentences:
                assert each.says in page.words
        assert "What you may do, and by when" in page.words


def test_nobody_is_told_of_a_party_or_an_edition_that_is_not_there(desk: Desk) -> None:
    officer = desk.as_("complaints-officer", TODAY)
    for path in ("/desk/rulebook?for=witness", "/desk/rulebook?edition=%3Cb%3E", "/desk/rulebook?for="):
        page = officer.get(path)
        assert "The rules as a table" in page.words
        assert "What you may do" not in page.words
        assert "%3Cb" not in page.html
        assert "<b>" not in page.html.partition("<main")[2]


def test_of_an_edition_that_is_asked_for_every_way_to_see_it_keeps_it(example_desk: Desk) -> None:
    digest = example_desk.office.book.digest
    links = example_desk.as_("case-officer", TODAY).get(f"/desk/rulebook?edition={digest}").links()
    assert f"/desk/rulebook/procedure.svg?edition={digest}" in links
    assert any(f"for=respondent&edition={digest}" in link.replace("&amp;", "&") for link in links)
