"""What the record says already of complaints that a file tells again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from duly.record.codec import canonical
from duly.record.facts import Fact, Imported
from duly_server.gateways.keys import Purpose
from duly_server.services.history.reading import Part
from duly_server.services.premises import premises
from duly_server.store.batch import Unopened
from duly_server.store.history import Kept

Parts = Mapping[tuple[int, str], Part]


@dataclass
class Standing:
    """A complaint that is known: what its record says so far."""

    kept: Kept
    head: int
    own: dict[str, Part]
    rows: dict[int, tuple[str, Part, Part]]  # by turn: the tag of the accused, who, what
    tags: int  # the number of the last tag
    out_of_step: bool = False  # a row of the file did not say what the record says at its turn

    def tag_of(self, accused: str) -> str:
        """The tag this accused has here, or the next; who is not known has one for each row."""
        if accused:
            for tag, who, _ in self.rows.values():
                if who.get("name") == accused:
                    return tag
        self.tags += 1
        return f"R{self.tags}"


def mark_of(source: str, number: str) -> bytes:
    """How a complaint of a source elsewhere is known again: a keyed digest, 32 bytes."""
    said = canonical(["duly/history/1", source, number])
    return premises().keyring.mac(Purpose.FINGERPRINT, said)


def mark_in(parts: Mapping[str, Part]) -> bytes | None:
    """The mark of a complaint whose own row opens to these parts; None if it does not say."""
    told = parts.get("narrative", {})
    source, number = told.get("source"), told.get("number")
    return mark_of(source, number) if isinstance(source, str) and isinstance(number, str) else None


def standing(known: Mapping[bytes, Kept]) -> dict[bytes, Standing]:
    """What the records of these complaints say, read at once."""
    chains = [f"complaint/{kept.complaint}" for kept in known.values()]
    if not chains:
        return {}
    journal = premises().journal
    facts, parts = journal.read_many(chains), journal.open_parts(chains)
    said: dict[str, dict[tuple[int, str], Part]] = {chain: {} for chain in chains}
    for at, part in parts.items():
        said[at.chain][at.place, at.name] = {} if isinstance(part, Unopened) else part
    return {
        mark: _told(kept, facts[f"complaint/{kept.complaint}"], said[f"complaint/{kept.complaint}"])
        for mark, kept in known.items()
    }


def _told(kept: Kept, facts: Sequence[Fact], said: Parts) -> Standing:
    own: dict[str, Part] = {}
    rows: dict[int, tuple[str, Part, Part]] = {}
    for fact in facts:
        if isinstance(fact.body, Imported):
            names = [name for name, _ in fact.parts]
            here = {name: said.get((fact.place, name), {}) for name in names}
            if fact.body.row == "complaint":
                own = here
            else:
                tag = next(name for name in names if name != "narrative")
                rows[fact.body.turn] = (tag, here[tag], here.get("narrative", {}))
    last = max((int(tag[1:]) for tag, _, _ in rows.values()), default=0)
    return Standing(kept, facts[-1].place if facts else 0, own, rows, last)


def differs(stands: Mapping[str, Part], says: Mapping[str, Part]) -> bool:
    """Whether a row says something else than the record. What was erased is not held against it."""
    return any(stands[name] != says.get(name) for name in stands if stands[name]) or bool(
        says.keys() - stands.keys()
    )
