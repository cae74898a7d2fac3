import datetime as dt
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from PIL import Image

from emendata.data import open_dataset
from emendata.data.arrays import are_arrays, arrays_reading, label_by_name, read_arrays
from emendata.errors import InputError
from emendata.records import Role

PIXELS = np.arange(2 * 4 * 5, dtype=np.uint8).reshape(2, 4, 5)


class OnGpu:
    """A tensor that numpy cannot have."""

    ndim = 2

    def __array__(self, *_: Any, **__: Any) -> Any:
        raise TypeError("can't convert cuda:0 device type tensor to numpy")


def test_a_mapping_with_arrays_of_several_dimensions_is_opened() -> None:
    dataset = open_dataset({"digit": PIXELS, "x": np.eye(2), "note": ["a", None], "y": np.array([[1], [0]])})
    assert dataset.table.column_names == ["digit", "x_0", "x_1", "note", "y"]
    assert dataset.table["y"].to_pylist() == [1, 0]
    assert dataset.names(Role.IMAGE) == ["digit"]
    assert dataset.label == "y"
    assert (dataset.media["digit"].read(0) or b"").startswith(b"\x89PNG")
    assert len(set(dataset.table["digit"].to_pylist())) == 2
    assert dataset.recognized == "named arrays with 2 rows"


def test_splits_in_the_names_are_joined() -> None:
    reading = read_arrays({"x_train": PIXELS, "y_train": [1, 2], "x_test": PIXELS[:1], "y_test": [3]})
    assert reading.table["y"].to_pylist() == [1, 2, 3]
    assert reading.table["split"].to_pylist() == ["train", "train", "test"]
    assert reading.media["x"].hashes[2] == reading.media["x"].hashes[0]
    assert reading.recognized == "named arrays with 3 rows in the splits train, test"


def test_every_plain_type_of_numpy_is_a_column() -> None:
    arrays = {
        "bytes": np.array([b"up", "süß".encode()]),
        "big": np.array([1, 2], ">i4"),
        "half": np.array([1.5, np.nan], np.float16),
        "day": np.array(["2024-01-31", "NaT"], "M8[D]"),
        "truth": np.array([True, False]),
        "text": np.array(["a", ""]),
        "complex": np.array([1 + 2j, 0]),
        "object": np.array([1, None], object),
    }
    assert arrays_reading(arrays).table.to_pydict() == {
        "bytes": ["up", "süß"], "big": [1, 2], "half": [1.5, None], "day": [dt.datetime(2024, 1, 31), None],
        "truth": [True, False], "text": ["a", None], "complex": ["(1+2j)", "0j"], "object": [1, None],
    }  # fmt: skip


def test_pictures_of_pillow_stand_beside_arrays() -> None:
    reading = read_arrays({"scan": [Image.new("L", (2, 2)), None], "x": np.eye(2)})
    assert reading.media["scan"].read(1) is None
    assert reading.table["scan"].null_count == 1


def test_arrays_of_one_dimension_join_where_their_names_say_splits() -> None:
    arrays = {
        "x_train": np.arange(3),
        "y_train": np.arange(3),
        "x_eval": np.arange(2),
        "y_eval": np.arange(2),
    }
    dataset = open_dataset(arrays)
    assert dataset.table.to_pydict() == {
        "x": [0, 1, 2, 0, 1], "y": [0, 1, 2, 0, 1], "split": ["train"] * 3 + ["eval"] * 2
    }  # fmt: skip
    assert (dataset.label, dataset.names(Role.SPLIT)) == ("y", ["split"])
    for columns in (pd.DataFrame(np.eye(2), columns=["x_train", "x_test"]), {"x_train": [1], "x_test": [2]}):
        assert open_dataset(dict(columns)).table.column_names == ["x_train", "x_test"]


def test_only_mappings_with_several_dimensions_are_arrays() -> None:
    assert are_arrays({"x": np.eye(2)})
    assert not any(map(are_arrays, ({"x": np.zeros(2)}, {}, np.eye(2), pd.DataFrame(np.eye(2)), [np.eye(2)])))


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (
            {"x": OnGpu()},
            "'x' cannot be had as an array (can't convert cuda:0 device type tensor to numpy). Give it",
        ),
        ({"x": np.eye(2), "y": "word"}, "Column 'y' is 'word'. Give a sequence with one value per row."),
        ({"x": np.zeros((0, 2))}, "The table has no rows or no columns."),
        ({"x": np.eye(2), "y": [1]}, "Array 'x' has 2 rows and array 'y' has 1."),
    ],
)
def test_what_cannot_be_read_says_what_to_give(source: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError) as caught:
        read_arrays(source)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("columns", "found"),
    [
        ({"Label": ["a"], "x": [1]}, ["Label"]),
        ({"y": [1.0, None], "label_2": [1, 2]}, ["y"]),
        ({"y": [0.5]}, []),
        ({"y": [dt.datetime(2024, 1, 1)]}, []),
        ({"y": [1], "target": [2]}, []),
    ],
)
def test_one_column_that_is_named_like_labels_and_holds_such_is_the_label(
    columns: dict[str, list[Any]], found: list[str]
) -> None:
    assert list(label_by_name(pa.table(columns), "named so")) == found
