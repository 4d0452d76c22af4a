"""Django's test client, over a connection: for the same people and forms, against processes that serve."""

import http.client
from collections.abc import Iterable, Mapping
from itertools import cycle
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.test import Client

FORM = "application/x-www-form-urlencoded"
TOKEN = "a" * 32  # both in the cookie and in the form, as a browser has it; made by nobody's server


class OverHttp(Client):
    """Asks 127.0.0.1 at these ports in turn, as if one address stood before them. `said` are headers of each.

    Logging in (`force_login`, `session`) is done in this process, which has the same database and secret.
    """

    def __init__(self, ports: Iterable[int], **said: str) -> None:
        super().__init__()
        self._ports = cycle(ports)
        self._said = said
        self.cookies["duly-form"] = TOKEN

    def get(self, path: str, data: Any = None, **_: Any) -> Any:
        return self._ask("GET", f"{path}?{urlencode(data, doseq=True)}" if data else path)

    def head(self, path: str, data: Any = None, **_: Any) -> Any:
        return self._ask("HEAD", path)

    def post(self, path: str, data: Any = None, content_type: str = FORM, **_: Any) -> Any:
        said = data if isinstance(data, str) else urlencode(_filled(data or {}), doseq=True)
        return self._ask("POST", path, f"{said}&csrfmiddlewaretoken={TOKEN}".lstrip("&"))

    def _ask(self, method: str, path: str, body: str | None = None) -> HttpResponse:
        connection = http.client.HTTPConnection("127.0.0.1", next(self._ports), timeout=120)
        cookies = "; ".join(f"{name}={each.value}" for name, each in self.cookies.items())
        headers = {"Cookie": cookies, **self._said} | ({"Content-Type": FORM} if body is not None else {})
        try:
            connection.request(method, path, body=body, headers=headers)
            answer = connection.getresponse()
            response = HttpResponse(answer.read(), status=answer.status)
        finally:
            connection.close()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                self.cookies.load(value)
            else:
                response.headers[name] = value
        return response


def _filled(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value if value is not None else "" for name, value in data.items()}
