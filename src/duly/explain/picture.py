"""The procedure as a picture: a row for each stage, a box for each step with its time, office, outcomes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

from duly.explain.steps import is_partys
from duly.rulebook.book import Rulebook
from duly.rulebook.phrases import (
    Closes,
    Consequence,
    Counted,
    Direction,
    GoesTo,
    LaterOf,
    Reference,
    StepDone,
    Timing,
)
from duly.rulebook.prose import either, title, words
from duly.rulebook.steps import ANYTIME, Step

# Pixels. A letter is taken for a little wider than it is in the fonts that are likely.
WIDTH, LEFT, EDGE = 1180, 150, 12
BOX, GAP, LINE = 34, 34, 17
LETTER, SMALL = 8.0, 6.8
STYLE = """\
text { font: 13px system-ui, sans-serif; fill: #1b1f24; }
.stage { font-weight: 650; } .name { font-weight: 600; }
.time, .under { font-size: 12px; } .time { fill: #0b5458; } .under { fill: #5b6470; }
rect { fill: #fff; stroke: #3d4550; stroke-width: 1.5; } .party { stroke-dasharray: 4 3; }
.row { stroke: #d8dade; } .flow { stroke: #3d4550; stroke-width: 1.25; }
@media (prefers-color-scheme: dark) {
  text { fill: #e9ecef; } .time { fill: #7fd1cd; } .under { fill: #a7b0ba; }
  rect { fill: #16191d; stroke: #c3cad2; } .row { stroke: #3a4048; } .flow { stroke: #c3cad2; }
}"""


@dataclass(frozen=True, slots=True)
class Box:
    """One step: what stands in the box, over it and under it, line by line."""

    step: Step
    over: str
    under: tuple[str, ...]
    is_partys: bool

    @property
    def width(self) -> int:
        small = max((len(line) for line in (self.over, *self.under)), default=0)
        return int(max(len(title(self.step.name)) * LETTER + 20, small * SMALL)) + 4


def picture(book: Rulebook) -> str:
    """An SVG file that stands by itself: no script, no font or image from elsewhere."""
    rows = [(_heading(home), [_box(book, step) for step in steps]) for home, steps in _homes(book)]
    drawn: list[str] = []
    y = 8
    for heading, boxes in rows:
        drawn.append(f'<line class="row" x1="0" x2="{WIDTH}" y1="{y}" y2="{y}"/>')
        drawn.append(f'<text class="stage" x="0" y="{y + 52}">{escape(heading)}</text>')
        lines, y = _placed(boxes, y + 12)
        drawn += lines
    said = f"The procedure of {book.title}, edition {book.edition}, stage by stage"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y}" width="{WIDTH}" height="{y}"'
        f' role="img" aria-label="{escape(said)}">\n<style>{STYLE}</style>\n'
        + "\n".join(drawn)
        + "\n</svg>\n"
    )


def _homes(book: Rulebook) -> Iterator[tuple[str, list[Step]]]:
    homes = dict.fromkeys((*book.stages, *book.measures, *(step.home for step in book.steps.values())))
    for home in homes:
        if steps := [step for step in book.steps.values() if step.home == home]:
            yield home, steps


def _heading(home: str) -> str:
    return "At any time" if home == ANYTIME else title(home)


def _box(book: Rulebook, step: Step) -> Box:
    under = [either([words(office) for office in step.by])]
    for one in step.outcomes.values():
        under += _leads(words(one.name), one.then) or [words(one.name)]
    under += _leads("", step.then)
    under += _leads("out of time", step.if_late or ())
    return Box(step, " and ".join(map(_time, step.within)), tuple(under), is_partys(book, step))


def _time(timing: Timing) -> str:
    match timing:
        case Counted(direction=Direction.BEFORE):
            return f"{timing.length} before"
        case Counted():
            return str(timing.length)
        case LaterOf(parts=parts):
            return " or ".join(map(_time, parts))
        case _:
            return "that day"


def _leads(what: str, follows: Iterable[Consequence]) -> list[str]:
    """A line for each place it may lead to: "accepted → inquiry", "or → closed as dismissed"."""
    places = [
        words(each.what.stage) if isinstance(each.what, GoesTo) else f"closed as {words(each.what.words)}"
        for each in follows
        if isinstance(each.what, GoesTo | Closes)
    ]
    said = list(dict.fromkeys(places))
    return [f"{'or' if turn else what} → {place}".strip() for turn, place in enumerate(said)]


def _placed(boxes: Sequence[Box], top: int) -> tuple[list[str], int]:
    """Boxes from left to right, in as many lines as they need; and where the next row begins."""
    drawn: list[str] = []
    x, lowest = LEFT, 0
    before: Box | None = None
    for box in boxes:
        if x > LEFT and x + box.width > WIDTH - EDGE:
            x, top, lowest, before = LEFT, top + 2 * LINE + BOX + lowest * LINE, 0, None
        middle = top + LINE + BOX // 2
        if before is not None and before.step.name in _waits_for(box.step):
            drawn.append(_arrow(x - GAP + 3, x - 3, middle))
        drawn += _drawn(box, x, top + LINE)
        lowest = max(lowest, len(box.under))
        x, before = x + box.width + GAP, box
    return drawn, top + LINE + BOX + (lowest + 1) * LINE


def _drawn(box: Box, x: int, y: int) -> Iterator[str]:
    middle = x + box.width // 2
    look = ' class="party"' if box.is_partys else ""
    if box.over:
        yield _text("time", middle, y - 6, box.over)
    yield f'<rect{look} x="{x}" y="{y}" width="{box.width}" height="{BOX}" rx="7"/>'
    yield _text("name", middle, y + 22, title(box.step.name))
    for turn, line in enumerate(box.under, start=1):
        yield _text("under", middle, y + BOX + turn * LINE - 2, line)


def _text(look: str, x: int, y: int, said: str) -> str:
    return f'<text class="{look}" x="{x}" y="{y}" text-anchor="middle">{escape(said)}</text>'


def _arrow(start: int, end: int, y: int) -> str:
    head = f"M{end - 7} {y - 4}L{end} {y}L{end - 7} {y + 4}"
    return f'<path class="flow" fill="none" d="M{start} {y}H{end}{head}"/>'


def _waits_for(step: Step) -> set[str]:
    """The steps that it comes after, or whose doing starts its time."""
    references = [*step.after, *(each for timing in step.within for each in _references(timing))]
    return {each.step for one in references for each in one.any_of if isinstance(each, StepDone)}


def _references(timing: Timing) -> Iterator[Reference]:
    if isinstance(timing, LaterOf):
        for part in timing.parts:
            yield from _references(part)
    else:
        yield timing.reference
