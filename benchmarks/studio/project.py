"""A project of any number of rows, audited as any is, with predictions and features of its own.

So no model is trained and no text embedded; and the graph of nearest rows is drawn and put on the shelf beforehand, not
searched, which for a million rows would take longer than everything else. What the Studio then opens is what an audit
wrote.
"""

from pathlib import Path

import numpy as np
import pyarrow as pa
from pyarrow import parquet

from emendata.audit import Audit

__all__ = ["CHECKS", "make_project"]

CLASSES = tuple(f"class {letter}" for letter in "abcdefghij")
CHECKS = ("wrong_label", "exact_duplicate", "class_imbalance")
WRONG = 0.3
NEIGHBORS = 20
_WORDS = "late early order parcel refund blue cup broken lid again never arrived thank you fine small large two three"


def make_project(folder: Path, n_rows: int) -> Path:
    """Write a table of texts, eight categories and eight numbers, audit it, and return the project's folder."""
    rng = np.random.default_rng(0)
    right = rng.integers(len(CLASSES), size=n_rows)
    is_wrong = rng.random(n_rows) < WRONG
    given = np.where(is_wrong, (right + rng.integers(1, len(CLASSES), size=n_rows)) % len(CLASSES), right)
    columns: dict[str, object] = {
        "key": np.char.add("K", np.arange(n_rows).astype(str)),
        "text": _texts(rng, n_rows),
        "label": np.array(CLASSES)[given],
    }
    for i in range(8):
        n_values = 4 + 5 * i
        columns[f"category {i + 1}"] = np.array([f"value {v}" for v in range(n_values)])[
            rng.integers(n_values, size=n_rows)
        ]
        columns[f"number {i + 1}"] = rng.normal(size=n_rows).round(3) + right
    path = folder / "rows.parquet"
    parquet.write_table(pa.table(columns), path)
    np.save(folder / "probs.npy", _predictions(rng, right, n_rows))
    project = folder / "rows.parquet.emendata"
    roles = {f"category {i + 1}": "category" for i in range(8)} | {
        f"number {i + 1}": "number" for i in range(8)
    }
    np.save(folder / "features.npy", rng.normal(size=(n_rows, 2)).astype(np.float32))
    audit = Audit(
        path,
        label="label",
        roles={**roles, "key": "id", "text": "text"},
        pred_probs=folder / "probs.npy",
        features=folder / "features.npy",
        checks=CHECKS,
        project=project,
    )
    _put_graph(audit, rng, n_rows)
    audit.run()
    return project


def _put_graph(audit: Audit, rng: np.random.Generator, n_rows: int) -> None:
    rows = (np.arange(n_rows)[:, None] + np.arange(1, NEIGHBORS + 1)) % n_rows
    distances = np.sort(rng.random((n_rows, NEIGHBORS), dtype=np.float32) + 1, axis=1)
    preparation = audit._preparation
    preparation.shelf.keep(
        preparation.key("neighbors"),
        "neighbors",
        {"rows": rows.astype(np.int32), "distances": distances},
        {"recall": 1.0},
    )


def _texts(rng: np.random.Generator, n_rows: int) -> list[str]:
    known = np.array(_WORDS.split())
    words = known[rng.integers(len(known), size=(n_rows, 9))]
    return [" ".join(line) for line in words.tolist()]


def _predictions(rng: np.random.Generator, right: np.ndarray, n_rows: int) -> np.ndarray:
    scores = rng.gamma(0.3, size=(n_rows, len(CLASSES)))
    scores[np.arange(n_rows), right] += rng.gamma(4.0, size=n_rows)
    return np.asarray(scores / scores.sum(axis=1, keepdims=True), dtype=np.float32)
