"""A small OpenID provider on 127.0.0.1: lets in whom a test says, and really signs; all can be spoilt."""

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

CLIENT, SECRET = "duly", "tuning fork & more"


@dataclass
class OpenIdProvider:
    """`subject` is let in. `claims` are laid over what a token says; `at` is the time that it goes by."""

    at: int
    subject: str = "248289761001"
    claims: dict[str, Any] = field(default_factory=dict)
    discovery: dict[str, Any] = field(default_factory=dict)
    algorithm: str = "RS256"
    secret: str = SECRET
    answers: int = 200  # of every page
    says_no: bool = False
    asked: list[str] = field(default_factory=list)  # what was asked for, in order
    port: int = 0
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    keys: dict[str, Any] = field(
        default_factory=lambda: {
            "RS256": RSAKey.generate_key(2048, {"kid": "rsa", "use": "sig"}),
            "ES256": ECKey.generate_key("P-256", {"kid": "ec", "use": "sig"}),
        }
    )

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def configuration(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
        } | self.discovery

    def public_keys(self) -> dict[str, Any]:
        strange = [{"kty": "strange"}, {"kty": "oct", "k": "c2VjcmV0", "kid": "oct"}]
        return {"keys": [*strange, *(key.as_dict(private=False) for key in self.keys.values())]}

    def authorize(self, said: dict[str, str]) -> str:
        """Where the browser is sent back to."""
        assert (said["response_type"], said["scope"], said["client_id"]) == ("code", "openid", CLIENT)
        assert said["code_challenge_method"] == "S256"
        assert len(said["nonce"]) >= 43
        if self.says_no:
            return f"{said['redirect_uri']}?{urlencode({'error': 'access_denied', 'state': said['state']})}"
        code = secrets.token_urlsafe(16)
        self.codes[code] = said
        answer = {"code": code, "state": said["state"], "iss": self.issuer}
        return f"{said['redirect_uri']}?{urlencode(answer)}"

    def token(self, said: dict[str, str], authorization: str) -> dict[str, str] | None:
        """The ID token for a code, once; None for whoever may not have it."""
        asked = self.codes.pop(said.get("code", ""), None)
        if asked is None or said.get("grant_type") != "authorization_code":
            return None
        challenge = base64.urlsafe_b64encode(hashlib.sha256(said["code_verifier"].encode()).digest())
        if challenge.rstrip(b"=").decode() != asked["code_challenge"]:
            return None
        if said["redirect_uri"] != asked["redirect_uri"] or not self._is_client(said, authorization):
            return None
        return {"access_token": "x", "token_type": "Bearer", "id_token": self.signed(asked["nonce"])}

    def signed(self, nonce: str) -> str:
        claims = {
            "iss": self.issuer,
            "sub": self.subject,
            "aud": CLIENT,
            "exp": self.at + 300,
            "iat": self.at,
            "nonce": nonce,
        } | self.claims
        claims = {name: value for name, value in claims.items() if value is not None}
        if self.algorithm == "none":
            parts = ({"alg": "none", "typ": "JWT"}, claims)
            return ".".join(_encoded(json.dumps(part).encode()) for part in parts) + "."
        if self.algorithm == "HS256":  # by the public key, as if it were a secret of both
            head = {"alg": "HS256", "typ": "JWT", "kid": "rsa"}
            said = ".".join(_encoded(json.dumps(part).encode()) for part in (head, claims))
            public = self.keys["RS256"].as_pem(private=False)
            return f"{said}.{_encoded(hmac.digest(public, said.encode(), 'sha256'))}"
        key = self.keys.get(self.algorithm) or RSAKey.generate_key(2048, {"kid": "rsa"})
        algorithm = self.algorithm if self.algorithm in self.keys else "RS256"
        return jwt.encode({"alg": algorithm, "kid": key.kid}, claims, key)

    def _is_client(self, said: dict[str, str], authorization: str) -> bool:
        if not self.secret:
            return said.get("client_id") == CLIENT and not authorization
        pair = base64.b64decode(authorization.removeprefix("Basic ")).decode()
        return tuple(unquote(part) for part in pair.split(":")) == (CLIENT, self.secret)


def _encoded(text: bytes) -> str:
    return base64.urlsafe_b64encode(text).rstrip(b"=").decode()


@contextmanager
def providing(provider: OpenIdProvider) -> Iterator[OpenIdProvider]:
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            """Nothing."""

        def do_GET(self) -> None:
            path, query = urlsplit(self.path).path, parse_qs(urlsplit(self.path).query)
            provider.asked.append(path)
            if path == "/authorize":
                self.send_response(302)
                self.send_header("Location", provider.authorize({n: v[0] for n, v in query.items()}))
                self.send_header("Content-Length", "0")
                self.end_headers()
            elif path == "/keys":
                self._answer(provider.public_keys())
            else:
                self._answer(provider.configuration())

        def do_POST(self) -> None:
            provider.asked.append(self.path)
            said = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            found = provider.token({n: v[0] for n, v in said.items()}, self.headers.get("Authorization", ""))
            self._answer(found or {"error": "invalid_grant"}, 200 if found else 400)

        def _answer(self, said: dict[str, Any], status: int = 200) -> None:
            text = json.dumps(said).encode()
            self.send_response(status if provider.answers == 200 else provider.answers)
            if provider.answers in (301, 302, 307):
                self.send_header("Location", f"{provider.issuer}/elsewhere")
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.port = server.server_address[1]
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
