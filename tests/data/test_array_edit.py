from typing import Any

import numpy as np
import pytest
from tests.corrections.patches import drop, relabel

from emendata.data.array_edit import arrays_taken_back, corrected_arrays, with_exact
from emendata.errors import InputError

ARRAYS: dict[str, Any] = {
    "x_train": np.eye(3),
    "y_train": np.array(["up", "down", "up"]),
    "x_test": np.ones((1, 3)),
    "y_test": np.array(["up"]),
}


def test_an_array_that_is_not_corrected_is_the_same_object_and_no_argument_changes() -> None:
    made = corrected_arrays(ARRAYS, [relabel(0, "y", "up", "down")])
    assert made["y_train"].tolist() == ["down", "down", "up"]
    assert all(made[name] is ARRAYS[name] for name in ("x_train", "x_test", "y_test"))
    assert ARRAYS["y_train"].tolist() == ["up", "down", "up"]


def test_a_row_goes_back_to_the_split_that_it_was_in() -> None:
    changes = with_exact(ARRAYS, [drop(2), drop(3), relabel(0, "y", "up", "sideways")])
    assert [(change.raw or "").partition(" ")[0] for change in changes[:2]] == ["train", "test"]
    made = corrected_arrays(ARRAYS, changes)
    assert [len(made[name]) for name in ARRAYS] == [2, 2, 0, 0]
    back = arrays_taken_back(made, changes)
    for name, array in ARRAYS.items():
        assert back[name].dtype == array.dtype
        assert np.array_equal(back[name], array)


def test_a_column_of_objects_takes_the_object_that_reads_so() -> None:
    arrays = {"y": np.array([1, "1", 2.0, None], object)}
    made = corrected_arrays(
        arrays, [relabel(3, "y", None, "2"), relabel(2, "y", "2", None), relabel(0, "y", "1", "new")]
    )
    assert made["y"].tolist() == ["new", "1", None, 2.0]


def test_rows_of_other_arrays_are_refused() -> None:
    (change,) = with_exact({"z": np.eye(2)}, [drop(0)])
    with pytest.raises(InputError, match="The rows that the patch dropped do not fit the arrays"):
        arrays_taken_back({"y": np.eye(3)}, [change])
