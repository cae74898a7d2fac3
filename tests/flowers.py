"""A small real table with known errors, in every format: the irises that ship with scikit-learn."""

import json
from pathlib import Path

import pyarrow as pa
from pyarrow import csv, parquet
from sklearn.datasets import load_iris

WRONG = {3: "virginica", 60: "setosa", 120: "setosa"}
"""Rows whose label is not what the botanist wrote, and what it says instead."""
COPY_OF = 40
"""Row 150 is this row once more."""


def flowers() -> pa.Table:
    """151 irises: three wrong labels, one row twice, one without a label, an id and a note nobody filled in."""
    bunch = load_iris()
    names = [str(bunch.target_names[code]) for code in bunch.target]
    labels: list[str | None] = [WRONG.get(row, name) for row, name in enumerate(names)]
    labels[77] = None
    order = [*range(150), COPY_OF]
    return pa.table(
        {
            "flower": [f"F-{i:03d}" for i in range(151)],
            **{
                name.removesuffix(" (cm)").replace(" ", "_"): [
                    float(bunch.data[row, i]) + row / 1e4 for row in order
                ]
                for i, name in enumerate(bunch.feature_names)
            },
            "species": [labels[row] for row in order],
        }
    )


def write_flowers(folder: Path, kind: str = "csv") -> Path:
    """Write the table as ``flowers.FORMAT`` and return its path."""
    path = folder / f"flowers.{kind}"
    if kind == "csv":
        csv.write_csv(flowers(), path)
    elif kind == "jsonl":
        path.write_text("".join(json.dumps(row) + "\n" for row in flowers().to_pylist()), encoding="utf-8")
    else:
        parquet.write_table(flowers(), path)
    return path
