"""Small rulebooks and records at random. Many rulebooks make no sense; the reader refuses them."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from tests.timetable.reference.plain import (
    OFFICES,
    PARTIES,
    Book,
    Claim,
    Instead,
    Limit,
    Occ,
    Part,
    Phrase,
    Ref,
    Step,
    Test,
    Time,
)

FIRST = date(2026, 3, 20)  # Good Friday and Easter Monday are a fortnight on
SPAN = 60  # days that a record lasts
UNITS = ("days", "days", "days", "working days", "working days", "clear days", "weeks", "months")
NAMES = ("ask", "bind", "call", "deal", "ease", "file", "give")


@dataclass
class Noted:
    """One fact. `kind` is act, extend, pause, resume, answer or waive."""

    on: date
    kind: str
    name: str
    outcome: str | None = None
    key: str | None = None
    by: str | None = None
    until: date | None = None
    days: dict[str, date] = field(default_factory=dict)


class Maker:
    """Makes one rulebook, piece by piece, from one source of chance."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.stages = ["one", "two", "three", "four"][: rng.randint(2, 4)]
        self.names = list(NAMES[: rng.randint(2, 7)])
        self.measures = ["hold"] if rng.random() < 0.3 else []
        self.questions = {"abroad": ("no", "yes")} if rng.random() < 0.5 else {}
        self.days = ["hearing"] if rng.random() < 0.3 else []
        self.outcomes = {n: ("yes", "no") if rng.random() < 0.4 else () for n in self.names}
        self.timed = {n for n in self.names if rng.random() < 0.75}
        self.pers = {n: rng.choice(["party", "allegation"]) for n in self.names if rng.random() < 0.25}

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def occ(self, me: str, *, due: bool = True) -> Occ:
        rng, others = self.rng, [n for n in self.names if n != me] + ["receive"]
        kind = rng.choice(["step"] * 6 + ["begins"] * 3 + ["ends", "due", "day", "opens", "closes"])
        if kind == "due" and due:
            earlier = [n for n in self.names[: self.names.index(me)] if n in self.timed]
            if earlier:
                return Occ("due", rng.choice(earlier))
        if kind in ("begins", "ends"):
            return Occ(kind, rng.choice(self.stages + self.measures))
        if kind == "day" and self.days:
            return Occ("day", rng.choice(self.days))
        if kind in ("opens", "closes"):
            return Occ(kind)
        name = rng.choice(others)
        outcomes = self.outcomes.get(name, ())
        outcome = rng.choice(outcomes) if outcomes and self.chance(0.4) else None
        return Occ("step", name, outcome)

    def ref(self, me: str, *, timed: bool = False, which: bool = True) -> Ref:
        if timed and self.chance(0.4):
            waited = [n for n in self.names if n != me and n in self.timed]
            if waited:
                return Ref((Occ("step", self.rng.choice(waited)),), time_up=True)
        any_of = [self.occ(me)]
        if any_of[0].kind == "step" and self.chance(0.15):
            any_of.append(self.occ(me, due=False))
        steps = all(o.kind in ("step", "begins") for o in any_of)
        return Ref(tuple(any_of), self.rng.choice(["", "first", "latest"]) if which and steps else "")

    def part(self, me: str) -> Part:
        ref = self.ref(me, timed=True)
        if self.chance(0.06):
            return Part(ref)
        unit = self.rng.choice(UNITS)
        n = self.rng.choice([1, 1, 2]) if unit in ("weeks", "months") else self.rng.randint(1, 15)
        day = ref.any_of[0].kind == "day"
        way = "before" if day and self.chance(0.7) else self.rng.choice(["after"] * 5 + ["beginning with"])
        return Part(ref, n, unit, way)

    def time(self, me: str) -> Time:
        return tuple(self.part(me) for _ in range(2 if self.chance(0.12) else 1))

    def claim(self, me: str) -> Claim:
        kind, no = self.rng.choice(["question", "open", "owed", "done"]), self.chance(0.5)
        if kind == "question" and self.questions:
            return Claim(kind, "abroad", self.rng.choice(["no", "yes"]), no=no)
        if kind == "open":
            return Claim(kind, self.rng.choice(self.stages + self.measures), no=no)
        if kind == "owed":
            return Claim(kind, self.rng.choice(self.names), no=no)
        if self.timed and self.chance(0.1):
            return Claim("done", ref=Ref((Occ("due", self.rng.choice(sorted(self.timed))),)), no=no)
        which = self.rng.choice(["", "first"])
        name = self.rng.choice(self.names)
        return Claim("done", ref=Ref((Occ("step", name),), which), no=no)

    def test(self, me: str) -> Test:
        return tuple(
            tuple(self.claim(me) for _ in range(self.rng.choice([1, 1, 2])))
            for _ in range(self.rng.choice([1, 1, 2]))
        )

    def phrase(self, me: str, *, late: bool = False) -> Phrase:
        rng = self.rng
        verbs = ["goes"] * 4 + ["begins", "begins", "ends", "ends", "closes", "tells", "linked", "nothing"]
        verb = rng.choice(verbs + ["late", "counts", "counts", "tells"] * late)
        when = self.test(me) if self.chance(0.25) else ()
        match verb:
            case "goes" | "begins":
                what = self.stages if verb == "goes" else self.stages + self.measures
                return Phrase(verb, rng.choice(what), when=when)
            case "ends":
                return Phrase(verb, rng.choice(self.stages + self.measures + self.names), when=when)
            case "closes":
                return Phrase(verb, rng.choice(["settled", "dropped"]), when=when)
            case "counts":
                decided = [n for n in self.names if self.outcomes[n]]
                if decided:
                    name = rng.choice(decided)
                    return Phrase(verb, name, rng.choice(self.outcomes[name]), when=when)
                return Phrase("nothing")
            case _:
                return Phrase(verb, rng.choice(OFFICES) if verb == "tells" else "", when=when)

    def phrases(self, me: str, *, late: bool = False) -> tuple[Phrase, ...]:
        return tuple(self.phrase(me, late=late) for _ in range(self.rng.choice([1, 1, 1, 2])))

    def step(self, name: str) -> Step:
        rng = self.rng
        section = rng.choice(self.stages * 4 + self.measures * 3 + ["anytime"])
        per = self.pers.get(name)
        by: tuple[str, ...] = tuple(PARTIES) if per == "party" and self.chance(0.6) else ()
        by = by or ((rng.choice(list(PARTIES)),) if self.chance(0.35) else (rng.choice(OFFICES[:3]),))
        during = tuple(rng.sample(self.stages, 2)) if self.chance(0.4) else ()
        step = Step(name, section, by, stages=during if section == "anytime" else (section,), per=per)
        if self.chance(0.35):
            step.after = (self.ref(name, timed=True, which=self.chance(0.3)),)
        if self.chance(0.15):
            step.not_before = (self.time(name),)
        if self.chance(0.2):
            step.only_if = self.test(name)
        if name in self.timed:
            step.within = tuple(self.time(name) for _ in range(2 if self.chance(0.1) else 1))
            step.if_late = self.phrases(name, late=True) if self.chance(0.75) else None
            step.extend = self.chance(0.5)
            step.runs_on = self.chance(0.08)
        if self.questions and step.within and self.chance(0.5):
            step.instead = (self.other(step),)
        step.outcomes = {each: self.phrases(name) for each in self.outcomes[name]}
        if step.outcomes and self.chance(0.15):
            step.outcome_after["no"] = (self.ref(name, which=False),)
        if not step.outcomes or self.chance(0.1):
            step.then = self.phrases(name) if self.chance(0.6) else ()
        step.times = rng.choice([1, 1, 1, 2, None])
        step.sets = tuple(self.days) if self.chance(0.4) else ()
        step.closed_too = section == "anytime" and self.chance(0.3)
        return step

    def other(self, step: Step) -> Instead:
        """Another length from the same day, another office, or both."""
        when: Test = ((Claim("question", "abroad", "yes"),),)
        longer = tuple(
            tuple(Part(p.ref, p.n and max(1, p.n + self.rng.randint(-6, 9)), p.unit, p.way) for p in time)
            for time in step.within
        )
        is_office = not set(step.by) & set(PARTIES)
        by = (self.rng.choice(OFFICES[:3]),) if is_office and self.chance(0.3) else None
        return Instead(when, by, longer)

    def book(self) -> Book:
        rng = self.rng
        steps = {"receive": Step("receive", "one", ("officer",), stages=("one",))}
        steps |= {name: self.step(name) for name in self.names}
        limits = []
        if self.chance(0.2) and self.timed:
            on = rng.choice(sorted(self.timed))
            limits.append(Limit("backstop", on, self.time(on), self.phrases(on, late=True)))
        ends_with = tuple(rng.sample(self.names, 1)) if self.chance(0.5) else ()
        at_most = rng.randint(5, 20) if self.chance(0.6) else None
        days: dict[str, tuple[str, tuple[str, ...]] | None] = {}
        setters = [name for name in self.names if steps[name].sets]
        for day in self.days:
            along = tuple(rng.sample(sorted(self.timed), 1)) if self.timed and self.chance(0.5) else ()
            days[day] = (rng.choice(setters), along) if setters and self.chance(0.5) else None
        return Book(
            stages=self.stages,
            steps=steps,
            limits=limits,
            measures=dict.fromkeys(self.measures, (at_most, ends_with)),
            pauses={"police": rng.randint(5, 30)} if self.chance(0.5) else {},
            questions=self.questions,
            rolls=self.chance(0.5),
            default_late=self.chance(0.5),
            days=days,
        )


