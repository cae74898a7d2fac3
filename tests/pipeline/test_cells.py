"""How columns become cells, and what is predicted of them."""

import datetime as dt
from typing import Any

import numpy as np
import pytest

from emendata.checks.inputs import CellColumn
from emendata.data import open_dataset
from emendata.pipeline.cell_predictions import predict_cells
from emendata.pipeline.cells import cell_columns, cells_of
from emendata.records import no_progress


def cells(values: list[Any], role: str | None = None) -> CellColumn:
    dataset = open_dataset({"x": values}, roles={} if role is None else {"x": role})
    return cells_of(dataset)["x"]


def test_distinct_values_stand_once_and_missing_cells_have_no_code() -> None:
    column = cells(["b", None, "a", "b"], "category")
    assert (column.kind, column.values) == ("word", ("b", "a"))
    assert column.codes.tolist() == [0, -1, 1, 0]
    assert column.numbers is None


def test_a_column_of_texts_of_which_most_are_numbers_is_one_of_numbers() -> None:
    column = cells([*(f"{i}.50" for i in range(9)), "9 kg"])
    assert (column.kind, column.is_typed) == ("number", False)
    assert column.numbers is not None
    assert column.numbers[:9].tolist() == [i + 0.5 for i in range(9)]
    assert np.isnan(column.numbers[9])
    assert cells([*map(str, range(7)), "a", "b", "c"], "category").kind == "word"


def test_typed_columns_are_written_as_people_read_them() -> None:
    numbers = cells([1.5, 2.0, None], "number")
    assert (numbers.kind, numbers.is_typed, list(numbers.values)) == ("number", True, ["1.5", "2"])
    dates = cells([dt.datetime(1970, 1, 2), dt.datetime(1012, 2, 20, 12)], "date")
    assert dates.numbers is not None
    assert (dates.kind, dates.numbers.tolist()) == ("date", [1.0, -349_852.5])
    assert dates.values[0] == "1970-01-02"
    assert cells([True, False, True], "category").kind == "word"


@pytest.mark.parametrize("form", ["%Y-%m-%d", "%d.%m.%Y", "%Y-%m-%dT%H:%M:%SZ"])
def test_texts_that_are_dates_are_read(form: str) -> None:
    days = [dt.datetime(2012, 1, 1) + dt.timedelta(days=i) for i in range(30)]
    column = cells([f"{day:{form}}" for day in days], "date")
    assert column.kind == "date"
    assert column.numbers is not None
    assert column.numbers.tolist() == [(day - dt.datetime(1970, 1, 1)).days for day in days]


def test_the_label_long_texts_and_splits_are_no_cells() -> None:
    dataset = open_dataset(
        {"y": ["a", "b"] * 3, "x": [1.5, 2.5, 3.5] * 2, "s": ["train"] * 6, "t": ["word " * 60] * 6},
        label="y",
        roles={"s": "split", "t": "text"},
    )
    assert cell_columns(dataset) == ["x"]


def test_columns_that_can_be_are_predicted_from_all_others() -> None:
    rng = np.random.default_rng(0)
    size = rng.normal(50, 10, 300)
    columns = {
        "size": size.tolist(),
        "price": (2 * size).tolist(),
        "kind": ["large" if one > 50 else "small" for one in size],
        "name": [f"n{i}" for i in range(300)],
    }
    stages: list[tuple[str, int, int]] = []
    made = cells_of(open_dataset(columns, roles={"name": "id"}))
    found = predict_cells(made, 20, 0, lambda *said: stages.append(said))
    assert list(found) == ["size", "price", "kind"]
    assert stages == [("Predicting cells", done, 3) for done in range(4)]
    kind = found["kind"]
    assert kind.probability is not None
    assert (kind.expected == made["kind"].codes).mean() > 0.95
    assert found["price"].spread is not None
    assert np.median(np.abs(found["price"].expected - 2 * size)) < 3


def test_without_trees_or_rows_nothing_is_predicted() -> None:
    made = cells_of(
        open_dataset({"a": list(range(60)), "b": list(range(60))}, roles={"a": "number", "b": "number"})
    )
    assert predict_cells(made, 0, 0, no_progress) == {}
    few = cells_of(
        open_dataset({"a": list(range(49)), "b": list(range(49))}, roles={"a": "number", "b": "number"})
    )
    assert predict_cells(few, 20, 0, no_progress) == {}
    alone = cells_of(open_dataset({"a": list(range(60))}, roles={"a": "number"}))
    assert predict_cells(alone, 20, 0, no_progress) == {}
