"""The clock bar as SVG: of a case with many pauses it has a hundred pieces, too many for a template."""

from collections.abc import Iterator
from html import escape

from django.utils.safestring import SafeString, mark_safe

from duly_server.web.shared.drawing import Added, Block, ClockDrawing


def bar(drawing: ClockDrawing) -> SafeString:
    # The sentence is escaped; all else is numbers and the names of this package's own enums.
    return mark_safe("".join(_pieces(drawing)))  # noqa: S308 -- said above


def _pieces(drawing: ClockDrawing) -> Iterator[str]:
    size, today = drawing.size.value, drawing.today_percent
    yield f'<svg class="clock clock-{size}" role="img" aria-label="{escape(drawing.says)}">'
    for x in drawing.lines:
        yield f'<line class="clock-month" x1="{x}" x2="{x}" y1="0" y2="100%"/>'
    yield f'<line class="clock-today" x1="{today}" x2="{today}" y1="0" y2="100%"/><svg y="50%">'
    yield from map(_block, drawing.blocks)
    if drawing.added:
        yield from (_added(drawing.added, y) for y in ("-3.5", "3.5"))
    for mark in drawing.marks:
        yield f'<svg x="{mark.x_percent}"><use href="#c-{mark.kind.value}-{size}"/></svg>'
    yield "</svg></svg>\n"


def _block(block: Block) -> str:
    fill = f' fill="url(#{block.pattern})"' if block.pattern else ""
    return (
        f'<rect class="clock-{block.kind.value}" x="{block.x_percent}" width="{block.width_percent}"'
        f' y="{block.top}" height="{block.height}"{fill}/>'
    )


def _added(added: Added, y: str) -> str:
    return f'<line class="clock-added" x1="{added.x_percent}" x2="{added.end_percent}" y1="{y}" y2="{y}"/>'
