"""Misspelt headings are noted once and read as what was meant, so that one slip is not fifty faults."""

from duly.rulebook.fault import shown
from duly.rulebook.gather import SECTIONS
from duly.rulebook.names import NAME, Reading
from duly.rulebook.steps import ANYTIME
from duly.rulebook.values import as_list, as_table


def mend_headings(values: dict[str, object], reading: Reading) -> None:
    """Note each top-level heading or list near to a known one, and put it in that one's place in `values`."""
    _mend(values, reading, SECTIONS)
    listed = as_list(values.get("stages")) or []
    stages = [stage for stage in listed if isinstance(stage, str) and NAME.match(stage)]
    _mend(values, reading, (*stages, *(as_table(values.get("measure")) or {}), ANYTIME, *SECTIONS))


def _mend(values: dict[str, object], reading: Reading, known: tuple[str, ...]) -> None:
    for key, value in list(values.items()):
        members = as_list(value)
        if key in known or (as_table(value) is None and members is None):
            continue
        meant = reading.meant(key, known)
        if meant is None or (members is not None and meant not in ("stages", "separate", "accepted")):
            continue
        if meant == "stages":
            reading.note(key, f'{shown(key)}: there is no such key. Did you mean "stages"?', "")
        else:
            reading.note(key, f"[{shown(key)}]: there is no such heading.", f"Did you mean [{meant}]?")
        reading.read_as(key, meant)
        values[meant] = _together(values.get(meant), values.pop(key))


def _together(there: object, more: object) -> object:
    """Two tables or lists as one; what stands in both is told apart by what is below it."""
    one, other = as_table(there), as_table(more)
    if one is not None and other is not None:
        return {**one, **{key: _together(one.get(key), value) for key, value in other.items()}}
    members, further = as_list(there), as_list(more)
    if members is not None and further is not None:
        return [*members, *further]
    return more if there is None else there
