"""Form widgets for choices with consequences, days, and long text. All of them work without script."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms import BoundField
from django.forms.forms import BaseForm
from django.forms.widgets import ChoiceWidget


class _Hinted(ChoiceWidget):
    """Adds to each option the hint for its value: what follows if it is chosen."""

    def __init__(
        self,
        attrs: dict[str, Any] | None = None,
        choices: Any = (),
        *,
        hints: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(attrs, choices)
        self.hints = dict(hints or {})

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(*args, **kwargs)
        hint = self.hints.get(str(option["value"]), "")
        option_id = option["attrs"].get("id")
        option["hint"] = hint
        if hint and option_id:
            option["attrs"]["aria-describedby"] = f"{option_id}_hint"
        return option


class HintedRadios(_Hinted, forms.RadioSelect):
    """One of several, with the consequence under each: `HintedRadios(hints={"named": "They will know."})`."""


class HintedCheckboxes(_Hinted, forms.CheckboxSelectMultiple):
    """Any of several, with a hint under each."""


class LongText(forms.Textarea):
    """A text area of `rows` lines. With `most`, a count of characters left where script runs.

    The limit is never cut off while somebody types or pastes: the field's `max_length` refuses it in words.
    """

    def __init__(
        self, attrs: dict[str, Any] | None = None, *, rows: int = 6, most: int | None = None
    ) -> None:
        count = {"data-most": str(most)} if most else {}
        super().__init__({"rows": str(rows), **count, **(attrs or {})})

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["widget"]["attrs"].pop("maxlength", None)
        return context


def long_text(label: str, *, most: int, rows: int = 3, help_text: str, required: str) -> forms.CharField:
    """A field of up to `most` characters, which the page counts down. `required` is said of an empty one."""
    return forms.CharField(
        label=label,
        max_length=most,
        widget=LongText(rows=rows, most=most),
        help_text=help_text,
        error_messages={"required": required},
    )


class DayInput(forms.DateInput):
    """The browser's own day field, for the desk: quick to type, always sent as 2026-04-23."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class DayParts(forms.MultiWidget):
    """Day, month and year in three fields, for the public: a remembered day is typed, not looked up.

    Reads as "2026-4-23", which a `DateField` takes; anything else reaches the field as it was typed and is
    refused there, in the field's own words.
    """

    template_name = "django/forms/widgets/day_parts.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        parts = [forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}) for _ in "dmy"]
        super().__init__({"day": parts[0], "month": parts[1], "year": parts[2]}, attrs)

    def decompress(self, value: Any) -> list[str | int | None]:
        if hasattr(value, "year"):
            return [value.day, value.month, value.year]
        year, month, day = [*str(value or "").split("-"), "", "", ""][:3]
        return [day, month, year]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        day, month, year = (
            str(part or "").strip() for part in super().value_from_datadict(data, files, name)
        )
        return f"{year}-{month}-{day}" if day or month or year else ""

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_0" if id_ else ""


def first_control(field: BoundField) -> str:
    """The id of the control that an error of this field points to: the first of several."""
    widget = field.field.widget
    is_several = isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple | forms.MultiWidget)
    return f"{field.auto_id}_0" if is_several else str(field.auto_id)


def mistakes(form: BaseForm) -> list[tuple[str, str]]:
    """Every mistake with the id of its control, in the order of the page; "" for the form as a whole.

    Where the mistake is only that nothing was written, the label says of which field.
    """
    whole = [("", str(error)) for error in form.non_field_errors()]
    return whole + [
        (first_control(field), _named(field, str(error))) for field in form for error in field.errors
    ]


def _named(field: BoundField, error: str) -> str:
    plain = str(forms.Field.default_error_messages["required"])
    return f"{field.label}: {error}" if error == plain else error
