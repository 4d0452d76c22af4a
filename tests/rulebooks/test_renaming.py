"""Nothing works by a name: a rulebook with invented names gives the same dates, and the same marking."""

import random
from typing import Any

import pytest
from tests.procedure.desk import REASONS, Desk, officer
from tests.procedure.walking import LAST, Tape, Walk
from tests.rulebooks.renaming import names_of, renamed
from tests.timetable.casebook import ROOT, Casebook, calendar, day

from duly.procedure.acts import Extend, Pause, Resume, TakeStep
from duly.rulebook.book import Rulebook
from duly.rulebook.read import read
from duly.sanctions import restrictions
from duly.timetable.marking import Marking
from duly.vocabulary import Length, Unit

PATHS = ("tests/rulebooks/village-bands.toml", "rulebooks/example-association/2026.toml")
VILLAGE = (ROOT / PATHS[0]).read_text()


def book_of(text: str) -> Rulebook:
    book = read(text)
    assert isinstance(book, Rulebook), str(book)
    return book


def all_names(book: Rulebook) -> set[str]:
    outcomes = {outcome for step in book.steps.values() for outcome in step.outcomes}
    groups = (book.stages, book.steps, book.offices, book.questions, book.measures, book.sanctions, book.days)
    return {name for group in groups for name in group} | outcomes | set(book.pauses)


@pytest.mark.parametrize("path", PATHS)
def test_no_name_is_left_and_what_each_thing_is_stays(path: str) -> None:
    text = (ROOT / path).read_text()
    before, after = book_of(text), book_of(renamed(text))
    assert not all_names(before) & all_names(after)
    names = names_of(text)
    assert {names[name] for name in all_names(before)} == all_names(after)
    for name, step in before.steps.items():
        same = after.steps[names[name]]
        assert (same.is_, same.clause, same.per, same.times) == (step.is_, step.clause, step.per, step.times)
        assert same.adverse == tuple(names[outcome] for outcome in step.adverse)
    for role in ("complainant", "respondent"):
        assert after.party_office(role) == names[before.party_office(role) or ""]
    assert after.watchers == tuple(names[office] for office in before.watchers)


def test_a_renamed_rulebook_can_be_renamed_again() -> None:
    once = renamed(VILLAGE)
    assert book_of(renamed(once)).steps.keys() == {names_of(once)[s]: 0 for s in book_of(once).steps}.keys()


def test_only_a_party_is_a_side_and_there_are_two_sides() -> None:
    for office, says in (
        ('pleader = { is = "respondent" }', "only a party is one side or the other"),
        ('pleader = { party = true, is = "judge" }', 'I do not know "judge"'),
    ):
        found = read(VILLAGE.replace("investigator       = {}", f"investigator = {{}}\n{office}"))
        assert not isinstance(found, Rulebook)
        assert says in str(found)


def retold(marking: Marking, names: dict[str, str]) -> object:
    """All that a marking says, in invented names."""

    def called(name: str | None) -> str | None:
        return names.get(name, name) if name is not None else None

    clocks = [
        (
            called(c.limit.name),
            c.key,
            [called(o) for o in c.offices],
            c.is_party,
            c.state,
            c.due,
            c.original_due,
        )
        for c in marking.clocks
    ]
    acts = {
        called(step): [(act.on, called(act.outcome), act.key, called(act.office)) for act in acts]
        for step, acts in marking.acts.items()
    }
    happened = [
        (h.on, h.kind, h.name if h.kind == "closes" else called(h.name), called(h.step), h.key)
        for h in marking.happenings
    ]
    bound = [(called(r.measure), r.standing, r.since, r.before, r.review_due) for r in restrictions(marking)]
    return (
        {called(stage): on for stage, on in marking.open.items()},
        clocks,
        acts,
        happened,
        bound,
        (marking.closed_on, marking.closed_as, {called(d): on for d, on in marking.days.items()}),
    )


