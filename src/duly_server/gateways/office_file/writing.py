"""The duly.toml that `duly init` writes: every key with what it is for, and where its page stands."""

import json
import os
import stat
from collections.abc import Mapping
from pathlib import Path

from duly_server.gateways.office_file import checks
from duly_server.gateways.office_file.keys import KEYS, Key, Value
from duly_server.gateways.office_file.reading import FILE

__all__ = ["FILE", "file_of", "write_once"]

_HEAD = """\
# The settings of this office. Duly reads them when it starts, and says of each that is wrong where and why.
# An environment variable of the same setting (DULY_NAME, DULY_MAIL_HOST) wins over what stands here.
# The page of each setting is named above it, below the address of the office itself.
"""
_TABLES = {
    "mail": """
# The mail server, from which letters will be sent. Take the # away before [mail] and the keys you need.
""",
    "oidc": """
# The OpenID provider by which officers log in, if there is one. Take the # away before [oidc] and the keys.
""",
}


def file_of(values: Mapping[str, Value]) -> str:
    """The text of the file; a key that has neither a value here nor a default stands commented out."""
    written = [_HEAD]
    begun = set[str]()
    for key in KEYS:
        table = key.path.rpartition(".")[0]
        if table and table not in begun:
            begun.add(table)
            off = "" if any(path.startswith(f"{table}.") for path in values) else "# "
            written.append(f"{_TABLES[table]}{off}[{table}]\n")
        written.append(_entry(key, values.get(key.path, key.default)))
    return "".join(written)


def write_once(home: Path, values: Mapping[str, Value]) -> bool:
    """Write the file unless there is one; True if it was written. No password gets into it."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    kept = {path: value for path, value in values.items() if not checks.has_password(value)}
    try:
        opened = os.open(home / FILE, os.O_WRONLY | os.O_CREAT | os.O_EXCL, stat.S_IRUSR | stat.S_IWUSR)
    except FileExistsError:
        return False
    with os.fdopen(opened, "w", encoding="utf-8") as file:
        file.write(file_of(kept))
    return True


def _entry(key: Key, value: Value | None) -> str:
    name = key.path.rpartition(".")[2]
    off = "# " if value is None else ""
    shown = key.sample if value is None else value
    return f"\n# {key.says}\n# {key.page}\n{off}{name} = {_toml(shown)}\n"


def _toml(value: Value | None) -> str:
    """Every string, number and list of strings of JSON is one of TOML too."""
    return json.dumps(value, ensure_ascii=False)
