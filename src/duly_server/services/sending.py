"""Sending in what a reporter drafted: one complaint for one draft, however often the button is pressed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from duly.record import promise as promises
from duly.record.facts import Naming
from duly_server.services.intake import Receipt, Report, receive
from duly_server.store import drafts

KEPT = timedelta(days=7)  # a draft that nobody touches
RECEIPT_KEPT = timedelta(days=2)  # a receipt of which nobody said that they have kept it
_SENT = "sent-"


class NothingToSendError(Exception):
    """There is no draft under this key, or an answer is missing; `question` is the first such."""

    def __init__(self, question: str = "") -> None:
        super().__init__(question or "no draft")
        self.question = question


@dataclass(frozen=True, slots=True)
class Draft:
    """What lies under the key of a cookie: answers by name, or the receipt they became when sent."""

    answers: Mapping[str, str]
    receipt: Receipt | None = None

    @property
    def naming(self) -> Naming | None:
        said = self.answers.get("naming", "")
        return Naming(said) if said in set(Naming) else None


def read(key: bytes | None, *, on: date) -> Draft:
    return _draft(drafts.load(key, on=on)) if key else Draft({})


def keep(key: bytes, answers: Mapping[str, str], *, on: date) -> None:
    """Keep these answers beside those already there; what was sent takes no more of them."""
    with transaction.atomic():
        found = _draft(drafts.load(key, on=on, alone=True))
        if found.receipt is None:
            drafts.save(key, {**found.answers, **answers}, expires_on=on + KEPT)


def forget(key: bytes) -> None:
    """Given up, or the receipt was kept."""
    drafts.discard(key)


def send(key: bytes, *, on: date, groups: int) -> Receipt:
    """Take the draft in as a complaint and put its receipt in its place, in one transaction.

    Whoever sends the same draft again, even at the same moment, gets the same receipt: a second press of the
    button, or a line that broke before the answer arrived, makes no second complaint and loses no code. The
    receipt lies sealed under the key in the reporter's cookie until they say they have kept the code. Raises
    NothingToSendError.
    """
    with transaction.atomic():
        found = _draft(drafts.load(key, on=on, alone=True))
        if found.receipt is not None:
            return found.receipt
        if missing := unanswered(found.answers):
            raise NothingToSendError(missing if found.answers else "")
        receipt = receive(_report(found.answers), on=on, groups=groups)
        drafts.save(key, _said(receipt), expires_on=on + RECEIPT_KEPT)
    return receipt


def unanswered(answers: Mapping[str, str]) -> str:
    """The name of the first answer that is missing, "" if none is."""
    needed = ["narrative", "about", "naming"]
    if answers.get("naming") in (Naming.NAMED, Naming.CONFIDENTIAL):
        needed += ["name", "contact"]
    return next((name for name in [*needed, "in_danger"] if not answers.get(name, "").strip()), "")


def _report(answers: Mapping[str, str]) -> Report:
    naming = Naming(answers["naming"])
    gives_name = naming is not Naming.ANONYMOUS
    return Report(
        narrative=answers["narrative"],
        about=answers["about"],
        naming=naming,
        # Somebody who chose to stay anonymous after giving a name has taken it back.
        name=answers["name"] if gives_name else "",
        contact=answers["contact"] if gives_name else "",
        when=answers.get("when", ""),
        where=answers.get("where", ""),
        in_danger=answers["in_danger"] == "yes",
    )


def _said(receipt: Receipt) -> dict[str, str]:
    return {
        f"{_SENT}code": receipt.code,
        f"{_SENT}complaint": receipt.complaint,
        f"{_SENT}case": receipt.case,
        f"{_SENT}on": receipt.received_on.isoformat(),
        f"{_SENT}digest": receipt.digest.hex(),
    }


def _draft(found: Mapping[str, str]) -> Draft:
    if f"{_SENT}code" not in found:
        return Draft(found)
    receipt = Receipt(
        code=found[f"{_SENT}code"],
        complaint=found[f"{_SENT}complaint"],
        case=found[f"{_SENT}case"],
        received_on=date.fromisoformat(found[f"{_SENT}on"]),
        digest=_digest(found),
    )
    return Draft({}, receipt)


def _digest(found: Mapping[str, str]) -> bytes:
    """What the office promises. A receipt of before it was signed on request holds the promise itself."""
    if f"{_SENT}promise" in found:
        return promises.read(found[f"{_SENT}promise"]).promise.digest
    return bytes.fromhex(found[f"{_SENT}digest"])
