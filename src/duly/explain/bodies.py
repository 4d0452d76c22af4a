"""What a rulebook says beside its steps, in plain English: counting, pauses, measures, conduct, sanctions."""

from collections.abc import Iterable

from duly.compare.difference import listed
from duly.explain.told import Reader, Section, Sentence, sentence
from duly.rulebook.book import LastDayClosed, Rulebook, Sanction
from duly.rulebook.phrases import At, Event, Timing
from duly.rulebook.prose import either, say_limit, say_timing, title, words
from duly.vocabulary import Length, Unit


def _section(heading: str, said: Iterable[tuple[str, str | None]]) -> Section:
    return Section(heading, tuple(Sentence(sentence(says), clause or "") for says, clause in said))


def counting(book: Rulebook) -> Section:
    rules = book.counting
    said = [f"Working days are those of the calendar {book.calendar}"]
    closed = rules.last_day_closed is LastDayClosed.NEXT_WORKING_DAY
    said.append(
        "If the last day of a time is a closed day, the next working day is its last"
        if closed
        else "A time may end on a closed day: its last day does not move"
    )
    if rules.short_period is not None:
        most = Length(rules.short_period, Unit.DAYS)
        said.append(f"A time of at most {most} leaves out the closed days that fall into it")
    if rules.by_post is not None:
        said.append(f"What is sent by post counts as received {rules.by_post} after posting")
    for how, length in (("sent by e-mail", rules.by_e_mail), ("told on the web", rules.by_web)):
        if length is not None:
            said.append(f"What is {how} counts as received {length} after sending")
    if rules.by_hand is not None:
        said.append(f"What is handed over counts as received {rules.by_hand} after that")
    said.append(f"A day ends at {rules.day_ends_at:%H:%M} {rules.zone} time")
    said.append("A time may be extended only where that is said of it")
    return _section("How days are counted", [(each, None) for each in said])


def pauses(book: Rulebook, reader: Reader) -> Section:
    said: list[tuple[str, str | None]] = []
    for pause in book.pauses.values():
        by = reader.any_of(pause.by)
        review = f", and must look at it again every {pause.review_every}" if pause.review_every else ""
        said.append(
            (
                f"{by} may pause the case ({words(pause.name)}), for {pause.at_most} at most{review}",
                pause.clause,
            )
        )
    return _section("Pauses", said)


def measures(book: Rulebook) -> Section:
    said: list[tuple[str, str | None]] = []
    for measure in book.measures.values():
        most = f" lasts {measure.at_most} at most" if measure.at_most else " has no longest time"
        ends = (
            f" and ends with {either([words(each) for each in measure.ends_with])}"
            if measure.ends_with
            else ""
        )
        credit = f". It is credited to the {words(measure.credit)}" if measure.credit else ""
        says = (
            f"{title(measure.name)} is not a finding. It{most}{ends}, and always ends with the case{credit}"
        )
        said.append((says, measure.clause))
    return _section("Measures while a case runs", said)


def fast_track(book: Rulebook, reader: Reader) -> Section:
    track = book.fast_track
    if track is None:
        return Section("Fast track", ())
    said = [
        f"{reader.any_of(track.by)} may put a case on a fast track if it is so: {either([*track.criteria])}"
    ]
    for name, times in track.shorter.items():
        said.append(
            f"Then the time to {words(name)} is shorter: {listed([say_limit(each) for each in times])}"
        )
    if track.at_most:
        said.append(f"No more than {track.at_most} of the cases may be on it")
    return _section("Fast track", [(each, track.clause) for each in said])


def conduct(book: Rulebook) -> Section:
    said: list[tuple[str, str | None]] = []
    for one in book.conduct.values():
        text = f": {one.text}" if one.text else ""
        span = f" It may be met by {_range(one.range)}." if one.range else ""
        old = ""
        if one.too_old is not None:
            unless = f", unless the {words(one.too_old.unless)} allows it" if one.too_old.unless else ""
            old = f" It is too old if it lies more than {say_timing(one.too_old.timing)}{unless}."
        said.append((f"{sentence(f'{one.title}{text}')}{span}{old}", one.clause))
    return _section("What is misconduct", said)


def _range(names: tuple[str, ...]) -> str:
    return (
        words(names[0]) if len(set(names)) == 1 else f"anything from {words(names[0])} to {words(names[-1])}"
    )


def sanctions(book: Rulebook) -> Section:
    said = [(_sanction(one), one.clause) for one in book.sanctions.values()]
    return _section("What may be imposed, the lightest first", said)


def _sanction(one: Sanction) -> str:
    parts = [f"{title(one.name)}{_bounds(one.least, one.most)}"]
    parts += [f"It begins {_when(one.begins)}"] if one.begins else []
    parts += [f"It is spent {say_timing(one.spent)}"] if one.spent else []
    if one.held is not None:
        parts.append(
            f"It may be held over for up to {one.held.for_up_to}, and falls due on {one.held.falls_due_on}"
        )
    parts += [f"It needs this majority: {one.majority}"] if one.majority else []
    parts += [f"The person may ask for its end {say_timing(one.ask_again)}"] if one.ask_again else []
    return " ".join(map(sentence, parts))


def _bounds(least: Length | None, most: Length | None) -> str:
    if least and most:
        return f", from {least} to {most}"
    return f", for {most} at most" if most else f", for {least} at least" if least else ""


def _when(begins: Timing) -> str:
    said = say_timing(begins)
    if isinstance(begins, At):
        is_event = any(isinstance(each, Event) for each in begins.reference.any_of)
        return f"when {said}" if is_event else f"with {said}"
    return said


def platform(book: Rulebook) -> Section:
    rule = book.platform
    if rule is None:
        return Section("Shared platforms", ())
    who = listed([f"the {words(each)}" for each in rule.offices])
    said = [f"{who} {'are' if len(rule.offices) > 1 else 'is'} bound by it: {rule.act}"]
    said += [f"With somebody under {words(name)}: {answer}" for name, answer in rule.measures.items()]
    said += [f"Exceptions: {either([*rule.exceptions])}"] if rule.exceptions else []
    said += [f"Defence: {rule.defence}"] if rule.defence else []
    return _section("Shared platforms", [(each, rule.clause) for each in said])


def published(book: Rulebook) -> Section:
    rule = book.publication
    if rule is None:
        return Section("What is published", ())
    said = [f"Published are {listed(rule.what)}", f"Numbers below {rule.small_numbers} are not shown"]
    said += [f"Whom it concerns may reply: {rule.reply}"] if rule.reply else []
    return _section("What is published", [(each, rule.clause) for each in said])


def kept(book: Rulebook) -> Section:
    rule = book.retention
    if rule is None:
        return Section("How long it is kept", ())
    said = [
        f"A case that ended as “{words(name)}” is kept until {say_timing(each)}"
        for name, each in rule.keep.items()
    ]
    if rule.hold is not None:
        again = f"and looks at it again every {rule.hold.review_every}"
        said.append(f"The {words(rule.hold.by)} may hold a case back, {again}")
    return _section("How long it is kept", [(each, rule.clause) for each in said])
