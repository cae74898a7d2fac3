from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import csv, parquet

from emendata.errors import InputError, OutputError
from emendata.reports import write_scores

TABLE = pa.table({"row": [0, 1, 2], "id": ["a", "b,c", None], "wrong_label_score": [0.25, None, 1.0]})


def test_parquet_gives_back_the_table(tmp_path: Path) -> None:
    write_scores(TABLE, tmp_path / "scores.parquet")
    assert parquet.read_table(tmp_path / "scores.parquet").equals(TABLE)


def test_csv_gives_back_the_numbers_and_empty_for_none(tmp_path: Path) -> None:
    write_scores(TABLE, tmp_path / "scores.CSV")
    read = csv.read_csv(tmp_path / "scores.CSV")
    assert read["wrong_label_score"].to_pylist() == [0.25, None, 1.0]
    assert read["id"].to_pylist()[:2] == ["a", "b,c"]


@pytest.mark.parametrize("name", ["scores.csv", "scores.parquet"])
def test_the_same_scores_give_the_same_bytes(tmp_path: Path, name: str) -> None:
    write_scores(TABLE, tmp_path / name)
    first = (tmp_path / name).read_bytes()
    write_scores(TABLE, tmp_path / name)
    assert (tmp_path / name).read_bytes() == first


def test_another_extension_is_refused_with_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"written as \.parquet or .csv"):
        write_scores(TABLE, tmp_path / "scores.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_is_explained(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="folder does not exist"):
        write_scores(TABLE, tmp_path / "nowhere" / "scores.csv")
