"""duly.toml and the environment read into one value, or every fault of both with its place and its remedy."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TypeGuard, cast

from duly.rulebook.fault import shown
from duly.rulebook.outline import Outline, outline
from duly.vocabulary import Problem
from duly_server.gateways.office_file import checks
from duly_server.gateways.office_file.keys import BY_PATH, KEYS, OIDC_SECRET, SECRET, TABLES, Key, Value

MOST = 100_000  # characters of the file
FILE = "duly.toml"
_NEVER = dict(TABLES.values())  # what is a secret, and the variable that says it instead
_REMEDY_OF_SYNTAX = 'Write key = "value", one on a line, and put a # before what is only a remark.'


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """The mail server. `tls` is starttls, tls or none; without `user` nobody logs in."""

    host: str
    port: int
    tls: str
    sender: str
    user: str
    password: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """An OpenID provider. `client_secret` is "" where there is none; `second_factor` is duly or provider."""

    name: str
    issuer: str
    client_id: str
    client_secret: str
    second_factor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """Every setting of an office. "" where one has no value and no default."""

    name: str
    address: str
    origin: str
    zone: str
    languages: tuple[str, ...]
    accent: str
    accent_dark: str
    receipt_groups: int
    leave_url: str
    proxies: tuple[str, ...]
    monitor: str
    keyring: Path
    database: str
    keys_database: str
    owner_database: str
    owner_keys_database: str
    mail: Mail | None
    provider: Provider | None


class SettingsRefusedError(Exception):
    """The office can't start with these settings; `problems` are all of them."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))


def open_settings(home: Path, environ: Mapping[str, str]) -> Office:
    """The settings of the office whose data lies in `home`. Raises SettingsRefusedError."""
    path = home / FILE
    try:
        text = path.read_text("utf-8") if path.is_file() else ""
    except (OSError, UnicodeDecodeError) as fault:
        problem = _problem(str(path), "it can't be read.", "Save it as UTF-8 text that Duly may read.")
        raise SettingsRefusedError((problem,)) from fault
    found = read_settings(text, environ)
    if isinstance(found, Office):
        return found
    raise SettingsRefusedError(found)


def read_settings(text: str, environ: Mapping[str, str]) -> Office | tuple[Problem, ...]:
    """The settings, or every fault: of the file in the order of its lines, then of the environment.

    A variable that is set and not empty wins over the file; a fault of the file stands all the same.
    """
    if len(text) > MOST:
        return (_problem(FILE, f"it has more than {MOST:,} characters.", "It is no file of settings."),)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    lines = outline(text)
    said, faults = _parsed(text, lines)
    of_file = [(lines.lines.get(path, 1), says, remedy) for path, says, remedy in _faults(said)]
    problems = [
        _problem(f"{FILE}, line {line}", says, remedy) for line, says, remedy in sorted([*faults, *of_file])
    ]
    values, of_environment = _with_environment(_flat(said), environ)
    problems += of_environment
    problems += _disagreeing(values, environ)
    return tuple(problems) if problems else _made(values, environ)


def _problem(where: str, says: str, remedy: str) -> Problem:
    return Problem(code="setting-refused", says=f"{where}: {says}", remedy=remedy)


_Found = tuple[str, str, str]  # path, what is wrong, what to write instead
_AtLine = tuple[int, str, str]


def _parsed(text: str, lines: Outline) -> tuple[dict[str, object], list[_AtLine]]:
    """What the file says, and where it is no TOML; a broken line does not hide the others."""
    faults: list[_AtLine] = []
    for each in lines.statements:
        if each.is_broken:
            faults.append((each.first, "this line can't be read.", _REMEDY_OF_SYNTAX))
            blank = "".join(letter if letter == "\n" else " " for letter in text[each.start : each.end])
            text = text[: each.start] + blank + text[each.end :]
    try:
        return tomllib.loads(text), faults
    except (tomllib.TOMLDecodeError, RecursionError) as fault:
        says = str(fault)
        digits = says.rpartition("at line ")[2].partition(",")[0]
        line = int(digits) if digits.isdigit() else text.rstrip().count("\n") + 1
        faults.append((line, f"this is no TOML: {shown(says, 120)}.", _REMEDY_OF_SYNTAX))
        return {}, faults


def _faults(said: Mapping[str, object], above: str = "") -> Iterator[_Found]:
    for name, value in said.items():
        path = f"{above}{name}"
        if path in BY_PATH:
            wrong = BY_PATH[path].check(value)
            if wrong is not None:
                yield path, f"{path}: {wrong[0]}", wrong[1]
            elif checks.has_password(value):
                remedy = (
                    f"Take it out and change it; set {BY_PATH[path].variable}, or name a file: ?passfile="
                )
                yield path, f"{path}: a password stands in the file.", f"{remedy}/etc/duly/pgpass."
        elif path in TABLES:
            yield from _faults(value, f"{path}.") if _is_table(value) else _no_table(path)
        elif path in _NEVER:
            remedy = f"Take it out and change it. Put it into a file ({name}_file), or set {_NEVER[path]}."
            yield path, f"{path}: a {name.rpartition('_')[2]} never stands in this file.", remedy
        else:
            yield path, f"{shown(path)}: there is no such key.", _meant(path)


def _no_table(path: str) -> Iterator[_Found]:
    yield path, f"{path}: it is a table.", f"Write [{path}] on a line of its own and the keys below it."


def _meant(path: str) -> str:
    near = get_close_matches(path, BY_PATH, 1) or [
        key.path for key in KEYS if key.path.rpartition(".")[2] == path.rpartition(".")[2]
    ]
    return f"Did you mean {near[0]}?" if near else f"Known are {', '.join(BY_PATH)}."


