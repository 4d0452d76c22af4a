"""Files and maps for the tests of importing, said shortly."""

import hashlib
from datetime import date
from pathlib import Path

from tests.services.office import instant

from duly_server.gateways.files import HandedIn, read_file
from duly_server.services.history.importing import Taken, import_complaints
from duly_server.services.history.mapping import FileMap, read_map

PHILADELPHIA = Path(__file__).parents[2] / "data/philadelphia"
MAP = """
source = "The old ledger"
[complaints]
complaint = "No"
received = "Day"
told = "What"
complainant = "Who"
contact = "Reach"
[complaints.also]
Place = "Where"
[allegations]
complaint = "No"
accused = "Against"
allegation = "Of what"
finding = "Found"
unknown = ["?"]
pending = ["open"]
"""
COMPLAINTS = """No,Day,What,Who,Reach,Where
7,2019-03-04,A row in the hall,,,North
8,2019-05-06,"Shouting,
twice",Ada Winter,ada@example.org,
"""
ALLEGATIONS = """No,Against,Of what,Found
7,AB,Rudeness,upheld
7,CD,Rudeness,open
7,AB,Rudeness,upheld
8,?,Noise,
8,?,Noise,
"""


def handed(text: str | bytes, name: str = "complaints.csv") -> HandedIn:
    content = text.encode() if isinstance(text, str) else text
    return HandedIn(name, hashlib.sha256(content).hexdigest(), content)


def the_map(text: str = MAP) -> FileMap:
    said = read_map(text)
    assert isinstance(said, FileMap), said
    return said


def taken(*texts: str | bytes, using: str = MAP, on: str = "2026-03-02") -> Taken:
    """What importing these comes to; the first is "complaints.csv", the second "allegations.csv"."""
    names = ("complaints.csv", "allegations.csv", "more.csv")
    files = [handed(text, name) for text, name in zip(texts, names, strict=False)]
    day = date.fromisoformat(on)
    return import_complaints(files, the_map(using), on=day, at=instant(day))


def philadelphia() -> tuple[list[HandedIn], FileMap]:
    files = [read_file(path) for path in sorted(PHILADELPHIA.glob("*.csv.gz"))]
    return files, the_map((PHILADELPHIA / "map.toml").read_text())
