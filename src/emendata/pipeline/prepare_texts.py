"""Inputs of the checks that are made of columns of texts."""

from functools import cached_property, partial
from typing import Any

import numpy as np
import numpy.typing as npt

from emendata.checks.inputs import Languages, Texts
from emendata.errors import NotApplicable
from emendata.extras import MissingPackage
from emendata.features.languages import languages_of_texts
from emendata.pipeline.columns import texts_of
from emendata.pipeline.prepare_cells import CellPreparation

__all__ = ["TextPreparation"]

_TELLING = "Telling languages"


class TextPreparation(CellPreparation):
    """The inputs of one dataset that are read off its columns and cells, and what is known of its texts."""

    @cached_property
    def texts(self) -> dict[str, Texts]:
        """The columns of texts."""
        return texts_of(self.dataset)

    @cached_property
    def languages(self) -> dict[str, Languages]:
        """The language of each text."""
        key = self.key("languages")
        kept = self.shelf.recall(key)
        if kept is None:
            arrays: dict[str, npt.NDArray[Any]] = {}
            names: dict[str, list[str]] = {}
            for place, (column, held) in enumerate(self.texts.items()):
                there = np.array([cell is not None for cell in held.cells], dtype=bool)
                try:
                    told = languages_of_texts(
                        [cell for cell in held.cells if cell is not None],
                        on_progress=partial(self._on_progress, _TELLING),
                    )
                except MissingPackage as error:
                    raise NotApplicable(str(error)) from error
                codes = np.full(len(there), -1, dtype=np.int64)
                codes[there] = told.codes
                arrays[f"{place}.codes"] = codes
                for name in ("probabilities", "usual"):
                    spread = np.zeros(len(there), dtype=np.float32)
                    spread[there] = getattr(told, name)
                    arrays[f"{place}.{name}"] = spread
                names[column] = list(told.names)
            kept = self.shelf.keep(key, "languages", arrays, {"names": names})
        return {
            column: Languages(
                tuple(kept.facts["names"][column]),
                kept.arrays[f"{place}.codes"],
                kept.arrays[f"{place}.probabilities"],
                kept.arrays[f"{place}.usual"],
            )
            for place, column in enumerate(self.texts)
        }
