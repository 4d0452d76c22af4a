"""A case taken from its report to its sanction in real browsers, under any rulebook.

What is asked of whom on which day, the rulebook and the record say, as in the journey through the test
client; everything that is done is done by somebody who sees a page.
"""

from dataclasses import dataclass, field
from datetime import date

from tests.web.desk.journey import ONE_DAY, Journey
from tests.web.desk.officer import set_day
from tests.web.walk.eyes import Eyes
from tests.web.walk.people import Officer, Reporter

from duly.rulebook.steps import Is, Step
from duly.timetable.milestones import accepting_outcomes


@dataclass
class Walk(Journey):
    """`receipt` is known once the complaint is found at the sift."""

    eyes: Eyes = field(kw_only=True)
    desks: dict[str, Officer] = field(default_factory=dict, kw_only=True)
    told: list[str] = field(default_factory=list, kw_only=True)
    """The headings that the reporter was shown, one after the other."""
    reporter: Reporter = field(init=False)

    def __post_init__(self) -> None:
        self.reporter = Reporter(self.eyes)

    # --- who -----------------------------------------------------------------------------------------------

    def at_desk(self, office: str) -> Officer:
        """Whoever holds this office, logged in, on today's date."""
        set_day(self.day.isoformat())
        if office not in self.desks:
            self.desks[office] = Officer(self.eyes, login=f"{office}-1")
            self.desks[office].log_in()
        return self.desks[office]

    def who_takes(self, step: Step) -> Officer:
        """What a party does is written down by whoever serves the notice."""
        office = self.office_of(step)
        return self.at_desk(self.office_of(self.step(Is.NOTICE)) if office in self.book.parties else office)

    @property
    def case_officer(self) -> Officer:
        return self.at_desk(self.office_of(self.step(Is.NOTICE)))

    # --- acts ----------------------------------------------------------------------------------------------

    def look_up(self) -> None:
        """What the code shows today."""
        set_day(self.day.isoformat())
        self.told.append(self.reporter.look_up())

    def act(self, step: Step, key: str | None = None) -> None:
        officer = self.who_takes(step)
        officer.open_step(self.reference, step.name, key)
        for days in (10, 22, 30):
            officer.fill(self.filled(officer.shown, step, fixes=self.day + days * ONE_DAY))
            officer.press("Record")
            if "?new=" in officer.page.url:
                break
        assert "Recorded. See it in the record" in officer.words, (
            f"{step.name} on {self.day}: {officer.words}"
        )

    def sift(self) -> None:
        """Found in the list, read through its seal, and accepted as a case."""
        step = self.step(Is.SIFT)
        officer = self.at_desk(self.office_of(step))
        officer.open("/desk/sift")
        officer.follow(officer.page.get_by_role("link", name=self.reference, exact=True))
        assert "She read my letter aloud." not in officer.words
        officer.page.get_by_label("I know of no conflict of interest of mine").check()
        officer.press("Read the complaint")
        assert "She read my letter aloud." in officer.words
        officer.fill(
            {
                **self.filled(officer.shown, step),
                "outcome": accepting_outcomes(self.book)[0],
                "name_0": "Bo Lind",
                "conduct_0_0": next(iter(self.book.conduct)),
                "alleged_0_0": "Read a private letter aloud.",
            }
        )
        officer.press("Record the decision")
        assert "The decision of the sift is recorded." in officer.words
        assert officer.heading.startswith(f"Case {self.reference}")

    # --- time ----------------------------------------------------------------------------------------------

    def let_run_out(self, step: Step) -> date:
        """Wait, doing what is owed meanwhile, until the last day of this step has gone by; that last day.

        The night itself passes by the button of the demonstration, so that the worker notes what ran out.
        """
        last = max(c.due for c in self.marking.clocks if c.step == step.name and c.is_running and c.due)
        while self.do_one() or self.day < last:
            if not self._is_anything_open():
                self.day = min(self._next_day(), last)
        officer = self.case_officer
        officer.open_case(self.reference)
        officer.next_day()
        self.day = last + ONE_DAY
        return last

    def _is_anything_open(self) -> bool:
        return any(self.is_open(self.book.steps[c.step], c.key) for c in self._owed())
