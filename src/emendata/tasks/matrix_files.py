"""Matrices from paths: .npy, .parquet, .arrow and .feather files and .zarr folders."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from emendata.errors import InputError
from emendata.tasks.matrices import Matrix
from emendata.tasks.matrix_arrays import slices_matrix
from emendata.tasks.matrix_tables import batches_matrix

__all__ = ["file_matrix", "loaded"]


def loaded(given: Any) -> Any:
    """Return the mapped array of the path of a .npy file, and anything else as it is."""
    if not isinstance(given, str | os.PathLike):
        return given
    path = Path(os.fsdecode(given))
    if not path.exists():
        raise InputError(f"There is no file {str(path)!r} to read pred_probs from. Check the path.")
    if path.suffix != ".npy":
        return given
    try:
        return np.load(path, mmap_mode="r", allow_pickle=False)
    except (ValueError, EOFError) as error:  # the last of an empty file
        raise InputError(f"{str(path)!r} cannot be read as a .npy file of numbers: {error}") from error


def file_matrix(path: str) -> Matrix:
    """Return the matrix of a file or folder by its ending."""
    openers = {".parquet": _from_parquet, ".arrow": _from_ipc, ".feather": _from_ipc, ".zarr": _from_zarr}
    opener = openers.get(Path(path).suffix)
    if opener is None:
        raise InputError(
            f"{path!r} has an ending that pred_probs are not read from. Give a .npy, .parquet, .arrow, .feather or "
            ".zarr."
        )
    return opener(path)


def _from_parquet(path: str) -> Matrix:
    import pyarrow as pa
    import pyarrow.parquet as pq

    def pieces(step: int) -> Iterator[Any]:
        with pq.ParquetFile(path) as file:
            yield from file.iter_batches(batch_size=step)

    try:
        with pq.ParquetFile(path) as file:
            return batches_matrix(pieces, file.metadata.num_rows, file.schema_arrow)
    except pa.ArrowException as error:
        raise InputError(f"{path!r} cannot be read as a Parquet file: {error}") from error


def _from_ipc(path: str) -> Matrix:
    import pyarrow as pa

    def batches(step: int) -> Iterator[Any]:
        for batch in _ipc_batches(path, pa.OSFile):
            yield from (batch.slice(first, step) for first in range(0, len(batch), step))

    try:
        mapped = list(_ipc_batches(path, pa.memory_map))
    except pa.ArrowException as error:
        raise InputError(f"{path!r} cannot be read as an Arrow file: {error}") from error
    if not mapped:
        raise InputError(f"{path!r} has no rows.")
    return batches_matrix(batches, sum(map(len, mapped)), mapped[0].schema)


def _ipc_batches(path: str, opener: Callable[[str], Any]) -> Iterator[Any]:
    import pyarrow as pa

    with opener(path) as file:
        try:
            reader = pa.ipc.open_file(file)
        except pa.ArrowInvalid:  # written as a stream, as Hugging Face does
            file.seek(0)
            yield from pa.ipc.open_stream(file)
            return
        for i in range(reader.num_record_batches):
            yield reader.get_batch(i)


def _from_zarr(path: str) -> Matrix:
    try:
        import zarr
    except ImportError as error:
        raise InputError(f"Reading {path!r} needs zarr. Install it: pip install zarr.") from error
    return slices_matrix(zarr.open_array(path, mode="r"))
