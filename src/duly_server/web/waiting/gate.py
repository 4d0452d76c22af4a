"""Middleware that lets through, or has wait, before anything costs: no template, session or database row.

Whoever is over the limit is handed a ticket, which lets them through after 20 to 60 seconds, whatever others
do. Nobody is refused, and nothing else of the office is limited.
"""

import logging
import os
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import sha256

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from duly_server.gateways.limits import (
    SHORTEST_WAIT,
    Counts,
    Tickets,
    folder_in_memory,
    network_of,
    trusted,
)
from duly_server.web.door import now
from duly_server.web.waiting.lanes import FORGIVEN, LANES, LOGIN, Lane
from duly_server.web.waiting.page import TICKET, wait_page

COME_BACK_IN = 5  # seconds, for a ticket whose wait is over while every thread is taken
FULL = "duly.full"  # in the environment of a request: no thread is free for it; no header can be so named
HEADER = "Duly-Slowly"

_log = logging.getLogger("duly.limits")


@lru_cache(maxsize=1)
def counts() -> Counts:
    """What this process counts with, together with the others of the office on this machine."""
    return Counts(folder_in_memory(settings.DULY_HOME, os.environ), on_fault=_say)


def _say(fault: Exception) -> None:
    _log.error("Nothing is limited for now", exc_info=fault)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """One request of a lane: `about` is the account whose login is tried, "" elsewhere."""

    lane: Lane
    about: str
    network: str
    said: Mapping[str, str]
    at: float
    day: str

    def take(self) -> float:
        """Seconds to wait; 0.0: it is within every budget, and counted in each."""
        wait = counts().take(self.lane.name, self.network, self.lane.budget, at=self.at, day=self.day)
        if wait or self.lane.account is None or not self.about:
            return wait
        wait = counts().take("account", self.about, self.lane.account, at=self.at, day=self.day)
        if wait:
            counts().give_back(self.lane.name, self.network, self.lane.budget, at=self.at, day=self.day)
        return wait

    def give_back(self) -> None:
        counts().give_back(self.lane.name, self.network, self.lane.budget, at=self.at, day=self.day)
        if self.lane.account is not None and self.about:
            counts().give_back("account", self.about, self.lane.account, at=self.at, day=self.day)


class Waiting:
    """Middleware, behind the check of what arrives and before everything that reads or writes."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        lane = LANES.get(request.path_info) if request.method == "POST" else None
        if lane is None:
            return self.get_response(request)
        asked = _asked(request, lane, *_when(request))
        held = request.POST.get(TICKET, "")
        if held and (answer := self._with_ticket(request, asked, held)) is not None:
            return answer
        if FULL in request.META:
            return _slow(_wait(asked, SHORTEST_WAIT))
        if wait := asked.take():
            return _slow(_wait(asked, wait))
        answer = self.get_response(request)
        if lane in FORGIVEN and answer.status_code in (302, 303):
            asked.give_back()
        return answer

    def _with_ticket(self, request: HttpRequest, asked: _Asked, held: str) -> HttpResponse | None:
        """The answer to whoever holds a ticket; None if it is none of ours, too old, or used."""
        ticket = _tickets().read(held, asked.lane.name, asked.about)
        if ticket is None or ticket.is_over(asked.at):
            return None
        if left := ticket.left(asked.at):
            return _slow(wait_page(asked.lane, asked.said, ticket=held, seconds=left))
        if FULL in request.META:
            return _slow(wait_page(asked.lane, asked.said, ticket=held, seconds=COME_BACK_IN))
        if counts().spend(ticket.number, until=ticket.until, at=asked.at, day=asked.day):
            return self.get_response(request)
        return None


def _slow(response: HttpResponse) -> HttpResponse:
    """Marked for the front, which takes the mark off again and answers seconds later."""
    response.headers[HEADER] = "1"
    return response


def _when(request: HttpRequest) -> tuple[float, date]:
    today, at = now(request)
    return at.timestamp(), today


def _asked(request: HttpRequest, lane: Lane, at: float, today: date) -> _Asked:
    said = {name: str(value) for name, value in request.POST.items()}
    name = said.get("username", "") if lane is LOGIN else ""
    return _Asked(
        lane=lane,
        about=unicodedata.normalize("NFKC", name[:254]).casefold().strip(),
        network=network_of(
            str(request.META.get("REMOTE_ADDR") or ""),
            str(request.META.get("HTTP_X_FORWARDED_FOR") or ""),
            trusted(tuple(settings.DULY_PROXIES)),
        ),
        said=said,
        at=at,
        day=today.isoformat(),
    )


def _wait(asked: _Asked, wait: float) -> HttpResponse:
    ticket = _tickets().write(asked.lane.name, asked.about, wait=wait, at=asked.at)
    read = _tickets().read(ticket, asked.lane.name, asked.about)
    seconds = read.left(asked.at) if read else SHORTEST_WAIT
    return wait_page(asked.lane, asked.said, ticket=ticket, seconds=seconds)


def _tickets() -> Tickets:
    return Tickets(sha256(b"duly/wait-key/1\0" + settings.SECRET_KEY.encode()).digest())
