import os
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.feather as feather
import pytest

from emendata.data.arrow import ArrowSource
from emendata.data.source import Dialect
from emendata.errors import InputError
from emendata.records import Correction


def whole_file(folder: Path, kind: str) -> bytes:
    table = pl.DataFrame({"n": range(1000), "s": ["text"] * 1000})
    path = folder / "whole"
    table.write_ipc_stream(path) if kind == "stream" else table.write_ipc(path)
    return path.read_bytes()


def read(path: Path) -> pa.Table:
    return ArrowSource().read(path, Dialect()).table


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


def test_column_names_and_file_names_need_not_be_utf8_to_be_told_of(tmp_path: Path) -> None:
    content = whole_file(tmp_path, "file")
    path = tmp_path / os.fsdecode(b"f\xff.arrow")
    path.write_bytes(content)
    assert read(path).num_rows == 1000
    pl.DataFrame({"name x": [1]}).write_ipc(tmp_path / "f.arrow")
    named = (tmp_path / "f.arrow").read_bytes().replace(b"name x", b"name \xff")
    (tmp_path / "f.arrow").write_bytes(named)
    with pytest.raises(InputError, match=r"f\.arrow is not a whole Arrow file \(.*0xff.*\)\. Write"):
        read(tmp_path / "f.arrow")


def test_a_stream_that_is_to_end_in_feather_becomes_a_feather_file(tmp_path: Path) -> None:
    path = tmp_path / "f.arrows"
    path.write_bytes(whole_file(tmp_path, "stream"))
    ArrowSource().rewrite(path, tmp_path / "g.feather", [], Dialect())
    assert feather.read_table(tmp_path / "g.feather").num_rows == 1000


def test_what_arrow_cannot_edit_is_said_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "f.arrow"
    coded = pa.DictionaryArray.from_arrays(pa.array([0, 1], pa.int8()), pa.array(["up", None]))
    with pa.OSFile(str(path), "wb") as file, pa.ipc.new_file(file, pa.schema([("y", coded.type)])) as writer:
        writer.write_table(pa.table({"y": coded}))
    change = Correction("relabel", 1, "", "y", None, "up", "", {}, 0.5)
    with pytest.raises(
        InputError, match=r"^The table has a column that cannot be edited \(.+\)\. Save it with plainer"
    ):
        ArrowSource().rewrite(path, tmp_path / "g.arrow", [change], Dialect())
    assert not (tmp_path / "g.arrow").exists()


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
