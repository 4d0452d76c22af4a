"""Outcomes of a step: which there are, what they lead to, and what each asks for."""

from collections.abc import Callable, Mapping

from duly.compare.difference import Differences
from duly.rulebook.prose import say_consequences, say_reference, say_test, title, words
from duly.rulebook.steps import Outcome, Step

Pair = Callable[[Differences, str, str, Outcome, Outcome], None]


def compare_outcomes(to: Differences, path: str, old: Step, new: Step) -> None:
    """`path` is that of the step."""
    for name, outcome in new.outcomes.items():
        head = f"{title(new.name)}, {words(name)}"
        before = old.outcomes.get(name)
        if before is None:
            then = f": {say_consequences(outcome.then)}" if outcome.then else ""
            to.add(f"{path}.outcomes", f"{title(new.name)} may now end in “{words(name)}”{then}.")
        else:
            for compare in OF_AN_OUTCOME.values():
                compare(to, f"{path}.outcome.{name}", head, before, outcome)
    for name in old.outcomes:
        if name not in new.outcomes:
            to.add(f"{path}.outcomes", f"{title(new.name)} may no longer end in “{words(name)}”.")
    kept = [name for name in old.outcomes if name in new.outcomes]
    order = [name for name in new.outcomes if name in old.outcomes]
    if kept != order:
        to.add(f"{path}.outcomes", f"{title(new.name)}: its outcomes stand in another order.")


def _then(to: Differences, path: str, head: str, old: Outcome, new: Outcome) -> None:
    if old.then != new.then:
        was, now = (say_consequences(each.then) for each in (old, new))
        to.add(f"{path}.then", f"{head}: what follows is now that {now}; it was that {was}.")


def _after(to: Differences, path: str, head: str, old: Outcome, new: Outcome) -> None:
    if old.after != new.after:
        was, now = (
            " and ".join(say_reference(each) for each in one.after) or "nothing" for one in (old, new)
        )
        to.add(f"{path}.after", f"{head}: it comes now after {now}; it was after {was}.")


def _only_if(to: Differences, path: str, head: str, old: Outcome, new: Outcome) -> None:
    if old.only_if != new.only_if:
        was, now = (
            f"only if {say_test(one.only_if)}" if one.only_if.all_of else "without condition"
            for one in (old, new)
        )
        to.add(f"{path}.only_if", f"{head}: allowed now {now}; it was {was}.")


def _agreed_by(to: Differences, path: str, head: str, old: Outcome, new: Outcome) -> None:
    lost = [office for office in old.agreed_by if office not in new.agreed_by and office in to.old.parties]
    won = [office for office in new.agreed_by if office not in old.agreed_by and office in to.new.parties]
    what = "who must agree"
    to.names(f"{path}.agreed_by", head, what, old.agreed_by, new.agreed_by, worse=lost, better=won)


def _majority(to: Differences, path: str, head: str, old: Outcome, new: Outcome) -> None:
    to.plain(f"{path}.majority", head, "the majority it needs", old.majority or "", new.majority or "")


def _must_state(to: Differences, path: str, head: str, old: Outcome, new: Outcome) -> None:
    to.names(f"{path}.must_state", head, "what must be stated", old.must_state, new.must_state, say=str)


OF_AN_OUTCOME: Mapping[str, Pair] = {
    "then": _then,
    "after": _after,
    "only_if": _only_if,
    "agreed_by": _agreed_by,
    "majority": _majority,
    "must_state": _must_state,
}
