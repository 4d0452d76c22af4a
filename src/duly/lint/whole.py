"""The whole lint: what fields and words decide, and what only exploring shows."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from duly.lint import appeals, ending, heard, lasting, owing, restarting
from duly.lint.graph import MOST_MARKINGS, explore
from duly.lint.lasting import Totals
from duly.lint.logic import TangledError
from duly.lint.look import Look
from duly.rulebook.book import Rulebook
from duly.rulebook.check import by_fields, settled
from duly.rulebook.finding import RULES, Finding, Severity, finding

GRAPH_CHECKS: dict[str, tuple[Callable[[Look], Iterator[Finding]], ...]] = {
    "L01": (owing.somebody_owes_something,),
    "L03": (owing.silence_is_bounded, lasting.it_has_an_end),
    "L07": (heard.nothing_is_found_without_notice,),
    "L08": (lasting.news_comes_soon,),
    "L09": (heard.nothing_is_found_before_the_answer,),
    "L11": (appeals.decisions_can_be_appealed,),
    "L12": (appeals.appeals_are_open_to_both,),
    "L13": (appeals.sanctions_wait_for_the_appeal,),
    "L14": (appeals.measures_can_be_appealed,),
    "L16": (heard.sanction_comes_after_a_finding,),
    "L21": (ending.closings_have_reasons,),
    "L24": (ending.leaving_has_an_outcome,),
    "L31": (owing.progress_is_owed,),
    "N01": (restarting.triggers_say_which,),
    "N02": (owing.stages_begin_with_something_owed,),
    "N03": (lasting.nobody_is_late_for_nothing,),
    "N04": (ending.deemed_acts_are_in_play,),
    "N05": (ending.everything_can_happen,),
    "N06": (ending.every_marking_can_close,),
    "N07": (restarting.nobody_restarts_their_own_time,),
    "N08": (ending.no_window_cuts_off_another,),
}


NEED_ALL = frozenset({"L11", "L14", "L24", "N05", "N06"})  # they say that something is nowhere
MOST_KEPT = 16


@dataclass(frozen=True, slots=True)
class Explored:
    """What exploring found, before anything is accepted; and how long a case can take, if it can be told."""

    findings: tuple[Finding, ...]
    totals: Totals | None


_kept: dict[str, Explored] = {}


def explored(book: Rulebook) -> Explored:
    """A second or so for a rulebook of usual size. Kept by the digest of the file: it is explored once."""
    if book.digest not in _kept:
        found = _explore(book)
        while len(_kept) >= MOST_KEPT:
            del _kept[next(iter(_kept))]
        _kept[book.digest] = found
    return _kept[book.digest]


def by_exploring(book: Rulebook) -> tuple[Finding, ...]:
    return explored(book).findings


def _explore(book: Rulebook) -> Explored:
    """Of a graph that was too large to be seen whole, nothing is said that one more marking could belie."""
    try:
        look = Look(explore(book))
    except TangledError:
        return Explored((_too_large(book, "a condition in it has more cases than can be followed"),), None)
    whole = look.graph.is_whole
    asked = [rule for rule in GRAPH_CHECKS if whole or rule not in NEED_ALL]
    found = [one for rule in asked for check_one in GRAPH_CHECKS[rule] for one in check_one(look)]
    if not whole:
        many = len(look.graph.markings) > MOST_MARKINGS
        why = f"it has more than {MOST_MARKINGS:,} markings" if many else "there are too many ways through it"
        found.append(_too_large(book, why))
    return Explored(tuple(found), lasting.totals(look))


def _too_large(book: Rulebook, why: str) -> Finding:
    says = f"This procedure can't be explored to its end: {why}."
    remedy = "Divide it into several rulebooks, or have fewer things go on beside each other."
    return finding(book, "N06", "stages", says, remedy, severity=Severity.WARNING)


def check_whole(book: Rulebook) -> tuple[Finding, ...]:
    """Every finding of every rule, errors first, then by line; accepted warnings with their reason."""
    return settled(book, [*by_fields(book), *by_exploring(book)], asked=RULES)
