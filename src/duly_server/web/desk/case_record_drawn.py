"""The record of a case as HTML: what the look's template draws, entry by entry without its engine.

A record of two hundred facts takes the template most of the time that the whole page may take. The markup is
the template's own: a test holds every kind of entry to it, byte for byte.
"""

from collections.abc import Iterator
from html import escape  # what Django's escape does, without asking each text whether it is lazy

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from duly_server.web.shared.days import month_day
from duly_server.web.shared.tags import glyph
from duly_server.web.shared.timeline import ClockEffect, EffectKind, Entry, Timeline

TEMPLATE = "shared/timeline.html"
_END = "\n</ol></div>"


def drawn(timeline: Timeline) -> SafeString:
    """The whole timeline. Where an entry quotes a person, the template draws it all."""
    if any(entry.text for entry in timeline.entries):
        return render_to_string(TEMPLATE, {"timeline": timeline})
    bare = Timeline(timeline.today, (), timeline.owed)
    frame, end, _ = render_to_string(TEMPLATE, {"timeline": bare}).rpartition(_END)
    entries = "".join(f"\n{_entry(entry)}" for entry in timeline.entries)
    # Every text in an entry is escaped below, and the frame comes from the template.
    return mark_safe(f"{frame}{entries}{end}\n")  # noqa: S308 -- escaped piece by piece


def _entry(entry: Entry) -> str:
    place = entry.place
    anchor = f' id="fact-{place}"' if place is not None else ""
    number = (
        f'<span class="entry-place"><span class="hidden">Fact </span>{place}</span>'
        if place is not None
        else ""
    )
    return (
        f'<li class="entry"{anchor}><time datetime="{entry.on.isoformat()}">{month_day(entry.on)}</time>'
        f'<span class="entry-mark">{glyph(entry.glyph, 18)}</span>'
        f'<div class="entry-body"><p class="entry-title">{escape(entry.title)}</p>'
        f"{_by(entry)}{_effects(entry)}</div>{number}</li>"
    )


def _by(entry: Entry) -> str:
    if not entry.by and not entry.clause:
        return ""
    between = " · " if entry.by and entry.clause else ""
    return f'<p class="entry-by">{escape(entry.by)}{between}{_clause(entry.clause)}</p>'


def _clause(text: str) -> str:
    return f'<bdi class="clause">{escape(text)}</bdi>' if text else ""


def _effects(entry: Entry) -> str:
    if not entry.effects:
        return ""
    drawn_each = "".join(f"<li>{''.join(_effect(effect))}</li>" for effect in entry.effects)
    return f'<ul class="entry-effects">{drawn_each}</ul>'


def _effect(effect: ClockEffect) -> Iterator[str]:
    says = escape(effect.says)
    match effect.kind:
        case EffectKind.STARTS | EffectKind.STOPS:
            yield f"{glyph(effect.kind.value, 10)} {effect.kind.value}: {says}"
        case EffectKind.MOVES:
            yield f"{says}: " if effect.says else ""
            yield f'<bdi>{escape(effect.before)}</bdi> <span aria-hidden="true" class="turns">→</span>'
            yield f'<span class="hidden">moves to</span> <strong><bdi>{escape(effect.after)}</bdi></strong>'
        case EffectKind.SAYS:
            yield says
    if effect.late:
        yield f'{", " if effect.says else ""}<strong class="late">{escape(effect.late)}</strong>'
