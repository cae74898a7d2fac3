"""Small pictures in files of every kind."""

import io
from typing import Any

import numpy as np
from PIL import Image

__all__ = ["encoded", "photo"]


def encoded(picture: Image.Image | np.ndarray, kind: str = "PNG", **settings: Any) -> bytes:
    """Return the bytes of a file that Pillow writes."""
    file = io.BytesIO()
    image = picture if isinstance(picture, Image.Image) else Image.fromarray(picture)
    image.save(file, kind, **settings)
    return file.getvalue()


def photo(width: int = 80, height: int = 60, seed: int = 0) -> Image.Image:
    """Return something with soft colours, as photos have: no two places are alike."""
    rng = np.random.default_rng(seed)
    coarse = Image.fromarray(rng.integers(0, 256, (6, 8, 3), dtype=np.uint8))
    return coarse.resize((width, height), Image.Resampling.BICUBIC)
