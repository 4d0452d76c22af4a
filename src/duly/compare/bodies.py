"""The members of a rulebook's sections, one function for each kind, field by field."""

from collections.abc import Mapping

from duly.compare.difference import Differences, listed
from duly.compare.times import compare_bounds, compare_length
from duly.rulebook.book import (
    Allowing,
    Blank,
    Conduct,
    DayRule,
    Example,
    FastTrack,
    Held,
    Hold,
    Measure,
    Moves,
    Office,
    PauseRule,
    Question,
    Sanction,
)
from duly.rulebook.phrases import Timing
from duly.rulebook.prose import say_limit, say_timing, title, words


def _parties(to: Differences) -> tuple[str, ...]:
    return tuple(sorted(to.new.parties))


def _respondent(to: Differences) -> tuple[str, ...]:
    office = to.new.party_office("respondent")
    return (office,) if office else ()


def _quoted(value: object) -> str:
    return f"“{value}”"


def compare_day(to: Differences, path: str, old: DayRule, new: DayRule) -> None:
    what = f"The earliest that the {words(new.name)} may be"
    compare_bounds(to, f"{path}.not_before", what, old.not_before, new.not_before)
    what = f"The latest that the {words(new.name)} may be"
    compare_bounds(to, f"{path}.not_after", what, old.not_after, new.not_after)

    def say(moves: Moves) -> str:
        most = f" by {moves.at_most} at most" if moves.at_most else ""
        along = (
            f", and takes along {listed([words(each) for each in moves.takes_along])}"
            if moves.takes_along
            else ""
        )
        return f"that “{words(moves.by)}” moves it{most}{along}"

    to.plain(f"{path}.moves", title(new.name), "how it is moved", old.moves, new.moves, say)


def compare_measure(to: Differences, path: str, old: Measure, new: Measure) -> None:
    head = title(new.name)
    most = f"{head}: the longest it may last"
    compare_length(to, f"{path}.at_most", most, old.at_most, new.at_most, longer_harms=_respondent(to))
    to.names(f"{path}.ends_with", head, "the steps that end it", old.ends_with, new.ends_with)
    to.plain(f"{path}.credit", head, "the sanction it is credited to", old.credit, new.credit, _quoted)
    to.plain(f"{path}.clause", head, "its clause", old.clause, new.clause, _quoted)


def compare_pause(to: Differences, path: str, old: PauseRule, new: PauseRule) -> None:
    head = f"Pause, {words(new.name)}"
    to.names(f"{path}.by", head, "who may pause", old.by, new.by)
    most = f"{head}: the longest it may last"
    compare_length(to, f"{path}.at_most", most, old.at_most, new.at_most, longer_harms=_parties(to))
    review = f"{head}: the time from review to review"
    compare_length(
        to, f"{path}.review", review, old.review_every, new.review_every, longer_harms=_parties(to)
    )
    to.plain(f"{path}.clause", head, "its clause", old.clause, new.clause, _quoted)


def compare_office(to: Differences, path: str, old: Office, new: Office) -> None:
    head = title(new.name)
    if old.party != new.party:
        to.add(f"{path}.party", f"{head}: {'now a party' if new.party else 'no party any more'}.")
    if old.accountable != new.accountable:
        answers = "now answers" if new.accountable else "no longer answers"
        to.add(f"{path}.accountable", f"{head}: {answers} for the timetable.")
    for key, what in (
        ("is_", "the party that it is"),
        ("seats", "its seats"),
        ("quorum", "its quorum"),
        ("drawn", "how its members are drawn"),
        ("majority", "its majority"),
        ("stands_in", "who stands in for it"),
    ):
        before, after = getattr(old, key), getattr(new, key)
        to.plain(f"{path}.{key.rstrip('_')}", head, what, before, after, _quoted)
    to.names(f"{path}.mix", head, "who must be among its members", old.mix, new.mix, say=str)


