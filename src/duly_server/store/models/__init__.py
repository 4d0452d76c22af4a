"""The tables: the record, and indexes that can be dropped and rebuilt from it."""

from duly_server.store.models.accounts import Account

__all__ = ["Account"]
