"""Disk, database, key store and clock fail under a served office: it says so, keeps nothing it cannot keep,
and goes on by itself.

Each is really taken away and given back (tests/faults/breakable.py), for a few seconds; with DULY_TEST_LONG=1
for a minute.
"""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from itertools import count
from pathlib import Path

import pytest
from bench.office_under_fire import Office, Officer, made
from bench.serving import Answer, Person, wait_until
from bench.under_fire import ANSWERS
from tests.faults.breakable import Breakable, breakable, can_mount

HEADING = "We cannot do this just now"
SECONDS = 60.0 if os.environ.get("DULY_TEST_LONG") == "1" else 3.0
IS_SMALL = can_mount()
NUMBERS = count(1)


@dataclass
class Broken:
    """An office, and the ways to take away what it works with."""

    office: Office
    breaks: Breakable
    officer: Officer
    case: str
    texts: list[str] = field(default_factory=list)

    @property
    def page(self) -> str:
        return f"/desk/cases/{self.case}/steps/update"

    def ready_to_send(self) -> Person:
        """Somebody who has answered every question."""
        person = Person(self.office.serving.port)
        person.insist("GET", f"/complain/question/{ANSWERS[0][0]}")
        for slug, said in ANSWERS:
            answered = person.insist("POST", f"/complain/question/{slug}", said)
            assert answered.status == 302, (answered.status, answered.words)
        return person

    def send(self, person: Person) -> Answer:
        return person.insist("POST", "/complain/send", {})

    def open_form(self) -> dict[str, str]:
        """What the officer writes into the form of a step."""
        form = self.officer.person.insist("GET", self.page)
        assert form.status == 200, (form.status, form.words)
        seen = form.html.partition('name="seen" value="')[2].partition('"')[0]
        return {"seen": seen, "on": self.office.today, "reasons": f"Told in time {next(NUMBERS)}."}

    def act(self, said: dict[str, str]) -> Answer:
        return self.officer.person.insist("POST", self.page, said)

    def lines(self) -> str:
        return self.office.serving.log.read_text()

    def check_goes_on(self, person: Person, said: dict[str, str]) -> None:
        """The same complaint and the same act, sent once more, are taken; and nothing came in twice."""
        sent = self.send(person)
        assert sent.location == "/complain/receipt", (sent.status, sent.heading, sent.words)
        self.office.sent += 1
        assert person.insist("GET", "/complain/receipt").status == 200
        done = self.act(said)
        assert done.status == 303, (done.status, done.words)
        self.texts.append(said["reasons"])
        assert self.office.faults_of_the_record() == []
        noted = self.office.noted
        assert len({each.chain for each in noted if each.chain.startswith("complaint/")}) == self.office.sent
        assert [each.text for each in noted if each.step == "update"] == self.texts


@pytest.fixture(scope="module")
def broken(database_vendor: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Broken]:
    folder: Path = tmp_path_factory.mktemp("broken")
    with breakable(database_vendor, small=IS_SMALL) as breaks:
        office = made(folder / "office", breaks.environment)
        office.serving.start()
        try:
            (officer,) = office.officers("Officer A")
            found = Broken(office, breaks, officer, "")
            assert found.send(found.ready_to_send()).status == 302
            office.sent = 1
            assert office.faults_of_the_record() == []
            chain = next(each.chain for each in office.noted if each.chain.startswith("case/"))
            found.case = chain.partition("/")[2]
            yield found
        finally:
            office.serving.stop()


Takes = Callable[[Broken], AbstractContextManager[None]]
LACKING: dict[str, tuple[Takes, int, str, str]] = {
    "database": (
        lambda broken: broken.breaks.gone(),
        503,
        "The database of this office cannot be reached.",
        "the database cannot be reached",
    ),
    "key store": (
        lambda broken: broken.breaks.keys_gone(),
        503,
        "The keys of this office cannot be read",
        "",
    ),
    "clock": (lambda broken: set_back(broken.office), 503, "was set back", "the clock was set back"),
}


