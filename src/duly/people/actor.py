"""Who is acting: an officer by an appointment, or a party by a role and a tag."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """`by` is what the fact will carry (an appointment's number, or a party's role); never a name.

    An officer acts in `office`; `person` is the opaque token of the human behind the appointment. A party
    acts with `tag` in the office of that party ("respondent").
    """

    by: str
    office: str
    person: str | None = None
    tag: str | None = None
