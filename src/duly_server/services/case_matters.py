"""More time, pauses, the fast track, waivers: which may be recorded in a case now, and why not the others."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from duly.procedure import matters
from duly.procedure.acts import Extend, FastTrack, Pause, Resume, Waive
from duly.procedure.setting import Setting
from duly.timetable.clock import Clock
from duly.timetable.pause_reviews import PauseReview, reviews_owed
from duly.vocabulary import Problem
from duly_server.services import casework
from duly_server.services.case_page import CasePage

Matter = Extend | Pause | Resume | FastTrack | Waive

# A matter is asked about as if its form were filled in: what a form must still bring closes nothing.
_REASONS = {"reasons": {"v": 1, "text": "to be given"}}


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterNow:
    """One matter as it stands: `against` is empty where it is open to the viewer; `clock` its clock.

    With `review` it is the review of a pause that lasts.
    """

    act: Matter
    against: tuple[Problem, ...]
    clause: str | None = None
    clock: Clock | None = None
    review: PauseReview | None = None

    @property
    def is_open(self) -> bool:
        return not self.against


def matters_now(page: CasePage) -> tuple[MatterNow, ...]:
    """Every matter the rulebook knows for this case as it stands today, by the code that `decide` uses.

    The fast track is one matter, whichever criterion fits best.
    """
    if page.marking.closed_on is not None:
        return ()
    found = [_asked(page, act, clause, clock) for act, clause, clock in _possible(page)]
    for review in reviews_owed(page.marking):
        asked = _asked(page, Pause(pause=review.pause, parts=_REASONS), review.clause, None)
        found.append(replace(asked, review=review))
    tracks = [matter for matter in found if isinstance(matter.act, FastTrack)]
    easiest = min(tracks, key=lambda matter: len(matter.against), default=None)
    return tuple(m for m in found if not isinstance(m.act, FastTrack) or m is easiest)


def _possible(page: CasePage) -> Iterator[tuple[Matter, str | None, Clock | None]]:
    marking, book = page.marking, page.book
    for clock in marking.clocks:
        if not clock.is_running:
            continue
        clause = clock.limit.clause or book.steps[clock.step].clause
        if clock.limit.extend is not None and clock.due is not None:
            yield _extension(clock), clause, clock
        if clock.is_party:
            yield Waive(step=clock.step, key=clock.key), clause, clock
    standing = {name for name, period in marking.pauses if period.before is None}
    for name, rule in book.pauses.items():
        if name in standing:
            yield Resume(pause=name, parts=_REASONS), rule.clause, None
        else:
            yield Pause(pause=name, parts=_REASONS), rule.clause, None
    if book.fast_track is not None and marking.fast_tracked_on is None:
        met = next(iter(matters.open_criteria(marking)), 1)
        yield FastTrack(criterion=met, parts=_REASONS), book.fast_track.clause, None


def _extension(clock: Clock) -> Extend:
    grounds = clock.limit.extend.grounds if clock.limit.extend else ()
    return Extend(
        step=clock.step,
        until=(clock.due or date.min) + timedelta(days=1),
        ground=grounds[0] if grounds else None,
        key=clock.key,
        limit=None if clock.limit.name == clock.step else clock.limit.name,
        parts=_REASONS,
    )


def _asked(page: CasePage, act: Matter, clause: str | None, clock: Clock | None) -> MatterNow:
    actor = casework.choose_actor(page.acting, page.case, act, page.roll, on=page.today, marking=page.marking)
    setting = Setting(
        case=page.state, marking=page.marking, actor=actor, roll=page.roll, on=page.today, today=page.today
    )
    return MatterNow(act=act, against=tuple(_objections(setting, act)), clause=clause, clock=clock)


def _objections(setting: Setting, act: Matter) -> Iterator[Problem]:
    match act:
        case Extend():
            return matters.objections_to_extension(setting, act)
        case Pause() | Resume():
            return matters.objections_to_pause(setting, act)
        case FastTrack():
            return matters.objections_to_fast_track(setting, act)
        case Waive():
            return matters.objections_to_waiver(setting, act)
