"""All feature columns of a dataset side by side."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

import numpy as np
from scipy.sparse import csr_matrix, hstack

from emendata.data import Dataset
from emendata.errors import InputError, NotApplicable
from emendata.features.audio import AudioEmbedder
from emendata.features.block import Block, Embedder, OnStep, RowEmbedder, Vectors
from emendata.features.category import CategoryEmbedder
from emendata.features.date import DateEmbedder
from emendata.features.image import ImageEmbedder
from emendata.features.number import NumberEmbedder
from emendata.features.rows import Items, embed_items, items_of
from emendata.features.sentence import SentenceEmbedder
from emendata.features.text import TextEmbedder
from emendata.records import Column, Float32Array, OnProgress, Role, no_progress
from emendata.registry import Registry

__all__ = ["EMBEDDERS", "ROW_EMBEDDERS", "FeatureTable", "embed_dataset", "feature_columns", "row_embedders"]

EMBEDDERS: Registry[Embedder] = Registry(
    "embedder", [TextEmbedder(), NumberEmbedder(), CategoryEmbedder(), DateEmbedder()]
)
ROW_EMBEDDERS: tuple[RowEmbedder, ...] = (ImageEmbedder(), AudioEmbedder(), SentenceEmbedder())
_AS_COLUMNS = frozenset(embedder.name for embedder in EMBEDDERS)
_ROLES = (Role.TEXT, Role.NUMBER, Role.CATEGORY, Role.DATE, Role.IMAGE, Role.AUDIO)

EmbedItems = Callable[[RowEmbedder, Items, OnStep], Vectors]


@dataclass(frozen=True)
class FeatureTable:
    """A dataset as numbers.

    ``blocks`` names the column behind each run of dense dimensions, and how many these are; ``problems`` says by
    column and row why an image or a sound could not be read.
    """

    dense: Float32Array
    wide: csr_matrix | Float32Array
    blocks: tuple[tuple[str, int], ...]
    problems: Mapping[str, Mapping[int, str]] = field(default_factory=dict)

    @property
    def dense_columns(self) -> tuple[str, ...]:
        """The column behind each dense dimension."""
        return tuple(name for name, width in self.blocks for _ in range(width))

    def narrow(self, n_dimensions: int) -> Float32Array:
        """Return the first ``n_dimensions`` of each block's dense dimensions: they hold the most."""
        kept = np.concatenate([np.arange(width) < n_dimensions for _, width in self.blocks])
        return np.asarray(self.dense)[:, kept]


def feature_columns(dataset: Dataset) -> list[str]:
    """Names of the columns that say something about a row: no label, id, split or ignored column."""
    return [column.name for column in dataset.columns if column.role in _ROLES]


def row_embedders(column: Column, *, slow: bool = True) -> list[RowEmbedder]:
    """Return what embeds the items of a column one by one, and is installed.

    Parameters
    ----------
    slow : bool
        Whether those are wanted that add to what is quickly had; where they are all there is, they are.

    Raises
    ------
    InputError
        If nothing else can embed the column and what could is not installed.
    """
    able = [embedder for embedder in ROW_EMBEDDERS if embedder.role == column.role]
    ready = [embedder for embedder in able if embedder.obstacle() is None]
    if able and not ready and column.role not in _AS_COLUMNS:
        raise InputError(f"Column {column.name!r} holds {column.role} files. {able[0].obstacle()}")
    return ready if slow or column.role not in _AS_COLUMNS else []


def embed_dataset(
    dataset: Dataset,
    *,
    seed: int = 0,
    slow: bool = True,
    on_progress: OnProgress = no_progress,
    embed: EmbedItems = embed_items,
) -> FeatureTable:
    """Embed every feature column and put the results side by side.

    Parameters
    ----------
    slow : bool
        Whether features are wanted that take longer than all others, such as those of sentences.
    embed : callable
        What embeds the items of a column one by one; the pipeline's remembers them.

    Raises
    ------
    NotApplicable
        If the dataset has no feature column.
    InputError
        If a column cannot be embedded.
    """
    names = feature_columns(dataset)
    if not names:
        raise NotApplicable("No column says anything about a row: all are labels, ids, splits or ignored.")
    blocks: list[tuple[str, Block]] = []
    problems: dict[str, dict[int, str]] = {}
    for column in dataset.columns:
        if column.name in names:
            on_step = partial(on_progress, f"Reading column '{column.name}'")
            embedders = row_embedders(column, slow=slow)
            for block, wrong in _blocks(dataset, column, embedders, seed, on_step, embed):
                blocks.append((column.name, block))
                if wrong:
                    problems[column.name] = wrong
    return FeatureTable(
        dense=np.ascontiguousarray(np.hstack([block.dense for _, block in blocks])),
        wide=_side_by_side([block.wide for _, block in blocks]),
        blocks=tuple((name, block.dense.shape[1]) for name, block in blocks),
        problems=problems,
    )


def _blocks(
    dataset: Dataset,
    column: Column,
    embedders: Sequence[RowEmbedder],
    seed: int,
    on_step: OnStep,
    embed: EmbedItems,
) -> Iterator[tuple[Block, dict[int, str]]]:
    if column.role in _AS_COLUMNS:
        try:
            yield EMBEDDERS[column.role].embed(dataset.table[column.name], seed, on_step), {}
        except InputError as error:
            raise InputError(f"Column {column.name!r}: {error}") from error
    for embedder in embedders:
        found = embed(embedder, items_of(dataset, column.name), on_step)
        wrong = {row: problem for row, problem in enumerate(found.problems) if problem}
        yield embedder.block(found.values, seed), wrong


def _side_by_side(parts: Sequence[csr_matrix | Float32Array]) -> csr_matrix | Float32Array:
    if all(isinstance(part, np.ndarray) for part in parts):
        return np.hstack(parts)
    return csr_matrix(hstack(parts))
