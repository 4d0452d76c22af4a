"""Who is behind a party, findable only with the office's keys: blind index tokens, one key for each role."""

import unicodedata
from collections.abc import Iterable, Mapping

from duly.record.facts import Fact, PartyAdded, PartyRole
from duly_server.gateways.keys import Purpose
from duly_server.services.premises import premises
from duly_server.store import parties
from duly_server.store.rows import New

_KEY = {
    PartyRole.RESPONDENT: Purpose.INDEX_RESPONDENT,
    PartyRole.COMPLAINANT: Purpose.INDEX_COMPLAINANT,
    PartyRole.WITNESS: Purpose.INDEX_WITNESS,
}


def tokens(role: PartyRole, identity: Mapping[str, object]) -> frozenset[bytes]:
    """The tokens this person is found by in this role: by membership number and by name, where given.

    The keys differ by role, so that nobody without them can tell that one member complained here and answers
    there (threats 2.1).
    """
    keyring = premises().keyring
    said = {field: _plain(identity.get(field)) for field in ("member", "name")}
    return frozenset(
        keyring.mac(_KEY[role], f"duly/party/1\0{field}\0{value}".encode())
        for field, value in said.items()
        if value
    )


def index(facts: Iterable[Fact], said: Mapping[tuple[int, str], Mapping[str, object]]) -> None:
    """Keep the tokens of the parties among these facts of one case; `said` are parts by place and name."""
    parties.keep(rows(facts, said))


def new(facts: Iterable[Fact], said: Mapping[tuple[int, str], Mapping[str, object]]) -> list[New]:
    """What `index` writes."""
    return parties.new(rows(facts, said))


def rows(facts: Iterable[Fact], said: Mapping[tuple[int, str], Mapping[str, object]]) -> list[parties.Token]:
    """The index rows that these parties call for."""
    return [
        parties.Token(
            token=token, role=fact.body.role.value, case=fact.chain.partition("/")[2], tag=fact.body.tag
        )
        for fact in facts
        if isinstance(fact.body, PartyAdded) and (identity := said.get((fact.place, fact.body.tag)))
        for token in sorted(tokens(fact.body.role, identity))
    ]


def _plain(value: object) -> str:
    """As two spellings of one name or number meet: composed, folded, single spaces."""
    if not isinstance(value, str):
        return ""
    return " ".join(unicodedata.normalize("NFKC", value).casefold().split())
