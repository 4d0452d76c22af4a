"""Random references and receipt codes that catch a slip of the pen; chance comes from the caller.

A reference never counts: a gap in running numbers would tell of a hidden case. Each is made from bytes of the
system's secure generator, so nothing of the day, the order or the number of cases is in it.
"""

import re

# No vowels, so that no reference spells a word; none of the pairs 0/O, 1/I/L, 2/Z, 5/S, 8/B, 6/G, U/V.
ALPHABET = "23456789CDFHJKMNPQRTWXY"
LEAST_RANDOM = 16  # bytes; keeps every reference and code within 2^-60 of equally likely

_WORTH = {letter: worth for worth, letter in enumerate(ALPHABET)}
_PRIME = len(ALPHABET)  # 23
_STEP = _PRIME - 2  # weights are powers of -2: all different over 22 places, so any two swapped letters show

_SPACING = re.compile(r"[\s\u2010-\u2015-]+")


def reference_from(random: bytes) -> str:
    """A reference of a complaint or a case, "K7QH-3M2C": seven random letters and one that checks them.

    `random` is at least 16 bytes from a secure generator. Raises ValueError for fewer.
    """
    letters = _letters(random, 7)
    return f"{letters[:4]}-{letters[4:]}"


def reads_as_reference(text: str) -> str | None:
    """The reference somebody meant, whatever the case, spaces and hyphens; None if it is none."""
    letters = _SPACING.sub("", text).upper()
    return f"{letters[:4]}-{letters[4:]}" if len(letters) == 8 and _checks(letters) else None


def is_reference(text: str) -> bool:
    """True for a reference exactly as the record writes it."""
    return len(text) == 9 and text[4] == "-" and _checks(text[:4] + text[5:])


def appointment_from(random: bytes) -> str:
    """The number of an appointment, "K7Q-H3P": five random letters and one that checks them.

    Shorter than a reference and cut in another place, so that neither is taken for the other. About six
    million: whoever hands them out looks whether one is taken.
    """
    letters = _letters(random, 5)
    return f"{letters[:3]}-{letters[3:]}"


def reads_as_appointment(text: str) -> str | None:
    """The appointment's number somebody meant; None if it is none."""
    letters = _SPACING.sub("", text).upper()
    return f"{letters[:3]}-{letters[3:]}" if len(letters) == 6 and _checks(letters) else None


def is_appointment(text: str) -> bool:
    """True for an appointment's number exactly as the record writes it."""
    return len(text) == 7 and text[3] == "-" and _checks(text[:3] + text[4:])


def receipt_code_from(random: bytes, groups: int) -> str:
    """A receipt code of 4 or 5 `groups` of four digits, "4823 1907 ...", the last digit a check digit.

    Fifteen random digits are 49.8 bits, nineteen 63.1. `random` is at least 16 bytes from a secure generator.
    """
    if groups not in (4, 5):
        raise ValueError("A receipt code has four or five groups of four digits.")
    length = 4 * groups - 1
    digits = f"{_number(random) % 10**length:0{length}d}"
    return _grouped(digits + str(_damm(digits)))


def reads_as_receipt_code(text: str) -> str | None:
    """The code somebody meant, in groups as it was handed out; None if a digit is wrong or missing.

    Forgiving of spaces, hyphens and the digits of other scripts.
    """
    signs = _SPACING.sub("", text[:200])
    if len(signs) not in (16, 20) or not signs.isdecimal():
        return None
    digits = "".join(str(int(sign)) for sign in signs)
    return _grouped(digits) if _damm(digits) == 0 else None


def _letters(random: bytes, count: int) -> str:
    number, total, letters = _number(random), 0, ""
    for _ in range(count):
        number, worth = divmod(number, _PRIME)
        total = (total * _STEP + worth) % _PRIME
        letters += ALPHABET[worth]
    return letters + ALPHABET[-total * _STEP % _PRIME]


def _checks(letters: str) -> bool:
    total = 0
    for letter in letters:
        worth = _WORTH.get(letter)
        if worth is None:
            return False
        total = (total * _STEP + worth) % _PRIME
    return total == 0


def _number(random: bytes) -> int:
    if len(random) < LEAST_RANDOM:
        raise ValueError(f"At least {LEAST_RANDOM} random bytes are needed.")
    return int.from_bytes(random, "big")


def _grouped(digits: str) -> str:
    return " ".join(digits[place : place + 4] for place in range(0, len(digits), 4))


# A totally anti-symmetric quasigroup of order 10 (H. M. Damm, "Total anti-symmetrische Quasigruppen", 2004):
# catches every wrong digit and every swap of neighbours. The test tries them all.
_QUASIGROUP = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)


def _damm(digits: str) -> int:
    check = 0
    for digit in digits:
        check = _QUASIGROUP[check][ord(digit) - 48]
    return check
