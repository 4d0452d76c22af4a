"""A case with as many facts as one asks for, each made by the office's own services."""

from datetime import date, timedelta

from tests.services.office import SmallOffice
from tests.services.test_casework import SEVEN, accepted

from duly.procedure.acts import AddParty, AnswerQuestion, Pause, Resume, TakeStep
from duly.record.facts import Channel, PartyRole
from duly_server.services import casework, seals

_REASONS = {"reasons": {"v": 1, "text": "So that the parties know."}}


def with_facts(office: SmallOffice, count: int) -> tuple[str, str]:
    """The reference of a case with `count` facts (at least 8), and the day on which it has them all."""
    reference = accepted(office)
    day = date(2026, 3, 26)
    notice = TakeStep(step="serve-notice", served_on=("R",), channel=Channel.E_MAIL, stated=SEVEN)
    casework.take(office.acting("complaints-officer", day.isoformat()), reference, notice)
    turn = 0
    while (head := _head(office, reference, day)) < count:
        turn += 1
        day += timedelta(days=1)
        _one_more(office, reference, day, turn, left=count - head)
    return reference, day.isoformat()


def _head(office: SmallOffice, reference: str, day: date) -> int:
    return casework.read(office.acting("complaints-officer", day.isoformat()), reference).state.head


def _one_more(office: SmallOffice, reference: str, day: date, turn: int, *, left: int) -> None:
    officer = office.acting("complaints-officer", day.isoformat())
    match turn % 5:
        case 1:
            casework.take(officer, reference, TakeStep(step="update", parts=_REASONS))
        case 2:
            seals.open_seals(officer, reference, ["case:5:R"], reason="To write to them.", no_conflict=True)
        case 3:
            answer = "yes" if turn % 2 else "no"
            casework.take(officer, reference, AnswerQuestion(question="abroad", answer=answer))
        case 4 if left > 1:
            chair = office.acting("panel-chair", day.isoformat())
            casework.take(chair, reference, Pause(pause="police", parts=_REASONS))
            later = office.acting("panel-chair", (day + timedelta(days=1)).isoformat())
            casework.take(later, reference, Resume(pause="police", parts=_REASONS))
        case _:
            identity = {"v": 1, "name": f"Witness {turn}"}
            casework.take(officer, reference, AddParty(role=PartyRole.WITNESS, identity=identity))
