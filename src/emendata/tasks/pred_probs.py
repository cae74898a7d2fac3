"""What people pass as pred_probs, read in blocks of rows that are equal to the bit whatever they came in.

A container becomes a matrix of one of three kinds: rows in memory, rows in a file, or pieces that can only
be read one after the other.
"""

import mmap
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from emendata.engine.blocks import Block, RowSource
from emendata.errors import InputError
from emendata.records import IntArray

__all__ = ["Mixture", "PredProbs", "RowsSource", "open_models", "open_pred_probs", "refuse_both"]

_NARROW = 64
_GATHER_ROWS = 4096

Array = npt.NDArray[Any]
Read = Callable[[], Block]
Pieces = Callable[[int], Iterator[Any]]  # called with about how many rows a piece should have


class RowsSource(RowSource, Protocol):
    """A row source that also hands out single rows."""

    @property
    def dtype(self) -> np.dtype[Any]:
        """Type of the blocks: float32 or float64."""

    @property
    def column_names(self) -> tuple[Any, ...] | None:
        """Classes that the columns are named for, if they have names."""

    def rows(self, indices: IntArray) -> Block:
        """Return some rows, in the order asked for."""


class PredProbs:
    """Probabilities of one model, read in blocks; see `open_pred_probs`."""

    def __init__(self, matrix: "_Matrix", *, normalize: bool = False, from_logits: bool = False) -> None:
        refuse_both(normalize, from_logits)
        self._matrix = matrix
        self._change = _divided if normalize else _softmax if from_logits else None

    @classmethod
    def of_pieces(
        cls,
        pieces: Callable[[int], Iterator[Array]],
        shape: tuple[int, int],
        dtype: npt.DTypeLike,
        *,
        normalize: bool = False,
        from_logits: bool = False,
    ) -> "PredProbs":
        """Read arrays of any number of rows that ``pieces`` yields, in order, each time it is called."""
        matrix = _Pieces(pieces, shape, np.dtype(dtype))
        return cls(matrix, normalize=normalize, from_logits=from_logits)

    @property
    def n_rows(self) -> int:
        """Number of rows."""
        return self._matrix.shape[0]

    @property
    def n_columns(self) -> int:
        """Number of columns."""
        return self._matrix.shape[1]

    @property
    def dtype(self) -> np.dtype[Any]:
        """Type of the blocks: float32 or float64."""
        return self._matrix.dtype

    @property
    def itemsize(self) -> int:
        """Bytes of one value in a block."""
        return self.dtype.itemsize

    @property
    def column_names(self) -> tuple[Any, ...] | None:
        """Classes that the columns are named for, if they have names."""
        return self._matrix.column_names

    def blocks(self, step: int) -> Iterator[Read]:
        """Yield one reader for each ``step`` rows, as `RowSource` says."""
        for i, read in enumerate(self._matrix.readers(step)):
            yield partial(self._block, read, i * step)

    def rows(self, indices: npt.ArrayLike) -> Block:
        """Return some rows, in the order asked for; where rows cannot be picked, by reading up to the last."""
        wanted = np.asarray(indices, np.int64).reshape(-1)
        ascending, back = np.unique(wanted, return_inverse=True)
        if not len(wanted):
            return np.empty((0, self.n_columns), self.dtype)
        return self._block(partial(self._matrix.gather, ascending), wanted, back)

    def _block(
        self, read: Callable[[], Array], first: int | IntArray, order: IntArray | None = None
    ) -> Block:
        raw = read() if order is None else read()[order]
        try:
            block = np.ascontiguousarray(raw, self.dtype)
        except (TypeError, ValueError) as error:
            raise InputError(f"pred_probs cannot be read as an array of numbers: {error}") from error
        return block if self._change is None else self._change(block, first)


