"""A body holds what its kind allows; free text, a name, an e-mail address is a type error in every field."""

import json
import re
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from typing import Any, cast, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.record.bodies_of_each_kind import HOSTILE, bare_body, fitting, full_body

from duly.record.bodies import KINDS, BodyError, Names, body_from_json, body_text, names_in, slug
from duly.record.facts import Body, PartyAdded, SanctionImposed, StepTaken, Submitted
from duly.record.shapes import PART, is_slug, shape_of
from duly.rulebook.names import NAME

ALL = sorted(KINDS)


def written_of(body: Body) -> dict[str, Any]:
    members: dict[str, Any] = json.loads(body_text(body))
    return members


def _with_text(value: Any, text: str) -> Iterator[Any]:
    """The value with one text in it replaced; every such value."""
    if isinstance(value, str):
        yield text
    elif isinstance(value, tuple):
        for at, each in enumerate(value):
            for other in _with_text(each, text):
                yield (*value[:at], other, *value[at + 1 :])
    elif isinstance(value, dict):
        for key, member in value.items():
            yield {text: member}
            for other in _with_text(member, text):
                yield {key: other}


def test_every_kind_is_known_by_its_name() -> None:
    assert set(KINDS.values()) == set(get_args(Body))
    assert len(KINDS) == len(get_args(Body))


@pytest.mark.parametrize("kind", ALL)
def test_a_body_comes_back_as_it_was(kind: str) -> None:
    for body in (full_body(KINDS[kind]), bare_body(KINDS[kind])):
        written = written_of(body)
        assert body_from_json(kind, written) == body
        assert all(value not in (None, [], {}, "") for value in written.values())


@pytest.mark.parametrize("kind", ALL)
def test_hostile_text_is_refused_in_every_field_both_ways(kind: str) -> None:
    body = full_body(KINDS[kind])
    written = written_of(body)
    tried = 0
    for each in fields(body):
        for text in HOSTILE:
            others = list(_with_text(getattr(body, each.name), text))
            for other in others:
                if isinstance(other, str) and _fits(kind, each.name, other):
                    continue
                tried += 1
                with pytest.raises(BodyError) as refusal:
                    written_of(replace(body, **{each.name: other}))
                assert len(text.strip()) < 3 or text not in str(
                    refusal.value
                )  # errors travel; what was typed doesn't
                with pytest.raises(BodyError):
                    body_from_json(kind, {**written, each.name: _as_json(other)})
    assert tried or not any(_texts(value) for value in written.values())


def _fits(kind: str, name: str, text: str) -> bool:
    """The few texts of HOSTILE that a field may rightly hold ("Smith" could be the mark of an edition)."""
    return name in ("edition", "calendar") and text in (
        "Smith",
        "c1",
        "C0",
        "A",
        "K7QH-3M2D",
        "K7Q-H3C",
        "K7QHX-3M2C",
        "07700900123",
        "07700-900123",
    )


