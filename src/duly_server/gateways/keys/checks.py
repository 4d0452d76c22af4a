"""Where a keyring may lie, and whom it may serve: what `init` and `serve` refuse, with the remedy."""

import ipaddress
import json
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from duly.vocabulary import Problem

KEYRING = "keyring.json"
DJANGO_SECRET = "django-secret"  # noqa: S105 -- the name of a file; the same secret as in the keyring
RECOVERY = "recovery.json"  # the public half of the recovery key: whoever swaps it reads the next backup


def refusals(
    folder: Path,
    *,
    data_folder: Path,
    host: str,
    address: str = "",
    proxies: Sequence[str] = (),
    debug: bool = False,
) -> tuple[Problem, ...]:
    """Everything that stands in the way of serving on `host` with the keyring in `folder`.

    An office whose `address` is not this machine's own, or with `proxies` in front of it, is reached from
    elsewhere although it listens on loopback: it needs all that one on a public address needs.
    """
    reached_by = _reached_by(host, address, proxies)
    return (
        *misplaced(folder, data_folder=data_folder),
        *lying_open(folder),
        *_exposed(folder, reached_by),
        *_debugging(debug=debug),
    )


def misplaced(folder: Path, *, data_folder: Path) -> tuple[Problem, ...]:
    """What is wrong with this place for a keyring, whether or not one lies there yet."""
    return tuple(_misplaced(folder.resolve(), data_folder.resolve()))


def _misplaced(folder: Path, data: Path) -> Iterator[Problem]:
    if folder.is_relative_to(data) or data.is_relative_to(folder):
        yield Problem(
            code="keyring-with-the-data",
            says=f"The keyring ({folder}) and the data ({data}) lie in one folder.",
            remedy="Keep them apart, best on another disk: who takes the one must not have the other. "
            "Move the keyring and name its folder with DULY_KEYRING.",
        )
    tree = next((each for each in (folder, *folder.parents) if (each / ".git").exists()), None)
    if tree is not None:
        yield Problem(
            code="keyring-in-git",
            says=f"The keyring ({folder}) lies in a git work tree ({tree}), where it can be committed.",
            remedy="Move it out of there and name its folder with DULY_KEYRING.",
        )


def lying_open(folder: Path) -> tuple[Problem, ...]:
    """What others than the owner may read or write in a keyring's folder."""
    found: list[Problem] = []
    files = [(folder / name, "600") for name in (KEYRING, DJANGO_SECRET, RECOVERY)]
    for path, mode in ((folder, "700"), *files):
        if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
            found.append(
                Problem(
                    code="keyring-open-to-others",
                    says=f"Others than its owner may read or write {path}.",
                    remedy=f"chmod {mode} {path}. If anyone had the chance to copy it, replace the keys.",
                )
            )
    return tuple(found)


def beyond_loopback(host: str) -> bool:
    """True unless an address is one of this machine's own, "localhost" among them."""
    bare = host.strip("[]")
    if bare == "localhost":
        return False
    try:
        return not ipaddress.ip_address(bare).is_loopback
    except ValueError:
        return True


def _reached_by(host: str, address: str, proxies: Sequence[str]) -> str:
    """By what other machines reach this office, in words; "" where nothing leads them here."""
    if beyond_loopback(host):
        return f"{host} can be reached from other machines"
    if address and beyond_loopback(urlsplit(address).hostname or "localhost"):
        return f"people come to it by {address}"
    if proxies:
        return f"the proxies it names ({', '.join(proxies)}) bring it what others send"
    return ""


def _exposed(folder: Path, reached_by: str) -> Iterator[Problem]:
    if not reached_by:
        return
    if _is_demo(folder):
        yield Problem(
            code="demo-keys-beyond-loopback",
            says=f"These are the throw-away keys of a demo, and {reached_by}.",
            remedy="Serve the demo on 127.0.0.1 and at such an address, or make an office of its own with "
            "duly init.",
        )
    elif not _is_confirmed(folder):
        yield Problem(
            code="recovery-sheet-not-confirmed",
            says="Nobody has shown yet that they hold the recovery sheet, without which no backup opens, "
            f"and {reached_by}.",
            remedy="Take the sheet that duly init printed and confirm it with duly recovery confirm; if "
            "there is none, make one with duly recovery sheet. Until then Duly serves this machine alone.",
        )


def _debugging(*, debug: bool) -> Iterator[Problem]:
    if debug:
        yield Problem(
            code="debug-is-on",
            says="DULY_DEBUG is on.",
            remedy="Unset DULY_DEBUG: its error pages show what people typed.",
        )


def _is_demo(folder: Path) -> bool:
    try:
        return bool(json.loads((folder / KEYRING).read_text("utf-8"))["kind"] == "demo")
    except (OSError, ValueError, KeyError, TypeError):
        return False  # `FileKeyRing.open` says what is wrong with it


def _is_confirmed(folder: Path) -> bool:
    try:
        return bool(json.loads((folder / RECOVERY).read_text("utf-8"))["confirmed_on"])
    except (OSError, ValueError, KeyError, TypeError):
        return False
