"""The four things that are limited: how often, and what of the form is kept while one waits."""

from dataclasses import dataclass, field

from duly_server.gateways.limits import Budget


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """One thing that is limited. `kept` are the fields that come back from the wait page, with their length.

    `account` is the budget of each account whose login is tried, wherever the tries come from.
    """

    name: str
    budget: Budget
    kept: dict[str, int] = field(default_factory=dict)
    account: Budget | None = None


SEND, CODES, LOGIN, SECOND = (
    Lane(name="send", budget=Budget(20, 30)),
    Lane(name="codes", budget=Budget(20, 6), kept={"code": 200}),
    Lane(name="login", budget=Budget(20, 10), kept={"username": 254, "next": 2000}, account=Budget(5, 60)),
    Lane(name="second", budget=Budget(20, 10), kept={"next": 2000}),
)
LANES = {"/complain/send": SEND, "/status": CODES, "/login": LOGIN, "/login/second": SECOND}
FORGIVEN = (LOGIN, SECOND)  # of these only what failed is counted
