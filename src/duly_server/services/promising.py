"""The office's signed promise that a complaint will be in the log, and what became of one."""

from dataclasses import dataclass
from datetime import date

from duly.record import promise as promises
from duly.record import seal
from duly.record.promise import Promise, SignedPromise
from duly.vocabulary.day import desk_day
from duly_server.gateways.keys import verifies
from duly_server.services.intake import CAME_IN, Receipt
from duly_server.services.premises import premises
from duly_server.store import leaves


def promise_for(receipt: Receipt) -> str:
    """The file that promises what a receipt is for to be in the log, the same however often it is asked for.

    It promises the fact as it was when the complaint came in, whatever the record says by now.
    """
    office = premises()
    promise = Promise(
        origin=office.journal.origin,
        chain=f"complaint/{receipt.complaint}",
        place=CAME_IN,
        digest=receipt.digest,
        by=promises.promised_by(receipt.received_on),
    )
    keyring = office.keyring
    signed = SignedPromise(promise, keyring.public_key(), keyring.sign(promise.signed_bytes))
    return promises.write(signed)


@dataclass(frozen=True, slots=True)
class Found:
    """Whether a promise is the office's and was kept or may still be; what there is to say; the number."""

    holds: bool
    says: str
    number: int | None = None


def check(text: str, *, on: date) -> Found:
    """Hold a promise, given as its file, against keyring and record on this day. Raises PromiseError.

    When a number was given is not recorded: a fact that is in the log now counts as in time.
    """
    signed = promises.read(text)
    if (fault := _not_ours(signed)) is not None:
        return Found(False, fault)
    promise = signed.promise
    where = f"{promise.chain}, place {promise.place}"
    if leaves.digest_of(promise.chain, promise.place) != promise.digest:
        return Found(False, f"This office signed it, and the record does not hold this fact at {where}.")
    found = leaves.leaf_of(promise.chain, promise.place)
    if found is not None:
        if found.leaf != seal.leaf(promise.digest):
            return Found(
                False, f"This office signed it, and number {found.number} of the log is not this fact."
            )
        says = f"This office signed it, and kept it: the fact is in the log as number {found.number}."
        return Found(True, says, found.number)
    until = desk_day(promise.by)
    if on <= promise.by:
        return Found(True, f"This office signed it. The fact is in the record and has until {until}.")
    says = f"This office signed it, and did not keep it: the fact was to be in the log by {until}."
    return Found(False, f"{says} Let duly work run.")


def _not_ours(signed: SignedPromise) -> str | None:
    """Why this is no promise of this office; None if it is one."""
    office, promise = premises(), signed.promise
    if promise.origin != office.journal.origin:
        return f"This promise is of another log: {promise.origin}."
    if signed.key not in office.keyring.public_keys():
        return "No key of this office signed this promise: it is forged, or a key is missing here."
    if not verifies(signed.key, promise.signed_bytes, signed.signature):
        return "The signature does not fit what the promise says: it was altered, or forged."
    return None
