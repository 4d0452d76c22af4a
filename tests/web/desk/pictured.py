"""The case of the pictures: received 2 March, accepted 20 March 2026, and what happened until 23 April."""

from datetime import date

from tests.services.office import SmallOffice

from duly.procedure.acts import Act, Assign, Extend, Parts, Pause, Resume, TakeStep
from duly.record.facts import Channel
from duly.rulebook.steps import Is, Step
from duly_server.services import casework, sift
from duly_server.services.sift import Accused, Charge

TODAY = "2026-04-23"
_REASONS: Parts = {"reasons": {"v": 1, "text": "Given in writing to both parties."}}


def pictured(office: SmallOffice) -> str:
    """Its reference. The office is that of the Example Association."""
    receipt = office.complaint("2026-03-02", narrative="He went on writing after I asked him to stop.")
    reference = receipt.case

    def take(who: str, on: str, *acts: Act) -> None:
        casework.take(office.acting(who, on), reference, *acts)

    take("intake", "2026-03-04", TakeStep(step="acknowledge", key=receipt.complaint))
    sift.settle(
        office.acting("sift-officer", "2026-03-20"),
        reference,
        outcome="accepted",
        reasons="Both concern a member's conduct within the last year.",
        accused=[
            Accused(
                name="Corin Ashby-Holt",
                charges=(
                    Charge(
                        conduct="harassment", narrative="Words at a meeting.", conduct_on=date(2026, 2, 12)
                    ),
                    Charge(conduct="harassment", narrative="A message.", conduct_on=date(2026, 2, 15)),
                ),
            )
        ],
        taken=_given(office, Is.SIFT, key=None),
    )
    officer = next(a.number for a in office.acting("case-officer", "2026-03-20").viewer.appointments)
    take("case-officer", "2026-03-20", Assign(office="case-officer", appointment=officer))
    take("chair", "2026-03-24", _given(office, Is.INTERIM_MEASURE, served_on=("R",)))
    take("case-officer", "2026-03-26", _given(office, Is.NOTICE, served_on=("R",)))
    take("registrar", "2026-04-08", Pause(pause="portal", parts=_REASONS))
    take("registrar", "2026-04-10", Resume(pause="portal", parts=_REASONS))
    take("case-officer", "2026-04-15", TakeStep(step="update", parts=_REASONS))
    take("case-officer", "2026-04-16", TakeStep(step="receive-evidence"))
    extension = Extend(
        step="answer", until=date(2026, 4, 29), ground="evidence still arriving", parts=_REASONS
    )
    take("chair", "2026-04-17", extension)
    take("chair", "2026-04-20", _given(office, Is.REVIEW, outcome="continued"))
    return reference


def _given(
    office: SmallOffice,
    kind: Is,
    *,
    key: str | None = None,
    outcome: str | None = None,
    served_on: tuple[str, ...] = (),
) -> TakeStep:
    """A step with all it must state."""
    step: Step = office.book.steps_that_are(kind)[0]
    return TakeStep(
        step=step.name,
        key=key,
        outcome=outcome,
        served_on=served_on,
        channel=Channel.E_MAIL if served_on else None,
        stated=step.must_state,
        parts=_REASONS,
    )
