"""What may not come too often waits: complaints sent, codes looked up, logins tried (threats 2.7)."""

from duly_server.web.waiting.gate import Waiting, counts

__all__ = ["Waiting", "counts"]
