"""Blanks of model rules: figures left open within bounds, filled by the body that adopts them.

    [blank]
    appeal-window = { from = "14 days", to = "28 days", is = "21 days", ask = "How long may a party appeal?" }

A phrase uses one in braces: "{appeal-window} after serve-decision". Without `is` the rules are read with the
lower bound, and no body can adopt them.
"""

import re
from collections.abc import Mapping

from duly.rulebook.book import Blank
from duly.rulebook.fault import shown
from duly.rulebook.form import Form
from duly.rulebook.lengths_compared import longest_days, shortest_days
from duly.rulebook.values import as_list, as_table

_USED = re.compile(r"\{([a-z][a-z0-9_-]*)\}")
_DEEPEST = 8


def blank(name: str, form: Form) -> Blank | None:
    """One blank; None where its bounds cannot be read, and noted why."""
    least = form.length("from", needed='from = "14 days"')
    most = form.length("to", needed='to = "28 days"')
    filled = form.length("is") if "is" in form else None
    ask = form.text("ask")
    form.finish("a blank")
    if least is None or most is None:
        return None
    if longest_days(most) < shortest_days(least):
        form.note(
            "to", f"{most} is shorter than {least}.", "Write the shorter bound as from, the longer as to."
        )
    if filled is not None and longest_days(filled) < shortest_days(least):
        form.note("is", f"{filled} is less than the model allows.", f"Write {least} or more.")
    if filled is not None and shortest_days(filled) > longest_days(most):
        form.note("is", f"{filled} is more than the model allows.", f"Write {most} or less.")
    return Blank(name=name, least=least, most=most, filled=filled, ask=ask)


def fill(file: Form, blanks: Mapping[str, Blank]) -> None:
    """Put the figures where phrases use them, in place; a blank that nothing uses is noted."""
    used: set[str] = set()
    said = {name: str(each.filled or each.least) for name, each in blanks.items()}
    for key, value in file.values.items():
        if key != "blank":
            file.values[key] = _filled(value, said, used, _DEEPEST)
    for name in blanks:
        if name not in used:
            spot = file.at("blank").under(name)
            spot.note(
                "nothing in the file uses this blank.",
                f'Write "{{{shown(name)}}} after ..." where it stands.',
            )


def _filled(value: object, said: Mapping[str, str], used: set[str], deep: int) -> object:
    """The same with every blank that is known replaced; what lies deeper than any rulebook needs stays."""
    if isinstance(value, str):
        used.update(name for name in _USED.findall(value) if name in said)
        return _USED.sub(lambda found: said.get(found.group(1), found.group(0)), value)
    if deep and (table := as_table(value)) is not None:
        return {key: _filled(each, said, used, deep - 1) for key, each in table.items()}
    if deep and (members := as_list(value)) is not None:
        return [_filled(each, said, used, deep - 1) for each in members]
    return value
