"""Template tags of the look: `{% load look %}`. Each draws one piece from its view model."""

import re
from datetime import date
from functools import lru_cache
from html import escape
from typing import Any

from django import template
from django.forms import BoundField
from django.forms.forms import BaseForm
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from duly_server.web.shared import days
from duly_server.web.shared.axis import Axis
from duly_server.web.shared.bar import bar
from duly_server.web.shared.chips import Chip, Glyph
from duly_server.web.shared.clock import ClockView
from duly_server.web.shared.counted import many
from duly_server.web.shared.drawing import BarSize, clock_bar
from duly_server.web.shared.fields import mistakes
from duly_server.web.shared.pages import Count, Pager, Tab
from duly_server.web.shared.people import PartyRow
from duly_server.web.shared.refusal import Refusal
from duly_server.web.shared.status import Doing, PublicStep, WhoOwes, groups_of_four
from duly_server.web.shared.steps import NextSteps
from duly_server.web.shared.timeline import Timeline
from duly_server.web.shared.timetable import Timetable
from duly_server.web.shared.why import WhyThisDate

register = template.Library()

register.filter("desk_day", days.desk_day)
register.filter("short_day", days.short_day)
register.filter("month_day", days.month_day)
register.filter("public_day", days.public_day)
register.filter("many", many)


@register.simple_tag
def glyph(name: Glyph | str, size: int = 16) -> SafeString:
    """A symbol of the sprite, silent: the word always stands beside it."""
    return _glyph(Glyph(name), size)


@lru_cache(maxsize=256)  # a few dozen symbols, each in a few sizes, hundreds of times on a page
def _glyph(known: Glyph, size: int) -> SafeString:
    return format_html(
        '<svg class="glyph glyph-{}" width="{}" height="{}" aria-hidden="true"><use href="#g-{}"/></svg>',
        known.value,
        size,
        size,
        known.value,
    )


@register.simple_tag
def clause(text: str, url: str = "") -> SafeString:
    """A clause in the serif of the rule's words; in an isolate, so that it reads right in any script."""
    if not text:
        return SafeString("")
    if url:
        return format_html('<a class="clause" href="{}"><bdi>{}</bdi></a>', url, text)
    return format_html('<bdi class="clause">{}</bdi>', text)


_DAY = re.compile(
    r"\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d{1,2}"
    r" (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*(?: \d{4})?"
)


@register.filter
def strong_days(text: str) -> SafeString:
    """A sentence with the days in it in bold ("Day 15 was **Mon 20 April**")."""
    escaped = str(conditional_escape(text))
    # The pattern matches letters, digits and spaces only, so it cannot open or close markup.
    return mark_safe(_DAY.sub(r"<strong>\g<0></strong>", escaped))  # noqa: S308 -- escaped just above


@register.inclusion_tag("shared/chip.html")
def chip(chip: Chip) -> dict[str, Any]:
    return {"chip": chip, "name": "chip"}


@register.inclusion_tag("shared/chip.html")
def state(chip: Chip) -> dict[str, Any]:
    """The same without ground or border, for the rows of a docket."""
    return {"chip": chip, "name": "state"}


def state_of(chip: Chip) -> SafeString:
    """What `state` draws, for the rows of a docket that no template draws; a test compares the two."""
    glyph = _glyph(Glyph(chip.glyph), 16) if chip.glyph else ""
    said = f'<span class="state state-{chip.tone.value}">{glyph}{escape(chip.words)}</span>\n'
    return mark_safe(said)  # noqa: S308 -- its words are escaped, the rest is this package's own


@register.simple_tag(name="clock_bar")
def clock_bar_tag(clock: ClockView, axis: Axis, size: str = "row") -> SafeString:
    return bar(clock_bar(clock, axis, size=BarSize(size)))


@register.inclusion_tag("shared/clock/axis.html")
def clock_axis(axis: Axis) -> dict[str, Any]:
    """The heading of a column of bars."""
    near = 14.0  # per cent: nearer than this a label would run into "today"
    at_today = axis.at(axis.today)
    labels = [
        {
            "x": f"{axis.at(mark.on):.2f}%",
            "label": mark.label,
            "has_line": mark.has_line,
            "anchor": _anchor(axis, mark.on, has_line=mark.has_line),
        }
        for mark in axis.marks
        if mark.on != axis.today and (mark.has_line or abs(axis.at(mark.on) - at_today) > near)
    ]
    has_lines = any(mark.has_line for mark in axis.marks)
    return {"labels": labels, "today": f"{at_today:.2f}%", "has_lines": has_lines, "axis": axis}


def _anchor(axis: Axis, on: date, *, has_line: bool) -> str:
    if has_line or axis.at(on) < 5:
        return "start"
    return "end" if axis.at(on) > 95 else "middle"


