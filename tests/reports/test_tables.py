"""Tables as files: each format gives back what was written, and nothing in a spreadsheet is run."""

import csv
import io
import json
from pathlib import Path

import openpyxl
import pyarrow as pa
import pytest
from pyarrow import feather, parquet

from emendata.errors import InputError, UnknownName
from emendata.reports import tables
from emendata.reports.tables import TABLE_FORMATS, write_table

TABLE = pa.table(
    {
        "n": [1, None],
        "text": ['=HYPERLINK("http://x")', "a, b\nc\x0bd"],
        "tags": [["x", "y"], None],
        "kind": pa.array(["cat", "dog"]).dictionary_encode(),
    }
)


@pytest.mark.parametrize("file_format", TABLE_FORMATS)
def test_every_format_is_written(file_format: str, tmp_path: Path) -> None:
    target = tmp_path / f"t.{file_format}"
    write_table(TABLE, target, file_format)
    if file_format == "csv":
        lines = list(csv.reader(io.StringIO(target.read_bytes().decode(), newline="")))
        assert lines[1] == ["1", TABLE["text"][0].as_py(), '["x", "y"]', "cat"]
    elif file_format == "jsonl":
        assert [json.loads(line) for line in target.read_text().splitlines()] == TABLE.to_pylist()
    elif file_format == "xlsx":
        sheet = openpyxl.load_workbook(target).active
        assert [cell.value for cell in sheet[3]] == [None, "a, b\ncd", None, "dog"]
        assert {cell.data_type for cell in sheet[2][1:]} == {"s"}  # no formula among them
    else:
        read = parquet.read_table if file_format == "parquet" else feather.read_table
        assert read(target).to_pylist() == TABLE.to_pylist()


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_formula_is_disarmed_and_a_number_is_not(start: str, tmp_path: Path) -> None:
    target = tmp_path / "t.csv"
    write_table(pa.table({f"{start}head": [f"{start}1", "1"], "n": [-1, -2]}), target, neutralise=True)
    lines = list(csv.reader(io.StringIO(target.read_bytes().decode(), newline="")))
    assert lines == [[f"'{start}head", "n"], [f"'{start}1", "-1"], ["1", "-2"]]


def test_what_cannot_be_written_is_said_with_the_way_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(UnknownName, match="Did you mean 'parquet'"):
        write_table(TABLE, tmp_path / "t", "parket")
    monkeypatch.setattr(tables, "_MOST_LINES", 2)
    with pytest.raises(InputError, match="Choose Parquet or CSV"):
        write_table(TABLE, tmp_path / "t.xlsx", "xlsx")
    assert list(tmp_path.iterdir()) == []
