"""Sounds: what is typical of their bands of pitch, and how that changes."""

from collections.abc import Sequence

import numpy as np

from emendata.engine import map_ranges
from emendata.features.audio_reading import Sound, read_sound, resampled, soundfile_obstacle
from emendata.features.block import Block, Item, Vectors
from emendata.features.directions import leading_directions, standardized_vectors
from emendata.kernels.log_mel import N_STATISTICS, log_mel, mel_statistics
from emendata.records import Float32Array, Role

__all__ = ["AudioEmbedder"]

_RATE = 16_000
_DIRECTIONS = 100
_SOUNDS_A_STEP = 4


class AudioEmbedder:
    """Log-mel statistics: of 64 bands the mean, spread, spread of the steps and course, and the length.

    Needs no trained model. Sounds are read as one channel at 16 kHz, their first 60 seconds; level is left as it
    is, so a silent sound lies far from the others.
    """

    name = "audio_log_mel_1"
    role = Role.AUDIO

    def obstacle(self) -> str | None:
        """Say so where soundfile is missing."""
        return soundfile_obstacle()

    def vectors(self, items: Sequence[Item]) -> Vectors:
        """Return 449 numbers for each sound, whatever the others are."""
        values = np.zeros((len(items), N_STATISTICS), dtype=np.float32)
        problems = [""] * len(items)

        def embed(rows: slice) -> None:
            for row in range(rows.start, rows.stop):
                sound = _read(items[row])
                if isinstance(sound, str):
                    problems[row] = sound
                else:
                    values[row] = mel_statistics(log_mel(resampled(sound, _RATE), _RATE))

        for _ in map_ranges(len(items), embed, step=_SOUNDS_A_STEP):
            pass
        return Vectors(values, tuple(problems))

    def block(self, values: Float32Array, seed: int) -> Block:
        """Standardise (wide) and keep the 100 leading directions (dense); nothing here is drawn by chance."""
        wide = standardized_vectors(values)
        return Block(leading_directions(wide, _DIRECTIONS), wide)


def _read(item: Item) -> Sound | str:
    assert isinstance(item, bytes), "sounds are bytes"
    return read_sound(item)
