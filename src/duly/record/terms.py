"""The words of which a fact's body takes one: how, who, by what name, by which conflict or relation."""

from enum import StrEnum


class Channel(StrEnum):
    """How a thing was served, said or received."""

    WEB = "web"
    E_MAIL = "e-mail"
    POST = "post"
    HAND = "hand"
    PHONE = "phone"
    IN_PERSON = "in person"


class PartyRole(StrEnum):
    COMPLAINANT = "complainant"
    RESPONDENT = "respondent"
    WITNESS = "witness"


class Naming(StrEnum):
    """What a complainant said about their name."""

    NAMED = "named"
    CONFIDENTIAL = "confidential"
    ANONYMOUS = "anonymous"


class Conflict(StrEnum):
    """What a fair observer would say could bias somebody in a case (domain: conflict of interest)."""

    PARTY = "party"  # party or witness in the matter, or in one it is linked with
    CLOSE = "close"  # same household, family or close friendship with one of them
    WORK = "work"  # same employer, branch or group as one of them
    EARLIER = "earlier"  # took part in the matter before, in another role
    SPOKE = "spoke"  # said or signed something about it in public
    OTHER = "other"


class Relation(StrEnum):
    OPENS = "opens"  # this complaint opened that case
    JOINS = "joins"  # this complaint was joined to that case
    SPLIT_FROM = "split from"
    SPLIT_INTO = "split into"  # that case is another respondent's, on the same complaint
    FOLLOWS = "follows"  # a linked case started by this one
