import datetime as dt
from typing import Any

import numpy as np
import pytest

from emendata.data import open_dataset
from emendata.errors import InputError


def opened(values: list[Any], role: str) -> Any:
    data = {"x": [float(i) for i in range(len(values))], "c": values}
    return open_dataset(data, roles={"c": role}).arrangement


def test_rows_with_one_value_are_one_group_and_those_without_stand_alone() -> None:
    codes = opened(["a", None, "b", "a", None], "group").groups[0]
    assert codes[0] == codes[3]
    assert len(set(codes.tolist())) == 4


def test_a_table_without_such_columns_is_not_arranged() -> None:
    arrangement = open_dataset({"x": [1.5, 2.5], "y": ["a", "b"]}).arrangement
    assert (arrangement.groups, arrangement.times, arrangement.weights) == ((), None, None)
    assert not arrangement.is_apart


@pytest.mark.parametrize(
    "values",
    [
        [dt.datetime(2024, 1, 2), dt.datetime(2023, 1, 1), None],
        ["2.1.2024", "1.1.2023", "unknown"],
        [7, 3, None],
        [0.5, -1.5, float("nan")],
    ],
)
def test_times_are_dates_however_written_or_numbers(values: list[Any]) -> None:
    times = opened(values, "time").times
    assert times[0] > times[1]
    assert np.isnan(times[2])


def test_weights_have_a_mean_of_one_and_a_row_without_one_counts_as_much() -> None:
    assert opened([1, 3, None], "weight").weights.tolist() == [0.5, 1.5, 1.0]


@pytest.mark.parametrize(
    ("values", "role", "message"),
    [
        (
            ["a", "a"],
            "group",
            "All rows have the same value in column 'c', so there are no groups to keep apart.",
        ),
        (["soon", "late"], "time", "Column 'c': No cell can be read as a date, such as 'soon'."),
        (["much", "little"], "weight", "Column 'c' holds no numbers to weigh rows by."),
        ([2, -1, -3], "weight", "has 2 rows with a weight below zero (the first is row 1, with -1)"),
        ([0, 0], "weight", "No row of column 'c' has a weight."),
    ],
)
def test_a_column_that_cannot_be_what_it_is_said_to_be(values: list[Any], role: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        opened(values, role)
    assert message in str(caught.value)


def test_two_columns_of_times_are_refused() -> None:
    data = open_dataset({"a": [1, 2], "b": [1, 2], "x": [0.5, 1.5]}, roles={"a": "time", "b": "time"})
    with pytest.raises(InputError, match="The columns 'a', 'b' all have the role time"):
        _ = data.arrangement
