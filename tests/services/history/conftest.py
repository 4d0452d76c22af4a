"""The office of the services' tests."""

from tests.services.conftest import keyring, small_office

__all__ = ["keyring", "small_office"]
