"""A request given to an application without a socket, and its answer read to the end."""

from collections.abc import Callable, Iterable, Mapping
from io import BytesIO
from typing import Any
from wsgiref.util import setup_testing_defaults

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def asked(
    application: Application,
    path: str,
    *,
    cookies: Mapping[str, str] | None = None,
    body: bytes | None = None,
    address: str = "127.0.0.1",
) -> tuple[str, dict[str, str], bytes]:
    """The status line, the headers and the body; `body` makes it a POST of a form."""
    where, _, query = path.partition("?")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": "GET" if body is None else "POST",
        "PATH_INFO": where,
        "QUERY_STRING": query,
        "REMOTE_ADDR": address,
        "wsgi.input": BytesIO(body or b""),
    }
    if body is not None:
        environ |= {"CONTENT_TYPE": "application/x-www-form-urlencoded", "CONTENT_LENGTH": str(len(body))}
    if cookies:
        environ["HTTP_COOKIE"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
    setup_testing_defaults(environ)
    said: list[Any] = []
    answer = application(environ, lambda status, headers, *_: said.extend((status, dict(headers))))
    try:
        content = b"".join(answer)
    finally:
        close = getattr(answer, "close", None)
        if close is not None:
            close()
    return said[0], said[1], content
