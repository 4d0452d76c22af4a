"""What the lint says of the shipped rulebooks that are not meant to be adopted as they are.

They encode a published text faithfully, holes and all. Each finding that is not accepted in the file stands
here by its rule and place: a mended hole or a new one is seen at once. Those not named come into force.
"""

FINDINGS: dict[str, list[str]] = {
    "data-protection-complaints": [
        "error L01 answer-owed.enquire",
        "error L01 intake.acknowledge",
        "error L02 counting",
        "error L03 intake.receive",
        "error L17 rulebook",
        "error L24 anytime",
        "error L35 office.handler",
        "error N02 answer-owed.enquire",
    ],
    "psf-conduct-reports": [
        "error L01 context.give-context",
        "error L01 reported.acknowledge",
        "error L01 reported.vote",
        "error L01 reported.vote",
        "error L01 telling.write-to-reported-person",
        "error L01 telling.write-to-reported-person",
        "error L02 counting",
        "error L03 approval.recommend",
        "error L03 reported.receive",
        "error L07 reported.vote",
        "error L07 telling.write-to-reported-person",
        "error L09 context.give-context",
        "error L11 reported.evaluate",
        "error L11 reported.evaluate",
        "error L11 reported.evaluate",
        "error L11 reported.vote",
        "error L16 reported.vote",
        "error L17 rulebook",
        "error L24 anytime",
        "error L35 office.work-group",
        "error N02 approval.recommend",
        "error N02 context.give-context",
        "error N02 reported.receive",
        "error N02 telling.write-to-reported-person",
        "error N02 telling.write-to-reported-person",
        "error N02 telling.write-to-reported-person",
        "error N07 anytime.write-to-reporter",
    ],
}

# Read and explained, and not to be adopted: they have a time in hours.
IN_HOURS: frozenset[str] = frozenset()
