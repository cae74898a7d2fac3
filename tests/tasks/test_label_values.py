import datetime as dt
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from emendata.errors import InputError
from emendata.tasks.labels import read_labels


class Tensor:
    """What torch and JAX have in common: an array elsewhere that must be detached and fetched first."""

    def __init__(self, array: Any, *, here: bool = False) -> None:
        self.array, self.here, self.shape = array, here, array.shape

    def detach(self) -> "Tensor":
        return Tensor(self.array)

    def cpu(self) -> "Tensor":
        return Tensor(self.array, here=True)

    def __dlpack__(self, **options: Any) -> Any:
        assert self.here
        return self.array.__dlpack__(**options)

    def __dlpack_device__(self) -> Any:
        return self.array.__dlpack_device__()


class Column:
    """A column as `datasets` hands it out: a sequence and nothing more."""

    def __init__(self, values: list[Any]) -> None:
        self.values = values

    def __len__(self) -> int:
        return len(self.values)

    def __getitem__(self, row: int) -> Any:
        return self.values[row]

    def __iter__(self) -> Any:
        return iter(self.values)


MONTHS = pd.period_range("2024-01", "2024-02", freq="M")


@pytest.mark.parametrize(
    "labels",
    [
        [2, 0, 0],
        (2, 0, 0),
        iter([2, 0, 0]),
        [np.int64(2), 0, np.uint8(0)],
        [2.0, 0.0, 0.0],
        Column([2, 0, 0]),
        np.array([2, 0, 0]),
        np.array([2, 0, 0], np.uint8),
        np.array([2, 0, 0], ">i4"),
        np.array([2, 0, 0], np.float32),
        np.array([2, 0, 0], object),
        np.array([2, 9, 0, 9, 0])[::2],
        pd.Series([2, 0, 0], index=[9, 9, 9]),
        pd.Series([2, 0, 0], dtype="category"),
        pd.Index([2, 0, 0]),
        pd.array([2, 0, 0], "Int64"),
        pl.Series([2, 0, 0]),
        pa.array([2, 0, 0]),
        pa.chunked_array([[2], [0, 0]]),
        pa.array([2, 0, 0]).dictionary_encode(),
        Tensor(np.array([2, 0, 0])),
    ],
    ids=lambda labels: type(labels).__name__,
)
def test_whole_numbers_are_column_numbers_whatever_they_come_in(labels: Any) -> None:
    read = read_labels(labels)
    assert read.codes.tolist() == [2, 0, 0]
    assert read.codes.dtype == np.int32
    assert read.class_names is None


@pytest.mark.parametrize(
    ("labels", "names"),
    [
        (["dog", "cat", "cat"], ("cat", "dog")),
        (np.array(["dog", "cat", "cat"]), ("cat", "dog")),
        (np.array(["dog", "cat", "cat"], object), ("cat", "dog")),
        (np.array(["dog", "cat", "cat"], np.dtypes.StringDType()), ("cat", "dog")),
        (np.array([b"dog", b"cat", b"cat"]), (b"cat", b"dog")),
        (pd.Series(["dog", "cat", "cat"]), ("cat", "dog")),
        (pd.Series(["dog", "cat", "cat"], dtype="string"), ("cat", "dog")),
        (pd.Categorical(["dog", "cat", "cat"], categories=["dog", "cat"]), ("cat", "dog")),
        (pd.Series(["dog", "cat", "cat"], dtype="category"), ("cat", "dog")),
        (pl.Series(["dog", "cat", "cat"]), ("cat", "dog")),
        (pl.Series(["dog", "cat", "cat"], dtype=pl.Categorical), ("cat", "dog")),
        (pl.Series(["dog", "cat", "cat"], dtype=pl.Enum(["dog", "cat"])), ("cat", "dog")),
        (pa.array(["dog", "cat", "cat"]), ("cat", "dog")),
        (pa.chunked_array([["dog"], ["cat", "cat"]]), ("cat", "dog")),
        (pa.array(["dog", "cat", "cat"]).dictionary_encode(), ("cat", "dog")),
        ([True, False, False], (False, True)),
        (np.array([True, False, False]), (False, True)),
        ([1.5, 0.5, 0.5], (0.5, 1.5)),
        ([dt.date(2024, 1, 2), dt.date(2024, 1, 1), dt.date(2024, 1, 1)], (dt.date(2024, 1, 1), dt.date(2024, 1, 2))),
        (np.array(["2024-02", "2024-01", "2024-01"], "M8[M]"), (dt.date(2024, 1, 1), dt.date(2024, 2, 1))),
        (np.array([2, 1, 1], "m8[m]"), (dt.timedelta(minutes=1), dt.timedelta(minutes=2))),
        (pd.Series(MONTHS)[[1, 0, 0]], tuple(MONTHS)),
        (["\ud800", "dog", "dog"], ("dog", "\ud800")),
        ([(1, 2), (1, 1), (1, 1)], ((1, 1), (1, 2))),
    ],
    ids=lambda given: type(given).__name__,
)  # fmt: skip
def test_other_values_stand_for_the_columns_in_sorted_order(labels: Any, names: tuple[Any, ...]) -> None:
    read = read_labels(labels)
    assert read.class_names == names
    assert read.codes.tolist() == [1, 0, 0]


