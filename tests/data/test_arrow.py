from collections.abc import Callable
from pathlib import Path

import polars as pl
import pyarrow as pa
import pytest

from emendata.data.arrow import ArrowSource
from emendata.data.source import Dialect
from emendata.errors import InputError


def whole_file(folder: Path, kind: str) -> bytes:
    table = pl.DataFrame({"n": range(1000), "s": ["text"] * 1000})
    path = folder / "whole"
    table.write_ipc_stream(path) if kind == "stream" else table.write_ipc(path)
    return path.read_bytes()


def read(path: Path) -> pa.Table:
    return ArrowSource().read(path, Dialect())[0]


@pytest.mark.parametrize("kind", ["file", "stream"])
def test_files_and_streams_of_another_library_are_read(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "f.arrow"
    path.write_bytes(whole_file(tmp_path, kind))
    table = read(path)
    assert table.column_names == ["n", "s"]
    assert table["n"].to_pylist() == list(range(1000))
    assert table["s"].to_pylist() == ["text"] * 1000


@pytest.mark.parametrize("kind", ["file", "stream"])
@pytest.mark.parametrize(
    "damage",
    [
        lambda content: content[: len(content) // 2],
        lambda content: content[:6],
        lambda content: b"a,b\n1,2\n",
    ],
    ids=["half", "only the mark", "a CSV file"],
)
def test_a_damaged_file_is_refused_in_one_line(
    tmp_path: Path, kind: str, damage: Callable[[bytes], bytes]
) -> None:
    path = tmp_path / "f.arrow"
    path.write_bytes(damage(whole_file(tmp_path, kind)))
    with pytest.raises(InputError, match=r"^f\.arrow is not a whole Arrow file \(.+\)\. Write or download"):
        read(path)


def test_an_empty_file_no_rows_and_old_feather_say_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "f.feather"
    path.write_bytes(b"")
    with pytest.raises(InputError, match=r"f\.feather is empty"):
        read(path)
    path.write_bytes(b"FEA1 and more")
    with pytest.raises(InputError, match=r"of the first version of Feather.*Save it as Parquet"):
        read(path)
    pl.DataFrame({"a": []}).write_ipc(path)
    with pytest.raises(InputError, match="has columns but no rows"):
        read(path)
