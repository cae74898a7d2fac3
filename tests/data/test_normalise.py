import datetime as dt
import decimal

import numpy as np
import pyarrow as pa
import pytest

from emendata.data.normalise import normalised
from emendata.errors import InputError

FAR = 10**13  # seconds: the year 318,857


def extension(values: pa.Array) -> pa.Array:
    return pa.ExtensionArray.from_storage(pa.bool8(), values)


@pytest.mark.parametrize(
    ("array", "expected"),
    [
        (pa.array([np.float16(1.5), None], pa.float16()), [1.5, None]),
        (pa.array([decimal.Decimal("1.25"), None], pa.decimal256(40, 2)), [1.25, None]),
        (pa.array([1, None], pa.uint64()), [1, None]),
        (pa.array([2**64 - 1, None], pa.uint64()), [str(2**64 - 1), None]),
        (pa.array([float("nan"), float("inf"), -0.5]), [None, None, -0.5]),
        (pa.array(["x", " ", None], pa.large_string()), ["x", None, None]),
        (pa.array(["x", ""], pa.string_view()), ["x", None]),
        (pa.array([1, None], pa.date32()), [dt.datetime(1970, 1, 2), None]),
        (pa.array([86_400_000], pa.date64()), [dt.datetime(1970, 1, 2)]),
        (pa.array([1, None], pa.timestamp("s", "America/Lima")), [dt.datetime(1970, 1, 1, 0, 0, 1), None]),
        (pa.array([1500], pa.timestamp("ns")), [dt.datetime(1970, 1, 1, 0, 0, 0, 1)]),
        (pa.array([FAR, -FAR, 0], pa.timestamp("s")), [None, None, dt.datetime(1970, 1, 1)]),
        (pa.array([2**30, 0], pa.date32()), [None, dt.datetime(1970, 1, 1)]),
        (pa.array([90, None], pa.duration("s")), ["0:01:30", None]),
        (pa.array([90, None], pa.time32("s")), ["00:01:30", None]),
        (pa.array([[1, None], None], pa.list_(pa.int8())), ["[1, null]", None]),
        (pa.array([[("a", 1)]], pa.map_(pa.string(), pa.int8())), ['[["a", 1]]']),
        (pa.nulls(2), [None, None]),
        (pa.array(["x", None, "x"]).dictionary_encode(), ["x", None, "x"]),
        (pa.array([2.5, None]).dictionary_encode(), [2.5, None]),
        (pa.DictionaryArray.from_arrays(pa.array([0, None]), pa.array([[1]])), ["[1]", None]),
        (pa.RunEndEncodedArray.from_arrays(pa.array([2], pa.int32()), pa.array(["a"])), ["a", "a"]),
        (extension(pa.array([1, None], pa.int8())), [1, None]),
    ],
    ids=lambda value: str(value.type) if isinstance(value, pa.Array) else "",
)
def test_every_type_becomes_one_of_the_few(array: pa.Array, expected: list[object]) -> None:
    column = normalised(pa.table({"a": array}))["a"]
    assert column.to_pylist() == expected
    assert column.type in (pa.string(), pa.int64(), pa.float64(), pa.bool_(), pa.timestamp("us"))


def test_bytes_become_one_word_that_tells_different_ones_apart() -> None:
    words = normalised(pa.table({"a": [b"x", b"y", b"x", None]}))["a"].to_pylist()
    assert words[0] == words[2] != words[1]
    assert words[3] is None
    assert not any(" " in word for word in words[:3])


def test_chunks_and_columns_stay_in_order() -> None:
    chunked = pa.chunked_array(
        [pa.array(["a"]).dictionary_encode(), pa.array(["b", "a"]).dictionary_encode()]
    )
    table = normalised(pa.table({"z": chunked, "a": [1, 2, 3]}))
    assert table.to_pydict() == {"z": ["a", "b", "a"], "a": [1, 2, 3]}


def test_a_column_without_readable_values_is_named() -> None:
    far = pa.array([[FAR]], pa.list_(pa.timestamp("s")))
    with pytest.raises(
        InputError, match=r"Column 'far' of type list.* cannot be read \(.+\)\. Convert it or"
    ):
        normalised(pa.table({"far": far}))