@register.inclusion_tag("shared/clock/key.html")
def clock_key() -> dict[str, Any]:
    """What the parts of a bar mean, in words, for the foot or head of a list."""
    return {}


@register.inclusion_tag("shared/timetable.html")
def timetable(timetable: Timetable) -> dict[str, Any]:
    return {"timetable": timetable}


@register.inclusion_tag("shared/why.html")
def why(why: WhyThisDate) -> dict[str, Any]:
    return {"why": why}


@register.inclusion_tag("shared/timeline.html")
def timeline(timeline: Timeline) -> dict[str, Any]:
    return {"timeline": timeline}


@register.inclusion_tag("shared/next_steps.html")
def next_steps(steps: NextSteps) -> dict[str, Any]:
    return {"steps": steps}


@register.inclusion_tag("shared/refusal.html")
def refusal(refusal: Refusal) -> dict[str, Any]:
    return {"refusal": refusal}


@register.inclusion_tag("shared/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, Any]:
    """All mistakes of a form, each a link to its control; nothing at all when there is none."""
    return {"mistakes": mistakes(form) if form.is_bound else []}


@register.simple_tag
def question(field: BoundField) -> SafeString:
    """A field that is the whole page: its label is the page's h1, its help text the lead."""
    field.as_title = True  # type: ignore[attr-defined]  # read by django/forms/field.html
    return field.as_field_group()


@register.simple_tag
def tabs(tabs: tuple[Tab, ...], label: str) -> SafeString:
    """Not a template's work: the docket has ten of them on every page."""
    drawn = "".join(
        f'<li><a href="{escape(tab.url)}"{_titled(tab.counted)}{_CURRENT if tab.is_current else ""}>'
        f"{escape(tab.label)}"
        f"{_tab_count(tab)}</a></li>"
        for tab in tabs
    )
    # Every text of a tab is escaped here, and no other stands in it.
    return mark_safe(f'<nav class="tabs" aria-label="{escape(label)}"><ul>{drawn}</ul></nav>\n')  # noqa: S308 -- said above


_CURRENT = ' aria-current="true"'


def _titled(says: str) -> str:
    return f' title="{escape(says)}"' if says else ""


def _tab_count(tab: Tab) -> str:
    unit = f'<span class="hidden"> {escape(tab.unit)}</span>' if tab.unit else ""
    return f' <span class="tab-count">{escape(tab.count)}{unit}</span>' if tab.count else ""


@register.inclusion_tag("shared/strip.html")
def strip(counts: tuple[Count, ...]) -> dict[str, Any]:
    return {"counts": counts}


@register.inclusion_tag("shared/pager.html")
def pager(pager: Pager) -> dict[str, Any]:
    return {"pager": pager}


@register.simple_tag
def party(party: PartyRow) -> SafeString:
    """Not a template's work: a case may have dozens of witnesses."""
    tag = escape(party.tag)
    note = f'<p class="party-note">{escape(party.note)}</p>' if party.note else ""
    # Every text of the row is escaped here, and no other stands in it.
    return mark_safe(  # noqa: S308 -- escaped piece by piece
        f'<li class="party"><bdi class="party-tag">{tag}</bdi><div class="party-body">'
        f'<p class="party-role">{escape(party.role)}</p>{note}</div>'
        f'<div class="party-name">{_party_name(party, tag)}</div></li>\n'
    )


def _party_name(party: PartyRow, tag: str) -> str:
    if party.name:
        name = escape(party.name)
        return f'<strong>{name}</strong><span class="party-note">open until you leave this page</span>'
    if not party.has_name:
        return "no name held"
    link = f'<a href="{escape(party.seal_url)}">Open<span class="hidden"> the seal of {tag}</span></a>'
    return f"<span>{_glyph(Glyph.LOCK, 14)} name sealed</span>{link if party.seal_url else ''}"


@register.inclusion_tag("shared/empty.html")
def empty(says: str) -> dict[str, Any]:
    """The one line of a section in which nothing is: "Nothing is late." """
    return {"says": says}


@register.inclusion_tag("shared/withheld.html")
def withheld(words: str = "fewer than 5") -> dict[str, Any]:
    return {"words": words}


@register.inclusion_tag("shared/status/receipt.html")
def receipt_code(code: str, save_url: str = "") -> dict[str, Any]:
    return {"groups": groups_of_four(code), "save_url": save_url}


@register.inclusion_tag("shared/status/who_owes.html")
def who_owes(owes: WhoOwes, mark: str | int = "") -> dict[str, Any]:
    """`mark` tells it from others of its kind on one page."""
    return {"owes": owes, "mark": mark}


@register.inclusion_tag("shared/status/steps.html")
def public_steps(steps: tuple[PublicStep, ...]) -> dict[str, Any]:
    return {"steps": steps}


@register.inclusion_tag("shared/status/doings.html")
def doings(doings: tuple[Doing, ...]) -> dict[str, Any]:
    return {"doings": doings}
