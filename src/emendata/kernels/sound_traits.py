"""Properties of sounds that people can name, and what a recording is known by."""

import math

import numpy as np
import numpy.typing as npt

from emendata.kernels.log_mel import log_mel
from emendata.records import Float32Array

__all__ = ["N_PRINT", "clipped_part", "level", "sound_print"]

_LOWEST_LEVEL = 100.0  # dB below the loudest possible
_NEAR_PEAK = np.float32(0.99)
_RUN = 3  # equal samples that no sound has by itself
_QUIET = np.float32(1e-3)  # what is quieter is rounding

_RATE = 16_000
_GROUPS = 16
_FRAMES = 100  # a second
_PULSES = np.array([0.5, 0.7, 1.0, 1.4, 2.0, 2.8, 4.0, 5.6, 8.0, 11.0])  # Hz
_FLOOR = np.float32(1e-4)  # of the energy: 40 dB below the mean, beneath which noise differs

N_PRINT = _GROUPS * (1 + len(_PULSES))


def level(samples: Float32Array) -> float:
    """Return the mean level in decibels above 100 dB below the loudest possible; 0 for silence.

    Parameters
    ----------
    samples : float32 array of shape (n, n_channels)

    Examples
    --------
    >>> round(level(np.ones((5, 1), np.float32)), 1), level(np.zeros((5, 1), np.float32))
    (100.0, 0.0)
    """
    power = float(np.mean(np.square(samples, dtype=np.float64)))
    return max(10 * math.log10(max(power, 1e-30)) + _LOWEST_LEVEL, 0.0)


def clipped_part(samples: Float32Array) -> float:
    """Return the part of the samples that are cut off: runs of equal ones next to the loudest of their channel.

    Parameters
    ----------
    samples : float32 array of shape (n, n_channels)

    Examples
    --------
    >>> wave = np.array([[0, 1, 1, 1, 0, -1, 0, 0.5]], np.float32).T
    >>> clipped_part(wave)
    0.375
    """
    loudest = np.abs(samples).max(axis=0, initial=0)
    at_top = (np.abs(samples) >= _NEAR_PEAK * loudest) & (loudest > _QUIET)
    same = at_top[1:] & (samples[1:] == samples[:-1])  # each equals the one before
    within = np.zeros(samples.shape, dtype=bool)
    runs = same[1:] & same[:-1]
    for shift in range(_RUN):
        within[shift : shift + len(runs)] |= runs
    return float(within.mean()) if within.size else 0.0


def sound_print(samples: Float32Array) -> Float32Array:
    """Return what a recording is known by, however loud it is and where exactly it starts.

    Of 16 bands of pitch: how much of the sound's energy is in each, and how strongly its loudness pulses at 10 speeds
    from 0.5 to 11 times a second. Loudness is divided out first, and of the pulses only the strength is kept, which a
    shift in time leaves as it is.

    Parameters
    ----------
    samples : float32 array of shape (n,)
        One channel, 16,000 a second.

    Returns
    -------
    float32 array of shape (176,)
        Zeros for silence.
    """
    size = float(np.sqrt(np.mean(np.square(samples, dtype=np.float64)))) if len(samples) else 0.0
    if size < 1e-6:
        return np.zeros(N_PRINT, np.float32)
    energy = np.exp(log_mel((samples * np.float32(0.1 / size)).astype(np.float32), _RATE))
    groups = energy.reshape(len(energy), _GROUPS, -1).mean(axis=2)
    bands = np.log(groups + _FLOOR * groups.mean())
    profile = bands.mean(axis=0)
    return np.concatenate([profile - profile.mean(), _pulses(bands - profile).ravel()]).astype(np.float32)


def _pulses(bands: Float32Array) -> npt.NDArray[np.float64]:
    """Return the strength of each pulse in each band, (10, 16)."""
    time = np.arange(len(bands)) / _FRAMES
    waves = np.exp(-2j * np.pi * _PULSES[:, None] * time) * np.hanning(len(bands) + 2)[1:-1]
    strength: npt.NDArray[np.float64] = np.abs(waves @ bands) / np.sqrt(len(bands))
    return strength
