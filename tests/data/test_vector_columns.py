from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import emendata as em
from emendata.corrections import apply_patch, revert_patch
from emendata.data import open_dataset
from emendata.data.vector_columns import spread_vectors
from emendata.errors import InputError, UnknownName

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
        pa.array([[], None], pa.list_(pa.float32())),
        pa.array([[0.5] * 2001] * 2),
    ],
)
def test_other_lists_stay_as_they_are(cells: pa.Array) -> None:
    table = pa.table({"v": cells})
    assert spread_vectors(table) == (table, {})


@pytest.mark.parametrize(
    "kind", [pa.list_(pa.float32()), pa.large_list(pa.float64()), pa.list_(pa.float16())]
)
def test_an_empty_list_is_missing(kind: pa.DataType) -> None:
    table, _ = spread_vectors(pa.table({"v": pa.array([[0.5, 1.0], [], None, [2.0, None]]).cast(kind)}))
    assert table.to_pydict() == {"v_0": [0.5, None, None, 2.0], "v_1": [1.0, None, None, None]}


@pytest.mark.parametrize(("width", "role"), [(4, "number"), (7, "number"), (8, "embedding")])
def test_few_numbers_are_numbers(width: int, role: str) -> None:
    data = open_dataset(pa.table({"box": VECTORS[:, :width].tolist(), "y": ["a", "b"] * 30}), label="y")
    assert [column.role.value for column in data.columns] == [role] * width + ["label"]


def test_a_role_holds_for_all_numbers_of_a_vector_but_those_that_have_their_own() -> None:
    table = pa.table({"v": VECTORS.tolist(), "y": ["a", "b"] * 30})
    data = open_dataset(table, label="y", roles={"v": "ignore", "v_3": "number"})
    roles = {column.name: column.role.value for column in data.columns}
    assert roles.pop("v_3") == "number"
    assert roles.pop("y") == "label"
    assert set(roles.values()) == {"ignore"}
    assert len(roles) == 11


@pytest.mark.parametrize("asked", [{"label": "v"}, {"roles": {"v": "label"}}])
def test_vectors_are_no_label(asked: dict[str, Any]) -> None:
    with pytest.raises(
        InputError, match="Column 'v' holds vectors, here 'v_0' to 'v_11', and a label is one"
    ):
        open_dataset(pa.table({"v": VECTORS.tolist()}), **asked)
    with pytest.raises(UnknownName, match="There is no column 'w'"):
        open_dataset(pa.table({"v": VECTORS.tolist(), "w_0": [0.5] * 60}), roles={"w": "ignore"})


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
