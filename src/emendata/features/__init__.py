"""From columns to numbers: one embedder a kind of column, joined into one matrix for a dataset.

Nothing here looks at labels, and nothing is downloaded.
"""

from emendata.features.block import Block, Embedder, RowEmbedder, Vectors
from emendata.features.rows import Batch, Items, embed_items, items_of
from emendata.features.sentence import sentence_obstacle, word_pieces
from emendata.features.table import (
    EMBEDDERS,
    ROW_EMBEDDERS,
    FeatureTable,
    embed_dataset,
    feature_columns,
    reading_stages,
    row_embedders,
)

__all__ = [
    "EMBEDDERS",
    "ROW_EMBEDDERS",
    "Batch",
    "Block",
    "Embedder",
    "FeatureTable",
    "Items",
    "RowEmbedder",
    "Vectors",
    "embed_dataset",
    "embed_items",
    "feature_columns",
    "items_of",
    "reading_stages",
    "row_embedders",
    "sentence_obstacle",
    "word_pieces",
]
