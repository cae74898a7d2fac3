"""What people pass as pred_probs, read in blocks of rows that are equal to the bit whatever they came in."""

import os
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from emendata.engine.blocks import Block
from emendata.errors import InputError
from emendata.records import IntArray
from emendata.tasks.matrices import Matrix, PieceMatrix
from emendata.tasks.matrix_arrays import array_matrix, slices_matrix, split_models, tensor_array
from emendata.tasks.matrix_files import file_matrix, loaded
from emendata.tasks.matrix_tables import arrow_matrix, pandas_matrix
from emendata.tasks.mixture import Mixture
from emendata.tasks.rescaling import divided, refuse_both, softmax
from emendata.tasks.rows_source import RowsSource

__all__ = ["PredProbs", "RowsSource", "open_models", "open_pred_probs"]

Array = npt.NDArray[Any]
Read = Callable[[], Block]


class PredProbs:
    """Probabilities of one model, read in blocks; see `open_pred_probs`."""

    def __init__(self, matrix: Matrix, *, normalize: bool = False, from_logits: bool = False) -> None:
        refuse_both(normalize, from_logits)
        self._matrix = matrix
        self._change = divided if normalize else softmax if from_logits else None

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
        matrix = PieceMatrix(pieces, shape, np.dtype(dtype))
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
    def is_at_hand(self) -> bool:
        """Whether blocks are views of an array in memory."""
        return self._change is None and self._matrix.is_at_hand

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
    if isinstance(pred_probs, Mixture):
        raise InputError(
            "A mixture is open already. Give normalize or from_logits where its models are opened."
        )
    return PredProbs(_opened(pred_probs), normalize=normalize, from_logits=from_logits)


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
    given = loaded(pred_probs)
    each = split_models(given) if _n_dimensions(given) == 3 else [given]
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


def _opened(given: Any) -> Matrix:
    given = loaded(given)
    if isinstance(given, str | os.PathLike):
        return file_matrix(os.fsdecode(given))
    if isinstance(given, np.ndarray):
        return array_matrix(given)
    if hasattr(given, "iloc"):
        return pandas_matrix(given)
    if hasattr(given, "collect_schema") and not hasattr(given, "to_arrow"):
        raise InputError("pred_probs is lazy. Call .collect() on it first.")
    if hasattr(given, "to_arrow"):
        return arrow_matrix(given.to_arrow())
    if hasattr(given, "__arrow_c_stream__") or hasattr(given, "__arrow_c_array__"):
        return arrow_matrix(given)
    if hasattr(given, "__dlpack__"):
        return array_matrix(tensor_array(given))
    if all(hasattr(given, name) for name in ("shape", "dtype", "__getitem__")):
        return slices_matrix(given)
    return array_matrix(given)


def _n_dimensions(given: Any) -> int:
    if isinstance(given, list | tuple):
        return 1 + (_n_dimensions(given[0]) if given else 1)
    if isinstance(given, str | os.PathLike | PredProbs):
        return 2
    return 0 if np.isscalar(given) or given is None else len(getattr(given, "shape", (0, 0)))
