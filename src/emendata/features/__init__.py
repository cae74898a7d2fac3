"""From columns to numbers: one embedder a kind of column, joined into one matrix for a dataset.

Nothing here looks at labels, and nothing is downloaded but models that a person names.
"""

from emendata.features.block import Block, Embedder, ItemReader, RowEmbedder, Vectors
from emendata.features.image_traits import IMAGE_TRAITS, ImageTraits
from emendata.features.model_embedder import ModelEmbedder
from emendata.features.named import Chosen, embedders_by_column, recorded
from emendata.features.rows import Batch, Items, embed_items, items_of
from emendata.features.sentence import sentence_obstacle, word_pieces
from emendata.features.sound_traits import SOUND_TRAITS, SoundTraits
from emendata.features.table import (
    EMBEDDERS,
    ROW_EMBEDDERS,
    FeatureTable,
    embed_dataset,
    feature_columns,
    own_features,
    reading_stages,
    row_embedders,
)

__all__ = [
    "EMBEDDERS",
    "IMAGE_TRAITS",
    "ROW_EMBEDDERS",
    "SOUND_TRAITS",
    "Batch",
    "Block",
    "Chosen",
    "Embedder",
    "FeatureTable",
    "ImageTraits",
    "ItemReader",
    "Items",
    "ModelEmbedder",
    "RowEmbedder",
    "SoundTraits",
    "Vectors",
    "embed_dataset",
    "embed_items",
    "embedders_by_column",
    "feature_columns",
    "items_of",
    "own_features",
    "reading_stages",
    "recorded",
    "row_embedders",
    "sentence_obstacle",
    "word_pieces",
]
