"""A party as the desk shows it: by tag and role, with the name sealed until somebody gives a reason."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyRow:
    """`name` is set only where this reader opened the seal; `has_name` False where none is held."""

    tag: str
    role: str
    note: str = ""
    has_name: bool = True
    name: str = ""
    seal_url: str = ""