@pytest.mark.parametrize("what", LACKING)
def test_what_is_gone_is_named_nothing_is_kept_and_all_goes_on_when_it_is_back(
    broken: Broken, what: str
) -> None:
    takes, status, says, line = LACKING[what]
    person, said = broken.ready_to_send(), broken.open_form()
    logged = len(broken.lines())
    with takes(broken):
        for _ in range(2):
            for answer in (broken.send(person), broken.act(said)):
                assert (answer.status, answer.heading) == (status, HEADING), answer.words
                assert says in answer.words
        time.sleep(SECONDS)
        assert broken.send(person).status == status
        assert "Traceback" not in broken.lines()
        if line:
            is_told = partial(of, broken, logged, line)
            wait_until(lambda: '"duly.work"' in is_told(), "The worker said nothing.")
    broken.check_goes_on(person, said)


def of(broken: Broken, since: int, what: str) -> str:
    """The lines of the log that say this."""
    return "\n".join(line for line in broken.lines()[since:].splitlines() if what in line)


def test_on_a_full_disk_nothing_is_half_saved_and_all_goes_on_when_there_is_room(broken: Broken) -> None:
    statuses = set[int]()
    for full in broken.breaks.ways_to_be_full(broken.office.serving):
        people, said = [broken.ready_to_send() for _ in range(8)], broken.open_form()
        logged = len(broken.lines())
        with full:
            check_refused(until_refused(lambda: write_much(broken)))
            refused = people.pop()
            while (answer := broken.send(refused)).status == 302:  # there was a little room for it
                broken.office.sent += 1
                refused = people.pop()
            check_refused(answer)
            statuses.add(answer.status)
            # Where no file may grow, neither may the log.
            assert answer.status != 507 or of(broken, logged, "the disk is full")
        broken.check_goes_on(refused, said)
    assert 507 in statuses or not IS_SMALL


def check_refused(answer: Answer) -> None:
    assert answer.heading == HEADING, (answer.status, answer.words)
    is_full = "The disk that this office writes to is full." in answer.words
    assert answer.status == (507 if is_full else 503)
    assert is_full or "cannot be read or written" in answer.words


def until_refused(write: Callable[[], Answer]) -> Answer:
    for _ in range(400):
        if (answer := write()).status >= 500:
            return answer
    raise AssertionError("The disk did not get full.")


def write_much(broken: Broken) -> Answer:
    """The longest answer that a question takes, of somebody who comes for the first time."""
    person = Person(broken.office.serving.port)
    page = f"/complain/question/{ANSWERS[0][0]}"
    person.insist("GET", page)
    return person.insist("POST", page, {"narrative": "x" * 19_000})


@contextmanager
def set_back(office: Office) -> Iterator[None]:
    """Before what was noted last: the record was counted on the day after that."""
    today = office.today
    office.day.write_text((date.fromisoformat(today) - timedelta(days=2)).isoformat())
    try:
        yield
    finally:
        office.day.write_text(today)


def test_an_office_goes_on_while_its_keyring_cannot_be_read_and_none_starts(broken: Broken) -> None:
    person, said = broken.ready_to_send(), broken.open_form()
    keyring = Path(broken.office.environment["DULY_KEYRING"])
    away = keyring.with_name("away")
    keyring.rename(away)
    keyring.touch(mode=0o600)  # who is root may read whatever is there
    try:
        for command in (["serve", "--port", "1"], ["record", "verify"]):
            done = broken.office.serving.duly(*command)
            assert done.returncode == 1, (command, done.stdout, done.stderr)
            assert "Traceback" not in done.stderr
            assert "keyring" in done.stderr, done.stderr
        assert broken.send(person).location == "/complain/receipt"  # with the keys it has read
        broken.office.sent += 1
        other = broken.ready_to_send()
    finally:
        keyring.unlink()
        away.rename(keyring)
    broken.check_goes_on(other, said)
