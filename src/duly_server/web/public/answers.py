"""The answers of a draft as its last page shows them."""

from dataclasses import dataclass

from django.urls import reverse

from duly.record.facts import Naming
from duly_server.services.sending import Draft
from duly_server.web.public.questions import NamingYou, page_of

_ASKED = {
    "narrative": "What happened",
    "about": "Who it is about",
    "when": "When",
    "where": "Where",
    "naming": "Your name",
    "name": "Who you are",
    "contact": "How we can reach you",
    "in_danger": "Somebody in danger now",
}


@dataclass(frozen=True, slots=True)
class Given:
    """One answer; `is_quoted` marks the reporter's own words."""

    asked: str
    answer: str
    change_url: str
    is_quoted: bool


def answers_of(draft: Draft) -> tuple[Given, ...]:
    """In the order of the questions; of somebody who stays anonymous, without a name once given."""
    return tuple(
        Given(
            asked,
            _said(field, draft.answers.get(field, "")),
            f"{reverse('complain-question', args=[page_of(field)])}?change=1",
            field not in ("naming", "in_danger") and bool(draft.answers.get(field)),
        )
        for field, asked in _ASKED.items()
        if draft.naming is not Naming.ANONYMOUS or field not in ("name", "contact")
    )


def _said(field: str, answer: str) -> str:
    if not answer.strip():
        return "Not answered"
    if field == "naming":
        choices = dict(NamingYou.base_fields["naming"].choices)  # type: ignore[attr-defined]  # a ChoiceField
        return str(choices.get(answer, "Not answered"))
    if field == "in_danger":
        return "Yes" if answer == "yes" else "No"
    return answer
