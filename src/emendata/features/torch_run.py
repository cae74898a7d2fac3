"""Networks of torch: on a GPU in batches with mixed precision, else one item after the other on each processor."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Generic, TypeVar

import numpy as np

from emendata.engine import map_ranges
from emendata.engine.shared import SharedSetting
from emendata.extras import require
from emendata.features.gpu_batches import GpuBatches
from emendata.records import Float32Array

__all__ = ["EXTRA", "TorchRun", "prepared", "shape_of", "stacked", "without_bars"]

EXTRA = "models"
_GPU, _PROCESSOR = "cuda", "cpu"

T = TypeVar("T")
Tensors = Mapping[str, Any]


class TorchRun(Generic[T]):
    """Runs a network over inputs.

    On a processor each input goes in alone and is computed by one thread, as many at a time as there are processors:
    its vector is the same to the bit in any company and on any number of processors, and no thread waits for others.
    On a GPU, which batches keep busy, the last digits may depend on the batch. Numbers are of 16 bits there where that
    is enough, and of 32 for a batch that overflows.

    Parameters
    ----------
    model : str
        What messages call the model.
    network : torch.nn.Module
    forward : callable
        Turns a list of inputs, and the device on which the network is, into a tensor or an array of shape (n, d).
    shape : callable, optional
        Of an input; on a GPU only inputs of one shape go in together.
    batches_on : str, optional
        The device that is given batches; by default a GPU where there is one.
    """

    def __init__(
        self,
        model: str,
        network: Any,
        forward: Callable[[list[T], str], Any],
        *,
        shape: Callable[[T], Any] = lambda _: 0,
        batches_on: str | None = None,
    ) -> None:
        self._torch = require("torch", EXTRA)
        self._network = network.eval()
        self._forward = forward
        self._gpu = batches_on or (_GPU if self._torch.cuda.is_available() else None)
        self._run = (
            GpuBatches(model, self._on_gpu, self._on_processor, is_full=self._is_full, shape=shape)
            if self._gpu
            else self._on_processor
        )

    def __call__(self, inputs: Sequence[T]) -> Float32Array:
        """Return float32 (n, d)."""
        return self._run(list(inputs))

    def _on_processor(self, inputs: list[T]) -> Float32Array:
        self._network.to(_PROCESSOR)

        def embed(rows: slice) -> Float32Array:
            with self._torch.inference_mode():
                return _numbers(self._forward(inputs[rows], _PROCESSOR))

        with _ONE_TORCH_THREAD:
            return np.concatenate(list(map_ranges(len(inputs), embed, step=1)))

    def _on_gpu(self, inputs: list[T]) -> Float32Array:
        assert self._gpu is not None
        self._network.to(self._gpu)
        with self._torch.inference_mode():
            with self._torch.autocast(self._gpu, dtype=self._torch.float16):
                values = _numbers(self._forward(inputs, self._gpu))
            return values if np.isfinite(values).all() else _numbers(self._forward(inputs, self._gpu))

    def _is_full(self, error: Exception) -> bool:
        if not (isinstance(error, self._torch.OutOfMemoryError) or "ALLOC_FAILED" in str(error)):
            return False
        self._torch.cuda.empty_cache()
        return True


def prepared(items: Sequence[Any], prepare: Callable[[Any], T]) -> list[T]:
    """Make inputs of items on all processors."""
    return list(map_ranges(len(items), lambda rows: prepare(items[rows.start]), step=1))


def shape_of(tensors: Tensors) -> tuple[Any, ...]:
    """Return the shapes of an input, in a form that can be sorted."""
    return tuple((name, tuple(tensor.shape)) for name, tensor in sorted(tensors.items()))


def stacked(inputs: Sequence[Tensors], device: str) -> dict[str, Any]:
    """Put inputs of one shape, each with a first dimension of 1, together on a device."""
    torch = require("torch", EXTRA)
    return {name: torch.cat([each[name] for each in inputs]).to(device) for name in inputs[0]}


@contextmanager
def without_bars() -> Iterator[None]:
    """Load a model without a bar on the terminal for its weights; what is downloaded keeps its own."""
    log = require("transformers.utils.logging", EXTRA)
    shown = log.is_progress_bar_enabled()
    log.disable_progress_bar()
    try:
        yield
    finally:
        if shown:
            log.enable_progress_bar()


def _numbers(values: Any) -> Float32Array:
    array = values.float().cpu().numpy() if hasattr(values, "cpu") else values
    return np.asarray(array, dtype=np.float32)


@contextmanager
def _one_thread() -> Iterator[None]:
    torch = require("torch", EXTRA)
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)


_ONE_TORCH_THREAD = SharedSetting(_one_thread)
