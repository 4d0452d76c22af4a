"""What a provider signed (an ID token), checked as OpenID Connect Core has it (3.1.3.7)."""

from collections.abc import Mapping
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

# Signatures by a key that only the provider has. None, and none by a secret that both sides share.
ALGORITHMS = (
    "RS256",
    "RS384",
    "RS512",
    "PS256",
    "PS384",
    "PS512",
    "ES256",
    "ES384",
    "ES512",
    "EdDSA",
    "Ed25519",
)
LEEWAY = 60  # seconds that two clocks may differ
LONGEST = 20_000  # characters
LONGEST_SUBJECT = 255  # OpenID Connect Core 2
_KINDS = ("RSA", "EC", "OKP")


class TokenRefusedError(Exception):
    """What came is not a word of the provider about this asking."""


def subject(
    token: str, keys: Mapping[str, Any], *, issuer: str, client_id: str, nonce: str, at: float
) -> str:
    """The provider's own name for whom it let in. `at` in seconds since 1970. Raises TokenRefusedError."""
    try:
        claims = jwt.decode(token[:LONGEST], _usable(keys), algorithms=ALGORITHMS).claims
        _registry(issuer=issuer, client_id=client_id, nonce=nonce, at=at).validate(claims)
    except (JoseError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as fault:
        raise TokenRefusedError(type(fault).__name__) from None
    audience, party = claims["aud"], claims.get("azp")
    if isinstance(audience, list) and len(audience) > 1 and party is None:
        raise TokenRefusedError("The token is for several, and does not say for whom.")
    if party is not None and party != client_id:
        raise TokenRefusedError("The token was given to somebody else.")
    said = claims["sub"]
    if not isinstance(said, str) or not 0 < len(said) <= LONGEST_SUBJECT or not said.isascii():
        raise TokenRefusedError("The token names nobody.")
    return said


def _registry(*, issuer: str, client_id: str, nonce: str, at: float) -> jwt.JWTClaimsRegistry:
    return jwt.JWTClaimsRegistry(
        now=int(at),
        leeway=LEEWAY,
        iss={"essential": True, "value": issuer},
        sub={"essential": True},
        aud={"essential": True, "value": client_id},
        exp={"essential": True},
        iat={"essential": True},
        nonce={"essential": True, "value": nonce},
    )


def _usable(keys: Mapping[str, Any]) -> KeySet:
    """The provider's public keys for signing; kinds that we do not know are passed over, secrets always."""
    found = [
        each
        for each in keys.get("keys", ())
        if isinstance(each, dict) and each.get("kty") in _KINDS and each.get("use", "sig") == "sig"
    ]
    return KeySet.import_key_set({"keys": found})
