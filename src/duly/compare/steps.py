"""Steps that came, went or changed: whose they are, by when, and what follows."""

from collections.abc import Callable, Mapping

from duly.compare.difference import Differences, listed
from duly.compare.outcomes import compare_outcomes
from duly.compare.times import Stake, compare_bounds, compare_length, compare_times
from duly.rulebook.phrases import Consequence, Reference, Test
from duly.rulebook.prose import say_consequences, say_limit, say_reference, say_test, title, words
from duly.rulebook.steps import ANYTIME, Extension, Instead, NoWorseThan, Step

Pair = Callable[[Differences, str, Step, Step], None]


def compare_steps(to: Differences) -> None:
    """Every step of both editions, in the order of the newer one, then those that are gone."""
    for name, new in to.new.steps.items():
        old = to.old.steps.get(name)
        if old is None:
            _came(to, new)
        else:
            for compare in OF_A_STEP.values():
                compare(to, path_of(new), old, new)
    for name, old in to.old.steps.items():
        if name not in to.new.steps:
            _went(to, old)
    kept = [name for name in to.old.steps if name in to.new.steps]
    order = [name for name in to.new.steps if name in to.old.steps]
    if kept != order:
        to.add("stages", f"The steps stand in another order: {', '.join(map(words, order))}.")


def path_of(step: Step) -> str:
    return f"{step.home}.{step.name}"


def said(step: Step) -> str:
    """What is done, as after "to"."""
    return step.title or words(step.name)


def _came(to: Differences, step: Step) -> None:
    parties = tuple(office for office in step.by if office in to.new.parties)
    by = listed([f"the {words(office)}" for office in step.by])
    times = "".join(f", {say_limit(timing)}" for timing in step.within)
    head = f"New: {by} may now {said(step)}" if parties else f"New: {by} is now to {said(step)}"
    to.add(path_of(step), f"{head}{_where(step)}{times}.", better=parties)


def _went(to: Differences, step: Step) -> None:
    parties = tuple(office for office in step.by if office in to.old.parties)
    by = listed([f"the {words(office)}" for office in step.by])
    verb = "may no longer" if parties else "is no longer to"
    to.add(path_of(step), f"Gone: {by} {verb} {said(step)}{_where(step)}.", worse=parties)


def _where(step: Step) -> str:
    return "" if step.home == ANYTIME else f" in {words(step.home)}"


def stake(to: Differences, old: Step, new: Step) -> Stake:
    """A step's time is a party's where every office that owes it is a party."""
    owners = new.by if set(new.by) <= to.new.parties and set(old.by) <= to.old.parties else ()
    return Stake(owners, tuple(sorted(to.new.parties)))


# --- one field each ---------------------------------------------------------------------------------------


def _home(to: Differences, path: str, old: Step, new: Step) -> None:
    to.plain(path, title(new.name), "its place in the procedure", old.home, new.home, words)


def _by(to: Differences, path: str, old: Step, new: Step) -> None:
    lost = [office for office in old.by if office not in new.by and office in to.old.parties]
    won = [office for office in new.by if office not in old.by and office in to.new.parties]
    to.names(f"{path}.by", title(new.name), "who may do it", old.by, new.by, worse=lost, better=won)


def _within(to: Differences, path: str, old: Step, new: Step) -> None:
    what = f"The time to {said(new)}"
    compare_times(to, f"{path}.within", what, old.within, new.within, stake(to, old, new))


def _not_before(to: Differences, path: str, old: Step, new: Step) -> None:
    what = f"The earliest day to {said(new)}"
    compare_bounds(to, f"{path}.not_before", what, old.not_before, new.not_before)


def _extend(to: Differences, path: str, old: Step, new: Step) -> None:
    compare_extension(
        to, f"{path}.extend", f"The time to {said(new)}", old.extend, new.extend, stake(to, old, new)
    )


