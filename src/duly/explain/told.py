"""What is told, and to whom: headings with sentences, and "you" for the reader."""

from dataclasses import dataclass

from duly.rulebook.prose import either, words


@dataclass(frozen=True, slots=True)
class Sentence:
    """One or more sentences that belong together, and the clause they rest on ("" where none is named)."""

    says: str
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    heading: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Reader:
    """`office` is the reader's own; None: nobody's, and everybody is named."""

    office: str | None = None

    def name(self, office: str) -> str:
        """ "you", "the panel"."""
        return "you" if office == self.office else f"the {words(office)}"

    def any_of(self, offices: tuple[str, ...]) -> str:
        """ "you", "you or the respondent": the reader first."""
        return either([self.name(each) for each in sorted(offices, key=lambda each: each != self.office)])

    def is_among(self, offices: tuple[str, ...]) -> bool:
        return self.office is not None and self.office in offices

    def spoken_to(self, said: str) -> str:
        """What the rulebook says of the reader's office, said to them."""
        if self.office is None:
            return said
        name = f"the {words(self.office)}"
        return said.replace(f"{name} is ", "you are ").replace(f"by {name}", "by you")


def sentence(said: str) -> str:
    """With a capital letter, and a full stop unless it has one."""
    return f"{said[:1].upper()}{said[1:]}{'' if said.endswith(('.', '?', '”.')) else '.'}"
