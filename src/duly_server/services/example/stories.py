"""What people say in the example: short, plain, and about nothing that ever happened."""

import random

_PLACES = (
    "the monthly meeting",
    "the committee room",
    "a group chat",
    "the summer fair",
    "the hall after hours",
)
_WHAT = (
    "used words to me at {place} that I asked to be left out, and went on using them",
    "passed on what I had said in confidence at {place} to people who had no business with it",
    "spoke at {place} as if for the whole association and said what it has never decided",
    "kept the takings of {place} for three weeks and gave no account of them when asked",
    "told others at {place} not to talk to me after I had raised a question about the accounts",
    "sent me eleven messages after {place}, though I had asked for no more after the second",
)
_REASONS = (
    "Both accounts were read. What is said in the papers of that week supports this outcome.",
    "The account is detailed, was given early, and the other papers agree with it on what matters.",
    "The papers do not settle it, and the standard of proof in r 1.6 was not reached.",
    "Weighed against the range in the rulebook, and against what was said in mitigation.",
    "It was necessary on that day, and nothing less would have done; nothing has been found.",
)
_WHY_TIME = (
    "Two papers are still on their way.",
    "The adviser is away until the end of the week.",
    "A doctor's note was seen; a few days will do.",
)


def complaint(chance: random.Random) -> str:
    """What a reporter writes."""
    place = chance.choice(_PLACES)
    return f"The member {chance.choice(_WHAT).format(place=place)}. I would like it looked into."


def allegation(chance: random.Random) -> str:
    return f"That the member {chance.choice(_WHAT).format(place=chance.choice(_PLACES))}.".replace(
        " me ", " the complainant "
    )


def reasons(chance: random.Random) -> dict[str, object]:
    return {"v": 1, "text": chance.choice(_REASONS)}


def why_more_time(chance: random.Random) -> dict[str, object]:
    return {"v": 1, "text": chance.choice(_WHY_TIME)}
