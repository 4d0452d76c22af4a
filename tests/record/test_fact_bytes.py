"""The bytes of a fact are those of the definition, whatever the fact: the record never changes its form."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.record.plain_form import facts, plain_bytes

from duly.record.bodies import KINDS
from duly.record.codec import canonical, fact_bytes, parse, read_fact

ORIGIN = "complaints.example.org/duly"
PREVIOUS = bytes(range(32))
EVERY_KIND = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS.keys())


@EVERY_KIND
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_the_bytes_of_a_fact_are_those_of_the_definition(kind: Any, data: st.DataObject) -> None:
    fact = data.draw(facts(kind))
    written = fact_bytes(fact, origin=ORIGIN, previous=PREVIOUS)
    assert written == plain_bytes(fact, origin=ORIGIN, previous=PREVIOUS)
    assert canonical(parse(written)) == written
    read = read_fact(written)
    assert fact_bytes(read.fact, origin=read.origin, previous=read.previous) == written
