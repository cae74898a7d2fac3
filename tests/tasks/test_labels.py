import datetime as dt
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd  # type: ignore[import-untyped, unused-ignore]
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from emendata.errors import InputError
from emendata.tasks.labels import join_labels, read_labels

MONTHS = pd.period_range("2024-01", "2024-02", freq="M")


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


def test_categories_without_a_row_are_kept_apart() -> None:
    read = read_labels(pd.Categorical(["c", "a"], categories=["c", "b", "a"]))
    assert (read.class_names, read.all_names) == (("a", "c"), ("a", "b", "c"))
    moved = read.over(("a", "b", "c"))
    assert (moved.codes.tolist(), moved.class_names) == ([2, 0], ("a", "b", "c"))


def test_class_names_fix_the_order() -> None:
    assert read_labels(["cat", None, "dog"], ["dog", "cow", "cat"]).codes.tolist() == [2, -1, 0]
    assert read_labels(["cat", "dog"], np.array(["dog", "cat"])).class_names == ("dog", "cat")
    assert read_labels([7, None, 5], [5, 7]).codes.tolist() == [1, -1, 0]
    assert read_labels([-1, 1], (1, -1)).codes.tolist() == [1, 0]
    assert read_labels([1, 2], ["2", "1"]).codes.tolist() == [1, 0]
    assert read_labels(["1", "2"], [2, 1]).codes.tolist() == [1, 0]
    assert read_labels([True, False], ["True", "False"]).codes.tolist() == [0, 1]


def test_whole_numbers_are_column_numbers_beside_names_that_are_none() -> None:
    read = read_labels([1, 0, None], ["neg", "pos"])
    assert (read.codes.tolist(), read.class_names) == ([1, 0, -1], ("neg", "pos"))


def test_a_class_label_of_datasets_names_the_columns() -> None:
    stars = SimpleNamespace(names=["1", "2", "3"], num_classes=3)
    read = read_labels([0, 2], stars)
    assert (read.codes.tolist(), read.class_names) == ([0, 2], ("1", "2", "3"))
    assert read_labels(["3", "1"], stars).codes.tolist() == [2, 0]


@pytest.mark.parametrize(
    ("labels", "names", "message"),
    [
        ([0, -1, -1], None, "labels has negative integers in 2 of 3 rows (the first is row 1, with -1)."),
        ([0, -1, None], None, "write None or NaN where there is no label"),
        ([0, 10**10], None, "labels has integers that no column number reaches in 1 of 2 rows (the first is row 1"),
        (["a", 1], None, "labels are of several types and have no order. Make them all strings or all integers."),
        ([0, [1, 2], 1], None, "labels cannot be read as an array of labels: unhashable type"),
        (np.zeros((3, 1)), None, "labels has shape (3, 1). Give one label per row."),
        (pd.DataFrame({"label": [0, 1]}), None, "labels has shape (2, 1). Give one label per row."),
        (np.array([1j]), None, "labels cannot be read as an array of labels: they are of type complex128."),
        (pa.array([[1], [2]]), None, "labels cannot be read as an array of labels: each one is a list"),
        (7, None, "labels is a int. Give a sequence with one label per row."),
        ({"a", "b"}, None, "labels is a set. Give a sequence with one label per row."),
        ("label", None, "labels is the text 'label'. Give one label per row, or the path of a .npy file."),
        ("labels.npy", None, "There is no file 'labels.npy' to read labels from."),
        (["bord", "cat"], ["bird", "cat"], "row 0), but the classes are 'bird', 'cat'. Did you mean 'bird'?"),
        (["bord", "bort"], ["bird", "cat"], "labels has 'bord', 'bort' in 2 of 2 rows (the first is row 0)"),
        ([1, 3, 4], [1, 2], "none of the classes in 2 of 3 rows (the first is row 1, with 3)."),
        (["a"], ["a", "a"], "class_names has 'a' more than once. Name each class once."),
        (["a"], "ab", "class_names is 'ab'. Give a sequence with one name per column of pred_probs."),
        (["a"], [["a"]], "class_names cannot be used: unhashable type"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_says_what_came_and_the_way_out(labels: Any, names: Any, message: str) -> None:
    with pytest.raises(InputError) as caught:
        read_labels(labels, names)
    assert message in str(caught.value)


def test_a_file_that_holds_objects_is_refused(tmp_path: Path) -> None:
    np.save(tmp_path / "labels.npy", np.array(["a", None], object))
    with pytest.raises(InputError, match=r"cannot be read as a \.npy file of labels"):
        read_labels(tmp_path / "labels.npy")


def test_integers_of_the_right_type_are_not_copied() -> None:
    labels = np.array([1, 0], np.int32)
    assert read_labels(labels).codes is labels


VALUES = st.one_of(
    st.lists(st.none() | st.integers(0, 9)),
    st.lists(st.none() | st.booleans()),
    st.lists(st.none() | st.text(max_size=2)),
    st.lists(st.none() | st.dates(min_value=dt.date(2000, 1, 1), max_value=dt.date(2000, 1, 9))),
    st.lists(st.none() | st.sampled_from([0.25, 0.5, 7.75])),
)


@given(VALUES)
def test_codes_lead_back_to_the_values(labels: list[Any]) -> None:
    read = read_labels(labels)
    named = [
        None if code < 0 else read.class_names[code] if read.class_names else code for code in read.codes
    ]
    assert [
        int(value) if read.class_names is None and value is not None else value for value in named
    ] == labels


@given(VALUES)
def test_containers_give_equal_codes(labels: list[Any]) -> None:
    expected = read_labels(labels)
    for other in (
        np.array(labels, object),
        pl.Series(labels),
        pa.array(labels),
        pd.Series(labels, dtype=object),
    ):
        assert np.array_equal(read_labels(other).codes, expected.codes)


@given(VALUES, st.integers(1, 5))
def test_labels_in_blocks_are_the_labels_of_the_whole(labels: list[Any], size: int) -> None:
    expected = read_labels(labels)
    joined = join_labels([read_labels(labels[i : i + size]) for i in range(0, len(labels), size)])
    assert joined.codes.tolist() == expected.codes.tolist()
    if (expected.codes >= 0).any():
        assert joined.class_names == expected.class_names


def test_categories_without_a_row_are_known_after_joining() -> None:
    parts = [
        pd.Categorical(values, categories=["d", "c", "b", "a"]) for values in (["c", "a"], ["b"], [None])
    ]
    joined = join_labels([read_labels(part) for part in parts])
    assert (joined.codes.tolist(), joined.class_names) == ([2, 0, 1, -1], ("a", "b", "c"))
    assert joined.all_names == ("a", "b", "c", "d")


def test_whole_and_broken_numbers_in_different_blocks_are_values() -> None:
    joined = join_labels([read_labels([1, 2]), read_labels([0.5, None])])
    assert (joined.codes.tolist(), joined.class_names) == ([1, 2, 0, -1], (0.5, 1, 2))
