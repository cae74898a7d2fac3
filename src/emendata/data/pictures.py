"""Pictures that are objects in memory: Pillow's images, arrays and tensors, as PNG when somebody reads them."""

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
import numpy.typing as npt

from emendata.data.media import Media
from emendata.extras import require
from emendata.records import Role

__all__ = ["is_picture", "pictures", "pixels_of", "png", "reported", "shape_is_picture"]

_CHANNELS = (1, 3, 4)
_PNG_MODES = frozenset(("1", "L", "LA", "P", "RGB", "RGBA", "I;16"))
_NUMBERS = frozenset(("I", "F"))  # modes of numbers that PNG has no place for
_Pixels = npt.NDArray[np.uint8]


def pictures(picture: Callable[[int], Any], n_rows: int) -> Media:
    r"""Return the media of pictures that ``picture`` returns by row, None where a cell is missing.

    Each is asked for when it is read, and never kept. What goes wrong with one is an OSError of its row.

    Parameters
    ----------
    picture : callable
        Returns an image of Pillow, or an array or tensor as `pixels_of` takes.

    Raises
    ------
    MissingPackage
        If Pillow is not installed.

    Examples
    --------
    >>> media = pictures([np.zeros((2, 2), np.uint8), None].__getitem__, 2)
    >>> media.read(0)[:4], media.read(1)
    (b'\x89PNG', None)
    """
    require("PIL.Image", "image")

    def read(row: int) -> bytes | None:
        with reported():
            return None if (found := picture(row)) is None else png(found)

    def raw(row: int) -> bytes | None:
        with reported():
            return None if (found := picture(row)) is None else _raw(found)

    return Media(Role.IMAGE, n_rows, read, raw)


@contextmanager
def reported() -> Iterator[None]:
    """Turn whatever the code of others raises for one item into an OSError, which is a problem of its row alone."""
    try:
        yield
    except OSError:
        raise
    except Exception as error:
        raise OSError(f"{type(error).__name__}: {error}") from error


def is_picture(value: object) -> bool:
    """Tell whether a value is an image of Pillow, without importing it."""
    return all(hasattr(value, name) for name in ("mode", "size", "tobytes", "getbands", "save"))


def shape_is_picture(shape: Sequence[int]) -> bool:
    """Tell whether an array of that shape can be a picture.

    Examples
    --------
    >>> [shape_is_picture(shape) for shape in ((28, 28), (32, 32, 3), (3, 32, 32), (7,), (5, 32, 32))]
    [True, True, True, False, False]
    """
    return len(shape) == 2 or (len(shape) == 3 and (shape[2] in _CHANNELS or shape[0] in _CHANNELS))


def png(picture: Any) -> bytes:
    """Return an image of Pillow, or an array of pixels, as the bytes of a PNG."""
    sink = io.BytesIO()
    _image(picture).save(sink, "PNG", compress_level=1)
    return sink.getvalue()


def pixels_of(values: Any) -> _Pixels:
    """Return an array or tensor as pixels of shape (height, width) or (height, width, 3 or 4), from 0 to 255.

    Channels may come last or first. Truth values, and numbers from 0 to 1, are stretched to 0 to 255; numbers within
    0 to 255 are rounded; all others, such as standardised ones, are stretched from their own least to their largest.

    Examples
    --------
    >>> pixels_of(np.array([[[0.0, 0.5, 1.0]]])).tolist()
    [[[0, 128, 255]]]
    """
    array = np.asarray(values)
    if array.ndim == 3 and array.shape[2] not in _CHANNELS:
        array = np.moveaxis(array, 0, 2)
    if array.ndim == 3 and array.shape[2] == 1:
        array = array[:, :, 0]
    return np.ascontiguousarray(array if array.dtype == np.uint8 else _stretched(array))


def _image(picture: Any) -> Any:
    if not is_picture(picture) or picture.mode in _NUMBERS:
        return require("PIL.Image", "image").fromarray(pixels_of(picture))
    return picture if picture.mode in _PNG_MODES else picture.convert("RGB")


def _stretched(array: npt.NDArray[Any]) -> _Pixels:
    numbers = np.nan_to_num(array.astype(np.float64), nan=0.0, posinf=0.0, neginf=0.0)
    low, high = numbers.min(), numbers.max()
    if low < 0 or high > 255:
        numbers = (numbers - low) / ((high - low) or 1.0)
    elif high > 1 or array.dtype.kind not in "bf":
        return np.asarray(np.rint(numbers), np.uint8)
    return np.asarray(np.rint(numbers * 255), np.uint8)


def _raw(picture: Any) -> bytes:
    if is_picture(picture):
        palette = bytes(picture.getpalette() or ()) if picture.mode == "P" else b""
        return f"{picture.mode} {picture.size} ".encode() + palette + bytes(picture.tobytes())
    array = np.ascontiguousarray(picture)
    return f"{array.dtype} {array.shape} ".encode() + array.tobytes()
