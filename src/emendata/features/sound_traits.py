"""What can be said of a sound by name: its length, rate and level, and what the recording is known by."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from emendata.engine import map_ranges
from emendata.features.audio_reading import LONGEST, Sound, decoded_sound, resampled, soundfile_obstacle
from emendata.features.block import Item, Vectors
from emendata.kernels.sound_traits import N_PRINT, clipped_part, level, sound_print
from emendata.records import Float32Array, Role

__all__ = ["SOUND_TRAITS", "SoundTraits"]

SOUND_TRAITS = ("seconds", "rate", "level", "clipped")
"""Names of the first numbers of `SoundTraits`; what follows is the print of the recording."""

_RATE = 16_000
_CHANNELS = 2  # that are looked at
_FRAMES_A_STEP = 1 << 14
_SOUNDS_A_STEP = 4


class SoundTraits:
    """Four named properties of each sound, and 176 numbers that its recording is known by.

    The first 60 seconds are read, and two channels at most; the length is that of the whole sound.

    Examples
    --------
    >>> found = SoundTraits().vectors([b""])
    >>> found.values.shape, found.problems
    ((1, 180), ('The file is empty.',))
    """

    name = "sound_traits_1"
    role = Role.AUDIO

    def obstacle(self) -> str | None:
        """Say so where soundfile is missing."""
        return soundfile_obstacle()

    def vectors(self, items: Sequence[Item]) -> Vectors:
        """Decode and measure sounds on all processors."""
        values = np.zeros((len(items), len(SOUND_TRAITS) + N_PRINT), np.float32)
        problems = [""] * len(items)

        def measure(rows: slice) -> None:
            for row in range(rows.start, rows.stop):
                item = items[row]
                found = decoded_sound(item.encode() if isinstance(item, str) else item, _measured)
                if isinstance(found, str):
                    problems[row] = found
                else:
                    values[row] = found

        for _ in map_ranges(len(items), measure, step=_SOUNDS_A_STEP):
            pass
        return Vectors(values, tuple(problems))


def _measured(file: Any) -> Float32Array | str:
    samples = _channels(file)
    if not len(samples):
        return "The sound has no samples."
    if not np.isfinite(samples).all():
        return "The sound has samples that are no numbers."
    seconds = max(file.frames, len(samples)) / file.samplerate
    named = [seconds, file.samplerate, level(samples), clipped_part(samples)]
    one = Sound(samples.mean(axis=1), file.samplerate)
    return np.concatenate([named, sound_print(resampled(one, _RATE))]).astype(np.float32)


def _channels(file: Any) -> Float32Array:
    pieces, left = [np.zeros((0, min(file.channels, _CHANNELS)), np.float32)], LONGEST * file.samplerate
    while left > 0 and len(piece := file.read(min(left, _FRAMES_A_STEP), dtype="float32", always_2d=True)):
        pieces.append(piece[:, :_CHANNELS])
        left -= len(piece)
    return np.concatenate(pieces)
