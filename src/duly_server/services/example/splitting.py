"""One complaint about several people in the example: a case of its own for each, as the sift makes them."""

import random
from collections.abc import Sequence
from datetime import date, datetime

from duly.procedure.acts import Proposed
from duly.record.references import reference_from
from duly_server.services import sift
from duly_server.services.casework import Case


def another(before: Case, *, chance: random.Random, by: str, at: datetime, on: date) -> Case:
    """One more case of a complaint. `before` is the first as the sift found it: what stood in it then is
    what the other begins with."""
    chain = f"case/{reference_from(chance.randbytes(16))}"
    return sift.open_with(chain, sift.copied_facts(before, at=at, by=by, on=on))


def pointed(first: Case, others: Sequence[Case], *, at: datetime, on: date) -> Sequence[Proposed]:
    """What the first case says of the others, by whoever decided last; the complaint is told as well."""
    decided = first.state.facts[-1]
    references = [other.state.chain.partition("/")[2] for other in others]
    said = sift.pointers(references, by=decided.by, office=decided.office, on=on)
    sift.point_complaints(first.state.complaints, said, at=at)
    return said
