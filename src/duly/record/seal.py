"""Digests: the commitment to a part, the chain of facts, the tree of leaves; and what is wrong with a chain.

The exact construction is in docs/reference/record.md; the tree is that of RFC 9162, 2.1.1.
"""

import hashlib
from collections.abc import Callable, Iterable, Set
from dataclasses import dataclass

from duly.record.codec import BodyError, CanonicalError, ReadFact, canonical, read_fact

SALT_LENGTH = 32


def commit(salt: bytes, part: dict[str, object]) -> bytes:
    """The commitment to a part: 32 bytes that say nothing about it without `salt` (32 bytes, fresh per part).

    Raises ValueError, CanonicalError as `content_of`.
    """
    return commit_to_bytes(salt, content_of(part))


def content_of(part: dict[str, object]) -> bytes:
    """The canonical bytes of a part, an object with its version in "v".

    Raises ValueError where it has none, CanonicalError as `canonical`.
    """
    version = part.get("v")
    if type(version) is not int or version < 1:
        raise ValueError('A part says its version: "v", a whole number from 1.')
    return canonical(part)


def commit_to_bytes(salt: bytes, content: bytes) -> bytes:
    """The commitment to the canonical bytes of a part."""
    if len(salt) != SALT_LENGTH:
        raise ValueError(f"A salt has {SALT_LENGTH} bytes.")
    return hashlib.sha256(b"duly/part/1\0" + salt + content).digest()


def digest(fact_bytes: bytes) -> bytes:
    """The digest of a fact, from its canonical bytes."""
    return hashlib.sha256(b"duly/fact/1\0" + fact_bytes).digest()


def chain_start(origin: str, chain: str) -> bytes:
    """What stands as `previous` in the first fact of a chain."""
    return hashlib.sha256(b"duly/chain/1\0" + origin.encode() + chain.encode()).digest()


def leaf(digest: bytes) -> bytes:
    """The leaf of a fact in the log, from the fact's digest."""
    return hashlib.sha256(b"\0" + digest).digest()


def pad_leaf(random: bytes) -> bytes:
    """A leaf of no fact, from 32 random bytes that are kept and opened to the overseer."""
    if len(random) != 32:
        raise ValueError("A pad is made of 32 random bytes.")
    return leaf(hashlib.sha256(b"duly/pad/1\0" + random).digest())


def node(left: bytes, right: bytes) -> bytes:
    """The node over two others."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def merkle_root(leaves: Iterable[bytes]) -> bytes:
    """The root over these leaves (each from `leaf` or `pad_leaf`), in order; of none, SHA-256 of nothing."""
    peaks: list[tuple[int, bytes]] = []  # full subtrees from the left, each smaller than the one before
    for each in leaves:
        size, top = 1, each
        while peaks and peaks[-1][0] == size:
            top = node(peaks.pop()[1], top)
            size *= 2
        peaks.append((size, top))
    if not peaks:
        return hashlib.sha256().digest()
    root = peaks.pop()[1]
    while peaks:
        root = node(peaks.pop()[1], root)
    return root


@dataclass(frozen=True, slots=True)
class ChainProblem:
    """One thing that is wrong with a chain, at this place."""

    chain: str
    place: int
    says: str


def verify_chain(
    origin: str,
    chain: str,
    rows: Iterable[bytes],
    *,
    head: bytes | None = None,
    read: Callable[[bytes], ReadFact] = read_fact,
) -> tuple[ChainProblem, ...]:
    """Everything wrong with the facts of a chain, given as their bytes in order; by place, the first first.

    `head` is the digest of the last fact as known from elsewhere. Without it nobody can see that the last
    facts are gone, or that the very last was altered: the chain alone does not say. `read` is `read_fact`, or
    what remembers its answers for whoever needs them as well.
    """
    found: list[ChainProblem] = []
    standing: _Standing = {}
    unread: set[int] = set()  # places where something stands that is no fact of this chain
    latest, expected = 0, 1
    for data in rows:
        fault, fact = _read(origin, chain, data, read)
        if fact is None:
            found.append(ChainProblem(chain, expected, fault))
            unread.add(expected)
            expected += 1
            continue
        place, own = fact.fact.place, digest(data)
        if place in standing:
            found.append(ChainProblem(chain, place, _SAME_AGAIN if standing[place][0] == own else _ANOTHER))
            continue
        if place < latest:
            found.append(ChainProblem(chain, place, f"This fact stands after the one at place {latest}."))
        standing[place] = (own, fact)
        latest = max(latest, place)
        expected = place + 1
    found += _gaps(chain, standing.keys() | unread)
    found += _broken_links(origin, chain, standing, head)
    if head is not None and latest + 1 not in unread:
        if not standing:
            found.append(ChainProblem(chain, 1, "Nothing is left of this chain."))
        elif head != standing[latest][0]:
            found.append(ChainProblem(chain, latest, _NOT_THE_LAST))
    return tuple(sorted(found, key=lambda problem: problem.place))


_Standing = dict[int, tuple[bytes, ReadFact]]  # by place: a fact's digest, and the fact

_SAME_AGAIN = "This fact stands there twice."
_ANOTHER = "Two different facts claim this place."
_ALTERED = "This fact was altered: it is not the one that the fact after it names."
_ALTERED_OR_LAST = "This fact is not the one that the last fact names: one of the two was altered."
_BEGINS_NOT = "This fact does not begin this chain: it was altered or renumbered."
_FOLLOWS_NOT = (
    "This fact does not follow the one before it: one of the two was altered, put in or renumbered."
)
_NOT_THE_LAST = "This is not the last fact that was known: it was altered, or facts after it are gone."


def _read(
    origin: str, chain: str, data: bytes, read: Callable[[bytes], ReadFact]
) -> tuple[str, ReadFact | None]:
    """What is wrong with one fact by itself, or the fact."""
    try:
        found = read(data)
    except (CanonicalError, BodyError) as fault:
        return f"What stands here cannot be read as a fact: it was altered. {fault}", None
    if found.origin != origin or found.fact.chain != chain:
        return "What stands here is a fact of another chain.", None
    return "", found


def _gaps(chain: str, places: Set[int]) -> Iterable[ChainProblem]:
    next_place = 1
    for place in sorted(places):
        if place > next_place:
            which = (
                f"Facts {next_place} to {place - 1} are"
                if place - 1 > next_place
                else f"Fact {next_place} is"
            )
            yield ChainProblem(chain, next_place, f"{which} missing.")
        next_place = place + 1


def _broken_links(origin: str, chain: str, standing: _Standing, head: bytes | None) -> Iterable[ChainProblem]:
    """Each place whose fact is not the one its neighbours were written with.

    A fact is vouched for by the next that names it (the last by `head`, or by nobody). Where it is, the fact
    before broke the link between them; where it is not, either may have.
    """
    latest = max(standing, default=0)
    for place, (own, read) in standing.items():
        if place == 1 and read.previous != chain_start(origin, chain):
            yield ChainProblem(chain, 1, _BEGINS_NOT)
        if place - 1 not in standing or read.previous == standing[place - 1][0]:
            continue
        if place == latest:
            vouched, altered = head in (None, own), _ALTERED if head is not None else _ALTERED_OR_LAST
        else:
            vouched, altered = place + 1 in standing and standing[place + 1][1].previous == own, _ALTERED
        yield ChainProblem(chain, place - 1, altered) if vouched else ChainProblem(chain, place, _FOLLOWS_NOT)