class Mixture:
    """The weighted sum of several models' predictions, made block by block."""

    def __init__(self, models: Sequence[RowsSource], weights: npt.ArrayLike) -> None:
        self._models = tuple(models)
        self._weights = np.asarray(weights, np.float64).tolist()
        self.n_rows = models[0].n_rows
        self.n_columns = models[0].n_columns
        self.dtype = np.dtype(np.float64 if all(m.dtype == np.float64 for m in models) else np.float32)
        self.column_names = models[0].column_names

    @property
    def itemsize(self) -> int:
        """Bytes of one value in a block."""
        return self.dtype.itemsize

    def blocks(self, step: int) -> Iterator[Read]:
        """Yield one reader for each ``step`` rows, as `RowSource` says."""
        for reads in zip(*(model.blocks(step) for model in self._models), strict=True):
            yield partial(self._mixed, reads)

    def rows(self, indices: npt.ArrayLike) -> Block:
        """Return some rows, in the order asked for."""
        wanted = np.asarray(indices, np.int64)
        return self._mixed([partial(model.rows, wanted) for model in self._models])

    def _mixed(self, reads: Iterable[Read]) -> Block:
        total: Block | None = None
        for weight, read in zip(self._weights, reads, strict=True):
            share = np.multiply(read(), weight, dtype=self.dtype, casting="same_kind")
            total = share if total is None else np.add(total, share, out=total)
        assert total is not None
        return total


def open_pred_probs(pred_probs: Any, *, normalize: bool = False, from_logits: bool = False) -> PredProbs:
    """Open predicted probabilities of any kind, to be read in blocks.

    Parameters
    ----------
    pred_probs : matrix of shape (n, k), or path
        A numpy array, a tensor, a memory-mapped file, a table of pandas, polars or Arrow, lists of numbers,
        an array of zarr or whatever else gives slices of rows; or the path of a .npy, .parquet, .arrow or
        .feather file or of a .zarr folder.
    normalize : bool
        Divide each row by its sum.
    from_logits : bool
        Turn each row of logits into probabilities, by softmax.

    Raises
    ------
    InputError
        If it cannot be read as a matrix of numbers, or ``normalize`` and ``from_logits`` are both set.

    Examples
    --------
    >>> probs = open_pred_probs([[3, 1], [1, 1]], normalize=True)
    >>> [read().tolist() for read in probs.blocks(1)]
    [[[0.75, 0.25]], [[0.5, 0.5]]]
    """
    if isinstance(pred_probs, PredProbs):
        if normalize or from_logits:
            raise InputError(
                "These pred_probs are open already. Give normalize or from_logits where you open them."
            )
        return pred_probs
    return PredProbs(_matrix(pred_probs), normalize=normalize, from_logits=from_logits)


def open_models(pred_probs: Any, *, normalize: bool = False, from_logits: bool = False) -> list[PredProbs]:
    """Open the predicted probabilities of one model or several, all of one shape.

    Parameters
    ----------
    pred_probs : matrix of shape (n, k), array of shape (m, n, k), or sequence of m matrices
        Each matrix as in `open_pred_probs`; lists of numbers are one matrix.
    normalize, from_logits : bool
        As in `open_pred_probs`, for each model.

    Raises
    ------
    InputError
        If one cannot be opened, or they differ in shape or in the names of their columns.

    Examples
    --------
    >>> len(open_models([[0.9, 0.1], [0.2, 0.8]])), len(open_models([[[0.9, 0.1]], [[0.7, 0.3]]]))
    (1, 2)
    """
    given = _loaded_numpy(pred_probs)
    each = _layers(given) if _n_dimensions(given) == 3 else [given]
    models = [open_pred_probs(one, normalize=normalize, from_logits=from_logits) for one in each]
    if not models:
        raise InputError("pred_probs holds no model. Give at least one.")
    for i, model in enumerate(models):
        if (shape := (model.n_rows, model.n_columns)) != (models[0].n_rows, models[0].n_columns):
            raise InputError(
                f"pred_probs[{i}] has shape {shape} but pred_probs[0] has shape "
                f"{(models[0].n_rows, models[0].n_columns)}. Give every model the same rows and columns."
            )
        if model.column_names != models[0].column_names:
            raise InputError(
                f"The columns of pred_probs[{i}] are named otherwise than those of pred_probs[0]. "
                "Put them in the same order."
            )
    return models


def _layers(given: Any) -> list[Any]:
    if isinstance(given, list | tuple | np.ndarray):
        return list(given)
    if hasattr(given, "__dlpack__"):
        return list(_tensor(given))
    return [_Layer(given, i) for i in range(given.shape[0])]


