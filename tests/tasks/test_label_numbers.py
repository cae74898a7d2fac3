from typing import Any

import numpy as np
import pytest

from emendata.errors import InputError
from emendata.tasks.labels import read_labels


def test_whole_numbers_are_column_numbers_beside_names_that_are_none() -> None:
    read = read_labels([1, 0, None], ["neg", "pos"])
    assert (read.codes.tolist(), read.class_names) == ([1, 0, -1], ("neg", "pos"))


def test_integers_of_the_right_type_are_not_copied() -> None:
    labels = np.array([1, 0], np.int32)
    assert read_labels(labels).codes is labels


@pytest.mark.parametrize(
    ("labels", "names", "message"),
    [
        ([0, -1, -1], None, "labels has negative integers in 2 of 3 rows (the first is row 1, with -1)."),
        ([0, -1, None], None, "write None or NaN where there is no label"),
        ([0, 10**10], None, "labels has integers that no column number reaches in 1 of 2 rows (the first is row 1"),
        ([1, 3, 4], [1, 2], "none of the classes in 2 of 3 rows (the first is row 1, with 3)."),
    ],
)  # fmt: skip
def test_what_cannot_be_used_says_what_came_and_the_way_out(labels: Any, names: Any, message: str) -> None:
    with pytest.raises(InputError) as caught:
        read_labels(labels, names)
    assert message in str(caught.value)
