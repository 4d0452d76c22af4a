"""The organisation's own accent as a stylesheet: served, since no page holds any style in itself."""

from hashlib import sha256

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from duly_server.gateways.office_file import Palette, palette
from duly_server.gateways.office_file.keys import BY_PATH

OWN = BY_PATH["accent"].default  # the look's own, which stands in tokens.css
_A_DAY = 86400


def own_accent(request: HttpRequest) -> dict[str, str]:
    """Context processor: where the stylesheet lies; nothing where the look's own accent is kept.

    The address changes with the colours, so that no browser shows the old ones.
    """
    if settings.DULY_ACCENT == OWN and not settings.DULY_ACCENT_DARK:
        return {}
    version = sha256(_sheet().encode()).hexdigest()[:12]
    return {"accent_url": f"{reverse('accent')}?v={version}"}


@require_safe
def sheet(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(_sheet(), content_type="text/css; charset=utf-8")
    response.headers["Cache-Control"] = f"max-age={_A_DAY}"
    return response


def _sheet() -> str:
    """Readers with colours of their own keep them, and paper is always light: as in tokens.css."""
    light, dark = palette(settings.DULY_ACCENT, settings.DULY_ACCENT_DARK)
    return (
        f"@media (forced-colors: none) {{ {_root(light)} }}\n"
        f"@media screen and (prefers-color-scheme: dark) and (forced-colors: none) {{ {_root(dark)} }}\n"
    )


def _root(of: Palette) -> str:
    return (
        f":root {{ --accent: {of.accent}; --accent-strong: {of.strong}; --accent-soft: {of.soft};"
        f" --on-accent: {of.on}; }}"
    )