class _Layer:
    """One model of an array of zarr, h5py or the like that holds several, read only as asked."""

    def __init__(self, stack: Any, place: int) -> None:
        self._stack, self._place = stack, place
        self.shape, self.dtype = stack.shape[1:], stack.dtype
        self.chunks = (getattr(stack, "chunks", None) or (1, 1))[1:]

    def __getitem__(self, rows: slice) -> Array:
        return np.asarray(self._stack[self._place, rows])


def refuse_both(normalize: bool, from_logits: bool) -> None:
    """Refuse to change pred_probs in two ways at once."""
    if normalize and from_logits:
        raise InputError(
            "normalize and from_logits are both True. Logits need from_logits=True alone: it makes each row sum to one."
        )


def _n_dimensions(given: Any) -> int:
    if isinstance(given, list | tuple):
        return 1 + (_n_dimensions(given[0]) if given else 1)
    if isinstance(given, str | os.PathLike | PredProbs):
        return 2
    return 0 if np.isscalar(given) or given is None else len(getattr(given, "shape", (0, 0)))


# What becomes of a block.


def _divided(block: Block, first: int | IntArray) -> Block:
    sums = _by_row(np.add, block)
    if (sums <= 0).any():
        row = int(np.flatnonzero(sums <= 0)[0])
        raise InputError(
            f"Row {first + row if isinstance(first, int) else first[row]} of pred_probs sums to {sums[row]:g}, so that "
            "normalize=True cannot divide it. Predict this row or leave it out."
        )
    with np.errstate(invalid="ignore"):
        return np.asarray(block / sums[:, None])


def _softmax(block: Block, _: int | IntArray) -> Block:
    with np.errstate(invalid="ignore", over="ignore"):
        powers = block - _by_row(np.maximum, block)[:, None]
        np.exp(powers, out=powers)
        powers /= _by_row(np.add, powers)[:, None]
    return powers


def _by_row(join: np.ufunc, block: Block) -> Block:
    """Reduce each row, in an order that depends on nothing but its length."""
    if not 0 < block.shape[1] <= _NARROW:
        return np.asarray(join.reduce(block, axis=1))
    total = block[:, 0].copy()
    with np.errstate(invalid="ignore"):
        for j in range(1, block.shape[1]):
            join(total, block[:, j], out=total)
    return total


# The kinds of matrix.


class _Matrix(Protocol):
    shape: tuple[int, int]
    dtype: np.dtype[Any]  # of the blocks, not of what is stored
    column_names: tuple[Any, ...] | None

    def readers(self, step: int) -> Iterator[Callable[[], Array]]: ...

    def gather(self, ascending: IntArray) -> Array: ...


class _Rows:
    """An array in memory."""

    def __init__(self, array: Array, column_names: tuple[Any, ...] | None = None) -> None:
        self._array = array
        self.shape = _shape(array)
        self.dtype = _block_type(array.dtype)
        self.column_names = column_names

    def readers(self, step: int) -> Iterator[Callable[[], Array]]:
        for first in range(0, len(self._array), step):
            yield partial(self._array.__getitem__, slice(first, first + step))

    def gather(self, ascending: IntArray) -> Array:
        return np.asarray(self._array[ascending])


class _File:
    """Rows one after the other in a file, read without mapping it, so that they take memory only while in use."""

    column_names: tuple[Any, ...] | None = None

    def __init__(self, path: str, offset: int, shape: tuple[int, int], stored: np.dtype[Any]) -> None:
        self._path, self._offset, self._stored = path, offset, stored
        self.shape = shape
        self.dtype = _block_type(stored)

    def readers(self, step: int) -> Iterator[Callable[[], Array]]:
        for first in range(0, self.shape[0], step):
            yield partial(self.read, [(first, min(step, self.shape[0] - first))])

    def gather(self, ascending: IntArray) -> Array:
        starts = np.flatnonzero(np.diff(ascending, prepend=-2) != 1)
        lengths = np.diff(starts, append=len(ascending))
        return self.read(list(zip(ascending[starts].tolist(), lengths.tolist(), strict=True)))

    def read(self, runs: list[tuple[int, int]]) -> Array:
        """Read runs of rows, each given by its first row and its length."""
        out = np.empty((sum(n for _, n in runs), self.shape[1]), self._stored)
        row_bytes, at = self.shape[1] * self._stored.itemsize, 0
        view = memoryview(out.reshape(-1).view(np.uint8).data)
        with Path(self._path).open("rb", buffering=0) as file:
            for first, n in runs:
                file.seek(self._offset + first * row_bytes)
                end = at + n * row_bytes
                while at < end:
                    got = file.readinto(view[at:end])
                    if not got:
                        raise InputError(
                            f"{self._path!r} ended early. It must stay as it is while it is read."
                        )
                    at += got
        return out


