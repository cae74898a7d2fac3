"""Images by a network in an ONNX file."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from emendata.engine import map_ranges
from emendata.errors import InputError
from emendata.features.model_embedder import Embed
from emendata.features.model_files import model_file
from emendata.features.onnx_session import OnnxSession
from emendata.records import Float32Array, Role

__all__ = ["load_onnx"]

_A_BATCH = 8
_SIDE = 224  # pixels, where the network takes any number
_MEAN = np.array([0.485, 0.456, 0.406], np.float32)  # of ImageNet's red, green and blue
_SPREAD = np.array([0.229, 0.224, 0.225], np.float32)
_TYPES = {"tensor(float)": np.float32, "tensor(float16)": np.float16, "tensor(uint8)": np.uint8}


def load_onnx(model: str, role: Role) -> Embed:
    """Load a network whose one input is a batch of images, (n, 3, height, width) or (n, height, width, 3).

    One that takes bytes is given pixels from 0 to 255; one that takes fractions is given them as networks that were
    trained on ImageNet expect it, less the mean and divided by the spread of each colour.

    Raises
    ------
    InputError
        If there is no such file, or the network takes something else.
    """
    session = OnnxSession(str(model_file(model)))
    inputs = session.inputs
    axis = _colour_axis(inputs[0].shape) if len(inputs) == 1 else None
    if axis is None or inputs[0].type not in _TYPES:
        found = "; ".join(f"{each.name} of type {each.type} and shape {each.shape}" for each in inputs)
        raise InputError(
            f"onnx:{model} takes {found}. Only networks are run whose one input is a batch of images, of shape "
            "(n, 3, height, width) or (n, height, width, 3); embed with a function of your own instead."
        )
    name, kind, shape = inputs[0].name, _TYPES[inputs[0].type], inputs[0].shape
    n_batch = shape[0] if isinstance(shape[0], int) else _A_BATCH
    sides = [side if isinstance(side, int) else _SIDE for side in (shape[1:3] if axis == 3 else shape[2:4])]

    def embed(images: Sequence[Any]) -> Float32Array:
        def part(rows: slice) -> Float32Array:
            pixels = np.stack([_pixels(image, sides, kind) for image in images[rows]])
            pixels = np.moveaxis(pixels, 3, axis)
            filled = np.zeros((n_batch, *pixels.shape[1:]), dtype=kind)  # so that company changes no bit
            filled[: len(pixels)] = pixels
            return _pooled(session.run({name: filled}))[: len(pixels)]

        return np.concatenate(list(map_ranges(len(images), part, step=n_batch)))

    return embed


def _colour_axis(shape: Sequence[Any]) -> int | None:
    if len(shape) != 4:
        return None
    return next((axis for axis in (1, 3) if shape[axis] == 3), None)


def _pixels(image: Any, sides: Sequence[int], kind: Any) -> npt.NDArray[Any]:
    from PIL.Image import Resampling

    height, width = sides
    pixels = np.asarray(image.resize((width, height), Resampling.BICUBIC, reducing_gap=3.0))
    if kind is np.uint8:
        return pixels
    scaled: npt.NDArray[Any] = ((pixels / np.float32(255) - _MEAN) / _SPREAD).astype(kind)
    return scaled


def _pooled(values: Float32Array) -> Float32Array:
    """Return one line a picture: the mean over its places, if the network keeps them."""
    places = {4: (2, 3), 3: (1,)}.get(values.ndim)
    return values if places is None else np.asarray(values.mean(axis=places))
