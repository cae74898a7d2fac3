"""Properties of pictures that people can name: how bright, sharp, colourful, framed and damaged they are."""

import numpy as np
import numpy.typing as npt
from scipy.ndimage import uniform_filter1d

from emendata.records import Float32Array

__all__ = ["blockiness", "grey_tail", "seen_traits"]

Bytes = npt.NDArray[np.uint8]

SEEN = ("bright", "shadow", "contrast", "entropy", "colour", "sharpness", "border")
"""What `seen_traits` returns, in this order."""

_LEVELS = 256
_LUMA = (77, 150, 29)  # of red, green and blue, of 256 (ITU-R BT.601)
_BLUR_WIDTH = 5  # pixels of the blur that sharpness is measured by
_COARSE = 64  # pixels along the longer side, up to twice as many, of a coarse copy that is measured as well
_LEAST = 16  # pixels along its shorter side
_FLAT = 8  # levels within which a line is of one colour, after JPEG
_GRID = 8  # pixels a side of the blocks of JPEG
_DOUBT = (
    24  # places at which a third of the steps are larger, which every picture is taken to have beside its own
)
_ALL_AT_ONCE = 0.75  # of the pixels behind a bar that are of other colours
_FILL, _NEAR_FILL = 128, 2  # the grey with which decoders fill up what is missing


def seen_traits(pixels: Bytes) -> Float32Array:
    """Return what can be said of pictures of one size, each by itself.

    Parameters
    ----------
    pixels : uint8 array of shape (n, height, width, 3)

    Returns
    -------
    float32 array of shape (n, 7)
        - bright, shadow: the brightness that 99 % and 5 % of the pixels stay below, 0 to 1;
        - contrast: from the darkest 1 % to the brightest 1 %, 0 to 1;
        - entropy: of the brightness in 256 levels, bits;
        - colour: how far the channels lie apart, which 95 % of the pixels stay below, 0 to 1;
        - sharpness: the part of the steps from pixel to pixel that a blur takes away, 0 to 1, along the less sharp
          axis (Crete et al., SPIE Human Vision 2007): what is blurred already loses little more. The smaller of that
          of the picture and of a coarse copy: whole levels make stairs of what is blurred strongly;
        - border: the part of the height or the width that bars of one colour on opposite sides take, 0 to 1.

    Notes
    -----
    Some passes over the pixels; memory about 20 bytes a pixel.

    Examples
    --------
    >>> seen_traits(np.zeros((1, 4, 4, 3), np.uint8)).tolist()
    [[0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]]
    """
    grey = _luma(pixels)
    counts = _histograms(grey)
    darkest, shadow, bright = (_quantile(counts, part) for part in (0.01, 0.05, 0.99))
    red, green, blue = (pixels[..., i] for i in range(3))
    spread = np.maximum(np.maximum(red, green), blue) - np.minimum(np.minimum(red, green), blue)
    colour = _quantile(_histograms(spread), 0.95)
    values = (bright, shadow, bright - darkest, _entropy(counts), colour, _sharpness(grey), _border(grey))
    return np.column_stack(values).astype(np.float32)


def blockiness(grey: Bytes) -> Float32Array:
    """Return how often the step at the border of 8 x 8 blocks is larger than those beside it: a third where none shows.

    Places at which all three steps are equal say nothing and are left out; where few are left, little is said.

    Parameters
    ----------
    grey : uint8 array of shape (n, height, width)
        At the size at which they were stored.

    Returns
    -------
    float32 array of shape (n,)
        0 to 1; NaN where a picture has less than four blocks, or no steps.
    """
    n, height, width = grey.shape
    larger, places = np.zeros(n), np.zeros(n)
    if min(height, width) < 2 * _GRID:
        return np.full(n, np.nan, np.float32)
    for along in (grey, grey.transpose(0, 2, 1)):
        columns = np.arange(_GRID - 1, along.shape[2] - 2, _GRID)
        near = [along[:, :, columns + shift].astype(np.int16) for shift in (-1, 0, 1, 2)]
        before, here, behind = (np.abs(near[i + 1] - near[i]) for i in range(3))
        larger += ((here > before) & (here > behind)).sum(axis=(1, 2))
        places += ((here != before) | (here != behind)).sum(axis=(1, 2))
    shrunk = (larger + _DOUBT / 3) / (places + _DOUBT)
    part = np.where(places > 0, shrunk, np.nan)
    return np.asarray(part, np.float32)