class _Pieces:
    """Arrays or Arrow batches that come one after the other, each time in the same order."""

    def __init__(
        self,
        pieces: Pieces,
        shape: tuple[int, int],
        dtype: np.dtype[Any],
        column_names: tuple[Any, ...] | None = None,
    ) -> None:
        self._pieces = pieces
        self.shape = shape
        self.dtype = _block_type(dtype)
        self.column_names = column_names

    def readers(self, step: int) -> Iterator[Callable[[], Array]]:
        parts: list[Any] = []
        missing = step
        for piece in self._pieces(step):
            at = 0
            while len(piece) - at >= missing:
                yield partial(self._joined, [*parts, _cut(piece, at, at + missing)])
                at, parts, missing = at + missing, [], step
            if at < len(piece):
                parts.append(_cut(piece, at, len(piece)))
                missing -= len(piece) - at
        if parts:
            yield partial(self._joined, parts)

    def gather(self, ascending: IntArray) -> Array:
        found, first = [np.empty((0, self.shape[1]), self.dtype)], 0
        for piece in self._pieces(_GATHER_ROWS):
            low, high = np.searchsorted(ascending, [first, first + len(piece)])
            if low < high:
                picked = ascending[low:high] - first
                found.append(self._numbers(piece.take(picked) if hasattr(piece, "schema") else piece[picked]))
            first += len(piece)
            if high == len(ascending):
                break
        return np.concatenate(found)

    def _joined(self, parts: list[Any]) -> Array:
        arrays = [self._numbers(part) for part in parts]
        return arrays[0] if len(arrays) == 1 else np.concatenate(arrays)

    def _numbers(self, piece: Any) -> Array:
        if not hasattr(piece, "schema"):
            return np.asarray(piece, self.dtype)
        if _is_list(piece.schema):
            return _from_lists(piece.column(0), self.shape[1])
        out = np.empty((self.shape[1], len(piece)), self.dtype)
        for j, column in enumerate(piece.columns):
            out[j] = column.to_numpy(zero_copy_only=False)
        return out.T


def _cut(piece: Any, start: int, stop: int) -> Any:
    return piece.slice(start, stop - start) if hasattr(piece, "schema") else piece[start:stop]


def _shape(array: Any) -> tuple[int, int]:
    if len(array.shape) != 2:
        raise InputError(f"pred_probs must have two dimensions, one row an example; got {len(array.shape)}.")
    return int(array.shape[0]), int(array.shape[1])


def _block_type(stored: np.dtype[Any]) -> np.dtype[Any]:
    small = (stored.kind == "f" and stored.itemsize <= 4) or stored.name == "bfloat16"
    return np.dtype(np.float32 if small else np.float64)


# From what was passed to a matrix.


def _matrix(given: Any) -> _Matrix:
    if isinstance(given, Mixture):
        raise InputError(
            "A mixture is open already. Give normalize or from_logits where its models are opened."
        )
    given = _loaded_numpy(given)
    if isinstance(given, str | os.PathLike):
        return _from_path(os.fsdecode(given))
    if isinstance(given, np.ndarray):
        return _from_array(given)
    if hasattr(given, "iloc"):
        return _from_pandas(given)
    if hasattr(given, "collect_schema") and not hasattr(given, "to_arrow"):
        raise InputError("pred_probs is lazy. Call .collect() on it first.")
    if hasattr(given, "to_arrow"):
        return _from_arrow(given.to_arrow())
    if hasattr(given, "__arrow_c_stream__") or hasattr(given, "__arrow_c_array__"):
        return _from_arrow(given)
    if hasattr(given, "__dlpack__"):
        return _from_array(_tensor(given))
    if all(hasattr(given, name) for name in ("shape", "dtype", "__getitem__")):
        return _from_slices(given)
    return _from_array(_numbers(given))


