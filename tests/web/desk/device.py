"""A device that makes passkeys and answers with them, as WebAuthn puts it; every part can be spoilt."""

import json
import secrets
from dataclasses import dataclass, field
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

ORIGIN, HOST = "https://complaints.example.org", "complaints.example.org"
PRESENT, VERIFIED, HOLDS_A_KEY = 0x01, 0x04, 0x40
Asked = dict[str, object]


@dataclass
class Device:
    """Made sure of its holder (`flags`), at this address, unless a test says otherwise."""

    origin: str = ORIGIN
    host: str = HOST
    flags: int = PRESENT | VERIFIED
    counter: int = 0
    handle: bytes = b""
    crosses: bool = False
    credential: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def make(self, options: str) -> str:
        asked = json.loads(options)["publicKey"]
        self.handle = websafe_decode(asked["user"]["id"])
        public = ES256.from_cryptography_key(self.key.public_key())
        data = AttestedCredentialData.create(Aaguid(secrets.token_bytes(16)), self.credential, public)
        made = AttestationObject.create("none", self._data(self.flags | HOLDS_A_KEY, data), {})
        return self._answer(
            clientDataJSON=self._said("webauthn.create", asked["challenge"]), attestationObject=bytes(made)
        )

    def answer(self, options: str, *, type: str = "webauthn.get") -> str:
        asked = json.loads(options)["publicKey"]
        said, data = self._said(type, asked["challenge"]), self._data(self.flags, b"")
        signed = self.key.sign(bytes(data) + sha256(said).digest(), ec.ECDSA(SHA256()))
        parts = {"clientDataJSON": said, "authenticatorData": bytes(data), "signature": signed}
        return self._answer(**parts, **({"userHandle": self.handle} if self.handle else {}))

    def _said(self, type: str, challenge: str) -> bytes:
        return bytes(
            CollectedClientData.create(
                type, websafe_decode(challenge), self.origin, cross_origin=self.crosses
            )
        )

    def _data(self, flags: int, credential: bytes) -> AuthenticatorData:
        host = sha256(self.host.encode()).digest()
        return AuthenticatorData.create(host, AuthenticatorData.FLAG(flags), self.counter, credential)

    def _answer(self, **parts: bytes) -> str:
        return json.dumps(
            {
                "id": websafe_encode(self.credential),
                "rawId": websafe_encode(self.credential),
                "type": "public-key",
                "clientExtensionResults": {},
                "response": {name: websafe_encode(value) for name, value in parts.items()},
            }
        )
