"""The app whose one table lives in the `keys` database."""

from django.apps import AppConfig


class KeysConfig(AppConfig):
    name = "duly_server.store.keys"
    label = "keys"
