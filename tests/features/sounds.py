"""Sounds in files of every format, made by libsndfile."""

import io
from typing import Any

import numpy as np
import numpy.typing as npt
import soundfile

__all__ = ["FORMATS", "hum", "packed"]

FORMATS = {
    "wav": ("WAV", "PCM_16"),
    "aiff": ("AIFF", "PCM_16"),
    "au": ("AU", "PCM_16"),
    "flac": ("FLAC", "PCM_16"),
    "ogg": ("OGG", "VORBIS"),
    "opus": ("OGG", "OPUS"),
    "mp3": ("MP3", "MPEG_LAYER_III"),
}


def hum(seconds: float = 0.5, *, rate: int = 16_000, pitch: float = 440.0) -> npt.NDArray[np.float32]:
    """A tone with an overtone and a little noise."""
    time = np.arange(round(seconds * rate)) / rate
    tone = 0.3 * np.sin(2 * np.pi * pitch * time) + 0.1 * np.sin(4 * np.pi * pitch * time)
    noise = 0.01 * np.random.default_rng(0).normal(size=len(time))
    return np.asarray(tone + noise, dtype=np.float32)


def packed(
    samples: npt.NDArray[Any], kind: str = "wav", *, rate: int = 16_000, depth: str | None = None
) -> bytes:
    """The bytes of a file that holds samples, (n,) or (n, channels)."""
    container, subtype = FORMATS[kind]
    file = io.BytesIO()
    soundfile.write(file, samples, rate, format=container, subtype=depth or subtype)
    return file.getvalue()