def record(book: Book, rng: Random) -> list[Noted]:
    """What was done and when, in the order in which it was noted: some of it late."""
    found = [Noted(FIRST, "act", "receive", by="officer")]
    names = [name for name in book.steps if name != "receive"]
    for _ in range(rng.randint(2, 14)):
        on = FIRST + timedelta(days=rng.randint(0, SPAN))
        kind = rng.choice(["act"] * 9 + ["extend", "extend", "pause", "resume", "resume", "answer", "waive"])
        name = rng.choice(names)
        step = book.steps[name]
        key = rng.choice(["C1", "R"] if step.per == "party" else ["A1", "A2"]) if step.per else None
        if kind == "act":
            outcome = rng.choice(list(step.outcomes)) if step.outcomes else None
            days = {day: on + timedelta(days=rng.randint(1, 30)) for day in step.sets}
            found.append(Noted(on, kind, name, outcome, key, rng.choice(step.by), days=days))
        elif kind == "extend" and step.extend:
            until = on + timedelta(days=rng.randint(0, 30))
            found.append(Noted(on, kind, name, key=key if rng.random() < 0.5 else None, until=until))
        elif kind in ("pause", "resume") and book.pauses:
            found.append(Noted(on, kind, "police"))
        elif kind == "answer" and book.questions:
            found.append(Noted(on, kind, "abroad", rng.choice(["no", "yes"])))
        elif kind == "waive" and set(step.by) <= set(PARTIES) and step.within:
            found.append(Noted(on, kind, name, key=key))
    if rng.random() < 0.7:
        found.sort(key=lambda noted: noted.on)
    return found
