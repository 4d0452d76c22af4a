"""What each setting must be: a check takes the value and answers None, or what is wrong and what to write."""

import ipaddress
import re
import stat
import zoneinfo
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, urlsplit

from duly_server.gateways.office_file import accent

Wrong = tuple[str, str]  # what is wrong, what to write instead

LONGEST = 200
JOINERS = {0x200C: None, 0x200D: None}  # letters of themselves in Persian, in Hindi, in pictures of people
# What Duly's pages are written in. A language comes in with its pages, never before.
SPOKEN = ("en",)
SECURITY = ("starttls", "tls", "none")
WHOSE_FACTOR = ("duly", "provider")
# Files of the system that are no zone of a place: what they say changes with the machine.
NO_PLACES = frozenset({"localtime", "Factory", "posixrules"})
_ORIGIN = re.compile(r"[A-Za-z0-9._:/-]{1,200}")
_MAIL_ADDRESS = re.compile(r"[^\s@<>\"]+@[A-Za-z0-9.-]+")
_HOST = re.compile(r"[A-Za-z0-9.:-]{1,253}")


def words(said: object) -> Wrong | None:
    plain = said.translate(JOINERS) if isinstance(said, str) else ""
    if plain.strip() and len(plain) <= LONGEST and plain.isprintable():
        return None
    return "words stand here.", f'Write up to {LONGEST} characters in quotes, such as "Our Association".'


def address(said: object) -> Wrong | None:
    remedy = 'Write it without a path: "https://complaints.example.org".'
    parts = _split(said)
    if parts is None or parts.scheme not in ("http", "https") or not parts.hostname:
        return "this is no address of a site.", remedy
    if parts.path not in ("", "/") or parts.query or parts.fragment or parts.username is not None:
        return "more stands here than the address of a site.", remedy
    return _as_browsers_write(parts)


def _as_browsers_write(parts: SplitResult) -> Wrong | None:
    """A browser sends another form of a name with letters beyond ASCII, and an office knows its own alone."""
    host = parts.hostname or ""
    if host.isascii():
        return None
    says = "a browser writes this name in another way, and would be turned away."
    try:
        plain = host.encode("idna").decode("ascii")
    except UnicodeError:
        return says, "Write it as browsers send it: with xn--."
    port = f":{parts.port}" if parts.port else ""
    return says, f'Write it as browsers send it: "{parts.scheme}://{plain}{port}".'


def leave_url(said: object) -> Wrong | None:
    parts = _split(said)
    if parts is None or parts.scheme not in ("http", "https") or not parts.hostname:
        return "this is no address of a page.", 'Write one such as "https://www.wikipedia.org/".'
    return None


def origin(said: object) -> Wrong | None:
    if isinstance(said, str) and _ORIGIN.fullmatch(said):
        return None
    return "a log can't have this name.", 'Letters, digits and . _ : / - only: "complaints.example.org/duly".'


def zone(said: object) -> Wrong | None:
    try:
        if isinstance(said, str) and said and said not in NO_PLACES and zoneinfo.ZoneInfo(said):
            return None
    except (ValueError, OSError):  # ZoneInfoNotFoundError is a KeyError
        pass
    except KeyError:
        pass
    return "there is no such time zone.", 'Write one such as "Europe/London".'


def languages(said: object) -> Wrong | None:
    spoken = ", ".join(f'"{each}"' for each in SPOKEN)
    remedy = f"Write a list of what Duly's pages are written in: [{spoken}]."
    if not isinstance(said, list) or not said:
        return "a list of languages stands here.", remedy
    unknown = [each for each in said if each not in SPOKEN]
    return (f"no page is written in {unknown[0]!r}.", remedy) if unknown else None


def light_accent(said: object) -> Wrong | None:
    return _accent(said, accent.LIGHT, "darker")


def dark_accent(said: object) -> Wrong | None:
    return _accent(said, accent.DARK, "lighter")


def _accent(said: object, grounds: dict[str, str], wanted: str) -> Wrong | None:
    if not isinstance(said, str) or not accent.is_colour(said):
        return "this is no colour.", 'Write six digits after a #: "#0E5A61".'
    figure = accent.too_close(said, grounds)
    if figure is None:
        return None
    return (
        f"{said} has a contrast of {figure}; text needs {accent.LEAST}.",
        f"Choose a {wanted} colour of the same hue.",
    )


