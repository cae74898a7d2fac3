from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from emendata.data.parquet import ParquetSource
from emendata.data.source import Dialect
from emendata.errors import InputError


def whole_file(folder: Path) -> bytes:
    pq.write_table(pa.table({"n": range(1000), "s": ["text"] * 1000}), folder / "whole.parquet")
    return (folder / "whole.parquet").read_bytes()


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: content[:-20],
        lambda content: content[: len(content) // 2],
        lambda content: content[:10] + b"\xff" * 60 + content[70:],
        lambda content: content[:4],
        lambda content: b"a,b\n1,2\n",
    ],
    ids=["no end", "half", "overwritten", "only the mark", "a CSV file"],
)
def test_a_damaged_file_is_refused_in_one_line(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    path = tmp_path / "f.parquet"
    path.write_bytes(damage(whole_file(tmp_path)))
    with pytest.raises(
        InputError, match=r"^f\.parquet is not a whole Parquet file \(.+\)\. Write or download"
    ):
        ParquetSource().read(path, Dialect())


def test_a_file_without_bytes_rows_or_columns_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "f.parquet"
    path.write_bytes(b"")
    with pytest.raises(InputError, match=r"f\.parquet is empty"):
        ParquetSource().read(path, Dialect())
    pq.write_table(pa.table({"a": pa.array([], pa.int8())}), path)
    with pytest.raises(InputError, match="has columns but no rows"):
        ParquetSource().read(path, Dialect())
    pq.write_table(pa.table({}), path)
    with pytest.raises(InputError, match="has no columns"):
        ParquetSource().read(path, Dialect())


def test_columns_of_one_name_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "f.parquet"
    pq.write_table(pa.Table.from_arrays([pa.array([1]), pa.array([2])], names=["a", "a"]), path)
    with pytest.raises(InputError, match=r"f\.parquet has several columns called 'a'\. Rename them\."):
        ParquetSource().read(path, Dialect())


def test_bytes_that_are_called_text_and_are_none_name_their_column(tmp_path: Path) -> None:
    path = tmp_path / "f.parquet"
    damaged = pa.Array.from_buffers(pa.string(), 1, pa.array([b"text \xff"]).buffers())
    pq.write_table(pa.table({"ok": [1], "text": damaged}), path)
    with pytest.raises(InputError, match=r"Column 'text' of type string cannot be read .*UTF8"):
        ParquetSource().read(path, Dialect())
