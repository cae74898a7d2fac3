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
from emendata.features.embedding import embedding_block, embedding_of, embedding_runs
from emendata.features.image import ImageEmbedder
from emendata.features.number import NumberEmbedder, standardized
from emendata.features.rows import Items, embed_items, items_of
from emendata.features.sentence import SentenceEmbedder
from emendata.features.text import TextEmbedder
from emendata.records import Column, Float32Array, OnProgress, Role, no_progress
from emendata.registry import Registry

__all__ = [
    "EMBEDDERS",
    "ROW_EMBEDDERS",
    "FeatureTable",
    "embed_dataset",
    "feature_columns",
    "own_features",
    "reading_stages",
    "row_embedders",
]

EMBEDDERS: Registry[Embedder] = Registry(
    "embedder", [TextEmbedder(), NumberEmbedder(), CategoryEmbedder(), DateEmbedder()]
)
ROW_EMBEDDERS: tuple[RowEmbedder, ...] = (ImageEmbedder(), AudioEmbedder(), SentenceEmbedder())
_FEW_NUMBERS = 64  # features of somebody's own that stand for themselves
_FEW_EMPTY = 0.1  # mostly empty dimensions beside full ones that are not worth a sparse matrix
_AS_COLUMNS = frozenset(embedder.name for embedder in EMBEDDERS)
_ROLES = (Role.TEXT, Role.NUMBER, Role.CATEGORY, Role.DATE, Role.IMAGE, Role.AUDIO, Role.EMBEDDING)

EmbedItems = Callable[[RowEmbedder, Items, OnStep], Vectors]


@dataclass(frozen=True)
class FeatureTable:
    """A dataset as numbers.

    ``blocks`` names the column behind each run of dense dimensions, and how many these are; ``problems`` says by
    column and row why an image or a sound could not be read, and they are not ``is_lasting`` where a file could not be
    had, which may be otherwise the next time.
    """

    dense: Float32Array
    wide: csr_matrix | Float32Array
    blocks: tuple[tuple[str, int], ...]
    problems: Mapping[str, Mapping[int, str]] = field(default_factory=dict)
    is_lasting: bool = True

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


def reading_stages(
    dataset: Dataset, *, slow: bool = True, named: Mapping[str, RowEmbedder] | None = None
) -> Iterator[tuple[str, Column, RowEmbedder | None]]:
    """Yield how each part of the features is called while it is made, its column, and what embeds its items.

    The embedder is None where a column is read as a whole; other parameters and errors as in `row_embedders`.

    Examples
    --------
    >>> from emendata.data import open_dataset
    >>> data = open_dataset({"text": ["a good film", "a bad film"], "mood": ["up", "down"]}, label="mood")
    >>> [stage for stage, _, _ in reading_stages(data, slow=False)]
    ["Reading column 'text'"]
    """
    names = feature_columns(dataset)
    for column in (column for column in dataset.columns if column.name in names):
        stage = f"Reading column '{column.name}'"
        if column.role in _AS_COLUMNS:
            yield stage, column, None
            stage = f"Reading the sentences of '{column.name}'"
        for embedder in row_embedders(column, slow=slow, named=named):
            yield stage, column, embedder


def row_embedders(
    column: Column, *, slow: bool = True, named: Mapping[str, RowEmbedder] | None = None
) -> list[RowEmbedder]:
    """Return what embeds the items of a column one by one: what was named for it, else ours that are installed.

    Parameters
    ----------
    slow : bool
        Whether those are wanted that add to what is quickly had; where they are all there is, they are.
    named : mapping of str to RowEmbedder, optional
        By column, embedders that take the place of ours, however slow.

    Raises
    ------
    InputError
        If nothing else can embed the column and what could is not installed.
    """
    if named and column.name in named:
        return [named[column.name]]
    able = [embedder for embedder in ROW_EMBEDDERS if embedder.role == column.role]
    ready = [embedder for embedder in able if embedder.obstacle() is None]
    if able and not ready and column.role not in _AS_COLUMNS:
        raise InputError(f"Column {column.name!r} holds {column.role} files. {able[0].obstacle()}")
    return ready if slow or column.role not in _AS_COLUMNS else []


def own_features(values: Float32Array) -> FeatureTable:
    """Return numbers that somebody brings, of shape (n, d), as the features of a dataset.

    Few are taken one by one; of many the leading directions serve distances and trees.
    """
    if values.shape[1] > _FEW_NUMBERS:
        block = embedding_block(values)
        return FeatureTable(block.dense, block.wide, (("features", block.dense.shape[1]),))
    dense = standardized(values.astype(np.float64))
    return FeatureTable(dense, dense, tuple((f"feature {i}", 1) for i in range(dense.shape[1])))


def embed_dataset(
    dataset: Dataset,
    *,
    seed: int = 0,
    slow: bool = True,
    named: Mapping[str, RowEmbedder] | None = None,
    on_progress: OnProgress = no_progress,
    embed: EmbedItems = embed_items,
) -> FeatureTable:
    """Embed every feature column and put the results side by side.

    Parameters
    ----------
    slow : bool
        Whether features are wanted that take longer than all others, such as those of sentences.
    named : mapping of str to RowEmbedder, optional
        By column, embedders that take the place of ours.
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
    is_lasting = True
    for stage, column, embedder in reading_stages(dataset, slow=slow, named=named):
        on_step = partial(on_progress, stage)
        if embedder is None:
            blocks.append((column.name, _column_block(dataset, column, seed, on_step)))
            continue
        found = embed(embedder, items_of(dataset, column.name), on_step)
        blocks.append((column.name, embedder.block(found.values, seed)))
        is_lasting &= found.is_lasting
        if wrong := {row: problem for row, problem in enumerate(found.problems) if problem}:
            problems[column.name] = wrong
    for name, columns in embedding_runs(dataset.names(Role.EMBEDDING)):
        blocks.append((name, embedding_block(embedding_of(dataset.table, columns))))
    return FeatureTable(
        dense=np.ascontiguousarray(np.hstack([block.dense for _, block in blocks])),
        wide=_side_by_side([block.wide for _, block in blocks]),
        blocks=tuple((name, block.dense.shape[1]) for name, block in blocks),
        problems=problems,
        is_lasting=is_lasting,
    )


def _column_block(dataset: Dataset, column: Column, seed: int, on_step: OnStep) -> Block:
    try:
        return EMBEDDERS[column.role].embed(dataset.table[column.name], seed, on_step)
    except InputError as error:
        raise InputError(f"Column {column.name!r}: {error}") from error


def _side_by_side(parts: Sequence[csr_matrix | Float32Array]) -> csr_matrix | Float32Array:
    """Join what columns give to linear models: as full numbers where hardly any dimension is mostly empty."""
    n_full = sum(part.shape[1] for part in parts if isinstance(part, np.ndarray))
    n_empty = sum(part.shape[1] for part in parts if not isinstance(part, np.ndarray))
    if n_empty <= _FEW_EMPTY * n_full:
        return np.hstack([part if isinstance(part, np.ndarray) else part.toarray() for part in parts])
    return csr_matrix(hstack(parts))
