"""An OpenID provider: asked whom it let in, and believed only about what it signed for just this asking."""

from duly_server.gateways.provider.asking import (
    Addresses,
    Asking,
    ProviderRefusedError,
    ProviderUnreachableError,
    addresses,
    way_there,
    whom,
)
from duly_server.gateways.provider.tokens import TokenRefusedError, subject

__all__ = [
    "Addresses",
    "Asking",
    "ProviderRefusedError",
    "ProviderUnreachableError",
    "TokenRefusedError",
    "addresses",
    "subject",
    "way_there",
    "whom",
]
