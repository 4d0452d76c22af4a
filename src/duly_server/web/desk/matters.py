"""What is recorded in a case beside its steps: one small page for each kind of matter."""

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from duly.rulebook.prose import either, words
from duly.rulebook.steps import Limit
from duly.timetable.pause_reviews import reviews_owed
from duly.vocabulary.day import desk_day
from duly_server.services.case_page import CasePage
from duly_server.services.fast_track_share import against_now
from duly_server.web.desk.case import find
from duly_server.web.desk.matters_forms import (
    AllegationForm,
    AnswerForm,
    AssignmentForm,
    ConflictForm,
    CorrectionForm,
    ExtensionForm,
    FastTrackForm,
    PartyForm,
    PauseForm,
    WaiverForm,
)
from duly_server.web.desk.steps_asked import Asked, Build, respond

Prepare = Callable[[CasePage, QueryDict], Build]


def view_of(noun: str) -> Callable[[HttpRequest, str], HttpResponse]:
    """The view of one kind of matter."""
    prepare = MATTERS[noun]

    @require_http_methods(["GET", "HEAD", "POST"])
    def record(request: HttpRequest, reference: str) -> HttpResponse:
        page = find(request, reference)
        return respond(request, page, prepare(page, request.GET))

    return record


def _extension(page: CasePage, query: QueryDict) -> Build:
    limit = _limit(page, query.get("limit", ""))
    key = query.get("key") or None

    def build(page: CasePage, data: QueryDict | None) -> Asked:
        rule = limit.extend
        said = []
        for clock in page.marking.clocks:
            if clock.is_running and clock.limit.name == limit.name and key in (None, clock.key) and clock.due:
                said.append(f"It now runs until {desk_day(clock.due)}.")
        if rule is not None:
            times = "once" if rule.times == 1 else f"{rule.times} times"
            by = either([words(office) for office in rule.by])
            said.append(f"The {by} may give at most {rule.at_most} more, {times}.")
        return Asked(
            heading=f"Extend the time for “{words(limit.name)}”{f' of {key}' if key else ''}",
            form=ExtensionForm(page, limit, key, data),
            clause=limit.clause or page.book.steps[limit.step].clause or "",
            lead=tuple(said),
        )

    return build


def _limit(page: CasePage, name: str) -> Limit:
    found = next((limit for limit in page.book.limits if limit.name == name), None)
    if found is None:
        raise Http404
    return found


def _pause(page: CasePage, query: QueryDict) -> Build:
    return _pausing(page, query.get("pause", ""), over=False)


def _resumption(page: CasePage, query: QueryDict) -> Build:
    return _pausing(page, query.get("pause", ""), over=True)


def _pausing(page: CasePage, name: str, *, over: bool) -> Build:
    rule = page.book.pauses.get(name)
    if rule is None:
        raise Http404

    def build(page: CasePage, data: QueryDict | None) -> Asked:
        by = either([words(office) for office in rule.by])
        stops = (
            f"It stops every clock of the case but those that protect a person, for at most {rule.at_most}."
        )
        review = next((each for each in reviews_owed(page.marking) if each.pause == name), None)
        if over:
            heading, lead = f"Let the clocks run again: {words(name)}", f"The {by} decides it."
        elif review is not None:
            due = f" It is owed by {desk_day(review.due)}." if review.due else ""
            heading = f"Review the pause: {words(name)}"
            lead = f"The {by} decides that it goes on.{due} If it is not to go on, let the clocks run again."
        else:
            heading, lead = f"Pause the case: {words(name)}", f"The {by} decides it. {stops}"
        form = PauseForm(page, name, data, over=over, goes_on=review is not None)
        return Asked(heading=heading, form=form, clause=rule.clause or "", lead=(lead,))

    return build