def _from_array(array: Array) -> _Matrix:
    if array.dtype.kind not in "biuf" and array.dtype.name != "bfloat16":
        array = _numbers(array)
    _shape(array)
    return _behind(array) or _Rows(np.asarray(array))


def _numbers(given: Any) -> Array:
    try:
        array = np.asarray(given)
        if array.dtype.kind == "c":
            raise TypeError("they are complex")
        return array if array.dtype.kind in "biuf" else array.astype(np.float64)
    except (TypeError, ValueError) as error:
        raise InputError(f"pred_probs cannot be read as an array of numbers: {error}") from error


def _behind(array: Array) -> _File | None:
    """Return the file that an array is a read-only map of, if its rows lie there one after the other."""
    root: Any = array
    while isinstance(root.base, np.ndarray):
        root = root.base
    if not isinstance(root, np.memmap) or not isinstance(root.base, mmap.mmap) or root.mode != "r":
        return None
    if not array.flags.c_contiguous or not array.size or not root.filename:
        return None
    offset = root.offset + array.__array_interface__["data"][0] - root.__array_interface__["data"][0]
    file = _File(os.fsdecode(root.filename), offset, array.shape, array.dtype)
    last = len(array) - 1
    try:
        same = all(file.read([(row, 1)]).tobytes() == array[row].tobytes() for row in (0, last))
    except OSError:
        return None
    return file if same else None  # another file may have come to stand under that name


def _tensor(given: Any) -> Array:
    for move in ("detach", "cpu"):
        given = getattr(given, move)() if hasattr(given, move) else given
    try:
        return np.from_dlpack(given)
    except (
        BufferError,
        RuntimeError,
        TypeError,
        ValueError,
    ):  # another device, or a type numpy does not know
        return np.asarray(given.float() if hasattr(given, "float") else given)


