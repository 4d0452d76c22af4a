"""T37, the last guard: a case names only what the edition it pins contains, whoever appends."""

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any, get_args

import pytest
from tests.record.bodies_of_each_kind import full_body
from tests.services.conftest import furnish, keyring
from tests.services.office import ROOT
from tests.store.sample import CASE, OTHER, TEN, THURSDAY

from duly.record.bodies import KINDS, BodyError, Names, names_in
from duly.record.facts import Body, Opened, StepTaken
from duly.rulebook.book import Rulebook
from duly_server.services.premises import premises
from duly_server.store.batch import Batch, Journal, NewFact
from duly_server.store.models import FactRow, SealedPart

__all__ = ["keyring"]

A_NAME = "ada-winter"  # fits the shape of a slug
NAMING = sorted(kind for kind, made_of in KINDS.items() if names_in(full_body(made_of)))


@pytest.fixture
def book(db: None, keyring: object) -> Rulebook:
    return furnish((ROOT / "tests/rulebooks/village-bands.toml").read_text()).book


@pytest.fixture
def journal(book: Rulebook) -> Journal:
    """A case is open under the edition."""
    premises().journal.append([Batch(CASE, 0, [_opened(book)])])
    return premises().journal


def _opened(book: Rulebook) -> NewFact:
    calendar = "5" * 64
    return _new(Opened(edition=book.edition, rulebook=book.digest, calendar=calendar))


def _new(body: Body, **more: Any) -> NewFact:
    return replace(NewFact(on=THURSDAY, noted_at=TEN, by="time", body=body), **more)


def _some_name(book: Rulebook) -> Mapping[Names, str]:
    """For each sort of name one that this edition contains."""
    return {
        Names.STEP: "serve-notice", Names.OUTCOME: "accepted", Names.CONDUCT: "bullying",
        Names.QUESTION: next(iter(book.questions)), Names.SANCTION: next(iter(book.sanctions)),
        Names.ANSWER: next(iter(book.questions.values())).answers[0],
        Names.PAUSE: next(iter(book.pauses)), Names.LIMIT: "report", Names.DAY: "hearing-day",
        Names.STATED: "possible-sanctions", Names.GROUND: "new-evidence", Names.OFFICE: "investigator",
    }  # fmt: skip


def _renamed(body: Body, wanted: Mapping[str, str]) -> Body:
    """The body with these fields named so, each in the form the field has."""
    said: dict[str, Any] = {}
    for name, text in wanted.items():
        value = getattr(body, name)
        if isinstance(value, Mapping):
            said[name] = {text: next(iter(value.values()))}
        else:
            said[name] = (text,) if isinstance(value, tuple) else text
    return replace(body, **said)


def _known(body: Body, book: Rulebook) -> Body:
    names = _some_name(book)
    return _renamed(body, {field: names[whose] for field, whose, _ in names_in(body)})


@pytest.mark.parametrize("kind", [kind for kind in NAMING if kind != "appointed/1"])
def test_a_name_that_the_edition_lacks_is_refused_in_every_field(
    kind: str, journal: Journal, book: Rulebook
) -> None:
    body = _known(full_body(KINDS[kind]), book)
    before = FactRow.objects.count()
    for field in {field for field, _, _ in names_in(body)}:
        with pytest.raises(BodyError, match=f"{kind}, {field}: the edition") as refusal:
            journal.append([Batch(CASE, 1, [_new(_renamed(body, {field: A_NAME}), office="investigator")])])
        assert A_NAME not in str(refusal.value)
    assert (FactRow.objects.count(), SealedPart.objects.filter(chain=CASE).count()) == (before, 0)
    assert journal.append([Batch(CASE, 1, [_new(body, office="investigator")])])[0].body == body


def test_the_kinds_that_name_something_are_these() -> None:
    """A new kind whose strings are names must say whose, or nothing holds them against an edition."""
    strings = {kind for kind, made_of in KINDS.items() if any("str" in str(f.type) for f in fields(made_of))}
    holding_no_name = {
        "allegation-added/1", "appointment-ended/1", "calendar-adopted/1", "file-imported/1", "imported/1",
        "keys-backed-up/1", "linked/1", "opened/1", "party-added/1", "recovery-key-set/1", "restored/1",
        "rulebook-adopted/1", "sign-in-reset/1", "told/1", "conflict-declared/1", "no-conflict-declared/1",
    } - {"allegation-added/1"}  # fmt: skip
    assert strings - holding_no_name == set(NAMING)
    assert len(KINDS) == len(get_args(Body))


def test_an_office_that_the_edition_lacks_cannot_act(journal: Journal) -> None:
    with pytest.raises(BodyError, match="office: the edition"):
        journal.append([Batch(CASE, 1, [_new(StepTaken(step="serve-notice"), office=A_NAME)])])


@pytest.mark.parametrize("by", [A_NAME, "chair", "officer"])
def test_who_acted_is_a_role_or_an_appointment_and_no_name(journal: Journal, by: str) -> None:
    with pytest.raises(BodyError, match="by: only"):
        journal.append([Batch(CASE, 1, [_new(StepTaken(step="serve-notice"), by=by)])])
    for fine in ("complainant", "respondent", "witness", "time", "import"):
        place = len(journal.read(CASE))
        journal.append([Batch(CASE, place, [_new(StepTaken(step="serve-notice"), by=fine)])])


def test_the_guard_holds_from_the_first_batch_on(journal: Journal, book: Rulebook) -> None:
    with pytest.raises(BodyError, match="no such step"):
        journal.append([Batch(OTHER, 0, [_opened(book), _new(StepTaken(step=A_NAME))])])
    with pytest.raises(BodyError, match="begins with the edition"):
        journal.append([Batch(OTHER, 0, [_new(StepTaken(step="serve-notice"))])])
    with pytest.raises(ValueError, match="ends at place 0"):
        journal.append([Batch(OTHER, 3, [_new(StepTaken(step="serve-notice"))])])
    journal.append([Batch(OTHER, 0, [_opened(book), _new(StepTaken(step="serve-notice"))])])
    assert len(journal.read(OTHER)) == 2
