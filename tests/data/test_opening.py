import json
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.csv as arrow_csv
import pyarrow.feather as feather
import pyarrow.parquet as pq
import pytest

from emendata.data import open_dataset
from emendata.errors import InputError, UnknownName

COLUMNS = {"text": ["good film", "bad film", None], "stars": [5, 1, None], "mood": ["up", "down", "up"]}


def written(folder: Path, suffix: str) -> Path:
    path = folder / f"reviews{suffix}"
    table = pa.table(COLUMNS)
    if suffix in (".parquet", ".pq"):
        pq.write_table(table, path)
    elif suffix == ".feather":
        feather.write_feather(table, path)
    elif suffix == ".json":
        path.write_text(json.dumps(table.to_pylist(), indent=1))
    elif suffix in (".jsonl", ".NDJSON"):
        path.write_text("".join(json.dumps(row) + "\n" for row in table.to_pylist()))
    else:
        arrow_csv.write_csv(table, path, arrow_csv.WriteOptions(delimiter="\t" if "t" in suffix else ","))
    return path


@pytest.mark.parametrize(
    "suffix", [".csv", ".tsv", ".txt", ".jsonl", ".NDJSON", ".parquet", ".pq", ".feather", ".json"]
)
def test_every_format_opens_as_the_same_table_and_roles(tmp_path: Path, suffix: str) -> None:
    path = written(tmp_path, suffix)
    dataset = open_dataset(str(path), label="mood")
    assert dataset.table.equals(open_dataset(COLUMNS).table)
    assert dataset.columns == open_dataset(COLUMNS, label="mood").columns
    assert (dataset.name, dataset.path, dataset.label) == (path.name, path, "mood")
    again = open_dataset(path, encoding=dataset.dialect.encoding, delimiter=dataset.dialect.delimiter)
    assert again.table.equals(dataset.table)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (
            "f.RAR",
            "f.RAR is packed in a way that is not supported. Unpack it, and give the folder or the table",
        ),
        ("f.xls", "f.xls is a spreadsheet of another kind. Save it as .xlsx, or the sheet as CSV."),
        ("f.orc", "f.orc is not supported. Save the table as Parquet or CSV."),
        (
            "f.data",
            "f.data ends in .data, which is not supported. Rename or save it to end in one of .csv, .tsv,",
        ),
        ("f", "f ends in no extension, which is not supported."),
    ],
)
def test_another_format_says_what_to_do(tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / name).write_bytes(b"whatever")
    with pytest.raises(InputError) as caught:
        open_dataset(tmp_path / name)
    assert message in str(caught.value)


@pytest.mark.parametrize("word", ["table", "query"])
def test_what_has_no_tables_has_none_to_choose(tmp_path: Path, word: str) -> None:
    for source, name in ((written(tmp_path, ".csv"), "reviews.csv"), (COLUMNS, "Data in memory")):
        with pytest.raises(InputError, match=f"^{name} is no database, so there is no {word} to choose"):
            open_dataset(source, **{word: "x"})  # type: ignore[arg-type]
    with pytest.raises(InputError, match=r"Both a table and a query are given\. Give one of them\."):
        open_dataset(written(tmp_path, ".csv"), table="a", query="b")


def test_a_workbook_is_asked_no_query(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    for row in (["a"], [1]):
        made.active.append(row)
    made.save(tmp_path / "f.xlsx")
    with pytest.raises(InputError, match=r"^f\.xlsx is no database, so there is no query to choose"):
        open_dataset(tmp_path / "f.xlsx", query="SELECT 1")


def test_a_missing_file_and_a_missing_label_name_the_nearest(tmp_path: Path) -> None:
    path = written(tmp_path, ".csv")
    with pytest.raises(InputError, match=r"Did you mean 'reviews\.csv'\?"):
        open_dataset(tmp_path / "review.csv")
    with pytest.raises(UnknownName, match=r"There is no column 'moood'\. Did you mean 'mood'\?"):
        open_dataset(path, label="moood")
