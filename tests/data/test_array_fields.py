from typing import Any

import numpy as np
import pytest

from emendata.data.array_fields import fields_of, layout
from emendata.errors import InputError

ONE = np.zeros(1)


@pytest.mark.parametrize(
    ("names", "parts"),
    [
        (["x_train", "y_train", "x_test"], {"train": ["x", "y"], "test": ["x"]}),
        (["train_images", "val_images"], {"train": ["images"], "val": ["images"]}),
        (["x_train", "eval_x", "x_holdout"], {"train": ["x"], "eval": ["x"], "holdout": ["x"]}),
        (["X_Train", "X_dev"], {"Train": ["X"], "dev": ["X"]}),
        (["x_train", "weights"], {"": ["x_train", "weights"]}),
        (["train", "test"], {"": ["train", "test"]}),
        (["x_train", "train_x"], {"": ["x_train", "train_x"]}),
        (["a_b_test"], {"test": ["a_b"]}),
    ],
)
def test_arrays_come_in_splits_if_every_name_says_one(names: list[str], parts: dict[str, list[str]]) -> None:
    found = layout(dict.fromkeys(names, ONE))
    assert {split: list(keys) for split, keys in found.items()} == parts
    assert [key for keys in found.values() for key in keys.values()] == names


@pytest.mark.parametrize(
    ("array", "columns"),
    [
        (np.zeros(3), ["a"]),
        (np.zeros((3, 1), "U2"), ["a"]),
        (np.zeros((3, 2), bool), ["a_0", "a_1"]),
        (np.zeros((3, 4, 5), np.uint8), ["a (picture)"]),
        (np.zeros((3, 4, 5, 3), np.uint8), ["a (picture)"]),
        (np.zeros((3, 3, 4, 5), np.uint8), ["a (picture)"]),
        (np.zeros((3, 0)), []),
    ],
)
def test_shape_and_type_say_what_an_array_stands_for(array: Any, columns: list[str]) -> None:
    found = [
        f"{name} (picture)" if field.is_picture else name for name, field in fields_of({"a": array}).items()
    ]
    assert found == columns


@pytest.mark.parametrize(
    ("arrays", "message"),
    [
        ({"a": np.zeros((2, 2001))}, "Array 'a' is 2,001 numbers wide, and 2,000 is the most. Give fewer"),
        (
            {"a": np.zeros((2, 3, 3))},
            "Array 'a' of float64 and shape (2, 3, 3) is neither columns nor pictures.",
        ),
        ({"a": np.zeros((2, 5, 5, 2), np.uint8)}, "Array 'a' of uint8 and shape (2, 5, 5, 2) is neither"),
        (
            {"x": ONE, "y": np.zeros(2)},
            "Array 'x' has 1 rows and array 'y' has 2. Give each one line per row",
        ),
        (
            {"a_0": ONE, "a": np.zeros((1, 2))},
            "The arrays 'a_0' and 'a' both have a column 'a_0'. Rename one.",
        ),
    ],
)
def test_arrays_that_are_no_columns_say_what_to_give(arrays: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError) as caught:
        fields_of(arrays)
    assert message in str(caught.value)
