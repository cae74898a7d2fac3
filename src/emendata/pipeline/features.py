"""A dataset's features on the shelf and back."""

from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from emendata.features import FeatureTable
from emendata.store import Artifact, Shelf

__all__ = ["features_from", "keep_features"]


def keep_features(shelf: Shelf, key: str, made: FeatureTable) -> Artifact:
    """Keep both forms of the features; the mostly empty one as its three arrays."""
    arrays: dict[str, npt.NDArray[Any]] = {"dense": made.dense}
    if isinstance(made.wide, np.ndarray):
        arrays["wide"] = made.wide
    else:
        arrays["wide_data"] = made.wide.data.astype(np.float32)
        arrays["wide_indices"], arrays["wide_indptr"] = made.wide.indices, made.wide.indptr
    facts = {
        "blocks": [list(block) for block in made.blocks],
        "wide_width": made.wide.shape[1],
        "problems": {name: list(rows.items()) for name, rows in made.problems.items()},
    }
    return shelf.keep(key, "features", arrays, facts)


def features_from(kept: Artifact) -> FeatureTable:
    """Return what `keep_features` kept."""
    arrays, facts = kept.arrays, kept.facts
    if "wide" in arrays:
        wide = arrays["wide"]
    else:
        shape = (len(arrays["dense"]), facts["wide_width"])
        wide = csr_matrix((arrays["wide_data"], arrays["wide_indices"], arrays["wide_indptr"]), shape=shape)
    return FeatureTable(
        arrays["dense"],
        wide,
        tuple((name, width) for name, width in facts["blocks"]),
        {name: dict(rows) for name, rows in facts["problems"].items()},
    )