def grey_tail(grey: Bytes) -> Float32Array:
    """Return the part of the height, from below, that is of the grey with which decoders fill up a file cut short.

    Parameters
    ----------
    grey : uint8 array of shape (n, height, width)

    Examples
    --------
    >>> picture = np.zeros((1, 4, 2), np.uint8)
    >>> picture[0, 1:] = 128
    >>> grey_tail(picture).tolist()
    [0.75]
    """
    filled = np.all(np.abs(grey.astype(np.int16) - _FILL) <= _NEAR_FILL, axis=2)
    return np.asarray(_run(np.asarray(filled)[:, ::-1]) / grey.shape[1], np.float32)


def _luma(pixels: Bytes) -> Bytes:
    wide = pixels.astype(np.uint16)
    return ((wide[..., 0] * _LUMA[0] + wide[..., 1] * _LUMA[1] + wide[..., 2] * _LUMA[2]) >> 8).astype(
        np.uint8
    )


def _histograms(levels: Bytes) -> npt.NDArray[np.int64]:
    n = len(levels)
    shifted = levels.reshape(n, -1) + (np.arange(n) * _LEVELS)[:, None]
    return np.bincount(shifted.ravel(), minlength=n * _LEVELS).reshape(n, _LEVELS)


def _quantile(counts: npt.NDArray[np.int64], part: float) -> npt.NDArray[np.float64]:
    reached = np.cumsum(counts, axis=1) >= part * counts.sum(axis=1, keepdims=True)
    found: npt.NDArray[np.float64] = reached.argmax(axis=1) / (_LEVELS - 1)
    return found


def _entropy(counts: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    parts = counts / counts.sum(axis=1, keepdims=True)
    bits: npt.NDArray[np.float64] = -(parts * np.log2(np.where(parts > 0, parts, 1))).sum(axis=1)
    return np.abs(bits)


def _sharpness(grey: Bytes) -> npt.NDArray[np.float64]:
    values = grey.astype(np.float32)
    height, width = grey.shape[1:]
    factor = min(max(height, width) // _COARSE, min(height, width) // _LEAST)
    seen = [values] if factor < 2 else [values, _coarse(values, factor)]
    found = np.array([_taken_along(picture, axis) for picture in seen for axis in (1, 2)])
    return np.asarray(found.min(axis=0), np.float64)


def _coarse(values: Float32Array, factor: int) -> Float32Array:
    """Return the means of squares of pixels, not rounded to levels."""
    n, height, width = values.shape
    rows, columns = height // factor, width // factor
    squares = values[:, : rows * factor, : columns * factor].reshape(n, rows, factor, columns, factor)
    means: Float32Array = squares.mean(axis=(2, 4))
    return means


def _taken_along(values: Float32Array, axis: int) -> npt.NDArray[np.float64]:
    """Return the part of the steps along an axis that a blur takes away."""
    steps = np.abs(np.diff(values, axis=axis))
    blurred = uniform_filter1d(values, _BLUR_WIDTH, axis=axis, mode="nearest")
    left = np.abs(np.diff(blurred, axis=axis))
    lost = np.maximum(steps - left, 0).sum(axis=(1, 2), dtype=np.float64)
    return np.asarray(lost / np.maximum(steps.sum(axis=(1, 2), dtype=np.float64), 1e-9))


def _border(grey: Bytes) -> npt.NDArray[np.float64]:
    parts = []
    for lines in (grey, grey.transpose(0, 2, 1)):
        bars = np.minimum(_bar(lines), _bar(lines[:, ::-1]))
        parts.append(2 * bars / lines.shape[1])
    found: npt.NDArray[np.float64] = np.maximum(*parts)
    return found


def _bar(lines: Bytes) -> npt.NDArray[np.int64]:
    """Return how many lines at the start are of one colour, if it ends all at once: a plain background does not."""
    low, high = lines.min(axis=2).astype(np.int16), lines.max(axis=2).astype(np.int16)
    run = _run((high - low[:, :1] <= _FLAT) & (high[:, :1] - low <= _FLAT))
    behind = lines[np.arange(len(lines)), np.minimum(run, lines.shape[1] - 1)].astype(np.int16)
    changed = (behind - high[:, :1] > _FLAT // 2) | (low[:, :1] - behind > _FLAT // 2)
    return np.where((run < lines.shape[1]) & (changed.mean(axis=1) >= _ALL_AT_ONCE), run, 0)


def _run(marks: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    """Return how many marks stand at the start of each line."""
    found: npt.NDArray[np.int64] = np.where(marks.all(axis=1), marks.shape[1], marks.argmin(axis=1))
    return found
