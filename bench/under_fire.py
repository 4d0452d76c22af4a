"""People who complain and officers who act while the server is killed, and what must hold afterwards."""

import re
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count
from threading import Barrier, Lock, Thread

from bench.office_under_fire import Noted, Office, Officer
from bench.serving import Person

ANSWERS = (
    ("what-happened", {"narrative": "It happened at the rehearsal."}),
    ("about-whom", {"about": "The conductor"}),
    ("when-and-where", {"when": "", "where": ""}),
    ("your-name", {"naming": "anonymous"}),
    ("danger", {"in_danger": "no"}),
)
IN_FLIGHT = 8
OFFICERS = 8
RACING = 4  # of them, for the same step of the same case
TOLD = re.compile(r"Someone else acted first: (.+?), case officer, recorded “update”")


@dataclass
class Killer:
    """Kills the server so many times while `done` goes from 0 to `of`.

    Of `ways`, "all" is all of it; "web" the process that answers alone, which must come again by itself;
    "main" the one that started the others, which must end with it.
    """

    office: Office
    ways: Sequence[str]
    of: int
    done: Callable[[], int]
    _thread: Thread = field(init=False)
    faults: list[BaseException] = field(default_factory=list)
    happened: int = 0

    def __enter__(self) -> "Killer":
        self._thread = Thread(target=self._run)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._thread.join()
        if self.faults:
            raise self.faults[0]

    def _run(self) -> None:
        try:
            for turn, way in enumerate(self.ways, 1):
                at = turn * self.of // (len(self.ways) + 1)
                while self.done() < at:
                    time.sleep(0.002)
                self.office.serving.kill(way)
                self.happened += 1
                self.office.serving.wait_until_answered()
        except BaseException as fault:
            self.faults.append(fault)


@dataclass
class Complaints:
    """So many complaints, several in flight; every receipt that was shown is in `codes`."""

    office: Office
    wanted: int
    ways: Sequence[str] = ()
    codes: list[str] = field(default_factory=list)
    unanswered: int = 0
    seconds: float = 0.0

    def run(self) -> None:
        self.office.sent += self.wanted
        began = time.perf_counter()
        with Killer(self.office, self.ways, self.wanted, lambda: len(self.codes)) as killer:
            with ThreadPoolExecutor(IN_FLIGHT) as pool:
                done = [pool.submit(self._complain) for _ in range(self.wanted)]
            for each in done:
                each.result()
        self.seconds = time.perf_counter() - began
        assert killer.happened == len(self.ways)

    def _complain(self) -> None:
        person = Person(self.office.serving.port)
        person.insist("GET", f"/complain/question/{ANSWERS[0][0]}")
        for slug, said in ANSWERS:
            answered = person.insist("POST", f"/complain/question/{slug}", said)
            assert answered.status == 302, (answered.status, answered.heading)
        sent = person.insist("POST", "/complain/send", {})
        assert sent.location == "/complain/receipt", (sent.status, sent.location, sent.heading)
        receipt = person.insist("GET", "/complain/receipt")
        code = " ".join(re.findall(r"<span>(\d{4})</span>", receipt.html))
        assert len(code) == 24, receipt.words[:500]
        self.codes.append(code)
        self.unanswered += person.unanswered

    def faults(self) -> list[str]:
        """What does not hold, once the record was read; the server runs again."""
        found = []
        if len(set(self.codes)) != self.wanted:
            found.append(f"{len(set(self.codes))} receipts for {self.wanted} complaints")
        with ThreadPoolExecutor(2) as pool:
            pages = list(pool.map(self.office.look_up, self.codes))
        lost = [page for page in pages if page.status != 200]
        found += [f"A receipt opens nothing: {page.status} {page.heading}" for page in lost]
        made = len({each.chain for each in self.office.noted if each.chain.startswith("complaint/")})
        if made != self.office.sent:
            found.append(f"{made} complaints are in the record, {self.office.sent} were sent")
        return found

    def says(self) -> str:
        return (
            f"{len(self.codes)} complaints in {self.seconds:.0f} s, {IN_FLIGHT} in flight; the server was "
            f"killed {len(self.ways)} times, {self.unanswered} requests were cut off and made again"
        )


@dataclass
class Tried:
    """One act tried: by whom, after which fact of which case, and what became of it."""

    who: str
    case: str
    seen: int
    text: str
    is_recorded: bool = False
    told: str = ""  # who acted first