def compare_blank(to: Differences, path: str, old: Blank, new: Blank) -> None:
    head = f"Blank, {words(new.name)}"
    to.plain(f"{path}.from", head, "the least that may be filled in", old.least, new.least)
    to.plain(f"{path}.to", head, "the most that may be filled in", old.most, new.most)
    to.plain(f"{path}.is", head, "what is filled in", old.filled, new.filled)
    to.plain(f"{path}.ask", head, "what is asked", old.ask, new.ask, _quoted)


def compare_question(to: Differences, path: str, old: Question, new: Question) -> None:
    head = f"Question, {words(new.name)}"
    to.plain(f"{path}.ask", head, "what is asked", old.ask, new.ask, _quoted)
    to.names(f"{path}.answers", head, "its answers", old.answers, new.answers)


def compare_conduct(to: Differences, path: str, old: Conduct, new: Conduct) -> None:
    head = f"Conduct, {words(new.name)}"
    to.plain(f"{path}.title", head, "its title", old.title, new.title, _quoted)
    to.plain(f"{path}.text", head, "its definition", old.text, new.text, _quoted)
    to.plain(f"{path}.clause", head, "its clause", old.clause, new.clause, _quoted)
    to.names(f"{path}.range", head, "the sanctions it may meet", old.range, new.range)
    _too_old(to, f"{path}.too_old", head, old.too_old, new.too_old)
    _examples(to, path, head, old.examples, new.examples)


def _too_old(to: Differences, path: str, head: str, old: Allowing | None, new: Allowing | None) -> None:
    def say(rule: Allowing) -> str:
        unless = f", unless the {words(rule.unless)} allows it" if rule.unless else ""
        return f"{say_timing(rule.timing)}{unless}"

    to.plain(path, head, "how old it may be", old, new, say)


def _examples(
    to: Differences, path: str, head: str, old: Mapping[str, Example], new: Mapping[str, Example]
) -> None:
    def say(one: Example) -> str:
        return f"“{one.text}” ({one.adopted}{f': {one.caveat}' if one.caveat else ''})"

    for name in dict.fromkeys((*new, *old)):
        place = f"{path}.example.{name}"
        to.plain(place, head, f"the example {words(name)}", old.get(name), new.get(name), say)
    if list(old) != list(new) and set(old) == set(new):
        to.add(path, f"{head}: its examples stand in another order.")


def compare_sanction(to: Differences, path: str, old: Sanction, new: Sanction) -> None:
    head, harmed = title(new.name), _respondent(to)
    compare_length(to, f"{path}.from", f"{head}: the least", old.least, new.least, longer_harms=harmed)
    compare_length(to, f"{path}.to", f"{head}: the most", old.most, new.most, longer_harms=harmed)
    for key, what in (
        ("begins", "when it begins"),
        ("spent", "when it is spent"),
        ("ask_again", "when it may be asked to be lifted"),
    ):
        to.plain(f"{path}.{key}", head, what, getattr(old, key), getattr(new, key), _say_time)

    def say(held: Held) -> str:
        return f"for up to {held.for_up_to}, falling due on {held.falls_due_on}"

    to.plain(f"{path}.held", head, "how it may be held over", old.held, new.held, say)
    to.plain(f"{path}.majority", head, "the majority it needs", old.majority, new.majority, _quoted)
    to.plain(f"{path}.clause", head, "its clause", old.clause, new.clause, _quoted)


def _say_time(timing: Timing) -> str:
    return say_timing(timing)


def compare_fast_track(to: Differences) -> None:
    old, new = to.old.fast_track, to.new.fast_track
    if old is None or new is None:
        if old is not new:
            to.add("fast_track", "There is now a fast track." if new else "There is no fast track any more.")
        return
    head = "Fast track"
    to.names("fast_track.by", head, "who may order it", old.by, new.by)
    to.names("fast_track.criteria", head, "its criteria", old.criteria, new.criteria, say=str)
    _shorter(to, old, new)
    to.plain("fast_track.at_most", head, "its share of the docket", old.at_most, new.at_most)
    to.plain("fast_track.clause", head, "its clause", old.clause, new.clause, _quoted)


