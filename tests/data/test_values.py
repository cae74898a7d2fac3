import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emendata.data.values import as_text, same_value, spelled
from emendata.records import Json


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (3, "3.0", True),
        (None, " ", True),
        (float("nan"), "", True),
        (True, "TRUE", True),
        ("1e3", 1000, True),
        (dt.datetime(2024, 1, 1), "2024-01-01", True),
        (dt.datetime(2024, 1, 1, 11), "2024-01-01T12:00+01:00", True),
        ([1, "ä"], '[1, "ä"]', True),
        ("a", "A", False),
        (True, 1, False),
        (None, "0", False),
        ("nan", "0", False),
        (3, "3 stars", False),
    ],
)
def test_cells_mean_the_same_whatever_their_type(one: Json, other: Json, same: bool) -> None:
    assert same_value(one, other) is same
    assert same_value(other, one) is same


@given(st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.integers()))
def test_a_cell_means_the_same_as_its_text(value: Json) -> None:
    assert same_value(value, as_text(value))


def test_a_value_is_spelled_as_its_column_does_with_the_exact_one_first() -> None:
    assert spelled("2", ["2.0", "2"]) == "2"
    assert spelled("2", ["2.00", "2.0"]) == "2.00"
    assert spelled("False", [True, False]) is False
    assert spelled("new", ["old"]) == "new"
