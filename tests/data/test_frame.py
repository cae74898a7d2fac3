import datetime as dt
import decimal
import uuid
from collections.abc import Callable

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from PIL import Image

from emendata.data.frame import read_frame, rearranged
from emendata.errors import InputError

nan = float("nan")


@pytest.mark.parametrize(
    "make",
    [
        pd.DataFrame,
        pl.DataFrame,
        pa.table,
        pa.RecordBatch.from_pydict,
        dict,
        lambda columns: columns,
        lambda columns: [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)],
    ],
    ids=["pandas", "polars", "arrow", "batch", "dict", "same dict", "list of dicts"],
)
def test_every_kind_of_table_reads_alike(make: Callable[[object], object]) -> None:
    columns = {
        "text": ["a", " ", None],
        "n": [1, 2, 3],
        "x": [0.5, nan, float("inf")],
        "b": [True, False, True],
    }
    assert read_frame(make(columns)).table.to_pydict() == {
        "text": ["a", None, None], "n": [1, 2, 3], "x": [0.5, None, None], "b": [True, False, True],
    }  # fmt: skip


def test_pandas_own_types_become_plain_ones() -> None:
    frame = pd.DataFrame(
        {
            "category": pd.Categorical(["a", None, "b"]),
            "codes": pd.Categorical([3, 1, 3]),
            "interval": pd.cut(pd.Series([1, 2, 9]), [0, 5, 10]),
            "int": pd.array([1, None, 3], "Int64"),
            "truth": pd.array([True, None, False], "boolean"),
            "string": pd.array(["a", None, ""], "string"),
            "time": pd.to_datetime(["2024-01-01 12:00", None, "2024-07-01 00:00"]).tz_localize(
                "Europe/Berlin"
            ),
            "mixed": pd.Series(["a", 1, pd.NA], dtype=object),
            "odd": pd.Series([2.0, np.bool_(True), dt.date(2024, 1, 1)], dtype=object),
            "array": pd.Series([np.array([1, 2]), "x", nan], dtype=object),
            "uuid": [uuid.UUID(int=i) for i in range(3)],
        }
    )
    assert read_frame(frame).table.to_pydict() == {
        "category": ["a", None, "b"],
        "codes": [3, 1, 3],
        "interval": ['{"left": 0, "right": 5}', '{"left": 0, "right": 5}', '{"left": 5, "right": 10}'],
        "int": [1, None, 3],
        "truth": [True, None, False],
        "string": ["a", None, None],
        "time": [dt.datetime(2024, 1, 1, 11), None, dt.datetime(2024, 6, 30, 22)],
        "mixed": ["a", "1", None],
        "odd": ["2", "true", "2024-01-01"],
        "array": ["[1 2]", "x", None],
        "uuid": [f"00000000-0000-0000-0000-00000000000{i}" for i in range(3)],
    }


def test_polars_own_types_become_plain_ones() -> None:
    frame = pl.DataFrame(
        {
            "category": pl.Series(["a", "b"], dtype=pl.Categorical),
            "enum": pl.Series(["a", None], dtype=pl.Enum(["a", "b"])),
            "time": [dt.datetime(2024, 1, 1, tzinfo=dt.UTC)] * 2,
            "list": [[1], None],
            "struct": [{"k": "ä"}, {"k": None}],
            "money": [decimal.Decimal("1.5"), None],
            "null": [None, None],
        }
    )
    assert read_frame(frame).table.to_pydict() == {
        "category": ["a", "b"],
        "enum": ["a", None],
        "time": [dt.datetime(2024, 1, 1)] * 2,
        "list": ["[1]", None],
        "struct": ['{"k": "ä"}', '{"k": null}'],
        "money": [1.5, None],
        "null": [None, None],
    }


