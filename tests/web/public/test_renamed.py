"""The thread under a rulebook whose every stage, step, office and outcome has an invented name."""

import re

from tests.services.conftest import furnish
from tests.services.office import ROOT
from tests.web.public.reporter import Reporter, heading, set_day, text

from duly.procedure.acts import TakeStep
from duly.rulebook.book import Rulebook
from duly.rulebook.read import read
from duly_server.gateways.keys import FileKeyRing
from duly_server.services import casework, sift
from duly_server.services.sift import Accused, Charge
from duly_server.store.models import ComplaintRow

PLAIN = (ROOT / "rulebooks/example-association/2026.toml").read_text()


def renamed(text: str) -> tuple[str, dict[str, str]]:
    """The same rules with other names; `is` says of each step and party what it is."""
    book = read(text)
    assert isinstance(book, Rulebook)
    offices = [name for name in book.offices if name not in book.parties]
    outcomes = {name for step in book.steps.values() for name in step.outcomes}
    names = [*book.steps, *book.stages, *offices, *outcomes, *book.days, *book.measures]
    other = {name: f"zq{turn:03}" for turn, name in enumerate(dict.fromkeys(names))}
    for step in book.steps.values():
        if step.is_ is not None:
            head = f"[{step.home}.{step.name}]"
            text = re.sub(rf"(?m)^{re.escape(head)}.*$", f'{head}\nis = "IS:{step.is_.value}"', text)
    pattern = "|".join(sorted(map(re.escape, other), key=len, reverse=True))
    kept = ("when the time to appeal has run out", "ask the overseer first")
    for turn, phrase in enumerate(kept):
        text = text.replace(phrase, f"KEPT{turn}:")
    lines = [
        line
        if line.startswith(("is = ", "[[", "publi"))
        or re.match(r"(title|text|source|criteria|grounds)\b", line)
        else re.sub(rf"(?<![\w:-])({pattern})(?![\w-])", lambda found: other[found[1]], line)
        for line in text.splitlines()
    ]
    text = "\n".join(lines).replace("IS:", "")
    for turn, phrase in enumerate(kept):
        text = text.replace(f"KEPT{turn}:", phrase)
    return text, other


def test_the_thread_holds_whatever_the_rulebook_calls_its_steps(
    db: None, keyring: FileKeyRing, reporter_alone: Reporter
) -> None:
    rules, called = renamed(PLAIN)
    office = furnish(rules)
    assert not {"acknowledge", "sift", "serve-notice"} & set(office.book.steps)
    set_day("2026-03-02")
    reporter_alone.fill_in()
    code = reporter_alone.send()
    promised = text(reporter_alone.get("/complain/receipt"))
    assert "By Monday 9 March 2026 at the latest: 5 working days." in promised
    assert heading(reporter_alone.status(code)) == "We have your complaint"
    row = ComplaintRow.objects.get()
    case, step = str(row.case_id), office.book.steps[called["sift"]]
    intake = office.acting(called["intake"], "2026-03-04")
    casework.take(intake, case, TakeStep(step=called["acknowledge"], key=row.reference))
    sift.settle(
        office.acting(called["sift-officer"], "2026-03-06"),
        case,
        outcome=called["accepted"],
        reasons="Within the rules.",
        accused=[Accused(name="Bo Lind", charges=(Charge(conduct="harassment", narrative="Mockery."),))],
        taken=TakeStep(step=step.name, stated=step.must_state),
    )
    set_day("2026-03-06")
    page = reporter_alone.status(code)
    assert heading(page) == "Your complaint was accepted, and the person it is about is to be told"
    assert "Accepted as a case" in text(page)
    assert f"Our {called['case-officer']}" in text(page)
    begins = "Its time begins after this step: send both sides the decision. You then have 14 days."
    assert begins in text(page)
    for name in office.book.steps:
        assert name not in text(page), name
