import pytest
from tests.checks.tables import flagged, suggested

from emendata.checks.mixed_types import MixedTypes


@pytest.mark.parametrize(
    ("cell", "right"),
    [("12 kg", "12"), ("3,5", "3.5"), ("1,234.5", "1234.5"), ("l2", "12"), ("about ten", None)],
)
def test_a_cell_that_is_no_number_is_flagged_with_the_number_that_it_means(
    cell: str, right: str | None
) -> None:
    weights = [f"{i}.5" for i in range(40)]
    weights[7] = cell
    found = flagged(MixedTypes(), {"weight": weights})
    assert suggested(found) == {(7, "weight"): right}
    assert f"'{cell}' is no number; 39 of 40 cells of 'weight' are numbers." in found.reasons[0]
    assert found.scores[7] == pytest.approx(1 / 40)
    assert (found.scores[:7] == 1).all()


def test_a_date_in_another_form_is_written_as_the_others() -> None:
    days = [f"2012-03-{i:02d}" for i in range(1, 31)]
    days[4], days[5] = "05.03.2012", "in spring"
    found = flagged(MixedTypes(), {"day": days})
    assert suggested(found) == {(4, "day"): "2012-03-05", (5, "day"): None}


def test_a_number_among_words_that_come_again_is_flagged() -> None:
    towns = ["ulm", "bonn", "jena"] * 20
    towns[30] = "17"
    assert suggested(flagged(MixedTypes(), {"town": towns})) == {(30, "town"): None}


def test_where_many_cells_are_of_another_type_the_column_has_none() -> None:
    mixed = [str(i) for i in range(30)] + ["low", "high"] * 5
    assert len(flagged(MixedTypes(), {"level": mixed}).rows) == 0
    assert (
        len(flagged(MixedTypes(most=0.3), {"level": [*map(str, range(90)), *["low", "high"] * 5]}).rows) == 10
    )


def test_stand_ins_are_left_to_the_check_that_finds_them() -> None:
    weights = [f"{i}.5" for i in range(40)]
    weights[7] = "n/a"
    assert len(flagged(MixedTypes(), {"weight": weights}).rows) == 0


def test_grades_and_room_numbers_are_no_mixture() -> None:
    rooms = ["1", "2", "2a", "3", "3b", "4"] * 20
    assert len(flagged(MixedTypes(), {"room": rooms}).rows) == 0
