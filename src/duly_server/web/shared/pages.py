"""What stands round every page: the side bar, the head and foot, the bar of a demonstration."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class NavItem:
    """`count` is written after the label: a number, "5 late", "2026"."""

    label: str
    url: str
    count: str = ""
    is_current: bool = False
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class NavGroup:
    items: tuple[NavItem, ...]
    heading: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UserBlock:
    """Who is logged in, at the foot of the side bar. `log_out_url` takes a POST."""

    name: str
    office: str = ""
    organisation: str = ""
    log_out_url: str = ""
    signing_in_url: str = ""


@dataclass(frozen=True, slots=True)
class SearchBox:
    """A form with the one field `q`, sent by POST since a name may be typed; `value` is what was asked."""

    url: str
    label: str
    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskFrame:
    """The frame of a desk page (context name `desk`).

    `date_line` is "Thursday 23 April 2026 · working day · calendar GB-ENG 2026".
    """

    nav: tuple[NavGroup, ...]
    user: UserBlock
    date_line: str
    home_url: str = "/desk/"
    search: SearchBox | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoBar:
    """The bar on every page of a demonstration (context name `demo`).

    `says` is the day and what is shown; `next_day_url` takes a POST; `people_url` logs in as any
    office.
    """

    says: str
    next_day_url: str = ""
    people_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicFrame:
    """Head and foot of a public page (context name `public`).

    `leave_url`: a harmless page elsewhere; "" where there is no need. `checkpoint` carries a day and no
    minute (threats 3.4); `checkpoint_url` is where to check it.
    """

    organisation: str
    home_url: str = "/"
    links: tuple[NavItem, ...] = ()
    leave_url: str = ""
    checkpoint: str = ""
    checkpoint_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """A saved view, or an anchor of the page.

    `unit` is what `count` counts, in a word that is read aloud after it ("duties"), and `counted` says all
    there is to say of it: "12 duties in 9 cases".
    """

    label: str
    url: str
    count: str = ""
    unit: str = ""
    counted: str = ""
    is_current: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """One of the counts of the strip: a number with its unit in words, and the view that lists it."""

    number: str
    words: str
    url: str = ""
    detail: str = ""
    glyph: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pager:
    """Pages by key: no numbers, so that new rows never shift what one has read."""

    says: str
    first_url: str = ""
    previous_url: str = ""
    previous_label: str = "Previous"
    next_url: str = ""
    next_label: str = "Next"
    last_url: str = ""
    note: str = ""
