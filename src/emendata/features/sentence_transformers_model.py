"""Texts by models of sentence-transformers."""

from collections.abc import Sequence
from typing import Any

from emendata.extras import require
from emendata.features.model_embedder import Embed
from emendata.features.torch_run import EXTRA, TorchRun, without_bars
from emendata.records import Role

__all__ = ["load_sentence_transformers"]


def load_sentence_transformers(model: str, role: Role) -> Embed:
    """Load a model by its name or folder. Code of its own is never run: only the library's parts are."""
    library = require("sentence_transformers", EXTRA)
    with without_bars():
        network = library.SentenceTransformer(model, device="cpu", trust_remote_code=False)

    def encode(texts: Sequence[str], device: str) -> Any:
        return network.encode(list(texts), batch_size=len(texts), show_progress_bar=False, device=device)

    encode(["A first text sets the tokenizer up, which threads then share."], "cpu")
    return TorchRun(f"sentence-transformers:{model}", network, encode)
