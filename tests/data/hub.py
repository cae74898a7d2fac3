"""Datasets of Hugging Face's library, for the tests of what reads them without it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import datasets
import numpy as np
import pyarrow as pa
from PIL import Image

__all__ = ["FEATURES", "kinds_only", "pets", "save", "write_stream"]

datasets.disable_progress_bars()
FEATURES = datasets.Features(
    {
        "scan": datasets.Image(),
        "kind": datasets.ClassLabel(names=["cat", "dog"]),
        "text": datasets.Value("large_string"),
        "near": datasets.List(datasets.Value("int32")),
        "grid": datasets.Array2D((2, 2), "float32"),
    }
)


def pets(kinds: Sequence[int | None] = (0, 1, -1, 1, 0, None)) -> Any:
    """Return a row for each class of cats and dogs, with a picture, a text, a list and a grid."""
    rows = range(len(kinds))
    columns = {
        "scan": [Image.fromarray(np.full((4, 4, 3), 10 * row % 256, np.uint8)) for row in rows],
        "kind": list(kinds),
        "text": [f"text {row}" for row in rows],
        "near": [[row, row + 1] for row in rows],
        "grid": [np.full((2, 2), row) for row in rows],
    }
    return datasets.Dataset.from_dict(columns, features=FEATURES)


def kinds_only(kinds: Sequence[int | None]) -> Any:
    """Return a dataset of nothing but classes; a number may have no name."""
    features = datasets.Features({"kind": FEATURES["kind"]})
    table = pa.table({"kind": pa.array(kinds, pa.int64())}, schema=features.arrow_schema)
    return datasets.Dataset(table, info=datasets.DatasetInfo(features=features))


def write_stream(table: pa.Table, path: Path) -> None:
    """Write a table as the library writes its shards."""
    with pa.OSFile(str(path), "wb") as file, pa.ipc.new_stream(file, table.schema) as writer:
        writer.write_table(table)


def save(folder: Path, **splits: Any) -> Path:
    """Save a dataset with its splits, in two files each, and return the folder."""
    datasets.DatasetDict(splits).save_to_disk(str(folder), num_shards=dict.fromkeys(splits, 2))
    return folder
