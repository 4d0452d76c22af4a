"""Where the office's data lives: two databases, so that a copy of one does not open what the other holds."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit, urlunsplit

# Full durability (a receipt that was shown survives a power cut), no remnants of deleted rows on disk, and
# triggers that also see what INSERT OR REPLACE removes.
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA recursive_triggers=ON",
    "PRAGMA secure_delete=ON",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA cache_size=-32000",
)


def databases(url: str, home: Path, *, keys_url: str = "") -> dict[str, dict[str, Any]]:
    """Django's DATABASES: `default` (record and indexes) and `keys` (wrapped unit keys, and nothing else).

    `url` is "sqlite" (two files in `home`) or "postgresql://user:password@host:port/name"; `keys_url` names
    the key store's own PostgreSQL database, by default the same server's `name_keys`. ValueError otherwise.
    """
    if url == "sqlite":
        return {"default": _sqlite(home / "duly.sqlite3"), "keys": _sqlite(home / "keys.sqlite3")}
    return {"default": _postgresql(url), "keys": _postgresql(keys_url or _beside(url))}


def _sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "duly_server.store.sqlite",
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,  # the file may have been taken away (store/sqlite)
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",  # a reader that turns writer cannot wait: it fails at once
            "timeout": 20,
            "init_command": ";".join(SQLITE_PRAGMAS),
        },
    }


def _postgresql(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    name = unquote(parts.path.lstrip("/"))
    if parts.scheme not in {"postgresql", "postgres"} or not name:
        raise ValueError(
            "DULY_DATABASE must be 'sqlite' or an address such as postgresql://user:password@host:5432/duly."
        )
    options = dict(parse_qsl(parts.query))
    host = options.pop("host", None) or parts.hostname or ""
    return {
        "ENGINE": "duly_server.store.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(options.pop("port", None) or parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def _beside(url: str) -> str:
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=f"{parts.path}_keys"))
