"""Verifying and rebuilding know what was adopted: a file changed behind Duly's back is named."""

from datetime import date

import pytest
from tests.services.adopted import edition, late_holiday
from tests.services.office import SmallOffice
from tests.services.test_adopting import adopted
from tests.services.test_casework import accepted

from duly_server.services import keeping
from duly_server.store import editions
from duly_server.store.models import CalendarRow, CaseRow, DutyRow, EditionRow

TODAY = date(2026, 3, 24)


@pytest.fixture
def reference(small_office: SmallOffice) -> str:
    """A case that is open, a late holiday adopted, and an edition for the 31st that moves it at once."""
    found = accepted(small_office)
    adopted(small_office, late_holiday("2026-03-27"), "2026-03-24")
    adopted(small_office, edition("2027", "2026-03-31", mode="move at once"), "2026-03-24")
    return found


def problems() -> list[tuple[str, str]]:
    return [(each.chain, each.says) for each in keeping.verify_record()]


def test_an_office_that_adopted_is_whole_and_its_lists_are_rebuilt_alike(reference: str) -> None:
    keeping.rebuild(on=TODAY)

    assert problems() == []
    assert keeping.rebuild(on=TODAY).changed == 0
    before = keeping.rebuild(on=date(2026, 3, 31)).changed
    assert before >= 1
    assert CaseRow.objects.get(reference=reference).edition == editions.in_force(date(2026, 3, 31))[0].digest


def test_rebuilding_moves_what_the_adoption_moved(reference: str) -> None:
    DutyRow.objects.filter(case_id=reference, step="serve-notice").update(due_on=date(2026, 4, 7))

    keeping.rebuild(on=TODAY)

    assert DutyRow.objects.get(case_id=reference, step="serve-notice").due_on == date(2026, 4, 8)


def test_a_file_put_in_place_of_the_one_adopted_is_named(reference: str) -> None:
    row = CalendarRow.objects.get(edition="late")
    CalendarRow.objects.filter(pk=row.pk).update(text=bytes(row.text) + b"# more")

    assert problems() == [("office", "The file kept for this adoption is another than was adopted.")]


def test_a_file_that_is_gone_is_named(reference: str) -> None:
    CalendarRow.objects.filter(edition="late").delete()

    assert problems() == [("office", "The file that was adopted here is not in this office.")]


def test_a_file_that_nobody_adopted_is_named(reference: str) -> None:
    row = EditionRow.objects.get(edition="2027")
    EditionRow.objects.create(
        digest="0" * 64, edition="x", in_force_from=TODAY, adopted_on=TODAY, offices="", text=row.text
    )

    assert problems() == [("office", f"The file {'0' * 12} governs, and no fact says that it was adopted.")]


def test_another_day_beside_a_file_is_named_and_put_right(reference: str) -> None:
    EditionRow.objects.filter(edition="2027").update(in_force_from=date(2026, 3, 1))

    assert problems() == [("office", "What stands beside this adoption is not its own: in_force_from.")]
    keeping.rebuild(on=TODAY)
    assert problems() == []
    assert editions.in_force(TODAY)[0].edition == "2026"
