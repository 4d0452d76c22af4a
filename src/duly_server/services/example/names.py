"""Invented people of an invented association: a name for every membership number."""

import random

MEMBERS = 540_000

_FIRST = (
    "Ada", "Alix", "Amaro", "Anouk", "Arlo", "Asha", "Bela", "Bryn", "Calla", "Caspian", "Cleo", "Corin",
    "Dara", "Davi", "Edda", "Eloi", "Emre", "Esme", "Fenna", "Florin", "Gaia", "Halim", "Ines", "Ivo",
    "Jory", "Juna", "Kaya", "Kiran", "Lior", "Lumi", "Mabel", "Mika", "Milo", "Nadia", "Noor", "Odile",
    "Orla", "Pavel", "Petra", "Quill", "Rafi", "Romy", "Runa", "Sami", "Selma", "Soren", "Suri", "Tamsin",
    "Tove", "Ula", "Vera", "Wim", "Yara", "Zeno", "Ilse", "Perrin", "Bram", "Odette", "Hana", "Lev",
)  # fmt: skip
_FIRST_HALF = (
    "Amber", "Ash", "Birch", "Black", "Brook", "Cold", "Corn", "Dale", "East", "Elder", "Fair", "Fern",
    "Glen", "Gold", "Green", "Hart", "Hazel", "High", "Hollow", "Iron", "Lark", "Long", "Marsh", "Mill",
    "Moor", "North", "Oak", "Pell", "Quarry", "Raven", "Red", "Rook", "Salt", "Sedge", "Silver", "Stone",
    "Thorn", "Vale", "West", "Whit", "Willow", "Winter", "Wood", "Yarrow",
)  # fmt: skip
_SECOND_HALF = (
    "acre", "bank", "beck", "bridge", "by", "combe", "croft", "dale", "field", "ford", "gate", "grave",
    "ham", "haven", "hurst", "land", "lee", "low", "mere", "moor", "ridge", "row", "shaw", "side", "stead",
    "ton", "wick", "worth",
)  # fmt: skip

BRANCHES = (
    "Harbour", "Upper Valley", "Old Town", "Riverside", "Northfields", "Hillside", "Eastgate", "The Levels",
    "Lakeside", "Market Square", "West Moor", "Canal Street",
)  # fmt: skip


def member_name(number: int) -> str:
    """The name of the member with this number, 1 to MEMBERS: always the same one, and no real person's."""
    chance = random.Random(number * 2_654_435_761)  # noqa: S311 -- names of nobody, the same each time
    surname = chance.choice(_FIRST_HALF) + chance.choice(_SECOND_HALF)
    return f"{chance.choice(_FIRST)} {surname}"


def membership_number(number: int) -> str:
    return f"M-{number:06d}"