def _answer(page: CasePage, query: QueryDict) -> Build:
    question = page.book.questions.get(query.get("question", ""))
    if question is None:
        raise Http404

    def build(page: CasePage, data: QueryDict | None) -> Asked:
        holds = words(page.marking.answer(question.name))
        return Asked(
            heading=f"Answer “{words(question.name)}”",
            form=AnswerForm(page, question, data),
            lead=(f"What holds now: {holds}.", "Running clocks are counted afresh, a party's never earlier."),
        )

    return build


def _waiver(page: CasePage, query: QueryDict) -> Build:
    step = page.book.steps.get(query.get("step", ""))
    key = query.get("key") or None
    if step is None:
        raise Http404
    of_one = f" of {key}" if key else ""

    def build(page: CasePage, data: QueryDict | None) -> Asked:
        return Asked(
            heading=f"Record a written waiver of the time for “{words(step.name)}”{of_one}",
            form=WaiverForm(page, step.name, key, data),
            clause=step.clause or "",
            lead=("Only the party whose time it is can give it up, and only in writing.",),
        )

    return build


def _fast_track(page: CasePage, query: QueryDict) -> Build:
    if page.book.fast_track is None:
        raise Http404

    def build(page: CasePage, data: QueryDict | None) -> Asked:
        track = page.book.fast_track
        lead = ["It changes dates and order, never a right and never an outcome."]
        if data is None and not page.marking.ordered and (full := against_now(page.book)) is not None:
            lead.append(f"{full}")
        return Asked(
            heading="Put the case on the fast track",
            form=FastTrackForm(page, data),
            clause=(track.clause if track else "") or "",
            lead=tuple(lead),
        )

    return build


def _party(page: CasePage, query: QueryDict) -> Build:
    return lambda page, data: Asked(
        heading="Add a party",
        form=PartyForm(page, data),
        lead=("A case is about one respondent's conduct; many complaints may concern it.",),
    )


def _allegation(page: CasePage, query: QueryDict) -> Build:
    return lambda page, data: Asked(
        heading="Add an allegation",
        form=AllegationForm(page, data),
        lead=("One breach, by one person, on one occasion. A notice already served must be served again.",),
    )


def _assignment(page: CasePage, query: QueryDict) -> Build:
    office = query.get("office", "")
    known = page.book.offices.get(office)
    if known is None or known.party:
        raise Http404
    return lambda page, data: Asked(
        heading=f"Assign the office of {words(office)}",
        form=AssignmentForm(page, office, data),
        button="Assign",
    )


def _stood_out(request: HttpRequest, reference: str, place: int) -> HttpResponse:
    """Nothing of the case is said: it is not there for them any more."""
    messages.success(request, "You stand out of that case, and it is not shown to you any more.")
    return HttpResponseRedirect(reverse("desk-today"), status=303)


def _conflict(page: CasePage, query: QueryDict) -> Build:
    return lambda page, data: Asked(
        heading="Declare a conflict of interest",
        form=ConflictForm(page, data),
        lead=(
            "From then on the case is not there for you: in no list, number, search or file.",
            "What was yours in it waits for somebody else. Your name and the day stand in its record.",
            "If it was a mistake, whoever deals with the case can take it back.",
        ),
        button="Stand out of this case",
        done=_stood_out,
    )


def _correction(page: CasePage, query: QueryDict) -> Build:
    return lambda page, data: Asked(
        heading="Correct a fact",
        form=CorrectionForm(page, data, place=query.get("fact", "")),
        lead=("Nothing is edited: the mistaken fact stays, and this one takes it out of the reckoning.",),
        button="Take it out of the reckoning",
    )


MATTERS: Mapping[str, Prepare] = {
    "extensions": _extension,
    "pauses": _pause,
    "resumptions": _resumption,
    "answers": _answer,
    "waivers": _waiver,
    "fast-track": _fast_track,
    "parties": _party,
    "allegations": _allegation,
    "assignments": _assignment,
    "conflicts": _conflict,
    "corrections": _correction,
}