def _as_json(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


@pytest.mark.parametrize("kind", ALL)
def test_a_value_of_another_type_is_refused_in_every_field_both_ways(kind: str) -> None:
    body = full_body(KINDS[kind])
    written = written_of(body)
    instant = datetime(2026, 4, 23, tzinfo=UTC)
    for each in fields(body):
        own = getattr(body, each.name)
        for other in (
            1.5,
            b"C1",
            ["C1"],
            {"C1"},
            instant,
            object(),
            -1,
            2**53 + 1,
            7,
            True,
            date(2026, 4, 23),
        ):
            if type(other) is type(own) and other not in (-1, 2**53 + 1):
                continue
            with pytest.raises(BodyError, match=each.name):
                written_of(replace(body, **{each.name: other}))
        for other in (1.5, None, [], {}, "", [[]], [None], {"": ""}, -1, 2**60):
            with pytest.raises(BodyError, match=each.name):
                body_from_json(kind, {**written, each.name: other})


@pytest.mark.parametrize("kind", ALL)
def test_a_member_too_many_or_too_few_is_refused(kind: str) -> None:
    written = written_of(bare_body(KINDS[kind]))
    with pytest.raises(BodyError, match="none of its fields"):
        body_from_json(kind, {**written, "note": "C1"})
    for name in written:
        if name in written_of(bare_body(KINDS[kind])) and name not in _optional(kind):
            with pytest.raises(BodyError, match=f"{name} is missing"):
                body_from_json(kind, {key: value for key, value in written.items() if key != name})


def _optional(kind: str) -> set[str]:
    full, bare = written_of(full_body(KINDS[kind])), written_of(bare_body(KINDS[kind]))
    return set(full) - set(bare)


def test_what_is_no_body_and_no_kind_is_refused() -> None:
    with pytest.raises(BodyError):
        written_of(cast(Body, "submitted"))
    with pytest.raises(BodyError):
        body_from_json("submitted", {})
    for members in (None, [], "x", 1):
        with pytest.raises(BodyError):
            body_from_json("submitted/1", members)


def test_a_word_of_an_enumeration_is_no_text_of_the_same_letters() -> None:
    members = {"channel": "web", "naming": "anonymous", "in_danger": False}
    body = body_from_json("submitted/1", members)
    assert written_of(body) == members
    assert isinstance(body, Submitted)
    with pytest.raises(BodyError, match=r"only one of web, e-mail, post, hand, phone, in person"):
        written_of(replace(body, channel=cast(Any, "web")))


def test_days_have_one_form() -> None:
    for text in ("2026-4-23", "20260423", "2026-W17-4", "2026-04-31", "2026-04-23T00:00:00", " 2026-04-23"):
        with pytest.raises(BodyError, match="YYYY-MM-DD"):
            body_from_json("step-taken/1", {"step": "fix", "days": {"hearing-day": text}})


def test_a_unit_is_a_word_of_lengths() -> None:
    body = SanctionImposed(sanction="suspension", step="decide", amount=6, unit="months")
    assert written_of(body) == {"sanction": "suspension", "step": "decide", "amount": 6, "unit": "months"}
    with pytest.raises(BodyError, match="a unit of time"):
        written_of(replace(body, unit="moons"))


def test_the_names_that_an_edition_must_know_are_listed() -> None:
    """A slug can still be somebody's name; it cannot be a name that the pinned edition contains."""
    body = StepTaken(
        step="fix-hearing",
        outcome="fixed",
        key="C1",
        days={"hearing-day": date(2026, 5, 20)},
        stated=("appeal-route",),
        ground="jane-smith",
        agreed_by=("R", "presenter"),
        present=("K7Q-H3P",),
    )
    assert names_in(body) == (
        ("step", Names.STEP, "fix-hearing"),
        ("outcome", Names.OUTCOME, "fixed"),
        ("days", Names.DAY, "hearing-day"),
        ("stated", Names.STATED, "appeal-route"),
        ("ground", Names.GROUND, "jane-smith"),
        ("agreed_by", Names.OFFICE, "presenter"),
    )
    assert names_in(bare_body(PartyAdded)) == ()


@pytest.mark.parametrize("kind", ALL)
def test_no_slug_escapes_the_question_whether_the_edition_knows_it(kind: str) -> None:
    body = full_body(KINDS[kind])
    asked = {(field, name) for field, _, name in names_in(body)}
    for each in fields(body):
        for text in _texts(getattr(body, each.name)):
            if is_slug(text) and shape_of(kind, each.name).fits("jane-smith"):
                assert (each.name, text) in asked or each.name in ("edition", "calendar")


def _texts(value: Any) -> list[str]:
    if type(value) is str:
        return [value]
    return [text for each in value for text in _texts(each)] if isinstance(value, tuple | list | dict) else []


def test_a_field_nobody_has_described_cannot_be_built() -> None:
    with pytest.raises(KeyError):
        shape_of("submitted/1", "note")
    assert fitting("calendar-adopted/1", "calendar") != fitting("opened/1", "calendar")


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("illness", "illness"),
        ("adviser away", "adviser-away"),
        ("the respondent's office ends within 6 months", "the-respondents-office-ends-within-6-months"),
        ("Grund: schwerer Verstoß gegen § 4", "grund-schwerer-verstoss-gegen-4"),
        ("  Réponse  tardive ", "reponse-tardive"),
        ("Re\u0301ponse tardive", "reponse-tardive"),
    ],
)
def test_a_phrase_becomes_a_slug(phrase: str, expected: str) -> None:
    assert slug(phrase) == expected


@pytest.mark.parametrize(
    "phrase",
    ["обжалование", "Łódź", "不服申立て", "x" * 81, "word " * 40, "?", "", "-" * 90, "2026", "07700 900123"],
)
def test_a_phrase_that_would_lose_something_keeps_a_mark_of_its_own(phrase: str) -> None:
    assert is_slug(slug(phrase))
    assert re.search(r"\bx[0-9a-f]{8}\Z", slug(phrase))
    assert slug(phrase) != slug(phrase + "!x")
    assert slug(slug(phrase)) == slug(phrase)


@given(st.from_regex(NAME, fullmatch=True))
def test_every_name_a_rulebook_may_use_can_be_recorded(name: str) -> None:
    assert is_slug(name)


def test_parts_have_names_from_a_list() -> None:
    for name in ("complainant", "respondent", "narrative", "reasons", "holder", "C1", "R", "W12", "X3"):
        assert PART.fits(name)
    for name in (*HOSTILE, "note", "narrative2", "X", "X0", "Narrative"):
        assert not PART.fits(name) or name in ("C1", "R")
