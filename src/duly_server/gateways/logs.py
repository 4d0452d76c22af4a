"""What a log may say of a fault: its class and its place, never what was in it (threats 5.6).

A message, an argument, an address or a local variable may name somebody; none of them is written.
"""

import logging
import traceback
from types import TracebackType

from duly_server.gateways.trouble import trouble_of

_OURS = ("/duly_server/", "/duly/", "/duly_lab/")


class ClassAndPlace(logging.Formatter):
    """ "ERROR django.request OperationalError at duly_server/store/journal.py:71 in append 500 (home)".

    What the machine lacks, if that is why, follows in words of ours: ": the disk is full".
    """

    def format(self, record: logging.LogRecord) -> str:
        said = [record.levelname, record.name]
        if record.exc_info and record.exc_info[0] is not None:
            said += [record.exc_info[0].__name__, "at", place(record.exc_info[2])]
        else:
            said += ["at", f"{record.module}:{record.lineno}", "in", record.funcName]
        status = getattr(record, "status_code", None)
        if isinstance(status, int):
            said.append(str(status))
        if route := route_of(record):
            said.append(f"({route})")
        if record.exc_info and (trouble := trouble_of(record.exc_info[1])) is not None:
            said[-1] += f": {trouble}"
        return " ".join(said)


def place(trace: TracebackType | None) -> str:
    """The innermost line of ours that it went through, else the innermost of all."""
    frames = traceback.extract_tb(trace)
    if not frames:
        return "an unknown place"
    ours = [frame for frame in frames if any(part in frame.filename.replace("\\", "/") for part in _OURS)]
    return _named((ours or frames)[-1])


def places(trace: TracebackType | None, most: int) -> list[str]:
    """The last lines it went through, outermost first; of a library the name of the file alone."""
    return [_named(frame) for frame in traceback.extract_tb(trace)][-most:]


def _named(frame: traceback.FrameSummary) -> str:
    path = frame.filename.replace("\\", "/")
    for part in _OURS:
        if part in path:
            path = part.strip("/") + "/" + path.rpartition(part)[2]
            break
    else:
        path = path.rpartition("/")[2]
    return f"{path}:{frame.lineno} in {frame.name}"


def route_of(record: logging.LogRecord) -> str:
    """The name of the route, which is a word of ours; its address may hold a reference."""
    match = getattr(getattr(record, "request", None), "resolver_match", None)
    name = getattr(match, "url_name", None)
    return name if isinstance(name, str) else ""
