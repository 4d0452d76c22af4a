"""The questions of a complaint, one a page: what is asked, what may be answered, what a mistake is called."""

from django import forms

from duly.record.facts import Naming
from duly_server.web.shared.fields import HintedRadios, LongText

LONGEST = 20_000  # characters
LONGEST_LINE = 1_000

_TOO_LONG = "Write at most %(limit_value)d characters. This has %(show_value)d; nothing was cut off."


def _errors(required: str) -> dict[str, str]:
    return {"required": required, "max_length": _TOO_LONG}


class Question(forms.Form):
    use_required_attribute = False
    title = ""
    """The heading, where a page asks two things; else the label of its one field is the heading."""


class What(Question):
    narrative = forms.CharField(
        label="What happened?",
        help_text=(
            "Write it in your own words, as you would tell it. You need no legal terms and no proof now."
            " There is room for 20,000 characters, about eight full pages."
        ),
        max_length=LONGEST,
        strip=False,
        widget=LongText(rows=12, most=LONGEST),
        error_messages=_errors("Write what happened, even if it is only a few words"),
    )

    def clean_narrative(self) -> str:
        said: str = self.cleaned_data["narrative"]
        if not said.strip():
            raise forms.ValidationError(self.fields["narrative"].error_messages["required"])
        return said


class About(Question):
    about = forms.CharField(
        label="Who is it about?",
        help_text=(
            "Their name if you know it, or what would help us know who they are: an office they hold, a"
            " branch, where they were. If it is more than one person, name them all. Up to 1,000 characters."
        ),
        max_length=LONGEST_LINE,
        widget=LongText(rows=3),
        error_messages=_errors("Write who it is about, or what you know of them"),
    )


class WhenAndWhere(Question):
    title = "When and where did it happen?"
    when = forms.CharField(
        label="When",
        help_text="A day if you know it, or as near as you can: “in March, at the branch meeting”.",
        required=False,
        max_length=LONGEST_LINE,
        widget=LongText(rows=2),
        error_messages=_errors(""),
    )
    where = forms.CharField(
        label="Where",
        help_text="A place, or how it was done: by message, on the telephone, at a meeting.",
        required=False,
        max_length=LONGEST_LINE,
        widget=LongText(rows=2),
        error_messages=_errors(""),
    )


class NamingYou(Question):
    naming = forms.ChoiceField(
        label="Do you want to give your name?",
        help_text="You can change this later, in one direction: from anonymous to named.",
        choices=[
            (Naming.NAMED.value, "Yes, and you may tell the person I complain about"),
            (Naming.CONFIDENTIAL.value, "Yes, but keep it from the person I complain about"),
            (Naming.ANONYMOUS.value, "No, I want to stay anonymous"),
        ],
        widget=HintedRadios(
            hints={
                Naming.NAMED.value: "They will know who complained. This is the quickest way to a finding.",
                Naming.CONFIDENTIAL.value: (
                    "Only those who deal with the case will know. If it cannot be decided fairly without"
                    " telling them, we will ask you first, and you may say no."
                ),
                Naming.ANONYMOUS.value: (
                    "We will not know who you are. We can look into it, but may not be able to make a"
                    " finding on your word alone. Your receipt code is the only way back to us. What you"
                    " wrote, and how you wrote it, may still show who you are."
                ),
            }
        ),
        error_messages={
            "required": "Choose whether to give your name",
            "invalid_choice": "Choose one of the three answers",
        },
    )


class You(Question):
    title = "Who are you, and how can we reach you?"
    name = forms.CharField(
        label="Your name",
        max_length=LONGEST_LINE,
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages=_errors("Write your name, or go back and choose to stay anonymous"),
    )
    contact = forms.CharField(
        label="How we can reach you",
        help_text="An e-mail address, a telephone number or a postal address. Choose one that only you read.",
        max_length=LONGEST_LINE,
        widget=LongText(rows=3),
        error_messages=_errors("Write how we can reach you"),
    )


class Danger(Question):
    in_danger = forms.ChoiceField(
        label="Is somebody in danger now?",
        help_text=(
            "If so, call the emergency services first: we read this on working days. With a yes, whoever"
            " opens your complaint sees that before anything else."
        ),
        choices=[("no", "No"), ("yes", "Yes")],
        widget=HintedRadios(),
        error_messages={
            "required": "Choose whether somebody is in danger now",
            "invalid_choice": "Choose yes or no",
        },
    )


QUESTIONS: dict[str, type[Question]] = {
    "what-happened": What,
    "about-whom": About,
    "when-and-where": WhenAndWhere,
    "your-name": NamingYou,
    "who-you-are": You,
    "danger": Danger,
}


def asked(naming: Naming | None) -> tuple[str, ...]:
    """The pages in their order; whoever stays anonymous is not asked who they are."""
    return tuple(slug for slug in QUESTIONS if slug != "who-you-are" or naming is not Naming.ANONYMOUS)


def page_of(field: str) -> str:
    """The page on which an answer is given."""
    return next(slug for slug, form in QUESTIONS.items() if field in form.base_fields)
