"""Addresses that stand on every page: Django takes as long to find one as to draw a row of a list."""

from functools import lru_cache

from django.urls import get_script_prefix, get_urlconf, reverse


def address(name: str) -> str:
    """Where the page of this name is, which takes no argument."""
    return _address(name, get_script_prefix(), get_urlconf())


@lru_cache(maxsize=128)
def _address(name: str, _prefix: str, _urls: str | None) -> str:
    """The same wherever the office's addresses begin, and whichever are served."""
    return reverse(name)
