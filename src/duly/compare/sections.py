"""Everything of a rulebook but its steps: how days are counted, who there is, what may be done to whom."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from duly.compare.bodies import (
    compare_blank,
    compare_conduct,
    compare_day,
    compare_fast_track,
    compare_measure,
    compare_office,
    compare_pause,
    compare_platform,
    compare_publication,
    compare_question,
    compare_retention,
    compare_sanction,
)
from duly.compare.difference import Differences, listed
from duly.compare.steps import compare_extension, compare_following, compare_instead, compare_steps
from duly.compare.times import Stake, compare_length, compare_times
from duly.rulebook.book import Accepted, Proof
from duly.rulebook.prose import words
from duly.rulebook.steps import Limit
from duly.vocabulary.day import public_day

T = TypeVar("T")


def _value(key: str, what: str, say: Callable[[object], str] = str) -> Callable[[Differences], None]:
    def compare(to: Differences) -> None:
        to.plain(f"rulebook.{key}", "The rulebook", what, getattr(to.old, key), getattr(to.new, key), say)

    return compare


def _quoted(value: object) -> str:
    return f"“{value}”"


def _day(value: object) -> str:
    return public_day(value)  # type: ignore[arg-type]  # a date, as the field says


def _proof(to: Differences) -> None:
    def say(proof: Proof) -> str:
        return f"“{proof.standard}”, to be met by the {words(proof.burden)}"

    to.plain("rulebook.proof", "The rulebook", "the standard of proof", to.old.proof, to.new.proof, say)


def _stages(to: Differences) -> None:
    to.names("stages", "The rulebook", "its stages", to.old.stages, to.new.stages)


def _not_verified(to: Differences) -> None:
    what = "what is not verified"
    to.names("rulebook.not_verified", "The rulebook", what, to.old.not_verified, to.new.not_verified, say=str)


def _counting(to: Differences) -> None:
    old, new = to.old.counting, to.new.counting
    head = "Counting of days"
    to.plain(
        "counting.last_day_closed",
        head,
        "what a closed last day becomes",
        old.last_day_closed,
        new.last_day_closed,
    )
    what = "up to how many days a time leaves closed days out"
    to.plain("counting.short_periods", head, what, old.short_period, new.short_period)
    for key, what, was, now in (
        ("by_post", "a letter", old.by_post, new.by_post),
        ("by_e_mail", "an e-mail", old.by_e_mail, new.by_e_mail),
        ("by_web", "what is told on the web", old.by_web, new.by_web),
        ("by_hand", "what is handed over", old.by_hand, new.by_hand),
    ):
        compare_length(to, f"counting.{key}", f"{head}: the time until {what} counts", was, now)
    to.plain("counting.day_ends", head, "the hour at which a day ends", old.day_ends_at, new.day_ends_at)
    to.plain("counting.day_ends", head, "the time zone", old.zone, new.zone)


def _late(to: Differences) -> None:
    what = "what follows if an office is late"
    old, new = to.old.if_an_office_is_late, to.new.if_an_office_is_late
    compare_following(to, "defaults.if_an_office_is_late", "The rulebook", what, old, new)


def _separate(to: Differences) -> None:
    def say(offices: frozenset[str]) -> str:
        return listed([words(each) for each in sorted(offices)])

    came = [say(each) for each in to.new.separate if each not in to.old.separate]
    left = [say(each) for each in to.old.separate if each not in to.new.separate]
    for each in came:
        to.add("separate", f"Nobody may now hold more than one of these in a case: {each}.")
    for each in left:
        to.add("separate", f"One person may now hold more than one of these in a case: {each}.")
    if not came and not left and to.old.separate != to.new.separate:
        to.add(
            "separate",
            "The lists of offices that are kept apart stand in another order, or one of them twice.",
        )


def _each(
    key: str,
    heading: str,
    kind: str,
    compare: Callable[[Differences, str, T, T], None],
    *,
    in_order: str = "",
) -> Callable[[Differences], None]:
    """Every member of a section: those that came, those that went, and those that changed."""

    def compare_all(to: Differences) -> None:
        old: Mapping[str, T] = getattr(to.old, key)
        new: Mapping[str, T] = getattr(to.new, key)
        for name, member in new.items():
            if name not in old:
                to.add(f"{heading}.{name}", f"New {kind}: {words(name)}.")
            else:
                compare(to, f"{heading}.{name}", old[name], member)
        for name in old:
            if name not in new:
                to.add(f"{heading}.{name}", f"The {kind} {words(name)} is gone.")
        order = [name for name in new if name in old]
        if order != [name for name in old if name in new]:
            to.add(
                heading,
                f"The {in_order or kind + 's'} stand in another order: {', '.join(map(words, order))}.",
            )

    return compare_all


def _named_limits(to: Differences) -> None:
    old, new = _by_name(to.old.named_limits), _by_name(to.new.named_limits)
    for name in (*new, *(name for name in old if name not in new)):
        path, what = f"limit.{name}", f"The time “{words(name)}”"
        if name not in old:
            to.add(path, f"New: another time, “{words(name)}”, on {words(new[name][0].step)}.")
        elif name not in new:
            to.add(path, f"Gone: the time “{words(name)}” on {words(old[name][0].step)}.")
        else:
            _limit(to, path, what, old[name], new[name])
    if list(old) != list(new) and set(old) == set(new):
        to.add("limit", f"The other times stand in another order: {', '.join(map(words, new))}.")


def _by_name(limits: tuple[Limit, ...]) -> dict[str, list[Limit]]:
    found: dict[str, list[Limit]] = {}
    for limit in limits:
        found.setdefault(limit.name, []).append(limit)
    return found


def _limit(to: Differences, path: str, what: str, olds: list[Limit], news: list[Limit]) -> None:
    old, new = olds[0], news[0]
    step = to.new.steps.get(new.step)
    owners = step.by if step and set(step.by) <= to.new.parties else ()
    whose = Stake(owners, tuple(sorted(to.new.parties)))
    times = [tuple(limit.timing for limit in each) for each in (olds, news)]
    compare_times(to, f"{path}.within", what, times[0], times[1], whose)
    to.plain(f"{path}.for", what, "the step it is for", old.step, new.step, words)
    compare_following(to, f"{path}.if_late", what, "what follows if it runs out", old.if_late, new.if_late)
    compare_instead(to, f"{path}.instead", what, old.instead, new.instead)
    compare_extension(to, f"{path}.extend", what, old.extend, new.extend, whose)
    to.plain(f"{path}.clause", what, "its clause", old.clause, new.clause, _quoted)
    to.plain(f"{path}.force", what, "how far it binds", old.force, new.force)


def _fairness(to: Differences) -> None:
    old, new = to.old.fairness, to.new.fairness
    first = "The latest that a first notice is thought fair"
    compare_length(to, "fairness.first_notice", first, old.first_notice, new.first_notice)
    least = "The least time to answer that is thought fair"
    compare_length(to, "fairness.least_answer", least, old.least_answer, new.least_answer)


def _accepted(to: Differences) -> None:
    def say(one: Accepted) -> str:
        return f"{one.rule} at {one.at} (“{one.reason}”)"

    for one in to.new.accepted:
        if one not in to.old.accepted:
            to.add("accepted", f"Accepted now, with a reason: {say(one)}.")
    for one in to.old.accepted:
        if one not in to.new.accepted:
            to.add("accepted", f"No longer accepted: {say(one)}.")
    if to.old.accepted != to.new.accepted and set(to.old.accepted) == set(to.new.accepted):
        to.add("accepted", "The accepted warnings stand in another order, or one of them twice.")


def _was(to: Differences) -> None:
    for name in dict.fromkeys((*to.new.was, *to.old.was)):
        old, new = to.old.was.get(name), to.new.was.get(name)
        if old != new:
            says = f"The stage {words(name)} was called {words(new)} before." if new else ""
            to.add(f"was.{name}", says or f"It is no longer said what {words(name)} was called before.")


def _steps(to: Differences) -> None:
    compare_steps(to)


# Every field of a rulebook but its digest and its lines: the order is that in which a reader is told.
OF_A_RULEBOOK: Mapping[str, Callable[[Differences], None]] = {
    "title": _value("title", "its title", _quoted),
    "edition": _value("edition", "its edition", _quoted),
    "in_force_from": _value("in_force_from", "the day from which it is in force", _day),
    "replaces": _value("replaces", "the edition that it replaces", _quoted),
    "running_cases": _value("running_cases", "what becomes of cases that are open", _quoted),
    "calendar": _value("calendar", "its calendar"),
    "counting": _counting,
    "proof": _proof,
    "anonymous": _value("anonymous", "what becomes of anonymous complaints", _quoted),
    "counter_complaints": _value("counter_complaints", "what becomes of complaints in return", _quoted),
    "reprisals": _value("reprisals", "what is said of reprisals", _quoted),
    "stages": _stages,
    "steps": _steps,
    "named_limits": _named_limits,
    "if_an_office_is_late": _late,
    "days": _each("days", "day", "fixed day", compare_day),
    "measures": _each("measures", "measure", "measure", compare_measure),
    "pauses": _each("pauses", "pause", "pause", compare_pause),
    "fast_track": compare_fast_track,
    "offices": _each("offices", "office", "office", compare_office),
    "separate": _separate,
    "questions": _each("questions", "question", "question", compare_question),
    "conduct": _each("conduct", "conduct", "conduct", compare_conduct, in_order="conducts"),
    "sanctions": _each("sanctions", "sanction", "sanction", compare_sanction),
    "platform": compare_platform,
    "publication": compare_publication,
    "retention": compare_retention,
    "blanks": _each("blanks", "blank", "blank", compare_blank),
    "fairness": _fairness,
    "accepted": _accepted,
    "was": _was,
    "source": _value("source", "its source", _quoted),
    "checked_on": _value("checked_on", "the day on which it was checked", _day),
    "not_verified": _not_verified,
}
