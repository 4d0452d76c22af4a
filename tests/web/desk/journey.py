"""A case taken through its pages under any rulebook: no step, stage, office or outcome is known by name."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

from tests.web.desk.officer import Desk, Officer, Page, set_day

from duly.rulebook.book import Rulebook
from duly.rulebook.phrases import GoesTo
from duly.rulebook.steps import Is, Step
from duly.timetable.clock import Clock
from duly.timetable.marking import Marking
from duly.timetable.milestones import accepting_outcomes
from duly.timetable.objections import objections
from duly_server.services import casework
from duly_server.services.intake import Receipt

ONE_DAY = timedelta(days=1)


@dataclass
class Journey:
    """One complaint and what becomes of it. `day` is today; acts are done by whoever the rulebook says."""

    desk: Desk
    receipt: Receipt
    day: date

    @property
    def book(self) -> Rulebook:
        return self.desk.office.book

    @property
    def reference(self) -> str:
        return self.receipt.case

    @property
    def marking(self) -> Marking:
        return casework.read_record(f"case/{self.reference}").on(self.day)

    def office_of(self, step: Step) -> str:
        return self.marking.offices_of(step)[0]

    def officer(self, office: str) -> Officer:
        set_day(self.day.isoformat())
        return self.desk.as_(office)

    def step(self, kind: Is) -> Step:
        return self.book.steps_that_are(kind)[0]

    # --- acts ----------------------------------------------------------------------------------------

    def sift(self) -> None:
        """Accept it, by the page of the sift."""
        step = self.step(Is.SIFT)
        officer = self.officer(self.office_of(step))
        url = f"/desk/sift/{self.reference}"
        page = officer.get(url)
        typed = {
            **self.filled(page, step),
            "outcome": accepting_outcomes(self.book)[0],
            "name_0": "Bo Lind",
            "conduct_0_0": next(iter(self.book.conduct)),
            "alleged_0_0": "Mocked a player at each rehearsal.",
        }
        officer.post(url, typed)

    def act(self, step: Step, key: str | None = None) -> Page:
        """Take a step by its page, with everything that its form asks for."""
        officer = self.officer(self.office_of(step))
        url = f"/desk/cases/{self.reference}/steps/{step.name}{f'?key={key}' if key else ''}"
        for days in (10, 22, 30):
            typed = self.filled(officer.get(url), step, fixes=self.day + timedelta(days=days))
            answer = officer.client.post(url, typed)
            if answer.status_code == 303:
                break
        page = Page(answer.content.decode(), answer.status_code, answer.headers.get("Location", ""))
        assert page.status == 303, f"{step.name} on {self.day}: {page.words}"
        return page

    def filled(self, page: Page, step: Step, fixes: date | None = None) -> dict[str, object]:
        typed: dict[str, object] = dict(page.form())
        for name in ("stated", "served_on", "agreed_by", "present"):
            if options := page.options(name):
                typed[name] = options
        for name in typed:
            if name.startswith(("reasons", "narrative")):
                typed[name] = "Said in writing."
            elif name.startswith("day_"):
                typed[name] = fixes.isoformat() if fixes else ""
        if "channel" in typed:
            typed["channel"] = "e-mail"
        if grounds := page.options("ground"):
            typed["ground"] = grounds[0]
        names = [name for name in self.marking.allegations if page.options(f"outcome_{name}")]
        for name in [
            *(f"outcome_{each}" for each in names),
            *(["outcome"] if page.options("outcome") else []),
        ]:
            typed[name] = self.outcome(step)
        if step.is_ is Is.SANCTION:
            rung = [each for each in self.book.sanctions.values() if each.most][-1]
            typed |= {"sanction": rung.name, "amount": "6", "unit": "months"}
        return typed

    def outcome(self, step: Step) -> str:
        """Against a party where there is such an outcome, else the one that takes the case furthest."""
        if step.is_ in (Is.FINDING, Is.SANCTION):
            return step.adverse[0]
        return max(
            (each for each in step.outcomes.values() if not each.agreed_by),
            key=lambda each: max((self._stage(p.what) for p in each.then), default=-1),
        ).name

    def _stage(self, what: object) -> int:
        return self.book.stages.index(what.stage) if isinstance(what, GoesTo) else -1

    # --- going on ------------------------------------------------------------------------------------

    def go_on(self, until: Is) -> None:
        """Whoever owes something does it on the first day it is open, until a step of this kind is open."""
        for turn in count():
            assert turn < 200, f"no way to {until} by {self.day}: {[c.step for c in self._owed()]}"
            if self.is_open(self.step(until)):
                return
            if not self.do_one():
                self.day = self._next_day()

    def do_one(self) -> bool:
        """Do what is owed first among what is open today, if anything is."""
        for clock in self._owed():
            step = self.book.steps[clock.step]
            if self.is_open(step, clock.key):
                self.act(step, clock.key)
                return True
        return False

    def is_open(self, step: Step, key: str | None = None) -> bool:
        return not tuple(objections(self.marking, step, key=key))

    def _owed(self) -> list[Clock]:
        """What the office owes now; a report on progress only on its last day."""
        running = [c for c in self.marking.clocks if c.is_running and not c.is_party and c.due is not None]
        steps = self.book.steps
        wanted = [c for c in running if steps[c.step].is_ is not Is.PROGRESS or c.due == self.day]
        return sorted(wanted, key=lambda clock: (clock.due or date.max, clock.order))

    def _next_day(self) -> date:
        """The next day on which something opens or runs out."""
        days = [self.day + 30 * ONE_DAY]
        for clock in self.marking.clocks:
            if clock.is_running and clock.due is not None:
                progress = self.book.steps[clock.step].is_ is Is.PROGRESS
                days += [clock.due, clock.due + ONE_DAY] if progress else [clock.due + ONE_DAY]
                against = objections(self.marking, self.book.steps[clock.step], key=clock.key)
                days += [problem.opens_on for problem in against if problem.opens_on]
        days += list(self.marking.days.values())
        return min(day for day in days if day > self.day)