def _flat(said: Mapping[str, object]) -> dict[str, object]:
    found = dict(said)
    for table in TABLES:
        keys = said.get(table)
        found |= {f"{table}.{name}": value for name, value in keys.items()} if _is_table(keys) else {}
    return {path: value for path, value in found.items() if path in BY_PATH}


def _with_environment(
    of_file: Mapping[str, object], environ: Mapping[str, str]
) -> tuple[dict[str, object], list[Problem]]:
    values: dict[str, object] = {key.path: key.default for key in KEYS if key.default is not None}
    values.update(of_file)
    problems: list[Problem] = []
    for key in KEYS:
        if told := environ.get(key.variable, ""):
            values[key.path] = value = _read_as(key, told)
            if (wrong := key.check(value)) is not None:
                problems.append(_problem(key.variable, wrong[0], f"{wrong[1]} It is set in the environment."))
    return values, problems


def said_in(environ: Mapping[str, str]) -> dict[str, Value]:
    """What the variables say, by the keys of the file: for writing it."""
    return {key.path: _read_as(key, told) for key in KEYS if (told := environ.get(key.variable, ""))}


def _read_as(key: Key, told: str) -> Value:
    """A variable is text; a number or a list is written as text in it, a list with commas."""
    kind = type(key.default if key.default is not None else key.sample)
    if kind is list:
        return [each.strip() for each in told.split(",") if each.strip()]
    if kind is int and told.isascii() and told.isdigit():
        return int(told)
    return str(Path(told).absolute()) if key.path == "keyring" and not told.startswith("~") else told


def _disagreeing(values: Mapping[str, object], environ: Mapping[str, str]) -> list[Problem]:
    """What is right each by itself and wrong together."""
    found: list[Problem] = []
    if values["database"] == "sqlite":
        for path in ("keys_database", "owner_database", "owner_keys_database"):
            if path in values:
                says = f"{path}: the database is SQLite, which has no other address."
                found.append(_problem(_place(path, environ), says, "Leave it out, or set database too."))
    elif values.get("keys_database") == values["database"]:
        says = "keys_database: it is the database of the record itself."
        remedy = "Name one of its own: whoever copies the record must not have the keys with it."
        found.append(_problem(_place("keys_database", environ), says, remedy))
    if any(path.startswith("mail.") for path in values):
        found += _of_mail(values, environ)
    if any(path.startswith("oidc.") for path in values):
        for path in ("oidc.name", "oidc.issuer", "oidc.client_id"):
            if path not in values:
                remedy = "Write it, or leave the provider out whole."
                found.append(_problem(FILE, f"{path}: it is missing.", remedy))
    return found


def _of_mail(values: Mapping[str, object], environ: Mapping[str, str]) -> Iterator[Problem]:
    for path in ("mail.host", "mail.from"):
        if path not in values:
            yield _problem(FILE, f"{path}: it is missing.", "Write it, or leave the mail server out whole.")
    has_secret = bool(environ.get(SECRET)) or "mail.password_file" in values
    if "mail.user" in values and not has_secret:
        remedy = f"Name a file with it (password_file), or set {SECRET}."
        yield _problem(_place("mail.user", environ), "mail.user: it has no password.", remedy)
    is_far = not checks.is_here(str(values.get("mail.host", "localhost")))
    if values.get("mail.tls") == "none" and "mail.user" in values and is_far:
        says = "mail.tls: the password would travel in clear."
        yield _problem(_place("mail.tls", environ), says, 'Write "starttls" or "tls".')


def _place(path: str, environ: Mapping[str, str]) -> str:
    variable = BY_PATH[path].variable
    return variable if environ.get(variable) else FILE


def _is_table(said: object) -> TypeGuard[dict[str, object]]:
    return isinstance(said, dict)


def _made(values: Mapping[str, object], environ: Mapping[str, str]) -> Office:
    def text(path: str) -> str:
        return str(values.get(path, ""))

    return Office(
        name=text("name").strip(),
        address=text("address").rstrip("/"),
        origin=text("origin"),
        zone=text("zone"),
        languages=tuple(cast("list[str]", values["languages"])),
        accent=text("accent"),
        accent_dark=text("accent_dark"),
        receipt_groups=cast(int, values["receipt_groups"]),
        leave_url=text("leave_url"),
        proxies=tuple(cast("list[str]", values["proxies"])),
        monitor=text("monitor"),
        keyring=Path(text("keyring")).expanduser(),
        database=text("database"),
        keys_database=text("keys_database"),
        owner_database=text("owner_database"),
        owner_keys_database=text("owner_keys_database"),
        mail=_mail(values, environ) if "mail.host" in values else None,
        provider=_provider(values, environ) if "oidc.issuer" in values else None,
    )


def _mail(values: Mapping[str, object], environ: Mapping[str, str]) -> Mail:
    tls = str(values.get("mail.tls", "starttls"))
    usual = {"starttls": 587, "tls": 465, "none": 25}[tls]
    return Mail(
        host=str(values["mail.host"]),
        port=cast(int, values.get("mail.port", usual)),
        tls=tls,
        sender=str(values["mail.from"]),
        user=str(values.get("mail.user", "")),
        password=environ.get(SECRET, "") or _kept_in(values.get("mail.password_file")),
    )


def _provider(values: Mapping[str, object], environ: Mapping[str, str]) -> Provider:
    return Provider(
        name=str(values["oidc.name"]).strip(),
        issuer=str(values["oidc.issuer"]),
        client_id=str(values["oidc.client_id"]),
        client_secret=environ.get(OIDC_SECRET, "") or _kept_in(values.get("oidc.client_secret_file")),
        second_factor=str(values.get("oidc.second_factor", "duly")),
    )


def _kept_in(file: object) -> str:
    return Path(str(file)).expanduser().read_text("utf-8").strip() if file else ""
