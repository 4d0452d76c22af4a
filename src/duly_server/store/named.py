"""Whether the record is the one that the settings name: its name stands in every fact, for ever.

A fact that is written under another name breaks the chain, and no remedy makes such a record verify again.
"""

import json

from django.conf import settings

from duly.vocabulary import Problem
from duly_server.store.models import FactRow

_FIRST = "office"  # the record of the organisation, which `duly init` begins


def noted() -> str | None:
    """The name in the first fact of the organisation's record; None where there is none, or it is unreadable.

    Of a fact that can't be read, `duly record verify` says more than a start could.
    """
    found = FactRow.objects.filter(chain=_FIRST, place=1).values_list("fact", flat=True).first()
    try:
        said = json.loads(bytes(found)) if found is not None else None
    except ValueError:
        return None
    origin = said.get("origin") if isinstance(said, dict) else None
    return origin if isinstance(origin, str) else None


def is_as_set() -> bool:
    """Whether what is written now would go on with the record that is there."""
    return noted() in (None, settings.DULY_ORIGIN)


def otherwise() -> tuple[Problem, ...]:
    """Why nothing may be written with these settings; () when they name this record."""
    if is_as_set():
        return ()
    there = noted()
    says = f"This is the record {there}; the settings name {settings.DULY_ORIGIN}."
    remedy = (
        f'Write origin = "{there}" into duly.toml, or set DULY_ORIGIN to it: one fact under another name, '
        "and the record never verifies again."
    )
    return (Problem(code="other-record", says=says, remedy=remedy),)
