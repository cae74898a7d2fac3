"""Several models' predictions as one."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

import numpy as np
import numpy.typing as npt

from emendata.engine.blocks import Block
from emendata.tasks.rows_source import RowsSource

__all__ = ["Mixture"]

Read = Callable[[], Block]


class Mixture:
    """The weighted sum of several models' predictions, made block by block."""

    is_at_hand = False

    def __init__(self, models: Sequence[RowsSource], weights: npt.ArrayLike) -> None:
        self._models = tuple(models)
        self._weights = np.asarray(weights, np.float64).tolist()
        self.n_rows = models[0].n_rows
        self.n_columns = models[0].n_columns
        self.dtype = np.dtype(np.float64 if all(m.dtype == np.float64 for m in models) else np.float32)
        self.column_names = models[0].column_names

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
