"""One complaint about several people in the example: a case of its own for each, as the sift makes them."""

import random
from typing import TYPE_CHECKING

from duly.procedure.acts import TakeStep
from duly.record.references import reference_from
from duly.rulebook.steps import Step
from duly.vocabulary import Refused
from duly_server.services import sift
from duly_server.services.casework import Case, UnableToActError

if TYPE_CHECKING:
    from duly_server.services.example.lives import Life


def split(life: "Life", before: Case, step: Step, act: TakeStep) -> "list[Life]":
    """The lives of one or two further cases of this complaint, from the day on which the sift accepted it.

    `before` is the case as the sift found it: what stood in it then is what the others begin with.
    """
    decided = life.case.state.facts[-1]
    others = [_another(life, before, step, act) for _ in range(life.chance.choice((1, 1, 2)))]
    references = [other.case.state.chain.partition("/")[2] for other in others]
    said = sift.pointers(references, by=decided.by, office=decided.office, on=life.day)
    life.write(said)
    sift.point_complaints(life.case.state.complaints, said, at=life.at())
    return others


def _another(life: "Life", before: Case, step: Step, act: TakeStep) -> "Life":
    chain = f"case/{reference_from(life.chance.randbytes(16))}"
    decided = life.case.state.facts[-1]
    opened = sift.open_with(chain, sift.copied_facts(before, at=life.at(), by=decided.by, on=life.day))
    other = type(life)(
        case=opened,
        chance=random.Random(life.chance.randbytes(16)),  # noqa: S311 -- the same each time
        staff=life.staff,
        roll=life.roll,
        today=life.today,
        day=life.day,
    )
    answer = other.decide(other.naming(opened.on(life.day), step, act), step)
    if isinstance(answer, Refused):
        raise UnableToActError(answer.problems)
    other.write(answer)
    other.accept()
    return other