def compare_extension(
    to: Differences, path: str, what: str, old: Extension | None, new: Extension | None, whose: Stake
) -> None:
    """More time that may be given: by whom, how much, how often, on which grounds."""
    if old is None and new is not None:
        worse, better = whose.of(1)
        by = " or ".join(f"the {words(office)}" for office in new.by)
        to.add(
            path, f"{what} may now be extended by {by}, by {new.at_most} in all.", worse=worse, better=better
        )
    elif new is None and old is not None:
        worse, better = whose.of(-1)
        to.add(path, f"{what}: nobody may now extend it.", worse=worse, better=better)
    if old is None or new is None or old == new:
        return
    to.names(f"{path}.by", what, "who may extend it", old.by, new.by)
    most = f"{what}: the most that may be added"
    longer, shorter = whose.of(1)[0], whose.of(-1)[0]
    compare_length(
        to, f"{path}.at_most", most, old.at_most, new.at_most, longer_harms=longer, shorter_harms=shorter
    )
    worse, better = whose.of((new.times > old.times) - (new.times < old.times))
    to.plain(
        f"{path}.times",
        what,
        "how often it may be extended",
        old.times,
        new.times,
        worse=worse,
        better=better,
    )
    to.names(f"{path}.grounds", what, "the grounds for extending it", old.grounds, new.grounds)


def _instead(to: Differences, path: str, old: Step, new: Step) -> None:
    compare_instead(to, f"{path}.instead", title(new.name), old.instead, new.instead)


def compare_instead(
    to: Differences, path: str, head: str, old: tuple[Instead, ...], new: tuple[Instead, ...]
) -> None:
    came = [_say_instead(each) for each in new if each not in old]
    left = [_say_instead(each) for each in old if each not in new]
    if came:
        to.add(path, f"{head}: now {'; '.join(came)}.")
    if left:
        to.add(path, f"{head}: no longer {'; '.join(left)}.")
    if old != new and not came and not left:
        to.add(path, f"{head}: what holds instead is asked in another order.")


def _say_instead(one: Instead) -> str:
    parts = [f"by {' or '.join(f'the {words(office)}' for office in one.by)}"] if one.by else []
    parts += [say_limit(timing) for timing in one.within or ()]
    return f"{' and '.join(parts) or 'the same'} while {say_test(one.when)}"


def _late(to: Differences, path: str, old: Step, new: Step) -> None:
    what = f"what follows if the time to {said(new)} runs out"
    compare_following(to, f"{path}.if_late", title(new.name), what, old.if_late, new.if_late)


def _then(to: Differences, path: str, old: Step, new: Step) -> None:
    compare_following(to, f"{path}.then", title(new.name), "what follows it", old.then, new.then)


def compare_following(
    to: Differences,
    path: str,
    head: str,
    what: str,
    old: tuple[Consequence, ...] | None,
    new: tuple[Consequence, ...] | None,
) -> None:
    if old != new:
        was, now = (
            say_consequences(each) if each else "nothing that the rulebook says" for each in (old, new)
        )
        to.add(path, f"{head}: {what} is now that {now}; it was that {was}.")


def _after(to: Differences, path: str, old: Step, new: Step) -> None:
    to.plain(f"{path}.after", title(new.name), "what it comes after", old.after, new.after, say_references)


def say_references(those: tuple[Reference, ...]) -> str:
    return listed([say_reference(each) for each in those])


def _only_if(to: Differences, path: str, old: Step, new: Step) -> None:
    compare_test(to, f"{path}.only_if", title(new.name), old.only_if, new.only_if)


def compare_test(to: Differences, path: str, head: str, old: Test, new: Test) -> None:
    if old != new:
        was, now = (
            f"only if {say_test(each)}" if each.all_of else "without condition" for each in (old, new)
        )
        to.add(path, f"{head}: allowed now {now}; it was {was}.")


def _no_worse(to: Differences, path: str, old: Step, new: Step) -> None:
    def say(one: NoWorseThan) -> str:
        unless = f", unless {say_reference(one.unless)}" if one.unless else ""
        return f"that of {words(one.step)}{unless}"

    what = "the outcome that it may not be worse than"
    to.plain(f"{path}.no_worse_than", title(new.name), what, old.no_worse_than, new.no_worse_than, say)


