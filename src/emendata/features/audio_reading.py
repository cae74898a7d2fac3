"""Sounds out of their files, whatever kind: one channel of samples, or a sentence that says why there is none."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any, TypeVar

import numpy as np

from emendata.data.media import role_of_bytes
from emendata.extras import MissingPackage, require
from emendata.features.audio_ends import ends_early
from emendata.records import Float32Array, FloatArray, Role

__all__ = ["LONGEST", "Sound", "decoded_sound", "read_sound", "resampled", "soundfile_obstacle"]

T = TypeVar("T")

_EXTRA = "audio"
LONGEST = 60
"""Seconds of a sound that are read; what comes after them is not looked at."""

_RATES = (1_000, 768_000)  # Hz: from speech on a bad line to the finest recording
_FRAMES_A_STEP = 1 << 14
_UNKNOWN = "This is no sound of a kind that is read (WAV, AIFF, AU, FLAC, Ogg, Opus, MP3)."


@dataclass(frozen=True)
class Sound:
    """One channel of float32 samples, mostly in [−1, 1], and how many there are a second."""

    samples: Float32Array
    rate: int


def soundfile_obstacle() -> str | None:
    """Say that soundfile is missing, or what it lacks, if it is so."""
    try:
        require("soundfile", _EXTRA)
    except MissingPackage as error:
        return str(error)
    except OSError as error:  # a wheel without the library, on rare systems
        return f"soundfile does not find its library: {error}. Install libsndfile with the system's packages."
    return None


def read_sound(data: bytes) -> Sound | str:
    """Decode the first 60 seconds of a sound, or say in a sentence why that is not possible.

    Channels are averaged; any depth and any rate is read. A sound that is silent, or too loud for its depth, is a
    sound as well.

    Parameters
    ----------
    data : bytes
        The file: WAV, AIFF, AU, FLAC, Ogg (Vorbis or Opus), MP3, or what else libsndfile knows.

    Returns
    -------
    Sound or str
        One sentence where the file is empty, no sound, cut short or damaged, or holds no samples or such as are
        no numbers.

    Raises
    ------
    MissingPackage
        If soundfile is not installed.

    Examples
    --------
    >>> read_sound(b"")
    'The file is empty.'
    >>> read_sound(b"RIFF" + (36_000).to_bytes(4, "little") + b"WAVEfmt ")
    'The sound is cut short.'
    """
    sound = decoded_sound(data, lambda file: Sound(_one_channel(file), file.samplerate))
    if isinstance(sound, str):
        return sound
    if not len(sound.samples):
        return "The sound has no samples."
    if not np.isfinite(sound.samples).all():
        return "The sound has samples that are no numbers."
    return sound


def decoded_sound(data: bytes, take: Callable[[Any], T]) -> T | str:
    """Return what ``take`` makes of a sound as soundfile opens it, or a sentence as `read_sound` does."""
    soundfile = require("soundfile", _EXTRA)
    if not data:
        return "The file is empty."
    if ends_early(data):
        return "The sound is cut short."
    try:
        with soundfile.SoundFile(_Bytes(data)) as file:
            if not _RATES[0] <= file.samplerate <= _RATES[1]:
                return (
                    f"The sound has {file.samplerate:,} samples a second by its header, which no sound has."
                )
            return take(file)
    except soundfile.LibsndfileError:
        return "The sound is damaged or cut short." if role_of_bytes(data) is Role.AUDIO else _UNKNOWN


def resampled(sound: Sound, rate: int) -> Float32Array:
    """Return the samples of a sound at another rate; what is too high for it is left out.

    Examples
    --------
    >>> resampled(Sound(np.zeros(44_100, np.float32), 44_100), 16_000).shape
    (16000,)
    """
    from scipy.signal import resample_poly

    ratio = Fraction(rate, sound.rate).limit_denominator(1_000)  # off by less than anybody hears
    if ratio == 1:
        return sound.samples
    window = _low_pass(max(ratio.numerator, ratio.denominator))
    samples = resample_poly(sound.samples, ratio.numerator, ratio.denominator, window=window)
    return np.asarray(samples, dtype=np.float32)


def _one_channel(file: Any) -> Float32Array:
    """Read frames piece by piece: a short file may hold hours, or a thousand channels."""
    pieces, left = [np.zeros(0, np.float32)], LONGEST * file.samplerate
    while left > 0 and len(piece := file.read(min(left, _FRAMES_A_STEP), dtype="float32", always_2d=True)):
        pieces.append(piece.mean(axis=1))
        left -= len(piece)
    return np.concatenate(pieces)


@cache
def _low_pass(factor: int) -> FloatArray:
    """Return the filter that `resample_poly` would make each time anew."""
    from scipy.signal import firwin

    taps: FloatArray = firwin(20 * factor + 1, 1 / factor, window=("kaiser", 5.0))
    return taps


class _Bytes(io.BytesIO):
    """Bytes as libsndfile seeks in them: in a damaged file it goes before the start."""

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return super().seek(max(offset, 0) if whence == io.SEEK_SET else offset, whence)
