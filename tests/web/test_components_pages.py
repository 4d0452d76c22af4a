"""Pieces as they come out of the templates: what is said in text, what is never markup, what is left out."""

import re
from dataclasses import replace
from typing import Any

import pytest
from django.template import engines
from django.template.loader import get_template
from tests.web.look.examples import TIMETABLE, TODAY, WHY
from tests.web.look.office import DESK, PUBLIC

from duly_server.web.shared import chips
from duly_server.web.shared.pages import Count, DemoBar, Pager, Tab
from duly_server.web.shared.people import PartyRow
from duly_server.web.shared.refusal import Refusal, Way
from duly_server.web.shared.status import Doing, PublicStep, StepState, WhoOwes
from duly_server.web.shared.steps import ClosedStep, NextSteps, OpenStep, Reason
from duly_server.web.shared.timeline import ClockEffect, EffectKind, Entry, Owed, Timeline

HOSTILE = "<script>x</script>\"'&"


def drawn(tag: str, **context: Any) -> str:
    return engines["django"].from_string("{% load look %}{% " + tag + " %}").render(context)


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


EVERY_PIECE: tuple[tuple[str, Any], ...] = (
    ("chip it", chips.Chip(chips.Glyph.LATE, HOSTILE)),
    ("state it", chips.Chip(None, HOSTILE)),
    ("withheld it", HOSTILE),
    ("empty it", HOSTILE),
    ("receipt_code it it", HOSTILE),
    ("tabs it 'Views'", (Tab(label=HOSTILE, url=HOSTILE, count=HOSTILE),)),
    ("strip it", (Count(number=HOSTILE, words=HOSTILE, url=HOSTILE, detail=HOSTILE),)),
    (
        "pager it",
        Pager(
            says=HOSTILE,
            first_url=HOSTILE,
            previous_url=HOSTILE,
            previous_label=HOSTILE,
            next_url=HOSTILE,
            next_label=HOSTILE,
            last_url=HOSTILE,
            note=HOSTILE,
        ),
    ),
    ("party it", PartyRow(tag=HOSTILE, role=HOSTILE, note=HOSTILE, name=HOSTILE)),
    ("party it", PartyRow(tag=HOSTILE, role=HOSTILE, seal_url=HOSTILE)),
    ("who_owes it", WhoOwes(who=HOSTILE, by_on=HOSTILE, distance=HOSTILE, story=HOSTILE, why_url=HOSTILE)),
    ("public_steps it", (PublicStep(title=HOSTILE, says=HOSTILE, state=StepState.NOW, clause=HOSTILE),)),
    ("doings it", (Doing(label=HOSTILE, url=HOSTILE), Doing(label=HOSTILE, reason=HOSTILE, clause=HOSTILE))),
    (
        "next_steps it",
        NextSteps(
            (OpenStep(title=HOSTILE, button=HOSTILE, url=HOSTILE, says=HOSTILE, clause=HOSTILE),),
            (
                ClosedStep(
                    title=HOSTILE, reasons=(Reason(HOSTILE, HOSTILE, HOSTILE, ask=HOSTILE, ask_url=HOSTILE),)
                ),
            ),
        ),
    ),
    (
        "refusal it",
        Refusal(
            title=HOSTILE,
            because=(Reason(HOSTILE, HOSTILE, HOSTILE),),
            you_can=(Way(HOSTILE, HOSTILE),),
            kept=HOSTILE,
        ),
    ),
    (
        "timeline it",
        Timeline(
            TODAY,
            (
                Entry(
                    on=TODAY,
                    glyph=chips.Glyph.DONE,
                    title=HOSTILE,
                    by=HOSTILE,
                    clause=HOSTILE,
                    text=HOSTILE + "\n" + HOSTILE,
                    effects=tuple(
                        ClockEffect(kind, HOSTILE, HOSTILE, HOSTILE, HOSTILE) for kind in EffectKind
                    ),
                ),
            ),
            (Owed(on=TODAY, title=HOSTILE, whose=HOSTILE, clause=HOSTILE),),
        ),
    ),
)


@pytest.mark.parametrize(("tag", "piece"), EVERY_PIECE)
def test_what_somebody_wrote_is_never_markup(tag: str, piece: Any) -> None:
    html = drawn(tag, it=piece)
    assert "&lt;script&gt;x&lt;/script&gt;" in html
    assert "<script" not in html
    assert HOSTILE not in html
    assert "\"'&" not in html


def test_the_first_open_step_alone_is_primary() -> None:
    steps = NextSteps(tuple(OpenStep(title=name, button="Do", url="#") for name in ("one", "two")))
    assert drawn("next_steps it", it=steps).count("button-primary") == 1


def test_a_closed_step_says_why_and_when_it_opens_and_offers_no_button() -> None:
    closed = ClosedStep(title="Make a finding", reasons=(Reason("It runs.", "Opens Thu 30 Apr.", "r 8.1"),))
    html = drawn("next_steps it", it=NextSteps((), (closed,)))
    assert text_of(html) == (
        "Nothing is open to you now. Closed, and why Make a finding It runs. Opens Thu 30 Apr. r 8.1"
    )
    assert "button" not in html


def test_a_sealed_name_is_not_in_the_page_at_all() -> None:
    assert "name sealed" in drawn("party it", it=PartyRow(tag="C1", role="Complainant"))
    assert "no name held" in drawn("party it", it=PartyRow(tag="C2", role="Complainant", has_name=False))


def test_the_drawing_of_a_row_says_in_words_what_it_shows() -> None:
    html = drawn("timetable it", it=TIMETABLE)
    assert html.count('role="img"') == len(TIMETABLE.rows)
    assert 'aria-label="Started 16 April 2026, due 21 April 2026, late."' in html


def test_the_row_that_was_asked_is_answered_right_below_it() -> None:
    html = drawn("timetable it", it=TIMETABLE)
    asked, answer = html.index('id="answer-to-the-notice" class="asked"'), html.index('class="why-row"')
    assert asked < answer < html.index('id="progress-update"')
    assert html.count("why-row") == 1


def test_the_calendar_says_everything_it_shows() -> None:
    said = text_of(drawn("why it", it=WHY))
    assert "20 counted, original date 13" in said
    assert "29 counted, due day 20" in said
    assert "8 paused" in said


def test_the_bar_of_a_demonstration_is_there_only_in_one() -> None:
    bar = get_template("shared/demo.html")
    assert bar.render({"demo": None}).strip() == ""
    html = bar.render({"demo": DemoBar(says="Thursday", next_day_url="/next")})
    assert "DEMO" in html
    assert 'method="post" action="/next"' in html


def test_the_side_bar_marks_where_one_is_and_what_is_late() -> None:
    html = get_template("shared/desk.html").render({"desk": DESK})
    nav = html[html.index('<nav aria-label="Desk">') : html.index("</nav>")]
    assert re.findall(r'<a href="([^"]+)" aria-current="page">', nav) == ["#docket"]
    assert '<span class="side-count late">5 late</span>' in nav


def test_a_page_of_the_public_names_the_body_and_nothing_of_the_matter() -> None:
    html = get_template("shared/public.html").render({"public": PUBLIC})
    assert re.findall(r"<title>(.*?)</title>", html) == ["Example Association"]
    assert '<meta name="robots" content="noindex">' in html


def test_without_a_search_there_is_no_box_for_it() -> None:
    template = get_template("shared/desk.html")
    assert 'role="search"' in template.render({"desk": DESK})
    assert 'role="search"' not in template.render({"desk": replace(DESK, search=None)})