def _from_slices(given: Any) -> _Matrix:
    """Return the matrix of an array of zarr, h5py or the like, which is read in whole chunks."""
    shape = _shape(given)
    chunk = int((getattr(given, "chunks", None) or (1,))[0])

    def pieces(step: int) -> Iterator[Array]:
        size = -(-step // chunk) * chunk
        for first in range(0, shape[0], size):
            yield np.asarray(given[first : min(first + size, shape[0])])

    return _Pieces(pieces, shape, np.dtype(given.dtype))


def _from_pandas(frame: Any) -> _Matrix:
    _refuse_one_dimension(frame)
    names = _column_names(frame.columns)
    kinds = set(frame.dtypes)
    if len(kinds) == 1 and all(isinstance(kind, np.dtype) and kind.kind in "biuf" for kind in kinds):
        return _Rows(frame.to_numpy(), names)
    import pyarrow as pa

    matrix = _from_arrow(pa.Table.from_pandas(frame, preserve_index=False))
    matrix.column_names = names
    return matrix


def _refuse_one_dimension(frame: Any) -> None:
    if not hasattr(frame, "columns"):
        raise InputError("pred_probs must have two dimensions, one row an example; got 1.")


def _from_arrow(given: Any) -> _Matrix:
    import pyarrow as pa

    if not isinstance(given, pa.Table | pa.RecordBatch | pa.Array | pa.ChunkedArray):
        given = pa.table(given) if hasattr(given, "__arrow_c_stream__") else pa.array(given)
    if isinstance(given, pa.Array | pa.ChunkedArray):
        given = pa.table([given], names=["pred_probs"])
    if isinstance(given, pa.RecordBatch):
        given = pa.Table.from_batches([given])
    return _from_batches(
        lambda step: iter(given.to_batches(max_chunksize=step)), given.num_rows, given.schema
    )


def _from_batches(pieces: Pieces, n_rows: int, schema: Any) -> _Matrix:
    import pyarrow as pa

    if _is_list(schema):
        kind = schema.field(0).type
        first = next((len(batch.column(0)[0] or ()) for batch in pieces(1) if len(batch)), 0)
        k = kind.list_size if pa.types.is_fixed_size_list(kind) else first
        return _Pieces(pieces, (n_rows, k), _arrow_type([kind.value_type]))
    for field in schema:
        if not (_is_numeric(field.type)):
            raise InputError(
                f"Column {field.name!r} of pred_probs holds {field.type}. Give columns of numbers only, one per class."
            )
    names = _column_names(schema.names)
    return _Pieces(pieces, (n_rows, len(schema)), _arrow_type([field.type for field in schema]), names)


def _is_list(schema: Any) -> bool:
    import pyarrow as pa

    if len(schema) != 1:
        return False
    kind = schema.field(0).type
    return any(
        is_kind(kind) for is_kind in (pa.types.is_fixed_size_list, pa.types.is_list, pa.types.is_large_list)
    ) and _is_numeric(kind.value_type)


def _is_numeric(kind: Any) -> bool:
    import pyarrow as pa

    return any(
        is_kind(kind)
        for is_kind in (pa.types.is_integer, pa.types.is_floating, pa.types.is_boolean, pa.types.is_null)
    )


def _arrow_type(kinds: list[Any]) -> np.dtype[Any]:
    import pyarrow as pa

    small = all(pa.types.is_float16(kind) or pa.types.is_float32(kind) for kind in kinds)
    return np.dtype(np.float32 if small else np.float64)


def _from_lists(column: Any, k: int) -> Array:
    import pyarrow as pa

    if column.null_count:
        raise InputError(
            f"pred_probs has no value in {column.null_count:,} rows. Predict them or leave them out."
        )
    try:
        fixed = column.cast(pa.list_(column.type.value_type, k))
    except pa.ArrowException as error:
        raise InputError(f"pred_probs has rows of different lengths: {error}") from error
    values: Array = fixed.flatten().to_numpy(zero_copy_only=False)
    return values.reshape(-1, k)


def _column_names(names: Iterable[Any]) -> tuple[Any, ...] | None:
    """Return the names of columns, or None where they only count them."""
    given = tuple(name.item() if isinstance(name, np.generic) else name for name in names)
    counted = range(len(given))
    counting = (list(counted), [str(i) for i in counted], [f"column_{i}" for i in counted])
    return None if list(given) in counting else given


# Paths.


def _loaded_numpy(given: Any) -> Any:
    if not isinstance(given, str | os.PathLike):
        return given
    path = Path(os.fsdecode(given))
    if not path.exists():
        raise InputError(f"There is no file {str(path)!r} to read pred_probs from. Check the path.")
    if path.suffix != ".npy":
        return given
    try:
        return np.load(path, mmap_mode="r", allow_pickle=False)
    except ValueError as error:
        raise InputError(f"{str(path)!r} cannot be read as a .npy file of numbers: {error}") from error


def _from_path(path: str) -> _Matrix:
    openers = {".parquet": _from_parquet, ".arrow": _from_ipc, ".feather": _from_ipc, ".zarr": _from_zarr}
    opener = openers.get(Path(path).suffix)
    if opener is None:
        raise InputError(
            f"{path!r} has an ending that pred_probs are not read from. Give a .npy, .parquet, .arrow, .feather or "
            ".zarr."
        )
    return opener(path)


def _from_parquet(path: str) -> _Matrix:
    import pyarrow as pa
    import pyarrow.parquet as pq

    def pieces(step: int) -> Iterator[Any]:
        with pq.ParquetFile(path) as file:
            yield from file.iter_batches(batch_size=step)

    try:
        with pq.ParquetFile(path) as file:
            return _from_batches(pieces, file.metadata.num_rows, file.schema_arrow)
    except pa.ArrowException as error:
        raise InputError(f"{path!r} cannot be read as a Parquet file: {error}") from error


def _from_ipc(path: str) -> _Matrix:
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
    return _from_batches(batches, sum(map(len, mapped)), mapped[0].schema)


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


def _from_zarr(path: str) -> _Matrix:
    try:
        import zarr
    except ImportError as error:
        raise InputError(f"Reading {path!r} needs zarr. Install it: pip install zarr.") from error
    return _from_slices(zarr.open_array(path, mode="r"))
