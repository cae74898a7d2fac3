"""Inputs of the checks that are measured on images and sounds, kept under the content of each."""

from collections.abc import Collection, Iterator, Mapping
from functools import cached_property, partial

import numpy as np

from emendata.checks.inputs import Traits
from emendata.data import Dataset
from emendata.errors import NotApplicable
from emendata.features import IMAGE_TRAITS, SOUND_TRAITS, ImageTraits, ItemReader, SoundTraits, items_of
from emendata.pipeline.prepare_texts import TextPreparation
from emendata.pipeline.vectors import kept_vectors
from emendata.records import Float32Array

__all__ = ["MediaPreparation", "measuring"]

_IMAGES, _SOUNDS = ImageTraits(), SoundTraits()
_MEASURERS: Mapping[str, ItemReader] = {
    "pictures": _IMAGES,
    "looks": _IMAGES,
    "sounds": _SOUNDS,
    "prints": _SOUNDS,
}


def measuring(dataset: Dataset, needs: Collection[str]) -> Iterator[tuple[str, str, ItemReader]]:
    """Yield how the measuring of each column is called, the column, and what measures it, for some inputs of checks.

    What has no way to measure it is left out.
    """
    for measurer in dict.fromkeys(_MEASURERS[need] for need in _MEASURERS if need in needs):
        if measurer.obstacle() is None:
            for name in dataset.names(measurer.role):
                yield _measuring_stage(name), name, measurer


class MediaPreparation(TextPreparation):
    """The inputs of one dataset that are read off its columns, and those measured on its images and sounds.

    Everything is measured in one pass over a column, the first time that something is asked for; an item that an
    earlier audit of the project has measured is not read again.
    """

    @cached_property
    def pictures(self) -> dict[str, Traits]:
        """What can be said of images by name, by column; NaN where one cannot be read."""
        return {
            name: Traits(IMAGE_TRAITS, values[:, : len(IMAGE_TRAITS)])
            for name, values in self._measured_pictures.items()
        }

    @cached_property
    def looks(self) -> dict[str, Float32Array]:
        """What images look like, by column."""
        return {name: values[:, len(IMAGE_TRAITS) :] for name, values in self._measured_pictures.items()}

    @cached_property
    def sounds(self) -> dict[str, Traits]:
        """What can be said of sounds by name, by column; NaN where one cannot be read."""
        return {
            name: Traits(SOUND_TRAITS, values[:, : len(SOUND_TRAITS)])
            for name, values in self._measured_sounds.items()
        }

    @cached_property
    def prints(self) -> dict[str, Float32Array]:
        """What recordings are known by, by column."""
        return {name: values[:, len(SOUND_TRAITS) :] for name, values in self._measured_sounds.items()}

    @cached_property
    def _measured_pictures(self) -> dict[str, Float32Array]:
        return self._measured(_IMAGES)

    @cached_property
    def _measured_sounds(self) -> dict[str, Float32Array]:
        return self._measured(_SOUNDS)

    def _measured(self, measurer: ItemReader) -> dict[str, Float32Array]:
        """Return the numbers of each column's items, NaN where a cell is missing or its item cannot be read."""
        if (obstacle := measurer.obstacle()) is not None:
            raise NotApplicable(obstacle)
        measured = {}
        for name in self.dataset.names(measurer.role):
            items = items_of(self.dataset, name)
            on_step = partial(self._on_progress, _measuring_stage(name))
            found = kept_vectors(self.shelf, measurer, items, on_step)
            unread = [
                not word or problem != "" for word, problem in zip(items.hashes, found.problems, strict=True)
            ]
            values = found.values.copy()
            values[np.array(unread, dtype=bool)] = np.nan
            measured[name] = values
        return measured


def _measuring_stage(column: str) -> str:
    return f"Measuring column '{column}'"