@pytest.mark.parametrize(
    "labels",
    [
        [1, None, 0],
        [1, float("nan"), 0],
        [True, None, False],
        ["b", None, "a"],
        ["b", float("nan"), "a"],
        ["b", pd.NA, "a"],
        [dt.date(2024, 1, 2), None, dt.date(2024, 1, 1)],
        np.array([1, np.nan, 0]),
        np.array(["b", None, "a"], object),
        np.array(["2024-01-02", "NaT", "2024-01-01"], "M8[ns]"),
        np.ma.array([1, 5, 0], mask=[False, True, False]),
        pd.array([1, None, 0], "Int64"),
        pd.array([True, None, False], "boolean"),
        pd.Series(["b", None, "a"]),
        pd.Series(["b", pd.NA, "a"], dtype="string"),
        pd.Series(["b", None, "a"], dtype="category"),
        pd.Series([1, None, 0], dtype="category"),
        pd.Series(pd.to_datetime(["2024-01-02", None, "2024-01-01"])),
        pl.Series([1, None, 0]),
        pl.Series([True, None, False]),
        pl.Series(["b", None, "a"], dtype=pl.Categorical),
        pa.array([1, None, 0]),
        pa.array(["b", None, "a"]),
        pa.array(["b", None, "a"]).dictionary_encode(),
    ],
    ids=lambda labels: f"{type(labels).__name__} {labels[0]}",
)
def test_missing_values_of_every_kind_are_unlabelled(labels: Any) -> None:
    assert read_labels(labels).codes.tolist() == [1, -1, 0]


def test_rows_without_any_label_are_all_unlabelled() -> None:
    for labels in ([None, None], np.array([np.nan, np.nan]), pa.nulls(2), pd.array([pd.NA, pd.NA], "string")):
        assert read_labels(labels).codes.tolist() == [-1, -1]
    assert read_labels([]).codes.shape == (0,)


def test_labels_may_stand_in_a_file(tmp_path: Path) -> None:
    np.save(tmp_path / "labels.npy", np.array(["b", "a"]))
    for path in (tmp_path / "labels.npy", str(tmp_path / "labels.npy")):
        assert read_labels(path).codes.tolist() == [1, 0]
    mapped = np.load(tmp_path / "labels.npy", mmap_mode="r")
    assert read_labels(mapped).codes.tolist() == [1, 0]


def test_a_file_that_holds_objects_is_refused(tmp_path: Path) -> None:
    np.save(tmp_path / "labels.npy", np.array(["a", None], object))
    with pytest.raises(InputError, match=r"cannot be read as a \.npy file of labels"):
        read_labels(tmp_path / "labels.npy")


def test_a_file_without_a_byte_is_refused(tmp_path: Path) -> None:
    (tmp_path / "labels.npy").touch()
    with pytest.raises(InputError, match=r"cannot be read as a \.npy file of labels"):
        read_labels(tmp_path / "labels.npy")


@pytest.mark.parametrize(
    ("labels", "names", "message"),
    [
        (np.zeros((3, 1)), None, "labels has shape (3, 1). Give one label per row."),
        (pd.DataFrame({"label": [0, 1]}), None, "labels has shape (2, 1). Give one label per row."),
        (np.array([1j]), None, "labels cannot be read as an array of labels: they are of type complex128."),
        (pa.array([[1], [2]]), None, "labels cannot be read as an array of labels: each one is a list"),
        (7, None, "labels is a int. Give a sequence with one label per row."),
        ({"a", "b"}, None, "labels is a set. Give a sequence with one label per row."),
        ("label", None, "labels is the text 'label'. Give one label per row, or the path of a .npy file."),
        ("labels.npy", None, "There is no file 'labels.npy' to read labels from."),
    ],
)  # fmt: skip
def test_what_cannot_be_used_says_what_came_and_the_way_out(labels: Any, names: Any, message: str) -> None:
    with pytest.raises(InputError) as caught:
        read_labels(labels, names)
    assert message in str(caught.value)
