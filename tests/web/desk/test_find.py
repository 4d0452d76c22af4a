"""The search box: references, clauses, steps and officers, and of cases only what one may see."""

from html import unescape

import pytest
from tests.services.test_casework import accepted
from tests.web.desk.officer import Desk
from tests.web.desk.test_officers import number_of

from duly_server.services import finding
from duly_server.store.accounts import Account

TODAY = "2026-04-09"


def test_a_clause_leads_to_its_place_in_the_rulebook(desk: Desk) -> None:
    officer = desk.as_("panel", TODAY)
    page = officer.post("/desk/find", {"q": "f 4.1"}, 200)
    assert 'href="/desk/rulebook#acknowledge"' in page.html
    assert "Acknowledge F 4.1" in page.words
    conduct = officer.post("/desk/find", {"q": "BULLYING"}, 200)
    assert 'href="/desk/rulebook#conduct-bullying"' in conduct.html


def test_every_place_that_a_clause_names_is_on_the_page_of_the_rulebook(example_desk: Desk) -> None:
    html = example_desk.as_("chair").get("/desk/rulebook").html
    anchors = {each.anchor for each in finding.clauses(example_desk.office.book)}
    assert len(anchors) >= 40
    assert [anchor for anchor in anchors if f'id="{anchor}"' not in html] == []


def test_a_step_leads_to_the_cases_that_owe_it(desk: Desk) -> None:
    reference = accepted(desk.office)
    officer = desk.as_("complaints-officer", TODAY)
    page = officer.post("/desk/find", {"q": "serve notice"}, 200)
    assert "Serve notice" in page.words
    assert "1 case you may see" in page.words
    listed = officer.get("/desk/docket?step=serve-notice")
    assert reference in listed.words
    assert '<option value="serve-notice" selected>' in listed.html
    assert reference not in officer.get("/desk/docket?step=acknowledge").words
    assert reference in officer.get("/desk/docket?view=late&step=serve-notice").words
    assert reference in officer.get("/desk/docket?step=no-such-step").words  # nonsense asks for nothing


def test_an_officer_leads_to_their_cases_and_no_name_into_an_address(desk: Desk) -> None:
    reference = accepted(desk.office)
    officer = desk.as_("complaints-officer", TODAY)
    page = officer.post("/desk/find", {"q": "holder complaints"}, 200)
    number = page.html.partition("/desk/docket?officer=")[2].partition('"')[0]
    assert number
    assert "Holder" not in unescape(number)
    listed = officer.get(f"/desk/docket?officer={number}")
    assert reference in listed.words
    assert "Holder of complaints-officer-1</option>" in listed.html
    other = officer.post("/desk/find", {"q": "overseer"}, 200)
    number = other.html.partition("/desk/docket?officer=")[2].partition('"')[0]
    assert reference not in officer.get(f"/desk/docket?officer={number}").words
    assert reference not in officer.get(f"/desk/docket?view=late&officer={number}").words


def test_who_holds_no_office_any_more_is_not_found(desk: Desk) -> None:
    asked = {"q": "holder investigator"}
    assert (
        "Holder of investigator-1" in desk.as_("president", "2026-03-01").post("/desk/find", asked, 200).words
    )
    url = f"/desk/officers/{number_of('investigator-1')}/end"
    desk.as_("president", "2026-03-02").send(url, {"last": "2026-03-04"})
    assert (
        "Holder of investigator-1" in desk.as_("president", "2026-03-04").post("/desk/find", asked, 200).words
    )
    after = desk.as_("president", "2026-03-05").post("/desk/find", asked, 200)
    assert "Holder of investigator-1" not in after.words
    assert "Nothing was found." in after.words


