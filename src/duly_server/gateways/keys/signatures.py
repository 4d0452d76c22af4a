"""Whether a signature is what it claims to be: needs no keyring."""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


def verifies(public_key: bytes, data: bytes, signature: bytes) -> bool:
    """Whether the Ed25519 key (32 bytes) signed exactly this data; False for what is no key at all."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, data)
    except (InvalidSignature, ValueError):
        return False
    return True
