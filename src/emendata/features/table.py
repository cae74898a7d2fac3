"""All feature columns of a dataset side by side."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

import numpy as np
from scipy.sparse import csr_matrix, hstack

from emendata.data import Dataset
from emendata.errors import InputError, NotApplicable
from emendata.features.block import Embedder
from emendata.features.category import CategoryEmbedder
from emendata.features.date import DateEmbedder
from emendata.features.number import NumberEmbedder
from emendata.features.text import TextEmbedder
from emendata.records import Float32Array, OnProgress, Role, no_progress
from emendata.registry import Registry

__all__ = ["EMBEDDERS", "FeatureTable", "embed_dataset", "feature_columns"]

EMBEDDERS: Registry[Embedder] = Registry(
    "embedder", [TextEmbedder(), NumberEmbedder(), CategoryEmbedder(), DateEmbedder()]
)
_ROLES = (Role.TEXT, Role.NUMBER, Role.CATEGORY, Role.DATE)


@dataclass(frozen=True)
class FeatureTable:
    """A dataset as numbers; ``dense_columns`` names the column behind each dense dimension."""

    dense: Float32Array
    wide: csr_matrix
    dense_columns: tuple[str, ...]

    def narrow(self, n_dimensions: int) -> Float32Array:
        """Return the first ``n_dimensions`` of each column's dense dimensions: they hold the most."""
        place: Counter[str] = Counter()
        kept = []
        for i, name in enumerate(self.dense_columns):
            if place[name] < n_dimensions:
                kept.append(i)
            place[name] += 1
        return np.asarray(self.dense)[:, kept]


def feature_columns(dataset: Dataset) -> list[str]:
    """Names of the columns that say something about a row: no label, id, split or ignored column."""
    return [column.name for column in dataset.columns if column.role in _ROLES]


def embed_dataset(dataset: Dataset, *, seed: int = 0, on_progress: OnProgress = no_progress) -> FeatureTable:
    """Embed every feature column and put the results side by side.

    Raises
    ------
    NotApplicable
        If the dataset has no feature column.
    """
    names = feature_columns(dataset)
    if not names:
        raise NotApplicable("No column says anything about a row: all are labels, ids, splits or ignored.")
    roles = {column.name: column.role for column in dataset.columns}
    blocks = []
    for name in names:
        stage = f"Reading column '{name}'"
        try:
            block = EMBEDDERS[roles[name]].embed(
                dataset.table.column(name), seed, partial(on_progress, stage)
            )
        except InputError as error:
            raise InputError(f"Column {name!r}: {error}") from error
        blocks.append(block)
    return FeatureTable(
        dense=np.ascontiguousarray(np.hstack([block.dense for block in blocks])),
        wide=csr_matrix(hstack([block.wide for block in blocks])),
        dense_columns=tuple(
            _repeat((name, block.dense.shape[1]) for name, block in zip(names, blocks, strict=True))
        ),
    )


def _repeat(widths: Iterable[tuple[str, int]]) -> Iterable[str]:
    for name, width in widths:
        yield from [name] * width
