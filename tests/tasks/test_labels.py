import datetime as dt
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from emendata.errors import InputError
from emendata.tasks.labels import join_labels, read_labels

VALUES = st.one_of(
    st.lists(st.none() | st.integers(0, 9)),
    st.lists(st.none() | st.booleans()),
    st.lists(st.none() | st.text(max_size=2)),
    st.lists(st.none() | st.dates(min_value=dt.date(2000, 1, 1), max_value=dt.date(2000, 1, 9))),
    st.lists(st.none() | st.sampled_from([0.25, 0.5, 7.75])),
)


@pytest.mark.parametrize(
    ("labels", "names", "message"),
    [
        (["a", 1], None, "labels are of several types and have no order. Make them all strings or all integers."),
    ],
)  # fmt: skip
def test_what_cannot_be_used_says_what_came_and_the_way_out(labels: Any, names: Any, message: str) -> None:
    with pytest.raises(InputError) as caught:
        read_labels(labels, names)
    assert message in str(caught.value)


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


def test_categories_without_a_row_are_kept_apart() -> None:
    read = read_labels(pd.Categorical(["c", "a"], categories=["c", "b", "a"]))
    assert (read.class_names, read.all_names) == (("a", "c"), ("a", "b", "c"))
    moved = read.over(("a", "b", "c"))
    assert (moved.codes.tolist(), moved.class_names) == ([2, 0], ("a", "b", "c"))


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