@dataclass
class Acts:
    """So many acts tried by eight officers at once, half of them for the same step of the same case."""

    office: Office
    wanted: int
    ways: Sequence[str] = ()
    tried: list[Tried] = field(default_factory=list)
    unanswered: int = 0
    seconds: float = 0.0
    _texts: "count[int]" = field(default_factory=lambda: count(1))
    _lock: Lock = field(default_factory=Lock)

    def run(self) -> None:
        officers = self.office.officers(*(f"Officer {letter}" for letter in "ABCDEFGH"))
        cases = self._cases(OFFICERS - RACING + 1)
        turns = -(-self.wanted // OFFICERS)
        start = Barrier(OFFICERS)
        began = time.perf_counter()
        with Killer(self.office, self.ways, turns * OFFICERS, lambda: len(self.tried)) as killer:
            with ThreadPoolExecutor(OFFICERS) as pool:
                done = [
                    pool.submit(self._work, officer, cases[max(0, place - RACING + 1)], turns, start)
                    for place, officer in enumerate(officers)
                ]
            for each in done:
                each.result()
        self.seconds = time.perf_counter() - began
        self.unanswered = sum(officer.person.unanswered for officer in officers)
        assert killer.happened == len(self.ways)

    def _cases(self, wanted: int) -> list[str]:
        """Cases of this office; a complaint is sent for each that is lacking."""
        if self.office.sent < wanted:
            Complaints(self.office, wanted - self.office.sent).run()
        self.office.read()
        chains = sorted({each.chain for each in self.office.noted if each.chain.startswith("case/")})
        return [chain.partition("/")[2] for chain in chains[:wanted]]

    def _work(self, officer: Officer, case: str, turns: int, start: Barrier) -> None:
        page = f"/desk/cases/{case}/steps/update"
        try:
            for _ in range(turns):
                form = officer.person.insist("GET", page)
                seen = re.search(r'name="seen"[^>]* value="(\d+)"', form.html)
                assert seen is not None, (form.status, form.words[:500])
                with self._lock:
                    text = f"Act {next(self._texts)}."
                tried = Tried(officer.name, case, int(seen[1]), text)
                start.wait(180)
                self._act(officer, page, tried)
                start.wait(180)  # the next form is opened when everybody has been answered
        except BaseException:
            start.abort()
            raise

    def _act(self, officer: Officer, page: str, tried: Tried) -> None:
        said = {"seen": tried.seen, "on": self.office.today, "reasons": tried.text}
        answer = officer.person.insist("POST", page, said)
        if answer.status == 303:
            tried.is_recorded = True
        else:
            told = TOLD.search(answer.words)
            assert answer.status == 409, (answer.status, answer.words[:500])
            assert told is not None, answer.words[:500]
            tried.told = told[1]
        self.tried.append(tried)

    def faults(self) -> list[str]:
        """What does not hold, once the record was read.

        Of those who tried after the same fact one is in the record, and all others were told of that one.
        """
        facts = [each for each in self.office.noted if each.step == "update"]
        noted = {(each.chain, each.place): each for each in facts}
        at: dict[tuple[str, int], list[Tried]] = {}
        for each in self.tried:
            at.setdefault((f"case/{each.case}", each.seen + 1), []).append(each)
        found = [f for place, tries in at.items() for f in _against(noted.get(place), tries)]
        found += [
            f"{each.chain} {each.place}: nobody tried it"
            for each in facts
            if (each.chain, each.place) not in at
        ]
        doubled = [text for text, times in Counter(each.text for each in facts).items() if times > 1]
        return found + [f"Recorded twice: {text}" for text in doubled]

    def says(self) -> str:
        recorded = len({(each.case, each.seen) for each in self.tried})
        own = sum(each.is_recorded for each in self.tried)
        return (
            f"{len(self.tried)} acts tried by {OFFICERS} officers in {self.seconds:.0f} s: {recorded} to be "
            f"recorded, {own} told so at once, the others told who acted first; the server was killed "
            f"{len(self.ways)} times, {self.unanswered} requests were cut off and made again"
        )


def _against(fact: Noted | None, tries: list[Tried]) -> list[str]:
    """What is wrong with the fact that stands where these people wanted theirs."""
    where = f"case/{tries[0].case} {tries[0].seen + 1}"
    if fact is None:
        return [f"{where}: nothing was recorded"]
    own = [each for each in tries if each.text == fact.text]
    found = []
    if [each.who for each in own] != [fact.who]:
        found.append(f"{where}: recorded by {fact.who}, which nobody who tried was")
    # Whoever was cut off after the record took it in is told their own name when they ask again.
    found += [
        f"{where}: {t.who} was told theirs was recorded" for t in tries if t.is_recorded and t not in own
    ]
    found += [f"{where}: {t.who} was told of {t.told}" for t in tries if t.told and t.told != fact.who]
    return found