def test_columns_of_several_levels_or_numbers_are_called_by_their_text() -> None:
    levels = pd.MultiIndex.from_tuples([("a", "x"), ("a", "y")])
    assert read_frame(pd.DataFrame([[1, 2]], columns=levels)).table.column_names == [
        "('a', 'x')",
        "('a', 'y')",
    ]
    assert read_frame(pd.DataFrame([[1, 2]])).table.column_names == ["0", "1"]


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (
            pd.DataFrame([[1, 2]], columns=["a", "a"]),
            "The table has several columns called 'a'. Rename them.",
        ),
        (pd.DataFrame([[1, 2]], columns=[1, "1"]), "The table has several columns called '1'. Rename them."),
        (pa.Table.from_arrays([pa.array([1])] * 2, ["a", "a"]), "The table has several columns called 'a'."),
        (pl.LazyFrame({"a": [1]}), "The table is lazy. Call .collect() on it first."),
        (pd.DataFrame({"a": []}), "The table has no rows or no columns."),
        (pd.DataFrame(index=[1, 2]), "The table has no rows or no columns."),
        ({}, "The table has no rows or no columns. Give one with at least one row."),
        (
            {"a": [1], "b": [1, 2]},
            "Column 'a' has 1 values and column 'b' has 2. Give each one value per row.",
        ),
        ({"a": 1}, "Column 'a' is 1. Give a sequence with one value per row."),
        ({"a": "word"}, "Column 'a' is 'word'. Give a sequence with one value per row."),
        ({"a": np.zeros((2, 3))}, "Column 'a' has 2 dimensions. Give one value per row."),
        ({"a": ["x", "\ud800"]}, "Column 'a' holds '\\ud800', half of a surrogate pair"),
        ([], "The table has no rows or no columns."),
        ([{"a": 1}, "b"], "Item 1 of the list is a str. Give a dict for each row."),
        ([{1: "x", "1": "y"}], "Item 0 of the list has several columns called '1'. Rename them."),
        (pd.Series([1]), "Cannot read a Series."),
        (None, "Cannot read a NoneType."),
    ],
)
def test_what_is_no_table_says_what_to_give(source: object, message: str) -> None:
    with pytest.raises(InputError) as caught:
        read_frame(source)
    assert message in str(caught.value)


def test_keys_that_a_row_lacks_are_missing_cells() -> None:
    rows = [{"a": 1}, {"b": "x", 3: True}, {}]
    assert read_frame(rows).table.to_pydict() == {
        "a": [1, None, None],
        "b": [None, "x", None],
        "3": [None, True, None],
    }


def test_any_iterable_of_values_is_a_column() -> None:
    columns = {
        "a": iter([1, "x"]),
        "b": range(2),
        "c": pd.Series([1.5, nan]),
        "d": np.array(["2024-01-01", "NaT"], "M8[D]"),
    }
    assert read_frame(columns).table.to_pydict() == {
        "a": ["1", "x"], "b": [0, 1], "c": [1.5, None], "d": [dt.datetime(2024, 1, 1), None],
    }  # fmt: skip


def test_pictures_that_can_be_had_only_once_are_refused() -> None:
    scans = [Image.new("L", (2, 2), row) for row in range(2)]
    with pytest.raises(InputError, match=r"'im' is a generator of images, .* only once\. Give a list\."):
        read_frame({"im": (scan for scan in scans), "y": [0, 1]})
    assert list(read_frame({"im": dict(enumerate(scans)).values(), "y": [0, 1]}).media) == ["im"]


def test_rows_and_cells_are_rearranged_with_their_types_and_index() -> None:
    rows, moved = np.array([0, 2]), {"y": np.array([1, 2])}
    given = pd.DataFrame(
        {
            "y": pd.Categorical(["b", "a", None]),
            "n": pd.array([1, 2, None], "Int64"),
            0: pd.Series([1, [2], "x"], dtype=object).to_numpy(),
        },
        index=pd.Index(["p", "p", "q"], name="who"),
    )
    wanted = given.iloc[[0, 2]].copy()
    wanted.iloc[0, 0] = "a"
    pd.testing.assert_frame_equal(rearranged(given, rows, moved), wanted)
    assert given["y"].tolist()[:2] == ["b", "a"]
    polars = pl.DataFrame(
        {"y": pl.Series(["b", "a", None], dtype=pl.Categorical), "n": pl.Series([[1], [], None])}
    )
    back = rearranged(polars, rows, moved)
    assert back.schema == polars.schema
    assert back.to_dict(as_series=False) == {"y": ["a", None], "n": [[1], None]}
