"""What the state would be if these facts were recorded: asked before anything is."""

from collections.abc import Sequence
from datetime import date, datetime

from duly.procedure.acts import Proposed
from duly.record.facts import Fact
from duly.record.fold import CaseState, fold


def as_if_recorded(
    case: CaseState, proposed: Sequence[Proposed], *, noted_at: datetime | date, chain: str = ""
) -> CaseState:
    """The state with these facts after its last; `chain` where the case has no fact yet."""
    facts = [
        Fact(
            chain=case.chain or chain,
            place=case.head + turn,
            on=new.on,
            noted_at=noted_at,
            by=new.by,
            office=new.office,
            body=new.body,
        )
        for turn, new in enumerate(proposed, start=1)
    ]
    return fold([*case.facts, *facts])
