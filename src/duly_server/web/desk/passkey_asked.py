"""What a page asks of a device so that a passkey lets somebody in."""

from django.conf import settings
from django.http import HttpRequest

from duly_server.services import passkeys
from duly_server.services.passkeys import Asked
from duly_server.store.accounts import Account
from duly_server.web import door


def asked_of(request: HttpRequest, account: Account | None) -> Asked | None:
    """Of one account, or of anybody; None where no browser would make a passkey for this address."""
    if not passkeys.are_possible(settings.DULY_ADDRESS):
        return None
    _, at = door.now(request)
    return passkeys.ask(account, address=settings.DULY_ADDRESS, office=settings.DULY_NAME, at=at)
