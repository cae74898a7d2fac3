from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from emendata.errors import InputError
from emendata.tasks.label_parts import encoded_parts
from emendata.tasks.labels import read_labels


@pytest.mark.parametrize(
    ("labels", "names", "message"),
    [
        ([0, [1, 2], 1], None, "labels cannot be read as an array of labels: unhashable type"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_says_what_came_and_the_way_out(labels: Any, names: Any, message: str) -> None:
    with pytest.raises(InputError) as caught:
        read_labels(labels, names)
    assert message in str(caught.value)


def test_each_part_has_its_own_values_and_minus_one_where_there_is_none() -> None:
    chunks = pa.chunked_array([["dog", None, "cat"], ["cow", "cow"]])
    found = [(positions.tolist(), values) for positions, values in encoded_parts(chunks)]
    assert found == [([0, -1, 1], ["dog", "cat"]), ([0, 0], ["cow"])]


def test_booleans_have_both_values_whether_or_not_a_row_has_them() -> None:
    for labels in (np.array([True, True]), pa.chunked_array([[True, True]])):
        assert [values for _, values in encoded_parts(labels)] == [[False, True]]
