"""A table of the file, asked key by key; `finish` then notes the keys that nobody asked for."""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

from duly.rulebook.fault import shown
from duly.rulebook.following import read_following, read_test
from duly.rulebook.grammar import read_references, read_timings
from duly.rulebook.lengths import read_every, read_length
from duly.rulebook.names import MOST_MEMBERS, Kind, Spot
from duly.rulebook.phrases import Consequence, Reference, Test, Timing
from duly.rulebook.values import DAMAGED, as_list, as_table
from duly.vocabulary import Length

Choice = TypeVar("Choice", bound=StrEnum)
MOST_NUMBER = 1_000

MARK = re.compile(r"[A-Za-z0-9.-]{1,40}\Z")  # as the record takes the name of an edition or of a calendar


class Form:
    """One table. A key that could not be read as TOML counts as given and yields nothing."""

    def __init__(self, values: dict[str, object], spot: Spot) -> None:
        self.values = values
        self.spot = spot
        self.asked: dict[str, None] = {}

    def __contains__(self, key: str) -> bool:
        return key in self.values

    @property
    def is_damaged(self) -> bool:
        return any(value is DAMAGED for value in self.values.values())

    def at(self, key: str) -> Spot:
        return self.spot.under(key)

    def note(self, key: str, says: str, remedy: str) -> None:
        self.at(key).note(says, remedy)

    def note_missing(self, key: str, example: str) -> None:
        if not self.is_damaged:
            self.spot.note(f"{key} is missing.", f"Add {example}.")

    def __iter__(self) -> Iterator[str]:
        """Every key, for tables whose keys are names."""
        yield from self.values

    def take(self, key: str) -> object:
        """The value as it stands; None if the key is not there or could not be read."""
        self.asked[key] = None
        value = self.values.get(key)
        return None if value is DAMAGED else value

    def mark(self, key: str, *, needed: str) -> str | None:
        """A text that the record may hold as it is: letters of ASCII, digits, points and hyphens."""
        value = self.text(key, needed=needed, most=40)
        if value is None or MARK.match(value):
            return value
        plain = re.sub(r"[^A-Za-z0-9.-]+", "-", value).strip("-")
        says = f'"{shown(value)}" holds more than letters from A to Z, digits, points and hyphens.'
        self.note(key, says, f'Write {key} = "{plain}".' if plain else f"For instance {needed}.")
        return None

    def text(self, key: str, *, needed: str = "", most: int = 2_000) -> str | None:
        """A text; `needed` is an example of the line, where the key may not be left out."""
        value = self.take(key)
        if value is None:
            if needed and key not in self.values:
                self.note_missing(key, needed)
            return None
        if isinstance(value, str):
            if value.strip() and len(value) <= most:
                return value
            says = (
                "there are no words in it."
                if not value.strip()
                else f"the text has {len(value):,} characters."
            )
            self.note(key, says, f"Write from 1 to {most:,} characters, or leave the key out.")
            return None
        quoted = as_list(value) is None and as_table(value) is None
        written = (
            "true" if value is True else "false" if value is False else shown(str(value)) if quoted else ""
        )
        remedy = f'Write {key} = "{written or "words"}".'
        self.note(key, f"I expected words in quotation marks, not {kind_of(value)}.", remedy)
        return None

    def texts(self, key: str) -> tuple[str, ...]:
        """A text or a list of texts."""
        members = as_list(self.values.get(key))
        if members is None:
            one = self.text(key)
            return () if one is None else (one,)
        self.asked[key] = None
        spot = self.at(key)
        found: list[str] = []
        if len(members) > MOST_MEMBERS:
            spot.note(f"the list has {len(members):,} members.", f"Keep it to {MOST_MEMBERS}.")
        for n, each in enumerate(members[:MOST_MEMBERS]):
            if isinstance(each, str) and each.strip():
                found.append(each)
            else:
                spot.member(n).note(
                    f"I expected words in quotation marks, not {kind_of(each)}.",
                    f'Write {key} = ["one", "two"].',
                )
        if len(set(found)) < len(found):
            twice = next(each for each in found if found.count(each) > 1)
            spot.note(f'"{shown(twice)}" stands twice.', "Keep one of them.")
        return tuple(found)

    def name(self, key: str, *kinds: Kind, needed: str = "") -> str | None:
        word = self.text(key, needed=needed)
        if word is not None:
            self.at(key).is_name(word, *kinds)
        return word

    def names(self, key: str, *kinds: Kind, needed: str = "") -> tuple[str, ...]:
        """Names of things of these kinds: one, or a list."""
        words = self.texts(key)
        spot = self.at(key)
        is_list = as_list(self.values.get(key)) is not None
        for n, word in enumerate(words):
            (spot.member(n) if is_list else spot).is_name(word, *kinds)
        if needed and key not in self.values:
            self.note_missing(key, needed)
        elif needed and is_list and not words:
            self.note(key, "the list is empty.", f"Write {needed}.")
        return words

    def whole(self, key: str, *, least: int = 1, most: int = MOST_NUMBER) -> int | None:
        value = self.take(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int):
            self.note(key, f"I expected a whole number, not {kind_of(value)}.", f"Write {key} = {least}.")
            return None
        if not least <= value <= most:
            self.note(key, "the number is out of bounds.", f"Write a number from {least} to {most:,}.")
            return None
        return value

    def flag(self, key: str) -> bool:
        value = self.take(key)
        if value is not None and not isinstance(value, bool):
            self.note(key, f"I expected true or false, not {kind_of(value)}.", f"Write {key} = true.")
        return value is True

    def day(self, key: str, *, needed: str = "") -> date | None:
        value = self.take(key)
        if value is None:
            if needed and key not in self.values:
                self.note_missing(key, needed)
            return None
        if isinstance(value, datetime) or not isinstance(value, date):
            self.note(key, f"I expected a day, not {kind_of(value)}.", f"Write {key} = 2026-01-31.")
            return None
        return value

    def choice(self, key: str, words: type[Choice]) -> Choice | None:
        """One of a closed list of words."""
        word = self.text(key)
        if word is None or word in {each.value for each in words}:
            return None if word is None else words(word)
        known = [each.value for each in words]
        near = self.spot.reading.meant(word, known)
        all_words = f"Say one of: {', '.join(known)}."
        self.at(key).note_said(
            word, f'I do not know "{shown(word)}".', f'Did you mean "{shown(near)}"?' if near else all_words
        )
        return None

    def length(self, key: str, *, needed: str = "") -> Length | None:
        text = self.text(key, needed=needed)
        return None if text is None else read_length(text, self.at(key))

    def every(self, key: str) -> Length | None:
        text = self.text(key)
        return None if text is None else read_every(text, self.at(key))

    def timings(self, key: str, *, outside: bool = False) -> tuple[Timing, ...]:
        value = self.take(key)
        return () if value is None else read_timings(value, self.at(key), outside=outside)

    def timing(self, key: str, *, outside: bool = False) -> Timing | None:
        """Exactly one time."""
        found = self.timings(key, outside=outside)
        if len(found) > 1:
            self.note(key, "only one time may stand here.", "Keep one of them.")
        return found[0] if found else None

    def references(self, key: str) -> tuple[Reference, ...]:
        value = self.take(key)
        return () if value is None else read_references(value, self.at(key))

    def test(self, key: str) -> Test:
        value = self.take(key)
        return Test() if value is None else read_test(value, self.at(key))

    def following(self, key: str) -> tuple[Consequence, ...]:
        value = self.take(key)
        return () if value is None else read_following(value, self.at(key))

    def form(self, key: str) -> "Form | None":
        """The table under this key."""
        value = self.take(key)
        table = as_table(value)
        if value is not None and table is None:
            self.note(
                key, f"I expected a table, not {kind_of(value)}.", f'Write {key} = {{ one = "words" }}.'
            )
        return None if table is None else Form(table, self.at(key))

    def part(self, key: str) -> "Form":
        """The table under this key, or an empty one."""
        return self.form(key) or Form({}, self.at(key))

    def forms(self, key: str) -> list["Form"]:
        """The tables of a list under this key, or the one table."""
        members = as_list(self.values.get(key))
        if members is None:
            one = self.form(key)
            return [] if one is None else [one]
        self.asked[key] = None
        spot = self.at(key)
        found: list[Form] = []
        if len(members) > MOST_MEMBERS:
            spot.note(f"the list has {len(members):,} members.", f"Keep it to {MOST_MEMBERS}.")
        for n, each in enumerate(members[:MOST_MEMBERS]):
            table = as_table(each)
            if table is None:
                inner = spot.member(n)
                inner.note(
                    f"I expected a table, not {kind_of(each)}.", f'Write {key} = [{{ one = "words" }}].'
                )
            else:
                found.append(Form(table, spot.member(n)))
        return found

    def finish(
        self, what: str, *, known: tuple[str, ...] = (), remedies: Callable[[str], str] | None = None
    ) -> None:
        """Note every key that was not asked for; `known` are the keys to name then, if not those asked."""
        keys = known or tuple(self.asked)
        for key, value in self.values.items():
            if key in self.asked or value is DAMAGED:
                continue
            near = self.spot.reading.meant(key, keys)
            remedy = (remedies(key) if remedies else "") or (
                f'Did you mean "{near}"?' if near else f"The keys of {what} are: {', '.join(keys)}."
            )
            self.note(key, f"{what} has no such key.", remedy)


def kind_of(value: object) -> str:
    """What a value of TOML is, in a sentence."""
    names: tuple[tuple[type, str], ...] = (
        (bool, "true or false"),
        (str, "words"),
        (int, "a number"),
        (float, "a number with a point"),
        (datetime, "an instant"),
        (date, "a day"),
        (list, "a list"),
        (dict, "a table"),
    )
    return next((name for kind, name in names if isinstance(value, kind)), "something else")
