"""From columns to numbers: one embedder a kind of column, joined into one matrix for a dataset.

Nothing here looks at labels, and nothing is downloaded.
"""

from emendata.features.block import Block, Embedder
from emendata.features.table import EMBEDDERS, FeatureTable, embed_dataset, feature_columns

__all__ = ["EMBEDDERS", "Block", "Embedder", "FeatureTable", "embed_dataset", "feature_columns"]