def story(book: Rulebook, names: dict[str, str]) -> Desk:
    """From receipt to an appeal that sends the case back, with all that can happen on the way."""
    case = Casebook(book, calendar())
    case.party("2026-03-02", "C1", "complainant", complaint="K1").party("2026-03-02", "R", "respondent")
    case.allegation("2026-03-02", "A1")
    desk = Desk(case)

    def take(on: str, step: str, outcome: str | None = None, key: str | None = None, **more: Any) -> None:
        desk.take(on, names[step], names[outcome] if outcome else None, key=key, **more)

    chair = officer(names["panel-chair"])
    take("2026-03-02", "receive", key="K1")
    take("2026-03-10", "acknowledge", key="K1")  # a day late: the overseer is told
    take("2026-03-11", "sift", "dismissed")
    take("2026-03-12", "ask-second-look")
    # 20 working days end on Mon 13 April; from the 14th it counts as accepted.
    take("2026-04-14", "serve-notice")
    take("2026-04-15", "suspend")
    take("2026-04-16", "appeal-suspension")
    take("2026-04-20", "decide-interim-appeal", "kept")
    desk.do("2026-04-21", Pause(pause=names["police"], parts=REASONS), chair)
    desk.do("2026-04-28", Resume(pause=names["police"]), chair)
    more = Extend(step=names["answer"], until=day("2026-05-20"), ground="illness", parts=REASONS)
    desk.do("2026-05-04", more, chair)
    take("2026-05-11", "review-suspension", "continued")
    take("2026-05-21", "report", "case-to-answer")
    take("2026-05-22", "fix-hearing", days={names["hearing-day"]: day("2026-06-15")})
    take("2026-05-22", "disclose")
    take("2026-06-16", "find", "proved", "A1")
    months, suspension = Length(3, Unit.MONTHS), names["suspension"]
    take("2026-06-17", "decide-sanction", "imposed", sanction=suspension, length=months)
    take("2026-06-18", "serve-decision", key="R")
    take("2026-06-18", "serve-decision", key="C1")
    take("2026-06-25", "lodge-appeal", key="R")
    take("2026-07-13", "decide-appeal", "sent-back")
    return desk


def test_a_story_gives_the_same_dates_and_the_same_marking() -> None:
    names = dict(names_of(VILLAGE))
    plain = story(book_of(VILLAGE), {name: name for name in names})
    strange = story(book_of(renamed(VILLAGE)), names)
    for on in (
        "2026-03-09",
        "2026-04-14",
        "2026-04-24",
        "2026-05-21",
        "2026-06-17",
        "2026-07-09",
        "2026-08-30",
    ):
        told = retold(plain.marking(on), names)
        assert told == retold(strange.marking(on), {}), on
    assert plain.marking("2026-08-30").irregular == []


def test_the_same_is_refused_for_the_same_reasons() -> None:
    names = dict(names_of(VILLAGE))
    plain = story(book_of(VILLAGE), {name: name for name in names})
    strange = story(book_of(renamed(VILLAGE)), names)
    for step in ("find", "decide-sanction", "lodge-appeal", "postpone", "publish"):
        for office in ("panel", "panel-chair", "overseer"):
            asked = plain.codes("2026-07-14", TakeStep(step=step), officer(office))
            assert asked == strange.codes("2026-07-14", TakeStep(step=names[step]), officer(names[office]))


@pytest.mark.parametrize("path", PATHS)
def test_cases_under_invented_names_are_played_as_well(path: str) -> None:
    chance = random.Random(1)  # noqa: S311 -- the same walk each time
    tape = Tape([chance.randrange(10_000) for _ in range(100)])
    walk = Walk(book_of(renamed((ROOT / path).read_text())), calendar(), tape)
    while tape.at < len(tape.numbers) and walk.day < LAST and walk.marking.closed_on is None:
        walk.move()
    walk.look_back()
