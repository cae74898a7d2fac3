"""A project of small images, audited with predictions and features of its own, so that no image becomes a vector."""

import io
from pathlib import Path

import numpy as np
import pyarrow as pa
from PIL import Image
from pyarrow import parquet

from emendata.audit import Audit

__all__ = ["make_pictures"]

_CLASSES = ("light", "dark", "red", "blue")
_SIDE = 48


def make_pictures(folder: Path, n_rows: int) -> Path:
    """Write a table of images, each another, audit it, and return the project's folder."""
    rng = np.random.default_rng(0)
    labels = rng.integers(len(_CLASSES), size=n_rows)
    path = folder / "pictures.parquet"
    images = [_png(number) for number in range(n_rows)]
    parquet.write_table(pa.table({"image": images, "label": np.array(_CLASSES)[labels]}), path)
    scores = rng.gamma(0.5, size=(n_rows, len(_CLASSES)))
    scores[np.arange(n_rows), labels] += 2
    np.save(folder / "probs.npy", (scores / scores.sum(axis=1, keepdims=True)).astype(np.float32))
    np.save(folder / "features.npy", rng.normal(size=(n_rows, 2)).astype(np.float32))
    project = folder / "pictures.parquet.emendata"
    Audit(
        path,
        label="label",
        roles={"image": "image"},
        pred_probs=folder / "probs.npy",
        features=folder / "features.npy",
        checks=("wrong_label",),
        project=project,
    ).run()
    return project


def _png(number: int) -> bytes:
    """Return an image whose stripes write its number, so that no two are the same."""
    pixels = np.empty((_SIDE, _SIDE, 3), dtype=np.uint8)
    pixels[..., 0] = np.linspace(0, 255, _SIDE, dtype=np.uint8)
    pixels[..., 1] = number % 256
    pixels[..., 2] = (number // 256) % 256
    pixels[:4, :_SIDE] = np.repeat(255 * (number >> np.arange(24) & 1), 2).astype(np.uint8)[:, None]
    stream = io.BytesIO()
    Image.fromarray(pixels).save(stream, "PNG", compress_level=1)
    return stream.getvalue()