def test_a_single_figure_or_letter_is_a_word(desk: Desk) -> None:
    officer = desk.as_("panel", TODAY)
    found = [officer.post("/desk/find", {"q": each}, 200).words for each in ("F 4", "F 5", "4.1", "F 9999")]
    assert "F 4.1" in found[0]
    assert "F 4.1" not in found[1]
    assert "F 5" in found[1]
    assert "F 4.1" in found[2]
    assert "Nothing was found." in found[3]
    assert finding._holds(("4",), "Rule 4")
    assert not finding._holds(("4",), "Rule 24")
    assert finding._holds(("李",), "李明")


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Max Müller", "mu\u0308ller"),
        ("Ann O’Brien", "o'brien"),
        ("Ann O'Brien", "O’Brien"),
        ("Ann O'Brien", "Ｏ＇Ｂｒｉｅｎ"),
        ("Jean‑Luc Roy", "jean-luc"),
    ],
)
def test_a_name_is_found_however_it_was_typed(desk: Desk, name: str, typed: str) -> None:
    Account.objects.filter(login="investigator-1").update(name=name)
    assert name in desk.as_("panel", TODAY).post("/desk/find", {"q": typed}, 200).words


def test_a_reference_is_read_behind_words_and_in_any_width(desk: Desk) -> None:
    reference = accepted(desk.office)
    officer = desk.as_("complaints-officer", TODAY)
    wide = "".join(chr(ord(each) + 0xFEE0) for each in reference)
    for typed in (f"#{reference}", f"case {reference}", f"Case No. {reference.replace('-', ' ')}", wide):
        assert officer.post("/desk/find", {"q": typed}, 302).location == f"/desk/cases/{reference}", typed


def test_where_more_is_found_than_is_shown_it_is_said(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    officer = desk.as_("panel", TODAY)
    says = "More was found than is shown"
    assert says not in officer.post("/desk/find", {"q": "f 4.1"}, 200).words
    monkeypatch.setattr(finding, "MOST", 1)
    page = officer.post("/desk/find", {"q": "holder"}, 200)
    assert says in page.words
    assert page.html.count("/desk/docket?officer=") == 1


def test_whoever_sees_no_case_finds_clauses_and_officers_and_counts_none(desk: Desk) -> None:
    reference = accepted(desk.office)
    president = desk.as_("president", TODAY)
    page = president.post("/desk/find", {"q": "serve notice"}, 200)
    assert "0 cases you may see" in page.words
    assert reference not in president.get("/desk/docket?step=serve-notice").words
    lost = president.post("/desk/find", {"q": reference}, 302)
    assert lost.location == "/desk/docket"


def test_no_word_of_a_report_is_found(desk: Desk) -> None:
    desk.office.complaint(TODAY, narrative="A marker of marzipan.", about="Mordecai", name="Mirabelle")
    officer = desk.as_("complaints-officer", TODAY)
    for word in ("marzipan", "Mordecai", "Mirabelle"):
        page = officer.post("/desk/find", {"q": word}, 200)
        assert "Nothing was found." in page.words


def test_what_is_typed_stands_in_no_address_and_an_address_finds_references_alone(desk: Desk) -> None:
    officer = desk.as_("complaints-officer", TODAY)
    page = officer.get("/desk/")
    assert '<form class="search" role="search" method="post" action="/desk/find">' in page.html
    asked = officer.get("/desk/find?q=overseer")
    assert "Nothing was looked for." in asked.words
    assert "overseer" not in asked.words.partition("Nothing was looked for.")[2]
    assert "That is too long" in officer.post("/desk/find", {"q": "x" * 101}, 200).words
    assert officer.get("/desk/find").title == "Found · Duly"


def test_it_takes_the_same_queries_however_many_cases_there_are(desk: Desk) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    officer = desk.as_("complaints-officer", TODAY)
    officer.post("/desk/find", {"q": "serve"}, 200)  # what a process reads once is read now
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            officer.post("/desk/find", {"q": "serve"}, 200)
        counts.append(len(asked))
        accepted(desk.office)
    assert counts[0] == counts[1]
