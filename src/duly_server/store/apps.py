"""The app with the record and its indexes."""

from django.apps import AppConfig


class StoreConfig(AppConfig):
    name = "duly_server.store"
    label = "store"
