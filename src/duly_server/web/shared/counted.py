"""Counts in words: exact up to two hundred, for nobody reads further."""

from duly_server.store.counting import AT_MOST


def many(number: int) -> str:
    """ "41"; "200+" for more than is counted."""
    return f"{AT_MOST:,}+" if number > AT_MOST else str(number)
