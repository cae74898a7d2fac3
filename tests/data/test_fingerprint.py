import datetime as dt
import random
from pathlib import Path

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.data.folders import write_files

from emendata.data.fingerprint import column_hash, file_sha256, row_hashes, source_sha256

DAY = dt.datetime(2024, 1, 1)
cells = (
    st.lists(st.none() | st.sampled_from(["", "a", "ab", "b", "a\x1fb"]), min_size=1)
    | st.lists(st.none() | st.sampled_from([0, 1, -1, 2**60]), min_size=1)
    | st.lists(st.none() | st.sampled_from([0.0, 0.5, -0.5]), min_size=1)
    | st.lists(st.none() | st.booleans(), min_size=1)
    | st.lists(st.none() | st.sampled_from([DAY, dt.datetime(1970, 1, 1)]), min_size=1)
)


def column(values: list[object]) -> pa.ChunkedArray:
    known = [value for value in values if value is not None]
    return pa.chunked_array([pa.array(values, None if known else pa.string())])


@settings(deadline=None, max_examples=100)
@given(cells, cells)
def test_columns_have_one_hash_exactly_if_they_are_equal(one: list[object], other: list[object]) -> None:
    first, second = column(one), column(other)
    assert (column_hash(first) == column_hash(second)) == first.equals(second)
    assert column_hash(first) == column_hash(
        pa.chunked_array([*first.slice(0, 1).chunks, *first.slice(1).chunks])
    )


def test_rows_have_one_hash_exactly_if_they_are_equal() -> None:
    draw = random.Random(0)
    names: dict[str, list[object]] = {
        "s": [None, "", "a", "b"],
        "t": [None, "x", "\x1f"],
        "i": [None, 0, 1],
        "f": [None, 0.0, 0.5],
        "b": [None, True, False],
        "d": [None, DAY],
    }
    table = pa.table({name: draw.choices(values, k=70_000) for name, values in names.items()})
    by_row: dict[str, str] = {}
    for row, word in zip(table.to_pylist(), row_hashes(table), strict=True):
        assert by_row.setdefault(repr(row), word) == word
    assert len(set(by_row.values())) == len(by_row)


def test_rows_keep_their_hash_whatever_the_width_of_numbers() -> None:
    narrow = pa.table({"a": pa.array([1, 2, None], pa.int8()), "z": [0.0, -0.0, 1.0]})
    wide = pa.table({"a": pa.array([1.0, 2.0, None]), "z": [0.0, 0.0, 1.0]})
    assert row_hashes(narrow) == row_hashes(wide)
    assert len(set(row_hashes(narrow))) == 3


def test_a_folder_has_a_hash_of_its_names_and_contents(tmp_path: Path) -> None:
    one, two = (write_files(tmp_path / name, {"a/1": "x", "b": "y"}) for name in ("one", "two"))
    (two / ".hidden").touch()
    assert source_sha256(one) == source_sha256(two)
    assert source_sha256(one / "b") == file_sha256(one / "b")
    for change in ({"a/1": "z"}, {"a/2": "x"}):
        assert source_sha256(write_files(two, change)) != source_sha256(one)
    (one / "a" / "1").rename(one / "1")
    assert (
        len({source_sha256(one), source_sha256(two), source_sha256(write_files(tmp_path / "3", {"a": ""}))})
        == 3
    )