def _shorter(to: Differences, old: FastTrack, new: FastTrack) -> None:
    def say(times: tuple[Timing, ...]) -> str:
        return listed([say_limit(timing) for timing in times])

    for name in dict.fromkeys((*new.shorter, *old.shorter)):
        before, after = old.shorter.get(name), new.shorter.get(name)
        what = f"the time to {words(name)}"
        to.plain(f"fast_track.shorter.{name}", "Fast track", what, before, after, say)
    if list(old.shorter) != list(new.shorter) and set(old.shorter) == set(new.shorter):
        to.add("fast_track.shorter", "Fast track: its times stand in another order.")


def compare_platform(to: Differences) -> None:
    old, new = to.old.platform, to.new.platform
    if old is None or new is None:
        if old is not new:
            said = (
                "There is now a rule on shared platforms." if new else "The rule on shared platforms is gone."
            )
            to.add("platform", said)
        return
    head = "Shared platforms"
    to.names("platform.offices", head, "the offices that are bound", old.offices, new.offices)
    to.plain("platform.act", head, "what it is about", old.act, new.act, _quoted)
    _said_of(to, "platform.measures", head, old.measures, new.measures)
    to.names("platform.except", head, "the exceptions", old.exceptions, new.exceptions, say=str)
    to.plain("platform.defence", head, "the defence", old.defence, new.defence, _quoted)
    to.plain("platform.clause", head, "its clause", old.clause, new.clause, _quoted)


def _said_of(to: Differences, path: str, head: str, old: Mapping[str, str], new: Mapping[str, str]) -> None:
    for name in dict.fromkeys((*new, *old)):
        what = f"the answer under {words(name)}"
        to.plain(f"{path}.{name}", head, what, old.get(name, ""), new.get(name, ""), _quoted)
    if list(old) != list(new) and set(old) == set(new):
        to.add(path, f"{head}: the measures stand in another order.")


def compare_publication(to: Differences) -> None:
    old, new = to.old.publication, to.new.publication
    if old is None or new is None:
        if old is not new:
            said = (
                "What is published is now laid down."
                if new
                else "It is no longer laid down what is published."
            )
            to.add("publication", said)
        return
    head = "Publication"
    to.names("publication.what", head, "what is published", old.what, new.what, say=str)
    what = "the least number that is shown"
    to.plain("publication.small_numbers", head, what, old.small_numbers, new.small_numbers)
    to.plain("publication.reply", head, "the time to reply before it", old.reply, new.reply, _quoted)
    to.plain("publication.clause", head, "its clause", old.clause, new.clause, _quoted)


def compare_retention(to: Differences) -> None:
    old, new = to.old.retention, to.new.retention
    if old is None or new is None:
        if old is not new:
            said = "It is now laid down how long cases are kept." if new else ""
            to.add("retention", said or "It is no longer laid down how long cases are kept.")
        return
    head = "Retention"
    for name in dict.fromkeys((*new.keep, *old.keep)):
        before, after = (_say_time(each.keep[name]) if name in each.keep else "" for each in (old, new))
        to.plain(f"retention.{name}", head, f"how long {words(name)} is kept", before, after)
    if list(old.keep) != list(new.keep) and set(old.keep) == set(new.keep):
        to.add("retention", f"{head}: its rules stand in another order.")

    def say(hold: Hold) -> str:
        return f"by the {words(hold.by)}, looked at again every {hold.review_every}"

    to.plain("retention.hold", head, "who may hold a case back from it", old.hold, new.hold, say)
    to.plain("retention.clause", head, "its clause", old.clause, new.clause, _quoted)
