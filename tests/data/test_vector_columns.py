from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import emendata as em
from emendata.corrections import apply_patch, revert_patch
from emendata.data import open_dataset
from emendata.data.vector_columns import spread_vectors

VECTORS = np.random.default_rng(0).normal(size=(60, 12)).astype(np.float32)
VECTORS[:30, 0] += 8


@pytest.mark.parametrize(
    "kind",
    [
        pa.list_(pa.float32()),
        pa.large_list(pa.float64()),
        pa.list_(pa.float16(), 12),
        pa.list_(pa.float32(), 12),
    ],
)
def test_cells_of_vectors_become_an_embedding(kind: pa.DataType) -> None:
    cells = pa.array(VECTORS.tolist(), pa.list_(pa.float32())).cast(kind)
    data = open_dataset(pa.table({"v": cells, "y": ["a", "b"] * 30}), label="y")
    assert [column.name for column in data.columns] == [*(f"v_{i}" for i in range(12)), "y"]
    assert {column.role.value for column in data.columns[:-1]} == {"embedding"}
    assert np.allclose(data.table["v_3"].to_numpy(), VECTORS[:, 3], atol=0.01)


@pytest.mark.parametrize(
    "cells",
    [
        pa.array([[0.5], [1.5]]),
        pa.array([[0.5, 1.0], [1.5]]),
        pa.array([[1, 2], [3, 4]]),
        pa.array([["a", "b"], ["c", "d"]]),
        pa.array([None, None], pa.list_(pa.float32())),
        pa.array([[0.5] * 2001] * 2),
    ],
)
def test_other_lists_stay_as_they_are(cells: pa.Array) -> None:
    table = pa.table({"v": cells})
    assert spread_vectors(table) == (table, {})


def test_a_name_that_is_taken_is_left_alone() -> None:
    table = pa.table({"v": [[0.5, 1.0]], "v_1": [3]})
    assert spread_vectors(table)[0].column_names == ["v", "v_1"]


def test_a_file_of_vectors_is_corrected_and_put_back_with_them(tmp_path: Path) -> None:
    labels = ["a"] * 30 + ["b"] * 30
    labels[4] = "b"
    table = pa.table({"v": pa.array(VECTORS.tolist(), pa.list_(pa.float32())), "y": labels})
    pq.write_table(table, tmp_path / "in.parquet")
    audit = em.Audit(tmp_path / "in.parquet", label="y").run()
    patch = audit.patch()
    assert [correction.row for correction in patch.corrections] == [4]
    apply_patch(patch, tmp_path / "in.parquet", tmp_path / "out.parquet")
    out = pq.read_table(tmp_path / "out.parquet")
    assert out["v"].equals(table["v"])
    assert out["y"][4].as_py() == "a"
    revert_patch(patch, tmp_path / "out.parquet", tmp_path / "back.parquet")
    assert pq.read_table(tmp_path / "back.parquet").equals(table)
