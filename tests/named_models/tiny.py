"""Models with random weights, small enough for a test, saved as their library saves them."""

from pathlib import Path
from typing import Any

import numpy as np
from tests.features.pictures import encoded, photo
from tests.features.sounds import hum, packed

__all__ = [
    "BROKEN",
    "PICTURES",
    "SIZES",
    "SOUNDS",
    "TEXTS",
    "close",
    "save_tokenizer",
    "seeded",
    "small_model",
]

TEXTS = ["the soup was good", "i loved every dish", "my card was charged twice", "good " * 30, "a"]
PICTURES = [
    encoded(photo(seed=1), "JPEG"),
    encoded(photo(40, 90, seed=2)),
    encoded(photo(seed=3).convert("L")),
]
SOUNDS = [
    packed(hum(0.4)),
    packed(hum(0.4, pitch=800, rate=8_000), rate=8_000),
    packed(hum(0.7)),
    packed(hum(0.01)),
]
BROKEN = b"\xff\xd8\xff broken"

SIZES: dict[str, Any] = {
    "hidden_size": 16,
    "num_hidden_layers": 2,
    "num_attention_heads": 2,
    "intermediate_size": 32,
}
_WORDS = [
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "[MASK]",
    *sorted({word for text in TEXTS for word in text.split()}),
]


def seeded() -> Any:
    """Return torch, with its weights to come drawn from seed 0."""
    import torch

    torch.manual_seed(0)
    return torch


def small_model(kind: str, folder: Path, **settings: Any) -> Path:
    """Save a network of transformers, such as ``Bert``, with random weights."""
    import transformers

    seeded()
    plain = kind in ("Bert", "ViT", "Wav2Vec2")
    config = getattr(transformers, f"{kind}Config")(**(SIZES if plain else {}) | settings)
    getattr(transformers, f"{kind}Model")(config).eval().save_pretrained(folder)
    return folder


def save_tokenizer(folder: Path, *, longest: int = 32, mask: bool = True) -> int:
    """Save one that knows the words of `TEXTS`; return how many there are."""
    from transformers import BertTokenizerFast

    (folder / "vocab.txt").write_text("\n".join(_WORDS))
    names = ["input_ids", "attention_mask"] if mask else ["input_ids"]
    tokenizer = BertTokenizerFast(
        str(folder / "vocab.txt"), model_max_length=longest, model_input_names=names
    )
    tokenizer.save_pretrained(folder)
    return len(_WORDS)


def close(one: Any, other: Any) -> bool:
    """Tell whether vectors are the same but for rounding."""
    return bool(np.allclose(np.asarray(one), np.asarray(other), atol=1e-5))
