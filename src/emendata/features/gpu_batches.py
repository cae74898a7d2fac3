"""Batches on a GPU that become smaller where its memory runs out, until the processor does the rest."""

import logging
from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

import numpy as np

from emendata.records import Float32Array

__all__ = ["GpuBatches"]

_A_BATCH = 32
_log = logging.getLogger(__name__)

T = TypeVar("T")


class GpuBatches(Generic[T]):
    """Embeds inputs on a GPU, only those of one shape together, so that none is filled up.

    Where memory runs out, half as many go in at a time; where not even one fits, a warning says so and the
    processor goes on, now and in all later calls.

    Parameters
    ----------
    model : str
        What the warning calls the model.
    on_gpu, on_processor : callable
        Turn a list of inputs into float32 (n, d).
    is_full : callable
        Tells whether an exception says that memory ran out.
    shape : callable
        Of an input; shapes can be sorted.
    """

    def __init__(
        self,
        model: str,
        on_gpu: Callable[[list[T]], Float32Array],
        on_processor: Callable[[list[T]], Float32Array],
        *,
        is_full: Callable[[Exception], bool],
        shape: Callable[[T], Any],
    ) -> None:
        self._model = model
        self._on_gpu, self._on_processor = on_gpu, on_processor
        self._is_full, self._shape = is_full, shape
        self._most = _A_BATCH

    def __call__(self, inputs: Sequence[T]) -> Float32Array:
        """Return the vectors of the inputs, in their order."""
        left = sorted(range(len(inputs)), key=lambda row: self._shape(inputs[row]))
        order, parts = list(left), []
        while left:
            rows = self._next(left, inputs)
            batch = [inputs[row] for row in rows]
            try:
                parts.append(self._on_gpu(batch) if self._most else self._on_processor(batch))
            except Exception as error:
                if not self._most or not self._is_full(error):
                    raise
                self._use_less()
            else:
                left = left[len(rows) :]
        together = np.concatenate(parts)
        values = np.empty_like(together)
        values[order] = together
        return values

    def _next(self, left: Sequence[int], inputs: Sequence[T]) -> list[int]:
        if not self._most:
            return list(left)
        first = self._shape(inputs[left[0]])
        return [row for row in left[: self._most] if self._shape(inputs[row]) == first]

    def _use_less(self) -> None:
        self._most //= 2
        if not self._most:
            _log.warning(
                "The GPU has too little memory for %s, even for one item at a time: the processor goes on, which "
                "takes longer.",
                self._model,
            )
