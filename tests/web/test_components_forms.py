"""Fields: how they are labelled, what they say when wrong, what they read from a browser."""

import re
from datetime import date

import pytest
from django import forms

from duly_server.web.shared.fields import DayInput, DayParts, HintedRadios, LongText, mistakes
from duly_server.web.shared.tags import question


class Report(forms.Form):
    naming = forms.ChoiceField(
        label="Do you want to give your name?",
        choices=[("named", "Yes"), ("anonymous", "No")],
        widget=HintedRadios(hints={"named": "They will know <you>."}),
        error_messages={"required": "Choose whether to give your name"},
    )
    on = forms.DateField(label="When", widget=DayParts(), help_text="For example, 27 3 2026")
    account = forms.CharField(label="What happened", max_length=20, widget=LongText(rows=3, most=20))
    served = forms.DateField(label="Served", widget=DayInput(), required=False)
    kept = forms.BooleanField(label="I have kept it")


WHOLE = {
    "naming": "named",
    "on_day": "27",
    "on_month": "3",
    "on_year": "2026",
    "account": "So it was",
    "kept": "on",
}


def test_a_form_that_is_filled_in_is_read() -> None:
    form = Report({**WHOLE, "served": "2026-04-01"})
    assert form.errors == {}
    assert form.cleaned_data["on"] == date(2026, 3, 27)
    assert form.cleaned_data["served"] == date(2026, 4, 1)


@pytest.mark.parametrize(
    "parts", [("31", "2", "2026"), ("27", "", "2026"), ("x", "y", "z"), ("27", "3", "26 BC")]
)
def test_a_day_that_does_not_exist_is_refused_and_what_was_typed_is_kept(parts: tuple[str, str, str]) -> None:
    typed = dict(zip(("on_day", "on_month", "on_year"), parts, strict=True))
    form = Report({**WHOLE, **typed})
    assert list(form.errors) == ["on"]
    html = str(form["on"])
    for name, value in typed.items():
        assert re.search(rf'name="{name}"[^>]*value="{value}"', html) or value == ""


def test_a_day_left_empty_is_missing() -> None:
    form = Report({**WHOLE, "on_day": "", "on_month": "", "on_year": ""})
    assert form.errors["on"] == ["This field is required."]


def test_a_stored_day_is_shown_in_its_parts() -> None:
    html = str(Report(initial={"on": date(2026, 3, 27)})["on"])
    assert re.findall(r'value="(\d+)"', html) == ["27", "3", "2026"]


def test_every_mistake_leads_to_its_control() -> None:
    form = Report({"account": "x" * 21})
    assert mistakes(form) == [
        ("id_naming_0", "Choose whether to give your name"),
        ("id_on_0", "When: This field is required."),
        ("id_account", "Ensure this value has at most 20 characters (it has 21)."),
        ("id_kept", "I have kept it: This field is required."),
    ]
    html = "".join(field.as_field_group() for field in form)
    for control, _ in mistakes(form):
        assert f'id="{control}"' in html


def test_the_consequence_stands_under_its_choice_and_is_read_with_it() -> None:
    html = Report()["naming"].as_field_group()
    assert 'aria-describedby="id_naming_0_hint"' in html
    assert '<p class="choice-hint" id="id_naming_0_hint">They will know &lt;you&gt;.</p>' in html
    assert "id_naming_1_hint" not in html
    assert html.index("<legend") < html.index("id_naming_0")


def test_the_hint_and_the_mistake_are_read_with_the_control() -> None:
    html = Report({})["on"].as_field_group()
    assert 'aria-describedby="id_on_helptext id_on_error"' in html
    assert 'id="id_on_helptext"' in html
    assert 'id="id_on_error"' in html


def test_what_need_not_be_filled_in_says_so() -> None:
    assert "(optional)" in Report()["served"].as_field_group()
    assert "(optional)" not in Report()["account"].as_field_group()


def test_a_long_text_is_never_cut_off_while_typing() -> None:
    html = str(Report()["account"])
    assert "maxlength" not in html
    assert 'data-most="20"' in html


def test_a_question_that_is_the_page_has_its_label_as_the_title() -> None:
    assert "<h1>Do you want to give your name?</h1>" in question(Report()["naming"])
    assert '<h1 class="label"><label for="id_account">What happened</label></h1>' in question(
        Report()["account"]
    )