def receipt_groups(said: object) -> Wrong | None:
    if type(said) is int and said in (4, 5):
        return None
    return "a receipt code has 4 or 5 groups.", "Write 5, or 4 in a small office."


def proxies(said: object) -> Wrong | None:
    remedy = 'Write a list of addresses or networks: ["127.0.0.1", "10.1.0.0/16"]. Without a proxy: [].'
    if not isinstance(said, list):
        return "a list of proxies stands here.", remedy
    for each in said:
        try:
            network = ipaddress.ip_network(str(each).strip())
        except ValueError:
            return f"{str(each)[:60]!r} is no address and no network.", remedy
        if network.prefixlen == 0:
            return f"{str(each)[:60]!r} is everybody, and anybody could write what they like.", remedy
    return None


def listening(said: object) -> Wrong | None:
    host, _, number = said.rpartition(":") if isinstance(said, str) else ("", "", "")
    try:
        if ipaddress.ip_address(host.strip("[]")).is_unspecified:
            return (
                "every network of this machine would reach it, and health and figures ask for no login.",
                'Write the one address that the monitor comes by: "127.0.0.1:9180".',
            )
        if number.isascii() and number.isdigit() and 0 < int(number) < 65536:
            return None
    except ValueError:
        pass
    return "this is no address with a port.", 'Write an address and a port of this machine: "127.0.0.1:9180".'


def folder(said: object) -> Wrong | None:
    if isinstance(said, str) and (said.startswith(("/", "~")) or Path(said).is_absolute()):
        return None
    return "this is no whole path.", 'Write it from the root or the home folder on: "~/.duly-keyring".'


def database(said: object) -> Wrong | None:
    return None if said == "sqlite" else postgresql(said)


def postgresql(said: object) -> Wrong | None:
    parts = _split(said)
    if parts is None or parts.scheme not in ("postgresql", "postgres") or not parts.path.lstrip("/"):
        remedy = "Write an address such as postgresql://user@host:5432/duly"
        return "this is no address of a PostgreSQL database.", f'{remedy}, or "sqlite" for files.'
    return None


def has_password(said: object) -> bool:
    """Whether an address of a database holds one: a file that is copied and shown around must not."""
    parts = _split(said)
    return parts is not None and bool(parts.password or "password" in dict(parse_qsl(parts.query)))


def host(said: object) -> Wrong | None:
    if isinstance(said, str) and _HOST.fullmatch(said):
        return None
    return "this is no name of a mail server.", 'Write its name alone: "mail.example.org".'


def port(said: object) -> Wrong | None:
    if type(said) is int and 0 < said < 65536:
        return None
    return "this is no port.", "Write a number from 1 to 65535: 587 with starttls, 465 with tls."


def security(said: object) -> Wrong | None:
    if said in SECURITY:
        return None
    return "this is no way to speak to a mail server.", 'Write "starttls", "tls" or "none".'


def issuer(said: object) -> Wrong | None:
    remedy = 'Write it as the provider does: "https://login.example.org".'
    parts = _split(said)
    if parts is None or not parts.hostname or parts.query or parts.fragment or parts.username is not None:
        return "this is no address of a provider.", remedy
    if parts.scheme == "https" or (parts.scheme == "http" and is_here(parts.hostname)):
        return None
    return "who comes in would travel in clear.", remedy


def whose_factor(said: object) -> Wrong | None:
    if said in WHOSE_FACTOR:
        return None
    return "nobody of this name has a second factor.", 'Write "duly" or "provider".'


def mail_address(said: object) -> Wrong | None:
    if isinstance(said, str) and len(said) <= LONGEST and _MAIL_ADDRESS.fullmatch(said):
        return None
    return "this is no mail address.", 'Write it bare: "office@example.org".'


def secret_file(said: object) -> Wrong | None:
    if (wrong := folder(said)) is not None:
        return wrong
    path = Path(str(said)).expanduser()
    if not path.is_file():
        return f"there is no file {path}.", "Put the secret into it, alone on one line."
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        return f"others than its owner may read {path}.", f"chmod 600 {path}"
    return None


def is_here(name: str) -> bool:
    """Whether a server is this machine itself, to which nothing travels in clear."""
    return name in ("localhost", "127.0.0.1", "::1")


def _split(said: object) -> SplitResult | None:
    if not isinstance(said, str) or not said.isprintable() or " " in said:
        return None
    try:
        parts = urlsplit(said)
        _ = parts.port  # read for its ValueError
    except ValueError:
        return None
    return parts
