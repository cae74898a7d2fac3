import io
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from emendata.features.effnet_weights import load_weights, read_tensors

SIZES = {"protocol_version": 1001, "little_endian": True, "type_sizes": {"short": 2, "int": 4, "long": 4}}


class Storage:
    """What a pickle calls a storage: a kind, a key and a length."""

    def __init__(self, kind: str, key: str, length: int) -> None:
        self.pid = ("storage", Global("torch", kind), key, "cpu", length, None)


class Global:
    """A name that is pickled as it is, of a package that is not there."""

    def __init__(self, module: str, name: str) -> None:
        self.module, self.name = module, name


class Call:
    """A call of a global, which happens on reading."""

    def __init__(self, function: Global, *arguments: object) -> None:
        self.function, self.arguments = function, arguments


class Writer(pickle._Pickler):
    """Writes pickles as PyTorch's older format has them, without PyTorch."""

    write: Callable[[bytes], Any]

    def persistent_id(self, thing: object) -> object:
        return thing.pid if isinstance(thing, Storage) else None

    def save(self, thing: object, save_persistent_id: bool = True) -> None:
        if isinstance(thing, Global):
            self.write(b"c" + f"{thing.module}\n{thing.name}\n".encode())
        elif isinstance(thing, Call):
            self.save(thing.function)
            self.save(thing.arguments)
            self.write(b"R")
        else:
            super().save(thing, save_persistent_id)  # type: ignore[misc]


def pickled(thing: object) -> bytes:
    file = io.BytesIO()
    Writer(file, 2).dump(thing)
    return file.getvalue()


def weights_file(tensors: object, storages: dict[str, np.ndarray]) -> bytes:
    parts = [pickled(0x1950A86A20F9469CFC6C), pickled(1001), pickled(SIZES), pickled(tensors)]
    parts.append(pickled(list(storages)))
    for numbers in storages.values():
        parts += [len(numbers).to_bytes(8, "little"), numbers.tobytes()]
    return b"".join(parts)


def tensor(
    kind: str, key: str, length: int, offset: int, shape: tuple[int, ...], strides: tuple[int, ...]
) -> Call:
    rebuild = Global("torch._utils", "_rebuild_tensor_v2")
    return Call(rebuild, Storage(kind, key, length), offset, shape, strides, False, {})


NUMBERS = np.arange(12, dtype="<f4")


def test_tensors_are_read_as_they_lie_in_their_storage() -> None:
    rows = tensor("FloatStorage", "7", 12, 0, (3, 4), (4, 1))
    columns = tensor("FloatStorage", "7", 12, 2, (2, 3), (1, 3))
    count = tensor("LongStorage", "8", 1, 0, (), ())
    data = weights_file(
        {"rows": rows, "columns": columns, "count": count}, {"8": np.array([5], "<i8"), "7": NUMBERS}
    )
    found = read_tensors(data)
    assert np.array_equal(found["rows"], NUMBERS.reshape(3, 4))
    assert np.array_equal(found["columns"], [[2, 5, 8], [3, 6, 9]])
    assert found["count"] == 5


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("os", "system"),
        ("builtins", "eval"),
        ("collections", "Counter"),
        ("torch", "load"),
        ("torch._utils", "_rebuild_parameter"),
        ("numpy", "FloatStorage"),
        ("emendata.features.effnet_weights", "load_weights"),
    ],
)
def test_a_pickle_that_asks_for_anything_else_is_refused(module: str, name: str, tmp_path: Path) -> None:
    trap = tmp_path / "sprung"
    data = weights_file({"trap": Call(Global(module, name), f"touch {trap}")}, {})
    with pytest.raises(pickle.UnpicklingError, match=f"no business with {module}.{name}"):
        read_tensors(data)
    assert not trap.exists()


def test_every_pickle_in_the_file_is_guarded() -> None:
    trap = pickled(Call(Global("os", "getcwd")))
    parts = [pickled(0), pickled(1001), pickled(SIZES), pickled({}), pickled([])]
    for i in range(5):
        with pytest.raises(pickle.UnpicklingError, match=r"os\.getcwd"):
            read_tensors(b"".join([*parts[:i], trap, *parts[i + 1 :]]))


def test_the_published_weights_are_read() -> None:
    weights = load_weights()
    assert len(weights) == 296
    assert weights["_conv_stem.weight"].shape == (32, 3, 3, 3)
    assert weights["_fc.weight"].shape == (1000, 1280)
    assert all(np.isfinite(value).all() for value in weights.values())
