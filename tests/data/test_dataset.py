import datetime as dt
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from emendata.data import open_dataset
from emendata.errors import UnknownName


def test_cells_read_as_people_write_them() -> None:
    dataset = open_dataset(
        {"x": [3.0, None, 0.1], "t": [dt.datetime(2024, 1, 1), None, dt.datetime(2024, 1, 1, 2)]}
    )
    assert [dataset.text(row, "x") for row in range(3)] == ["3", "", "0.1"]
    assert [dataset.text(row, "t") for row in range(3)] == ["2024-01-01", "", "2024-01-01 02:00:00"]
    with pytest.raises(UnknownName, match=r"There is no column 'X'\. Did you mean 'x'\?"):
        dataset.text(0, "X")


def test_rows_are_called_by_a_complete_and_unique_id_column() -> None:
    columns = {"doc_id": [f"d{i}" for i in range(30)], "text": [f"a text of {i} words" for i in range(30)]}
    assert open_dataset(columns).row_ids() == columns["doc_id"]
    columns["doc_id"][3] = "d4"
    assert open_dataset(columns).row_ids()[3] not in columns["doc_id"]


def test_rows_without_an_id_keep_their_name_when_others_come_and_identical_ones_are_counted() -> None:
    few = open_dataset({"text": ["b", "a", "b"], "n": [1, 2, 1]}).row_ids()
    more = open_dataset({"text": ["c", "a", "b", "b"], "n": [9, 2, 1, 1]}).row_ids()
    assert few[2] == f"{few[0]}-2"
    assert [few[1], few[0], few[2]] == more[1:]


def test_rows_are_called_by_their_files_unless_there_are_ids(tmp_path: Path) -> None:
    (tmp_path / "1.png").touch()
    columns: dict[str, list[str]] = {"scan": ["1.png", "2.png"], "kind": ["a", "a"]}
    pl.DataFrame(columns).write_csv(tmp_path / "a.csv")
    assert open_dataset(tmp_path / "a.csv").row_ids() == columns["scan"]
    pl.DataFrame(columns | {"code": ["x", "y"]}).write_csv(tmp_path / "b.csv")
    assert open_dataset(tmp_path / "b.csv", roles={"code": "id"}).row_ids() == ["x", "y"]


def test_some_rows_are_taken_with_their_images(tmp_path: Path) -> None:
    for i in range(4):
        (tmp_path / f"{i}.png").write_bytes(bytes([i]))
    (tmp_path / "t.csv").write_text("scan,kind\n" + "".join(f"{i}.png,k{i}\n" for i in range(4)))
    whole = open_dataset(tmp_path / "t.csv", label="kind")
    some = whole.take(np.array([3, 1]))
    assert some.table["kind"].to_pylist() == ["k3", "k1"]
    assert [some.media["scan"].read(row) for row in range(2)] == [b"\x03", b"\x01"]
    assert some.media["scan"].hashes == tuple(whole.media["scan"].hashes[row] for row in (3, 1))
    assert some.content["kind"] != whole.content["kind"]