def _times(to: Differences, path: str, old: Step, new: Step) -> None:
    def say(times: int | None) -> str:
        return "any number of times" if times is None else f"{times} time{'s' if times != 1 else ''}"

    if old.times != new.times:
        head = f"{title(new.name)}: it may now be done {say(new.times)}"
        to.add(f"{path}.times", f"{head}; it was {say(old.times)}.")


def _must_state(to: Differences, path: str, old: Step, new: Step) -> None:
    less = [each for each in old.must_state if each not in new.must_state]
    served = [office for office in new.serve_on if office in to.new.parties]
    to.names(
        f"{path}.must_state", title(new.name), "what must be stated", old.must_state, new.must_state,
        say=str, worse=served if less else (), better=() if less else served,
    )  # fmt: skip


def _serve_on(to: Differences, path: str, old: Step, new: Step) -> None:
    lost = [office for office in old.serve_on if office not in new.serve_on and office in to.old.parties]
    won = [office for office in new.serve_on if office not in old.serve_on and office in to.new.parties]
    what = "on whom it is served"
    to.names(f"{path}.serve_on", title(new.name), what, old.serve_on, new.serve_on, worse=lost, better=won)


def _outcomes(to: Differences, path: str, old: Step, new: Step) -> None:
    compare_outcomes(to, path, old, new)


def _list(key: str, what: str, *, is_text: bool = False) -> Pair:
    """A field that is a list of names, or of texts."""

    def compare(to: Differences, path: str, old: Step, new: Step) -> None:
        before, after = getattr(old, key), getattr(new, key)
        to.names(f"{path}.{key}", title(new.name), what, before, after, say=str if is_text else words)

    return compare


def _value(key: str, what: str, *, name: str | None = None) -> Pair:
    """A field that is one value."""

    def compare(to: Differences, path: str, old: Step, new: Step) -> None:
        before, after = getattr(old, key), getattr(new, key)
        to.plain(f"{path}.{name or key}", title(new.name), what, before, after, lambda value: f"“{value}”")

    return compare


def _flag(key: str, yes: str, no: str) -> Pair:
    """A field that holds or does not."""

    def compare(to: Differences, path: str, old: Step, new: Step) -> None:
        if getattr(old, key) != getattr(new, key):
            to.add(f"{path}.{key}", f"{title(new.name)}: {yes if getattr(new, key) else no}.")

    return compare


OF_A_STEP: Mapping[str, Pair] = {
    "home": _home,
    "by": _by,
    "during": _list("during", "the stages in which it may be done"),
    "after": _after,
    "not_before": _not_before,
    "only_if": _only_if,
    "within": _within,
    "if_late": _late,
    "instead": _instead,
    "extend": _extend,
    "outcomes": _outcomes,
    "then": _then,
    "per": _value("per", "for whom each it is done"),
    "times": _times,
    "sets": _list("sets", "the days it fixes"),
    "agreed_by": _list("agreed_by", "who must agree"),
    "majority": _value("majority", "the majority it needs"),
    "no_worse_than": _no_worse,
    "not_the_people_of": _list("not_the_people_of", "the steps whose people may not do it"),
    "serve_on": _serve_on,
    "must_state": _must_state,
    "grounds": _list("grounds", "its grounds", is_text=True),
    "even_when_closed": _flag(
        "even_when_closed",
        "it may now be done when the case is closed",
        "it may no longer be done when the case is closed",
    ),
    "clause": _value("clause", "its clause"),
    "title": _value("title", "what it is called"),
    "vague": _value("vague", "the time that is given in words only"),
    "is_": _value("is_", "what it is to the rules of fairness", name="is"),
    "adverse": _list("adverse", "the outcomes that count against a party"),
    "runs_on": _flag("runs_on", "a pause no longer stops its time", "a pause now stops its time"),
    "force": _value("force", "how far its time binds"),
    "fee": _value("fee", "its fee"),
}
