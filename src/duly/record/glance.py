"""A whole chain looked at in its bytes: whether it is sound, and what its facts commit to. No more.

Reading every fact member by member takes most of the time of verifying a record. Here each kind of fact has
one expression for all of its bytes, made of its fields and of the shapes that `codec.read_fact` tries. What
fits it, `read_fact` takes; what does not need not be wrong (a number of 16 digits). So this says "sound", or
nothing: whoever gets no answer asks `seal.verify_chain`, which reads each fact and says what is wrong.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, fields
from datetime import date
from enum import StrEnum
from functools import lru_cache, partial
from itertools import pairwise
from types import NoneType, UnionType
from typing import Any, NamedTuple, TypeAlias, Union, get_args, get_origin, get_type_hints

from duly.record import seal
from duly.record.bodies import KINDS
from duly.record.codec import VERSION
from duly.record.facts import Body
from duly.record.shapes import BY, CHAIN, OFFICE, ORIGIN, PART, Shape, shape_of

Parts: TypeAlias = tuple[tuple[str, bytes], ...]


def sound(
    origin: str, chain: str, rows: Iterable[tuple[int, bytes, bytes, bytes]]
) -> dict[int, Parts] | None:
    """What each fact of the chain commits to, by place, if nothing at all is wrong; None: look closer.

    Of each row, in order: the place, the kind and the digest that stand beside a fact, and its bytes. With an
    answer every fact is in its one form, has what stands beside it from its bytes, and names this log, this
    chain and the digest of the fact before; the first is at place 1, and none is missing up to the last.
    """
    if not ORIGIN.fits(origin) or not CHAIN.fits(chain):
        return None
    committed: dict[int, Parts] = {}
    previous = seal.chain_start(origin, chain).hex()
    for expected, (place, kind, own, data) in enumerate(rows, 1):
        form = _form(kind)
        found = form.fits(data.decode("latin-1")) if form is not None else None
        if form is None or found is None:
            return None
        *held, by, its_chain, its_origin, its_parts, its_place, its_previous = found.groups()
        if (
            its_previous != previous
            or its_chain != chain
            or its_origin != origin
            or its_place != str(expected)
            or place != expected
            or seal.digest(data) != own
            or BY.quoted(by) is None
        ):
            return None
        for text, may_stand in zip(held, form.tests, strict=True):
            if text is not None and not may_stand(text):
                return None
        parts = _parts(its_parts)
        if parts is None:
            return None
        committed[place] = parts
        previous = own.hex()
    return committed


def _parts(text: str) -> Parts | None:
    """Names and commitments as they stand in a fact; None if the names are not in their order."""
    if not text:
        return ()
    parts = tuple([(name, bytes.fromhex(commitment)) for name, commitment in _PAIR.findall(text)])
    return parts if _ascending([name for name, _ in parts]) else None


def _ascending(names: list[str]) -> bool:
    return all(before < after for before, after in pairwise(names))


# --- the expression of each kind, made when the first fact of it is met ------------------------------------


_Test: TypeAlias = Callable[[str], bool]


class _Form(NamedTuple):
    """`fits` takes the bytes of one kind of fact; what an expression can't say of its groups, `tests` ask."""

    fits: Callable[[str], re.Match[str] | None]
    tests: tuple[_Test, ...]


@lru_cache(maxsize=256)
def _form(kind: bytes) -> _Form | None:
    made_of = KINDS.get(kind.decode("latin-1"))
    if made_of is None:
        return None
    body, tests = _body(made_of)
    members = (
        rf'"body":\{{{body}(?<!,)\}}',
        f'"by":"({_TEXT})"',
        f'"chain":"({_TEXT})"',
        f'"kind":"{re.escape(made_of.KIND)}"',
        f'"noted_at":"{_DAY}(?:{_HOUR})?"(?:,"office":{_text(OFFICE)})?',
        f'"on":"{_DAY}"',
        f'"origin":"({_TEXT})"',
        rf'"parts":\[((?:{_PART}(?:,{_PART})*)?)\]',
        '"place":([1-9][0-9]{0,14})',
        '"previous":"([0-9a-f]{64})"',
        f'"v":{VERSION}',
    )
    return _Form(re.compile(r"\{" + ",".join(members) + r"\}").fullmatch, tests)


_TEXT = '[^"]*'  # what a test asks about: no shape takes anything that JSON does not write as itself
_USUAL_DAY = (
    "(?!0000)[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
    "|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))"
)
_BY_FOUR = "(?:0[48]|[2468][048]|[13579][26])"
_DAY = f"(?:{_USUAL_DAY}|(?:[0-9]{{2}}{_BY_FOUR}|{_BY_FOUR}00)-02-29)"
_HOUR = "T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z"
_PART = rf'\["(?:{PART.regex})","[0-9a-f]{{64}}"\]'
_PAIR = re.compile(r'\["([^"]*)","([^"]*)"\]')


def _body(made_of: type[Body]) -> tuple[str, tuple[_Test, ...]]:
    """The members in the order of the alphabet, each with the comma after it unless it is the last."""
    hints, members, tests = get_type_hints(made_of), "", list[_Test]()
    for each in sorted(fields(made_of), key=lambda each: each.name):
        hint, may_lack = hints[each.name], False
        if get_origin(hint) in (Union, UnionType):
            (hint,) = (inner for inner in get_args(hint) if inner is not NoneType)
            may_lack = True
        elif get_origin(hint) in (tuple, Mapping):
            may_lack = each.default is not MISSING or each.default_factory is not MISSING
        value, test = _value(made_of.KIND, each.name, hint)
        members += f'(?:"{each.name}":{value}(?:,|(?=}})))' + ("?" if may_lack else "")
        tests += [test] if test is not None else []
    return members, tuple(tests)


def _value(kind: str, name: str, hint: Any) -> tuple[str, _Test | None]:
    """The expression of a value; with a test, what it asks about stands in one group."""
    args = get_args(hint)
    if get_origin(hint) is tuple:
        if args[0] is str and shape_of(kind, name).regex is None:
            return rf'\[("{_TEXT}"(?:,"{_TEXT}")*)\]', partial(_all_fit, shape_of(kind, name))
        one, _ = _value(kind, name, args[0])
        return rf"\[{one}(?:,{one})*\]", None
    if get_origin(hint) is Mapping:
        (key, _), (value, _) = _value(kind, name, args[0]), _value(kind, name, args[1])
        return rf"{{({key}:{value}(?:,{key}:{value})*)}}", _keys_ascend
    if hint is str:
        shape = shape_of(kind, name)
        return _text(shape), None if shape.regex is not None else partial(_fits, shape)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return f'"(?:{"|".join(re.escape(word.value) for word in hint)})"', None
    return {date: f'"{_DAY}"', int: "(?:0|[1-9][0-9]{0,14})", bool: "(?:true|false)"}[hint], None


def _text(shape: Shape) -> str:
    """A text of this shape, in quotes; in a group where only a test can tell."""
    return f'"({_TEXT})"' if shape.regex is None else f'"(?:{shape.regex})"'


def _fits(shape: Shape, text: str) -> bool:
    return shape.quoted(text) is not None


def _all_fit(shape: Shape, texts: str) -> bool:
    return all(shape.quoted(text) for text in texts.split('"')[1::2])


def _keys_ascend(members: str) -> bool:
    if "," not in members:
        return True  # one key alone, as it is nearly always
    return _ascending(members.split('"')[1::4])
