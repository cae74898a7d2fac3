"""Rows of probabilities in every container that they may come in."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.feather as feather
import pyarrow.parquet as pq
import pytest

from emendata.tasks.pred_probs import RowsSource

PROBS = [[0.875, 0.125], [0.25, 0.75], [0.5, 0.5]]
Array = npt.NDArray[Any]


class Tensor:
    """What torch and JAX have in common: an array elsewhere that must be detached and fetched first."""

    def __init__(self, array: Array, *, here: bool = False) -> None:
        self.array, self.here, self.shape = array, here, array.shape

    def detach(self) -> "Tensor":
        return Tensor(self.array)

    def cpu(self) -> "Tensor":
        return Tensor(self.array, here=True)

    def __dlpack__(self, **options: Any) -> Any:
        assert self.here
        return self.array.__dlpack__(**options)

    def __dlpack_device__(self) -> Any:
        return self.array.__dlpack_device__()


class Half(Tensor):
    """A tensor of a type that numpy does not know, such as bfloat16."""

    def detach(self) -> "Half":
        return Half(self.array, here=True)

    def cpu(self) -> "Half":
        return self

    def __dlpack__(self, **_: Any) -> Any:
        raise BufferError("no such type")

    def float(self) -> Array:
        return self.array


class Slices:
    """What zarr and h5py have in common: a shape, a type and slices of rows."""

    def __init__(self, array: Array, chunk: int | None = None) -> None:
        self.array, self.shape, self.dtype = array, array.shape, array.dtype
        self.chunks = chunk and (chunk, array.shape[1])

    def __getitem__(self, where: Any) -> Array:
        assert isinstance(where, slice) or self.array.ndim == 3
        copy: Array = self.array[where].copy()
        return copy


def read(source: RowsSource, step: int = 64) -> Array:
    blocks = [block() for block in source.blocks(step)]
    assert all(block.flags.c_contiguous for block in blocks)
    assert [len(block) for block in blocks[:-1]] == [step] * (len(blocks) - 1)
    assert {block.dtype for block in blocks} <= {source.dtype}
    return np.concatenate([np.empty((0, source.n_columns), source.dtype), *blocks])


def named(array: Array) -> dict[str, Array]:
    return {f"class {j}": np.ascontiguousarray(array[:, j]) for j in range(array.shape[1])}


def fixed(array: Array) -> Any:
    return pa.FixedSizeListArray.from_arrays(
        pa.array(np.ascontiguousarray(array).reshape(-1)), array.shape[1]
    )


def saved_npy(array: Array, folder: Path) -> Path:
    np.save(folder / "probs.npy", array)
    return folder / "probs.npy"


def mapped(array: Array, folder: Path) -> Array:
    return np.asarray(np.load(saved_npy(array, folder), mmap_mode="r"))


def part_of_a_map(array: Array, folder: Path) -> Array:
    path = folder / "more.raw"
    path.write_bytes(b"header " + np.concatenate([array[:1], array, array[:1]]).tobytes())
    whole = np.memmap(path, array.dtype, "r", 7, (len(array) + 2, array.shape[1]))
    part: Array = whole[1:-1]
    return part


def saved_parquet(array: Array, folder: Path) -> str:
    pq.write_table(pa.table(named(array)), folder / "probs.parquet", row_group_size=50)
    return str(folder / "probs.parquet")


def saved_parquet_of_lists(array: Array, folder: Path) -> Path:
    pq.write_table(pa.table({"probs": fixed(array)}), folder / "probs.parquet", row_group_size=50)
    return folder / "probs.parquet"


def saved_feather(array: Array, folder: Path) -> Path:
    feather.write_feather(pa.table(named(array)), folder / "probs.feather", chunksize=30)
    return folder / "probs.feather"


def saved_arrow_stream(array: Array, folder: Path) -> Path:
    table = pa.table({"probs": fixed(array)})
    with pa.ipc.new_stream(folder / "probs.arrow", table.schema) as writer:
        writer.write_table(table, max_chunksize=30)
    return folder / "probs.arrow"


def saved_zarr(array: Array, folder: Path) -> Path:
    zarr = pytest.importorskip("zarr")
    stored = zarr.open_array(
        folder / "probs.zarr", mode="w", shape=array.shape, chunks=(30, 2), dtype=array.dtype
    )
    stored[:] = array
    return folder / "probs.zarr"


def open_zarr(array: Array, folder: Path) -> Any:
    return pytest.importorskip("zarr").open_array(saved_zarr(array, folder), mode="r")


CONTAINERS: list[Callable[[Array, Path], Any]] = [
    lambda array, _: np.asfortranarray(array),
    lambda array, _: np.repeat(array, 2, axis=0)[::2],
    lambda array, _: array.astype(array.dtype.newbyteorder(">")),
    lambda array, _: array.astype(object) if array.dtype == np.float64 else array,
    lambda array, _: array.tolist() if array.dtype == np.float64 else list(array),
    lambda array, _: list(array),
    lambda array, _: Tensor(array),
    lambda array, _: Half(array),
    lambda array, _: Slices(array),
    lambda array, _: Slices(array, 30),
    lambda array, _: pd.DataFrame(array, index=[9] * len(array)),
    lambda array, _: pd.DataFrame(named(array)),
    lambda array, _: pd.DataFrame(named(array)).astype(f"Float{8 * array.itemsize}"),
    lambda array, _: pl.DataFrame(array),
    lambda array, _: pl.concat([pl.DataFrame(array[:30]), pl.DataFrame(array[30:])], rechunk=False),
    lambda array, _: pl.Series(array.tolist(), dtype=pl.Array(pl.from_numpy(array)["column_0"].dtype, array.shape[1])),
    lambda array, _: pa.table(named(array)),
    lambda array, _: pa.RecordBatch.from_pydict(named(array)),
    lambda array, _: pa.table({"probs": fixed(array)}),
    lambda array, _: fixed(array),
    lambda array, _: fixed(np.concatenate([array[:5], array])).slice(5),
    lambda array, _: pa.array(array.tolist(), pa.list_(pa.array(array[:, 0]).type)),
    lambda array, _: pa.chunked_array([fixed(array[:30]), fixed(array[30:])]),
    saved_npy,
    mapped,
    part_of_a_map,
    saved_parquet,
    saved_parquet_of_lists,
    saved_feather,
    saved_arrow_stream,
    saved_zarr,
    open_zarr,
]  # fmt: skip  # fmt: skip
