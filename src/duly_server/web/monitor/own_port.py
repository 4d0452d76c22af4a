"""The monitor's own port: health and figures and nothing else, from a thread that nobody else can take.

One request at a time: a monitor asks now and then, and whoever else comes there may wait.
"""

import logging
import threading
from collections.abc import Callable, Iterable
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from duly_server.gateways import log_lines
from duly_server.web.routes import AT_MONITOR

PATHS = ("/health", "/health/web", "/health/ready", "/metrics")
LONGEST = 5.0  # seconds for somebody to say what they want

Environ = dict[str, Any]
Application = Callable[[Environ, Any], Iterable[bytes]]


class _Quiet(WSGIRequestHandler):
    timeout = LONGEST  # of the socket

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the log is not of who asked."""

    def get_stderr(self) -> Any:
        return _Nowhere()


class _Nowhere:
    """What wsgiref would print of a fault: a traceback with all it had in hand."""

    def write(self, said: str) -> int:
        return len(said)

    def flush(self) -> None:
        pass


class _Server(WSGIServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """Whoever hung up in the middle is no event."""


def serve(application: Application, address: str) -> "threading.Thread | None":
    """Answer there until this process ends; None, and a line in the log, where the port is taken."""
    host, _, port = address.rpartition(":")
    try:
        server = _Server((host.strip("[]"), int(port)), _Quiet)
    except OSError as fault:
        logging.getLogger("duly.monitor").error("the monitor's port is taken", exc_info=fault)
        return None
    server.set_app(_only(application))
    thread = threading.Thread(target=server.serve_forever, name="duly-monitor", daemon=True)
    thread.start()
    log_lines.event("monitored", port=int(port))
    return thread


def _only(application: Application) -> Application:
    """The paths of a monitor, asked as if on this machine: which name it uses for it does not matter."""

    def asked(environ: Environ, start_response: Any) -> Iterable[bytes]:
        if environ.get("PATH_INFO") not in PATHS or environ.get("REQUEST_METHOD") not in ("GET", "HEAD"):
            start_response("404 Not Found", [("Content-Type", "text/plain")])
            return [b"There is health and metrics here.\n"]
        kept = {name: value for name, value in environ.items() if not name.startswith("HTTP_")}
        return application({**kept, "HTTP_HOST": "127.0.0.1", AT_MONITOR: "1"}, start_response)

    return asked
