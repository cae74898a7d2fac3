"""What a sound is made of: energies of bands of pitch over time, and what is typical of them."""

from functools import cache

import numpy as np
from scipy.fft import rfft, rfftfreq
from scipy.sparse import csr_matrix

from emendata.records import Float32Array

__all__ = ["N_STATISTICS", "log_mel", "mel_statistics"]

_FRAME, _STEP, _TRANSFORM = 0.025, 0.010, 512  # seconds, seconds, samples at 16 kHz
_BANDS = 64
_LOWEST, _HIGHEST = 50.0, 8_000.0  # Hz
_PARTS = 4
_SILENCE = np.float32(1e-8)  # 80 dB below the loudest: the noise of 16-bit samples
_LOUDEST = 1e6  # of floating-point samples; squares stay finite

N_STATISTICS = (3 + _PARTS) * _BANDS + 1


def log_mel(samples: Float32Array, rate: int = 16_000) -> Float32Array:
    """Return the logarithm of the energy in 64 bands of the mel scale, every 10 ms.

    Parameters
    ----------
    samples : float32 array of shape (n,)
        A sound; what is shorter than a frame of 25 ms is filled up with silence.
    rate : int
        Samples a second, at least 16,000 for all bands to hold something.

    Returns
    -------
    float32 array of shape (n_frames, 64)

    Examples
    --------
    >>> tone = np.sin(2 * np.pi * 440 * np.arange(16_000) / 16_000).astype(np.float32)
    >>> bands = log_mel(tone)
    >>> bands.shape, int(bands.mean(axis=0).argmax())
    ((98, 64), 10)
    """
    length, step = round(_FRAME * rate), round(_STEP * rate)
    samples = np.clip(samples, -_LOUDEST, _LOUDEST)
    samples = np.pad(samples, (0, max(length - len(samples), 0)))
    frames = np.lib.stride_tricks.sliding_window_view(samples, length)[::step] * _window(length)
    n_points = max(_TRANSFORM, length)
    energy = np.abs(rfft(frames, n_points, axis=1)) ** 2
    bands: Float32Array = np.log((_filters(rate, n_points) @ energy.T).T + _SILENCE)
    return bands


def mel_statistics(bands: Float32Array) -> Float32Array:
    """Return what is typical of a sound's bands.

    Parameters
    ----------
    bands : float32 array of shape (n_frames, 64)
        From `log_mel`.

    Returns
    -------
    float32 array of shape (449,)
        For each band its mean, its spread, the spread of its steps from frame to frame and its mean in each
        quarter of the time; then the logarithm of the number of frames.
    """
    n_frames = len(bands)
    starts = np.arange(_PARTS) * n_frames // _PARTS
    ends = np.maximum(np.arange(1, _PARTS + 1) * n_frames // _PARTS, starts + 1)
    parts = [bands[start:end].mean(axis=0) for start, end in zip(starts, ends, strict=True)]
    steps = np.diff(bands, axis=0, prepend=bands[:1])
    typical = [bands.mean(axis=0), bands.std(axis=0), steps.std(axis=0), *parts, [np.log(n_frames)]]
    return np.concatenate(typical).astype(np.float32)


@cache
def _window(length: int) -> Float32Array:
    """Return a Hann window of unit energy."""
    window = np.sin(np.pi * np.arange(length) / length) ** 2
    unit: Float32Array = (window / np.linalg.norm(window)).astype(np.float32)
    return unit


@cache
def _filters(rate: int, n_points: int) -> csr_matrix:
    """Return the share that each frequency has in each band: triangles that overlap by half.

    Sparse, which is faster, and adds in the same order whatever the number of threads.
    """
    low, high = (2595 * np.log10(1 + hertz / 700) for hertz in (_LOWEST, _HIGHEST))
    corners = 700 * (10 ** (np.linspace(low, high, _BANDS + 2) / 2595) - 1)
    start, top, end = corners[:-2, None], corners[1:-1, None], corners[2:, None]
    frequency = rfftfreq(n_points, 1 / rate)
    share = np.minimum((frequency - start) / (top - start), (end - frequency) / (end - top))
    return csr_matrix(np.maximum(share, 0), dtype=np.float32)
